"""A message that waits for an officer: both versions compared, and the choice carried out.

What was sent is never changed. A choice makes a new message, under a new key; the old one is kept
as replaced by it, and those that waited behind it are put after it, in their order.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.receipts import note_history
from counter.disputes import (
    STATUS,
    Difference,
    MessageView,
    masked,
    merged,
    parts_of,
    reasons_in,
    trouble_of,
    words_of,
)
from counter.errors import UnknownMessage
from counter.store import outbox
from counter.store.dossiers import find_row
from counter.store.tables import CopyRow, OutboxRow
from counter.values import uuid7
from counter.work import Change, SyncStanding


def message(context: Context, key: UUID) -> MessageView:
    """Return one message that the portal has not taken, compared with what the portal has.

    Raises:
        UnknownMessage: It is settled, or there is none.
    """
    with context.store.reading() as session:
        row = _row(session, key)
        dossier = find_row(session, row.dossier_id)
        copy = session.get(CopyRow, row.dossier_id)
        ours = json.loads(row.body)
        differences = (
            _of_event(ours, copy, row) if row.kind == outbox.EVENT else _of_content(ours, copy, row)
        )
        return MessageView(
            key=row.key,
            dossier_code=(dossier.code or dossier.provisional_code or "") if dossier else "",
            kind=row.kind,
            event=str(ours.get("kind", "")) if row.kind == outbox.EVENT else "",
            written_at=row.written_at,
            standing=SyncStanding(row.state),
            attempts=row.attempts,
            next_at=row.next_at,
            trouble=row.trouble,
            differences=differences,
            later=len(_behind(session, row)),
        )


def settle(context: Context, key: UUID, keep: frozenset[str]) -> Change:
    """Carry out what an officer chose for a message in conflict.

    Args:
        keep: Pointers of the fields that stay as this desk says; the others become the portal's.

    Raises:
        UnknownMessage: It is not in conflict, or what the portal has is not known here yet.
    """
    moment = context.clock()
    with context.store.writing() as session:
        row = _row(session, key)
        dossier = find_row(session, row.dossier_id)
        copy = session.get(CopyRow, row.dossier_id)
        if row.state != "conflict" or dossier is None or copy is None or copy.body is None:
            raise UnknownMessage
        ours, base = json.loads(row.body), None
        if row.kind == outbox.EVENT:
            facts: dict[str, Any] | None = _event(ours, copy, bool(keep), uuid7(moment))
        else:
            theirs = json.loads(copy.body)["content"]
            facts = merged(ours, theirs, keep)
            base = copy.version
            if facts == theirs:
                facts = None
        behind = _behind(session, row)
        _replace(session, row, facts, moment=moment, base=base)
        for later in behind:
            _replace(session, later, json.loads(later.body), moment=moment, base=None)
        text = ", ".join(sorted(keep))
        event = "conflict.kept" if keep else "conflict.given_way"
        note_history(context, session, dossier, event=event, moment=moment, text=text)
    return Change.DOSSIERS


def _row(session: Session, key: UUID) -> OutboxRow:
    row = session.scalar(select(OutboxRow).where(OutboxRow.key == key))
    if row is None or row.state == "settled":
        raise UnknownMessage
    return row


def _behind(session: Session, row: OutboxRow) -> list[OutboxRow]:
    later = select(OutboxRow).where(
        OutboxRow.dossier_id == row.dossier_id,
        OutboxRow.dossier_seq > row.dossier_seq,
        OutboxRow.state != "settled",
    )
    return list(session.scalars(later.order_by(OutboxRow.dossier_seq)))


def _replace(
    session: Session,
    row: OutboxRow,
    facts: dict[str, Any] | None,
    *,
    moment: datetime,
    base: int | None,
) -> None:
    key = uuid7(moment)
    row.state, row.replaced_by = "settled", key if facts is not None else row.key
    row.settled_at, row.next_at = moment, None
    session.flush()
    if facts is not None:
        outbox.put(
            session,
            key=key,
            dossier_id=row.dossier_id,
            kind=row.kind,
            facts=facts,
            moment=moment,
            base_version=base,
        )


def _event(ours: dict[str, Any], copy: CopyRow, keep: bool, event_id: UUID) -> dict[str, Any]:
    """Return the event that takes the place, and the number, of one the portal did not take."""
    now = copy.status or ours["status_before"]
    if keep:
        return {**ours, "event_id": str(event_id), "status_before": now}
    return {
        **{name: ours[name] for name in ("dossier_id", "desk_id", "seq", "at", "officer")},
        "event_id": str(event_id),
        "kind": "note",
        "status_before": now,
        "status_after": now,
        "text": f"{ours['kind']}: {ours.get('text') or ''}"[:2000],
    }


def _of_event(ours: dict[str, Any], copy: CopyRow | None, row: OutboxRow) -> tuple[Difference, ...]:
    told = trouble_of(row.trouble)
    theirs = told.get("current_status") or (copy.status if copy else None)
    reasons = reasons_in(row.trouble)
    own = Difference(
        pointer=STATUS,
        ours=str(ours["status_after"]),
        theirs=str(theirs or ""),
        differs=row.state == "conflict",
        reason=reasons.get("/status_after", ""),
    )
    wrong = tuple(
        Difference(pointer, masked(str(ours.get(pointer.strip("/")) or "")), "", False, reason)
        for pointer, reason in reasons.items()
        if pointer != "/status_after"
    )
    return (own, *wrong)


def _of_content(
    ours: dict[str, Any], copy: CopyRow | None, row: OutboxRow
) -> tuple[Difference, ...]:
    reasons = reasons_in(row.trouble)
    theirs = json.loads(copy.body)["content"] if copy is not None and copy.body else {}
    there, here = parts_of(theirs), parts_of(ours)
    contested = row.state == "conflict" and bool(theirs)
    found = []
    for pointer in {**here, **there}:
        reason = next((r for p, r in reasons.items() if p.startswith(pointer)), "")
        differs = contested and (here.get(pointer) or None) != (there.get(pointer) or None)
        if differs or reason:
            mine, its = words_of(here.get(pointer)), words_of(there.get(pointer))
            found.append(Difference(pointer, mine, its, differs, reason))
    return tuple(found)
