"""The numbers of one counter as its window sees them; see ``counter.hall.CallWork``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from counter.desk import calls, queueing, waiting_hall
from counter.desk.context import Hall
from counter.hall import CounterLine, DayFigures, QueueTicket, VisitOpened
from counter.values import CitizenNumber


@dataclass(frozen=True, slots=True)
class CallDesk:
    """What an officer does with numbers at one counter, each done in ``calls``.

    Attributes:
        names: Gives the names of the officers this desk knows, by their codes.
    """

    hall: Hall
    counter: str
    names: Callable[[], Mapping[str, str]]

    def call_next(self) -> QueueTicket | None:
        """Call the next number; None when nobody waits."""
        return calls.call_next(self.hall, self.counter)

    def call_number(self, number: str) -> QueueTicket:
        """Call a typed number out of turn."""
        return calls.call_number(self.hall, self.counter, number)

    def call_again(self, ticket: int) -> QueueTicket:
        """Call a called number once more."""
        return calls.call_again(self.hall, self.counter, ticket)

    def begin_scanned(
        self, *, code: str | None = None, citizen: CitizenNumber | None = None
    ) -> VisitOpened | None:
        """Begin or go on with the visit a scanned ticket or card belongs to."""
        return calls.begin_scanned(self.hall, self.counter, code=code, citizen=citizen)

    def hold(self, ticket: int) -> QueueTicket:
        """Lay the visit aside."""
        return calls.hold(self.hall, self.counter, ticket)

    def resume(self, ticket: int) -> QueueTicket:
        """Go on with a visit laid aside."""
        return calls.resume(self.hall, self.counter, ticket)

    def miss(self, ticket: int) -> QueueTicket:
        """The called person did not come."""
        return calls.miss(self.hall, self.counter, ticket)

    def recall_missed(self, number: str) -> QueueTicket:
        """Call an absent number once more."""
        return calls.recall_missed(self.hall, self.counter, number)

    def pass_on(
        self,
        ticket: int,
        *,
        service: str | None = None,
        to_counter: str | None = None,
        to_officer: str | None = None,
    ) -> None:
        """Pass a ticket on to a field, a counter or an officer."""
        calls.pass_on(
            self.hall,
            self.counter,
            ticket,
            service=service,
            to_counter=to_counter,
            to_officer=to_officer,
        )

    def finish(self, ticket: int) -> None:
        """End the visit without calling the next."""
        calls.finish(self.hall, self.counter, ticket)

    def come_back(self, ticket: int) -> None:
        """Let a visit laid aside be called next here."""
        calls.come_back(self.hall, ticket)

    def answer_help(self, row: int) -> bool:
        """Go to somebody who asked for a person."""
        return calls.answer_help(self.hall, self.counter, row)

    def book(self, service: str, begins_at: datetime) -> str:
        """Note a booked time; return the code the citizen comes with."""
        return queueing.book(self.hall, service, begins_at)

    def mark(self) -> int:
        """Return a number that grows with every change of the queue."""
        return waiting_hall.hall_mark(self.hall)

    def counters(self) -> tuple[CounterLine, ...]:
        """Return the counters of the office and what each serves."""
        return calls.counters(self.hall, self.counter, self.names())

    def day_figures(self) -> DayFigures:
        """Return the figures of the day so far."""
        return calls.day_figures(self.hall, self.counter)
