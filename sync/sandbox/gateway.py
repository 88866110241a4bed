"""The portal itself: who may ask, what a repeat is answered, and the state that all rules share.

Nothing here knows sockets; ``server`` carries requests in and replies out, ``rules`` says which
function answers which operation of the contract.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Connection
from threading import Condition, Event, Lock
from typing import Any
from urllib.parse import parse_qsl

from sync.sandbox.books import Books, dump
from sync.sandbox.contract_check import faults_of
from sync.sandbox.operations import Operation
from sync.sandbox.reply import Refusal, Reply, bad_request, invalid, problem
from sync.sandbox.shipped import fill

TOKEN_LIFE_S = 900
JSON_BYTES = 8 * 1024 * 1024
LONGEST_WAIT_S = 30
NEWS_PAUSE_S = 0.5
AGENT = re.compile(r"^[^/ ]+/(\d+)\.(\d+)\.(\d+)\b")
CHECK_THEMSELVES = frozenset({"issueToken", "putDossiersBulk", "appendEventsBulk"})
"""Operations that say in their own way what is wrong: OAuth's, or item by item."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An enrolled desk.

    Attributes:
        agency: Code of the agency it belongs to.
        secret: Its client secret.
        receives_for: Other agencies it may receive for.
    """

    id: str
    agency: str
    secret: str = field(repr=False)
    receives_for: tuple[str, ...] = ()

    def serves(self, *agencies: str | None) -> bool:
        """Tell whether one of *agencies* is within its scope."""
        return any(agency in {self.agency, *self.receives_for} for agency in agencies)


@dataclass(slots=True)
class Policy:
    """What the province decides; the control door changes it.

    Attributes:
        skew_s: Seconds the portal's clock is ahead of the right time.
        poison: Ids and codes of dossiers that are called wrong whenever they come.
        oldest_change: Changes up to this position are no longer kept for the feed.
        oldest_revision: Of the catalogue; deltas from before it are no longer given.
        trust_bundle: The province's bundle of card issuers as base64; empty offers none.
        audit_checkpoints: Seals of the desks' audit chains are taken.
    """

    min_client: str = "0.1.0"
    max_block: int = 1000
    max_days_ahead: int = 14
    skew_s: float = 0.0
    poison: set[str] = field(default_factory=set)
    oldest_change: int = 0
    oldest_revision: int = 0
    trust_bundle: str = ""
    audit_checkpoints: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has passed the door.

    Attributes:
        given: Parameters of path, query and header, by their names in the contract.
        body: Parsed and fitting the contract; None when the operation takes none.
        raw: The body's bytes.
        moment: The portal's time.
    """

    desk: Desk
    given: Mapping[str, Any]
    body: Any
    raw: bytes
    moment: datetime


Rule = Callable[["Gateway", Connection, Call], Reply]


class Gateway:
    """One province's gateway.

    Attributes:
        waiting: How many requests wait for news now.

    Args:
        folder: Where books and files are kept.
        desks: The enrolled desks.
        rules: What answers each operation, by its id.
        clock: The right time, aware.
    """

    def __init__(
        self,
        folder: Path,
        *,
        desks: Iterable[Desk],
        rules: Mapping[str, Rule],
        clock: Callable[[], datetime],
    ) -> None:
        self.books = Books(folder)
        self.files = folder / "files"
        self.files.mkdir(exist_ok=True)
        self.desks = {desk.id: desk for desk in desks}
        self.revoked: set[str] = set()
        self.policy = Policy()
        self.ending = Event()
        self.waiting = 0
        self._rules = rules
        self._clock = clock
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self._busy_keys: set[tuple[str, str]] = set()
        self._busy_guard = Lock()
        self._news = Condition()
        self.fill_catalogues()

    def now(self) -> datetime:
        """Return the portal's time, which may be wrong."""
        return self._clock() + timedelta(seconds=self.policy.skew_s)

    def answer(
        self, operation: Operation, given: Mapping[str, Any], headers: Mapping[str, str], raw: bytes
    ) -> Reply:
        """Answer one request.

        Args:
            given: The parameters, read and fitting the contract.
            headers: All headers, by name in small letters.
        """
        if operation.is_open:
            desk = Desk(id="", agency="", secret="")
        else:
            found = self._desk_of(headers.get("authorization"), headers.get("user-agent", ""))
            if isinstance(found, Reply):
                return found
            desk = found
        body = _read_body(operation, headers.get("content-type", ""), raw)
        if isinstance(body, Reply):
            return body
        if operation.schema is not None and operation.id not in CHECK_THEMSELVES:
            faults = faults_of(body, operation.schema)
            if faults:
                return invalid(faults)
        call = Call(desk, given, body, raw, self.now())
        try:
            if "Idempotency-Key" in given:
                return self._once(operation, call)
            with self.books.writing() as books:
                return self._rules[operation.id](self, books, call)
        except Refusal as refusal:
            return refusal.reply
        except RecursionError:
            return bad_request("thân lồng quá sâu")

    def wait_for_news(self, until: float) -> bool:
        """Wait until something may have changed; False when *until* (monotonic) has passed."""
        left = until - time.monotonic()
        if left <= 0 or self.ending.is_set():
            return False
        with self._news:
            self.waiting += 1
            self._news.wait(min(left, NEWS_PAUSE_S))
            self.waiting -= 1
        return True

    def fill_catalogues(self) -> None:
        """Bring the catalogues up to what the program ships."""
        with self.books.writing() as books:
            fill(books, {desk.agency for desk in self.desks.values()})

    def tell_news(self) -> None:
        """Wake those who wait for news."""
        with self._news:
            self._news.notify_all()

    def token(self, desk: Desk) -> str:
        """Make a token for *desk*."""
        token = secrets.token_urlsafe(24)
        self._tokens[token] = (desk.id, self.now() + timedelta(seconds=TOKEN_LIFE_S))
        return token

    def forget_tokens(self) -> None:
        """Let every token end now."""
        self._tokens.clear()

    def close(self) -> None:
        """End for good."""
        self.ending.set()
        self.tell_news()
        self.books.close()

    def _desk_of(self, authorization: str | None, agent: str) -> Desk | Reply:
        if not authorization or not authorization.startswith("Bearer "):
            missing = problem(401, "token-missing", "Cần thẻ truy cập")
            return Reply(401, missing.body, {"WWW-Authenticate": "Bearer"})
        desk_id, until = self._tokens.get(authorization.removeprefix("Bearer "), ("", None))
        if until is None or until <= self.now():
            ended = problem(401, "token-expired", "Thẻ đã hết hạn")
            return Reply(401, ended.body, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        if desk_id in self.revoked:
            return problem(403, "desk-revoked", "Quầy đã bị thu hồi")
        version = AGENT.match(agent)
        least = tuple(int(part) for part in self.policy.min_client.split("."))
        if version and tuple(int(part) for part in version.groups()) < least:
            return problem(403, "client-too-old", "Phiên bản phần mềm quầy quá cũ")
        return self.desks[desk_id]

    def _once(self, operation: Operation, call: Call) -> Reply:
        """Do what a new key asks for; answer a known key as before.

        Only what was done is remembered. A refused request left nothing behind, and the same bytes
        may be right later: when the missing event has come, or the number was lent.
        """
        key = (call.desk.id, call.given["Idempotency-Key"])
        with self._busy_guard:
            if key in self._busy_keys:
                busy = problem(425, "request-in-progress", "Yêu cầu cùng khóa đang được xử lý")
                return Reply(busy.status, busy.body, {"Retry-After": "1"})
            self._busy_keys.add(key)
        try:
            with self.books.writing() as books:
                return self._new_or_known(books, operation, call, key)
        finally:
            with self._busy_guard:
                self._busy_keys.discard(key)

    def _new_or_known(
        self, books: Connection, operation: Operation, call: Call, key: tuple[str, str]
    ) -> Reply:
        asked = {n: v for n, v in sorted(call.given.items()) if n != "Idempotency-Key"}
        digest = hashlib.sha256(f"{operation.id} {asked}\n".encode() + call.raw).hexdigest()
        known = books.execute("SELECT * FROM reply WHERE desk = ? AND key = ?", key).fetchone()
        if known is not None:
            if known["digest"] != digest:
                return problem(422, "idempotency-key-reused", "Khóa đã dùng cho nội dung khác")
            headers = json.loads(known["headers"])
            body = json.loads(known["body"])
            return Reply(known["status"], body, {**headers, "Idempotency-Replayed": "true"})
        reply = self._rules[operation.id](self, books, call)
        if reply.is_taken:
            books.execute(
                "INSERT INTO reply VALUES (?, ?, ?, ?, ?, ?)",
                (*key, digest, reply.status, dump(reply.body), dump(dict(reply.headers))),
            )
        return reply


def _read_body(operation: Operation, kind: str, raw: bytes) -> Any:
    """Return the parsed body, or the reply when it cannot be read."""
    if operation.content_type is None:
        return None
    if kind.partition(";")[0].strip().lower() != operation.content_type:
        return problem(415, "unsupported-media-type", f"Cần {operation.content_type}")
    if operation.content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    if operation.content_type != "application/json":
        return None
    try:
        body = json.loads(raw, parse_constant=_refuse_constant, parse_float=_number)
        dump(body).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return bad_request("thân không phải JSON")
    return body


def _number(text: str) -> int | float:
    """Return ``1.0`` as 1: in JSON they are one number, and the contract's integers may be both."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _refuse_constant(name: str) -> object:
    raise ValueError(name)
