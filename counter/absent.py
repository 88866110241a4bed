"""The open dossiers of an absent colleague, given to somebody else by whoever supervises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.values import DossierId
    from counter.work import Change


@dataclass(frozen=True, slots=True)
class Workload:
    """One officer and how many open dossiers of this desk are theirs to look after.

    Attributes:
        account: The code that stands in every record this person makes.
        can_take: Whether dossiers can be given to them: the account is open and may process.
    """

    account: str
    name: str = field(repr=False)
    count: int
    can_take: bool


@dataclass(frozen=True, slots=True)
class ReassignAsked:
    """Which dossiers somebody else looks after from now on.

    Attributes:
        dossiers: These, or where there are none all open ones of ``absent``.
        absent: Account of who is away; empty when ``dossiers`` are named.
        to: Account of who takes them over.
    """

    dossiers: tuple[DossierId, ...]
    absent: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What is on disk: how many went to whom."""

    count: int
    name: str = field(repr=False)
    changed: Change


class ReassignWork(Protocol):
    """What is done with the work of who is away; every method wants a supervisor."""

    def workloads(self) -> tuple[Workload, ...]:
        """Return who has open dossiers here or may take some, by name."""

    def reassign(self, asked: ReassignAsked) -> Reassigned:
        """Give dossiers to somebody else, all of them or none; each has its history line."""
