"""The officer's window: holds the pages, and hands on what the other rooms tell.

Each page is joined with the desk by a talk of its own; no rule of the procedure is here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui.officer.asking import Asking
from ui.officer.card_turn import CardTurn
from ui.officer.chair_state import Chair
from ui.officer.devices_talk import DevicesTalk
from ui.officer.dossiers_talk import DossiersTalk
from ui.officer.frame import Frame
from ui.officer.hall_talk import HallTalk
from ui.officer.leaving import forget_pages
from ui.officer.paper_talk import PaperTalk
from ui.officer.places import (
    CARRY,
    DEVICES,
    DOSSIERS,
    HELP,
    MORE,
    PORTAL,
    QUEUE,
    RECEIVE,
    TODAY,
    places,
)
from ui.officer.portal_talk import PortalTalk
from ui.officer.preparing import prepare
from ui.officer.receive.page import ReceivePage
from ui.officer.reception_talk import ReceptionTalk
from ui.officer.second_talk import SecondTalk
from ui.officer.surroundings import Surroundings
from ui.officer.window_keys import WindowKeys

if TYPE_CHECKING:
    from counter.hall import QueueTicket
    from counter.ports import CardEvent, CodeEvent, PaperEvent, SyncEvent
    from counter.work import Change, DeskWork
    from ui.bridge import Bridge
    from ui.officer.carry_page import CarryPage
    from ui.officer.chair import ChairTalk
    from ui.officer.day_talk import CarryTalk, DayTalk
    from ui.officer.devices_page import DevicesPage
    from ui.officer.dossiers_page import DossiersPage
    from ui.officer.due_talk import DueTalk
    from ui.officer.further import FurtherTalk
    from ui.officer.hands import DeskInfo, Hands
    from ui.officer.help_page import HelpPage
    from ui.officer.more_talk import MoreTalk
    from ui.officer.portal_page import PortalPage
    from ui.officer.queue_page import QueuePage
    from ui.officer.today_page import TodayPage


class OfficerWindow(QMainWindow):
    """Shown before the desk is open, and usable from then on.

    Signals:
        closing: Nothing; the window is going and the rooms may be closed.
    """

    closing = Signal()

    def __init__(self, bridge: Bridge, hands: Hands, *, demo: bool, version: str) -> None:
        super().__init__()
        self._bridge = bridge
        self.hands = hands
        self.setWindowTitle(self.tr("Quầy Một Cửa"))
        self.setMinimumSize(1180, 680)
        self.frame = Frame(places(), self, demo=demo, version=version)
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
        self._last_officer: tuple[str, str] | None = None
        self._asking = Asking(bridge, self._complain)
        self._asking.confirm_over(self)
        self.second = SecondTalk(bridge, self)
        self.receive.left.connect(self.second.rest)
        self._around = Surroundings(
            bridge=bridge,
            asking=self._asking,
            hands=hands,
            frame=self.frame,
            notice=self.notice,
            put=hands.put,
            changed=self._refresh,
            show_page=self.show_page,
            look_up=self._look_up,
            correct=lambda code: self.dossiers_talk.correct(code),  # noqa: PLW0108 - made below
            receive=self.receive,
            second=self.second,
            cards=CardTurn(),
            expect=lambda secrets: self.reception.expect(secrets),  # noqa: PLW0108 - made below
        )
        self._papers = PaperTalk(
            self.receive, self._asking, self.notice, self.status, self._refresh
        )
        self.hall = HallTalk(
            self._around,
            self,
            called=self._called,
            begun=self._visit_begun,
            laid_aside=self._laid_aside,
        )
        self.reception = ReceptionTalk(self.receive, self._around, self.hall.refresh_queue)
        self.dossiers_talk = DossiersTalk(self._around, self.reception, self)
        self.receive.fee_asked.connect(self.dossiers_talk.collect)
        self.portal_talk = PortalTalk(self._around, self.status, self)
        self.devices_talk = DevicesTalk(self._around, partial(self.open_further, "trust"), self)
        self.frame.rail.chosen.connect(self.show_page)
        self.status.devices.connect(partial(self.show_page, DEVICES))
        self.status.portal.connect(partial(self.show_page, PORTAL))
        self.status.today.connect(partial(self.show_page, TODAY))
        self.frame.scan.scanned.connect(self._on_scanned)
        self._keys = WindowKeys(self)
        self._restore()
        self.show_page(RECEIVE)

    # What the program and the other rooms tell

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
        self.reception.begin()
        self._refresh_dossiers()
        self.hall.begin()
        self.devices_talk.check()
        self.due_talk.begin()
        self.dossiers_talk.payments.settle()

    def prepare(self) -> None:
        """Make what only appears later, a piece each turn; called when the window was painted."""
        prepare(self)

    @property
    def is_open(self) -> bool:
        """Whether the desk behind the window can be asked."""
        return self._asking.is_open

    def desk_failed(self, error: BaseException) -> None:
        """The desk could not be opened; the window says why and what to do."""
        self.frame.show_closed()
        self.receive.procedure.show_closed()
        self.notice.complain(error)
        self.notice.hold()

    def on_card(self, event: CardEvent) -> None:
        """Hear of a reader or a card; a return that is being noted takes it first."""
        from counter.ports import CardPlaced, CardRemoved, CardTextRead, ReadersChanged

        if self._around.cards.offer(event):
            return
        if self.is_locked and not isinstance(event, CardPlaced | CardRemoved | ReadersChanged):
            return
        if self.is_acting and self.dossiers_talk.acts.on_card(event):
            return
        self.reception.card.on_card(event, self.status)
        if isinstance(event, CardTextRead):
            self.hall.numbers.card_shown(event.text.id_number)

    def on_code(self, event: CodeEvent) -> None:
        """Hear of a scanned code; a list that is being made takes dossiers."""
        from counter.ports import CardQrScanned, CodeScanned

        if self.is_locked:
            return
        if self.frame.shown == CARRY and isinstance(event, CodeScanned):
            self.carry_talk.put_on_list(event.text)
            return
        scanned = event.qr if isinstance(event, CardQrScanned) else None
        if scanned and self.is_acting and self.dossiers_talk.acts.on_qr(scanned):
            return
        self.show_page(RECEIVE)
        self.reception.card.on_code(event)
        if scanned:
            self.hall.numbers.card_shown(scanned.id_number)

    def on_paper(self, event: PaperEvent) -> None:
        """Hear of a printer or a paper."""
        self._papers.hear(event)

    def on_sync(self, event: SyncEvent) -> None:
        """Hear how desk and portal stand."""
        from counter.ports import DossierLookedUp, SyncState

        if isinstance(event, SyncState):
            self.portal_talk.show_state(event)
            self.dossiers_talk.payments.show_state(event)
        elif isinstance(event, DossierLookedUp):
            self.dossiers_talk.looked_up(event)
        else:
            self._refresh_dossiers()
            self.dossiers_talk.payments.settle()

    # Pages and talks that are made when they are first wanted

    @cached_property
    def chair(self) -> ChairTalk:
        """Who sits at the desk, where somebody has to sign in."""
        from ui.officer.chair import ChairTalk

        assert self.hands.chair is not None  # noqa: S101 - a desk with an empty chair has them
        chair = ChairTalk(self._bridge, self.hands.chair, self._stack, self._seated, self._around)
        self.closing.connect(chair.copied.forget)  # Windows would keep it after the end
        chair.idle.over.connect(self.second.rest)
        return chair

    @cached_property
    def day_talk(self) -> DayTalk:
        """What wants somebody today."""
        from ui.officer.day_talk import DayTalk

        return DayTalk(self._around, self.dossiers_talk, self)

    @cached_property
    def due_talk(self) -> DueTalk:
        """Warnings before and at the due time."""
        from ui.officer.due_talk import DueTalk

        return DueTalk(self._around, self)

    @cached_property
    def carry_talk(self) -> CarryTalk:
        """Lists of dossiers that travel together."""
        from ui.officer.day_talk import CarryTalk

        return CarryTalk(self._around, self)

    @cached_property
    def more_talk(self) -> MoreTalk:
        """Pages that are wanted now and then."""
        from ui.officer.more_talk import MoreTalk

        return MoreTalk(self._around, self)

    @cached_property
    def help(self) -> HelpPage:
        """The keys of the day."""
        from ui.officer.help_page import HelpPage

        page = HelpPage(self.frame.pages)
        self.frame.put(HELP, page)
        return page

    @property
    def queue(self) -> QueuePage:
        """The queue."""
        return self.hall.page

    @property
    def dossiers(self) -> DossiersPage:
        """The dossiers of this desk."""
        return self.dossiers_talk.page

    @property
    def today(self) -> TodayPage:
        """What wants somebody today."""
        return self.day_talk.page

    @property
    def carry(self) -> CarryPage:
        """Lists of dossiers that travel together."""
        return self.carry_talk.page

    @property
    def portal(self) -> PortalPage:
        """How the desk and the portal stand."""
        return self.portal_talk.page

    @property
    def devices(self) -> DevicesPage:
        """The check-up."""
        return self.devices_talk.page

    def further(self, name: str) -> FurtherTalk:
        """Return the talk of a page behind "Việc khác"."""
        return self.more_talk.talk(name)

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered because nobody sits at the desk."""
        return "chair" in vars(self) and self.chair.is_locked

    @property
    def is_acting(self) -> bool:
        """Whether the form of an act is open."""
        return self.dossiers_talk.is_acting

    # Showing a page

    @Slot(object)
    def show_page(self, number: int) -> None:
        """Show one page and give it the keyboard."""
        pages: tuple[Callable[[], QWidget], ...] = (
            lambda: self.receive,
            lambda: self.queue,
            lambda: self.dossiers,
            lambda: self.today,
            lambda: self.carry,
            lambda: self.portal,
            lambda: self.more_talk.page,
            lambda: self.devices,
            lambda: self.help,
        )
        self.frame.show_page(number, pages[number]())
        if number == RECEIVE:
            self.receive.focus()
        elif number == DOSSIERS:
            self.dossiers.field.setFocus()
            self.dossiers_talk.shown()
        elif number == TODAY:
            self.today.groups.setFocus()
            self.day_talk.refresh()
        elif number == CARRY:
            self.carry.field.setFocus()
        elif number == QUEUE:
            self.hall.shown()
        elif number == PORTAL:
            self.portal_talk.refresh()
        elif number == MORE:
            self.more_talk.shown()
        elif number == HELP:
            self.help.setFocus()

    def open_further(self, name: str) -> None:
        """Show a page behind "Việc khác" by its name."""
        self.more_talk.open(name)

    # Numbers, codes and officers that come and go

    def _called(self, ticket: QueueTicket | None) -> None:
        self.second.called("" if ticket is None else ticket.number)
        self.reception.called(ticket)

    def _visit_begun(self, ticket: QueueTicket) -> None:
        self.reception.visit_begun(ticket)

    def _laid_aside(self, ticket: QueueTicket) -> None:
        self.reception.laid_aside(ticket)

    @Slot(object)
    def _on_scanned(self, text: str) -> None:
        self.show_page(RECEIVE)
        self.reception.card.given(text)

    def _look_up(self, text: str) -> None:
        """Use a scanned code: guidance and a ticket open their visits, another is looked up."""
        if text.strip().upper().endswith("/HDHS"):
            self.show_page(RECEIVE)
            self.reception.walk_ins.reopen(text)
            return
        self.hall.numbers.scanned(text, partial(self._look_up_dossier, text))

    def _look_up_dossier(self, text: str) -> None:
        self.dossiers_talk.look_up(text)
        self.reception.know_owner(text)

    def _seated(self, officer: str) -> None:
        self.frame.show_officer(officer)
        last, self._last_officer = self._last_officer, (self.chair.account, officer)
        is_another = self._last_officer != last
        if last is not None and is_another:
            forget_pages(self)
        self._begin()
        if is_another:
            self.show_page(RECEIVE)
        elif self.frame.shown < len(places()):
            self.show_page(self.frame.shown)
        elif (page := self.frame.pages.currentWidget()) is not None:
            page.setFocus()

    def _complain(self, error: BaseException) -> None:
        """Tell of *error*; that nobody sits here says the cover already."""
        from counter.errors import NotSignedIn

        if not (self.is_locked and isinstance(error, NotSignedIn)):
            self.notice.complain(error)

    def leave_chair(self) -> None:
        """Lock the window for another officer, where somebody has to sign in."""
        self.second.rest()
        self.reception.visits.keep()
        if "chair" in vars(self):
            self.chair.leave()

    # Printing and refreshing

    def _refresh(self, changed: Change) -> None:
        """Ask again for what an act has named as changed."""
        from counter.work import Change

        if Change.DOSSIERS in changed or Change.PAPER in changed:
            self._refresh_dossiers()
            self.due_talk.look()
        if Change.QUEUE in changed:
            self.hall.refresh()
        if Change.DEVICES in changed:
            self.devices_talk.check()

    def _refresh_dossiers(self) -> None:
        self.dossiers_talk.refresh()
        self.portal_talk.refresh()

    # The window itself

    def _restore(self) -> None:
        geometry = QSettings().value("officer/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1366, 728)

    def _leave_and_close(self) -> None:
        self.receive.begin_next()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        # Behind the cover nobody is asked: the visit is kept, and comes back at the next start.
        if event.spontaneous() and self.receive.is_begun and not self.is_locked:
            event.ignore()
            self.reception.ask_to_leave(self._leave_and_close)
            return
        QSettings().setValue("officer/geometry", self.saveGeometry())
        self.closing.emit()
        super().closeEvent(event)
