"""Promises of ``devices/paper/spool.py``: jobs in order, each told, none stopping the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from queue import Queue
from time import monotonic
from typing import TypeVar
from uuid import UUID

import pytest

from counter.errors import DeskError, PrinterOutOfPaper, PrinterSilent, SoftwareFault
from counter.forms import ReceiptPaper
from counter.ports import Outcome, PaperEvent, PaperFailed, PaperMade, PrinterState, PrintJob
from devices.paper import spool as spool_room
from devices.paper.spool import Spool
from tests.alive import seen_in_memory
from tests.conftest import ExpectedLog
from tests.devices.paper.samples import RECEIPT, TICKET, job, ticket

Event = TypeVar("Event")
LIMIT_S = 60.0


@dataclass
class Printer:
    """A device that keeps what it made and fails as it is told."""

    name: str
    faults: dict[UUID, Exception] = field(default_factory=dict)
    state: DeskError | None = None
    made: list[PrintJob] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    hold: threading.Event = field(default_factory=threading.Event)
    busy: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.hold.set()

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        self.threads.add(threading.current_thread().name)
        self.busy.set()
        assert self.hold.wait(LIMIT_S)
        if job.id in self.faults:
            raise self.faults[job.id]
        self.made.append(job)
        return Outcome.PRINTED, self.name

    def check(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.state is not None:
            raise self.state


@dataclass
class Desk:
    """A spool with two printers, and what it told."""

    spool: Spool
    receipts: Printer
    tickets: Printer
    told: Queue[PaperEvent]

    def next(self, *kinds: type[Event]) -> Event:
        while True:
            event = self.told.get(timeout=LIMIT_S)
            if isinstance(event, kinds):
                return event


@pytest.fixture
def make_desk() -> Iterator[Callable[[float], Desk]]:
    spools: list[Spool] = []

    def make(poll_s: float) -> Desk:
        receipts, tickets = Printer("laser"), Printer("thermal")
        spool = Spool(receipts=receipts, tickets=tickets, poll_s=poll_s)
        desk = Desk(spool, receipts, tickets, Queue())
        spool.start(desk.told.put)
        spools.append(spool)
        return desk

    yield make
    for spool in spools:
        spool.stop()


@pytest.fixture
def desk(make_desk: Callable[[float], Desk]) -> Desk:
    return make_desk(60.0)


def test_papers_come_out_in_the_order_they_were_asked_for(desk: Desk) -> None:
    jobs = [job(ticket(number=f"A{n:03}")) for n in range(20)]

    for each in jobs:
        desk.spool.put(each)

    assert [desk.next(PaperMade).job for _ in jobs] == [each.id for each in jobs]
    assert desk.tickets.made == jobs


def test_an_idle_spool_lets_the_window_go_first_and_then_makes_all_that_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_room, "WINDOW_FIRST_S", 1.0)
    begun = monotonic()

    jobs = [job(ticket(number=f"A{n:03}")) for n in range(20)]
    for each in jobs:
        desk.spool.put(each)
    first = desk.next(PaperMade).job
    first_after_s = monotonic() - begun
    for _ in jobs[1:]:
        desk.next(PaperMade)

    assert first == jobs[0].id
    assert first_after_s >= 1.0
    assert monotonic() - begun < len(jobs) * 1.0


def test_a_printer_is_asked_now_and_not_at_the_next_round(desk: Desk) -> None:
    heard: Queue[DeskError | None] = Queue()
    desk.spool.ask("tickets", heard.put)
    first = heard.get(timeout=LIMIT_S)
    desk.tickets.state = PrinterOutOfPaper()

    desk.spool.ask("tickets", heard.put)

    assert first is None
    assert isinstance(heard.get(timeout=LIMIT_S), PrinterOutOfPaper)


def test_receipts_and_tickets_go_to_their_own_printers(desk: Desk) -> None:
    desk.spool.put(job(RECEIPT))
    desk.spool.put(job(TICKET))

    assert [desk.next(PaperMade).place for _ in range(2)] == ["laser", "thermal"]


def test_all_paper_is_made_on_the_thread_named_printer(desk: Desk) -> None:
    desk.spool.put(job(TICKET))
    desk.next(PaperMade)

    assert desk.tickets.threads == {"printer"}


def test_a_paper_that_fails_does_not_stop_the_next(desk: Desk) -> None:
    first, second = job(TICKET), job(TICKET)
    desk.tickets.faults[first.id] = PrinterOutOfPaper()

    desk.spool.put(first)
    desk.spool.put(second)

    failed = desk.next(PaperFailed)
    assert (failed.job, type(failed.error)) == (first.id, PrinterOutOfPaper)
    assert desk.next(PaperMade).job == second.id


def test_a_job_that_failed_can_be_asked_for_again(desk: Desk) -> None:
    again = job(TICKET)
    desk.tickets.faults[again.id] = PrinterSilent()
    desk.spool.put(again)
    desk.next(PaperFailed)
    desk.tickets.faults.clear()

    desk.spool.put(again)

    assert desk.next(PaperMade).job == again.id


def test_a_job_asked_for_twice_comes_out_once(desk: Desk) -> None:
    twice = job(RECEIPT)

    desk.spool.put(twice)
    desk.spool.put(twice)

    assert desk.next(PaperMade) == desk.next(PaperMade)
    assert desk.receipts.made == [twice]


def test_what_a_paper_said_is_forgotten_once_it_is_made(desk: Desk) -> None:
    name = "Người Chỉ Có Ở Đây"
    desk.spool.put(job(replace(RECEIPT, applicant=name)))
    desk.next(PaperMade)
    desk.receipts.made.clear()

    desk.spool.put(job(TICKET))
    desk.next(PaperMade)

    papers = seen_in_memory(lambda one: one if isinstance(one, ReceiptPaper) else None)
    assert not any(paper.applicant == name for paper in papers)


def test_a_fault_of_the_program_is_told_and_the_next_paper_comes(
    desk: Desk, expected_log: ExpectedLog
) -> None:
    expected_log.expect("failed")
    first, second = job(TICKET), job(TICKET)
    desk.tickets.faults[first.id] = ZeroDivisionError()

    desk.spool.put(first)
    desk.spool.put(second)

    assert isinstance(desk.next(PaperFailed).error, SoftwareFault)
    assert desk.next(PaperMade).job == second.id


def test_the_log_names_no_citizen(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    failing = job(RECEIPT)
    desk.receipts.faults[failing.id] = PrinterSilent()

    desk.spool.put(failing)
    desk.next(PaperFailed)

    assert str(failing.id) in caplog.text
    assert RECEIPT.applicant not in caplog.text
    assert RECEIPT.code not in caplog.text


def test_each_printer_is_asked_how_it_is_when_nothing_is_to_be_printed(desk: Desk) -> None:
    states = [desk.next(PrinterState) for _ in range(2)]

    assert states == [
        PrinterState("receipts", "laser", None),
        PrinterState("tickets", "thermal", None),
    ]


def test_a_change_of_a_printer_is_told_once(make_desk: Callable[[float], Desk]) -> None:
    desk = make_desk(0.01)
    for _ in range(2):
        desk.next(PrinterState)

    desk.tickets.state = PrinterOutOfPaper()
    out = desk.next(PrinterState)
    desk.tickets.state = None
    ready = desk.next(PrinterState)

    assert (out.role, type(out.error)) == ("tickets", PrinterOutOfPaper)
    assert (ready.role, ready.error) == ("tickets", None)


def test_stopping_finishes_the_paper_in_hand_and_leaves_the_rest(desk: Desk) -> None:
    in_hand, waiting = job(TICKET), job(TICKET)
    desk.tickets.hold.clear()
    desk.spool.put(in_hand)
    desk.spool.put(waiting)
    assert desk.tickets.busy.wait(LIMIT_S)

    stopping = threading.Thread(target=desk.spool.stop)
    stopping.start()
    assert desk.spool._ending.wait(LIMIT_S)
    desk.tickets.hold.set()
    stopping.join(LIMIT_S)

    assert not stopping.is_alive()
    assert desk.tickets.made == [in_hand]
    assert "printer" not in {thread.name for thread in threading.enumerate()}
