"""Messages the portal has had, when it turns out that it does not hold them after all.

What was acknowledged is compared with what the portal shows, and what it lost goes back into the
line of ``counter.store.outbox``: the same bytes under the same key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from counter.store.outbox import DOSSIER, EVENT, SAYS, STANDS
from counter.store.tables import OutboxRow


def reopen(session: Session, dossier_id: UUID) -> int:
    """Put everything ever sent of a dossier back into the line, since the portal lost it.

    Bodies and keys stay as they are; only versions, which the portal counts anew, are forgotten.
    """
    return _reopen(session, dossier_id, [])


def reopen_events(session: Session, dossier_id: UUID, from_seq: int) -> int:
    """Put a dossier's settled events from its number *from_seq* on back into the line."""
    rows = session.execute(
        select(OutboxRow.seq, OutboxRow.body).where(
            OutboxRow.dossier_id == dossier_id,
            OutboxRow.kind == EVENT,
            OutboxRow.state == "settled",
            STANDS,
            SAYS,
        )
    )
    lost = [seq for seq, body in rows if json.loads(body)["seq"] >= from_seq]
    return _reopen(session, dossier_id, [OutboxRow.seq.in_(lost)]) if lost else 0


def reopen_content(session: Session, dossier_id: UUID, base_version: int) -> int:
    """Put the last content sent of a dossier back into the line, resting on *base_version*."""
    last = session.scalar(
        select(func.max(OutboxRow.seq)).where(
            OutboxRow.dossier_id == dossier_id, OutboxRow.kind == DOSSIER, STANDS, SAYS
        )
    )
    changed = _reopen(session, dossier_id, [OutboxRow.seq == last])
    session.execute(
        update(OutboxRow).where(OutboxRow.seq == last).values(base_version=base_version)
    )
    return changed


def _reopen(session: Session, dossier_id: UUID, which: list[ColumnElement[bool]]) -> int:
    changed = session.scalars(
        update(OutboxRow)
        .where(
            OutboxRow.dossier_id == dossier_id, OutboxRow.state == "settled", STANDS, SAYS, *which
        )
        .values(
            state="waiting",
            next_at=None,
            settled_at=None,
            portal_version=None,
            base_version=None,
            attempts=OutboxRow.attempts + 1,
        )
        .returning(OutboxRow.seq)
    )
    return len(changed.all())


@dataclass(frozen=True, slots=True)
class Sent:
    """What the portal acknowledged of one dossier.

    Attributes:
        body: The dossier as last sent, JSON text.
        version: The version the portal gave it then, None when it is not known.
        events: The highest number of its events, 0 when there are none.
    """

    dossier_id: UUID
    body: str = field(repr=False)
    version: int | None
    events: int


def sent_since(session: Session, since: datetime) -> Iterator[Sent]:
    """Yield what was acknowledged of each dossier that has a message settled since *since*.

    Dossiers with a message still on the way are left out: they tell the portal anyway.
    """
    recent = (
        select(OutboxRow.dossier_id)
        .group_by(OutboxRow.dossier_id)
        .having(
            func.min(OutboxRow.state) == "settled",
            func.max(OutboxRow.state) == "settled",
            func.max(OutboxRow.settled_at) >= since,
        )
    )
    rows = session.execute(
        select(OutboxRow.dossier_id, OutboxRow.kind, OutboxRow.body, OutboxRow.portal_version)
        .where(OutboxRow.dossier_id.in_(recent), STANDS, SAYS)
        .order_by(OutboxRow.dossier_id, OutboxRow.dossier_seq)
        .execution_options(yield_per=500)
    )
    for dossier_id, messages in groupby(rows, key=lambda row: row[0]):
        body, version, events = "", None, 0
        for _, kind, text, made in messages:
            if kind == DOSSIER:
                body, version = text, made
            else:
                events = max(events, json.loads(text)["seq"])
        yield Sent(dossier_id, body, version, events)
