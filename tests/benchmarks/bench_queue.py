"""How long a call takes at a busy commune, on both databases, beside a bare commit in the same run.

Twenty counters, each a program of its own, that take and call numbers together: first five a
second, ten times what twenty counters of a busy commune do (300 dossiers a day each, half of them
in the two busiest hours, are under one act a second), then forty a second, to see where it bends.
Run by name: ``python3 run.py bench queue``.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from counter.office import looking
from counter.office.office import Office
from counter.office.tables import DoubtRow
from counter.values import local_day, uuid7
from tests.counter.office.load import open_office, run_clients
from tests.postgres import BINARIES, Server

COUNTERS = 20
LOADS = {"5/s": (30, 8.0), "40/s": (60, 1.0)}
"""Acts of each counter, and its longest pause between two of them in seconds."""

WARM = 10
"""First acts of each program that are not counted: its connection and statements are new."""

ALONE = 200

LIMITS_MS = {("5/s", "call"): 30.0}
"""What the p95 of an act may be at a load."""


def commit(office: Office) -> None:
    """Write one row and commit: the least a call can cost."""
    moment = datetime.now(UTC)
    with office.writing() as session:
        session.add(DoubtRow(id=uuid7(moment), at=moment))


def look(office: Office) -> None:
    """Look whether anything changed, and read what the board shows."""
    with office.reading() as session:
        looking.mark(session)
        looking.last_calls(session, local_day(datetime.now(UTC)), 6)


def measure(url: str, path: str, load: str) -> dict[str, list[tuple[float, float]]]:
    """Return the seconds of each act at a load, all of them and the processor's."""
    acts, pace_s = LOADS[load]
    with closing(open_office(url, path)) as office:
        look(office)
        done = run_clients(url, path, clients=COUNTERS, acts=acts, pace_s=pace_s)
        spans = {
            "take": [span for one in done for span in one.take_s[WARM:]],
            "call": [span for one in done for span in one.call_s[WARM:]],
        }
        for name, act in (("commit", partial(commit, office)), ("board", partial(look, office))):
            spans[name] = []
            for _ in range(ALONE):
                began, own = perf_counter(), thread_time()
                act()
                spans[name].append((perf_counter() - began, thread_time() - own))
    return spans


def report(kind: str, load: str, spans: dict[str, list[tuple[float, float]]]) -> None:
    """Print p50 and p95 of each act in milliseconds."""
    for name, times in spans.items():
        walls = quantiles([wall * 1000 for wall, _own in times], n=20)
        own = quantiles([own * 1000 for _wall, own in times], n=20)
        figures = f"{walls[9]:9.1f}{walls[18]:9.1f}{own[9]:12.1f}{own[18]:12.1f}"
        line = f"{kind:12}{load:6}{name:10}{figures}"
        limit = LIMITS_MS.get((load, name))
        if limit is not None:
            kept = "đạt" if walls[18] <= limit else "CHƯA ĐẠT"
            line += f"   call-next p95 <= {limit:.0f} ms: {kept}"
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def main() -> int:
    """Measure both databases."""
    sys.stdout.write(
        f"{'database':12}{'load':6}{'act':10}"
        f"{'p50 ms':>9}{'p95 ms':>9}{'own p50 ms':>12}{'own p95 ms':>12}\n"
    )
    with ExitStack() as house:
        folder = Path(house.enter_context(TemporaryDirectory()))
        server = Server() if BINARIES else None
        if server is not None:
            house.callback(server.stop)
        for load in LOADS:
            file = str(folder / f"office-{len(list(folder.iterdir()))}.db")
            report("sqlite", load, measure("", file, load))
            if server is not None:
                report("postgresql", load, measure(server.new_database(), "", load))
    return 0


if __name__ == "__main__":
    sys.exit(main())
