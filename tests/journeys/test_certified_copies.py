"""Twenty certified copies at the demonstration's desk: from name to receipt in seconds, by key."""

from __future__ import annotations

from time import process_time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from counter.desk import checking
from counter.values import local_day
from tests.journeys.conftest import Counter
from ui.officer.certify_page import CertifyPage

CONTROL = Qt.KeyboardModifier.ControlModifier
LONGEST_S = 30
"""Of the program's own time: what others on the machine take meanwhile is no fault of the desk."""


def has_slip(counter: Counter) -> bool:
    return any("receipt" in paper.name for paper in counter.tray())


def test_twenty_copies_are_numbered_paid_signed_called_again_and_given_out(
    counter: Counter,
) -> None:
    work = counter.desk_work.certifying()
    begun = process_time()
    counter.window.open_further("certify")
    page = counter.window.further("certify").page
    assert isinstance(page, CertifyPage)
    counter.until(page.isVisible)
    counter.window.activateWindow()  # the demonstration's panel stands beside it
    counter.until(counter.window.isActiveWindow)

    counter.type_into("copies_name", "Nguyễn Thị Mẫu")
    counter.press(Qt.Key.Key_Return)
    for text in ("Bang tot nghiep", "3", "20"):
        QTest.keyClicks(counter.window.focusWidget() or page, text)
        counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_S, CONTROL)
    counter.until(lambda: len(work.in_hand()) == 1)
    took_s = process_time() - begun
    (waiting,) = work.in_hand()

    counter.until(lambda: page.table.chosen_row() == 0)
    counter.type_into("copies_signer", "Lê Văn Mẫu")
    counter.press(Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    counter.until(lambda: work.in_hand()[0].signed)
    counter.until(lambda: page.is_ready_to_give)
    compared = counter.find("copies_compared")
    assert isinstance(compared, QCheckBox)
    compared.setChecked(True)
    counter.press(Qt.Key.Key_O, CONTROL)
    counter.until(lambda: work.in_hand() == ())

    today = local_day(counter.rooms.context.clock())
    facts, _paper = work.book(today, today)
    assert took_s < LONGEST_S
    assert waiting.ticket
    assert [(one.copies, one.pages, one.fee) for one in facts.certified] == [(20, 3, 100_000)]
    assert counter.desk_work.drawer().look().cash == 100_000
    counter.until(lambda: any("certified" in paper.name for paper in counter.tray()))
    # Asked for after three, they are promised for tomorrow, and a slip says so.
    counter.until(lambda: has_slip(counter) is waiting.has_slip)
    assert checking.verify(counter.rooms.context) == ()
