"""How long the hourly backup holds the counter's thread, and what an act waits beside it.

Run by name: ``python3 run.py bench backup``. A gigabyte of made-up sealed files is backed up while
the same thread does what an officer's acts cost it: a transaction every ten milliseconds, and the
emptying of the log every second. The acts are timed before and beside the backup.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import perf_counter

from counter.desk.context import Context
from counter.desk.hourly import HourlyBackups
from counter.desk.opening import Opening, open_desk
from counter.folder import DataFolder
from counter.store.store import note_mark

RESOURCES = Path(__file__).parents[2] / "resources"
FILES, FILE_BYTES = 1024, 1 << 20
HELD_MS = 50.0
"""Most that the counter's thread may be held by the backup itself."""

CALM_ACTS, LONGEST_S = 300, 300.0


def main() -> int:
    """Print what was held and waited; fail when the thread was held longer than it may be."""
    with tempfile.TemporaryDirectory() as place:
        opening = Opening(
            folder=DataFolder(Path(place) / "desk"),
            settings_path=RESOURCES / "demo" / "site.toml",
            training=True,
            resources=RESOURCES,
            clock=lambda: datetime(2026, 11, 25, 2, tzinfo=UTC),
        )
        with open_desk(opening) as context:
            fill(context.store.files)
            into = opening.folder.root / "backup"
            calm = [act(context) for _ in range(CALM_ACTS)]
            backups, held, beside, emptying = HourlyBackups(), [], [], []
            began = perf_counter()
            held.append(timed(lambda: backups.turn(context, into)))
            emptied = perf_counter()
            while not list(into.glob("*.motcua")) and perf_counter() - began < LONGEST_S:
                beside.append(act(context))
                if perf_counter() - emptied > 1:
                    emptying.append(timed(context.store.forget_deleted))
                    emptied = perf_counter()
            backups.wait(LONGEST_S)
            took_s = perf_counter() - began
            held.append(timed(lambda: backups.turn(context, into)))
            made = sum(path.stat().st_size for path in into.glob("*.motcua"))
    print(f"backed up {made / 1e9:.2f} GB in {took_s:.1f} s")
    tell("act, calm", calm)
    tell("act, beside the backup", beside)
    tell("emptying the log", emptying)
    print(f"held by the backup at most {max(held):.1f} ms (at most {HELD_MS:.0f})")
    return 0 if max(held) <= HELD_MS else 1


def fill(folder: Path) -> None:
    """Put a gigabyte among the files of dossiers, as scans look at rest."""
    folder.mkdir(exist_ok=True)
    for number in range(FILES):
        (folder / f"{number:064x}").write_bytes(os.urandom(FILE_BYTES))


def act(context: Context) -> float:
    """Write what an officer's act writes at least; return how many milliseconds it took."""

    def write() -> None:
        with context.store.writing() as session:
            note_mark(session, "benchmark", os.urandom(1000).hex())

    took = timed(write)
    Event().wait(0.01)
    return took


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds *work* takes."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def tell(name: str, values: list[float]) -> None:
    """Print how the *values* lie, in milliseconds."""
    ordered = sorted(values)
    print(
        f"{name:24} {len(ordered):5} times   p50 {ordered[len(ordered) // 2]:6.1f} ms"
        f"   p99 {ordered[len(ordered) * 99 // 100]:6.1f} ms   longest {ordered[-1]:6.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
