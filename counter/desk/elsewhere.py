"""Dossiers that another system owns: copied there by hand, with that system's code kept here."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.receipts import note_history
from counter.errors import CodeElsewhereTaken, CodeNeeded, NotElsewhere, UnknownDossier
from counter.money import written
from counter.store import life, trail
from counter.store.dossiers import find_row, get_by_code
from counter.store.life_tables import MoneyRow
from counter.store.tables import DossierRow
from counter.systems import CopyField, CopyLine, CopySheet, fields_of
from counter.values import VIETNAM, Dong, DossierId, PartialDate, nfc
from counter.work import Change

LONGEST = 64


def copy_sheet(context: Context, code: str) -> CopySheet:
    """Return what must be entered into the system that owns a dossier; reading it is noted.

    Raises:
        UnknownDossier: No dossier here has this code.
        NotElsewhere: This desk owns it.
    """
    with context.store.writing() as session:
        row = get_by_code(session, code.strip().upper())
        if not row.system:
            raise NotElsewhere
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="dossier.copied",
            moment=context.clock(),
            subject=row.id.hex,
        )
        values = _values(session, row)
    return CopySheet(
        system=row.system,
        code=row.system_code,
        lines=tuple(
            CopyLine(field, values[field])
            for field in fields_of(context.systems, row.system)
            if values[field]
        ),
    )


def note_code(context: Context, dossier_id: DossierId, code: str) -> Change:
    """Keep the code that the other system gave; a new one replaces it, with a line of history.

    Raises:
        UnknownDossier: This desk does not hold it.
        NotElsewhere: This desk owns it.
        CodeNeeded: The code is empty or too long.
        CodeElsewhereTaken: Another dossier of that system carries it here.
    """
    told = nfc(" ".join(code.split())).upper()
    if not 0 < len(told) <= LONGEST:
        raise CodeNeeded
    moment = context.clock()
    with context.store.writing() as session:
        row = find_row(session, dossier_id)
        if row is None:
            raise UnknownDossier
        if not row.system:
            raise NotElsewhere
        if row.system_code == told:
            return Change.NOTHING
        others = select(func.count()).where(
            DossierRow.system == row.system,
            DossierRow.system_code == told,
            DossierRow.id != row.id,
        )
        if session.scalar(others):
            raise CodeElsewhereTaken
        row.system_code = told
        note_history(
            context,
            session,
            row,
            event="system.code_noted",
            moment=moment,
            text=f"{row.system} · {told}",
        )
    return Change.DOSSIERS


def _values(session: Session, row: DossierRow) -> dict[CopyField, str]:
    papers = (paper.name for paper in life.papers(session, row))
    fees = (f"{fee.name}: {written(Dong(fee.amount))}" for fee in life.fees(session, row))
    receipt = session.scalar(
        select(MoneyRow.number).where(MoneyRow.dossier == row.row).order_by(MoneyRow.at.desc())
    )
    return {
        CopyField.PROCEDURE_CODE: row.procedure_code,
        CopyField.PROCEDURE_NAME: row.procedure_name,
        CopyField.APPLICANT_NAME: row.applicant_name.upper(),
        CopyField.NUMBER: row.applicant_number or "",
        CopyField.BIRTH_DATE: _birth(row.birth_date),
        CopyField.SEX: row.sex or "",
        CopyField.ADDRESS: row.address or "",
        CopyField.PHONE: row.phone or "",
        CopyField.EMAIL: row.email or "",
        CopyField.PAPERS: "; ".join(papers),
        CopyField.RECEIVED_AT: f"{row.received_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}",
        CopyField.DUE_AT: (
            f"{row.due_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if row.due_at else ""
        ),
        CopyField.FEES: "; ".join(fees),
        CopyField.RECEIPT: receipt or "",
        CopyField.NOTE: row.note or "",
    }


def _birth(iso: str | None) -> str:
    if iso is None:
        return ""
    born = PartialDate.from_iso(iso)
    parts = (born.day, born.month)
    return "/".join([f"{part:02}" for part in parts if part is not None] + [str(born.year)])
