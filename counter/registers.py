"""What is asked of the registers, and how their lines are narrowed down on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from counter.values import fold

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from counter.papers.desk import CertifiedBookFacts, CertifiedLine
    from counter.papers.law import RegisterFacts, RegisterLine
    from counter.ports import PrintJob
    from counter.scores import Scores


class RegisterWork(Protocol):
    """The registers of this desk. Runs on the ``counter`` thread."""

    def dossiers(self, first: date, last: date) -> RegisterFacts:
        """Return the register of the dossiers received in those days."""

    def certified(self, first: date, last: date) -> CertifiedBookFacts:
        """Return the book of certified copies of those days."""

    def scores(self, first: date, last: date) -> Scores:
        """Return what the dossiers received in those days come to by QĐ 766/QĐ-TTg."""

    def write(self, facts: RegisterFacts | CertifiedBookFacts, path: Path) -> int:
        """Write a register as XLSX; return how many lines."""

    def job(self, facts: RegisterFacts | CertifiedBookFacts) -> PrintJob:
        """Return a register to print."""


def dossiers_with(lines: Sequence[RegisterLine], text: str) -> tuple[RegisterLine, ...]:
    """Return the lines in which each word of *text* stands, without regard to accents."""
    words = fold(text).split()
    return tuple(
        line
        for line in lines
        if all(
            word in fold(f"{line.code} {line.procedure} {line.applicant} {line.agency} {line.note}")
            for word in words
        )
    )


def certified_with(lines: Sequence[CertifiedLine], text: str) -> tuple[CertifiedLine, ...]:
    """Return the entries in which each word of *text* stands, without regard to accents."""
    words = fold(text).split()
    return tuple(
        line
        for line in lines
        if all(
            word in fold(f"{line.entry} {line.person} {line.document} {line.signer} {line.note}")
            for word in words
        )
    )
