"""Messages packed into one request: the bytes that go out, and the key that names them.

The key is computed from what goes out, so the same bytes always carry the same key, also after a
restart, and changed bytes never do. ``attempts`` counts only what the portal really answered: a
message it refused and an officer sends again unchanged is a new request, not a repeat.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from counter.store.outbox import DOSSIER, EVENT, Message, digest_of

MOST_MESSAGES = 50
MOST_BYTES = 256 * 1024
ENVELOPE_BYTES = 40

_PATHS = {DOSSIER: "/dossiers/bulk", EVENT: "/events/bulk"}
_AROUND = {DOSSIER: (b'{"items":[', b"]}"), EVENT: (b'{"events":[', b"]}")}


@dataclass(frozen=True, slots=True)
class Batch:
    """One request.

    Attributes:
        kind: Of all its messages; dossiers and events go to different places.
        ids: What the answer must name, in order: dossier ids, or event ids.
        codes: The dossiers' codes, None where the portal is to give one; empty for events.
    """

    kind: str
    path: str
    key: UUID
    body: bytes = field(repr=False)
    messages: tuple[Message, ...] = field(repr=False)
    ids: tuple[UUID, ...]
    codes: tuple[str | None, ...] = ()


def is_whole(message: Message) -> bool:
    """Say whether *message* still hashes to its digest, so that no damaged one is sent."""
    digest = digest_of(message.key, message.dossier_id, message.dossier_seq, message.body)
    return digest == message.digest


def fitting(messages: Iterable[Message], most_messages: int, most_bytes: int) -> list[Message]:
    """Return those of *messages* that go into one request: of the first one's kind, at least one.

    The others stay for the next request; each is of another dossier, so no order is broken.
    """
    chosen: list[Message] = []
    size = 0
    for message in messages:
        if chosen and message.kind != chosen[0].kind:
            continue
        size += len(message.body.encode()) + ENVELOPE_BYTES
        if chosen and (size > most_bytes or len(chosen) == most_messages):
            break
        chosen.append(message)
    return chosen


def pack(messages: Sequence[Message]) -> Batch:
    """Pack *messages*, all of one kind and at least one, into a request."""
    kind = messages[0].kind
    before, after = _AROUND[kind]
    body = before + b",".join(_item(message) for message in messages) + after
    facts = [json.loads(message.body) for message in messages]
    sent = "".join(f"{message.key} {message.attempts}\n" for message in messages)
    return Batch(
        kind=kind,
        path=_PATHS[kind],
        key=key_of(_PATHS[kind], sent.encode(), body),
        body=body,
        messages=tuple(messages),
        ids=tuple(
            message.dossier_id if kind == DOSSIER else UUID(fact["event_id"])
            for message, fact in zip(messages, facts, strict=True)
        ),
        codes=tuple(fact.get("code") for fact in facts) if kind == DOSSIER else (),
    )


def key_of(*parts: bytes | str) -> UUID:
    """Return the idempotency key of a request: a version 8 UUID over all *parts* of it."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    value = int.from_bytes(digest.digest()[:16], "big")
    value = value & ~(0xF << 76) | 0x8 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def _item(message: Message) -> bytes:
    text = message.body.encode()
    if message.kind != DOSSIER:
        return text
    base = f'"if_match":{message.base_version},' if message.base_version else ""
    return b"{" + base.encode() + b'"dossier":' + text + b"}"
