"""Pages offer each role what it may do, and say what is for others."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from counter.people import MAY, Role
from counter.values import uuid7
from counter.work import MessageLine, SyncStanding
from tests.ui.conftest import KEYS, Office
from tests.ui.fake_desk import MORNING
from ui.officer.more_page import Tile
from ui.officer.places import MORE

CODE = "H55.242-261125-0051"


def see(office: Office, role: Role) -> None:
    """Show the portal's page, one message given back on it, to somebody in *role*."""
    office.desk.may = MAY[role]
    named = role is not Role.ADMINISTRATOR
    office.desk.unsent.append(
        MessageLine(
            dossier_code=CODE if named else "",
            kind="dossier.received",
            written_at=MORNING,
            standing=SyncStanding.PARKED,
            attempts=1,
            next_at=None,
            trouble="portal.refused_message" if named else None,
            key=uuid7(MORNING) if named else None,
        )
    )
    office.press(KEYS.Key_F6)
    office.settle()
    table = office.find("messages")
    assert isinstance(table, QAbstractItemView)
    table.setFocus()
    table.selectRow(0)  # type: ignore[attr-defined]


def offered(office: Office) -> tuple[bool, bool]:
    """Return whether a message can be opened, and whether it can be sent again."""
    return office.find("message_open").isEnabled(), office.find("send_again").isEnabled()


@pytest.mark.parametrize(
    ("role", "expected", "told"),
    [
        (Role.OFFICER, (True, True), "an toàn trên máy này"),
        (Role.CASHIER, (True, False), "việc của cán bộ tiếp nhận"),
        (Role.ADMINISTRATOR, (False, False), "chỉ thấy còn bao nhiêu"),
    ],
)
def test_each_role_is_offered_what_it_may_do(
    office: Office, role: Role, expected: tuple[bool, bool], told: str
) -> None:
    see(office, role)

    assert offered(office) == expected
    assert told in office.text("portal_subtitle")


def test_what_is_said_of_a_role_leaves_the_buttons_their_room(office: Office) -> None:
    see(office, Role.ADMINISTRATOR)
    office.window.resize(office.window.minimumSize())

    buttons = [office.find(name) for name in ("message_open", "send_again", "send_now")]

    office.bot.waitUntil(lambda: office.window.width() == office.window.minimumWidth())
    assert all(button.width() >= button.sizeHint().width() for button in buttons)


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (Role.OFFICER, "certify trust catalogue drawer registers own_password"),
        (Role.CASHIER, "certify trust catalogue drawer registers own_password"),
        (Role.POST_OFFICE, "trust catalogue own_password"),
        (Role.ADMINISTRATOR, "trust catalogue people audit ruler data own_password"),
        (
            Role.SUPERVISOR,
            "certify trust catalogue drawer registers audit data skills own_password",
        ),
    ],
)
def test_of_the_other_pages_each_role_is_offered_its_own(
    office: Office, role: Role, pages: str
) -> None:
    office.desk.may = MAY[role]

    office.window.show_page(MORE)
    office.settle()

    tiles = office.window.more_talk.page.findChildren(Tile)
    assert [t.property("page") for t in tiles if t.isEnabled()] == pages.split()
    assert all("vai trò" in t.accessibleDescription() for t in tiles if not t.isEnabled())


def test_who_may_not_send_again_does_not_by_the_key_either(office: Office) -> None:
    see(office, Role.CASHIER)

    office.press(KEYS.Key_G, Qt.KeyboardModifier.ControlModifier)
    office.settle()

    assert [message.standing for message in office.desk.unsent] == [SyncStanding.PARKED]
