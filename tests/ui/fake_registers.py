"""Registers without a database: the samples of the papers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from counter.papers.desk import CertifiedBookFacts
from counter.papers.law import RegisterFacts
from counter.ports import PrintJob
from counter.scores import Counts, Scores, scores_of
from tests.devices.paper.worded_samples import PAPERS

_FACTS = [paper.facts for paper in PAPERS.values()]


@dataclass
class FakeRegisters:
    """What ``RegisterWork`` promises, in memory."""

    asked: list[tuple[str, date, date]] = field(default_factory=list)
    files: list[tuple[int, Path]] = field(default_factory=list)

    def dossiers(self, first: date, last: date) -> RegisterFacts:
        self.asked.append(("dossiers", first, last))
        facts = next(one for one in _FACTS if isinstance(one, RegisterFacts))
        return replace(facts, first=first, last=last)

    def certified(self, first: date, last: date) -> CertifiedBookFacts:
        self.asked.append(("certified", first, last))
        facts = next(one for one in _FACTS if isinstance(one, CertifiedBookFacts))
        return replace(facts, first=first, last=last)

    def scores(self, first: date, last: date) -> Scores:
        return scores_of(Counts(200, 194, 180, 171, 168, 5, 6, 0, 90, 12, 0, 0))

    def write(self, facts: RegisterFacts | CertifiedBookFacts, path: Path) -> int:
        count = len(facts.lines if isinstance(facts, RegisterFacts) else facts.certified)
        self.files.append((count, path))
        return count

    def job(self, facts: RegisterFacts | CertifiedBookFacts) -> PrintJob:
        return PrintJob(uuid4(), facts.form.value, PAPERS["certified_book"])
