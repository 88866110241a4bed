"""A damaged file of the queue is replaced: what can still be read is kept, no number comes twice.

Nobody knows for sure which numbers the damaged file gave out today. So whatever the new one gives
out today bears a letter that nobody has had today; from tomorrow on each field has its own again.
The damaged file stays where it is. The new one is made under another name, and has its turn when
that becomes its own: killed before, the queue is as damaged as it was; killed after, it is new.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from counter.errors import NoReserve, QueueDamaged, QueueSound
from counter.folder import folder_error, one_at_a_time, sync_folder
from counter.office import tickets
from counter.office.file import (
    begin_writing,
    connect,
    fold_log,
    following,
    newest,
    reading_engine,
    remove_file,
    turn_of,
)
from counter.office.line import Line
from counter.office.office import Office
from counter.office.tables import Base, PlaceRow, RenewalRow, SeriesRow, TicketRow
from counter.values import local_day, uuid7

LETTERS = "FJRSTUVW"
"""Taken for a day, one after the other; the letters of places begin at the other end."""

RESERVE_LETTERS = "IOX"
"""The same for the reserve, which may be renewed on the same day."""

TOGETHER = (
    ("place",),
    ("series", "day_key", "ticket", "errand", "period", "call"),
    ("booking",),
    ("rating",),
    ("typed_call",),
    ("doubt",),
    ("help",),
)
"""Tables that are kept or lost together, each after those it names."""

_OF_TICKETS = TOGETHER[1]

COPIED = ("place", "series", "booking", "rating")
"""Of these, what an earlier copy is asked for when it cannot be read any more."""

_UNREADABLE = (DBAPIError, QueueDamaged, ValueError, TypeError)
"""What reading a damaged table raises; the last two when a value is none of its kind."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of a damaged file.

    Attributes:
        damaged: Its name; it stays where it is.
        file: The name of the file that has its turn now.
        letter: What every number bears that this one gives out today.
        lost: Of what could not be read whole, the first table's name.
        copied: Of these, what was taken from an earlier copy; of tickets only those of past days.
    """

    damaged: str
    file: str
    letter: str
    lost: tuple[str, ...]
    copied: tuple[str, ...] = ()


def is_damaged(office: Office) -> bool:
    """Read the whole file; tell whether anything in it cannot be trusted."""
    try:
        with office.reading() as session:
            if session.execute(text("PRAGMA integrity_check(1)")).scalar() != "ok":
                return True
            for table in Base.metadata.sorted_tables:
                for _row in session.execute(select(table)):
                    pass
    except (QueueDamaged, ValueError, TypeError):  # the last two when a value is none of its kind
        return True
    return False


def is_whole(copy: Engine) -> bool:
    """Tell whether every table of an earlier copy can be read to its end."""
    try:
        with copy.connect() as connection:
            for table in Base.metadata.sorted_tables:
                for _row in connection.execute(select(table)):
                    pass
    except _UNREADABLE:
        return False
    return True


def renew(
    office: Office,
    *,
    used: Collection[str],
    moment: datetime,
    letters: str = LETTERS,
    copy: Engine | None = None,
    of_copy: Collection[str] = COPIED,
) -> Renewed:
    """Let a new file take the turn of the damaged one of *office*; it is on disk with its name.

    Other programs may be at work: each goes on with the new file from its next transaction on.

    Args:
        used: Letters that are in use: of fields and of places.
        letters: Whence the new one is taken.
        copy: Reads an earlier copy of the file; None when there is none.
        of_copy: Which of ``COPIED`` it is asked for.

    Raises:
        QueueSound: The file is not damaged, or another program was faster.
        NoReserve: Every letter is in use.
        StoreBusy: Another program holds the file.
        DiskFull, StoreReadOnly: It cannot be written; nothing was changed.
    """
    home = office.home
    if home is None:
        raise QueueSound
    try:
        with one_at_a_time(home.with_name(f"{home.name}-turn")):
            if not is_damaged(office):
                raise QueueSound
            damaged, file = newest(home), following(home)
            day = local_day(moment)
            free = [one for one in letters if one not in used]
            letter = _choose(free, turn_of(file), _seen_in(office, day))
            part = file.with_name(f"{file.name}.part")
            remove_file(part)
            try:
                with _held(damaged, home):
                    renewal = RenewalRow(day=day, letter=letter)
                    lost, copied = _make(part, office, renewal, copy, of_copy)
                    part.rename(file)
                    sync_folder(file.parent)
            finally:
                remove_file(part)
    except OSError as error:
        raise folder_error(error) from error
    return Renewed(damaged.name, file.name, letter, lost, copied)


def begin_anew(session: Session, day: date, used: Collection[str]) -> None:
    """Give a file that is new, after another was taken away, a letter of its own for *day*.

    One that took the turn of a damaged file has it already.

    Raises:
        NoReserve: Every letter is in use.
    """
    if tickets.letter_of(session, day) is None:
        free = [one for one in LETTERS if one not in used]
        session.add(RenewalRow(day=day, letter=_choose(free, -1, set())))
        session.flush()


def take_up(
    session: Session, number: str, *, given_by: str, fields: Collection[str], moment: datetime
) -> None:
    """Write down a number that somebody holds and that a file renewed today does not know.

    Nothing is changed where the number is known, or where it may yet be told by another place.
    """
    day = local_day(moment)
    parts = tickets.NUMBER.fullmatch(number)
    letter = tickets.letter_of(session, day)
    if parts is None or letter is None or tickets.find(session, day, number) is not None:
        return
    if parts[1] in {letter, *session.scalars(select(PlaceRow.letter))}:
        return
    service = parts[1] if parts[1] in fields else next(iter(fields))
    row = TicketRow(
        id=uuid7(moment),
        day=day,
        letter=parts[1],
        number=int(parts[2]),
        service=service,
        priority=None,
        issued_at=moment,
        given_by=given_by,
        state=tickets.State.WAITING,
        counter=None,
    )
    tickets.add(session, row, (service,), None)


def _choose(free: Sequence[str], turn: int, seen: Collection[str]) -> str:
    """Return the letter for the file of this *turn*: another one for each, and none that was seen.

    So it is not needed to know what the files before it had, of which nothing may be readable.
    """
    for place in range(len(free)):
        letter = free[(turn + place) % len(free)]
        if letter not in seen:
            return letter
    raise NoReserve


def _seen_in(office: Office, day: date) -> set[str]:
    """Return the letters that places hold or numbers of *day* bear, as far as it can be read."""
    seen: set[str] = set()
    damaged = reading_engine(newest(office.home or Path()))
    for statement in (
        select(PlaceRow.letter),
        select(RenewalRow.letter).where(RenewalRow.day == day),
        select(SeriesRow.letter).where(SeriesRow.day == day),
        select(TicketRow.letter).where(TicketRow.day == day).distinct(),
    ):
        with suppress(*_UNREADABLE), damaged.connect() as connection:
            seen.update(connection.scalars(statement))
    return seen


def _make(
    part: Path,
    office: Office,
    renewal: RenewalRow,
    copy: Engine | None,
    of_copy: Collection[str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make the new file; return what is lost of the damaged one, and what of it a copy had."""
    lost: list[str] = []
    copied: list[str] = []
    damaged = reading_engine(newest(office.home or Path()))
    with closing(Office(part)) as made:
        for names in TOGETHER:
            if _keep(damaged, made, names, without_tickets="series" in lost):
                continue
            lost.append(names[0])
            is_asked = names[0] in COPIED and names[0] in of_copy
            if copy is not None and is_asked and _keep(copy, made, names, renewal.day):
                copied.append(names[0])
        with made.writing() as session:
            session.add(renewal)
        fold_log(made.engine)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return tuple(lost), tuple(copied)


def _keep(
    engine: Engine,
    made: Office,
    names: tuple[str, ...],
    before: date | None = None,
    *,
    without_tickets: bool = False,
) -> bool:
    """Take some tables over whole; False when one cannot be read, or does not fit what it names.

    Args:
        before: Of tickets, only those of days before this one.
        without_tickets: The tickets that bookings name are not there.
    """
    tables = [Base.metadata.tables[name] for name in names]
    try:
        with engine.connect() as connection:
            read = [(one, _rows(connection, one, before)) for one in tables]
    except _UNREADABLE:
        return False
    try:
        with made.writing() as session:
            for table, rows in read:
                told = rows
                if table.name == "booking" and (without_tickets or before is not None):
                    told = [{**row, "ticket": None} for row in rows]
                if told:
                    session.execute(insert(table), told)
    except IntegrityError:
        return False
    return True


def _rows(connection: Connection, table: Table, before: date | None) -> list[dict[str, object]]:
    statement = select(table)
    if before is not None and table.name in _OF_TICKETS:
        past = select(TicketRow.row).where(TicketRow.day < before)
        statement = statement.where(
            table.c.ticket.in_(past) if table.name == "period" else table.c.day < before
        )
    return [dict(row) for row in connection.execute(statement).mappings()]


@contextmanager
def _held(damaged: Path, home: Path) -> Iterator[None]:
    """Let nobody write into the damaged file meanwhile, where it can still be told so."""
    connection = connect(damaged)
    try:
        with suppress(QueueDamaged):
            begin_writing(connection, Line(home))
        yield
    finally:
        connection.close()
