"""Dossiers that did not begin at this desk: sent from home, or looked for by their code."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter.acts import ActKind
from counter.today import Group
from tests.journeys.conftest import Counter

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_dossier_sent_from_home_is_received_from_the_morning_page_by_keys(
    counter: Counter,
) -> None:
    sandbox, window = counter.rooms.sandbox, counter.window
    assert sandbox is not None
    code = str(sandbox.submit_online()["code"])
    counter.until(lambda: counter.desk_work.find_dossiers(code))

    counter.press(Qt.Key.Key_N, ALT)
    counter.until(lambda: window.today.chosen_lines and window.today.chosen is Group.ONLINE)
    window.today.table.setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.until(lambda: window.dossiers.detail.code == code)
    acts = window.dossiers.detail.acts
    counter.until(lambda: acts.possible is not None and acts.possible.code == code)
    first = acts.possible.acts[0] if acts.possible else None

    def begun() -> bool:
        """Press the key again when news of the dossier came between and took its acts away."""
        if not window.is_acting:
            counter.press(Qt.Key.Key_Return, CONTROL)
        return window.is_acting

    counter.until(begun)
    QTest.mouseClick(counter.find("act_go"), Qt.MouseButton.LeftButton)
    counter.until(lambda: not window.is_acting)
    counter.until(lambda: sandbox.dossiers()[-1]["status"] == 2)
    counter.until(lambda: any("receipt" in paper.name for paper in counter.tray()))

    assert first is ActKind.ACCEPT


def test_a_code_that_nobody_knows_is_asked_of_the_portal_and_a_silent_one_is_said(
    counter: Counter,
) -> None:
    sandbox, window = counter.rooms.sandbox, counter.window
    assert sandbox is not None
    counter.press(Qt.Key.Key_F4)
    counter.type_into("dossier_search", "H55.242-261124-9998")
    counter.until(lambda: "Cổng cũng không có" in window.dossiers.told)

    sandbox.switch_off()
    window.dossiers.field.clear()
    counter.type_into("dossier_search", "H55.242-261124-9997")

    counter.until(lambda: "Chưa hỏi được cổng" in window.dossiers.told)
    sandbox.switch_on()
