"""A waiting hall with behaviour and no database, for tests and pictures of kiosk and board."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from counter.cards import CardSecrets
from counter.desk.calls import TICKET_QR
from counter.dossier import Status
from counter.errors import (
    AlreadyRated,
    AlreadyWaiting,
    CardNotAuthentic,
    DeskError,
    UnknownCode,
)
from counter.forms import TicketPaper
from counter.hall import CallLine, HallView, OwnTicket, Service, TicketTaken, WaitRange
from counter.kiosk import OwnDossier, PaperKind, Person, ScannedPaper
from counter.notice import Told, load_notice
from counter.plain_words import load_plain
from counter.ports import CodeEvent, PrintJob
from counter.priorities import load_priorities
from counter.retention import Retention
from counter.speech import Announcement
from counter.work import Change
from devices.codes import read_code
from tests.ui.fake_desk import MORNING, RESOURCES, catalogue
from ui.kiosk.hands import KioskHands, KioskInfo, KioskRooms

OFFICE = "Trung tâm Phục vụ hành chính công xã Thử Nghiệm"
BOOKING = "0123CFGH"
NOTICE = load_notice(
    RESOURCES / "notice",
    Path("an office without its own words"),
    Told(OFFICE, "0200 000 000", Retention(24, 12)),
)


@dataclass
class FakeHall:
    """Gives numbers out of lists; what it promises is what ``KioskWork`` promises.

    Attributes:
        failing: Raised once by the next ``take``.
        silent: Raised by whatever needs another computer.
        dossiers: What the portal answers.
        live: Tickets that are not over, by what their QR holds.
        receipts: Letter of the field of each dossier's code, empty when the office has none.
        back: Tickets whose citizens said that they are back.
        helps: How often a person was called.
        given_back: Numbers nobody was there to hear.
    """

    failing: DeskError | None = None
    silent: DeskError | None = None
    dossiers: tuple[OwnDossier, ...] = ()
    taken: list[tuple[str, Person | None, str | None]] = field(default_factory=list)
    ratings: dict[str, int] = field(default_factory=dict)
    own: dict[str, list[OwnTicket]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    live: dict[str, OwnTicket] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    back: list[int] = field(default_factory=list)
    helps: int = 0
    given_back: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def services(self) -> tuple[Service, ...]:
        plain = load_plain(RESOURCES / "queue")
        return tuple(
            Service(letter, name, 2, words=plain[letter].vi, words_en=plain[letter].en)
            for letter, name in catalogue().services()
        )

    def take(self, service: str, person: Person | None, priority: str | None) -> TicketTaken:
        self.gate.wait(60)
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing
        if person is not None and self.own_tickets(person):
            raise AlreadyWaiting
        self.taken.append((service, person, priority))
        self.counts[service] = self.counts.get(service, 11) + 1
        made = taken(f"{service}{self.counts[service]:03}", dict(catalogue().services())[service])
        if person is not None:
            live = OwnTicket(1, made.number, made.service_name, "waiting", None, 3)
            self.own.setdefault(person.number.digits, []).append(live)
        return made

    def give_back(self, taken: TicketTaken) -> None:
        if self.silent is not None:
            raise self.silent
        self.given_back.append(taken.number)

    def own_tickets(self, person: Person) -> tuple[OwnTicket, ...]:
        return tuple(self.own.get(person.number.digits, ()))

    def look_at(self, code: str) -> ScannedPaper:
        if code == BOOKING:
            return ScannedPaper(code, PaperKind.BOOKING)
        if TICKET_QR.fullmatch(code):
            return ScannedPaper(code, PaperKind.TICKET, self.live.get(code))
        if code in self.receipts:
            return ScannedPaper(code, PaperKind.DOSSIER, service=self.receipts[code])
        return ScannedPaper(code, PaperKind.UNKNOWN)

    def check_in(self, code: str, service: str = "") -> TicketTaken:
        if code != BOOKING and not service:
            raise UnknownCode
        return self.take(service or "A", None, None)

    def come_back(self, ticket: int) -> None:
        self.back.append(ticket)

    def call_helper(self) -> None:
        if self.silent is not None:
            raise self.silent
        self.helps += 1

    def dossier(self, code: str) -> OwnDossier | None:
        self.gate.wait(60)
        if self.silent is not None:
            raise self.silent
        return next((d for d in self.dossiers if d.code == code), None)

    def rate(self, subject: str, score: int, service: str = "") -> None:
        if subject in self.ratings:
            raise AlreadyRated
        self.ratings[subject] = score

    def own_dossiers(self, person: Person) -> tuple[OwnDossier, ...]:
        if not person.proven:
            raise CardNotAuthentic
        self.gate.wait(60)
        if self.silent is not None:
            raise self.silent
        return self.dossiers


@dataclass
class FakeSpeaker:
    """Remembers what would be said."""

    said: list[Announcement] = field(default_factory=list)
    hushed: int = 0
    trouble: bool = False

    def say(self, announcement: Announcement) -> None:
        self.said.append(announcement)

    def hush(self) -> None:
        self.hushed += 1


@dataclass
class FakeKioskHands:
    """Remembers cards that were waited for and papers that were put.

    Attributes:
        paper_fault: What the printer answers when it is asked.
        printer_waits: Who waits for its answer, when a test gives it by hand.
    """

    secrets: list[CardSecrets | None] = field(default_factory=list)
    jobs: list[PrintJob] = field(default_factory=list)
    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    paper_fault: DeskError | None = None
    printer_waits: list[Callable[[DeskError | None], None]] | None = None

    def as_hands(self) -> KioskHands:
        return KioskHands(
            self.secrets.append, self._read, self.jobs.append, self._ask_printer, self.speaker
        )

    def _ask_printer(self, heard: Callable[[DeskError | None], None]) -> None:
        if self.printer_waits is None:
            heard(self.paper_fault)
        else:
            self.printer_waits.append(heard)

    def _read(self, text: str) -> CodeEvent:
        return read_code(text)


def rooms_of(hall: FakeHall, *, staffed: bool = False, may_close: bool = True) -> KioskRooms:
    """Return what stands behind the kiosk's window."""
    groups = tuple(load_priorities(RESOURCES / "queue").items())
    return KioskRooms(
        hall, hall, KioskInfo(OFFICE, groups, staffed, 60, NOTICE, may_close=may_close)
    )


def taken(number: str, service: str, *, wait: WaitRange | None = None) -> TicketTaken:
    """Return a number that was given out, with its paper."""
    paper = TicketPaper(
        agency=OFFICE,
        number=number,
        service=service,
        issued_at=MORNING,
        ahead=3,
        qr=f"{number}-261125",
        priority=None,
        reprint=False,
        training=True,
    )
    job = PrintJob(uuid4(), f"261125_{number}_ticket", paper)
    likely = wait or WaitRange(5, 12)
    return TicketTaken(1, number, service, MORNING, 3, job, Change.QUEUE, wait=likely)


DOSSIERS = (
    OwnDossier(
        "H55.242-261120-0007",
        "Đăng ký khai sinh",
        Status.IN_PROCESS,
        MORNING + timedelta(days=2),
        "A",
    ),
    OwnDossier(
        "H55.242-261102-0031",
        "Chứng thực bản sao từ bản chính giấy tờ",
        Status.DONE,
        MORNING - timedelta(days=9),
        "B",
    ),
    OwnDossier(
        "H55.242-261010-0012",
        "Cấp giấy xác nhận tình trạng hôn nhân",
        Status.RETURNED,
        None,
        "A",
    ),
)


def hall_view(*, called: int = 6, moment: datetime = MORNING, seq: int = 40) -> HallView:
    """Return a hall at work, in which *called* numbers were called."""
    numbers = ("A012", "B007", "K003", "A011", "C004", "H002")[:called]
    names = dict(catalogue().services())
    calls = tuple(
        CallLine(
            seq - place,
            number,
            f"Quầy {place % 4 + 1}",
            names[number[0]],
            moment - timedelta(seconds=20 * place),
        )
        for place, number in enumerate(numbers)
    )
    waiting = tuple(Service(letter, name, len(name) % 5) for letter, name in catalogue().services())
    missed = ("A009", "B005", "D001") if called else ()
    return HallView(moment.date(), moment, calls, missed, waiting, seq)


def called_again(view: HallView, number: str, counter: str) -> HallView:
    """Return *view* after one more call."""
    seq = view.calls[0].seq + 1 if view.calls else 1
    line = CallLine(seq, number, counter, "Hộ tịch", view.moment)
    return replace(view, calls=(line, *view.calls)[:6], mark=view.mark + 1)
