"""The check-up speaks in words, also of what is only counted."""

from __future__ import annotations

from counter.work import Check, CheckState
from tests.ui.conftest import KEYS, Office


def test_how_much_the_desk_keeps_is_said_and_not_only_counted(office: Office) -> None:
    office.hands.found = (Check("database", CheckState.OK, "12"),)

    office.press(KEYS.Key_F7)
    office.window.devices_talk.check()
    office.settle()

    assert "Đang giữ 12 hồ sơ" in office.everything_shown()
