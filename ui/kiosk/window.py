"""The kiosk's window: one page at a time, one citizen at a time, nothing kept of either."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter.cards import Can, Verdict
from counter.errors import DeskError, UnknownCode
from counter.kiosk import PaperKind, Person, ScannedPaper
from counter.ports import (
    CardFailed,
    CardOpening,
    CardPlaced,
    CardQrScanned,
    CardRead,
    CardRemoved,
    CardTextRead,
    CodeScanned,
    Outcome,
    PaperFailed,
    PaperMade,
    PrinterState,
    ReadersChanged,
)
from counter.speech import Announcement
from ui.kiosk import pages
from ui.kiosk.keyboard import ScannerKeys
from ui.kiosk.language import SOURCE, Tongue
from ui.kiosk.measures import Measures
from ui.kiosk.page import EDGE_MM, KioskPage, Look
from ui.kiosk.papers import ReceiptPage, TicketPage
from ui.kiosk.quiet import Quiet
from ui.kiosk.sentences import fault_words
from ui.kiosk.staffed import StaffedPage
from ui.kiosk.still_here import StillHerePage
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

    from counter.hall import OwnTicket, Service, TicketTaken
    from counter.kiosk import KioskWork, OwnDossier
    from counter.ports import CardEvent, CodeEvent, PaperEvent, PrintJob
    from ui.bridge import Bridge
    from ui.kiosk.hands import KioskHands, KioskRooms

log = logging.getLogger(__name__)

SHOWN_S = 15
"""How long a finished page stays before the kiosk begins anew."""

Way = tuple[str, str, Go]
"""A button of a page that says one thing: its words, its name, where it leads."""

TOUCHES = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchEnd,
}


class KioskWindow(QWidget):
    """Shows pages and answers their wishes.

    What is known of a citizen is one ``Person`` here and the page on the screen; both go when the
    visit ends, and an answer that comes later is for nobody and dropped.

    Signals:
        closed: Nothing; only where the window may be closed.
    """

    closed = Signal()

    def __init__(self, bridge: Bridge, portal: Bridge, hands: KioskHands) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Máy lấy số"))
        self.setObjectName("kiosk")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._bridge = bridge
        self._portal = portal
        self._hands = hands
        self._rooms: KioskRooms | None = None
        self._tongue = Tongue(self)
        self._large = False
        self._measures: Measures | None = None
        self._visit = 0
        self._person: Person | None = None
        self._opening = False
        self._can: Can | None = None
        self._taking = False
        self._rating = False
        self._build: Callable[[], KioskPage] = self._starting
        self._page: KioskPage | None = None
        self._turn = self._pressed_in = 0  # pages are counted, not kept
        self._question: StillHerePage | None = None
        self._ticket: PrintJob | None = None
        self._printed: Outcome | None = None
        self._done_s: int | None = None
        self._paper_fault: DeskError | None = None
        self._last_staffed = ""
        self.quiet = Quiet(self)
        self.quiet.asked.connect(self._ask_still_here)
        self.quiet.ended.connect(self.begin_anew)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._keys = ScannerKeys(self)
        self._keys.scanned.connect(self._on_keys)
        application = QApplication.instance()
        assert application is not None  # noqa: S101 - a window has one
        application.installEventFilter(self)

    def measure(self, measures: Measures) -> None:
        """Use *measures* instead of the screen's own."""
        self._measures = measures.enlarged(self._large)

    # What the rooms tell

    def opened(self, rooms: KioskRooms) -> None:
        """Begin to serve."""
        self._rooms = rooms
        self.begin_anew()

    def failed(self, error: BaseException) -> None:
        """Say that the kiosk cannot serve now."""
        self._say(lambda: fault_words(error), spoken="kiosk.trouble")

    def on_card(self, event: CardEvent) -> None:
        """Follow the card of whoever asked to have it read; other cards are nobody's business."""
        if not self._opening:
            return
        match event:
            case CardOpening(part):
                if isinstance(self._page, pages.LayPage):
                    self._page.reading(part)
            case CardRead(reading):
                self._opening, self._can = False, None
                text = reading.text
                if text is None or reading.authenticity.verdict is Verdict.FORGED:
                    self._say_helpless()
                else:
                    known = Person(text.id_number, text.full_name, text.date_of_birth, True)
                    self._meet(known)
            case CardFailed(error):
                self._opening = False
                self._hands.expect(None)
                can = self._can
                if error.code == "card.pulled" and can is not None:
                    self._expect(can, error)  # laid back, it goes on without the six digits
                elif error.code == "card.wrong_can":
                    self._show(partial(self._digits, error))
                else:
                    self._say(
                        lambda: fault_words(error),
                        spoken="kiosk.trouble",
                        ways=lambda: (
                            (self.tr("Thử lại"), "card", Go.DIGITS),
                            self._take_way(),
                        ),
                    )
            case CardPlaced() | CardRemoved() | CardTextRead() | ReadersChanged():
                self._touched()
            case _:
                assert_never(event)

    def on_code(self, event: CodeEvent) -> None:
        """Take what the scanner read: a card's code opens the card, others name a dossier."""
        if self._rooms is None or self._rooms.info.staffed:
            return
        self._touched()
        match event:
            case CardQrScanned(qr):
                self._expect(Can.of(qr.id_number))
            case CodeScanned(text):
                self._on_other_code(text)
            case _:
                assert_never(event)

    def on_paper(self, event: PaperEvent) -> None:
        """Note what became of a ticket's paper, and how the printer is before one is promised."""
        match event:
            case PrinterState(role, _name, error):
                if role == "tickets":
                    self._paper_fault = error
                    if isinstance(self._page, pages.HomePage):
                        self._rebuild()
            case PaperMade(job, outcome, _place):
                self._paper_is(job, outcome)
            case PaperFailed(job, error):
                self._paper_fault = error
                self._paper_is(job, Outcome.FAILED)
            case _:
                assert_never(event)

    # The visit

    @Slot()
    def begin_anew(self) -> None:
        """End the visit: forget the citizen, the card, the language and the large letters."""
        self._visit += 1
        self._forget_card()
        self._person = self._ticket = None
        self._taking = self._rating = False
        self._keys.forget()
        self._hands.speaker.hush()
        self._large = False
        self._tongue.use(SOURCE)
        if self._rooms is not None and self._rooms.info.staffed:
            self._ask_services()
        else:
            self._show(self._home)

    @Slot(object)
    def _ask_still_here(self, seconds: int) -> None:
        if self._question is None:
            self._question = StillHerePage(self._look(), seconds)
            self._question.wanted.connect(self._on_wish)
            if self._page is not None:
                self._page.hide()
            self._column.addWidget(self._question)
            self._question.show()
            self._read_aloud(self._question)
        self._question.count(seconds)

    def _touched(self) -> None:
        self.quiet.touched()
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None
            if self._page is not None:
                self._page.show()

    @Slot(object)
    def _on_wish(self, wish: Wish) -> None:
        match wish:
            case TakeTicket(service, priority):
                self._take(service, priority)
            case OpenCard(digits):
                self._expect(Can(digits))
            case OpenDossier(dossier):
                self._show_own(dossier)
            case CheckIn(code, service):
                self._give(lambda work: work.check_in(code, service))
            case ComeBack(ticket):
                self._come_back(ticket)
            case Rate(subject, 0, service):
                self._show(lambda: pages.RatePage(self._look(), subject, service))
            case Rate(subject, score, service):
                self._rate(subject, score, service)
            case PrintAgain():
                self._print_again()
            case ReadNotice(page):
                self._show(lambda: self._notice(page))
            case Go():
                self._go(wish)
            case _:
                assert_never(wish)

    def _go(self, wish: Go) -> None:
        match wish:
            case Go.HOME:
                self.begin_anew()
            case Go.BACK | Go.STILL_HERE:
                self._touched()
            case Go.SERVICES:
                self._forget_card()
                self._ask_services()
            case Go.DIGITS:
                self._forget_card()
                self._show(self._digits)
            case Go.DOSSIERS:
                self._ask_portal()
            case Go.RATE:
                self._begin_rating()
            case Go.HELP:
                self._call_helper()
            case Go.READ_ALOUD:
                if self._page is not None:
                    self._hands.speaker.hush()
                    self._read_aloud(self._page)
            case Go.LARGE_TEXT:
                self._large = not self._large
                self._rebuild()
                self._watch()
            case Go.LANGUAGE:
                self._tongue.use(self._tongue.following)
                self._rebuild()
                self._watch()
            case _:
                assert_never(wish)

    # Tickets

    def _ask_services(self) -> None:
        rooms = self._rooms
        if rooms is not None:
            self._ask(rooms.work.services, self._show_services)

    def _show_services(self, services: tuple[Service, ...]) -> None:
        rooms = self._rooms
        if rooms is None:
            return
        if rooms.info.staffed:
            info = rooms.info
            self._show(
                lambda: StaffedPage(self._look(), services, info.priorities, self._last_staffed)
            )
        else:
            self._show(lambda: pages.ServicesPage(self._look(), services, self._tongue.code))

    def _take(self, service: str, priority: str | None) -> None:
        person = self._person
        self._give(lambda work: work.take(service, person, priority))

    def _give(self, take: Callable[[KioskWork], TicketTaken]) -> None:
        """Ask the printer how it is, then take one number; further touches take no second.

        A number whose citizen has left by the time it comes is given back: nobody would answer it.
        """
        rooms = self._rooms
        if rooms is None or self._taking:
            return
        self._taking = True
        visit = self._visit

        def told(error: DeskError | None) -> None:
            self._paper_fault = error
            self._bridge.ask(
                lambda: take(rooms.work), heard, lambda error: self._for(visit, self._failed, error)
            )

        def heard(taken: TicketTaken) -> None:
            if visit == self._visit:
                self._taken(taken)
            else:
                self._bridge.ask(lambda: rooms.work.give_back(taken), _nothing, _stays)

        self._hands.ask_printer(lambda error: self._for(visit, told, error))

    def _taken(self, taken: TicketTaken) -> None:
        self._ticket = taken.job
        self._printed = Outcome.FAILED
        if self._paper_fault is None:
            self._printed = None
            self._hands.put(taken.job)
        if self._rooms is not None and self._rooms.info.staffed:
            self._last_staffed = self.tr("Số vừa cấp: %1").replace("%1", taken.number)
            self._ask_services()
            return
        self._show(
            lambda: pages.TakenPage(self._look(), taken, self._printed),
            done_s=2 * SHOWN_S,
        )
        self._say_number()

    def _paper_is(self, job: object, outcome: Outcome) -> None:
        if self._ticket is None or job != self._ticket.id:
            return
        self._printed = outcome
        if isinstance(self._page, pages.TakenPage):
            self._page.show_paper(outcome)
            self._say_number()
        elif self._rooms is not None and self._rooms.info.staffed and outcome is Outcome.FAILED:
            self._last_staffed += self.tr(" (chưa in được, hãy ghi số ra giấy)")
            self._ask_services()

    def _print_again(self) -> None:
        """Ask the printer how it is, then make the ticket's paper once more, marked so."""
        ticket, page, visit = self._ticket, self._page, self._visit
        if ticket is None or self._printed is None or not isinstance(page, pages.TakenPage):
            return
        self._printed = None
        page.show_paper(None)

        def told(error: DeskError | None) -> None:
            self._paper_fault = error
            if error is not None:
                self._paper_is(ticket.id, Outcome.FAILED)
                return
            self._ticket = pages.printed_again(ticket)
            self._hands.put(self._ticket)

        self._hands.ask_printer(lambda error: self._for(visit, told, error))

    def _say_number(self) -> None:
        if isinstance(self._page, pages.TakenPage) and self._printed is Outcome.FAILED:
            self._read_aloud(self._page)

    # Cards, dossiers, rating, help

    def _expect(self, can: Can, error: DeskError | None = None) -> None:
        """Wait for the card that *can* opens; *error* is why it was not read before."""
        from counter.cards import CardSecrets

        self._opening, self._can = True, can
        self._show(lambda: pages.LayPage(self._look(), fault_words(error) if error else None))
        self._hands.expect(CardSecrets(can=can))

    def _meet(self, person: Person) -> None:
        rooms = self._rooms
        self._person = person
        if rooms is not None:
            self._ask(lambda: rooms.work.own_tickets(person), self._show_person)

    def _show_person(self, own: tuple[OwnTicket, ...]) -> None:
        person = self._person
        if person is not None:
            self._show(lambda: pages.CitizenPage(self._look(), person, own))

    def _ask_portal(self) -> None:
        rooms, person, visit = self._rooms, self._person, self._visit
        if rooms is None or person is None or not person.proven:
            self._show(self._digits)
            return
        self._show(lambda: pages.WaitPage(self._look()))
        self._portal.ask(
            lambda: rooms.portal.own_dossiers(person),
            lambda found: self._for(visit, self._show_dossiers, found),
            lambda error: self._for(visit, self._portal_silent, error),
        )

    def _show_dossiers(self, dossiers: tuple[OwnDossier, ...]) -> None:
        self._show(lambda: pages.DossiersPage(self._look(), dossiers))

    def _show_own(self, dossier: OwnDossier) -> None:
        paper = ScannedPaper(dossier.code, PaperKind.DOSSIER, service=dossier.service)
        self._show(lambda: ReceiptPage(self._look(), paper, dossier, is_silent=False))

    def _portal_silent(self, _error: BaseException) -> None:
        self._say(
            lambda: (
                self.tr("Chưa hỏi được cổng dịch vụ công"),
                self.tr("Mạng đang gián đoạn. Xin lấy số để cán bộ xem giúp."),
            ),
            spoken="kiosk.offline",
            ways=lambda: (self._take_way(),),
        )

    def _begin_rating(self) -> None:
        if self._person is not None and self._person.proven:
            self._ask_portal()
            return
        self._rating = True
        self._say(
            lambda: (
                self.tr("Đưa mã trên giấy hẹn hoặc phiếu số vào máy quét"),
                self.tr("Rồi chạm một mức để đánh giá."),
            ),
            spoken="kiosk.rate-scan",
            sign="qr",
        )

    def _rate(self, subject: str, score: int, service: str) -> None:
        rooms = self._rooms
        if rooms is not None:
            self._ask(lambda: rooms.work.rate(subject, score, service), self._thank)

    def _thank(self, _none: None) -> None:
        self._say(
            lambda: (self.tr("Cảm ơn ông bà"), self.tr("Ý kiến của ông bà đã được ghi.")),
            spoken="kiosk.thanks",
            ways=self._done_way,
            done_s=SHOWN_S,
        )

    def _on_other_code(self, code: str) -> None:
        rooms = self._rooms
        if rooms is not None:
            self._ask(lambda: rooms.work.look_at(code), self._show_paper)

    def _show_paper(self, paper: ScannedPaper) -> None:
        """Do what a scanned paper is for: a booked time takes its number at once."""
        code, ticket = paper.code, paper.ticket
        match paper.kind:
            case PaperKind.BOOKING:
                self._give(lambda work: work.check_in(code))
            case PaperKind.TICKET if ticket is not None and ticket.state != "serving":
                self._show(lambda: TicketPage(self._look(), ticket), done_s=2 * SHOWN_S)
            case PaperKind.TICKET:
                self._show(lambda: pages.RatePage(self._look(), code))
            case PaperKind.DOSSIER if self._rating and paper.service:
                self._show(lambda: pages.RatePage(self._look(), code, paper.service))
            case PaperKind.DOSSIER:
                self._ask_state(paper)
            case PaperKind.UNKNOWN:
                self._failed(UnknownCode())
            case _:
                assert_never(paper.kind)

    def _ask_state(self, paper: ScannedPaper) -> None:
        """Ask the portal how the dossier of a receipt stands."""
        rooms, visit = self._rooms, self._visit
        if rooms is None:
            return
        self._show(lambda: pages.WaitPage(self._look()))

        def show(dossier: OwnDossier | None, *, is_silent: bool = False) -> None:
            self._show(lambda: ReceiptPage(self._look(), paper, dossier, is_silent=is_silent))

        self._portal.ask(
            lambda: rooms.portal.dossier(paper.code),
            lambda found: self._for(visit, show, found),
            lambda _error: self._for(visit, partial(show, is_silent=True), None),
        )

    def _come_back(self, ticket: int) -> None:
        rooms = self._rooms
        if rooms is not None:
            self._ask(lambda: rooms.work.come_back(ticket), self._is_back)

    def _is_back(self, _none: None) -> None:
        self._say(
            lambda: (
                self.tr("Quầy đã biết ông bà quay lại"),
                self.tr("Xin ngồi gần quầy, ông bà được gọi trước, không phải xếp hàng lại."),
            ),
            spoken="",
            ways=self._done_way,
            done_s=SHOWN_S,
        )

    def _call_helper(self) -> None:
        """Call aloud here, and let every counter know."""
        rooms = self._rooms
        self._hands.speaker.say(Announcement(("chime", "kiosk.helper"), SOURCE))
        if rooms is not None:
            visit = self._visit
            self._bridge.ask(
                rooms.work.call_helper,
                lambda none: self._for(visit, self._helper_called, none),
                lambda error: self._for(visit, self._helper_missed, error),
            )

    def _helper_called(self, _none: None) -> None:
        self._say(
            lambda: (self.tr("Đã gọi người giúp"), self.tr("Xin chờ ở đây, cán bộ đang đến.")),
            spoken="",
            ways=self._done_way,
            done_s=4 * SHOWN_S,
        )

    def _helper_missed(self, _error: BaseException) -> None:
        self._say(
            lambda: (
                self.tr("Chưa báo được tới các quầy"),
                self.tr("Xin ông bà đến quầy gần nhất, cán bộ sẽ giúp."),
            ),
            spoken="",
            ways=self._done_way,
            done_s=4 * SHOWN_S,
        )

    # Pages

    def _starting(self) -> KioskPage:
        return pages.WaitPage(self._look())

    def _home(self) -> KioskPage:
        office = self._rooms.info.office if self._rooms else ""
        return pages.HomePage(self._look(), office, has_paper=self._paper_fault is None)

    def _notice(self, page: int) -> KioskPage:
        from ui.kiosk.notice import NoticePage

        rooms = self._rooms
        if rooms is None:
            return self._starting()
        return NoticePage(self._look(), rooms.info.notice, page, self._tongue.code)

    def _digits(self, error: DeskError | None = None) -> KioskPage:
        caption = ". ".join(fault_words(error)) if error else ""
        return pages.DigitsPage(self._look(), caption)

    def _take_way(self) -> Way:
        return (self.tr("Lấy số, không cần thẻ"), "take", Go.SERVICES)

    def _done_way(self) -> tuple[Way, ...]:
        return ((self.tr("Xong"), "done", Go.HOME),)

    def _say_helpless(self) -> None:
        self._say(
            lambda: (
                self.tr("Máy chưa xác nhận được thẻ này"),
                self.tr("Xin gặp cán bộ. Ông bà vẫn lấy được số."),
            ),
            spoken="kiosk.trouble",
            ways=lambda: (self._take_way(),),
        )

    def _say(
        self,
        words: Callable[[], tuple[str, str]],
        *,
        spoken: str,
        ways: Callable[[], tuple[Way, ...]] = tuple,
        done_s: int | None = None,
        sign: str = "",
    ) -> None:
        """Show one thing to know; *words* and *ways* are asked again in another language."""
        self._show(
            lambda: pages.SayPage(self._look(), *words(), spoken=spoken, ways=ways(), sign=sign),
            done_s=done_s,
        )

    def _show(self, build: Callable[[], KioskPage], *, done_s: int | None = None) -> None:
        """Put a new page in place of the old one, which is thrown away with all it held."""
        self._touched()
        self._taking = False
        self._done_s = done_s
        self._build = build
        self._rebuild()
        self._watch()

    def _watch(self) -> None:
        """Count quiet seconds, unless there is nothing to end: the first page, as it began."""
        plain = isinstance(self._page, pages.HomePage) and self._tongue.is_source
        if self._rooms is None or self._rooms.info.staffed or (plain and not self._large):
            self.quiet.rest()
        elif self._done_s is not None:
            self.quiet.end_after(self._done_s)
        else:
            info = self._rooms.info
            self.quiet.watch(ask_s=info.idle_s, warn_s=info.warn_s)

    def _rebuild(self) -> None:
        self._turn += 1
        old, self._page = self._page, self._build()
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._page.wanted.connect(self._on_wish)
        self._column.addWidget(self._page)
        self._page.show()

    def _look(self) -> Look:
        if self._measures is None:
            self._measures = Measures.of(self.screen())
        measures = self._measures.enlarged(self._large)
        width = self.width() - 2 * measures.pixels(EDGE_MM)
        height = self.height()
        return Look(measures, self._tongue.other_name, width, height, upright=height > self.width())

    def _read_aloud(self, page: KioskPage) -> None:
        clips = tuple(clip for clip in page.spoken if clip)
        if clips:
            self._hands.speaker.say(Announcement(clips, self._tongue.code))

    # Asking and forgetting

    def _ask(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        visit = self._visit
        self._bridge.ask(
            work,
            lambda answer: self._for(visit, done, answer),
            lambda error: self._for(visit, self._failed, error),
        )

    def _failed(self, error: BaseException) -> None:
        self._say(
            lambda: fault_words(error),
            spoken="kiosk.trouble",
            ways=lambda: ((self.tr("Gọi người giúp"), "help_now", Go.HELP),),
        )

    def _for(self, visit: int, hear: Callable[..., object], answer: object) -> None:
        """Let an answer through only to the citizen who asked."""
        if visit == self._visit:
            hear(answer)

    def _forget_card(self) -> None:
        self._opening, self._can = False, None
        self._hands.expect(None)

    @Slot(object)
    def _on_keys(self, text: str) -> None:
        self.on_code(self._hands.read_code(text))

    # No way out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in TOUCHES and self._question is None:
            self.quiet.touched()
        if kind == QEvent.Type.MouseButtonPress and watched.isWidgetType():
            # Qt tells the bare window of a second press too, before it calls it a double one
            self._pressed_in = self._turn
        elif kind == QEvent.Type.MouseButtonDblClick and self._turn != self._pressed_in:
            return True  # the second tap was meant for the page that was there before
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys.hear(event.text())
        event.accept()

    def release(self) -> None:
        """Watch the application no more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.quiet.rest()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._rooms is not None and not self._rooms.info.may_close:
            event.ignore()
            return
        self.closed.emit()
        event.accept()


def _nothing(_answer: object) -> None:
    """Hear that it is done."""


def _stays(error: BaseException) -> None:
    code = error.code if isinstance(error, DeskError) else type(error).__name__
    log.warning("a number that nobody heard stays in the queue: %s", code)
