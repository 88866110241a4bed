"""A dossier this desk does not know is asked of the portal, and the page says how that stands."""

from __future__ import annotations

from counter.errors import PortalSilent
from counter.ports import DossierLookedUp
from tests.ui.conftest import KEYS, Office

UNKNOWN = "H55.242-261125-9999"


def look_up(office: Office, text: str = UNKNOWN) -> None:
    office.press(KEYS.Key_F4)
    office.window.dossiers.look_up(text)
    office.settle()


def test_a_whole_code_that_nobody_knows_here_is_asked_of_the_portal_once(office: Office) -> None:
    look_up(office)
    office.window.dossiers.search()
    office.settle()

    assert office.hands.looked_for == [UNKNOWN]


def test_a_name_that_nobody_knows_is_not_asked_of_the_portal(office: Office) -> None:
    look_up(office, "nguyen van")

    assert office.hands.looked_for == []


def test_a_portal_that_has_no_such_dossier_is_said(office: Office) -> None:
    look_up(office)
    asking = office.everything_shown()
    office.window.on_sync(DossierLookedUp(UNKNOWN, found=False))

    assert "Đang hỏi cổng" in asking
    assert f"Cổng cũng không có hồ sơ {UNKNOWN}" in office.everything_shown()


def test_a_portal_that_is_away_is_said_and_the_next_scan_asks_again(office: Office) -> None:
    look_up(office)

    office.window.on_sync(DossierLookedUp(UNKNOWN, False, PortalSilent("away")))
    told = office.everything_shown()
    office.window.dossiers.search()
    office.settle()

    assert f"Chưa hỏi được cổng về hồ sơ {UNKNOWN}" in told
    assert office.hands.looked_for == [UNKNOWN, UNKNOWN]
