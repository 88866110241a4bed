"""How one desk is, in numbers and known words only: what the province may gather without a name.

A desk writes one small file into a shared folder and writes it over each hour; the command
``fleet`` reads what lies there. The value has no field that could hold a sentence: a text is
refused unless its field has a form in ``CODES``.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from counter.datafiles import checked, dotted
from counter.errors import HealthNotTold
from counter.folder import DataFolder
from counter.machine import machine_mark
from counter.work import CheckState

FORMAT = 1
MOST_BYTES = 4096
"""Of one file; one desk's takes about 900."""

MOST = 10**10
"""No number of a desk comes near it, whatever it counts."""

CODES = {
    "office": re.compile(r"[0-9A-Z.]{3,40}"),
    "desk": re.compile(r"[0-9A-Z][0-9A-Z.-]{1,39}"),
    "machine": re.compile(r"[0-9a-f]{8}"),
    "version": re.compile(r"[0-9]{1,4}([.][0-9]{1,4}){1,3}((a|b|rc)[0-9]{1,3})?"),
}
"""The only texts of a desk's health, by field, and the form each must have."""

YEARS = range(1970, 2200)
"""A computer whose clock stopped still tells how it is; nothing lies further away."""


@dataclass(frozen=True, slots=True)
class DeskHealth:
    """How one desk is. Ages are whole seconds at the moment it was told; None is never or unknown.

    Attributes:
        format: Of the file; a reader knows only its own.
        office: The agency's code.
        machine: Random, told apart from any other computer's; it names none.
        serial: Of the last package of the province that was taken, settings or program; 0 before
            the first, None where it cannot be read.
        turn: From what share of the desks on this one takes that package, 1 to 100.
        at: When it was told, with its offset.
        since: When this computer first told of this desk.
        is_open: False when the program was closed in order after this.
        uptime_s: Since the program was started.
        unsent: Messages that wait to be sent.
        parked: Messages that wait for an officer, those in conflict with the portal among them.
        numbers_left: Dossier numbers for today.
        backup_age_s: Since the newest hourly backup was made, as ``hourly.find_age`` tells; the
            folder is not looked into.
        portal_seal_age_s: Of the newest seal of the audit chain the portal was seen to hold.
        disk_free_mb: Where the desk's data lies.
        clock_skew_s: How far the portal's clock is ahead of this one.
        checked_at: When the officer last had every part checked; devices and portal tell of
            themselves in between.
        crash_reports: Reports of faults that nobody has looked at.
        reading_only: The disk takes nothing, or the database is damaged.
        went_back_from: The serial of the program taken last, when it does not come up and the one
            before runs.
    """

    format: int
    office: str
    desk: str
    machine: str
    version: str
    serial: int | None
    turn: int | None
    at: datetime
    since: datetime
    is_open: bool
    uptime_s: int
    unsent: int
    parked: int
    oldest_unsent_s: int | None
    numbers_left: int
    backup_age_s: int | None
    backup_failed: bool
    seal_age_s: int | None
    portal_seal_age_s: int | None
    disk_free_mb: int
    clock_skew_s: int | None
    crash_reports: int
    reading_only: bool
    checked_at: datetime | None
    reader: CheckState | None
    receipts: CheckState | None
    tickets: CheckState | None
    scanner: CheckState | None
    database: CheckState | None
    portal: CheckState | None
    trust: CheckState | None
    went_back_from: int | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            if not _is_plain(one.name, getattr(self, one.name)):
                message = f"{one.name} is no number, moment, state or known code"
                raise ValueError(message)

    @property
    def file_name(self) -> str:
        """The file's name; another computer's file of the same desk has another."""
        return f"{self.office}-{self.desk}-{self.machine}.json"


def _is_plain(name: str, value: object) -> bool:
    """Tell whether *value* is of the few kinds that can say nothing of a person."""
    match value:
        case None | bool() | CheckState():
            return True
        case int():
            return abs(value) <= MOST
        case datetime():
            return value.tzinfo is not None and value.year in YEARS
        case str():
            return name in CODES and CODES[name].fullmatch(value) is not None
    return False


def write_health(folder: Path, health: DeskHealth) -> Path:
    """Put *health* in place of what *folder* holds of this desk and computer, whole or not at all.

    A folder that is not there is not made: a share that is away must not become a folder here.

    Raises:
        HealthNotTold: It cannot be written; what was there stays.
    """
    path = folder / health.file_name
    part = folder / f".{health.file_name}.{token_hex(4)}.part"
    try:
        try:
            with part.open("x", encoding="ascii") as file:
                json.dump(asdict(health), file, default=_written)
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):  # a share may keep rights of its own
                part.chmod(0o644)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise HealthNotTold from error
    return path


def _written(value: object) -> str:
    """Write a moment; json knows every other kind that a health may hold."""
    assert isinstance(value, datetime)  # noqa: S101 - the value lets nothing else in
    return value.isoformat(timespec="seconds")


def parse_health(tree: object) -> DeskHealth:
    """Return *tree*, from a file of anybody's, as a desk's health.

    Raises:
        BadData: It is something else.
    """
    return checked(DeskHealth, tree, dotted)


@dataclass(frozen=True, slots=True)
class Machine:
    """One computer as the health of its desk names it: its mark, and since when it tells."""

    mark: str
    since: datetime


def find_machine(folder: DataFolder, machine: str, moment: datetime) -> Machine:
    """Return how this computer is named, making up a mark at the first time.

    The mark is random, and differs where the folder was copied to another computer.

    Args:
        machine: As ``counter.machine.machine_id`` says; empty leaves the random part alone.

    Raises:
        HealthNotTold: The mark cannot be kept.
    """
    path = folder.health_mark
    try:
        salt, mark, since = path.read_text(encoding="ascii").split()
        known = Machine(mark, datetime.fromisoformat(since))
    except (OSError, ValueError):
        salt, known = token_hex(16), None
    mark = machine_mark(machine, salt)[:8]
    if known is not None and known.mark == mark and _is_plain("since", known.since):
        return known
    try:
        path.write_text(f"{salt} {mark} {moment.isoformat()}\n", encoding="ascii")
    except OSError as error:
        raise HealthNotTold from error
    return Machine(mark, moment)
