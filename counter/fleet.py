"""The health of many desks, read from one folder and judged: whom somebody should go and see.

The folder is shared, so every file in it may be anybody's: it is read within a limit, checked
whole, and what is no desk's health is named with the reason and never believed.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from counter.calendar import WorkCalendar
from counter.errors import BadData, FleetFolderAway
from counter.health import FORMAT, MOST_BYTES, DeskHealth, parse_health
from counter.values import CLOCK_WRONG_S
from counter.work import CheckState

MOST_FILES = 20_000
"""No province has so many desks; more is somebody filling the folder."""

SILENT_MINUTES = 120
"""Working time after which an open desk, which tells each hour, is missed."""

LONG_SILENT = timedelta(days=30)
"""After so long nobody needs the calendar to miss a desk."""

OLD_S = 24 * 3600
"""Seconds after which a message not sent, or a backup, is old."""

DISK_LOW_MB = 2000
AHEAD = timedelta(seconds=CLOCK_WRONG_S)

CHECKS = ("reader", "receipts", "tickets", "scanner", "database", "portal", "trust")
"""Fields of a health that are states of a part."""


class Trouble(StrEnum):
    """Why a desk wants somebody, the worst first."""

    TWO_MACHINES = "two_machines"
    READING_ONLY = "reading_only"
    SILENT = "silent"
    CHECK_FAILED = "check_failed"
    BACKUP_FAILED = "backup_failed"
    BACKUP_OLD = "backup_old"
    UNSENT_OLD = "unsent_old"
    DISK_LOW = "disk_low"
    CLOCK_WRONG = "clock_wrong"
    WENT_BACK = "went_back"
    BEHIND = "behind"


class Unreadable(StrEnum):
    """Why a file is not taken for a desk's health."""

    NO_FILE = "no_file"
    TOO_LARGE = "too_large"
    NO_JSON = "no_json"
    NEWER = "newer"
    NO_HEALTH = "no_health"
    OTHER_NAME = "other_name"


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that is no desk's health; its name is anybody's and is made plain before it is shown.

    Attributes:
        name: At most 120 characters, those that cannot be printed as ``?``.
    """

    name: str
    reason: Unreadable


@dataclass(frozen=True, slots=True)
class DeskJudged:
    """One desk on one computer.

    Attributes:
        silent_s: Seconds since it told of itself, 0 when its clock runs ahead.
        troubles: The worst first; none when all is well.
        failed: The fields of its health whose check failed.
    """

    health: DeskHealth
    silent_s: int
    troubles: tuple[Trouble, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Every desk that tells of itself.

    Attributes:
        desks: Those in the worst trouble first, those without any last.
        versions: How many computers run each version, the newest first.
        replaced: Computers left out, for their desks went on at another computer since.
    """

    desks: tuple[DeskJudged, ...]
    versions: tuple[tuple[str, int], ...]
    replaced: int
    bad_files: tuple[BadFile, ...]

    @property
    def is_well(self) -> bool:
        """Tell whether no desk is in trouble and every file was read."""
        return not self.bad_files and not any(one.troubles for one in self.desks)


def read_fleet(
    folder: Path, step: Callable[[], None] = lambda: None
) -> tuple[tuple[DeskHealth, ...], tuple[BadFile, ...]]:
    """Return what the files of *folder* tell, and those that tell nothing.

    Args:
        step: Called before each file; what it raises ends the reading.

    Raises:
        FleetFolderAway: The folder cannot be read, or holds more files than any province has desks.
    """
    told, bad = [], []
    try:
        with os.scandir(folder) as entries:
            names = []
            for entry in entries:
                if entry.name.endswith(".json"):
                    names.append(entry.name)
                if len(names) > MOST_FILES:
                    raise FleetFolderAway("too many files")
    except OSError as error:
        raise FleetFolderAway from error
    for name in sorted(names):
        step()
        found = _read(folder / name)
        if isinstance(found, DeskHealth):
            told.append(found)
        else:
            bad.append(BadFile(_plain(name), found))
    return tuple(told), tuple(bad)


def _read(path: Path) -> DeskHealth | Unreadable:
    """Return what one file tells, or why it tells nothing."""
    try:
        body = _bytes_of(path)
    except OSError:
        return Unreadable.NO_FILE
    if len(body) > MOST_BYTES:
        return Unreadable.TOO_LARGE
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        return Unreadable.NO_JSON
    told = tree.get("format") if isinstance(tree, dict) else None
    if isinstance(told, int) and told > FORMAT:
        return Unreadable.NEWER
    try:
        health = parse_health(tree)
    except (BadData, ValueError, RecursionError):
        return Unreadable.NO_HEALTH
    if health.format != FORMAT:
        return Unreadable.NO_HEALTH
    return health if health.file_name == path.name else Unreadable.OTHER_NAME


def _bytes_of(path: Path) -> bytes:
    """Return at most one byte more than a health may have; only a plain file is opened.

    A pipe would keep the reader waiting, and a link may lead anywhere.
    """
    ways = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FileNotFoundError
    with os.fdopen(os.open(path, ways), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileNotFoundError
        return file.read(MOST_BYTES + 1)


def _plain(name: str) -> str:
    """Return a file's name as a terminal may show it, whatever somebody called it."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:120])


def judge(
    told: Iterable[DeskHealth],
    bad_files: Sequence[BadFile],
    calendar: WorkCalendar,
    moment: datetime,
) -> Fleet:
    """Return every desk with what is wrong there at *moment*."""
    everybody = tuple(told)
    desks = _without_replaced(everybody, moment)
    machines = Counter((one.office, one.desk) for one in desks)
    newest = max((version_key(one.version) for one in desks), default=(0,))
    judged = []
    for one in desks:
        failed = tuple(name for name in CHECKS if getattr(one, name) is CheckState.FAILED)
        wrong = {
            Trouble.TWO_MACHINES: machines[one.office, one.desk] > 1,
            Trouble.READING_ONLY: one.reading_only,
            Trouble.SILENT: _is_silent(one, calendar, moment),
            Trouble.CHECK_FAILED: bool(failed),
            Trouble.BACKUP_FAILED: one.backup_failed,
            Trouble.BACKUP_OLD: one.backup_age_s is None or one.backup_age_s > OLD_S,
            Trouble.UNSENT_OLD: (one.oldest_unsent_s or 0) > OLD_S,
            Trouble.DISK_LOW: one.disk_free_mb < DISK_LOW_MB,
            Trouble.CLOCK_WRONG: _is_clock_wrong(one, moment),
            Trouble.WENT_BACK: one.went_back_from is not None,
            Trouble.BEHIND: version_key(one.version) < newest,
        }
        silent_s = max(0, (moment - one.at) // timedelta(seconds=1))
        troubles = tuple(trouble for trouble in Trouble if wrong[trouble])
        judged.append(DeskJudged(one, silent_s, troubles, failed))
    running = Counter(one.version for one in desks)
    return Fleet(
        desks=tuple(sorted(judged, key=_rank)),
        versions=tuple(sorted(running.items(), key=lambda v: version_key(v[0]), reverse=True)),
        replaced=len(everybody) - len(desks),
        bad_files=tuple(bad_files),
    )


def version_key(version: str) -> tuple[int, ...]:
    """Return what orders versions: 0.10.0 after 0.9.1, and 1.0.0rc1 before 1.0.0."""
    numbers, trial, count = re.split("(a|b|rc|$)", version, maxsplit=1)
    parts = [int(part) for part in numbers.split(".")] + [0, 0, 0]
    return (*parts[:4], ("a", "b", "rc", "").index(trial), int(count or 0))


def _without_replaced(everybody: Sequence[DeskHealth], moment: datetime) -> tuple[DeskHealth, ...]:
    """Leave out a computer that had fallen silent before another took up its desk.

    One that tells of the desk after that makes two of one desk, and both stay. So does one of
    whose clock it cannot be said: hiding a desk is worse than showing it twice.
    """
    newest: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
    for one in everybody:
        if one.since - moment > AHEAD:
            continue  # nobody has taken up a desk at a moment yet to come
        taken_up = newest[one.office, one.desk]
        taken_up.append((one.since, one.machine))
        taken_up.sort(reverse=True)
        del taken_up[2:]  # the newest, and the newest but itself

    def is_replaced(one: DeskHealth) -> bool:
        others = (since for since, mark in newest[one.office, one.desk] if mark != one.machine)
        doubt = timedelta(seconds=abs(one.clock_skew_s or 0))
        return any(since - one.at > doubt for since in others)

    return tuple(one for one in everybody if not is_replaced(one))


def _is_silent(one: DeskHealth, calendar: WorkCalendar, moment: datetime) -> bool:
    """Tell whether the desk is missed: open for two working hours, closed for a working day."""
    if moment - one.at > LONG_SILENT:
        return True
    allowed = SILENT_MINUTES if one.is_open else calendar.minutes_a_day
    return calendar.minutes_between(one.at, moment) > allowed


def _is_clock_wrong(one: DeskHealth, moment: datetime) -> bool:
    """Tell whether its clock differs from the portal's, or it tells of a moment yet to come."""
    return abs(one.clock_skew_s or 0) > CLOCK_WRONG_S or one.at - moment > AHEAD


def _rank(one: DeskJudged) -> tuple[object, ...]:
    order = tuple(Trouble)
    worst = order.index(one.troubles[0]) if one.troubles else len(order)
    return (worst, -len(one.troubles), one.health.office, one.health.desk, one.health.machine)
