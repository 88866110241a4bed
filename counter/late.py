"""A dossier received on paper while the desk could not be used, keyed when it can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.acts import Confirmation, Confirmer, Leader
    from counter.procedures import Procedure
    from counter.work import Reception, ReceptionAsked


@dataclass(frozen=True, slots=True)
class LateEntry:
    """What stands on the paper receipt, and why it is keyed later.

    Attributes:
        received_at: The true moment of the reception; the result is due from then.
        paper: Number of the paper receipt.
        leader: Who agrees that it is keyed later.
    """

    received_at: datetime
    paper: str
    reason: str
    leader: Leader


class LateWork(Protocol):
    """What is done with paper receipts."""

    def confirmers(self) -> tuple[Confirmer, ...]:
        """Return who may confirm here; nobody where the leader is only named."""

    def version(self, procedure_code: str, received_at: datetime) -> Procedure:
        """Return the version of a procedure that was in force when a paper was written."""

    def receive(
        self, asked: ReceptionAsked, late: LateEntry, confirmed: Confirmation | None
    ) -> Reception:
        """Key a paper receipt; when this returns it is on disk with its outbox messages."""
