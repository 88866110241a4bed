"""What the dossiers of some days come to, counted in one question to the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from counter.dossier import Status
from counter.drawer import CASH
from counter.scores import Counts
from counter.store.files import AttachmentRow
from counter.store.life import is_voided
from counter.store.life_tables import DueRow, MoneyRow, ResultRow
from counter.store.outbox import DOSSIER
from counter.store.tables import DossierRow, OutboxRow

PORTAL = "portal"
APOLOGY = "04"
_RUNNING = (Status.ACCEPTED.value, Status.IN_PROCESS.value)


def count(session: Session, begin: datetime, end: datetime, moment: datetime) -> Counts:
    """Count the dossiers this desk received from *begin* until before *end*, as of *moment*.

    What came from the portal is there already; what was voided as mis-keyed is no dossier.
    """
    result = (
        select(func.max(ResultRow.at))
        .where(ResultRow.dossier == DossierRow.row)
        .correlate(DossierRow)
        .scalar_subquery()
    )
    before = (
        select(DueRow.before)
        .where(DueRow.dossier == DossierRow.row, DueRow.form == APOLOGY)
        .order_by(DueRow.row)
        .limit(1)
        .correlate(DossierRow)
        .scalar_subquery()
    )
    each = (
        select(
            DossierRow.status.label("status"),
            DossierRow.origin.label("origin"),
            DossierRow.due_at.label("due"),
            func.coalesce(before, DossierRow.due_at).label("first_due"),
            result.label("result"),
            _has(OutboxRow.seq, OutboxRow.dossier_id == DossierRow.id, _settled()).label("synced"),
            _file("result").label("digital"),
            _file("paper").label("digitised"),
            _has(MoneyRow.id, MoneyRow.dossier == DossierRow.row, MoneyRow.kind == "receipt").label(
                "paid"
            ),
            _has(
                MoneyRow.id,
                MoneyRow.dossier == DossierRow.row,
                MoneyRow.kind == "receipt",
                MoneyRow.method != CASH,
            ).label("transferred"),
        )
        .where(
            DossierRow.received_at >= begin,
            DossierRow.received_at < end,
            DossierRow.elsewhere == "",
            DossierRow.system == "",
            DossierRow.status != Status.FILED.value,
            ~is_voided(),
        )
        .subquery()
    ).c
    late = each.status.in_(_RUNNING)  # also when a wrong result was sent back
    done = each.result.is_not(None) & ~late

    def of(wanted: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((wanted, 1), else_=0)), 0)

    row = session.execute(
        select(
            func.count(),
            of(each.synced | (each.origin == PORTAL)),
            of(done),
            of(done & (each.due.is_(None) | (each.result <= each.due))),
            of(done & (each.first_due.is_(None) | (each.result <= each.first_due))),
            of(late & (each.due < moment)),
            of(late & (each.first_due < moment)),
            of(done & each.digital),
            of(each.digitised),
            of(each.origin == PORTAL),
            of(each.paid),
            of(each.transferred),
        )
    ).one()
    return Counts(*row)


def _settled() -> ColumnElement[bool]:
    return and_(OutboxRow.kind == DOSSIER, OutboxRow.dossier_seq == 1, OutboxRow.state == "settled")


def _has(column: InstrumentedAttribute[Any], *wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(column).where(*wanted).correlate(DossierRow))


def _file(kind: str) -> ColumnElement[bool]:
    return _has(
        AttachmentRow.row, AttachmentRow.dossier == DossierRow.row, AttachmentRow.kind == kind
    )
