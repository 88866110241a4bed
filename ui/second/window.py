"""The screen that faces the citizen at the counter: the number, the receipt, one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QInputDevice, QMouseEvent, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from counter.values import local_day
from ui import written
from ui.kiosk.measures import NUMBER_MM, Measures
from ui.kiosk.scores import Scores
from ui.parts.words import words
from ui.second.shown import Resting, Served, Shown, ToPay

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

EDGE_MM = 6.0
TITLE_MM = 7.0
TEXT_MM = 5.0
"""Smaller than at the kiosk: whoever sits at the counter is half as far away."""

ASKED_S = 90
"""How long the question stays; whoever gives no answer has given none."""

THANKED_S = 8
PRESSES = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
}


class SecondScreen(QWidget):
    """Shows one thing at a time; a finger may answer one question, the officer's mouse may not.

    It never takes the keyboard from the officer's window.

    Args:
        office: The office as citizens know it.
        counter: What the board calls this counter.
        mouse_may_answer: Only in the demonstration, where nobody has a screen to touch.

    Signals:
        rated: A tuple of the dossier's code and the score; whoever hears it tells nobody here.
    """

    rated = Signal(object)

    def __init__(self, office: str, counter: str, *, mouse_may_answer: bool = False) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("second_screen")
        self.setWindowTitle(self.tr("Màn hình cho công dân"))
        self._office, self._counter = office, counter
        self._mouse_may_answer = mouse_may_answer
        self._measures: Measures | None = None
        self._shown: Shown = Resting()
        self._answered = ""
        self._sheet: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.rest)
        self._build()

    def measure(self, measures: Measures) -> None:
        """Use *measures* instead of the screen's own."""
        self._measures = measures
        self._build()

    @property
    def shown(self) -> Shown:
        """What it shows now."""
        return self._shown

    def show_this(self, shown: Shown) -> None:
        """Show *shown* in place of what was there."""
        self._rest.stop()
        self._answered = ""
        self._shown = shown
        self._build()
        if isinstance(shown, Served):
            self._rest.start(ASKED_S * 1000)

    @Slot()
    def rest(self) -> None:
        """Forget what was shown."""
        self.show_this(Resting())

    @Slot(object)
    def _on_score(self, score: int) -> None:
        shown = self._shown
        if not isinstance(shown, Served) or self._answered:
            return
        self._answered = shown.code
        self.rated.emit((shown.code, score))
        self._build()
        self._rest.start(THANKED_S * 1000)

    def resizeEvent(self, event: object) -> None:
        self._build()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._rest.stop()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PRESSES and not self._is_finger(event):
            return True
        return super().eventFilter(watched, event)

    def _is_finger(self, event: QEvent) -> bool:
        if self._mouse_may_answer or not isinstance(event, QMouseEvent):
            return True
        by_touch = event.device().type() is QInputDevice.DeviceType.TouchScreen
        return by_touch or event.source() is not Qt.MouseEventSource.MouseEventNotSynthesized

    def _build(self) -> None:
        """Make the sheet anew for what is shown and the size there is."""
        m = self._measures or Measures.of(self.screen())
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        edge = m.pixels(EDGE_MM)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(m.gap)
        if self._answered:
            self._thank(column, m)
        else:
            match self._shown:
                case Resting() as shown:
                    self._show_resting(column, m, shown)
                case Served() as shown:
                    self._show_served(column, m, shown)
                case ToPay() as shown:
                    self._show_payment(column, m, shown)
                case _:
                    assert_never(self._shown)
        old, self._sheet = self._sheet, sheet
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.addWidget(sheet)
        sheet.show()

    def _show_resting(self, column: QVBoxLayout, m: Measures, shown: Resting) -> None:
        column.addStretch(1)
        column.addWidget(_line(self._office, m, TITLE_MM, QFont.Weight.DemiBold))
        column.addWidget(_line(self._counter, m, NUMBER_MM, QFont.Weight.Bold, "counter"))
        told = self.tr("Đang mời số %1").replace("%1", shown.number) if shown.number else ""
        column.addWidget(_line(told, m, TITLE_MM, QFont.Weight.Bold, "number"))
        column.addStretch(1)

    def _show_served(self, column: QVBoxLayout, m: Measures, shown: Served) -> None:
        told = self.tr("Đã trả kết quả") if shown.returned else self.tr("Đã tiếp nhận hồ sơ")
        column.addWidget(_line(told, m, TITLE_MM, QFont.Weight.Bold, "title"))
        column.addWidget(_line(shown.code, m, TITLE_MM, QFont.Weight.Bold, "code"))
        if shown.due_at is not None:
            due = self.tr("Hẹn trả kết quả: %1 ngày %2")
            due = due.replace("%1", written.clock(shown.due_at))
            due = due.replace("%2", written.day(local_day(shown.due_at)))
            column.addWidget(_line(due, m, TEXT_MM, name="due"))
        column.addStretch(1)
        column.addWidget(
            _line(self.tr("Ông bà được phục vụ thế nào?"), m, TITLE_MM, QFont.Weight.Bold)
        )
        secret = self.tr("Cán bộ không biết ông bà chọn mức nào.")
        column.addWidget(_line(secret, m, TEXT_MM))
        scores = Scores(
            m,
            width=self.width() - 2 * m.pixels(EDGE_MM),
            height=self.height() // 2,
            upright=self.height() > self.width(),
            size_mm=TEXT_MM,
        )
        scores.chosen.connect(self._on_score)
        for button in scores.findChildren(QWidget):
            button.installEventFilter(self)
        column.addWidget(scores, 4)

    def _thank(self, column: QVBoxLayout, m: Measures) -> None:
        column.addStretch(1)
        column.addWidget(
            _line(self.tr("Cảm ơn ông bà"), m, NUMBER_MM / 3, QFont.Weight.Bold, "title")
        )
        column.addWidget(_line(self.tr("Ý kiến của ông bà đã được ghi."), m, TITLE_MM))
        column.addStretch(1)

    def _show_payment(self, column: QVBoxLayout, m: Measures, shown: ToPay) -> None:
        column.addWidget(
            _line(self.tr("Quét mã để nộp phí, lệ phí"), m, TITLE_MM, QFont.Weight.Bold, "title")
        )
        amount = written.money(shown.amount)
        column.addWidget(_line(amount, m, NUMBER_MM / 2, QFont.Weight.Bold, "amount"))
        room = min(self.width(), self.height() // 2)
        side = shown.picture.width()
        times = max(1, room // max(1, side))
        code = QLabel()
        code.setObjectName("payment_code")
        code.setAccessibleName(self.tr("Mã để quét bằng ứng dụng ngân hàng"))
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        code.setPixmap(
            QPixmap.fromImage(shown.picture.scaled(side * times, shown.picture.height() * times))
        )
        column.addWidget(code, 1)
        column.addWidget(_line(shown.code, m, TEXT_MM, name="code"))
        wait = self.tr("Nộp xong, xin chờ cán bộ báo đã nhận được.")
        column.addWidget(_line(wait, m, TEXT_MM))


def _line(
    text: str,
    measures: Measures,
    size_mm: float,
    weight: QFont.Weight = QFont.Weight.Medium,
    name: str = "",
) -> QLabel:
    label = words(text, wrap=True)
    label.setFont(measures.font(size_mm, weight))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setObjectName(name)
    label.setVisible(bool(text))
    return label
