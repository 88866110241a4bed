"""The portal in the contract's words: one method for each thing it can be asked.

Every answer is judged here, once. What comes out is a value that fits the contract, or one of a
few errors: ``PortalSilent`` (nothing is known, ask again later), ``PortalRefusedDesk`` and
``ClientTooOld`` (stop), ``PortalRefusedMessage`` and ``PortalConflict`` (about this request only).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from counter.errors import (
    ClientTooOld,
    PortalConflict,
    PortalRefusedDesk,
    PortalRefusedMessage,
    PortalSilent,
)
from counter.store.outbox import DOSSIER
from sync.batches import Batch
from sync.contract import (
    Capabilities,
    DossierResult,
    DossierResults,
    EventResult,
    EventResults,
    Problem,
    SerialLease,
    Token,
    TokenRefused,
    find,
    read,
)
from sync.wire import Answer, Wire

log = logging.getLogger(__name__)

RENEW_S = 60
LONGEST_REQUESTED_WAIT_S = 24 * 3600
REFUSED: Final = frozenset({400, 404, 405, 413, 415, 422})


@dataclass(frozen=True, slots=True)
class Access:
    """How this desk reaches its portal.

    Attributes:
        url: Base address of the contract, ending in ``/motcua/v1``.
        secret: What the portal gave at enrolment.
        ca_file: Certificate authority trusted instead of the system's.
        proxy: Address of a proxy; empty uses none.
        version: Of this program, ``x.y.z``.
    """

    url: str
    desk_id: str
    secret: str = field(repr=False)
    version: str
    timeout_s: float = 20.0
    ca_file: Path | None = None
    proxy: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """The portal has the message.

    Attributes:
        version: Of the dossier after it.
        code: The official code, where the portal gives it.
        missing_blobs: SHA-256 of files the dossier names and the portal lacks.
    """

    version: int | None
    code: str | None = None
    missing_blobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """The portal could not take it now; the same message goes again."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The portal calls the message wrong; an officer must look at it."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Contested:
    """The portal holds something else; an officer decides."""

    trouble: str


Verdict = Taken | Later | Wrong | Contested


class Portal:
    """One portal, asked from one thread."""

    def __init__(
        self,
        access: Access,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the line; nothing is sent yet.

        Raises:
            PortalSilent: The certificate authority file cannot be read.
        """
        self._access = access
        self._clock = clock
        self._monotonic = monotonic
        self._wire = Wire(
            url=access.url,
            agent=f"motcua-quay/{access.version}",
            timeout_s=access.timeout_s,
            ca_file=access.ca_file,
            proxy=access.proxy,
        )
        self._token = ""
        self._renew_at = float("-inf")
        self._skew_s: float | None = None

    @property
    def skew_s(self) -> float | None:
        """Seconds the portal's clock is ahead of this machine's; None before the first answer."""
        return self._skew_s

    def capabilities(self) -> Capabilities:
        """Ask what the portal can do and allows."""
        return read(Capabilities, self._get("/capabilities").body)

    def lease(self, key: UUID, agency: str, day: date, count: int) -> SerialLease:
        """Ask for *count* numbers of *day*; the same *key* gives the same block again.

        Raises:
            PortalConflict: None are left, or the day is not open yet.
            PortalRefusedMessage: The portal calls the request wrong.
        """
        body = json.dumps(
            {"agency_code": agency, "count": count, "date": day.isoformat()}, sort_keys=True
        ).encode()
        try:
            answer = self._post("/serial-leases", key, body, ok={200, 201})
        except PortalRefusedMessage as refusal:
            if refusal.fields.get("status") == 403:
                raise PortalRefusedDesk("no numbers for this agency") from refusal
            raise
        lease = read(SerialLease, answer.body)
        ours = (lease.agency_code, lease.desk_id, lease.date) == (agency, self._access.desk_id, day)
        if not ours or lease.first > lease.last:
            raise PortalSilent("serial-leases: the block is not the one asked for")
        return lease

    def deliver(self, batch: Batch) -> tuple[Verdict, ...]:
        """Send *batch*; return what became of each message, in order.

        Raises:
            PortalRefusedMessage, PortalConflict: The request as a whole was not taken; which of
                its messages is the reason is not said.
        """
        answer = self._post(batch.path, batch.key, batch.body, ok={200})
        if batch.kind == DOSSIER:
            dossiers = read(DossierResults, answer.body).results
            _must_name(batch, [(r.index, r.id) for r in dossiers])
            return tuple(_dossier_verdict(result) for result in dossiers)
        events = read(EventResults, answer.body).results
        _must_name(batch, [(r.index, r.event_id) for r in events])
        return tuple(_event_verdict(result) for result in events)

    def interrupt(self) -> None:
        """End a long poll at once. Safe from any thread."""
        self._wire.interrupt()

    def cut(self) -> None:
        """End any exchange at once. Safe from any thread."""
        self._wire.cut()

    def close(self) -> None:
        """Give the connection back."""
        self._wire.close()

    def _get(self, path: str) -> Answer:
        return self._exchange("GET", path, {}, None, ok={200})

    def _post(self, path: str, key: UUID, body: bytes, *, ok: set[int]) -> Answer:
        headers = {"Idempotency-Key": str(key), "Content-Type": "application/json"}
        return self._exchange("POST", path, headers, body, ok=ok)

    def _exchange(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None,
        *,
        ok: set[int],
    ) -> Answer:
        """Ask with a token, renewed once if the portal no longer knows it."""
        answer = self._ask(method, path, headers, body)
        if answer.status == 401 and find(Problem, answer.body):
            self._renew_at = float("-inf")
            answer = self._ask(method, path, headers, body)
        if answer.status not in ok:
            raise _judged(answer)
        self._note_time(answer)
        return answer

    def _ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        bearer = {"Authorization": f"Bearer {self._fresh_token()}", "Accept": "application/json"}
        return self._wire.ask(method, path, headers={**bearer, **headers}, body=body)

    def _fresh_token(self) -> str:
        if self._monotonic() < self._renew_at:
            return self._token
        asked_at = self._monotonic()
        form = {
            "grant_type": "client_credentials",
            "client_id": self._access.desk_id,
            "client_secret": self._access.secret,
            "scope": "sync",
        }
        answer = self._wire.ask(
            "POST",
            "/oauth2/token",
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
            body=urlencode(form).encode(),
        )
        if answer.status in {400, 401}:
            refused = find(TokenRefused, answer.body)
            if refused is not None:
                raise PortalRefusedDesk(f"no token: {refused.error}")
        if answer.status != 200:
            raise _judged(answer)
        token = read(Token, answer.body)
        self._token = token.access_token
        self._renew_at = asked_at + token.expires_in - min(RENEW_S, token.expires_in / 2)
        return self._token

    def _note_time(self, answer: Answer) -> None:
        if answer.date is not None:
            self._skew_s = (answer.date - self._clock()).total_seconds()


def _judged(answer: Answer) -> Exception:
    """Return what an answer that was not hoped for means (retry classes of the contract)."""
    problem = find(Problem, answer.body)
    status = answer.status
    if problem is None:
        # A proxy, a login page, a half-broken gateway: whoever spoke, it was not the portal.
        return PortalSilent(
            f"status {status} without a problem", status=status, **_asked_wait(answer)
        )
    told = f"{problem.name}, status {status}, trace {problem.trace_id}"
    if status in {401, 403} and problem.name != "agency-scope":
        too_old = problem.name == "client-too-old"
        return ClientTooOld(told) if too_old else PortalRefusedDesk(told)
    if status in REFUSED or status == 403:
        return PortalRefusedMessage(told, status=status, trouble=_trouble(problem))
    if status == 409:
        return PortalConflict(told, status=status, trouble=_trouble(problem))
    return PortalSilent(told, status=status, **_asked_wait(answer))


def _asked_wait(answer: Answer) -> dict[str, int]:
    """Return the ``Retry-After`` of *answer* as whole seconds, empty when there is none."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:9])
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return {}
        seconds = int((until - (answer.date or datetime.now(UTC))).total_seconds())
    return {"retry_after_s": max(0, min(seconds, LONGEST_REQUESTED_WAIT_S))}


def _must_name(batch: Batch, named: list[tuple[int, UUID | None]]) -> None:
    if named != list(enumerate(batch.ids)):
        raise PortalSilent(f"{batch.path}: the answer names other messages")


def _dossier_verdict(result: DossierResult) -> Verdict:
    if result.status in {200, 201}:
        if result.version is None:
            return Later("no version")
        return Taken(result.version, result.code, result.missing_blobs)
    return _problem_verdict(result.status, result.problem)


def _event_verdict(result: EventResult) -> Verdict:
    if result.outcome in {"stored", "duplicate"}:
        return Taken(result.version)
    if result.outcome != "rejected" or result.problem is None:
        return Later(result.outcome)
    return _problem_verdict(result.problem.status, result.problem)


def _problem_verdict(status: int, problem: Problem | None) -> Verdict:
    trouble = _trouble(problem) if problem else json.dumps({"status": status})
    if status == 409:
        return Contested(trouble)
    if status == 403 and (problem is None or problem.name != "agency-scope"):
        raise PortalRefusedDesk(problem.name if problem else "status 403 for one message")
    if status in REFUSED or status == 403:
        return Wrong(trouble)
    return Later(trouble)


def _trouble(problem: Problem) -> str:
    """Return the portal's reason for the officer as JSON, pointers counted from the message."""
    return json.dumps(
        {
            "type": problem.name,
            "status": problem.status,
            "trace_id": problem.trace_id,
            "errors": [
                {"pointer": _own_pointer(e.pointer), "code": e.code, "message": e.message}
                for e in problem.errors
            ],
            "changed_fields": list(problem.changed_fields),
            "expected_seq": problem.expected_seq,
            "current_status": problem.current_status,
        },
        ensure_ascii=False,
    )


def _own_pointer(pointer: str) -> str:
    """Strip the place in the batch: ``/items/1/dossier/owner`` becomes ``/owner``."""
    parts = pointer.split("/")
    if parts[1:2] == ["items"] and parts[3:4] == ["dossier"]:
        return "".join(f"/{part}" for part in parts[4:])
    if parts[1:2] == ["events"] and len(parts) > 2:
        return "".join(f"/{part}" for part in parts[3:])
    return pointer
