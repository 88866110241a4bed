"""Kiosks and counters in processes of their own, made to be killed while they write.

Each tells what it promised, one line at a time, in a file of its own: ``taken A001`` is a number a
citizen holds, ``called A001`` one that a board has shown. A line is told when its transaction has
ended; with the mistake ``early`` it is told before, as a machine does that prints first.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import cast

from sqlalchemy import select

from counter.errors import QueueAway
from counter.office import calling, tickets
from counter.office import office as office_room
from counter.office.office import Office
from counter.office.tables import CallRow, ErrandRow, PeriodRow, TicketRow
from counter.office.tickets import LIVE, Place, Wanted
from counter.values import uuid7
from tests.counter.office.load import faults_of, open_office, programs

AGAIN_S = 0.05
PRINTING_S = 0.5
"""How long the machine that prints first is at its paper before it keeps the number."""


@dataclass(frozen=True)
class Writer:
    """One kiosk or counter.

    Attributes:
        url: The server; empty with a *path*.
        told: File of what it promised.
        early: The mistake.
    """

    url: str
    path: str
    told: Path
    is_kiosk: bool
    early: bool = False


def begin(writer: Writer) -> BaseProcess:
    """Start one, in a process that has imported everything already."""
    context = cast("multiprocessing.context.SpawnContext", programs(__name__))
    process = context.Process(target=write, args=(writer,), daemon=True)
    process.start()
    return process


def write(writer: Writer) -> None:
    """Take numbers, or call them, until killed."""
    office_room.AWAY_S = 0.0
    told = os.open(writer.told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    act = _take if writer.is_kiosk else _call
    with closing(open_office(writer.url, writer.path)) as office:
        while True:
            try:
                act(writer, office, told)
            except QueueAway:
                threading.Event().wait(AGAIN_S)


def _take(writer: Writer, office: Office, told: int) -> None:
    moment = datetime.now(UTC)
    service = Random(moment.timestamp()).choice("AB")
    wanted = Wanted(id=uuid7(moment), services=(service,), given_by=writer.told.stem)
    with office.writing() as session:
        number = tickets.number_of(tickets.take(session, wanted, moment))
        if writer.early:
            _tell(told, "taken", number)
            threading.Event().wait(PRINTING_S)
    if not writer.early:
        _tell(told, "taken", number)


def _call(writer: Writer, office: Office, told: int) -> None:
    with office.writing() as session:
        called = calling.call_next(session, Place(writer.told.stem), datetime.now(UTC))
    if called is None:
        threading.Event().wait(AGAIN_S)
    else:
        _tell(told, "called", called.number)


def _tell(told: int, what: str, number: str) -> None:
    os.write(told, f"{what} {number}\n".encode("ascii"))


def promised(folder: Path, what: str) -> Iterator[str]:
    """Return the numbers of which somebody told *what*."""
    for file in sorted(folder.glob("*.told")):
        for line in file.read_text(encoding="ascii").splitlines():
            act, number = line.split()
            if act == what:
                yield number


def faults_after(office: Office, folder: Path) -> list[str]:
    """Return everything that is wrong when all writers are dead."""
    called = set(promised(folder, "called"))
    found = faults_of(office, promised(folder, "taken"), promised(folder, "called"))
    with office.reading() as session:
        rows = session.scalars(select(TicketRow)).all()
        calls = Counter(session.scalars(select(CallRow.ticket)))
        periods = session.scalars(select(PeriodRow).where(PeriodRow.ended_at.is_(None))).all()
        errands = Counter(
            session.scalars(select(ErrandRow.ticket).where(ErrandRow.ended_at.is_(None)))
        )
    states = {period.ticket: period.state for period in periods}
    if len(periods) != len(rows):
        found.append("a ticket has no state now, or two")
    for row in rows:
        number = tickets.number_of(row)
        if states.get(row.row) != row.state:
            found.append(f"{number} is {row.state}, its period says {states.get(row.row)}")
        if (errands[row.row] == 1) != (row.state in LIVE):
            found.append(f"{number} is {row.state} with {errands[row.row]} errands")
        if calls[row.row] != (row.state != "waiting"):
            found.append(f"{number} is {row.state} with {calls[row.row]} calls")
        called.discard(number)
    return found + [f"{number} was called but is not there" for number in called]
