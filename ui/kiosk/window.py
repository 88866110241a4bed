"""The kiosk's window: joins its pages with hall, card, printer and portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Slot

from counter.cards import Can
from counter.ports import (
    CardQrScanned,
    CodeScanned,
    Outcome,
    PaperFailed,
    PaperMade,
    PrinterState,
)
from counter.speech import Announcement
from ui.kiosk import pages
from ui.kiosk.card_talk import CardTalk
from ui.kiosk.dossier_talk import DossierTalk
from ui.kiosk.language import SOURCE
from ui.kiosk.sentences import fault_words
from ui.kiosk.stage import SHOWN_S, Stage
from ui.kiosk.ticket_talk import TicketTalk
from ui.kiosk.wishes import (
    CheckIn,
    ComeBack,
    Go,
    OpenCard,
    OpenDossier,
    PrintAgain,
    Rate,
    ReadNotice,
    TakeTicket,
    Wish,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter.ports import CardEvent, CodeEvent, PaperEvent
    from ui.bridge import Bridge
    from ui.kiosk.hands import KioskHands, KioskRooms
    from ui.kiosk.page import KioskPage


class KioskWindow(Stage):
    """Answers what pages wish and what the rooms tell; each subject has a talk of its own."""

    def __init__(self, bridge: Bridge, portal: Bridge, hands: KioskHands) -> None:
        super().__init__(bridge, portal, hands)
        self.setWindowTitle(self.tr("Máy lấy số"))
        self.setObjectName("kiosk")
        self.tickets = TicketTalk(self)
        self.card = CardTalk(self)
        self._dossiers = DossierTalk(self)
        self.wanted.connect(self._on_wish)
        self.left.connect(self.begin_anew)
        self.typed.connect(self._on_keys)
        self.card.met.connect(self._dossiers.meet)
        self._dossiers.booked.connect(self._on_booking)
        self._dossiers.unknown.connect(self.card.ask_digits)

    # What the rooms tell

    def opened(self, rooms: KioskRooms) -> None:
        """Begin to serve."""
        self.rooms = rooms
        if not rooms.info.may_close:
            self.stay_in_front()
        self.begin_anew()

    def failed(self, error: BaseException) -> None:
        """Say that the kiosk cannot serve now."""
        self.say(lambda: fault_words(error), spoken="kiosk.trouble")

    def on_card(self, event: CardEvent) -> None:
        """Follow the card of whoever asked to have it read."""
        self.card.on_card(event)

    def on_code(self, event: CodeEvent) -> None:
        """Take what the scanner read: a card's code opens the card, others name a dossier."""
        if self.rooms is None or self.rooms.info.staffed:
            return
        self.touched()
        match event:
            case CardQrScanned(qr):
                self.card.expect(Can.of(qr.id_number))
            case CodeScanned(text):
                self._dossiers.scan(text)
            case _:
                assert_never(event)

    def on_paper(self, event: PaperEvent) -> None:
        """Note what became of a ticket's paper, and how the printer is before one is promised."""
        match event:
            case PrinterState(role, _name, error):
                if role == "tickets":
                    self.tickets.on_printer(error)
            case PaperMade(job, outcome, _place):
                self.tickets.on_paper(job, outcome)
            case PaperFailed(job, error):
                self.tickets.paper_fault = error
                self.tickets.on_paper(job, Outcome.FAILED)
            case _:
                assert_never(event)

    # The visit

    @Slot()
    def begin_anew(self) -> None:
        """End the visit: forget the citizen, the card, the language and the large letters."""
        self.forget()
        for talk in (self.card, self.tickets, self._dossiers):
            talk.forget()
        if self.rooms is not None and self.rooms.info.staffed:
            self.tickets.ask_services()
        else:
            self.show_page(self._home)

    @Slot(object)
    def _on_wish(self, wish: Wish) -> None:
        match wish:
            case TakeTicket(service, priority):
                self.tickets.take(service, priority)
            case OpenCard(digits):
                self.card.expect(Can(digits))
            case OpenDossier(dossier):
                self._dossiers.show_own(dossier)
            case CheckIn(code, service):
                self.tickets.give(lambda work: work.check_in(code, service))
            case ComeBack(ticket):
                self._dossiers.come_back(ticket)
            case Rate(subject, 0, service):
                self._dossiers.ask_score(subject, service)
            case Rate(subject, score, service):
                self._dossiers.rate(subject, score, service)
            case PrintAgain():
                self.tickets.print_again()
            case ReadNotice(page):
                self.show_page(lambda: self._notice(page))
            case Go():
                self._go(wish)
            case _:
                assert_never(wish)

    def _go(self, wish: Go) -> None:
        match wish:
            case Go.HOME:
                self.begin_anew()
            case Go.BACK | Go.STILL_HERE:
                self.touched()
            case Go.SERVICES:
                self.card.forget()
                self.tickets.ask_services()
            case Go.DIGITS:
                self.card.ask_digits()
            case Go.DOSSIERS:
                self._dossiers.ask_own()
            case Go.RATE:
                self._dossiers.begin_rating()
            case Go.HELP:
                self._call_helper()
            case Go.READ_ALOUD:
                self.hands.speaker.hush()
                self.read_aloud()
            case Go.LARGE_TEXT:
                self.turn_letters()
            case Go.LANGUAGE:
                self.turn_language()
            case _:
                assert_never(wish)

    @Slot(object)
    def _on_booking(self, code: str) -> None:
        self.tickets.give(lambda work: work.check_in(code))

    @Slot(object)
    def _on_keys(self, text: str) -> None:
        self.on_code(self.hands.read_code(text))

    # Pages of no talk

    def _home(self) -> KioskPage:
        office = self.rooms.info.office if self.rooms else ""
        has_paper = self.tickets.paper_fault is None
        return pages.HomePage(self.look(), office, has_paper=has_paper)

    def _notice(self, page: int) -> KioskPage:
        from ui.kiosk.notice import NoticePage

        if self.rooms is None:
            return pages.WaitPage(self.look())
        return NoticePage(self.look(), self.rooms.info.notice, page, self.tongue.code)

    # Help

    def _call_helper(self) -> None:
        """Call aloud here, and let every counter know."""
        self.hands.speaker.say(Announcement(("chime", "kiosk.helper"), SOURCE))
        if self.rooms is not None:
            self.ask(self.rooms.work.call_helper, self._helper_called, self._helper_missed)

    def _helper_called(self, _none: None) -> None:
        self._say_of_helper(
            lambda: (self.tr("Đã gọi người giúp"), self.tr("Xin chờ ở đây, cán bộ đang đến."))
        )

    def _helper_missed(self, _error: BaseException) -> None:
        self._say_of_helper(
            lambda: (
                self.tr("Chưa báo được tới các quầy"),
                self.tr("Xin ông bà đến quầy gần nhất, cán bộ sẽ giúp."),
            )
        )

    def _say_of_helper(self, words: Callable[[], tuple[str, str]]) -> None:
        self.say(words, spoken="", ways=self.done_way, done_s=4 * SHOWN_S)
