"""What was written for the portal, seen dossier by dossier and not message by message.

An interface that takes whole dossiers, and no single facts, is told from here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.dossier import Status
from counter.store.files import AttachmentRow, FileRow
from counter.store.outbox import DOSSIER, ERASED_BODY, EVENT, Message
from counter.store.tables import CopyRow, DossierRow, OutboxRow

_PARTS = tuple(getattr(OutboxRow, part.name) for part in fields(Message))


def until(session: Session, dossier_id: UUID, dossier_seq: int) -> list[Message]:
    """Return what was written of a dossier up to *dossier_seq*, in order, settled or not."""
    rows = session.execute(
        select(*_PARTS)
        .where(OutboxRow.dossier_id == dossier_id, OutboxRow.dossier_seq <= dossier_seq)
        .order_by(OutboxRow.dossier_seq)
    )
    return [Message(*row) for row in rows]


def events_written(session: Session, dossier_id: UUID) -> list[dict[str, Any]]:
    """Return every event that this desk wrote of a dossier and still knows, in order."""
    bodies = session.scalars(
        select(OutboxRow.body)
        .where(
            OutboxRow.dossier_id == dossier_id,
            OutboxRow.kind == EVENT,
            OutboxRow.body != ERASED_BODY,
        )
        .order_by(OutboxRow.dossier_seq)
    )
    return [json.loads(body) for body in bodies]


def id_called(session: Session, code: str) -> UUID | None:
    """Return the identity of the dossier here that carries *code*, None when there is none."""
    return session.scalar(select(DossierRow.id).where(DossierRow.code == code))


def sister_content(session: Session, dossier_id: UUID) -> dict[str, Any] | None:
    """Return a dossier that was received elsewhere as it was last told of; None for our own."""
    body = session.scalar(
        select(CopyRow.body)
        .join(DossierRow, DossierRow.id == CopyRow.dossier_id)
        .where(CopyRow.dossier_id == dossier_id, DossierRow.elsewhere != "")
    )
    found: dict[str, Any] | None = json.loads(body)["content"] if body else None
    return found


def sister_codes(session: Session) -> list[str]:
    """Return the codes of open dossiers that were received elsewhere."""
    ended = [status for status in Status if status.is_final]
    codes = session.scalars(
        select(DossierRow.code)
        .where(
            DossierRow.elsewhere != "",
            DossierRow.code.is_not(None),
            DossierRow.status.not_in(ended),
        )
        .order_by(DossierRow.row)
    )
    return [code for code in codes if code is not None]


def code_told(session: Session, dossier_id: UUID) -> str | None:
    """Return the official code of a dossier that has messages, None while it has none."""
    code: str | None = session.scalar(select(DossierRow.code).where(DossierRow.id == dossier_id))
    if code is not None:
        return code
    last = session.scalar(
        select(OutboxRow.body)
        .where(OutboxRow.dossier_id == dossier_id, OutboxRow.kind == DOSSIER)
        .order_by(OutboxRow.dossier_seq.desc())
        .limit(1)
    )
    told = json.loads(last).get("code") if last else None
    return None if told is None else str(told)


def unsettled_among(session: Session, keys: Iterable[UUID]) -> set[UUID]:
    """Return those of *keys* whose message the portal is not known to have."""
    found = session.scalars(
        select(OutboxRow.key).where(OutboxRow.key.in_(list(keys)), OutboxRow.state != "settled")
    )
    return set(found)


def carried_inside(session: Session) -> list[str]:
    """Return the waiting files whose dossier the portal has, each message of it settled.

    Asked where files travel inside the dossier's record and not by themselves.
    """
    owner = select(DossierRow.id).join(AttachmentRow, AttachmentRow.dossier == DossierRow.row)
    owners = owner.where(AttachmentRow.sha256 == FileRow.sha256).correlate(FileRow)
    told = select(OutboxRow.seq).where(OutboxRow.dossier_id.in_(owners)).correlate(FileRow)
    return list(
        session.scalars(
            select(FileRow.sha256).where(
                FileRow.state == "waiting",
                told.exists(),
                ~told.where(OutboxRow.state != "settled").exists(),
            )
        )
    )
