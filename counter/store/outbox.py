"""Messages that must reach the portal, in the order things happened.

A message is put in the same transaction as the fact it tells, so a fact on disk always has its
message and a message always has its fact. It is immutable from then on: the same bytes go out
with every attempt, under the same key. A settled message keeps its time and digest as the record
of what the portal was told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from counter.store.clocks import CLOCKS
from counter.store.rows import write
from counter.store.tables import CopyRow, OutboxRow

DOSSIER = "dossier"
"""The whole dossier in the portal's words (``DossierContent`` of the contract)."""

EVENT = "event"
"""One event of a dossier the portal has (``EventBody`` of the contract)."""


LONGEST_DELAY = timedelta(minutes=10)
"""No message is delayed longer."""


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
        attempts: How often the portal answered without taking it.
        base_version: Version of the portal's dossier a change rests on (``If-Match``), set when it
            is first sent; None for the message that makes the dossier, and for events.
    """

    seq: int
    key: UUID
    dossier_id: UUID
    dossier_seq: int
    kind: str
    body: str = field(repr=False)
    digest: str
    written_at: datetime
    attempts: int
    base_version: int | None = None


STANDS = OutboxRow.replaced_by.is_(None)
"""No officer chose another message in its place."""

ERASED_BODY = "{}"
"""Stands where a body stood whose term has passed; the digest still says what was told."""

SAYS = OutboxRow.body != ERASED_BODY
"""It can be told anew."""

_MESSAGE = tuple(getattr(OutboxRow, part.name) for part in fields(Message))


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


_LAST = select(func.max(OutboxRow.dossier_seq)).where(
    OutboxRow.dossier_id == bindparam("of_dossier")
)


def put(
    session: Session,
    *,
    key: UUID,
    dossier_id: UUID,
    kind: str,
    facts: Mapping[str, object],
    moment: datetime,
    base_version: int | None = None,
    is_first: bool = False,
) -> None:
    """Add a message to the transaction the caller has open.

    Args:
        base_version: Version of the portal's dossier that a change rests on, where this desk did
            not make the dossier; else it is found when the message is first sent.
        is_first: The dossier was made in this transaction, so nothing was told of it before and
            its last message need not be looked for. The database refuses it were it not so.
    """
    body = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    seq = 1 if is_first else _last_of(session, dossier_id) + 1
    clocks = session.info[CLOCKS].read()
    write(
        session,
        OutboxRow,
        {
            "key": key,
            "dossier_id": dossier_id,
            "dossier_seq": seq,
            "kind": kind,
            "body": body,
            "digest": digest_of(key, dossier_id, seq, body),
            "written_at": moment,
            "base_version": base_version,
            "boot": clocks.boot,
            "uptime_ms": clocks.uptime_ms,
            "skew_ms": clocks.skew_ms,
        },
    )


def _last_of(session: Session, dossier_id: UUID) -> int:
    return session.connection().execute(_LAST, {"of_dossier": dossier_id}).scalar() or 0


def last_content(session: Session, dossier_id: UUID) -> tuple[str, int | None] | None:
    """Return a dossier's content as this desk last wrote it, and the version the portal made of it.

    The content is JSON text; its version is None while the portal has not acknowledged it. None
    when this desk never wrote any, or its term has passed.
    """
    row = session.execute(
        select(OutboxRow.body, OutboxRow.portal_version)
        .where(OutboxRow.dossier_id == dossier_id, OutboxRow.kind == DOSSIER, STANDS, SAYS)
        .order_by(OutboxRow.dossier_seq.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.body, row.portal_version)


def events_of(session: Session, dossier_id: UUID) -> int:
    """Return how many events of a dossier this desk has written."""
    count = select(func.count()).select_from(OutboxRow)
    return (
        session.scalar(
            count.where(OutboxRow.dossier_id == dossier_id, OutboxRow.kind == EVENT, STANDS)
        )
        or 0
    )


def due(session: Session, moment: datetime, limit: int) -> list[Message]:
    """Return at most *limit* messages that may be sent at *moment*, oldest first.

    Only the first unsettled message of each dossier is offered, so a dossier's order holds and a
    parked one never holds up another.
    """
    rows = session.execute(
        _sendable()
        .where(
            or_(
                OutboxRow.next_at.is_(None),
                OutboxRow.next_at <= moment,
                OutboxRow.next_at > moment + LONGEST_DELAY,  # the clock was set back meanwhile
            ),
        )
        .order_by(OutboxRow.seq)
        .limit(limit)
    )
    return [Message(*row) for row in rows]


def has_sendable(session: Session) -> bool:
    """Say whether a message can go, now or when its delay is over; parked dossiers cannot."""
    return session.execute(_sendable().limit(1)).first() is not None


def _sendable() -> Select[*tuple[Any, ...]]:
    """Select the first unsettled message of each dossier, where it waits to be sent.

    Its columns are those of ``Message``, in order; whole rows would cost twice the time.
    """
    return select(*_MESSAGE).where(_is_first())


def _is_first() -> ColumnElement[bool]:
    """Select what waits to be sent and has nothing unsettled of its dossier before it."""
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
    return (OutboxRow.state == "waiting") & ~blocked


def with_bases(session: Session, messages: Sequence[Message]) -> list[Message]:
    """Return *messages* with the version each change of a dossier rests on, noting it once.

    It is the version the officer saw: the portal's copy last brought up here, or what the portal
    made of this desk's own last message. It stays the same in every repeat.
    """
    based = []
    for message in messages:
        if message.kind == DOSSIER and message.dossier_seq > 1 and message.base_version is None:
            seen = session.scalar(
                select(CopyRow.applied_version).where(CopyRow.dossier_id == message.dossier_id)
            )
            made = session.scalar(
                select(func.max(OutboxRow.portal_version)).where(
                    OutboxRow.dossier_id == message.dossier_id,
                    OutboxRow.kind == DOSSIER,
                    OutboxRow.state == "settled",
                )
            )
            base = max(seen or 0, made or 0) or None
            session.execute(
                update(OutboxRow).where(OutboxRow.seq == message.seq).values(base_version=base)
            )
            based.append(replace(message, base_version=base))
        else:
            based.append(message)
    return based


def next_due_at(session: Session) -> datetime | None:
    """Return when the earliest delayed message may be sent again, None when none is delayed.

    One behind a parked message may not, however long ago its own delay was over.
    """
    delayed = OutboxRow.next_at.is_not(None)
    return session.scalar(select(func.min(OutboxRow.next_at)).where(delayed, _is_first()))


def settle(
    session: Session, message: Message, moment: datetime, *, portal_version: int | None
) -> None:
    """Note that the portal has *message*; settling twice changes nothing."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.seq == message.seq, OutboxRow.state != "settled")
        .values(state="settled", settled_at=moment, portal_version=portal_version, trouble=None)
    )


_SETTLE = (
    update(OutboxRow)
    .where(OutboxRow.seq == bindparam("message"), OutboxRow.state != "settled")
    .values(
        state="settled",
        settled_at=bindparam("moment"),
        portal_version=bindparam("version"),
        trouble=None,
    )
)


def settle_all(
    session: Session, taken: Sequence[tuple[Message, int | None]], moment: datetime
) -> None:
    """Note that the portal has each message and the version it gave, as ``settle`` does.

    One prepared statement for all of them: a backlog of thousands is settled in a tenth of the
    time, and the interpreter is left to the window's thread meanwhile.
    """
    if taken:
        session.connection().execute(
            _SETTLE,
            [
                {"message": message.seq, "moment": moment, "version": version}
                for message, version in taken
            ],
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
    numbers: dict[str, int] = {
        state: number
        for state, number in session.execute(
            select(OutboxRow.state, func.count())
            .where(OutboxRow.state.in_(("waiting", "parked", "conflict")))
            .group_by(OutboxRow.state)
        )
    }
    oldest = session.scalar(
        select(OutboxRow.written_at)
        .where(OutboxRow.state == "waiting")
        .order_by(OutboxRow.seq)
        .limit(1)
    )
    return OutboxCount(
        waiting=numbers.get("waiting", 0),
        parked=numbers.get("parked", 0),
        conflict=numbers.get("conflict", 0),
        oldest_waiting_at=oldest,
    )
