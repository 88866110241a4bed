"""Copies certified while the citizen waits: what is asked, what waits for the signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.papers.desk import CertifiedBookFacts
    from counter.ports import PrintJob
    from counter.values import Dong, DossierId
    from counter.wording import WordedPaper
    from counter.work import Applicant

COPIES = "2.000815"
"""The national code of certifying copies from an original."""

LONGEST = 200
MOST_PAGES, MOST_COPIES, MOST_DOCUMENTS = 999, 99, 20


@dataclass(frozen=True, slots=True)
class Document:
    """One document to copy: it gets one number in the book, however many copies."""

    name: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class CertifyAsked:
    """One citizen's documents.

    Attributes:
        dossier_id: Made when the form was opened; asking twice certifies once.
        paid: The sum is taken in cash now, by an officer who may take it.
    """

    dossier_id: DossierId
    applicant: Applicant
    documents: tuple[Document, ...]
    noticed_at: datetime
    ticket: str | None = None
    paid: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the book: a document with its number, such as ``12`` of ``01/2026``."""

    number: int
    volume: str
    document: Document


@dataclass(frozen=True, slots=True)
class Certified:
    """Copies that are on disk, with their papers.

    Attributes:
        collected: The money was taken; else it is owed until the copies are given out.
        same_day: They are given out today, so that no receipt (form 01) is printed.
        jobs: Certification texts, cash receipt, and what else is to be printed now.
    """

    dossier_id: DossierId
    code: str
    ticket: str | None
    total: Dong
    collected: bool
    same_day: bool
    entries: tuple[Entry, ...]
    jobs: tuple[PrintJob, ...]


@dataclass(frozen=True, slots=True)
class InHand:
    """Copies that wait for the signature, or signed ones that wait for the citizen.

    Attributes:
        has_slip: A receipt was printed for them, which is taken back with the copies.
    """

    dossier_id: DossierId
    code: str
    ticket: str | None
    applicant: str = field(repr=False)
    entries: tuple[Entry, ...]
    since: datetime
    signed: bool
    owed: Dong
    has_slip: bool = False


class CertifyWork(Protocol):
    """Copies certified at this desk. Runs on the ``counter`` thread."""

    def quote(self, documents: tuple[Document, ...]) -> Dong:
        """Return what the documents cost."""

    def certify(self, asked: CertifyAsked) -> Certified:
        """Receive, number and charge; when this returns it is on disk with its messages."""

    def in_hand(self) -> tuple[InHand, ...]:
        """Return what waits for the signature or for the citizen, the longest first."""

    def sign(self, dossiers: tuple[DossierId, ...], signer: str) -> int:
        """Note that the copies were signed; return how many dossiers."""

    def give_out(self, dossier_id: DossierId) -> None:
        """Note that the applicant took the copies, signed the book, and gave a receipt back."""

    def book(self, first: date, last: date) -> tuple[CertifiedBookFacts, WordedPaper]:
        """Return the book of those days, and its paper."""
