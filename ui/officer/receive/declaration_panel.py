"""A declaration on screen: every question in the paper's order, with where its answer came from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from counter.answering import fits
from counter.declaring import Kind, Origin
from ui import states
from ui.icons import Drawing
from ui.officer.receive.declaration_fields import AnswerLine, field_for
from ui.parts.keys import KeyButton
from ui.parts.section import Section
from ui.parts.words import set_look, tip, words
from ui.said import said

if TYPE_CHECKING:
    from counter.answering import Draft
    from counter.declaring import Answer, Question
    from ui.officer.receive.unit_typing import UnitFinder

SIGNS = {
    Origin.CHIP: "card",
    Origin.QR: "qr",
    Origin.EARLIER: "dossiers",
    Origin.CATALOGUE: "tick",
    Origin.OFFICE: "shield",
    Origin.TYPED: "pencil",
    Origin.UNKNOWN: "help",
}
LABEL_WIDTH, ORIGIN_WIDTH = 132, 96
QUESTION, FIELD, SIGN, ORIGIN = range(4)


class AnswerRow(QObject):
    """One question: its words, its field, and where the answer came from in sign and word.

    Signals:
        said: An AnswerRow; the officer answered.
        entered: An AnswerRow; the officer is done with it.
    """

    said = Signal(object)
    entered = Signal(object)

    def __init__(self, question: Question, parent: QObject) -> None:
        super().__init__(parent)
        self.question = question
        self.answer: Answer | None = None
        self.required = question.required
        self.field = field_for(question)
        self.label = words(question.title, "caption", wrap=True)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setBuddy(self.field)
        self.sign = Drawing("help", "warn", 16)
        self.origin = words(role="caption")
        self.origin.setFixedWidth(ORIGIN_WIDTH)
        self.field.said.connect(self._on_said)
        self.field.entered.connect(self._on_entered)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be asked."""
        answer = self.answer
        if answer is None or not answer.value:
            return self.required
        return not fits(self.question, answer.value)

    def show_answer(self, answer: Answer, required: bool) -> None:
        """Show an answer and whether there must be one; what is being typed is not touched."""
        self.answer = answer
        self.required = required
        if self.field.value != answer.value:
            self.field.show_value(answer.value)
        self._show_origin()

    def be_reached(self, reached: bool) -> None:
        """Let the Tab key come here; what is known is passed by until it is clicked."""
        strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
        self.field.setFocusPolicy(strong if reached else click)
        set_look(self.field, known="false" if reached else "true")

    def _show_origin(self) -> None:
        answer = self.answer
        if answer is None:
            return
        wrong = bool(answer.value) and not fits(self.question, answer.value)
        set_look(self.field, wrong="true" if wrong else "false")
        if wrong:
            told, sign, tone = self.tr("Sai dạng"), "warn", "bad"
        elif answer.value:
            told, sign, tone = said(states.ORIGINS[answer.origin]), SIGNS[answer.origin], "muted"
        elif self.required:
            told, sign, tone = said(states.ORIGINS[Origin.UNKNOWN]), "help", "warn"
        else:
            told, sign, tone = self.tr("Nếu có"), "info", "muted"
        self.origin.setText(told)
        self.sign.draw(sign, tone)
        set_look(self.origin, tone=tone)
        self.field.setAccessibleDescription(told)
        self.field.setToolTip(tip(f"{answer.value} – {told}" if answer.value else told))

    @Slot()
    def _on_said(self) -> None:
        self.said.emit(self)

    @Slot()
    def _on_entered(self) -> None:
        self.entered.emit(self)


class DeclarationPanel(Section):
    """The form of the chosen procedure. Only what nobody knows has the Tab key.

    Signals:
        said: A tuple of key and text; the officer answered one question.
        print_asked: Nothing; the declaration is wanted on paper.
        paper_asked: Nothing; the citizen brought it on paper, what was typed is given up.
        left: Nothing; the officer is done with it.
    """

    said = Signal(object)
    print_asked = Signal()
    paper_asked = Signal()
    left = Signal()

    def __init__(self, finder: UnitFinder, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Tờ khai"), step="4", parent=parent)
        self._finder = finder
        self._rows: tuple[AnswerRow, ...] = ()
        self._code = ""
        self._count = words(role="caption")
        self._count.setObjectName("declaration_count")
        self.head.addWidget(self._count)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._every = QCheckBox(self.tr("Sửa cả mục đã biết"))
        self._every.setObjectName("declaration_every")
        self._every.setToolTip(self.tr("Phím Tab đi qua mọi mục, theo thứ tự của tờ khai"))
        self._every.toggled.connect(self._reach)
        self._paper = QPushButton(self.tr("Có tờ khai giấy"))
        self._paper.setObjectName("declaration_on_paper")
        self._paper.setToolTip(
            self.tr("Công dân mang tờ khai giấy đã điền; những gì gõ ở đây sẽ bỏ")
        )
        self._paper.clicked.connect(self.paper_asked)
        self._print = KeyButton(self.tr("In tờ khai"), "Ctrl+P", sign="printer")
        self._print.setObjectName("declaration_print")
        self._print.setToolTip(self.tr("In tờ khai đã điền để công dân ký (Ctrl+P)"))
        self._print.clicked.connect(self.print_asked)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._every)
        foot.addStretch(1)
        foot.addWidget(self._paper)
        foot.addWidget(self._print)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(foot)

    def show_draft(self, draft: Draft, *, may_be_paper: bool) -> None:
        """Show the form and its answers as they stand."""
        if draft.form.code != self._code:
            self._build(draft)
        asked = {question.key for question in draft.open}
        for row, answer in zip(self._rows, draft.answers, strict=True):
            row.show_answer(answer, row.question.key in asked)
        self._paper.setVisible(may_be_paper)
        self._tell(len(draft.open))
        self._reach()

    def forget(self) -> None:
        """Leave no answer of this person in a widget."""
        self._code = ""
        self._rows = ()
        self._every.setChecked(False)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()

    def focus_open(self) -> None:
        """Give the keyboard to the first question that is to be asked."""
        first = next((row for row in self._rows if row.is_open), None)
        if first is None:
            self._print.setFocus()
        else:
            self._focus(first)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._reach()

    def _build(self, draft: Draft) -> None:
        self.forget()
        self._code = draft.form.code
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(FIELD, 1)
        rows: list[AnswerRow] = []
        group = ""
        for question in draft.form.questions:
            if question.group != group:
                group = question.group
                grid.addWidget(words(group, "strong"), grid.rowCount(), 0, 1, 4)
            row = AnswerRow(question, sheet)
            row.said.connect(self._on_said)
            row.entered.connect(self._on_entered)
            if question.kind is Kind.ADDRESS and isinstance(row.field, AnswerLine):
                self._finder.serve(row.field)
            place = grid.rowCount()
            for column, widget in enumerate((row.label, row.field, row.sign, row.origin)):
                grid.addWidget(widget, place, column, Qt.AlignmentFlag.AlignVCenter)
            rows.append(row)
        grid.setRowStretch(grid.rowCount(), 1)
        self._rows = tuple(rows)
        self._scroll.setWidget(sheet)
        _chain([row.field for row in rows])

    def _tell(self, count: int) -> None:
        if count:
            told = self.tr("Còn %1 mục phải hỏi").replace("%1", str(count))
        else:
            told = self.tr("Đã đủ")
        self._count.setText(told)
        set_look(self._count, tone="warn" if count else "good")
        self.mark_done(not count)

    @Slot()
    def _reach(self) -> None:
        """Let Tab reach what is open, what the officer typed, and where the keyboard is."""
        for row in self._rows:
            typed = row.answer is not None and row.answer.origin is Origin.TYPED
            here = row.field.hasFocus()
            row.be_reached(self._every.isChecked() or row.is_open or typed or here)

    @Slot(object)
    def _on_said(self, row: AnswerRow) -> None:
        self.said.emit((row.question.key, row.field.value))

    @Slot(object)
    def _on_entered(self, row: AnswerRow) -> None:
        after = self._rows[self._rows.index(row) + 1 :]
        following = next((r for r in after if r.is_open), None)
        if following is not None:
            self._focus(following)
        elif any(r.is_open for r in self._rows):
            self.focus_open()
        else:
            self.left.emit()

    def _focus(self, row: AnswerRow) -> None:
        row.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row.field, 0, 60)


def _chain(fields: Sequence[QWidget]) -> None:
    for first, second in pairwise(fields):
        QWidget.setTabOrder(first, second)
