"""The queue against a model of it that is only lists: whatever is done, both say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from counter.errors import DeskError
from counter.office import calling, looking, order, tickets
from counter.office.office import Office
from counter.office.tables import ErrandRow, PeriodRow, TicketRow
from counter.office.tickets import Place, Wanted
from counter.priorities import Waiting
from counter.values import local_day, uuid7
from tests.counter.office.conftest import NewOffice

OPENING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
DAY = local_day(OPENING)
PLACES = (Place("Q1", "lan"), Place("Q2", "minh", "AB"), Place("Q3", None, "C"))
SERVICES = st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True)
LIVE = ("waiting", "called", "serving", "held")
STANDING = ("called", "serving")


@dataclass
class Paper:
    """One number as the model knows it."""

    number: str
    left: list[str]
    priority: bool
    person: str | None
    taken_at: datetime
    state: str = "waiting"
    counter: str | None = None
    target: str | None = None
    back: bool = False
    calls: int = 0
    called_at: datetime | None = None
    recalled: bool = False
    wants: list[str] = field(default_factory=list)


class Refusal(Exception):
    """The model refuses."""


class Machine(RuleBasedStateMachine):
    """Does the same to queue and model. Subclasses say where the queue is kept."""

    make: Callable[[], Office]

    def __init__(self) -> None:
        super().__init__()
        self.office = type(self).make()
        self.moment = OPENING
        self.papers: list[Paper] = []
        self.turns: dict[str, list[bool]] = {}

    def teardown(self) -> None:
        self.office.close()

    # What is done

    @rule(minutes=st.sampled_from([0, 1, 1, 5, 50]))
    def time_passes(self, minutes: int) -> None:
        self.moment += timedelta(minutes=minutes)

    @rule(
        services=SERVICES,
        priority=st.booleans(),
        person=st.sampled_from([None, None, "p1", "p2"]),
    )
    def take(self, services: list[str], priority: bool, person: str | None) -> None:
        self.moment += timedelta(milliseconds=1)

        def model() -> str:
            if person and any(self.live(person, service) for service in services):
                raise Refusal
            series = sum(p.number.startswith(services[0]) for p in self.papers) + 1
            paper = Paper(
                f"{services[0]}{series:03}", list(services), priority, person, self.moment
            )
            self.papers.append(paper)
            return paper.number

        wanted = Wanted(
            id=uuid7(self.moment),
            services=tuple(services),
            given_by="K",
            priority="NCT" if priority else None,
            person=person,
        )
        self.both(
            model,
            lambda session: tickets.number_of(tickets.take(session, wanted, self.moment)),
        )

    @rule(place=st.sampled_from(PLACES))
    def call_next(self, place: Place) -> None:
        def model() -> str | None:
            self.end_standing(place)
            paper = self.first(place)
            if paper is None:
                return None
            if not paper.back:
                self.turns.setdefault(place.services, []).append(paper.priority)
            self.call(paper, place)
            return paper.number

        def real(session: object) -> str | None:
            called = calling.call_next(session, place, self.moment)  # type: ignore[arg-type]
            return called.number if called else None

        self.both(model, real)

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), place=st.sampled_from(PLACES))
    def call_number(self, data: st.DataObject, place: Place) -> None:
        paper = data.draw(st.sampled_from(self.papers))

        def model() -> str:
            if paper.state not in {"waiting", "held"}:
                raise Refusal
            self.end_standing(place)
            self.call(paper, place)
            return paper.number

        self.both(
            model,
            lambda s: calling.call_number(s, paper.number, place, self.moment).number,
        )

    @precondition(lambda self: self.papers)
    @rule(
        data=st.data(),
        place=st.sampled_from(PLACES),
        act=st.sampled_from(["call_again", "begin", "miss", "hold", "resume"]),
    )
    def at_counter(self, data: st.DataObject, place: Place, act: str) -> None:
        paper = self.drawn(data, place)

        def model() -> str:
            if paper.counter != place.counter:
                raise Refusal
            getattr(self, f"_{act}")(paper, place)
            return paper.number

        self.both(
            model,
            lambda s: getattr(calling, act)(s, self.row(s, paper), place, self.moment).number,
        )

    @precondition(lambda self: self.papers)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from(self.papers))

        def model() -> str:
            if paper.state != "held":
                raise Refusal
            self.wait(paper)
            paper.target, paper.back = paper.counter, True
            return paper.number

        self.both(
            model,
            lambda s: calling.come_back(s, self.row(s, paper), self.moment).number,
        )

    @precondition(lambda self: self.papers)
    @rule(
        data=st.data(),
        place=st.sampled_from(PLACES),
        to=st.sampled_from(["A", "B", "C", "Q1", "Q2", "Q3", "lan", "minh"]),
    )
    def pass_on(self, data: st.DataObject, place: Place, to: str) -> None:
        paper = self.drawn(data, place)
        service = to if len(to) == 1 else None

        def model() -> str:
            if paper.counter != place.counter or paper.state not in {"called", "serving", "held"}:
                raise Refusal
            if service and service != paper.left[0]:
                if paper.person and self.live(paper.person, service):
                    raise Refusal
                paper.left[0] = service
            self.wait(paper)
            paper.target = None if service else to
            return paper.number

        self.both(
            model,
            lambda s: (
                calling.transfer(
                    s,
                    self.row(s, paper),
                    place,
                    self.moment,
                    service=service,
                    counter=to if to.startswith("Q") else None,
                    officer=to if to.islower() else None,
                ).number
            ),
        )

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), place=st.sampled_from(PLACES))
    def recall_missed(self, data: st.DataObject, place: Place) -> None:
        absent = [p for p in self.papers if p.state == "absent"]
        paper = data.draw(st.sampled_from(absent or self.papers))

        def model() -> str:
            if paper.state != "absent" or paper.recalled:
                raise Refusal
            if paper.person and any(self.live(paper.person, s) for s in paper.wants):
                raise Refusal
            self.end_standing(place)
            paper.left, paper.recalled, paper.calls = list(paper.wants), True, 0
            self.call(paper, place)
            return paper.number

        self.both(
            model,
            lambda s: calling.recall_missed(s, paper.number, place, self.moment).number,
        )

    @precondition(lambda self: self.papers)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        paper = data.draw(st.sampled_from(self.papers))

        def model() -> None:
            if paper.state in {"waiting", *STANDING}:
                paper.state, paper.left = "void", []

        self.both(model, lambda s: calling.give_back(s, self.row(s, paper), self.moment))

    # What holds

    @invariant()
    def both_know_the_same(self) -> None:
        with self.office.reading() as session:
            rows = session.scalars(select(TicketRow).order_by(TicketRow.row)).all()
            found = [
                (
                    tickets.number_of(r),
                    r.state,
                    r.for_counter or r.for_officer,
                    r.comes_back,
                    r.calls,
                )
                for r in rows
            ]
            errands = session.scalars(
                select(ErrandRow).order_by(ErrandRow.ticket, ErrandRow.position)
            ).all()
            counts = looking.waiting_counts(session, DAY)
        left: dict[int, list[str]] = {row.row: [] for row in rows}
        for errand in errands:
            if errand.ended_at is None:
                left[errand.ticket].append(errand.service)

        assert found == [(p.number, p.state, p.target, p.back, p.calls) for p in self.papers]
        assert list(left.values()) == [p.left for p in self.papers]
        assert sum(counts.values()) == sum(p.state == "waiting" for p in self.papers)

    @invariant()
    def the_next_is_who_the_officer_sees_first(self) -> None:
        with self.office.reading() as session:
            seen = [order.in_order(session, place, self.moment) for place in PLACES]
        firsts = [self.first(place) for place in PLACES]

        assert [s[0].number if s else None for s in seen] == [
            p.number if p else None for p in firsts
        ]

    @invariant()
    def periods_follow_each_other_without_a_hole(self) -> None:
        with self.office.reading() as session:
            rows = session.scalars(select(PeriodRow).order_by(PeriodRow.row)).all()
        by_ticket: dict[int, list[PeriodRow]] = {}
        for row in rows:
            by_ticket.setdefault(row.ticket, []).append(row)

        assert len(by_ticket) == len(self.papers)
        for periods in by_ticket.values():
            assert [p.ended_at for p in periods[:-1]] == [p.began_at for p in periods[1:]]
            assert periods[-1].ended_at is None

    @invariant()
    def a_counter_has_one_number_and_a_person_one_in_a_service(self) -> None:
        standing = [p.counter for p in self.papers if p.state in STANDING]
        held = [(p.person, s) for p in self.papers if p.person and p.state in LIVE for s in p.left]

        assert len(standing) == len(set(standing))
        assert len(held) == len(set(held))

    # The model

    def both(self, model: Callable[[], object], real: Callable[..., object]) -> None:
        """Do it to both; they must answer the same or both refuse."""
        try:
            expected: object = model()
        except Refusal:
            expected = Refusal
        try:
            with self.office.writing() as session:
                got = real(session)
        except DeskError:
            got = Refusal
        assert got == expected

    def drawn(self, data: st.DataObject, place: Place) -> Paper:
        here = [p for p in self.papers if p.counter == place.counter and p.state in LIVE]
        return data.draw(st.sampled_from(here or self.papers))

    def row(self, session: object, paper: Paper) -> int:
        found = tickets.get_number(session, DAY, paper.number)  # type: ignore[arg-type]
        return found.row

    def live(self, person: str, service: str) -> bool:
        return any(
            p.person == person and p.state in LIVE and service in p.left for p in self.papers
        )

    def first(self, place: Place) -> Paper | None:
        waiting = [p for p in self.papers if p.state == "waiting"]
        back = [p for p in waiting if p.back and p.target == place.counter]
        if back:
            return min(back, key=lambda p: p.taken_at)
        able = sorted(
            (
                p
                for p in waiting
                if p.target in {place.counter, place.officer or ""}
                or (p.target is None and (not place.services or p.left[0] in place.services))
            ),
            key=lambda p: p.taken_at,
        )
        first = next((p for p in able if p.priority), None)
        other = next((p for p in able if not p.priority), None)
        if first is None or other is None:
            return first or other
        two_in_a_row = self.turns.get(place.services, [])[-2:] == [True, True]
        aged = self.moment - other.taken_at > timedelta(minutes=45)
        return other if two_in_a_row or (aged and other.taken_at < first.taken_at) else first

    def call(self, paper: Paper, place: Place) -> None:
        paper.state, paper.counter = "called", place.counter
        paper.target, paper.back = None, False
        paper.calls += 1
        paper.called_at = self.moment

    def end_standing(self, place: Place) -> None:
        for paper in self.papers:
            if paper.counter == place.counter and paper.state in STANDING:
                del paper.left[0]
                if paper.left:
                    self.wait(paper)
                else:
                    paper.state = "served"

    def wait(self, paper: Paper) -> None:
        paper.state, paper.target, paper.back, paper.calls = "waiting", None, False, 0

    def _call_again(self, paper: Paper, _place: Place) -> None:
        if paper.state != "called":
            raise Refusal
        if paper.called_at is None or self.moment - paper.called_at >= timedelta(seconds=60):
            paper.calls += 1
            paper.called_at = self.moment

    def _begin(self, paper: Paper, _place: Place) -> None:
        if paper.state not in STANDING:
            raise Refusal
        paper.state = "serving"

    def _miss(self, paper: Paper, _place: Place) -> None:
        long_ago = paper.called_at and self.moment - paper.called_at >= timedelta(seconds=60)
        if paper.state != "called" or paper.calls < 3 or not long_ago:
            raise Refusal
        paper.state, paper.wants, paper.left = "absent", paper.left, []

    def _hold(self, paper: Paper, _place: Place) -> None:
        if paper.state not in STANDING:
            raise Refusal
        paper.state = "held"

    def _resume(self, paper: Paper, place: Place) -> None:
        busy = any(p.counter == place.counter and p.state in STANDING for p in self.papers)
        if paper.state != "held" or busy:
            raise Refusal
        paper.state = "serving"


def run(make: NewOffice, examples: int, steps: int, phases: tuple[Phase, ...]) -> None:
    machine = type("QueueMachine", (Machine,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        ),
    )


@pytest.mark.slow
def test_the_queue_does_what_its_model_does(new_office: NewOffice) -> None:
    run(new_office, 3, 30, tuple(Phase))


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_the_queue_does_what_its_model_does_at_length(new_office: NewOffice) -> None:
    run(new_office, 100, 60, tuple(Phase))


@pytest.mark.slow
@pytest.mark.parametrize("new_office", ["sqlite"], indirect=True)
def test_the_machine_finds_a_queue_that_forgets_priority(
    new_office: NewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_come(waiting: Sequence[Waiting], *_rest: object) -> tuple[Waiting, ...]:
        return tuple(sorted(waiting, key=lambda ticket: ticket.issued_at))

    monkeypatch.setattr(order, "calling_order", first_come)

    with pytest.raises(AssertionError):
        run(new_office, 60, 20, (Phase.generate,))
