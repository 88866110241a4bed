"""What kiosk, board and counters ask of the waiting hall, and what they get back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.ports import PrintJob
    from counter.values import CitizenNumber
    from counter.work import Change


@dataclass(frozen=True, slots=True)
class WaitRange:
    """How long a wait will likely take: four of five past ones lay in between.

    Attributes:
        least: Whole minutes, rounded down.
        most: Whole minutes, rounded up.
    """

    least: int
    most: int

    @classmethod
    def of(cls, low: timedelta, high: timedelta) -> WaitRange:
        """Round outwards: to a minute, above half an hour to five."""
        step = 5 if high > timedelta(minutes=30) else 1
        least = int(low.total_seconds() // (60 * step)) * step
        most = -int(-high.total_seconds() // (60 * step)) * step
        return cls(least, max(most, least + step))


@dataclass(frozen=True, slots=True)
class Service:
    """What a ticket can be taken for: a field of procedures and its letter.

    Attributes:
        words: What people come for, in their own words; the name where nobody wrote any.
        words_en: The same in English.
        wait: How long somebody who takes a ticket now will likely wait; None when unknown.
    """

    code: str
    name: str
    waiting: int
    words: str = ""
    words_en: str = ""
    wait: WaitRange | None = None


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """A queue ticket as windows show it.

    Attributes:
        row: Names it in the database; 0 for a number that was only typed.
        state: ``waiting``, ``called``, ``serving`` or ``held``.
        calls: How often it was called, one minute and more apart.
        called_at: The last of these.
        target: The counter or officer it was passed to, None when anybody may call it.
        subject: Code of the booking or dossier it was taken for.
    """

    number: str
    service_name: str
    priority: str | None
    issued_at: datetime
    row: int = 0
    state: str = "waiting"
    calls: int = 0
    called_at: datetime | None = None
    target: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A live number of the citizen who stands at the kiosk.

    Attributes:
        state: ``waiting``, ``called``, ``serving`` or ``held``.
        counter: Where it was called to, None while it waits.
    """

    row: int
    number: str
    service_name: str
    state: str
    counter: str | None
    ahead: int | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call as the board shows and says it.

    Attributes:
        seq: Grows with each call; what is above the last one said is still to be said.
        counter: The counter's name as in its settings, such as ``Quầy 1``.
    """

    seq: int
    number: str
    counter: str
    service_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """Somebody at a kiosk waits for a person.

    Attributes:
        place: The name of the kiosk as in its settings.
    """

    row: int
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HallView:
    """Everything the board shows. No personal data is in it.

    Attributes:
        moment: When it was asked; the age of what is shown.
        calls: The numbers called last, newest first; the first is shown large, five follow.
        missed: Absent numbers that may be called once more, newest first.
        waiting: Every service with how many wait for it.
        mark: Grows with every change of the queue; see ``hall_mark``.
        helps: Kiosks at which somebody waits for a person.
    """

    day: date
    moment: datetime
    calls: tuple[CallLine, ...]
    missed: tuple[str, ...]
    waiting: tuple[Service, ...]
    mark: int
    helps: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why somebody was content or not; a tap each, none is asked for."""

    FAST = "fast"
    SLOW = "slow"
    KIND = "kind"
    UNKIND = "unkind"
    CLEAR = "clear"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class RatingLine:
    """The answers for one service; services with fewer than five are left out.

    Attributes:
        counts: How many gave 1 (very dissatisfied) to 5 (very satisfied).
    """

    service_name: str
    counts: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """One service on one day; times are medians, None when there was nothing to measure."""

    service_name: str
    taken: int
    waiting: int
    served: int
    absent: int
    wait: timedelta | None
    longest_wait: timedelta | None
    serving: timedelta | None


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The day so far.

    Attributes:
        here: How many numbers this counter has served.
    """

    services: tuple[ServiceFigures, ...]
    here: int


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A scanned card or ticket belongs to the number that was called: the visit begins."""

    ticket: QueueTicket


@dataclass(frozen=True, slots=True)
class Reserve:
    """How this place stands with the office database.

    Attributes:
        is_away: Numbers come from the reserved series and are called by typing.
        letter: The reserved letter, None before the office gave one.
        untold: How many numbers and calls the office does not know yet.
        is_damaged: Its file here is damaged; where not all of it is, it may still answer.
    """

    is_away: bool
    letter: str | None
    untold: int
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class QueueRenewed:
    """A damaged file of the queue was replaced.

    Attributes:
        letter: What every number bears that is given out today from now on.
        damaged: Names of the files that were damaged; they stay where they are.
        lost_tickets: Who waited is known no longer; numbers on paper are called by typing them.
        lost_bookings: Booked times are known no longer.
        old_bookings: Those booked since the last backup are known no longer.
    """

    letter: str
    damaged: tuple[str, ...]
    lost_tickets: bool
    lost_bookings: bool
    old_bookings: bool = False


@dataclass(frozen=True, slots=True)
class QueueView:
    """The local queue: who stands at this counter and who waits, in the order of calling.

    Attributes:
        held: Visits laid aside here, longest first.
        missed: Absent numbers that may be called once more.
        reserve: How this place stands with the office database; None with a sound file here.
        helps: Who waits for a person at a kiosk, longest first.
    """

    current: QueueTicket | None
    waiting: tuple[QueueTicket, ...]
    held: tuple[QueueTicket, ...] = ()
    missed: tuple[str, ...] = ()
    reserve: Reserve | None = None
    helps: tuple[HelpAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketTaken:
    """A ticket that is in the queue, with its paper to print; ``row`` names it in the database.

    Attributes:
        is_reserve: It came from the reserved series; the office hears of it later.
        wait: How long the wait will likely take; None when unknown.
    """

    row: int
    number: str
    service_name: str
    issued_at: datetime
    ahead: int
    job: PrintJob
    changed: Change
    is_reserve: bool = False
    wait: WaitRange | None = None


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A counter of the office, as others see it.

    Attributes:
        services: Letters of what it serves; empty is all.
        officer: Code of whoever works there now, None when nobody has called yet today.
        is_here: It is this one.
        officer_name: The name that this desk knows the officer by; empty when it knows none.
        is_open: It calls numbers; a supervisor may let it rest.
    """

    name: str
    services: str
    officer: str | None
    is_here: bool
    officer_name: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class CounterAsked:
    """What a supervisor wants of a counter.

    Attributes:
        counter: Its name.
        services: Letters of what it is to serve, at least one; every letter is all.
        is_open: It calls numbers.
    """

    counter: str
    services: str
    is_open: bool = True


class CallWork(Protocol):
    """What an officer does with numbers at this desk's counter; see ``counter/desk/calls.py``.

    Every method runs on the ``counter`` thread and may raise a DeskError.
    """

    def call_next(self) -> QueueTicket | None:
        """Call the next number; None when nobody waits. What stood here is done."""

    def call_number(self, number: str) -> QueueTicket:
        """Call a typed number out of turn, also while the office database is away."""

    def call_again(self, ticket: int) -> QueueTicket:
        """Call a called number once more."""

    def begin_scanned(
        self, *, code: str | None = None, citizen: CitizenNumber | None = None
    ) -> VisitOpened | None:
        """Begin or go on with the visit a scanned ticket or card belongs to; None for others."""

    def hold(self, ticket: int) -> QueueTicket:
        """Lay the visit aside, so that the next can be called."""

    def resume(self, ticket: int) -> QueueTicket:
        """Go on with a visit laid aside."""

    def miss(self, ticket: int) -> QueueTicket:
        """The called person did not come."""

    def recall_missed(self, number: str) -> QueueTicket:
        """Call an absent number once more."""

    def pass_on(
        self,
        ticket: int,
        *,
        service: str | None = None,
        to_counter: str | None = None,
        to_officer: str | None = None,
    ) -> None:
        """Pass a ticket on to a field, a counter or an officer."""

    def finish(self, ticket: int) -> None:
        """End the visit without calling the next."""

    def come_back(self, ticket: int) -> None:
        """Let a visit laid aside be called next here, without a new queue."""

    def answer_help(self, row: int) -> bool:
        """Go to somebody who asked for a person; False when another officer was faster."""

    def book(self, service: str, begins_at: datetime) -> str:
        """Note a booked time; return the code the citizen comes with."""

    def mark(self) -> int:
        """Return a number that grows with every change of the queue; cheap enough to ask often."""

    def counters(self) -> tuple[CounterLine, ...]:
        """Return the counters of the office and what each serves."""

    def day_figures(self) -> DayFigures:
        """Return the figures of the day so far."""
