"""How the portal is, for the doctor: asked once, with the desk's own sign-in."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from counter.errors import DeskError
from counter.work import Check, CheckState
from sync import clocks
from sync.portal import Portal

if TYPE_CHECKING:
    from sync.dvcqg import National


def check_portal(portal: Portal | National) -> tuple[Check, Check]:
    """Sign in and ask what the portal can do; return how the portal and the clock stand."""
    with closing(portal):
        try:
            told = _sign_in(portal)
        except DeskError as error:
            away = Check("portal", CheckState.WARNING, error=error)
            return away, _clock(portal.skew_s)
        return Check("portal", CheckState.OK, told), _clock(portal.skew_s)


def _sign_in(portal: Portal | National) -> str:
    """Sign in; return as whom and to what."""
    if not isinstance(portal, Portal):
        portal.sign_in()
        return "DVCQG"
    found = portal.capabilities()
    return f"{found.desk.desk_id}, {found.contract}"


def _clock(skew_s: float | None) -> Check:
    if skew_s is None:
        return Check("clock", CheckState.OK)
    wrong = clocks.trouble(skew_s)
    if wrong is not None:
        return Check("clock", CheckState.WARNING, error=wrong)
    return Check("clock", CheckState.OK, f"{skew_s:+.1f} s")
