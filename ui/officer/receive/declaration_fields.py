"""The field of one question of a declaration, by what may be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter.answering import MOST_DIGITS
from counter.declaring import Kind
from counter.values import fold, tidy_text
from ui import written
from ui.officer.acts.fields import MOST_SIGNS

if TYPE_CHECKING:
    from counter.declaring import Question

TYPING_PAUSE_MS = 1000
"""After it a letter begins anew. Qt's lists take 400 ms, too short for two fingers."""

MONEY_SIGNS = MOST_DIGITS + MOST_DIGITS // 3


class AnswerLine(QLineEdit):
    """One line: a text, a name, an address, a day or a number.

    Signals:
        said: Nothing; the officer changed it.
        entered: Nothing; the officer is done with it.
    """

    said = Signal()
    entered = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.setMaxLength(MOST_SIGNS)
        self.textEdited.connect(self.said)
        self.returnPressed.connect(self.entered)
        match question.kind:
            case Kind.DAY:
                self.setPlaceholderText(self.tr("ngày/tháng/năm, hoặc chỉ năm"))
                self.setMaxLength(10)
            case Kind.NUMBER:
                self._take("[0-9]*")
                self.setMaxLength(MOST_DIGITS)
            case Kind.MONEY:
                self._take("[0-9.]*")
                self.setMaxLength(MONEY_SIGNS)
                self.setPlaceholderText(self.tr("số tiền, đồng"))
                self.textEdited.connect(self._group)
            case Kind.ADDRESS:
                self.setPlaceholderText(self.tr("số nhà, thôn, rồi vài chữ tên xã"))
            case Kind.IDENTITY:
                self.setPlaceholderText(self.tr("12 số; không có thì số hộ chiếu"))
            case Kind.TEXT | Kind.NAME:
                pass
            case Kind.CHOICE:
                raise AssertionError(question.key)
            case _ as never:
                assert_never(never)

    @property
    def value(self) -> str:
        """The answer as it is kept."""
        text = tidy_text(self.text())
        return text.replace(".", "") if self.question.kind is Kind.MONEY else text

    def show_value(self, value: str) -> None:
        """Show an answer."""
        grouped = self.question.kind is Kind.MONEY and value.isdigit()
        self.setText(written.grouped(int(value)) if grouped else value)
        self.setCursorPosition(0)

    def _take(self, signs: str) -> None:
        self.setValidator(QRegularExpressionValidator(QRegularExpression(signs), self))

    @Slot()
    def _group(self) -> None:
        """Set the points of thousands while the amount is typed; the cursor keeps its digit."""
        digits = self.text().replace(".", "")
        if not digits:
            return
        behind = len(self.text()[self.cursorPosition() :].replace(".", ""))
        self.setText(written.grouped(int(digits)))
        place = len(self.text())
        while behind:
            place -= 1
            behind -= self.text()[place] != "."
        self.setCursorPosition(place)


class AnswerChoice(QComboBox):
    """One of the choices; arrows or a few letters without accents pick it.

    Letters go together while they are typed in one go; after a pause the next begins anew, past
    what is chosen. The wheel scrolls the form instead.

    Signals:
        said: Nothing; the officer changed it.
        entered: Nothing; the officer is done with it.
    """

    said = Signal()
    entered = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._typed = ""
        self._past = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.addItem(self.tr("Chọn…"), "")
        for choice in question.choices:
            self.addItem(choice, choice)
        self.currentIndexChanged.connect(self._on_picked)

    @property
    def value(self) -> str:
        """The answer as it is kept."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show an answer; one that is no choice leaves it open."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = fold(event.text())
        if not sign.isalpha() or event.modifiers() not in _PLAIN:
            self._forget_typed()
            super().keyPressEvent(event)
            return
        self._pause.start()
        found = self._place_of(self._typed + sign, self.currentIndex() + self._past)
        if found < 0:  # these letters begin nothing: the last one begins anew, at the next of it
            self._typed = ""
            found = self._place_of(sign, self.currentIndex() + 1)
        self._past = 0
        if found >= 0:
            self._typed += sign
            self.setCurrentIndex(found)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._forget_typed()
        super().focusOutEvent(event)

    def _place_of(self, letters: str, begin: int) -> int:
        """Return the first choice from *begin* on, then from the top, that begins so; -1 for none.

        Accents and what is no letter do not matter.
        """
        places = [*range(max(1, begin), self.count()), *range(1, max(1, begin))]
        told = ((place, fold(self.itemText(place))) for place in places)
        return next((place for place, text in told if _only(text).startswith(letters)), -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @Slot()
    def _on_picked(self) -> None:
        self.said.emit()

    @Slot()
    def _on_pause(self) -> None:
        self._typed, self._past = "", 1

    def _forget_typed(self) -> None:
        self._pause.stop()
        self._typed, self._past = "", 0


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def _only(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def field_for(question: Question) -> AnswerLine | AnswerChoice:
    """Return the field for one question, named so that a macro finds it."""
    field = AnswerChoice(question) if question.kind is Kind.CHOICE else AnswerLine(question)
    field.setObjectName(f"declared_{question.key}")
    field.setAccessibleName(f"{question.group}: {question.title}")
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return field
