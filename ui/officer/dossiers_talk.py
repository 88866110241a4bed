"""The page of dossiers, joined: found, shown, and what is done to them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.errors import BadDossierCode
from counter.values import DossierCode
from ui.officer.payments_talk import PaymentsTalk
from ui.officer.places import DOSSIERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter.acted import Possible
    from counter.finding import Filter
    from counter.ports import DossierLookedUp
    from counter.work import DeskWork, DossierLine, DossierView
    from ui.officer.acts.talk import ActsTalk
    from ui.officer.dossiers_page import DossiersPage
    from ui.officer.files_talk import FilesTalk
    from ui.officer.reception_talk import ReceptionTalk
    from ui.officer.surroundings import Surroundings


MOST_PROCEDURES = 500


class DossiersTalk(QObject):
    """Takes questions about dossiers to the desk.

    Args:
        reception: Prints a receipt once more, and receives a voided dossier anew.
    """

    def __init__(self, around: Surroundings, reception: ReceptionTalk, parent: QObject) -> None:
        super().__init__(parent)
        self._around, self._reception = around, reception
        self.payments = PaymentsTalk(around, self)
        self._asked = ""
        self._only: Filter | None = None
        self._is_stale = False
        self._find = around.asking.newest(self._found, self._show_lines)

    @cached_property
    def page(self) -> DossiersPage:
        """The dossiers of this desk."""
        from ui.officer.dossiers_page import DossiersPage

        page = DossiersPage(self._around.frame.pages)
        page.searched.connect(self._search)
        page.picked.connect(self._show_dossier)
        page.reprint_asked.connect(self._reception.reprint)
        page.receipt_asked.connect(self._print_receipt)
        page.copy_asked.connect(self._copy)
        page.detail.files_asked.connect(self._open_files)
        self._around.frame.put(DOSSIERS, page)
        return page

    @cached_property
    def acts(self) -> ActsTalk:
        """What is done to dossiers after their reception."""
        from ui.officer.acts.talk import ActsTalk

        acts = ActsTalk(
            self.page.detail.acts,
            self._around.asking,
            self._around.hands,
            self._around.notice,
            put=self._around.put,
            changed=self._around.changed,
            returned=self._around.second.returned,
            again=self._reception.receive_again,
            payments=self.payments,
            second=self._around.second,
        )
        acts.collected.connect(self._around.receive.received.show_paid)
        return acts

    @Slot(str)
    def collect(self, code: str) -> None:
        """Take the fee of a dossier that was just received; it is not shown, so not read either."""
        self._around.asking.ask(lambda desk: desk.possible(code), self.acts.collect)

    def give_back(self, code: str, done: Callable[[], object]) -> None:
        """Give back the money of a dossier; it is not shown, so not read either.

        Args:
            done: Called once it is given back.
        """
        self._around.asking.ask(
            lambda desk: desk.possible(code),
            lambda possible: self.acts.give_back(possible, done),
        )

    def correct(self, code: str) -> None:
        """Show a dossier and open the form that puts right what was keyed wrong."""

        def show(found: tuple[DossierView, Possible]) -> None:
            view, possible = found
            self.look_up(code)
            self.page.detail.show_dossier(view)
            self.acts.correct(view, possible)

        self._around.asking.ask(lambda desk: (desk.show(code), desk.possible(code)), show)

    @cached_property
    def files(self) -> FilesTalk:
        """The files of the dossier that is shown."""
        from ui.officer.files_talk import FilesTalk

        return FilesTalk(self._around, self)

    def _found(self, desk: DeskWork, text: str) -> tuple[DossierLine, ...]:
        return (
            desk.find_dossiers(text)
            if self._only is None
            else desk.find_dossiers(text, only=self._only)
        )

    @Slot(object)
    def _search(self, text: str) -> None:
        self._only = self.page.narrow.narrowed().as_filter(self._around.hands.clock())
        self._find(text)

    @property
    def is_acting(self) -> bool:
        """Whether the form of an act is open."""
        return "acts" in vars(self) and self.acts.form is not None

    def refresh(self) -> None:
        """Ask again for what the page shows; while it is not shown, once it is.

        Each dossier that is shown is noted as read by the officer, so none is asked for unseen.
        """
        self._is_stale = self._around.frame.shown != DOSSIERS
        if self._is_stale:
            return
        self.page.search()
        self._around.asking.ask(
            lambda desk: desk.find_procedures("", MOST_PROCEDURES), self.page.narrow.offer
        )
        if "files" in vars(self):
            self.files.refresh()

    def forget(self) -> None:
        """Show nothing that somebody else has found."""
        self._is_stale, self._asked = True, ""
        self.page.forget()

    def shown(self) -> None:
        """Hear that the page is shown."""
        if self._is_stale:
            self.refresh()

    def look_up(self, text: str) -> None:
        """Show the dossiers that a code finds."""
        self._around.show_page(DOSSIERS)
        self.page.look_up(text)

    def reprint(self) -> None:
        """Print the receipt of the dossier that is shown."""
        if self.page.detail.view is not None:
            self._reception.reprint(self.page.detail.view.line.id)

    @Slot(object)
    def _print_receipt(self, number: str) -> None:
        self._around.asking.ask(lambda desk: desk.drawer().reprint(number), self._around.put)

    @Slot(object)
    def _open_files(self, view: DossierView) -> None:
        self.files.open(view)

    def looked_up(self, event: DossierLookedUp) -> None:
        """Hear what came of asking the portal for a dossier."""
        if event.found:
            self.refresh()
        elif self._asked == event.code:
            if event.error is not None:
                self._asked = ""
            self.page.show_not_there(event.code, event.error)

    def _show_lines(self, lines: tuple[DossierLine, ...]) -> None:
        self.page.show_lines(lines)
        code = _whole_code(self.page.field.text())
        if lines or not code:
            self._asked = ""
        elif code != self._asked:
            self._asked = code
            self.page.show_asking(code)
            self._around.hands.look_up(code)
        else:
            self.page.show_not_there(code, None)

    @Slot(object)
    def _show_dossier(self, code: str) -> None:
        def show(view: DossierView) -> None:
            self.page.detail.show_dossier(view)
            self.acts.show_dossier(view)

        self._around.asking.ask(lambda desk: desk.show(code), show)

    @Slot(object)
    def _copy(self, view: DossierView) -> None:
        from ui.officer.copy_talk import CopyTalk

        CopyTalk(self._around, self).open(view)


def _whole_code(text: str) -> str:
    """Return the dossier code that was typed or scanned whole, empty when it is something else."""
    try:
        return DossierCode.parse(text).text
    except BadDossierCode:
        return ""
