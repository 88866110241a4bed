"""How long a reception takes to be on disk, beside the same rows written with bare sqlite3.

Run by name: ``python3 run.py bench save``. Both write in turn in one run, so the ratio holds on a
noisy machine. The bare side has the same pragmas, no encryption and no mapping.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from counter.desk import reception
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.folder import DataFolder
from counter.store import leases
from counter.values import CitizenNumber, DossierId, PartialDate, Sex, local_day, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked

RESOURCES = Path(__file__).parents[2] / "resources"
ROUNDS = 400
WARM_UP = 30

BARE_TABLES = """
CREATE TABLE dossier (row INTEGER PRIMARY KEY, id BLOB UNIQUE, code TEXT UNIQUE, name TEXT,
  number TEXT, status INTEGER, received TEXT, due TEXT, rest TEXT);
CREATE INDEX ix1 ON dossier (number); CREATE INDEX ix2 ON dossier (status);
CREATE INDEX ix3 ON dossier (received); CREATE INDEX ix4 ON dossier (due);
CREATE TABLE paper (row INTEGER PRIMARY KEY, dossier INTEGER, position INTEGER, name TEXT,
  originals INTEGER, certified INTEGER, copies INTEGER, UNIQUE (dossier, position));
CREATE TABLE fee (row INTEGER PRIMARY KEY, dossier INTEGER, position INTEGER, code TEXT,
  amount INTEGER, UNIQUE (dossier, position));
CREATE TABLE history (row INTEGER PRIMARY KEY, dossier INTEGER, position INTEGER, at TEXT,
  event TEXT, status INTEGER, UNIQUE (dossier, position));
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, key BLOB UNIQUE, dossier BLOB, dossier_seq INTEGER,
  body TEXT, digest TEXT, state TEXT, UNIQUE (dossier, dossier_seq));
CREATE INDEX ix5 ON outbox (state);
CREATE TABLE print (job BLOB PRIMARY KEY, dossier INTEGER, asked TEXT);
CREATE TABLE count (name TEXT PRIMARY KEY, last INTEGER);
CREATE TABLE lease (id INTEGER PRIMARY KEY, next INTEGER);
INSERT INTO count VALUES ('book', 0); INSERT INTO lease VALUES (1, 1);
"""


def main() -> int:
    """Print both sides and their ratio; fail when a measure of the desk does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        opening = Opening(
            folder=DataFolder(Path(folder) / "desk"),
            settings_path=RESOURCES / "demo" / "site.toml",
            training=True,
            resources=RESOURCES,
            clock=lambda: datetime(2026, 11, 25, 2, tzinfo=UTC),
        )
        with open_desk(opening) as context:
            lend(context)
            bare = open_bare(Path(folder))
            desk_ms, walk_in_ms, bare_ms = [], [], []
            for number in range(ROUNDS + WARM_UP):
                desk_ms.append(timed(lambda: receive(context, "A001")))
                bare_ms.append(timed(partial(write_bare, bare, number)))
                walk_in_ms.append(timed(lambda: receive(context, None)))
            bare.close()
    desk, plain = sorted(desk_ms[WARM_UP:]), sorted(bare_ms[WARM_UP:])
    walk_in = sorted(walk_in_ms[WARM_UP:])
    for name, values in (
        ("desk", desk),
        ("bare sqlite3", plain),
        ("desk, with a new ticket", walk_in),
    ):
        print(f"{name:24} p50 {at(values, 50):6.2f} ms   p95 {at(values, 95):6.2f} ms")
    ratio = at(desk, 50) / at(plain, 50)
    print(f"ratio of p50 {ratio:.1f} (at most 8); desk p95 at most 15 ms")
    return 0 if ratio <= 8 and at(desk, 95) <= 15 else 1


def lend(context: Context) -> None:
    """Give the desk numbers enough for the whole run."""
    day = local_day(context.clock())
    agency = context.settings.settings.office.agency_code
    with context.store.writing() as session:
        asked = leases.ask_for(
            session, key=uuid4(), agency=agency, day=day, count=999, moment=context.clock()
        )
        lease = leases.Lease(
            id=UUID(int=1),
            agency=agency,
            day=day,
            first=1,
            last=9999,
            width=4,
            prefix=f"{agency}-{day:%y%m%d}-",
            expires_at=context.clock() + timedelta(days=2),
        )
        leases.grant(session, asked, lease)


def receive(context: Context, ticket: str | None) -> None:
    """Receive one dossier with two papers and one fee; without a ticket it is given one."""
    asked = ReceptionAsked(
        dossier_id=DossierId(uuid7()),
        applicant=Applicant(
            full_name="Nguyễn Thị Mẫu",
            number=CitizenNumber("001199012345"),
            birth_date=PartialDate(1999, 1, 31),
            sex=Sex.FEMALE,
            address="Thôn 1, xã Thử Nghiệm, tỉnh Mẫu",
            phone="0912000001",
            email=None,
            source=IdentitySource.MANUAL,
            verdict=None,
        ),
        procedure_code="1.001193",
        papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0)),
        noticed_at=context.clock(),
        ticket=ticket,
    )
    reception.receive(context, asked)


def open_bare(folder: Path) -> sqlite3.Connection:
    """Open a bare database with the pragmas of the desk's."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(BARE_TABLES)
    return connection


def write_bare(connection: sqlite3.Connection, number: int) -> None:
    """Write what a reception writes, in one transaction."""
    body = "x" * 2400
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE lease SET next = next + 1")
    connection.execute("UPDATE count SET last = last + 1")
    row = connection.execute(
        "INSERT INTO dossier VALUES (NULL, ?, ?, 'n', '1', 2, '', '', ?)",
        (uuid4().bytes, str(number), "x" * 300),
    ).lastrowid
    for position in (0, 1):
        connection.execute("INSERT INTO paper VALUES (NULL, ?, ?, 'p', 1, 0, 0)", (row, position))
    connection.execute("INSERT INTO fee VALUES (NULL, ?, 0, 'f', 0)", (row,))
    connection.execute("INSERT INTO history VALUES (NULL, ?, 1, '', 'received', 2)", (row,))
    connection.execute(
        "INSERT INTO outbox VALUES (NULL, ?, ?, 1, ?, ?, 'waiting')",
        (uuid4().bytes, uuid4().bytes, body, "d" * 64),
    )
    connection.execute("INSERT INTO print VALUES (?, ?, '')", (uuid4().bytes, row))
    connection.execute("COMMIT")


def timed(work: Callable[[], None]) -> float:
    """Return how many milliseconds *work* takes."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def at(values: list[float], percent: int) -> float:
    """Return the value *percent* of the sorted *values* are not above."""
    return values[min(len(values) - 1, len(values) * percent // 100)]


if __name__ == "__main__":
    sys.exit(main())
