"""Messages that must reach the portal, in the order things happened.

A message is put in the same transaction as the fact it tells, so a fact on disk always has its
message and a message always has its fact. It is immutable from then on: the same bytes go out
with every attempt, under the same key. A settled message keeps its time and digest as the record
of what the portal was told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from counter.store.tables import OutboxRow

DOSSIER = "dossier"
"""The whole dossier in the portal's words (``DossierContent`` of the contract)."""

EVENT = "event"
"""One event of a dossier the portal has (``EventBody`` of the contract)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to send.

    Attributes:
        seq: Place in the desk's line; lower goes first.
        key: Made once, sent with every attempt; the portal uses it to recognise a repeat.
        dossier_seq: Place among the dossier's messages on this desk, from 1.
        kind: ``DOSSIER`` or ``EVENT``.
        body: JSON text, frozen when the fact happened.
        digest: SHA-256 over key, dossier, sequence and body, hexadecimal.
        attempts: How often it was sent without a usable answer.
    """

    seq: int
    key: UUID
    dossier_id: UUID
    dossier_seq: int
    kind: str
    body: str
    digest: str
    written_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """What still lies here: ``waiting`` to be sent, ``parked`` and in ``conflict`` for a person."""

    waiting: int
    parked: int
    conflict: int
    oldest_waiting_at: datetime | None


def digest_of(key: UUID, dossier_id: UUID, dossier_seq: int, body: str) -> str:
    """Return the digest that ties a message's envelope to its body."""
    envelope = f"{key}\n{dossier_id}\n{dossier_seq}\n{body}"
    return hashlib.sha256(envelope.encode()).hexdigest()


def put(
    session: Session,
    *,
    key: UUID,
    dossier_id: UUID,
    kind: str,
    facts: Mapping[str, object],
    moment: datetime,
) -> None:
    """Add a message to the transaction the caller has open."""
    body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    last = session.scalar(
        select(func.max(OutboxRow.dossier_seq)).where(OutboxRow.dossier_id == dossier_id)
    )
    seq = (last or 0) + 1
    session.add(
        OutboxRow(
            key=key,
            dossier_id=dossier_id,
            dossier_seq=seq,
            kind=kind,
            body=body,
            digest=digest_of(key, dossier_id, seq, body),
            written_at=moment,
        )
    )


def due(session: Session, moment: datetime, limit: int) -> list[Message]:
    """Return at most *limit* messages that may be sent at *moment*, oldest first.

    Only the first unsettled message of each dossier is offered, so a dossier's order holds and a
    parked one never holds up another.
    """
    earlier = aliased(OutboxRow)
    blocked = (
        select(earlier.seq)
        .where(
            earlier.dossier_id == OutboxRow.dossier_id,
            earlier.dossier_seq < OutboxRow.dossier_seq,
            earlier.state != "settled",
        )
        .exists()
    )
    rows = session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.state == "waiting",
            or_(OutboxRow.next_at.is_(None), OutboxRow.next_at <= moment),
            ~blocked,
        )
        .order_by(OutboxRow.seq)
        .limit(limit)
    )
    return [_message(row) for row in rows]


def next_due_at(session: Session) -> datetime | None:
    """Return when the earliest delayed message may be sent again, None when none is delayed."""
    return session.scalar(select(func.min(OutboxRow.next_at)).where(OutboxRow.state == "waiting"))


def settle(
    session: Session, message: Message, moment: datetime, *, portal_version: int | None
) -> None:
    """Note that the portal has *message*; settling twice changes nothing."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.seq == message.seq, OutboxRow.state != "settled")
        .values(state="settled", settled_at=moment, portal_version=portal_version, trouble=None)
    )


def postpone(session: Session, message: Message, next_at: datetime, trouble: str) -> None:
    """Note an attempt without a usable answer; *message* may go again at *next_at*."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.seq == message.seq, OutboxRow.state == "waiting")
        .values(attempts=OutboxRow.attempts + 1, next_at=next_at, trouble=trouble)
    )


def set_aside(session: Session, message: Message, state: str, trouble: str) -> None:
    """Take *message* out of the line for an officer: *state* is ``parked`` or ``conflict``.

    *trouble* is the portal's reason as JSON text: type and pointers, no personal data.
    """
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.seq == message.seq, OutboxRow.state == "waiting")
        .values(state=state, attempts=OutboxRow.attempts + 1, trouble=trouble)
    )


def send_again(session: Session, dossier_id: UUID) -> int:
    """Put a dossier's parked messages back into the line, unchanged; return how many."""
    changed = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.dossier_id == dossier_id, OutboxRow.state == "parked")
        .values(state="waiting", next_at=None)
        .returning(OutboxRow.seq)
    )
    return len(changed.all())


def count(session: Session) -> OutboxCount:
    """Return how many messages lie here and since when the oldest waits."""
    by_state = {
        state: (number, oldest)
        for state, number, oldest in session.execute(
            select(OutboxRow.state, func.count(), func.min(OutboxRow.written_at))
            .where(OutboxRow.state != "settled")
            .group_by(OutboxRow.state)
        )
    }
    waiting, oldest = by_state.get("waiting", (0, None))
    return OutboxCount(
        waiting=waiting,
        parked=by_state.get("parked", (0, None))[0],
        conflict=by_state.get("conflict", (0, None))[0],
        oldest_waiting_at=oldest,
    )


def _message(row: OutboxRow) -> Message:
    return Message(
        seq=row.seq,
        key=row.key,
        dossier_id=row.dossier_id,
        dossier_seq=row.dossier_seq,
        kind=row.kind,
        body=row.body,
        digest=row.digest,
        written_at=row.written_at,
        attempts=row.attempts,
    )
