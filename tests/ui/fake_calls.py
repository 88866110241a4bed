"""Numbers at one counter kept in lists; what it promises is what ``CallWork`` promises."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter.errors import CounterTaken, TooFewCalls, UnknownTicket, WrongQueueStep
from counter.hall import (
    CounterAsked,
    CounterLine,
    DayFigures,
    HelpAsked,
    QueueTicket,
    Reserve,
    ServiceFigures,
    VisitOpened,
)
from counter.values import CitizenNumber

if TYPE_CHECKING:
    from tests.ui.fake_desk import FakeDesk


@dataclass
class FakeCalls:
    """The counter of one fake desk.

    Attributes:
        owner: Citizen number of whoever was called.
        reserve: How the place stands with a shared office database.
    """

    desk: FakeDesk
    held: list[QueueTicket] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    helps: list[HelpAsked] = field(default_factory=list)
    assigned: list[CounterAsked] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    booked: list[tuple[str, datetime]] = field(default_factory=list)
    passed: list[tuple[int, str | None, str | None, str | None]] = field(default_factory=list)
    owner: CitizenNumber | None = None
    reserve: Reserve | None = None

    def call_next(self) -> QueueTicket | None:
        return self.desk.call_next()

    def call_number(self, number: str) -> QueueTicket:
        self.typed.append(number)
        found = next((t for t in self.desk.waiting if t.number == number), None)
        if found is None and self.reserve is None:
            raise UnknownTicket
        if found is not None:
            self.desk.waiting.remove(found)
        called = found or QueueTicket(number, "", None, self.desk.moment)
        self.desk.current = replace(called, state="called", calls=1)
        return self.desk.current

    def call_again(self, ticket: int) -> QueueTicket:
        current = self._current()
        self.desk.current = replace(current, calls=current.calls + 1)
        return self.desk.current

    def begin_scanned(
        self, *, code: str | None = None, citizen: CitizenNumber | None = None
    ) -> VisitOpened | None:
        current = self.desk.current
        if current is None:
            return None
        if (citizen is None or citizen != self.owner) and code != f"{current.number}-261125":
            return None
        self.desk.current = replace(current, state="serving")
        return VisitOpened(self.desk.current)

    def hold(self, ticket: int) -> QueueTicket:
        held = replace(self._current(), state="held")
        self.held.append(held)
        self.desk.current = None
        return held

    def resume(self, ticket: int) -> QueueTicket:
        if self.desk.current is not None:
            raise CounterTaken(number=self.desk.current.number)
        found = next(t for t in self.held if t.row == ticket)
        self.held.remove(found)
        self.desk.current = replace(found, state="serving")
        return self.desk.current

    def miss(self, ticket: int) -> QueueTicket:
        current = self._current()
        if current.calls < 3:
            raise TooFewCalls(calls=current.calls, needed=3)
        self.missed.append(current.number)
        self.desk.current = None
        return current

    def recall_missed(self, number: str) -> QueueTicket:
        self.missed.remove(number)
        self.desk.current = QueueTicket(number, "Hộ tịch", None, self.desk.moment, state="called")
        return self.desk.current

    def pass_on(
        self,
        ticket: int,
        *,
        service: str | None = None,
        to_counter: str | None = None,
        to_officer: str | None = None,
    ) -> None:
        self._current()
        self.passed.append((ticket, service, to_counter, to_officer))
        self.desk.current = None

    def finish(self, ticket: int) -> None:
        self._current()
        self.desk.current = None

    def come_back(self, ticket: int) -> None:
        found = next(t for t in self.held if t.row == ticket)
        self.held.remove(found)
        self.desk.waiting.insert(0, replace(found, state="waiting"))

    def answer_help(self, row: int) -> bool:
        self.answered.append(row)
        self.helps = [asked for asked in self.helps if asked.row != row]
        return True

    def book(self, service: str, begins_at: datetime) -> str:
        self.booked.append((service, begins_at))
        return "0123CFGH"

    def mark(self) -> int:
        return len(self.desk.waiting) + len(self.helps) + len(self.answered)

    def counters(self) -> tuple[CounterLine, ...]:
        lines = (
            CounterLine("Quầy 1", "", "CB-001", True),
            CounterLine("Quầy 2", "AB", "CB-002", False, "Trần Thị Bình"),
            CounterLine("Quầy 4", "D", "CB-004", False),
            CounterLine("Quầy 3", "C", None, False),
        )
        said = {asked.counter: asked for asked in self.assigned}
        return tuple(
            replace(line, services=said[line.name].services, is_open=said[line.name].is_open)
            if line.name in said
            else line
            for line in lines
        )

    def day_figures(self) -> DayFigures:
        waiting = len(self.desk.waiting)
        minutes = timedelta(minutes=1)
        line = ServiceFigures(
            "Hộ tịch", 18 + waiting, waiting, 17, 1, 12 * minutes, 31 * minutes, 8 * minutes
        )
        return DayFigures((line,), here=9)

    def _current(self) -> QueueTicket:
        if self.desk.current is None:
            raise WrongQueueStep
        return self.desk.current
