"""Whom the desk believes as an issuer of cards: changed by an administrator, and noted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter.cards import IssuerEntry, RejectedEntry
from counter.desk.context import Context
from counter.people import Action, Officer
from counter.ports import Issuers
from counter.store import trail


@dataclass(frozen=True, slots=True)
class DeskIssuers:
    """Implements ``counter.ports.Issuers`` for who sits at the desk; ``below`` does the work."""

    context: Context
    below: Issuers

    def list(self) -> tuple[IssuerEntry, ...]:
        """Return everything the desk trusts."""
        self.context.seat.require(Action.CHECK)
        return self.below.list()

    def import_file(self, path: Path) -> tuple[int, tuple[RejectedEntry, ...]]:
        """Take in a file, as an administrator.

        Raises:
            NotSignedIn, NotAllowed: Nobody sits here who may; nothing was changed.
            Refused, StoreReadOnly: As the port says.
        """
        officer = self.context.seat.require(Action.MAINTAIN)
        added, rejected = self.below.import_file(path)
        self._note(officer, "trust.import", f"{added} added, {len(rejected)} rejected")
        return added, rejected

    def remove(self, sha256: str) -> None:
        """Trust the entry with this fingerprint no more, as an administrator.

        Raises:
            NotSignedIn, NotAllowed: Nobody sits here who may; nothing was changed.
            UnknownCertificate: There is none.
        """
        officer = self.context.seat.require(Action.MAINTAIN)
        self.below.remove(sha256)
        self._note(officer, "trust.remove", sha256)

    def _note(self, officer: Officer, action: str, detail: str) -> None:
        with self.context.store.writing() as session:
            trail.note(
                session,
                officer=officer.id,
                action=action,
                moment=self.context.clock(),
                detail=detail,
            )
