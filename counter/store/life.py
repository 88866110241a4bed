"""What happened to a dossier after its reception, kept and asked for inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    ScalarSelect,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from counter.acts import PaperWanted
from counter.drawer import CASH, VIETQR
from counter.errors import NoLetter
from counter.money import FeeLine
from counter.store import drawer
from counter.store.life_tables import (
    DueRow,
    HandOverRow,
    LetterRow,
    MoneyRow,
    SupplementRow,
    WantedRow,
)
from counter.store.tables import DossierRow, FeeRow, HistoryRow, PaperRow, PrintRow
from counter.values import Dong

if TYPE_CHECKING:
    from counter.acts import AskSupplement, HandOver
    from counter.work import PaperReceived

VOIDED = "dossier.voided"
"""Name of the fact that a dossier should never have been keyed."""

_WRITTEN: ColumnClause[int] = literal_column("money.rowid")
"""Counts the rows of money in the order they were written; an emptied file keeps the order."""


def has_slip(session: Session, row: DossierRow) -> bool:
    """Tell whether a receipt (form 01) was ever printed, which the citizen must give back."""
    slips = select(PrintRow.job).where(PrintRow.dossier == row.row, PrintRow.kind == "receipt")
    return session.scalar(slips.limit(1)) is not None


def owed(session: Session, row: DossierRow) -> Dong:
    """Return what is still to be paid, in đồng; below zero is what must be given back."""
    paid = session.scalar(select(func.sum(MoneyRow.amount)).where(MoneyRow.dossier == row.row))
    return Dong(row.fee_total - (paid or 0))


def add_receipt(
    session: Session,
    row: DossierRow,
    *,
    receipt_id: UUID,
    number: str,
    amount: Dong,
    method: str,
    moment: datetime,
    officer: tuple[str, str],
) -> MoneyRow:
    """Keep that *amount* was paid, under the internal receipt *number*; return the fact."""
    receipt = MoneyRow(
        id=receipt_id,
        dossier=row.row,
        kind="receipt",
        number=number,
        amount=amount,
        method=method,
        at=_entered_at(session, method, moment),
        officer_id=officer[0],
        officer_name=officer[1],
    )
    session.add(receipt)
    session.flush()
    return receipt


def last_receipt(session: Session, row: DossierRow) -> MoneyRow | None:
    """Return the newest receipt whose money was not all given back, None when there is none.

    The newest is the one written last, whatever the clock said: it may have been set back.
    """
    undone = (
        select(MoneyRow.of)
        .where(MoneyRow.dossier == row.row, MoneyRow.of.is_not(None))
        .group_by(MoneyRow.of)
        .having(-func.sum(MoneyRow.amount) >= _whole_of())
    )
    return session.scalar(
        select(MoneyRow)
        .where(MoneyRow.dossier == row.row, MoneyRow.kind == "receipt", MoneyRow.id.not_in(undone))
        .order_by(_WRITTEN.desc())
        .limit(1)
    )


def left_of(session: Session, receipt: MoneyRow) -> Dong:
    """Return what of a receipt was not given back yet."""
    back = session.scalar(select(func.sum(MoneyRow.amount)).where(MoneyRow.of == receipt.id))
    return Dong(receipt.amount + (back or 0))


def _whole_of() -> ScalarSelect[Dong]:
    """Return the amount of the receipt that ``MoneyRow.of`` names, in a query of its own."""
    whole = aliased(MoneyRow)
    return select(whole.amount).where(whole.id == MoneyRow.of).correlate(MoneyRow).scalar_subquery()


def give_back(
    session: Session,
    receipt: MoneyRow,
    *,
    entry: UUID,
    number: str,
    amount: Dong,
    kind: str,
    reason: str,
    leader: str,
    moment: datetime,
    officer: tuple[str, str],
) -> MoneyRow:
    """Keep that *amount* of *receipt* was given back; *kind* is ``void`` or ``refund``."""
    given = MoneyRow(
        id=entry,
        dossier=receipt.dossier,
        kind=kind,
        number=number,
        amount=Dong(-amount),
        method=receipt.method,
        at=_entered_at(session, receipt.method, moment),
        officer_id=officer[0],
        officer_name=officer[1],
        reason=reason,
        of=receipt.id,
        leader=leader,
    )
    session.add(given)
    session.flush()
    return given


def _entered_at(session: Session, method: str, moment: datetime) -> datetime:
    """Return when money of this desk's drawer enters the books: after its last count.

    A clock that was set back meanwhile would else let no count ever see it.
    """
    closed = drawer.last_closed(session) if method in {CASH, VIETQR} else None
    return moment if closed is None or closed < moment else closed + timedelta(microseconds=1)


def was_voided(session: Session, row: DossierRow) -> bool:
    """Tell whether the dossier was ended because it should never have been keyed."""
    voided = select(HistoryRow.row).where(HistoryRow.dossier == row.row, HistoryRow.event == VOIDED)
    return session.scalar(voided.limit(1)) is not None


def is_voided() -> ColumnElement[bool]:
    """Return the same of each dossier a query looks at."""
    voided = select(HistoryRow.row).where(
        HistoryRow.dossier == DossierRow.row, HistoryRow.event == VOIDED
    )
    return voided.correlate(DossierRow).exists()


def paid() -> ScalarSelect[Dong]:
    """Return, for each dossier a query looks at, what was paid and not given back, in đồng."""
    sums = select(func.coalesce(func.sum(MoneyRow.amount), 0))
    return sums.where(MoneyRow.dossier == DossierRow.row).correlate(DossierRow).scalar_subquery()


def add_hand_over(session: Session, row: DossierRow, asked: HandOver, moment: datetime) -> None:
    """Keep that the papers went to a unit."""
    session.add(
        HandOverRow(
            dossier=row.row,
            at=moment,
            unit=asked.unit,
            receiver=asked.receiver.strip(),
            sheet=asked.sheet,
        )
    )


def units(session: Session, limit: int = 12) -> tuple[str, ...]:
    """Return the units that papers went to lately, the latest first."""
    latest = (
        select(HandOverRow.unit)
        .group_by(HandOverRow.unit)
        .order_by(func.max(HandOverRow.row).desc())
        .limit(limit)
    )
    return tuple(session.scalars(latest))


def supplements(session: Session, row: DossierRow) -> int:
    """Return how often papers were asked for."""
    count = select(func.count()).select_from(SupplementRow)
    return session.scalar(count.where(SupplementRow.dossier == row.row)) or 0


def add_supplement(
    session: Session, row: DossierRow, asked: AskSupplement, number: str, moment: datetime
) -> None:
    """Keep a request for papers under its *number*."""
    request = SupplementRow(
        dossier=row.row,
        number=number,
        asked_at=moment,
        reason=asked.reason.strip(),
        cause=asked.cause.strip(),
        respond_by=asked.respond_by,
    )
    session.add(request)
    session.flush()
    for position, paper in enumerate(asked.papers):
        session.add(
            WantedRow(
                supplement=request.row,
                position=position,
                code=paper.code,
                name=paper.name,
                note=paper.note,
            )
        )


def wanted(session: Session, row: DossierRow) -> tuple[PaperWanted, ...]:
    """Return what was asked for and has not been brought."""
    rows = session.scalars(
        select(WantedRow)
        .join(SupplementRow, SupplementRow.row == WantedRow.supplement)
        .where(SupplementRow.dossier == row.row, SupplementRow.answered_at.is_(None))
        .order_by(WantedRow.row)
    )
    return tuple(PaperWanted(paper.name, paper.code, paper.note) for paper in rows)


def respond_by(session: Session, row: DossierRow) -> date | None:
    """Return until when the open request may be answered, None when it sets no day."""
    return session.scalar(
        select(SupplementRow.respond_by).where(
            SupplementRow.dossier == row.row, SupplementRow.answered_at.is_(None)
        )
    )


def take_supplement(
    session: Session, row: DossierRow, papers: Sequence[PaperReceived], moment: datetime
) -> None:
    """Add *papers* to the dossier and close the open request."""
    session.execute(
        update(SupplementRow)
        .where(SupplementRow.dossier == row.row, SupplementRow.answered_at.is_(None))
        .values(answered_at=moment)
    )
    last = session.scalar(select(func.max(PaperRow.position)).where(PaperRow.dossier == row.row))
    begin = 0 if last is None else last + 1
    for position, paper in enumerate(papers, begin):
        session.add(
            PaperRow(
                dossier=row.row,
                position=position,
                code=None,
                name=paper.name,
                originals=paper.originals,
                certified=paper.certified,
                copies=paper.copies,
            )
        )


def papers(session: Session, row: DossierRow) -> tuple[PaperWanted, ...]:
    """Return the papers a dossier came with, as a checklist."""
    rows = session.scalars(
        select(PaperRow).where(PaperRow.dossier == row.row).order_by(PaperRow.position)
    )
    return tuple(PaperWanted(paper.name, paper.code) for paper in rows)


def received(session: Session, row: DossierRow) -> tuple[PaperRow, ...]:
    """Return the papers a dossier came with, in their places."""
    rows = session.scalars(
        select(PaperRow).where(PaperRow.dossier == row.row).order_by(PaperRow.position)
    )
    return tuple(rows)


def fees(session: Session, row: DossierRow) -> tuple[FeeLine, ...]:
    """Return what a dossier costs, line by line."""
    rows = session.scalars(
        select(FeeRow).where(FeeRow.dossier == row.row).order_by(FeeRow.position)
    )
    return tuple(
        FeeLine(
            code=fee.code,
            name=fee.name,
            kind=fee.kind,
            quantity=fee.quantity,
            unit_price=fee.unit_price,
            amount=fee.amount,
            exempt_reason=fee.exempt_reason,
        )
        for fee in rows
    )


def change_due(
    session: Session,
    row: DossierRow,
    after: datetime,
    *,
    reason: str,
    moment: datetime,
    form: str | None = None,
) -> None:
    """Let the dossier be due at *after*, and keep what was promised before, and why."""
    if after == row.due_at:
        return
    session.add(
        DueRow(dossier=row.row, at=moment, before=row.due_at, after=after, reason=reason, form=form)
    )
    row.due_at = after


def was_extended(session: Session, row: DossierRow) -> bool:
    """Tell whether the time was extended before, with an apology."""
    changes = select(DueRow.row).where(DueRow.dossier == row.row, DueRow.form == "04").limit(1)
    return session.scalar(changes) is not None


def draft_letter(
    session: Session,
    row: DossierRow,
    *,
    kind: str,
    reason: str,
    due_at: datetime | None,
    moment: datetime,
    officer: str,
) -> None:
    """Keep a draft that waits for the leader."""
    session.add(
        LetterRow(
            dossier=row.row,
            kind=kind,
            reason=reason,
            due_at=due_at,
            drafted_at=moment,
            drafted_by=officer,
        )
    )


def find_letter(session: Session, row: DossierRow) -> LetterRow | None:
    """Return the draft that waits for the leader, None when none does."""
    return session.scalar(
        select(LetterRow).where(LetterRow.dossier == row.row, LetterRow.decided_at.is_(None))
    )


def last_letter(session: Session, row: DossierRow) -> str:
    """Return the reason in the letter the leader decided last, empty when there is none."""
    letters = select(LetterRow.reason).where(LetterRow.dossier == row.row)
    return session.scalar(letters.order_by(LetterRow.row.desc()).limit(1)) or ""


def get_letter(session: Session, row: DossierRow) -> LetterRow:
    """Return the draft that waits for the leader.

    Raises:
        NoLetter: None does.
    """
    letter = find_letter(session, row)
    if letter is None:
        raise NoLetter
    return letter
