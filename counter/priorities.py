"""Who is called first: the office's priority groups, and the order of calling.

Two of priority are called for one of the others while both wait, so that nobody waits for ever on
either side; whoever has waited longest in a group comes first, and after 45 minutes of waiting
the others count as priority.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData
from counter.values import PartialDate

FILE = "priorities.toml"
IN_A_ROW = 2
"""Priority tickets called one after the other while somebody else waits."""

AGED = timedelta(minutes=45)
"""Having waited this long, a ticket without priority counts as one with."""


class Ground(StrEnum):
    """How the desk learns that somebody belongs to a group.

    ``AGE`` is reckoned from the birth date, ``SHOWN`` ticked by an officer who saw a paper,
    ``ASKED`` ticked by an officer, ``VILLAGE`` from the commune's list of far villages, ``BOOKED``
    from a booking of this time, ``PROCEDURE`` from what the person came for.
    """

    AGE = "age"
    SHOWN = "shown"
    ASKED = "asked"
    VILLAGE = "village"
    BOOKED = "booked"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of people who are called first.

    Attributes:
        basis: The law or house rule it rests on.
        ages: The least age in years; None unless the ground is ``AGE``.
        procedures: Codes of the procedures that give it; empty unless it is ``PROCEDURE``.
    """

    code: str
    name: str
    ground: Ground
    basis: str
    ages: int | None = None
    procedures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.ground is Ground.AGE) != (self.ages is not None):
            message = "ages đi cùng ground = age, và chỉ khi đó"
            raise ValueError(message)
        if (self.ground is Ground.PROCEDURE) != bool(self.procedures):
            message = "procedures đi cùng ground = procedure, và chỉ khi đó"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class _File:
    group: tuple[Group, ...]


def load_groups(folder: Path) -> tuple[Group, ...]:
    """Read the office's priority groups, in its own order.

    Raises:
        BadData: The file cannot be read or has mistakes, each named.
    """
    groups = checked(_File, read_toml(folder / FILE), in_file(FILE)).group
    codes = [group.code for group in groups]
    if len(set(codes)) < len(codes):
        raise BadData((f"{FILE}: hai diện ưu tiên cùng một mã",))
    return groups


def load_priorities(folder: Path) -> Mapping[str, str]:
    """Return the name of each priority group by its code, in the office's order.

    Raises:
        BadData: The file cannot be read or has mistakes, each named.
    """
    return {group.code: group.name for group in load_groups(folder)}


def proposed(
    groups: Iterable[Group], *, birth: PartialDate | None, procedure: str | None, on: date
) -> tuple[Group, ...]:
    """Return the groups that follow from birth date and procedure; an officer ticks the others.

    Who is known by year alone counts as born on its first day, as the law favours the elderly.
    """
    return tuple(
        group
        for group in groups
        if procedure in group.procedures
        or (group.ages is not None and birth is not None and _age(birth, on) >= group.ages)
    )


class Waiting(Protocol):
    """A ticket that waits."""

    @property
    def issued_at(self) -> datetime:
        """When the number was taken."""

    @property
    def priority(self) -> str | None:
        """Code of its priority group, None without."""


Ticket = TypeVar("Ticket", bound=Waiting)


def calling_order(
    waiting: Sequence[Ticket], called: Sequence[Waiting], moment: datetime
) -> tuple[Ticket, ...]:
    """Return *waiting* in the order of calling, if nobody else came.

    Among equals the number taken first is called first; numbers of the same moment keep the order
    they are given in. Whatever comes, of three tickets called one after the other one is without
    priority while any such waits, and none is passed by a later one of its own kind.

    Args:
        called: The tickets called last, in order; two are enough.
    """
    in_order = sorted(waiting, key=lambda ticket: ticket.issued_at)
    first = [ticket for ticket in in_order if ticket.priority]
    others = [ticket for ticket in in_order if not ticket.priority]
    row = 0
    for ticket in reversed(called[-IN_A_ROW:]):
        if not ticket.priority:
            break
        row += 1
    order: list[Ticket] = []
    one = two = 0
    while one < len(first) and two < len(others):
        aged = moment - others[two].issued_at > AGED
        older = others[two].issued_at < first[one].issued_at
        if row >= IN_A_ROW or (aged and older):
            order.append(others[two])
            two, row = two + 1, 0
        else:
            order.append(first[one])
            one, row = one + 1, row + 1
    return (*order, *first[one:], *others[two:])


def _age(birth: PartialDate, on: date) -> int:
    day = (birth.month or 1, birth.day or 1)
    return on.year - birth.year - ((on.month, on.day) < day)
