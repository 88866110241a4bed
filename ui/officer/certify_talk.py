"""The page of certified copies joined with the desk, the card and the queue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.values import DossierId, uuid7
from counter.work import Change

if TYPE_CHECKING:
    from counter.certify import Certified, Document, InHand
    from counter.hall import QueueTicket, QueueView
    from counter.values import Dong
    from counter.work import Applicant
    from ui.officer.certify_page import CertifyPage, CopiesAsked, SignAsked
    from ui.officer.surroundings import Surroundings


class CertifyTalk(QObject):
    """Certifies for whoever's card was read, lays the number aside, and calls it again."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._dossier_id = DossierId(uuid7())
        self._noticed_at = around.hands.clock()
        around.receive.identity.changed.connect(self._show_person)

    @cached_property
    def page(self) -> CertifyPage:
        """Documents, and what is in hand."""
        from ui.officer.certify_page import CertifyPage

        page = CertifyPage(self._around.frame.pages)
        page.changed.connect(self._quote)
        page.asked.connect(self._certify)
        page.sign_asked.connect(self._sign)
        page.call_asked.connect(self._call)
        page.give_asked.connect(self._give)
        return page

    def opened(self) -> None:
        """Show what is in hand and whose card was read, and give the keyboard to what lacks."""
        self._around.notice.clear()
        self._noticed_at = self._around.hands.clock()
        self._show_person()
        self.refresh()
        self.page.focus()

    def refresh(self) -> None:
        """Ask again what waits."""

        def show(found: tuple[InHand, ...]) -> None:
            self.page.show_in_hand(found)

        self._around.asking.ask(lambda desk: desk.certifying().in_hand(), show)

    @Slot()
    def _show_person(self) -> None:
        if "page" not in vars(self):
            return
        known = self._applicant()
        self.page.show_person(known.full_name if known else None)
        if known is not None and self.page.isVisible():
            self.page.focus()

    def _applicant(self) -> Applicant | None:
        """Return whom the card named, None when no card was read or it seems forged."""
        identity = self._around.receive.identity
        if not identity.is_from_card or identity.is_forged():
            return None
        return identity.applicant(None, None)

    @Slot()
    def _quote(self) -> None:
        documents = self.page.documents()
        if not documents:
            self.page.show_total(None)
            return

        def show(told: tuple[tuple[Document, ...], Dong]) -> None:
            if told[0] == self.page.documents():
                self.page.show_total(told[1])

        self._around.asking.ask(
            lambda desk: (documents, desk.certifying().quote(documents)), show, self.page.refuse
        )

    @Slot(object)
    def _certify(self, asked: CopiesAsked) -> None:
        from counter.certify import CertifyAsked

        receive = self._around.receive
        wanted = CertifyAsked(
            dossier_id=self._dossier_id,
            applicant=self._applicant() or _typed(asked.name),
            documents=asked.documents,
            noticed_at=self._noticed_at,
            ticket=receive.ticket,
            paid=asked.paid,
        )
        self._around.asking.ask(
            lambda desk: desk.certifying().certify(wanted), self._done, self.page.refuse
        )

    def _done(self, certified: Certified) -> None:
        for job in certified.jobs:
            self._around.put(job)
        self._dossier_id = DossierId(uuid7())
        if self._around.receive.procedure.procedure is None:
            self._around.receive.begin_next()
        self._noticed_at = self._around.hands.clock()
        self.page.show_person(None)
        self.page.show_done(certified)
        self._lay_aside(certified.ticket)
        self._around.hands.wake()
        self._around.changed(Change.DOSSIERS | Change.QUEUE)
        self.refresh()

    def _lay_aside(self, number: str | None) -> None:
        """Let the next be called: the number of this visit waits for the signature."""

        def look(view: QueueView) -> None:
            ticket = view.current
            if ticket is not None and ticket.number == number and ticket.row:
                row = ticket.row
                self._around.asking.ask(
                    lambda desk: desk.calls().hold(row),
                    lambda _held: self._around.changed(Change.QUEUE),
                )

        if number is not None:
            self._around.asking.ask(lambda desk: desk.queue(), look, lambda _error: None)

    @Slot(object)
    def _sign(self, asked: SignAsked) -> None:
        def signed(count: int) -> None:
            self.page.say("good", self.tr("Đã ghi ký %1 hồ sơ.").replace("%1", str(count)))
            self._around.hands.wake()
            self._around.changed(Change.DOSSIERS)
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.certifying().sign(asked.dossiers, asked.signer),
            signed,
            self.page.refuse,
        )

    @Slot(object)
    def _call(self, number: str) -> None:
        def called(ticket: QueueTicket) -> None:
            self.page.say("info", self.tr("Đang gọi lại số %1.").replace("%1", ticket.number))
            self._around.changed(Change.QUEUE)

        self._around.asking.ask(
            lambda desk: desk.calls().call_number(number), called, self.page.refuse
        )

    @Slot(object)
    def _give(self, dossier_id: DossierId) -> None:
        def given(_none: None) -> None:
            self.page.given()
            self.page.say("good", self.tr("Đã trả bản sao."))
            self._around.hands.wake()
            self._around.changed(Change.DOSSIERS)
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.certifying().give_out(dossier_id), given, self.page.refuse
        )


def _typed(name: str) -> Applicant:
    """Make somebody whose card was not read; the name is what was told."""
    from counter.values import tidy_name
    from counter.work import Applicant, IdentitySource

    return Applicant(
        full_name=tidy_name(name),
        number=None,
        birth_date=None,
        sex=None,
        address=None,
        phone=None,
        email=None,
        source=IdentitySource.MANUAL,
        verdict=None,
    )
