"""Dossiers on disk: put there whole, found again, and turned into the counter's values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from counter.cards import Verdict
from counter.errors import UnknownDossier
from counter.forms import FeeText
from counter.ports import Outcome
from counter.store.search import Filter, found
from counter.store.tables import (
    DossierRow,
    FeeRow,
    HistoryRow,
    OutboxRow,
    PaperRow,
    PrintRow,
)
from counter.values import CitizenNumber, DossierId, PartialDate, Sex
from counter.work import (
    Applicant,
    DossierLine,
    DossierView,
    HistoryLine,
    IdentitySource,
    PaperReceived,
    SyncStanding,
)

EVERYTHING = Filter()
_WORST = {"conflict": 3, "parked": 2, "waiting": 1, "settled": 0}
_STANDINGS = (
    SyncStanding.SETTLED,
    SyncStanding.WAITING,
    SyncStanding.PARKED,
    SyncStanding.CONFLICT,
)


_BY_ID = select(DossierRow).where(DossierRow.id == bindparam("wanted"))
_IS_THERE = select(DossierRow.row).where(DossierRow.id == bindparam("wanted"))
"""Asked first: a new dossier is the usual case, and the whole row costs four times as much."""


def find_row(session: Session, dossier_id: UUID) -> DossierRow | None:
    """Return the row of *dossier_id*, None when this desk does not hold it."""
    wanted = {"wanted": dossier_id}
    if session.connection().execute(_IS_THERE, wanted).first() is None:
        return None
    return session.scalar(_BY_ID, wanted)


def get_by_code(session: Session, code: str) -> DossierRow:
    """Return the row with this dossier code or provisional code.

    Raises:
        UnknownDossier: No dossier here has it.
    """
    row = session.scalar(
        select(DossierRow).where(or_(DossierRow.code == code, DossierRow.provisional_code == code))
    )
    if row is None:
        raise UnknownDossier
    return row


def note_official_code(session: Session, dossier_id: UUID, code: str) -> bool:
    """Keep the code the portal gave a dossier that was received under a provisional one.

    The provisional code stays on it and stays findable; a code once there is never replaced.

    Returns:
        False when another dossier here already carries that code; then nothing was changed.
    """
    others = select(DossierRow.id).where(DossierRow.code == code, DossierRow.id != dossier_id)
    if session.scalar(others) is not None:
        return False
    session.execute(
        update(DossierRow)
        .where(DossierRow.id == dossier_id, DossierRow.code.is_(None))
        .values(code=code)
    )
    return True


def lines(
    session: Session, text: str, limit: int, only: Filter = EVERYTHING
) -> tuple[DossierLine, ...]:
    """Return the newest dossiers whose code, number or name *text* names; all for an empty one."""
    return as_lines(session, session.scalars(found(text, only, limit)).all())


def as_lines(session: Session, rows: Sequence[DossierRow]) -> tuple[DossierLine, ...]:
    """Return *rows* as lines, with their standing and what became of their last receipt."""
    standings = standings_of(session, [row.id for row in rows])
    outcomes = _outcomes_of(session, [row.row for row in rows])
    return tuple(
        DossierLine(
            id=DossierId(row.id),
            code=row.code or row.provisional_code or "",
            provisional=row.code is None,
            applicant_name=row.applicant_name,
            masked_number=(
                CitizenNumber(row.applicant_number).masked if row.applicant_number else None
            ),
            procedure_name=row.procedure_name,
            status=row.status,
            received_at=row.received_at,
            due_at=row.due_at,
            standing=standings.get(row.id, SyncStanding.SETTLED),
            paper=outcomes.get(row.row),
        )
        for row in rows
    )


def view(session: Session, row: DossierRow) -> DossierView:
    """Return everything this desk knows about the dossier of *row*."""
    papers = session.scalars(
        select(PaperRow).where(PaperRow.dossier == row.row).order_by(PaperRow.position)
    )
    history = session.scalars(
        select(HistoryRow).where(HistoryRow.dossier == row.row).order_by(HistoryRow.position)
    )
    trouble = session.scalar(
        select(OutboxRow.trouble)
        .where(OutboxRow.dossier_id == row.id, OutboxRow.state.in_(("parked", "conflict")))
        .order_by(OutboxRow.seq)
        .limit(1)
    )
    return DossierView(
        line=as_lines(session, [row])[0],
        procedure_code=row.procedure_code,
        applicant=applicant_of(row),
        officer=row.officer_name,
        book=f"{row.book_volume}/{row.book_number}",
        ticket=row.ticket,
        fees=fees_of(session, row),
        total=row.fee_total,
        papers=tuple(PaperReceived(p.name, p.originals, p.certified, p.copies) for p in papers),
        history=tuple(
            HistoryLine(h.at, h.event, h.status, h.officer_name, h.text) for h in history
        ),
        trouble=trouble,
    )


def applicant_of(row: DossierRow) -> Applicant:
    """Return the applicant as received."""
    return Applicant(
        full_name=row.applicant_name,
        number=CitizenNumber(row.applicant_number) if row.applicant_number else None,
        birth_date=PartialDate.from_iso(row.birth_date) if row.birth_date else None,
        sex=Sex(row.sex) if row.sex else None,
        address=row.address,
        phone=row.phone,
        email=row.email,
        source=IdentitySource(row.identity_source),
        verdict=Verdict(row.verdict) if row.verdict else None,
    )


def fees_of(session: Session, row: DossierRow) -> tuple[FeeText, ...]:
    """Return the fees as received."""
    fees = session.scalars(
        select(FeeRow).where(FeeRow.dossier == row.row).order_by(FeeRow.position)
    )
    return tuple(FeeText(fee.name, fee.amount, fee.exempt_reason) for fee in fees)


def standings_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, SyncStanding]:
    """Return how each dossier stands with the portal: the worst of its messages."""
    rank = case(_WORST, value=OutboxRow.state, else_=1)
    rows = session.execute(
        select(OutboxRow.dossier_id, func.max(rank))
        .where(OutboxRow.dossier_id.in_(ids))
        .group_by(OutboxRow.dossier_id)
    )
    return {dossier_id: _STANDINGS[worst] for dossier_id, worst in rows}


def received_on(session: Session, day: date) -> int:
    """Return how many dossiers carry a code or provisional code of *day*."""
    mark = f"%-{day:%y%m%d}-%"
    return (
        session.scalar(
            select(func.count())
            .select_from(DossierRow)
            .where(or_(DossierRow.code.like(mark), DossierRow.provisional_code.like(mark)))
        )
        or 0
    )


def _outcomes_of(session: Session, rows: Sequence[int]) -> dict[int, Outcome]:
    printed = session.execute(
        select(PrintRow.dossier, PrintRow.outcome)
        .where(
            PrintRow.dossier.in_(rows), PrintRow.kind == "receipt", PrintRow.outcome.is_not(None)
        )
        .order_by(PrintRow.asked_at)
    )
    return {dossier: Outcome(outcome) for dossier, outcome in printed if outcome is not None}
