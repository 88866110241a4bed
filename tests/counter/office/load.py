"""Many clients at one office database, each a process of its own, and what must be true after."""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import BaseContext
from pathlib import Path
from time import perf_counter, thread_time

from sqlalchemy import select

from counter.office import calling, tickets
from counter.office.office import Office
from counter.office.tables import CallRow, TicketRow
from counter.office.tickets import Place, Wanted
from counter.values import uuid7


@dataclass(frozen=True)
class Client:
    """What one client does.

    Attributes:
        url: The server; empty with a *path*.
        acts: How many numbers it takes, and how often it calls.
        pace_s: Longest pause between two acts; 0 is as fast as it can.
    """

    url: str
    path: str
    number: int
    acts: int
    pace_s: float


@dataclass(frozen=True)
class Done:
    """What one client was told, with the seconds of each act: all of them, and the processor's."""

    taken: list[str]
    called: list[str]
    call_s: list[tuple[float, float]]
    take_s: list[tuple[float, float]]


def open_office(url: str, path: str) -> Office:
    """Open the office database as a desk does."""
    return Office(None, url) if url else Office(Path(path))


def work(client: Client) -> Done:
    """Take a number, call a number, and so on."""
    done = Done([], [], [], [])
    chance = random.Random(client.number)
    place = Place(f"Quầy {client.number}", f"can-bo-{client.number}")
    pause = threading.Event()
    with closing(open_office(client.url, client.path)) as office:
        for _ in range(client.acts):
            pause.wait(chance.random() * client.pace_s)
            began, own = perf_counter(), thread_time()
            moment = datetime.now(UTC)
            with office.writing() as session:
                wanted = Wanted(
                    id=uuid7(moment),
                    services=(chance.choice("ABC"),),
                    given_by=f"K{client.number}",
                    priority=chance.choice([None, None, "NCT"]),
                )
                row = tickets.take(session, wanted, moment)
                taken = tickets.number_of(row)
            done.take_s.append((perf_counter() - began, thread_time() - own))
            done.taken.append(taken)
            pause.wait(chance.random() * client.pace_s)
            began, own = perf_counter(), thread_time()
            with office.writing() as session:
                called = calling.call_next(session, place, datetime.now(UTC))
            done.call_s.append((perf_counter() - began, thread_time() - own))
            if called is not None:
                done.called.append(called.number)
    return done


def programs(module: str) -> BaseContext:
    """Return how programs of *module* are begun: from one that has imported it, where there is."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    begun = multiprocessing.get_context("forkserver")
    begun.set_forkserver_preload([module])
    return begun


def run_clients(url: str, path: str, *, clients: int, acts: int, pace_s: float) -> list[Done]:
    """Let *clients* work at once and return what each was told."""
    with ProcessPoolExecutor(clients, mp_context=programs(__name__)) as pool:
        orders = [Client(url, path, number, acts, pace_s) for number in range(1, clients + 1)]
        return list(pool.map(work, orders))


def call_rest(office: Office) -> list[str]:
    """Call whoever still waits, at one more counter."""
    rest: list[str] = []
    while True:
        with office.writing() as session:
            moment = datetime.now(UTC) + timedelta(seconds=1)
            called = calling.call_next(session, Place("Quầy cuối"), moment)
        if called is None:
            return rest
        rest.append(called.number)


def faults_of(office: Office, taken: Iterable[str], called: Iterable[str]) -> list[str]:
    """Return what is wrong: numbers given twice, holes in a series, tickets called twice.

    Args:
        taken: What clients were told they took.
        called: What they were told they called.
    """
    with office.reading() as session:
        rows = session.scalars(select(TicketRow)).all()
        calls = Counter(session.scalars(select(CallRow.ticket)))
        numbers = {row.row: tickets.number_of(row) for row in rows}
    found = [f"{number} was taken twice" for number, n in Counter(taken).items() if n > 1]
    found += [f"{number} was called twice" for number, n in Counter(called).items() if n > 1]
    found += [f"{numbers[row]} has {n} calls" for row, n in calls.items() if n > 1]
    series: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        series.setdefault((row.day.isoformat(), row.letter), []).append(row.number)
    for name, line in series.items():
        if sorted(line) != list(range(1, len(line) + 1)):
            found.append(f"series {name} has a hole or a number twice")
    found += [
        f"{number} was promised but is not there" for number in set(taken) - set(numbers.values())
    ]
    return found
