"""The levers of the demonstration while a form over the desk waits for a card."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from ui.demo_panel import DemoCitizen, DemoLevers, DemoPanel


class Blocks(QObject):
    """Notes whether a window hears of keys and clicks."""

    def __init__(self) -> None:
        super().__init__()
        self.is_blocked = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.WindowBlocked:
            self.is_blocked = True
        elif event.type() is QEvent.Type.WindowUnblocked:
            self.is_blocked = False
        return False


def test_a_card_can_be_laid_down_while_a_form_waits_for_it(qtbot: QtBot) -> None:
    desk = QMainWindow()
    qtbot.addWidget(desk)
    desk.show()
    levers = DemoLevers(
        citizens=(DemoCitizen("Nguyễn Văn Thử", "012345"),),
        lay_card=lambda _place: None,
        lift_card=lambda: None,
        scan_qr=lambda _place: None,
        reader=lambda _there: None,
        portal=lambda _there: None,
        paper=lambda _there: None,
    )
    panel = DemoPanel(levers, desk)
    panel.show()
    blocks = Blocks()
    panel.installEventFilter(blocks)
    form = QDialog(desk)

    form.open()
    was_blocked = blocks.is_blocked
    qtbot.waitUntil(lambda: panel.windowHandle().transientParent() is form.windowHandle())
    qtbot.waitUntil(lambda: not blocks.is_blocked)
    form.close()

    assert was_blocked
    qtbot.waitUntil(lambda: panel.windowHandle().transientParent() is desk.windowHandle())
    assert panel.isVisible()
