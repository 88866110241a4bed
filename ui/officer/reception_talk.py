"""The reception page, joined: procedures found, a dossier planned, received and printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.declaring_talk import DeclaringTalk
from ui.officer.places import RECEIVE
from ui.officer.units_talk import UnitsTalk

if TYPE_CHECKING:
    from counter.cards import CardSecrets
    from counter.hall import QueueTicket
    from counter.ports import PrintJob
    from counter.procedures import Procedure
    from counter.values import CitizenNumber, DossierId
    from counter.work import DossierView, ManyReceived, Reception, ReceptionAsked, ReceptionPlan
    from ui.officer.card_talk import CardTalk
    from ui.officer.late_talk import LateTalk
    from ui.officer.receive.page import ReceivePage
    from ui.officer.receive.wishes import PlanAsked
    from ui.officer.surroundings import Surroundings
    from ui.officer.visit_talk import VisitTalk
    from ui.officer.walk_ins import WalkIns


class ReceptionTalk(QObject):
    """Takes visits from the page to the desk.

    Args:
        left: Called when a visit has ended.
    """

    def __init__(self, page: ReceivePage, around: Surroundings, left: Callable[[], object]) -> None:
        super().__init__(page)
        self.page = page
        self._around = around
        self._left = left
        self._known: CitizenNumber | None = None
        self.find_procedures = around.asking.newest(
            lambda desk, text: desk.find_procedures(text), page.procedure.show_found
        )
        self.declaring = DeclaringTalk(page, around)
        self._units = UnitsTalk(page, around)
        page.searched.connect(self.find_procedures)
        page.plan_asked.connect(self._plan)
        page.asked.connect(self._receive)
        page.complained.connect(around.notice.complain)
        page.reprint_asked.connect(self.reprint)
        page.again_asked.connect(around.put)
        page.guide_asked.connect(self.guide)
        page.refuse_asked.connect(self.refuse)
        page.left.connect(self._visit_left)
        page.identity.given.connect(self._on_given)
        page.identity.changed.connect(self._on_person)
        page.identity.begun_again.connect(self._on_begun_again)

    def expect(self, secrets: CardSecrets | None) -> None:
        """Open a card for somebody else; None forgets what the reception waited for, too."""
        if secrets is None:
            self.card.forget()
        else:
            self._around.hands.expect(secrets)

    @cached_property
    def card(self) -> CardTalk:
        """What is done with cards and codes."""
        from ui.officer.card_talk import CardTalk

        around = self._around
        return CardTalk(self.page.identity, around.hands, around.notice, around.look_up)

    @cached_property
    def walk_ins(self) -> WalkIns:
        """People who cannot be received."""
        from ui.officer.walk_ins import WalkIns

        return WalkIns(
            self.page,
            self._around.asking,
            self._around.notice,
            put=self._around.put,
            changed=self._around.changed,
            know=self.card.know,
        )

    @cached_property
    def visits(self) -> VisitTalk:
        """Visits that are not dossiers yet."""
        from ui.officer.visit_talk import VisitTalk

        around = self._around
        talk = VisitTalk(self.page, around.asking, around.notice, self.card.know)
        talk.moved.connect(self._left)
        return talk

    @cached_property
    def late(self) -> LateTalk:
        """Paper receipts that are keyed later."""
        from ui.officer.late_talk import LateTalk

        return LateTalk(self.page, self._around.asking, self._around.notice, self._received)

    @property
    def is_free(self) -> bool:
        """Whether nobody's visit is on the page."""
        return not self.page.is_begun and not self.page.is_done

    def begin(self) -> None:
        """Ask what the page shows before anything is typed."""
        self.find_procedures(self.page.procedure.field.text())
        self.visits.begin()

    def called(self, ticket: QueueTicket | None) -> None:
        """A number was called; a page that is free waits for its person."""
        if ticket is not None and self.is_free:
            self.page.set_ticket(ticket.number)
            self.card.know(None)

    def visit_begun(self, ticket: QueueTicket) -> None:
        """The person of *ticket* sits here."""
        self._around.show_page(RECEIVE)
        if self.visits.resume_ticket(ticket.number):
            return
        self.page.set_ticket(ticket.number)
        if ticket.subject is not None:
            self.know_owner(ticket.subject)

    def laid_aside(self, ticket: QueueTicket) -> None:
        """The number was held: its visit waits with it."""
        self.visits.park_ticket(ticket.number)

    def know_owner(self, code: str) -> None:
        """Let the card of a dossier's owner open by itself; a code that is none changes nothing."""

        def know(view: DossierView) -> None:
            if self.is_free:
                self.card.know(view.applicant.number)

        self._around.asking.ask(lambda desk: desk.show(code), know, lambda _error: None)

    @Slot()
    def guide(self) -> None:
        """Record what is missing of the dossier on the page."""
        self.walk_ins.guide()

    @Slot()
    def refuse(self) -> None:
        """Record that the dossier on the page is not accepted."""
        self.walk_ins.refuse()

    @Slot()
    def next_visit(self) -> None:
        """Clear the page for the next person; what is only half done is asked about first."""
        self._around.show_page(RECEIVE)
        if self.page.is_begun:
            self.ask_to_leave(self.page.begin_next)
        else:
            self.page.begin_next()

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Do *leave* when the officer agrees to lose what is on the page."""
        from ui.parts.question import Question, ask

        question = Question(
            what=self.tr("Bỏ lượt đang làm dở?"),
            meaning=self.tr("Hồ sơ này chưa được tiếp nhận. Những gì đã nhập sẽ mất."),
            go=self.tr("Bỏ lượt này"),
            stay=self.tr("Làm tiếp"),
        )
        ask(self.page.window(), question, leave)

    def receive_again(self, code: str) -> None:
        """Receive the people of a voided dossier anew."""
        self._around.show_page(RECEIVE)
        self.visits.receive_again(code)

    @Slot(object)
    def reprint(self, dossier_id: DossierId) -> None:
        """Print the receipt of a dossier once more."""

        def put(job: PrintJob) -> None:
            from counter.work import Change

            if self.page.is_done:
                self.page.add_job(job)
            self._around.put(job)
            self._around.changed(Change.PAPER)

        self._around.asking.ask(lambda desk: desk.reprint(dossier_id), put)

    @Slot(object)
    def _plan(self, asked: PlanAsked) -> None:
        def show(plan: ReceptionPlan) -> None:
            self.page.show_plan(asked, plan)

        self._around.asking.ask(
            lambda desk: desk.plan(
                asked.procedure.code, asked.papers, asked.quantities, asked.procedure.revision
            ),
            show,
        )

    @Slot(object)
    def _receive(self, asked: tuple[ReceptionAsked, ...]) -> None:
        self._around.notice.clear()
        ask = self._around.asking.ask
        if len(asked) == 1:
            ask(lambda desk: desk.receive(asked[0]), self._received, self._not_received)
        else:
            ask(lambda desk: desk.receive_many(asked), self._received_many, self._not_received)

    def _received_many(self, received: ManyReceived) -> None:
        self.card.forget()
        self.page.show_many(received)
        first = received.receptions[0]
        self._around.second.received(first.code, first.due_at)
        for job in received.jobs:
            self._around.put(job)
        self._around.hands.wake()
        self._around.changed(received.changed)

    def _received(self, received: Reception) -> None:
        self.card.forget()
        self.page.show_received(received)
        self._around.second.received(received.code, received.due_at)
        for job in received.jobs:
            self._around.put(job)
        self._around.hands.wake()
        self._around.changed(received.changed)

    def _not_received(self, error: BaseException) -> None:
        self.page.show_refused()
        self._around.notice.complain(error)

    @Slot()
    def _on_person(self) -> None:
        """Offer first what the holder of this card came for before."""
        number = self.page.identity.known_number()
        if number == self._known:
            return
        self._known = number
        if number is None:
            self.page.procedure.show_usual(())
            return

        def show(usual: tuple[Procedure, ...]) -> None:
            if self.page.identity.known_number() == number:
                self.page.procedure.show_usual(usual)

        ask = self._around.asking.ask
        ask(lambda desk: desk.usual(number), show, lambda _error: None)

    @Slot()
    def _visit_left(self) -> None:
        self.card.forget()
        self._around.notice.clear()
        self._left()

    @Slot(object)
    def _on_given(self, text: str) -> None:
        self.card.given(text)

    @Slot()
    def _on_begun_again(self) -> None:
        self.card.forget()
