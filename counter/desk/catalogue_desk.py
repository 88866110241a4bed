"""The catalogue as its page and command see it; see ``counter.curation.CurationWork``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from counter.curation import Listed, Proposals, Taken, Version
from counter.desk import curating, offered
from counter.desk.context import Context
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.procedures import Procedure


@dataclass(frozen=True, slots=True)
class CatalogueDesk:
    """What is done with procedures, each done in ``curating``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.LOOK_UP)
    def search(self, text: str) -> tuple[Listed, ...]:
        """Return what *text* finds, best first."""
        return curating.search(self.context, text)

    @may(Action.LOOK_UP)
    def versions(self, code: str) -> tuple[Version, ...]:
        """Return every version of a procedure, the newest first."""
        return curating.versions(self.context, code)

    @may(Action.CURATE)
    def curate(self, edited: Procedure, begins: date) -> Version:
        """Keep *edited* as a new version from that day on."""
        return curating.curate(self.context, edited, begins)

    @may(Action.CURATE)
    def propose(self, path: Path) -> Proposals:
        """Read an official catalogue and say where it differs."""
        return curating.propose(self.context, path)

    @may(Action.CURATE)
    def propose_told(self) -> Proposals:
        """Say where what the portal told differs."""
        return offered.propose(self.context)

    @may(Action.CURATE)
    def accept(self, taken: tuple[Taken, ...], begins: date) -> int:
        """Keep what was accepted as new versions, all or none."""
        return curating.accept(self.context, taken, begins)

    @may(Action.CURATE)
    def undo(self, batch: UUID) -> int:
        """Take back what was kept together."""
        return curating.undo(self.context, batch)

    @may(Action.LOOK_UP)
    def print_list(self, text: str) -> PrintJob:
        """Return the list of what *text* finds as a paper."""
        return curating.print_list(self.context, text)

    @may(Action.CURATE)
    def publish(self, code: str, revision: str) -> PrintJob:
        """Note that a version is put up, and return its notice."""
        return curating.publish(self.context, code, revision)
