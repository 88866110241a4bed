"""The declaration of a visit: its draft, how it stands, and where the page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from counter.answering import Draft, Standing
    from counter.cards import ChipText
    from counter.declaring import Answer, DeclarationForm, Declared
    from counter.work import Applicant
    from ui.officer.receive.declaration_panel import DeclarationPanel
    from ui.officer.receive.papers_panel import PapersPanel
    from ui.officer.receive.unit_typing import UnitFinder
    from ui.parts.keys import KeyButton

CONTACT = ("phone", "email")
"""Questions that the fields beside the papers ask too; one answer serves both."""


@dataclass(frozen=True, slots=True)
class DeclareAsked:
    """What the desk needs to fill a declaration in."""

    procedure_code: str
    applicant: Applicant | None
    chip: ChipText | None


@dataclass(frozen=True, slots=True)
class DeclarationPrint:
    """A declaration wanted on paper."""

    form: DeclarationForm
    answers: tuple[Answer, ...]
    declarant: str


class Declaring(QObject):
    """Keeps the draft and swaps papers for questions and back; a bar says how the other stands.

    Args:
        middle: Where papers and questions stand in turn.
        papers: Returns the papers.
        finder: Offers communes where an address is typed.

    Signals:
        asked: A DeclareAsked.
        print_asked: A DeclarationPrint.
        changed: Nothing; the declaration stands otherwise now.
    """

    asked = Signal(object)
    print_asked = Signal(object)
    changed = Signal()

    def __init__(
        self,
        middle: QVBoxLayout,
        papers: Callable[[], PapersPanel],
        parent: QWidget,
        finder: UnitFinder,
    ) -> None:
        super().__init__(parent)
        self._finder = finder
        self.draft: Draft | None = None
        self._home, self._middle, self._papers = parent, middle, papers
        self._last: DeclareAsked | None = None
        self._is_shown = False
        self._ticked = False
        self._before: tuple[Answer, ...] = ()

    @cached_property
    def panel(self) -> DeclarationPanel:
        """The questions; made when they are first wanted."""
        from ui.officer.receive.declaration_panel import DeclarationPanel

        panel = DeclarationPanel(self._finder, self._home)
        panel.hide()
        panel.said.connect(self._on_said)
        panel.print_asked.connect(self.print_draft)
        panel.paper_asked.connect(self.take_paper)
        panel.left.connect(self.toggle)
        self._middle.insertWidget(self._middle.indexOf(self.bar), panel, 1)
        return panel

    @cached_property
    def bar(self) -> KeyButton:
        """Says how the declaration stands, and leads to it and back."""
        from ui.parts.keys import KeyButton

        bar = KeyButton("", "Ctrl+J", sign="paper")
        bar.setObjectName("declaration_bar")
        bar.hide()
        bar.clicked.connect(self.toggle)
        self._middle.addWidget(bar)
        return bar

    @property
    def is_shown(self) -> bool:
        """Whether the questions stand in the papers' place."""
        return self._is_shown

    @property
    def standing(self) -> Standing:
        """How the declaration stands."""
        from counter.answering import standing

        return standing(self.draft, self._papers().form_brought)

    @property
    def is_open(self) -> bool:
        """Whether it stands in the way of the reception."""
        return self.draft is not None and self.standing is self.standing.OPEN

    @property
    def answers(self) -> tuple[Answer, ...] | None:
        """The answers to receive with, None when it came on paper or is not asked for."""
        if self.draft is None or self.standing is not self.standing.WHOLE:
            return None
        return self.draft.answers

    def answer(self, key: str) -> str:
        """Return the answer to one question, empty when there is none."""
        answers = self.draft.answers if self.draft else ()
        return next((a.value for a in answers if a.key == key), "")

    def lack(self) -> str:
        """Say in one sentence what the declaration still lacks."""
        if self.draft is None or not self.draft.open:
            return ""
        first, count = self.draft.open[0], len(self.draft.open)
        told = self.tr("Tờ khai còn thiếu %1 mục, trước hết: %2 – %3 (Ctrl+J)")
        named = told.replace("%1", str(count)).replace("%2", first.group)
        return named.replace("%3", first.title)

    def ask(self, asked: DeclareAsked | None) -> None:
        """Ask the desk what it knows; the same is asked once."""
        if asked == self._last:
            return
        known = self._last
        self._last = asked
        if known is None or asked is None or known.procedure_code != asked.procedure_code:
            self._begin(None)
        if asked is not None:
            self.asked.emit(asked)

    def show(self, asked: DeclareAsked, declared: Declared | None) -> None:
        """Show what the desk answered, unless something changed meanwhile."""
        from counter.answering import Draft

        if asked != self._last or declared is None:
            return
        self.draft = self.draft.refilled(declared) if self.draft else Draft(declared)
        self._answer_as_before()
        self._show()

    @property
    def typed(self) -> tuple[Answer, ...]:
        """What the officer answered so far: what would be lost with the page."""
        return self.draft.typed if self.draft else self._before

    def put_back(self, typed: tuple[Answer, ...]) -> None:
        """Answer as the officer did before, now or once the desk has told the form."""
        self._before = typed
        self._answer_as_before()
        self._show()

    def _answer_as_before(self) -> None:
        if self.draft is None:
            return
        for answer in self._before:
            self.draft = self.draft.said(answer.key, answer.value)
        self._before = ()

    @Slot()
    def toggle(self) -> None:
        """Show the questions in the papers' place, or the papers again."""
        if self.draft is None:
            return
        self._open(not self._is_shown)
        if self._is_shown:
            self.panel.focus_open()
        else:
            self._papers().setFocus()

    def go_to_open(self) -> None:
        """Give the keyboard to the first question that is to be asked."""
        if self.draft is not None:
            self._open(True)
            self.panel.focus_open()

    def go_to_papers(self) -> None:
        """Show the papers."""
        self._open(False)

    @Slot()
    def print_draft(self) -> None:
        """Want the declaration on paper, as far as it is filled in."""
        if self.draft is None:
            return
        declarant = self.answer("full_name")
        self.print_asked.emit(DeclarationPrint(self.draft.form, self.draft.answers, declarant))

    @Slot()
    def take_paper(self) -> None:
        """Take the citizen's own paper instead; what was typed is given up."""
        from counter.answering import Draft

        if self.draft is None:
            return
        self.draft = Draft(self.draft.declared)
        self._ticked = False
        self._papers().bring_form(True)
        self._open(False)
        self._show()
        self._papers().setFocus()

    def forget(self) -> None:
        """Leave nothing of this person."""
        self._before = ()
        self._last = None
        self._begin(None)

    def refresh(self) -> None:
        """Say anew how the declaration stands."""
        draft = self.draft
        if draft is None:
            if "bar" in vars(self):
                self.bar.hide()
            return
        from counter.answering import Standing

        self.bar.show()
        if self._is_shown:
            self.bar.setText(self.tr("Quay lại giấy tờ mang theo"))
            return
        match self.standing:
            case Standing.ON_PAPER:
                told = self.tr("Tờ khai: công dân mang bản giấy")
            case Standing.WHOLE:
                told = self.tr("Tờ khai: đã đủ, xem hoặc sửa")
            case Standing.OPEN | Standing.NOT_ASKED:
                count = str(len(draft.open))
                told = self.tr("Tờ khai: còn %1 mục phải hỏi").replace("%1", count)
        self.bar.setText(told)

    def _begin(self, draft: Draft | None) -> None:
        self.draft = draft
        self._ticked = False
        self._open(False)
        if "panel" in vars(self):
            self.panel.forget()
        self.refresh()

    def _show(self) -> None:
        draft = self.draft
        if draft is None:
            return
        self._tick_form(not draft.open)
        if self._is_shown:
            self._fill_panel()
        self.refresh()
        self.changed.emit()

    def _fill_panel(self) -> None:
        if self.draft is not None:
            brought = self._papers().form_brought
            self.panel.show_draft(self.draft, may_be_paper=brought is not None)

    def _tick_form(self, whole: bool) -> None:
        """The whole declaration counts as brought; what the officer ticked is not touched."""
        papers = self._papers()
        if whole and papers.form_brought is False:
            papers.bring_form(True)
            self._ticked = True
        elif not whole and self._ticked:
            papers.bring_form(False)
            self._ticked = False

    def _open(self, shown: bool) -> None:
        if shown == self._is_shown:
            return
        self._is_shown = shown
        if shown:
            self._fill_panel()
        self.panel.setVisible(shown)
        self._papers().setVisible(not shown)
        self.refresh()

    @Slot(object)
    def _on_said(self, said: tuple[str, str]) -> None:
        if self.draft is not None:
            self.draft = self.draft.said(*said)
            self._show()
