"""The register (sổ theo dõi hồ sơ) read from what is on disk, oldest reception first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.dossier import Status
from counter.store.life_tables import HandOverRow, ResultRow, ReturnRow
from counter.store.return_wishes import ReturnWishRow
from counter.store.tables import DossierRow


@dataclass(frozen=True, slots=True)
class Registered:
    """One dossier as the register needs it; the last of each passing counts.

    Attributes:
        relation: What the receiver of the result was to the applicant; None before.
        wished: How the citizen wanted the result, None at the desk.
    """

    code: str
    procedure: str
    sets: int
    applicant: str
    address: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    status: int
    unit: str
    received_at: datetime
    due_at: datetime | None
    passed_at: datetime | None
    result_at: datetime | None
    returned_at: datetime | None
    note: str | None = field(repr=False)
    relation: str | None = None
    wished: str | None = None


def registered(session: Session, begin: datetime, end: datetime) -> Iterator[Registered]:
    """Yield every dossier this desk received from *begin* until before *end*."""
    passed = select(func.max(HandOverRow.at)).where(HandOverRow.dossier == DossierRow.row)
    result = select(func.max(ResultRow.at)).where(ResultRow.dossier == DossierRow.row)
    returned = select(func.max(ReturnRow.at)).where(
        ReturnRow.dossier == DossierRow.row, ReturnRow.recalled_at.is_(None)
    )
    relation = (
        select(ReturnRow.relation)
        .where(ReturnRow.dossier == DossierRow.row, ReturnRow.recalled_at.is_(None))
        .order_by(ReturnRow.row.desc())
    )
    wished = select(ReturnWishRow.way).where(ReturnWishRow.dossier == DossierRow.row)
    rows = session.execute(
        select(
            func.coalesce(DossierRow.code, DossierRow.provisional_code),
            DossierRow.procedure_name,
            DossierRow.sets,
            DossierRow.applicant_name,
            DossierRow.address,
            DossierRow.phone,
            DossierRow.status,
            DossierRow.unit,
            DossierRow.received_at,
            DossierRow.due_at,
            passed.scalar_subquery(),
            result.scalar_subquery(),
            returned.scalar_subquery(),
            DossierRow.note,
            relation.limit(1).scalar_subquery(),
            wished.scalar_subquery(),
        )
        .where(
            DossierRow.received_at >= begin,
            DossierRow.received_at < end,
            DossierRow.elsewhere == "",
            DossierRow.status != Status.FILED.value,
        )
        .order_by(DossierRow.received_at, DossierRow.row)
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield Registered(*tuple(row))
