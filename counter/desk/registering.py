"""The registers of this desk on screen and as files: dossiers, and certified copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from counter.desk import officers, papers
from counter.desk.certifying import CertifyDesk
from counter.desk.context import Context
from counter.errors import DaysReversed
from counter.papers.desk import CertifiedBookFacts
from counter.papers.law import RegisterFacts
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.scores import Scores, scores_of
from counter.store import figures
from counter.values import uuid7
from counter.wording import WordedPaper
from counter.workbook import (
    CERTIFIED_HEAD,
    REGISTER_HEAD,
    certified_rows,
    register_rows,
    write_xlsx,
)


@dataclass(frozen=True, slots=True)
class RegisterDesk:
    """What is read from the registers; see ``counter.registers.RegisterWork``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.REPORT)
    def dossiers(self, first: date, last: date) -> RegisterFacts:
        """Return the register of the dossiers received in those days; reading it is noted.

        Raises:
            DaysReversed: The last day is before the first.
        """
        _check(first, last)
        return papers.register(self.context, first, last)

    @may(Action.REPORT)
    def certified(self, first: date, last: date) -> CertifiedBookFacts:
        """Return the book of certified copies of those days; reading it is noted.

        Raises:
            DaysReversed: The last day is before the first.
        """
        _check(first, last)
        return CertifyDesk(self.context).book(first, last)[0]

    @may(Action.REPORT)
    def scores(self, first: date, last: date) -> Scores:
        """Return what the dossiers received in those days come to by QĐ 766/QĐ-TTg.

        Raises:
            DaysReversed: The last day is before the first.
        """
        _check(first, last)
        begin, end = papers.midnight(first), papers.midnight(last + timedelta(days=1))
        with self.context.store.reading() as session:
            return scores_of(figures.count(session, begin, end, self.context.clock()))

    @may(Action.REPORT)
    def write(self, facts: RegisterFacts | CertifiedBookFacts, path: Path) -> int:
        """Write a register as XLSX; return how many lines.

        Many citizens' data leave the desk in a plain file, so the password is asked once more, and
        that it was written is noted before it is.

        Raises:
            ConfirmAgain: The password was not typed once more just now.
            DiskFull, StoreReadOnly: The file cannot be written.
        """
        officers.require_confirmed(self.context)
        papers.note_written(self.context, facts)
        if isinstance(facts, RegisterFacts):
            write_xlsx(path, "Sổ theo dõi hồ sơ", REGISTER_HEAD, register_rows(facts.lines))
            return len(facts.lines)
        rows = certified_rows(facts.certified)
        write_xlsx(path, "Sổ chứng thực bản sao", CERTIFIED_HEAD, rows)
        return len(facts.certified)

    @may(Action.PRINT)
    def job(self, facts: RegisterFacts | CertifiedBookFacts) -> PrintJob:
        """Return a register to print."""
        moment = self.context.clock()
        head = papers.letterhead(self.context, moment)
        paper: WordedPaper = self.context.wordings.word(head, facts)
        stem = f"{facts.form.value}_{facts.first:%y%m%d}_{facts.last:%y%m%d}"
        return PrintJob(uuid7(moment), stem, paper)


def _check(first: date, last: date) -> None:
    if last < first:
        raise DaysReversed
