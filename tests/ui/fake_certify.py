"""Certified copies without a database: entries in a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import uuid4

from counter.certify import Certified, CertifyAsked, Document, Entry, InHand
from counter.errors import DocumentWrong, LeaderNeeded
from counter.papers.desk import CertifiedBookFacts
from counter.ports import PrintJob
from counter.values import Dong, DossierId
from counter.wording import WordedPaper
from tests.devices.paper.worded_samples import PAPERS


@dataclass
class FakeCertify:
    """What ``CertifyWork`` promises, in memory."""

    clock: Callable[[], datetime]
    asked: list[CertifyAsked] = field(default_factory=list)
    waiting: list[InHand] = field(default_factory=list)
    given: list[DossierId] = field(default_factory=list)
    last: int = 0

    def quote(self, documents: tuple[Document, ...]) -> Dong:
        return Dong(
            sum(d.copies * (2000 * min(d.pages, 2) + 1000 * max(0, d.pages - 2)) for d in documents)
        )

    def certify(self, asked: CertifyAsked) -> Certified:
        if not asked.documents or any(not d.name.strip() for d in asked.documents):
            raise DocumentWrong
        self.asked.append(asked)
        entries = []
        for document in asked.documents:
            self.last += 1
            entries.append(Entry(self.last, "01/2026", document))
        code = f"H55.242-261125-{len(self.asked):04}"
        ticket = asked.ticket or f"B{len(self.asked):03}"
        total = self.quote(asked.documents)
        one = InHand(
            asked.dossier_id,
            code,
            ticket,
            asked.applicant.full_name,
            tuple(entries),
            self.clock(),
            signed=False,
            owed=Dong(0),
        )
        self.waiting.append(one)
        jobs = tuple(PrintJob(uuid4(), f"{e.number}", PAPERS["certified_copy"]) for e in entries)
        return Certified(
            asked.dossier_id,
            code,
            ticket,
            total,
            collected=True,
            same_day=True,
            entries=tuple(entries),
            jobs=jobs,
        )

    def in_hand(self) -> tuple[InHand, ...]:
        return tuple(self.waiting)

    def sign(self, dossiers: tuple[DossierId, ...], signer: str) -> int:
        if not signer.strip():
            raise LeaderNeeded
        self.waiting = [
            replace(one, signed=True) if one.dossier_id in dossiers else one for one in self.waiting
        ]
        return len(dossiers)

    def give_out(self, dossier_id: DossierId) -> None:
        self.given.append(dossier_id)
        self.waiting = [one for one in self.waiting if one.dossier_id != dossier_id]

    def book(self, first: date, last: date) -> tuple[CertifiedBookFacts, WordedPaper]:
        paper = PAPERS["certified_book"]
        assert isinstance(paper.facts, CertifiedBookFacts)
        return replace(paper.facts, first=first, last=last), paper
