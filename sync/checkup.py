"""How the portal is, for the doctor: asked once, with the desk's own sign-in."""

from __future__ import annotations

from contextlib import closing

from counter.errors import ClockWrong, DeskError
from counter.work import Check, CheckState
from sync.dvcqg import National
from sync.portal import Portal

SKEW_S = 120
"""The contract warns from here on; the work goes on."""


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
    if isinstance(portal, National):
        portal.sign_in()
        return "DVCQG"
    found = portal.capabilities()
    return f"{found.desk.desk_id}, {found.contract}"


def _clock(skew_s: float | None) -> Check:
    if skew_s is None:
        return Check("clock", CheckState.OK)
    if abs(skew_s) > SKEW_S:
        wrong = ClockWrong(minutes=round(abs(skew_s) / 60))
        return Check("clock", CheckState.WARNING, error=wrong)
    return Check("clock", CheckState.OK, f"{skew_s:+.1f} s")
