"""How long a call takes at a busy commune, on both databases, beside a bare commit in the same run.

Twenty counters, each with its own connection, forty people waiting; an act every fifth of a second,
half numbers taken and half called: some twenty times what twenty counters do. Run by name from the
top of the house: ``python -m tests.benchmarks.bench_queue``.
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from counter.office import calling, looking, tickets
from counter.office.office import Office
from counter.office.tables import DoubtRow
from counter.office.tickets import Place, Wanted
from counter.values import local_day, uuid7
from tests.postgres import BINARIES, Server

COUNTERS = 20
WAITING = 40
ACTS = 120
EVERY_S = 0.2


def take(office: Office, number: int) -> None:
    """Take a number of one of three services."""
    moment = datetime.now(UTC)
    with office.writing() as session:
        wanted = Wanted(
            id=uuid7(moment),
            services=("ABC"[number % 3],),
            given_by="K01",
            priority="NCT" if number % 4 == 0 else None,
        )
        tickets.take(session, wanted, moment)


def call(office: Office, number: int) -> None:
    """Call the next number to one of the counters."""
    with office.writing() as session:
        place = Place(f"Quầy {number % COUNTERS}", "can-bo")
        calling.call_next(session, place, datetime.now(UTC))


def commit(office: Office, _number: int) -> None:
    """Write one row and commit: the least a call can cost."""
    moment = datetime.now(UTC)
    with office.writing() as session:
        session.add(DoubtRow(id=uuid7(moment), at=moment))


def look(office: Office, _number: int) -> None:
    """Look whether anything changed, and read what the board shows."""
    with office.reading() as session:
        looking.mark(session)
        looking.last_calls(session, local_day(datetime.now(UTC)), 6)


def measure(offices: list[Office]) -> dict[str, list[tuple[float, float]]]:
    """Return wall and own processor time of each act, in milliseconds."""
    spans: dict[str, list[tuple[float, float]]] = {
        n: [] for n in ("take", "call", "commit", "board")
    }
    works = (("take", take), ("call", call), ("commit", commit), ("board", look))

    def timed(name: str, act: partial[None]) -> None:
        began, own = perf_counter(), thread_time()
        act()
        spans[name].append(((perf_counter() - began) * 1000, (thread_time() - own) * 1000))

    for number in range(WAITING):
        take(offices[number % COUNTERS], number)
    for office in offices:
        look(office, 0)
    pause = threading.Event()
    with ThreadPoolExecutor(COUNTERS) as counters:
        for number in range(ACTS * len(works)):
            name, work = works[number % len(works)]
            counters.submit(timed, name, partial(work, offices[number % COUNTERS], number))
            pause.wait(EVERY_S / 2)
    return spans


def report(kind: str, spans: dict[str, list[tuple[float, float]]]) -> None:
    """Print p50 and p95 of each act."""
    for name, times in spans.items():
        walls = quantiles([wall for wall, _own in times], n=20)
        own = quantiles([own for _wall, own in times], n=20)
        line = f"{kind:12}{name:10}{walls[9]:9.1f}{walls[18]:9.1f}{own[9]:12.1f}{own[18]:12.1f}\n"
        sys.stdout.write(line)
        sys.stdout.flush()


def main() -> int:
    """Measure both databases."""
    sys.stdout.write(
        f"{'database':12}{'act':10}{'p50 ms':>9}{'p95 ms':>9}{'own p50 ms':>12}{'own p95 ms':>12}\n"
    )
    with ExitStack() as house:
        folder = Path(house.enter_context(TemporaryDirectory()))
        files = [Office(folder / "office.db") for _ in range(COUNTERS)]
        for office in files:
            house.enter_context(closing(office))
        report("sqlite", measure(files))
        if BINARIES:
            server = Server()
            house.callback(server.stop)
            url = server.new_database()
            servers = [house.enter_context(closing(Office(None, url))) for _ in range(COUNTERS)]
            report("postgresql", measure(servers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
