"""Everything the database holds about one citizen, row by row, ready to be handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from counter.store import parties
from counter.store.certified import CertifiedRow
from counter.store.declared import DeclaredRow
from counter.store.files import AttachmentRow
from counter.store.legal_receipts import LegalReceiptRow
from counter.store.life_tables import (
    DueRow,
    GuidanceRow,
    HandOverRow,
    LetterRow,
    MoneyRow,
    ResultRow,
    ReturnRow,
    SupplementRow,
    WantedRow,
)
from counter.store.payments import PaymentRow
from counter.store.people_tables import DraftRow
from counter.store.return_wishes import ReturnWishRow
from counter.store.tables import (
    CopyRow,
    DossierRow,
    FeeRow,
    HistoryRow,
    OutboxRow,
    PaperRow,
    PartyRow,
)
from counter.store.trail import AuditRow
from counter.store.whose import Whose

_PARTS: tuple[tuple[str, Any], ...] = (
    ("people", PartyRow),
    ("papers", PaperRow),
    ("fees", FeeRow),
    ("declared", DeclaredRow),
    ("history", HistoryRow),
    ("due_dates", DueRow),
    ("supplements", SupplementRow),
    ("handed_over", HandOverRow),
    ("results", ResultRow),
    ("returns", ReturnRow),
    ("return_wish", ReturnWishRow),
    ("letters", LetterRow),
    ("money", MoneyRow),
    ("legal_receipts", LegalReceiptRow),
    ("certified_copies", CertifiedRow),
    ("files", AttachmentRow),
)


def dossiers(session: Session, citizen: Whose) -> Iterator[dict[str, Any]]:
    """Yield each dossier that is the citizen's or that the citizen brought, with all its parts."""
    rows = session.scalars(select(DossierRow).where(citizen.dossiers()).order_by(DossierRow.row))
    for row in rows.all():
        applicant, submitter = parties.of_dossier(session, row)
        is_own = citizen.is_of(applicant)
        if not is_own and (submitter is None or not citizen.is_of(submitter.person)):
            continue
        parts = {
            name: [_plain(p) for p in session.scalars(select(t).where(t.dossier == row.row))]
            for name, t in _PARTS
        }
        paid = session.scalars(select(PaymentRow).where(PaymentRow.dossier_id == row.id))
        sent = session.execute(
            select(OutboxRow.kind, OutboxRow.written_at, OutboxRow.settled_at).where(
                OutboxRow.dossier_id == row.id
            )
        )
        seen = session.execute(
            select(AuditRow.at, AuditRow.officer, AuditRow.action)
            .where(AuditRow.subject == row.id.hex)
            .order_by(AuditRow.seq)
        )
        yield (
            _plain(row)
            | parts
            | {
                "wanted_papers": [_plain(one) for one in session.scalars(_wanted(row.row))],
                "payments": [_plain(payment) for payment in paid],
                "told_to_the_portal": [
                    {"kind": kind, "written_at": _text(at), "taken_at": _text(taken)}
                    for kind, at, taken in sent
                ],
                "who_saw_it": [
                    {"at": at, "officer": officer, "action": action} for at, officer, action in seen
                ],
            }
        )


def _wanted(dossier: int) -> Select[WantedRow]:
    asked = select(SupplementRow.row).where(SupplementRow.dossier == dossier)
    return select(WantedRow).where(WantedRow.supplement.in_(asked)).order_by(WantedRow.row)


def told_by_the_portal(session: Session, citizen: Whose) -> list[dict[str, Any]]:
    """Return what the portal told of the citizen's dossiers, those of other desks too."""
    return _telling_of(session, CopyRow, citizen)


def guidance(session: Session, citizen: Whose) -> list[dict[str, Any]]:
    """Return the guidance given to the citizen that became no dossier."""
    return _telling_of(session, GuidanceRow, citizen)


def visits(session: Session, citizen: Whose) -> list[dict[str, Any]]:
    """Return the visits of the citizen that are typed or laid aside and no dossier yet."""
    return _telling_of(session, DraftRow, citizen)


def _telling_of(session: Session, table: Any, citizen: Whose) -> list[dict[str, Any]]:
    wanted = select(table)
    if citizen.own_number:
        wanted = wanted.where(table.body.contains(citizen.own_number, autoescape=True))
    return [_plain(row) for row in session.scalars(wanted) if citizen.stands_in(row.body)]


def _plain(row: Any) -> dict[str, Any]:
    """Return a row as JSON can say it, without the numbers that only tie rows together."""
    columns = inspect(type(row)).columns
    return {
        column.key: _text(getattr(row, column.key))
        for column in columns
        if column.key not in {"row", "dossier", "supplement", "applicant_folded"}
    }


def _text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
