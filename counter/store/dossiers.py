"""Dossiers on disk: put there whole, found again, and turned into the counter's values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from counter.cards import Verdict
from counter.errors import UnknownDossier
from counter.finding import EVERYTHING, Filter
from counter.forms import FeeText
from counter.ports import Outcome
from counter.store import file_lines, leases, return_wishes
from counter.store.life_tables import MoneyRow
from counter.store.search import line_of, listed, look
from counter.store.tables import (
    DossierRow,
    FeeRow,
    HistoryRow,
    OutboxRow,
    PaperRow,
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
        select(DossierRow)
        .where(
            or_(
                DossierRow.code == code,
                DossierRow.provisional_code == code,
                DossierRow.system_code == code,
            )
        )
        .limit(1)
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


def code_of(session: Session, dossier_id: UUID, agency: str, moment: datetime) -> str | None:
    """Return a dossier's official code; one without gets the next number of the day now.

    Returns:
        None when the dossier is not of this desk, or no number is left.
    """
    row = find_row(session, dossier_id)
    if row is None:
        return None
    if row.code is not None:
        return row.code
    taken = leases.take_code(session, agency, moment)
    if taken is None:
        return None
    row.code = taken.text
    return taken.text


def lines(
    session: Session, text: str, limit: int, only: Filter = EVERYTHING
) -> tuple[DossierLine, ...]:
    """Return the newest dossiers whose code, number or name *text* names; all for an empty one."""
    return tuple(map(_line, look(session, text, only, limit)))


def in_charge() -> ColumnElement[str]:
    """Return the name of who looks after a dossier: whoever received it, or somebody since."""
    return func.coalesce(func.nullif(DossierRow.charge_name, ""), DossierRow.officer_name)


def in_charge_id() -> ColumnElement[str]:
    """Return the account of who looks after a dossier."""
    return func.coalesce(func.nullif(DossierRow.charge_id, ""), DossierRow.officer_id)


def lines_of(session: Session, wanted: ColumnElement[bool], limit: int) -> tuple[DossierLine, ...]:
    """Return the dossiers for which *wanted* holds, soonest due first."""
    return tuple(map(_line, session.execute(listed(wanted, limit))))


def _line(row: Row[Any]) -> DossierLine:
    return DossierLine(
        id=DossierId(row.id),
        code=row.code or row.provisional_code or "",
        provisional=row.code is None,
        applicant_name=row.applicant_name,
        masked_number=CitizenNumber(row.applicant_number).masked if row.applicant_number else None,
        procedure_name=row.procedure_name,
        status=row.status,
        received_at=row.received_at,
        due_at=row.due_at,
        standing=SyncStanding.ELSEWHERE if row.system else _STANDINGS[row.standing or 0],
        paper=Outcome(row.paper) if row.paper else None,
        officer=row.charge_name or row.officer_name,
        account=row.charge_id or row.officer_id,
        unit=row.unit,
        shelf=row.shelf,
        system=row.system,
        system_code=row.system_code,
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
        line=_line(session.execute(line_of(row.row)).one()),
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
        files=file_lines.lines_of(session, row),
        return_to=return_wishes.of(session, row),
        receipts=tuple(
            session.scalars(
                select(MoneyRow.number)
                .where(MoneyRow.dossier == row.row, MoneyRow.kind == "receipt")
                .order_by(MoneyRow.at, MoneyRow.id)
            )
        ),
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
