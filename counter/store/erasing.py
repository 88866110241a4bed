"""Personal data of dossiers that ended long ago leaves the database; that they were, stays.

The row keeps its code, procedure, days, state and money, which the registers and the accounts
need; who it was about, what they declared and the files they brought are gone. The audit chain
names no citizen and stays as it is.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from counter.dossier import Status
from counter.payments import OPEN
from counter.store import payments, post_lists
from counter.store.certified import CertifiedRow
from counter.store.declared import DeclaredRow
from counter.store.files import AttachmentRow, FileRow
from counter.store.legal_receipts import LegalReceiptRow
from counter.store.life_tables import (
    DueRow,
    GuidanceRow,
    LetterRow,
    MoneyRow,
    ResultRow,
    ReturnRow,
    SupplementRow,
    WantedRow,
)
from counter.store.outbox import ERASED_BODY
from counter.store.pieces import PieceRow
from counter.store.return_wishes import ReturnWishRow
from counter.store.store import find_mark, forget_mark, note_mark
from counter.store.tables import (
    CopyRow,
    DossierRow,
    FeeRow,
    HistoryRow,
    LeaseRow,
    OutboxRow,
    PaperRow,
    PartyRow,
)

ERASED = "(đã xóa)"
"""Stands where a name stood."""

LEFT_OVER = "files_to_remove"
"""Names the mark of files whose facts are erased and whose bytes may still be there."""


def is_day_known(session: Session, today: date) -> bool:
    """Tell whether the portal has lent numbers for *today* or later.

    A computer whose clock ran years ahead must not take that for the end of every term; the days of
    the blocks come from the portal.
    """
    lent: bool = session.scalar(select(exists().where(LeaseRow.day >= today))) or False
    return lent


def find_ended(session: Session, before: datetime, limit: int) -> list[DossierRow]:
    """Return at most *limit* dossiers that ended before *before* and of which nothing is open.

    Open is a message or file the portal does not have yet, a payment that money may still come
    for, and a letter that waits for its leader.
    A file that only the portal has is not missed here.
    """
    last = select(func.max(HistoryRow.at)).where(HistoryRow.dossier == DossierRow.row)
    unsent = exists().where(
        OutboxRow.dossier_id == DossierRow.id,
        OutboxRow.state != "settled",
    )
    uncarried = exists().where(
        AttachmentRow.dossier == DossierRow.row,
        FileRow.sha256 == AttachmentRow.sha256,
        FileRow.state.in_(("waiting", "parked")),
        DossierRow.system == "",
    )
    unpaid = exists().where(
        payments.PaymentRow.dossier_id == DossierRow.id, payments.PaymentRow.state.in_(OPEN)
    )
    unsigned = exists().where(LetterRow.dossier == DossierRow.row, LetterRow.decided_at.is_(None))
    rows = session.scalars(
        select(DossierRow)
        .where(
            DossierRow.status.in_([int(status) for status in Status if status.is_final]),
            DossierRow.applicant_name != ERASED,
            last.correlate(DossierRow).scalar_subquery() < before,
            ~unsent,
            ~uncarried,
            ~unpaid,
            ~unsigned,
        )
        .order_by(DossierRow.row)
        .limit(limit)
    )
    return list(rows)


def erase(session: Session, row: DossierRow) -> None:
    """Erase who a dossier was about, in the open transaction; its files' names are noted."""
    row.applicant_name = row.applicant_folded = ERASED
    row.applicant_number = row.birth_date = row.sex = row.address = None
    row.phone = row.email = row.verdict = row.note = None
    row.subject = row.procedure_name
    mine = row.row
    for table in (PartyRow, DeclaredRow, ReturnWishRow):
        session.execute(delete(table).where(table.dossier == mine))
    supplements = select(SupplementRow.row).where(SupplementRow.dossier == mine)
    asked_for = update(WantedRow).where(WantedRow.supplement.in_(supplements))
    session.execute(asked_for.values(note=""))
    session.execute(asked_for.where(WantedRow.code.is_(None)).values(name=ERASED))
    texts: tuple[tuple[Any, str], ...] = (
        (HistoryRow, "text"),
        (DueRow, "reason"),
        (SupplementRow, "reason"),
        (SupplementRow, "cause"),
        (LetterRow, "reason"),
        (ResultRow, "name"),
        (ResultRow, "number"),
        (ReturnRow, "authorisation"),
        (CertifiedRow, "document"),
    )
    for words, column in texts:
        session.execute(update(words).where(words.dossier == mine).values({column: ""}))
    session.execute(
        update(ReturnRow).where(ReturnRow.dossier == mine).values(receiver=ERASED, last4=None)
    )
    session.execute(
        update(LegalReceiptRow)
        .where(LegalReceiptRow.dossier == mine)
        .values(body=ERASED_BODY, void_body=None, trouble=None)
    )
    post_lists.erase(session, mine)
    payments.erase(session, [row.id])
    session.execute(update(MoneyRow).where(MoneyRow.dossier == mine).values(reason=None))
    session.execute(
        update(FeeRow)
        .where(FeeRow.dossier == mine, FeeRow.exempt_reason.is_not(None))
        .values(exempt_reason=ERASED)
    )
    session.execute(
        update(PaperRow)
        .where(PaperRow.dossier == mine, PaperRow.code.is_(None))
        .values(name=ERASED)
    )
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.dossier_id == row.id)
        .values(body=ERASED_BODY, trouble=None)
    )
    session.execute(
        update(CopyRow)
        .where(CopyRow.dossier_id == row.id)
        .values(body=None, phone=None, email=None)
    )
    _erase_files(session, mine)


def erase_copies(session: Session, before: datetime, limit: int) -> list[UUID]:
    """Erase what the portal said of at most *limit* dossiers that never lay here; return which.

    They ended elsewhere before *before*.
    """
    lies_here = exists().where(DossierRow.id == CopyRow.dossier_id)
    ended = list(
        session.scalars(
            select(CopyRow.dossier_id)
            .where(
                CopyRow.body.is_not(None),
                CopyRow.status.in_([int(status) for status in Status if status.is_final]),
                CopyRow.status_at < before,
                ~lies_here,
            )
            .limit(limit)
        )
    )
    session.execute(
        update(CopyRow)
        .where(CopyRow.dossier_id.in_(ended))
        .values(body=None, phone=None, email=None)
    )
    payments.erase(session, ended)
    return ended


def erase_guidance(session: Session, before: datetime) -> int:
    """Delete guidance given before *before*; return how many."""
    gone = session.scalars(
        delete(GuidanceRow).where(GuidanceRow.at < before).returning(GuidanceRow.number)
    )
    return len(gone.all())


def remove_left_over(session: Session, folder: Path) -> None:
    """Overwrite and remove the bytes of files whose facts were erased; harmless to repeat."""
    for name in json.loads(find_mark(session, LEFT_OVER) or "[]"):
        if session.get(FileRow, name) is not None:
            continue  # brought anew meanwhile
        place = folder / name
        with suppress(FileNotFoundError):
            overwrite_and_remove(place)
    forget_mark(session, LEFT_OVER)


def overwrite_and_remove(place: Path) -> None:
    """Write chance over the bytes of a file, then remove it.

    Raises:
        OSError: It cannot be opened, written or removed.
    """
    size = place.stat().st_size
    with place.open("rb+") as file:
        file.write(os.urandom(size))
        file.flush()
        os.fsync(file.fileno())
    place.unlink()


def _erase_files(session: Session, dossier: int) -> None:
    mine = list(
        session.scalars(
            delete(AttachmentRow)
            .where(AttachmentRow.dossier == dossier)
            .returning(AttachmentRow.sha256)
        )
    )
    session.flush()
    still = set(session.scalars(select(AttachmentRow.sha256).where(AttachmentRow.sha256.in_(mine))))
    gone = sorted(set(mine) - still)
    session.execute(delete(PieceRow).where(PieceRow.sha256.in_(gone)))
    session.execute(delete(FileRow).where(FileRow.sha256.in_(gone)))
    left: list[str] = json.loads(find_mark(session, LEFT_OVER) or "[]")
    if gone:
        note_mark(session, LEFT_OVER, json.dumps(sorted({*left, *gone})))
