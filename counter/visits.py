"""A visit as it stands on the reception page: kept while it is typed, laid aside, taken up again.

Everything is as the officer typed it, checked only when the dossier is received. Who comes back is
identified anew, so neither photo nor verdict of a card is part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from counter.procedures import Procedure
from counter.values import DossierId
from counter.work import FeeQuantity, PaperBrought


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """Who sits there, in the words of card or keyboard; nothing of it is proven."""

    full_name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """What would be lost with the page.

    Attributes:
        id: The identity the dossier will have; receiving it ends the visit.
        begun_at: When the notice about personal data stood before the citizen.
        parked: The officer laid it aside; else it stood on the page.
    """

    id: DossierId
    begun_at: datetime
    person: PersonTyped = PersonTyped()
    ticket: str | None = None
    procedure_code: str | None = None
    papers: tuple[PaperBrought, ...] = ()
    quantities: tuple[FeeQuantity, ...] = ()
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    sets: int = 1
    due_on: str = ""
    parked: bool = False


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """A visit on disk.

    Attributes:
        at: When it was kept last.
        officer: Who typed it.
        procedure: None before one was chosen, or when no version of it is in force any more.
    """

    visit: Visit
    at: datetime
    officer: str
    procedure: Procedure | None


class VisitWork(Protocol):
    """What is done with visits that are not yet dossiers."""

    def keep(self, visit: Visit) -> None:
        """Keep *visit* as it stands now; when this returns it is on disk."""

    def forget(self, visit_id: DossierId) -> None:
        """Forget a visit that was given up."""

    def kept(self) -> tuple[KeptVisit, ...]:
        """Return every visit that waits, the latest first."""
