"""What must hold after any run: checked from outside, without one line of the program's own.

The desk's database is read with plain SQL, the portal is asked over its panel. Numbers are those
of docs/invariants.md.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run that is over.

    Attributes:
        printed: Id of each dossier whose receipt came out, by the code on it.
        poisoned: Ids the portal was told to call wrong.
        dossiers: What the portal holds, as the contract's ``Dossier``.
        events: The events it holds, in the order they came.
        leases: The blocks of numbers it lent.
        files: Where the desk keeps attached files.
        blobs: The files the portal holds.
        payments: The payments it opened, as the contract's ``Payment``.
    """

    database: Path
    key: bytes
    printed: Mapping[str, str]
    poisoned: frozenset[str]
    dossiers: list[dict[str, Any]]
    events: list[dict[str, Any]]
    leases: list[dict[str, Any]]
    files: Path
    blobs: list[dict[str, Any]]
    payments: list[dict[str, Any]]


def violations(outcome: Outcome) -> list[str]:
    """Return everything that does not hold."""
    connection = sqlcipher.connect(str(outcome.database))
    try:
        connection.execute(f"PRAGMA key = \"x'{outcome.key.hex()}'\"")
        return list(_check(outcome, connection))
    finally:
        connection.close()


def _check(outcome: Outcome, connection: Any) -> Iterator[str]:
    yield from (
        f"I10 {row[0]}" for row in _rows(connection, "PRAGMA integrity_check") if row[0] != "ok"
    )
    yield from (f"I10 {row}" for row in _rows(connection, "PRAGMA foreign_key_check"))
    here = {
        str(UUID(bytes=row[0])): row[1:]
        for row in _rows(
            connection, "SELECT id, code, provisional_code, status, system FROM dossier"
        )
    }
    sent = [
        _Message(str(UUID(bytes=row[0])), str(UUID(bytes=row[1])), *row[2:])
        for row in _rows(
            connection,
            "SELECT key, dossier_id, dossier_seq, kind, body, digest, state FROM outbox "
            "ORDER BY dossier_id, dossier_seq",
        )
    ]
    yield from _facts(outcome, here, sent)
    yield from _portal(outcome, here, sent)
    yield from _order(outcome, sent)
    yield from _codes(outcome, here, connection)
    yield from _files(outcome, connection)
    yield from _money(outcome, connection)


@dataclass(frozen=True, slots=True)
class _Message:
    key: str
    dossier: str
    seq: int
    kind: str
    body: str
    digest: str
    state: str


def _facts(
    outcome: Outcome, here: Mapping[str, tuple[Any, ...]], sent: list[_Message]
) -> Iterator[str]:
    for code, dossier in outcome.printed.items():
        if dossier not in here or code not in here[dossier][:2]:
            yield f"I1 the receipt {code} is printed but not in the database"
    told = {message.dossier for message in sent if message.kind == "dossier"}
    ours = {dossier for dossier, (*_, system) in here.items() if not system}
    yield from (f"I2 {dossier} has no message" for dossier in ours - told)
    yield from (f"I2 {dossier} is another system's, yet told" for dossier in told - ours)
    for message in sent:
        text = f"{message.key}\n{message.dossier}\n{message.seq}\n{message.body}"
        if hashlib.sha256(text.encode()).hexdigest() != message.digest:
            yield f"I4 message {message.key} does not hash to its digest"
        stuck = {m.dossier for m in sent if m.state == "parked"}
        if message.state == "waiting" and message.dossier not in stuck:
            yield f"I6 message {message.key} still waits"
        if message.state == "conflict":
            yield f"I6 message {message.key} is in conflict without a reason"
        if message.state == "parked" and message.dossier not in outcome.poisoned:
            yield f"I6 {message.dossier} is parked, though nothing is wrong with it"


def _portal(
    outcome: Outcome, here: Mapping[str, tuple[Any, ...]], sent: list[_Message]
) -> Iterator[str]:
    there = {dossier["id"]: dossier for dossier in outcome.dossiers}
    settled = {
        m.dossier: json.loads(m.body) for m in sent if m.state == "settled" and m.kind == "dossier"
    }
    yield from (
        f"I2 {dossier} is settled but not there" for dossier in settled.keys() - there.keys()
    )
    yield from (
        f"I5 the portal has {dossier}, which no desk sent" for dossier in there.keys() - here.keys()
    )
    for dossier in settled.keys() & there.keys():
        if _bare(settled[dossier]) != _bare(there[dossier]["content"]):
            yield f"I4 {dossier} is another one there"
        code, _, status, _ = here[dossier]
        if (code, status) != (there[dossier]["code"], there[dossier]["status"]):
            yield f"I13 {dossier} stands differently on both sides"
    events = {event["event_id"] for event in outcome.events}
    told = {json.loads(m.body)["event_id"]: m.state for m in sent if m.kind == "event"}
    for event, state in told.items():
        if state == "settled" and event not in events:
            yield f"I2 event {event} is settled but not there"
    yield from (f"I5 event {event} was never sent" for event in events - told.keys())


def _order(outcome: Outcome, sent: list[_Message]) -> Iterator[str]:
    for dossier in {message.dossier for message in sent}:
        numbers = [message.seq for message in sent if message.dossier == dossier]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"I3 messages of {dossier} are numbered {numbers}"
    came: dict[str, list[int]] = {}
    for event in outcome.events:
        came.setdefault(event["dossier_id"], []).append(event["seq"])
    for dossier, order in came.items():
        if order != list(range(1, len(order) + 1)):
            yield f"I3 events of {dossier} came as {order}"


def _codes(outcome: Outcome, here: Mapping[str, tuple[Any, ...]], connection: Any) -> Iterator[str]:
    codes = [code for code, _, _, _ in here.values() if code]
    yield from (f"I7 {code} was given twice" for code, n in Counter(codes).items() if n > 1)
    lent = Counter(
        f"{block['prefix']}{number:0{block['width']}}"
        for block in outcome.leases
        for number in range(block["first"], block["last"] + 1)
    )
    yield from (f"I7 {code} was lent twice" for code, n in lent.items() if n > 1)
    own = [code for code, provisional, _, _ in here.values() if code and not provisional]
    yield from (f"I7 {code} was never lent" for code in own if code not in lent)
    for prefix, width, first, following in _rows(
        connection, "SELECT prefix, width, first, next FROM lease"
    ):
        for number in range(first, following):
            if f"{prefix}{number:0{width}}" not in codes:
                yield f"I7 {prefix}{number:0{width}} was taken, but no dossier has it"


def _money(outcome: Outcome, connection: Any) -> Iterator[str]:
    """Check that the portal's word, and nothing else, made money of each code."""
    there = {payment["payment_id"]: payment for payment in outcome.payments}
    booked = {
        str(UUID(bytes=row[0])): row[1]
        for row in _rows(connection, "SELECT id, amount FROM money WHERE method = 'vietqr'")
    }
    for payment, amount in booked.items():
        told = there.get(payment)
        if told is None or told["state"] != "paid":
            yield f"I14 {payment} is in the books, but nobody paid it"
        elif told["amount"] != amount:
            yield f"I14 {payment} is in the books with another sum"
    yield from (
        f"I14 {payment} was paid and is not in the books"
        for payment, told in there.items()
        if told["state"] == "paid" and payment not in booked
    )
    opened = Counter(payment["dossier_id"] for payment in outcome.payments)
    yield from (f"I14 {dossier} has {n} payments" for dossier, n in opened.items() if n > 1)
    done = Counter(
        event["dossier_id"] for event in outcome.events if event["kind"] == "payment_done"
    )
    yield from (f"I14 {dossier} was told paid {n} times" for dossier, n in done.items() if n > 1)


def _files(outcome: Outcome, connection: Any) -> Iterator[str]:
    known = dict(_rows(connection, "SELECT sha256, state FROM file"))
    attached = {row[0] for row in _rows(connection, "SELECT sha256 FROM attachment")}
    yield from (f"I11 {name} belongs to no dossier" for name in known.keys() - attached)
    lying = {place.name: place for place in outcome.files.glob("*")}
    yield from (f"I11 {name} lies there as nobody's" for name in lying.keys() - known.keys())
    yield from (f"I11 {name} is missing" for name in known.keys() - lying.keys())
    for name in known.keys() & lying.keys():
        if hashlib.sha256(_content(lying[name], connection)).hexdigest() != name:
            yield f"I11 {name} holds something else"
    there = Counter(blob["sha256"] for blob in outcome.blobs)
    yield from (f"I11 {name} is there twice" for name, n in there.items() if n > 1)
    yield from (f"I5 the file {name} was never attached" for name in there.keys() - known.keys())
    for name, state in known.items():
        if state != "settled":
            yield f"I6 the file {name} is {state}"
        elif name not in there:
            yield f"I2 the file {name} is settled but not there"


def _content(place: Path, connection: Any) -> bytes:
    """Return what a file holds, decrypted as docs/decisions say it is encrypted."""
    ((secret,),) = _rows(connection, "SELECT value FROM mark WHERE name = 'file_secret'")
    name, sealed = bytes.fromhex(place.name), place.read_bytes()
    key = HKDF(SHA256(), 32, None, b"file " + name).derive(bytes.fromhex(secret))
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], name)
    except InvalidTag:
        return b""


def _bare(value: Any) -> Any:
    """Return *value* without what is null, which is the same as absent."""
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if part is not None}
    return [_bare(part) for part in value] if isinstance(value, list) else value


def _rows(connection: Any, query: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(query).fetchall())
