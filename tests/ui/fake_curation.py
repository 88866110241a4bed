"""The catalogue behind a window without a database: versions kept in a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from counter.curation import Listed, Proposals, Taken, Version, with_parts
from counter.editions import Edition, Origin, laid_over, new_revision
from counter.errors import CatalogueNotTold
from counter.official.comparing import proposals
from counter.official.reading import read_official
from counter.ports import PrintJob
from counter.procedures import Catalogue, Procedure
from counter.values import local_day
from tests.devices.paper.worded_samples import PAPERS


@dataclass
class FakeCuration:
    """What ``CurationWork`` promises, in memory."""

    shipped: Catalogue
    clock: Callable[[], datetime]
    editions: list[Edition] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    published: dict[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        return laid_over(self.shipped, self.editions)

    def search(self, text: str) -> tuple[Listed, ...]:
        catalogue = self.catalogue
        found = catalogue.find(text, local_day(self.clock()), 1000)
        return tuple(
            Listed(
                p,
                sum(other.code == p.code for other in catalogue.procedures),
                (p.code, p.revision) in self.published,
            )
            for p in found
        )

    def versions(self, code: str) -> tuple[Version, ...]:
        of_code = [p for p in self.catalogue.procedures if p.code == code]
        kept = {e.procedure.revision: e for e in self.editions}
        return tuple(
            Version(
                p,
                kept[p.revision].origin if p.revision in kept else Origin.SHIPPED,
                kept[p.revision].batch if p.revision in kept else None,
                kept[p.revision].kept_at if p.revision in kept else None,
                self.published.get((code, p.revision)),
                0 if p.revision in kept else 12,
            )
            for p in sorted(of_code, key=lambda p: p.effective_from, reverse=True)
        )

    def curate(self, edited: Procedure, begins: date) -> Version:
        self._keep([(edited, Origin.OFFICE)], begins)
        return self.versions(edited.code)[0]

    def propose(self, path: Path) -> Proposals:
        today = local_day(self.clock())
        return proposals(self.catalogue, read_official(path), today, today)

    def propose_told(self) -> Proposals:
        raise CatalogueNotTold

    def accept(self, taken: tuple[Taken, ...], begins: date) -> int:
        made = [
            (
                with_parts(t.proposal.current, t.proposal.proposed, t.parts)
                if t.proposal.current
                else t.proposal.proposed,
                t.proposal.origin,
            )
            for t in taken
        ]
        self._keep(made, begins)
        return len(made)

    def undo(self, batch: UUID) -> int:
        before = len(self.editions)
        self.editions = [e for e in self.editions if e.batch != batch]
        return before - len(self.editions)

    def print_list(self, text: str) -> PrintJob:
        self.lists.append(text)
        return PrintJob(uuid4(), "catalogue", PAPERS["catalogue"])

    def publish(self, code: str, revision: str) -> PrintJob:
        self.published[code, revision] = self.clock()
        return PrintJob(uuid4(), f"{code}_notice", PAPERS["notice"])

    def _keep(self, made: list[tuple[Procedure, Origin]], begins: date) -> None:
        batch = uuid4()
        for procedure, origin in made:
            taken = [p.revision for p in self.catalogue.procedures if p.code == procedure.code]
            revision = new_revision(origin, begins, taken)
            version = replace(
                procedure, revision=revision, effective_from=begins, effective_to=None
            )
            self.editions.append(Edition(uuid4(), batch, origin, self.clock(), "cb-1", version))
