"""The morning page: what of this desk's dossiers wants somebody today, group by group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.work import DossierLine


class Group(StrEnum):
    """One group of dossiers, the most pressing first."""

    ONLINE = "online"
    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_NEXT = "due_next"
    TO_HAND_OVER = "to_hand_over"
    WITH_CITIZEN = "with_citizen"
    READY = "ready"
    MONEY = "money"
    GIVE_BACK = "give_back"
    LETTERS = "letters"
    UNSENT = "unsent"


class Nearness(StrEnum):
    """How near a dossier's due time is; a stopped clock is never near."""

    FAR = "far"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Due:
    """One dossier and when its result is due."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DueWatch:
    """What is due within the office's lead time, and what should have been returned by now.

    Attributes:
        soon: The first of them, soonest due first; ``soon_count`` is all of them.
        late: The last of them, latest due first; ``late_count`` is all of them.
    """

    soon: tuple[Due, ...]
    soon_count: int
    late: tuple[Due, ...]
    late_count: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group as it stands.

    Attributes:
        count: All of them; ``lines`` are the first of them, soonest due first.
        late: How many of those lines should have been answered by now.
    """

    group: Group
    count: int
    lines: tuple[DossierLine, ...]
    late: int = 0


@dataclass(frozen=True, slots=True)
class LateCount:
    """How many are overdue with one unit, looked after by one officer; no unit is the desk."""

    unit: str
    officer: str
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """The morning page."""

    day: date
    groups: tuple[GroupView, ...]
    late: tuple[LateCount, ...]
