"""The officer's window: joins pages with the desk and with what the other rooms tell.

It asks the desk through the bridge and shows the answers; no rule of the procedure is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui.officer.asking import Asking
from ui.officer.chair_state import Chair
from ui.officer.frame import Frame
from ui.officer.rail import Place
from ui.officer.receive.page import ReceivePage
from ui.parts.keys import on_key

if TYPE_CHECKING:
    from counter.acts import Acted, Possible
    from counter.hall import QueueTicket, QueueView, TicketTaken
    from counter.ports import CardEvent, CodeEvent, PaperEvent, PrintJob, SyncEvent
    from counter.values import DossierId
    from counter.work import (
        Change,
        Check,
        DeskWork,
        DossierLine,
        DossierView,
        MessageLine,
        Reception,
        ReceptionAsked,
        ReceptionPlan,
    )
    from ui.bridge import Bridge
    from ui.officer.acts.talk import ActsTalk
    from ui.officer.card_talk import CardTalk
    from ui.officer.carry_page import CarryPage, ListAsked
    from ui.officer.chair import ChairTalk
    from ui.officer.devices_page import DevicesPage
    from ui.officer.dossiers_page import DossiersPage
    from ui.officer.hands import DeskInfo, Hands
    from ui.officer.help_page import HelpPage
    from ui.officer.portal_page import PortalPage
    from ui.officer.queue_page import QueuePage
    from ui.officer.queue_talk import QueueTalk
    from ui.officer.receive.page import PlanAsked
    from ui.officer.today_page import TodayPage
    from ui.officer.trust_page import TrustPage
    from ui.officer.trust_talk import TrustTalk
    from ui.officer.walk_ins import WalkIns

RECEIVE, QUEUE, DOSSIERS, TODAY, CARRY, PORTAL, DEVICES, HELP = range(8)
TRUST = 8
"""Opened from the devices; it has no place in the rail."""


class OfficerWindow(QMainWindow):
    """Shown before the desk is open, and usable from then on.

    Signals:
        closing: Nothing; the window is going and the rooms may be closed.
    """

    closing = Signal()

    def __init__(self, bridge: Bridge, hands: Hands, *, demo: bool, version: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._hands = hands
        self._jobs: dict[UUID, PrintJob] = {}
        self._told_of_paper = ""
        self.setWindowTitle(self.tr("Quầy Một Cửa"))
        self.setMinimumSize(1180, 680)
        self.frame = Frame(
            (
                Place("receive", self.tr("Tiếp nhận"), "F2"),
                Place("queue", self.tr("Hàng đợi"), "F3"),
                Place("dossiers", self.tr("Hồ sơ"), "F4"),
                Place("calendar", self.tr("Hôm nay"), "Ctrl+H"),
                Place("next", self.tr("Giao nhận"), "Ctrl+B"),
                Place("portal", self.tr("Gửi cổng"), "F6"),
                Place("devices", self.tr("Thiết bị"), "F7"),
                Place("help", self.tr("Trợ giúp"), "F1"),
            ),
            self,
            demo=demo,
            version=version,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.frame)
        self.setCentralWidget(self._stack)
        self.receive = ReceivePage(hands.clock, self.frame.pages)
        self.frame.put(RECEIVE, self.receive)
        self.notice, self.strip, self.status = (
            self.frame.notice,
            self.frame.strip,
            self.frame.status,
        )
        self._asking = Asking(bridge, self.notice.complain)
        self._ask = self._asking.ask
        self._find_procedures = self._asking.newest(
            lambda desk, text: desk.find_procedures(text), self.receive.procedure.show_found
        )
        self._find_dossiers = self._asking.newest(
            lambda desk, text: desk.find_dossiers(text),
            self._show_lines,
        )
        self._connect()
        self._keys()
        self._restore()
        self.show_page(RECEIVE)

    # What main.py and the other rooms tell

    def desk_opened(self, desk: DeskWork, info: DeskInfo) -> None:
        """The desk is open: everything can be asked of it now."""
        self._asking.open(desk)
        self.frame.show_desk(info)
        self.devices.show_info(info)
        if info.chair is Chair.TAKEN:
            self._begin()
        else:
            self.chair.show_chair(info.chair)

    def _begin(self) -> None:
        """Fill the pages for whoever sits here now."""
        self._find_procedures(self.receive.procedure.field.text())
        self._refresh_dossiers()
        self._refresh_queue()
        self._check()

    def prepare(self) -> None:
        """Make what only appears later, a piece each turn; called when the window was painted."""
        pieces: Iterator[Callable[[], QWidget]] = iter(
            (
                lambda: self.receive.identity.person,
                lambda: self.receive.papers,
                lambda: self.receive.received,
                lambda: self.receive.identity.manual,
                lambda: self.dossiers,
                lambda: self.portal,
                lambda: self.queue,
                lambda: self.devices,
            )
        )

        def go_on() -> None:
            piece = next(pieces, None)
            if piece is not None:
                piece()
                QTimer.singleShot(0, self, go_on)

        go_on()

    @property
    def is_open(self) -> bool:
        """Whether the desk behind the window can be asked."""
        return self._asking.is_open

    def desk_failed(self, error: BaseException) -> None:
        """The desk could not be opened; the window says why and what to do."""
        self.frame.show_closed()
        self.receive.procedure.show_closed()
        self.notice.complain(error)

    def on_card(self, event: CardEvent) -> None:
        """Hear of a reader or a card; a return that is being noted takes it first."""
        from counter.ports import CardTextRead

        if self.is_locked:
            return
        if self.is_acting and self._acts.on_card(event):
            return
        self._card.on_card(event, self.status)
        if isinstance(event, CardTextRead):
            self._numbers.card_shown(event.text.id_number)

    def on_code(self, event: CodeEvent) -> None:
        """Hear of a scanned code; a list that is being made takes dossiers."""
        from counter.ports import CardQrScanned, CodeScanned

        if self.is_locked:
            return

        if self.frame.shown == CARRY and isinstance(event, CodeScanned):
            self._put_on_list(event.text)
            return
        if self.is_acting and isinstance(event, CardQrScanned) and self._acts.on_qr(event.qr):
            return
        self.show_page(RECEIVE)
        self._card.on_code(event)
        if isinstance(event, CardQrScanned):
            self._numbers.card_shown(event.qr.id_number)

    def on_paper(self, event: PaperEvent) -> None:
        """Hear of a printer or a paper."""
        from counter.ports import PaperFailed, PaperMade, PrinterState

        if isinstance(event, PrinterState):
            self.status.show_printer(event)
            return
        self.receive.received.show_paper(event)
        if isinstance(event, PaperFailed):
            self.notice.complain(event.error)
            self._told_of_paper = self.notice.text
        elif isinstance(event, PaperMade):
            if self.notice.text == self._told_of_paper:
                self.notice.clear()
            self._jobs.pop(event.job, None)
            self._ask(lambda desk: desk.note_paper(event), self._refresh)

    def on_sync(self, event: SyncEvent) -> None:
        """Hear how desk and portal stand."""
        from counter.ports import SyncState

        if isinstance(event, SyncState):
            self.status.show_sync(event)
            self.portal.show_state(event)
            self._refresh_portal()
        else:
            self._refresh_dossiers()

    @Slot(object)
    def show_page(self, number: int) -> None:
        """Show one page and give it the keyboard."""
        self.frame.show_page(number, self._page(number))
        if number == RECEIVE:
            self.receive.focus()
        elif number == DOSSIERS:
            self.dossiers.field.setFocus()
        elif number == TODAY:
            self.today.groups.setFocus()
            self._refresh_today()
        elif number == CARRY:
            self.carry.field.setFocus()
        elif number == QUEUE:
            self._numbers.ask_figures()
        elif number == PORTAL:
            self._refresh_portal()
        elif number == TRUST:
            self.frame.rail.mark(DEVICES)
            self._trust_talk.refresh()

    # Pages that are made when they are first wanted, so that the first one is there at once

    @cached_property
    def _card(self) -> CardTalk:
        """What is done with cards and codes."""
        from ui.officer.card_talk import CardTalk

        return CardTalk(self.receive.identity, self._hands, self.notice, self._look_up)

    @cached_property
    def chair(self) -> ChairTalk:
        """Who sits at the desk, where somebody has to sign in."""
        from ui.officer.chair import ChairTalk

        hands = self._hands.chair
        assert hands is not None  # noqa: S101 - a desk with an empty chair has them
        return ChairTalk(self._bridge, hands, self._stack, self._seated)

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered because nobody sits at the desk."""
        return "chair" in vars(self) and self.chair.is_locked

    def _seated(self, officer: str) -> None:
        self.frame.show_officer(officer)
        self._begin()

    @Slot()
    def _on_leave_key(self) -> None:
        if "chair" in vars(self):
            self.chair.leave()

    @cached_property
    def queue(self) -> QueuePage:
        """The queue."""
        from ui.officer.queue_page import QueuePage

        page = QueuePage(self.frame.pages)
        page.ticket_asked.connect(self._take_ticket)
        page.begin_asked.connect(partial(self.show_page, RECEIVE))
        numbers = self._numbers
        page.current.again.connect(numbers.call_again)
        page.current.hold.connect(numbers.hold)
        page.current.miss.connect(numbers.miss)
        page.aside.resume.connect(numbers.resume)
        page.aside.recall.connect(numbers.recall_missed)
        page.aside.typed.connect(numbers.call_number)
        numbers.figures.connect(page.show_figures)
        self.frame.put(QUEUE, page)
        return page

    @cached_property
    def _numbers(self) -> QueueTalk:
        """What is done with numbers."""
        from ui.officer.queue_talk import QueueTalk

        talk = QueueTalk(self._asking, self.notice, self)
        talk.called.connect(self._called)
        talk.begun.connect(self._visit_begun)
        talk.changed.connect(self._refresh_queue)
        return talk

    @cached_property
    def dossiers(self) -> DossiersPage:
        """The dossiers of this desk."""
        from ui.officer.dossiers_page import DossiersPage

        page = DossiersPage(self.frame.pages)
        page.searched.connect(self._find_dossiers)
        page.picked.connect(self._show_dossier)
        page.reprint_asked.connect(self._reprint)
        self.frame.put(DOSSIERS, page)
        return page

    @cached_property
    def today(self) -> TodayPage:
        """What wants somebody today."""
        from ui.officer.today_page import TodayPage

        page = TodayPage(self.frame.pages)
        page.picked.connect(self._look_up)
        page.refreshed.connect(self._refresh_today)
        self.frame.put(TODAY, page)
        return page

    @cached_property
    def carry(self) -> CarryPage:
        """Lists of dossiers that travel together."""
        from ui.officer.carry_page import CarryPage

        page = CarryPage(self.frame.pages)
        page.scanned.connect(self._put_on_list)
        page.asked.connect(self._act_on_list)
        self.frame.put(CARRY, page)
        return page

    @cached_property
    def _acts(self) -> ActsTalk:
        """What is done to dossiers after their reception."""
        from ui.officer.acts.talk import ActsTalk

        return ActsTalk(
            self.dossiers.detail.acts,
            self._asking,
            self._hands,
            self.notice,
            put=self._put,
            changed=self._refresh,
        )

    @property
    def is_acting(self) -> bool:
        """Whether the form of an act is open."""
        return "_acts" in vars(self) and self._acts.form is not None

    @cached_property
    def _walk_ins(self) -> WalkIns:
        """People who cannot be received."""
        from ui.officer.walk_ins import WalkIns

        return WalkIns(
            self.receive,
            self._asking,
            self.notice,
            put=self._put,
            changed=self._refresh,
            know=self._card.know,
        )

    @cached_property
    def portal(self) -> PortalPage:
        """How the desk and the portal stand."""
        from ui.officer.portal_page import PortalPage

        page = PortalPage(self.frame.pages)
        page.send_asked.connect(self._hands.send_now)
        page.again_asked.connect(self._send_again)
        self.frame.put(PORTAL, page)
        return page

    @cached_property
    def devices(self) -> DevicesPage:
        """The check-up."""
        from ui.officer.devices_page import DevicesPage

        page = DevicesPage(self.frame.pages)
        page.check_asked.connect(self._check)
        page.trust_asked.connect(partial(self.show_page, TRUST))
        self.frame.put(DEVICES, page)
        return page

    @cached_property
    def trust(self) -> TrustPage:
        """The issuers of cards that are believed."""
        from ui.officer.trust_page import TrustPage

        page = TrustPage(self.frame.pages)
        page.left.connect(partial(self.show_page, DEVICES))
        self.frame.put(TRUST, page)
        return page

    @cached_property
    def _trust_talk(self) -> TrustTalk:
        """What is asked of the list of issuers."""
        from ui.officer.trust_talk import TrustTalk

        return TrustTalk(self.trust, self._bridge, self._hands, self.notice, self._check)

    @cached_property
    def help(self) -> HelpPage:
        """The keys of the day."""
        from ui.officer.help_page import HelpPage

        page = HelpPage(self.frame.pages)
        self.frame.put(HELP, page)
        return page

    def _page(self, number: int) -> QWidget:
        """Return a page, making it when it is wanted for the first time."""
        pages: tuple[Callable[[], QWidget], ...] = (
            lambda: self.receive,
            lambda: self.queue,
            lambda: self.dossiers,
            lambda: self.today,
            lambda: self.carry,
            lambda: self.portal,
            lambda: self.devices,
            lambda: self.help,
            lambda: self.trust,
        )
        return pages[number]()

    # Building

    def _connect(self) -> None:
        self.frame.rail.chosen.connect(self.show_page)
        self.status.devices.connect(partial(self.show_page, DEVICES))
        self.status.portal.connect(partial(self.show_page, PORTAL))
        self.receive.searched.connect(self._find_procedures)
        self.receive.plan_asked.connect(self._plan)
        self.receive.asked.connect(self._receive)
        self.receive.complained.connect(self.notice.complain)
        self.receive.reprint_asked.connect(self._reprint)
        self.receive.again_asked.connect(self._put)
        self.receive.guide_asked.connect(self._on_guide_key)
        self.receive.refuse_asked.connect(self._on_refuse_key)
        self.receive.left.connect(self._visit_left)
        self.receive.identity.given.connect(self._on_given)
        self.receive.identity.begun_again.connect(self._on_begun_again)
        self.strip.call_asked.connect(self._call_next)
        self.frame.scan.scanned.connect(self._on_scanned)

    def _keys(self) -> None:
        for key, page in (
            ("F1", HELP),
            ("F2", RECEIVE),
            ("F3", QUEUE),
            ("F4", DOSSIERS),
            ("Ctrl+H", TODAY),
            ("Ctrl+B", CARRY),
            ("F6", PORTAL),
            ("F7", DEVICES),
        ):
            on_key(key, self, partial(self.show_page, page))
        on_key("F5", self, self._hands.send_now)
        on_key("F8", self, self._call_next)
        on_key("Shift+F8", self, self._on_again_call_key)
        on_key("Ctrl+F8", self, self._on_hold_key)
        on_key("F9", self, self._on_receive_key)
        on_key("F10", self, self._on_next_key)
        on_key("F11", self, self._on_acts_key)
        on_key("F12", self, self.frame.scan.begin)
        on_key("Esc", self, self._on_escape)
        on_key("Ctrl+G", self, self._on_again_key)
        on_key("Ctrl+P", self, self._on_reprint_key)
        on_key("Ctrl+N", self, self.receive.identity.type_by_hand)
        on_key("Ctrl+D", self, self.receive.another_person)
        on_key("Ctrl+E", self, self._on_all_key)
        on_key("Ctrl+Return", self, self._on_go_key)
        on_key("Ctrl+U", self, self._on_guide_key)
        on_key("Ctrl+R", self, self._on_refuse_key)
        on_key("Ctrl+T", self, self.receive.procedure.take_back)
        on_key("Ctrl+L", self, self._on_ticket_key)
        on_key("Ctrl+K", self, self._check)
        on_key("Ctrl+Shift+L", self, self._on_leave_key)
        on_key("Ctrl+I", self, partial(self.show_page, TRUST))

    def _show_lines(self, lines: tuple[DossierLine, ...]) -> None:
        self.dossiers.show_lines(lines)

    @Slot()
    def _on_again_key(self) -> None:
        self.portal.send_again()

    @Slot()
    def _on_go_key(self) -> None:
        if self.frame.shown == DOSSIERS:
            self.dossiers.detail.acts.begin()
        elif self.frame.shown == CARRY:
            self.carry.go()
        else:
            self._on_receive_key()

    @Slot()
    def _on_guide_key(self) -> None:
        if self.frame.shown == RECEIVE:
            self._walk_ins.guide()

    @Slot()
    def _on_refuse_key(self) -> None:
        if self.frame.shown == RECEIVE:
            self._walk_ins.refuse()

    @Slot()
    def _on_acts_key(self) -> None:
        if self.frame.shown == DOSSIERS:
            self.dossiers.detail.acts.open()

    @Slot()
    def _on_all_key(self) -> None:
        self.receive.papers.tick_all()

    @Slot()
    def _on_ticket_key(self) -> None:
        self.queue.take()

    # What the officer wants

    @Slot(object)
    def _plan(self, asked: PlanAsked) -> None:
        def show(plan: ReceptionPlan) -> None:
            self.receive.show_plan(asked, plan)

        self._ask(
            lambda desk: desk.plan(asked.procedure_code, asked.papers, asked.quantities), show
        )

    @Slot(object)
    def _receive(self, asked: ReceptionAsked) -> None:
        self.notice.clear()
        self._ask(lambda desk: desk.receive(asked), self._received, self._not_received)

    def _received(self, received: Reception) -> None:
        self._card.forget()
        self.receive.show_received(received)
        for job in received.jobs:
            self._put(job)
        self._hands.wake()
        self._refresh(received.changed)

    def _not_received(self, error: BaseException) -> None:
        self.receive.show_refused()
        self.notice.complain(error)

    @Slot(object)
    def _reprint(self, dossier_id: DossierId) -> None:
        def put(job: PrintJob) -> None:
            if self.receive.is_done:
                self.receive.add_job(job)
            self._put(job)
            self._refresh_dossiers()

        self._ask(lambda desk: desk.reprint(dossier_id), put)

    @Slot()
    def _on_again_call_key(self) -> None:
        self._numbers.call_again()

    @Slot()
    def _on_hold_key(self) -> None:
        self._numbers.hold()

    @Slot()
    def _call_next(self) -> None:
        self._numbers.call_next()

    @Slot(object)
    def _called(self, ticket: QueueTicket | None) -> None:
        if ticket is not None and not self.receive.is_begun and not self.receive.is_done:
            self.receive.set_ticket(ticket.number)
            self._card.know(None)

    @Slot(object)
    def _visit_begun(self, ticket: QueueTicket) -> None:
        self.show_page(RECEIVE)
        self.receive.set_ticket(ticket.number)
        if ticket.subject is not None:
            self._know_owner(ticket.subject)

    @Slot(object)
    def _take_ticket(self, wanted: tuple[str, str | None]) -> None:
        def put(taken: TicketTaken) -> None:
            self._put(taken.job)
            self.queue.show_taken(taken)
            self._refresh(taken.changed)

        self._ask(lambda desk: desk.take_ticket(*wanted), put)

    @Slot(object)
    def _show_dossier(self, code: str) -> None:
        def show(view: DossierView) -> None:
            self.dossiers.detail.show_dossier(view)
            self._acts.show_dossier(view)

        self._ask(lambda desk: desk.show(code), show)

    @Slot()
    def _refresh_today(self) -> None:
        self._ask(lambda desk: desk.today(), self.today.show_today)

    @Slot(object)
    def _put_on_list(self, code: str) -> None:
        def add(found: tuple[Possible, DossierView]) -> None:
            self.carry.add(*found)

        self._ask(lambda desk: (desk.possible(code), desk.show(code)), add, self.carry.refuse)

    @Slot(object)
    def _act_on_list(self, asked: ListAsked) -> None:
        def done(acted: tuple[Acted, ...]) -> None:
            self.carry.show_done(acted)
            for one in acted:
                for job in one.jobs:
                    self._put(job)
            self._hands.wake()
            self._refresh_dossiers()

        self._ask(lambda desk: desk.act_all(asked.dossiers, asked.act), done, self.carry.refuse)

    @Slot(object)
    def _send_again(self, code: str) -> None:
        def sent(_count: int) -> None:
            self._hands.send_now()
            self._refresh_portal()

        self._ask(lambda desk: desk.send_again(code), sent)

    @Slot()
    def _check(self) -> None:
        def show(checks: tuple[Check, ...]) -> None:
            self.devices.show_checks(checks)

        self._bridge.ask(self._hands.checks, show, self.notice.complain)

    @Slot()
    def _visit_left(self) -> None:
        self._card.forget()
        self.notice.clear()
        self._ask(lambda desk: desk.queue(), self._show_queue)

    def _show_queue(self, view: QueueView) -> None:
        self.queue.show_queue(view)
        self.strip.show_queue(view)
        self._numbers.show_queue(view)

    @Slot(object)
    def _on_given(self, text: str) -> None:
        self._card.given(text)

    @Slot()
    def _on_begun_again(self) -> None:
        self._card.forget()

    @Slot(object)
    def _on_scanned(self, text: str) -> None:
        self.show_page(RECEIVE)
        self._card.given(text)

    def _look_up(self, text: str) -> None:
        """Use a scanned code: guidance and a ticket open their visits, another is looked up."""
        if text.strip().upper().endswith("/HDHS"):
            self.show_page(RECEIVE)
            self._walk_ins.reopen(text)
            return
        self._numbers.scanned(text, partial(self._look_up_dossier, text))

    def _look_up_dossier(self, text: str) -> None:
        self.show_page(DOSSIERS)
        self.dossiers.look_up(text)
        self._know_owner(text)

    def _know_owner(self, code: str) -> None:
        """Let the card of a dossier's owner open by itself; a code that is none changes nothing."""

        def know(view: DossierView) -> None:
            if not self.receive.is_begun and not self.receive.is_done:
                self._card.know(view.applicant.number)

        self._ask(lambda desk: desk.show(code), know, lambda _error: None)

    @Slot()
    def _on_receive_key(self) -> None:
        if self.frame.shown == RECEIVE:
            self.receive.receive()

    @Slot()
    def _on_next_key(self) -> None:
        self.show_page(RECEIVE)
        if not self.receive.is_begun:
            self.receive.begin_next()
            return
        self._ask_to_leave(self.receive.begin_next)

    def _ask_to_leave(self, leave: Callable[[], object]) -> None:
        from ui.parts.question import Question, ask

        question = Question(
            what=self.tr("Bỏ lượt đang làm dở?"),
            meaning=self.tr("Hồ sơ này chưa được tiếp nhận. Những gì đã nhập sẽ mất."),
            go=self.tr("Bỏ lượt này"),
            stay=self.tr("Làm tiếp"),
        )
        ask(self, question, leave)

    @Slot()
    def _leave_and_close(self) -> None:
        self.receive.begin_next()
        self.close()

    @Slot()
    def _on_escape(self) -> None:
        if self.frame.scan.isVisible():
            self.frame.scan.leave()
        else:
            self.notice.clear()

    @Slot()
    def _on_reprint_key(self) -> None:
        if self.frame.shown == DOSSIERS and self.dossiers.detail.view is not None:
            self._reprint(self.dossiers.detail.view.line.id)
        elif self.receive.is_done:
            self.receive.received.reprint.emit()

    # Asking and refreshing

    @Slot(object)
    def _put(self, job: PrintJob) -> None:
        self._jobs[job.id] = job
        self._hands.put(job)

    def _refresh(self, changed: Change) -> None:
        """Ask again for what an act has named as changed."""
        from counter.work import Change

        if Change.DOSSIERS in changed or Change.PAPER in changed:
            self._refresh_dossiers()
        if Change.QUEUE in changed:
            self._refresh_queue()

    def _refresh_dossiers(self) -> None:
        self.dossiers.search()
        self._refresh_portal()

    @Slot()
    def _refresh_queue(self) -> None:
        self._ask(lambda desk: desk.queue(), self._show_queue)
        self._ask(lambda desk: desk.services(), self.queue.show_services)
        if self.frame.shown == QUEUE:
            self._numbers.ask_figures()

    def _show_messages(self, messages: tuple[MessageLine, ...]) -> None:
        """Count what is unsent also while the courier waits for a silent portal."""
        from counter.work import SyncStanding

        waiting = sum(m.standing is SyncStanding.WAITING for m in messages)
        self.portal.show_messages(messages)
        self.status.show_unsent(waiting, len(messages) - waiting)

    def _refresh_portal(self) -> None:
        self._ask(lambda desk: desk.messages(), self._show_messages)
        self._ask(lambda desk: desk.serials(), self.portal.show_serials)

    # The window itself

    def _restore(self) -> None:
        geometry = QSettings().value("officer/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1366, 728)

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and self.receive.is_begun:
            event.ignore()
            self._ask_to_leave(self._leave_and_close)
            return
        QSettings().setValue("officer/geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)
