"""A portal of a page or two over real HTTP, for what the client does when the network misbehaves.

It keeps the contract's promises that matter here (same id and content is a success, one block per
key) and nothing else; the sandbox is the whole portal.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from counter.store import outbox
from counter.store.outbox import DOSSIER
from counter.store.store import Store
from counter.values import uuid7

AGENCY = "H55.242"
DESK = "H55.242-Q01"
SECRET = "invented-secret-01"
MORNING = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
HTML = b"<!DOCTYPE html><title>Wi-Fi</title><form action='/login'></form>"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


class Hasty(Random):
    """Chance that always falls on the shortest wait, and makes that one a blink."""

    def uniform(self, a: float, b: float) -> float:
        return 0.02 * min(a, b)


class SmallPortal(ThreadingHTTPServer):
    """Serves tokens, capabilities, blocks of numbers, dossiers and events from memory.

    Attributes:
        faults: What goes wrong with the next requests below ``spoiled``, one after the other.
        verdicts: Status and problem type for a dossier, instead of taking it.
        stumbles_over: A text; requests that hold it get a 500.
        lends: Blocks of numbers; off by default, so that tests count only their own requests.
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.faults: list[str] = []
        self.spoiled = "/dossiers"
        self.verdicts: dict[str, tuple[int, str]] = {}
        self.stumbles_over = "nothing"
        self.lends = False
        self.official_code: str | None = None
        self.min_client = "0.1.0"
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.arrivals: list[str] = []
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.blocks: dict[str, dict[str, Any]] = {}
        self.epoch = "e1"
        self.wait_seconds = 0
        self.feed: list[dict[str, Any]] = []
        self.feed_begins = 0
        self.versions: dict[str, int] = {}
        self.standing: dict[str, dict[str, Any]] = {}
        self.based: dict[str, list[int | None]] = {}
        self.stirred = threading.Event()
        self.keeps_requests = True
        self.token = "invented-token-"
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.tokens = 0
        self.stalling = threading.Event()
        self.going = threading.Event()
        self.thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, name="small-portal"
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/motcua/v1"

    def asked(self, path: str) -> int:
        return sum(seen.startswith(path) for _, seen, _, _ in self.requests)

    def whole(self, dossier_id: str) -> dict[str, Any]:
        """Return the dossier as the contract's ``Dossier``."""
        kept = self.events.get(dossier_id, [])
        return {
            "id": dossier_id,
            "version": self.versions[dossier_id],
            "content_version": 1,
            "code": self.dossiers[dossier_id].get("code") or self.official_code,
            "status": 2,
            "status_at": "2026-11-25T08:00:00+07:00",
            "due_at": None,
            "next_seq": len(kept) + 1,
            "missing_blobs": [],
            "updated_at": "2026-11-25T08:00:00+07:00",
            "portal": {"state": "queued"},
            "results": [],
            "content": self.dossiers[dossier_id],
            **self.standing.get(dossier_id, {}),
        }

    def work_on(self, dossier_id: UUID, **standing: Any) -> None:
        """Let the processing unit change a dossier, without telling anybody yet."""
        self.standing[str(dossier_id)] = standing
        self.versions[str(dossier_id)] += 1

    def tell(self, kind: str, dossier_id: UUID | None = None, **data: Any) -> dict[str, Any]:
        """Put a piece of news into the feed."""
        change = {
            "change_id": str(uuid7()),
            "kind": kind,
            "occurred_at": "2026-11-25T08:00:00+07:00",
            "dossier_id": None if dossier_id is None else str(dossier_id),
            "dossier_version": self.versions.get(str(dossier_id)),
            "data": data,
        }
        self.feed.append(change)
        self.stirred.set()
        return change

    def restore_backup(self, *, without: list[UUID]) -> None:
        """Become the portal of yesterday: some dossiers were never there."""
        for dossier_id in map(str, without):
            del self.dossiers[dossier_id]
            self.events.pop(dossier_id, None)
        self.arrivals = [seen for seen in self.arrivals if seen in self.dossiers]
        self.epoch = "e2"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: SmallPortal

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.removeprefix("/motcua/v1")
        if self.server.keeps_requests:
            self.server.requests.append((self.command, path, dict(self.headers.items()), body))
        spoiled = path.startswith(self.server.spoiled) and self.server.faults
        fault = self.server.faults.pop(0) if spoiled else ""
        if fault == "hang up":
            self.close_connection = True
            return
        if fault in FAULTS:
            FAULTS[fault](self)
            return
        status, answer = self._apply(path, body)
        if fault == "take it and hang up":
            self.close_connection = True
        elif fault == "truncated":
            self.send(status, json.dumps(answer).encode()[:20], claimed=4000)
        elif fault == "other ids":
            for result in answer["results"]:
                result["id"] = str(uuid7())
            self.send(status, json.dumps(answer).encode())
        else:
            self.send(status, json.dumps(answer).encode())

    def _apply(self, path: str, body: bytes) -> tuple[int, Any]:
        portal = self.server
        if self.command == "GET":
            return self._read(path)
        if path == "/oauth2/token":
            portal.tokens += 1
            token = f"{portal.token}{portal.tokens:04}"
            return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 900}
        if path == "/serial-leases":
            return self._lend(json.loads(body))
        if portal.stumbles_over in body.decode():
            return 500, problem(500, "server-error")
        if path == "/dossiers/bulk":
            sent = json.loads(body)["items"]
            for item in sent:
                seen = portal.based.setdefault(item["dossier"]["id"], [])
                seen.append(item.get("if_match"))
            items = [item["dossier"] for item in sent]
            return 200, {"results": [self._take(n, item) for n, item in enumerate(items)]}
        events = json.loads(body)["events"]
        return 200, {"results": [self._append(n, event) for n, event in enumerate(events)]}

    def _read(self, path: str) -> tuple[int, Any]:
        portal = self.server
        if path == "/capabilities":
            found = capabilities(portal.lends, portal.min_client)
            found["gateway"]["epoch"] = portal.epoch
            found["limits"]["wait_seconds"] = portal.wait_seconds
            return 200, found
        where, _, query = path.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if where.startswith("/catalogue/"):
            return 200, {"items": [], "removed": [], "next": None, "since": "s0"}
        if where == "/changes":
            return self._news(int(asked.get("cursor", "c0")[1:]), int(asked["wait"]))
        if where == "/dossiers":
            ids = sorted(portal.dossiers)[int(asked.get("cursor", "p0")[1:]) :]
            following = f"p{len(portal.dossiers) - len(ids) + 2}" if len(ids) > 2 else None
            return 200, {"items": [portal.whole(found) for found in ids[:2]], "next": following}
        if where.endswith("/events"):
            return 200, {"items": [], "next_position": None, "next_seq": 1, "status": 2}
        dossier_id = where.rsplit("/", 1)[1]
        if dossier_id not in portal.dossiers:
            return 404, problem(404, "not-found")
        return 200, portal.whole(dossier_id)

    def _news(self, place: int, wait: int) -> tuple[int, Any]:
        portal = self.server
        if place < portal.feed_begins:
            start = {"restart_cursor": f"c{portal.feed_begins}"}
            since = {"resync_since": "2026-11-01T00:00:00+07:00"}
            return 410, problem(410, "cursor-expired", **start, **since)
        if wait and place >= len(portal.feed):
            portal.stirred.clear()
            portal.stirred.wait(wait)
        items = portal.feed[place : place + 2]
        place += len(items)
        return 200, {"items": items, "cursor": f"c{place}", "more": place < len(portal.feed)}

    def _lend(self, asked: dict[str, Any]) -> tuple[int, Any]:
        key = self.headers["Idempotency-Key"]
        taken = [b for b in self.server.blocks.values() if b["date"] == asked["date"]]
        first = max((block["last"] for block in taken), default=0) + 1
        day = asked["date"].replace("-", "")[2:]
        block = {
            "lease_id": str(uuid7()),
            "agency_code": asked["agency_code"],
            "desk_id": DESK,
            "shared": False,
            "date": asked["date"],
            "first": first,
            "last": first + asked["count"] - 1,
            "width": 4,
            "prefix": f"{asked['agency_code']}-{day}-",
            "issued_at": "2026-11-25T08:00:00+07:00",
            "expires_at": f"{asked['date']}T23:59:59+07:00",
            "state": "active",
        }
        return 201, self.server.blocks.setdefault(key, block)

    def _take(self, index: int, dossier: dict[str, Any]) -> dict[str, Any]:
        portal, dossier_id = self.server, dossier["id"]
        status, kind = portal.verdicts.get(dossier_id, (201, ""))
        result = {"index": index, "id": dossier_id, "status": status, "missing_blobs": []}
        if status >= 400:
            pointer = {"pointer": f"/items/{index}/dossier/owner", "code": "invalid", "message": ""}
            return {**result, "problem": problem(status, kind, errors=[pointer])}
        if dossier_id not in portal.dossiers:
            portal.arrivals.append(dossier_id)
        if portal.dossiers.get(dossier_id) != dossier:
            portal.versions[dossier_id] = portal.versions.get(dossier_id, 0) + 1
        portal.dossiers[dossier_id] = dossier
        version = portal.versions[dossier_id]
        return {**result, "version": version, "code": dossier.get("code") or portal.official_code}

    def _append(self, index: int, event: dict[str, Any]) -> dict[str, Any]:
        if event["dossier_id"] not in self.server.dossiers:
            gone = {"outcome": "rejected", "position": None, "problem": problem(404, "not-found")}
            return {"index": index, "event_id": event["event_id"], **gone}
        kept = self.server.events.setdefault(event["dossier_id"], [])
        if event["seq"] > len(kept) + 1:
            gap = problem(409, "sequence-gap", expected_seq=len(kept) + 1)
            refused = {"outcome": "rejected", "position": None, "problem": gap}
            return {"index": index, "event_id": event["event_id"], **refused}
        known = any(e["event_id"] == event["event_id"] for e in kept)
        if not known:
            kept.append(event)
        outcome = "duplicate" if known else "stored"
        return {"index": index, "event_id": event["event_id"], "outcome": outcome, "position": 1}

    def send(
        self,
        status: int,
        body: bytes,
        *,
        kind: str = "application/json",
        claimed: int | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if claimed is None else claimed))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.close_connection or claimed is not None

    def drip(self) -> None:
        """Send an answer byte by byte, each well within any time-out for a single read."""
        self.close_connection = True
        for byte in b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" * 40:
            if self.server.going.wait(0.05):
                return
            self.wfile.write(bytes([byte]))

    def stall(self) -> None:
        """Answer nothing until the test is over."""
        self.close_connection = True
        self.server.stalling.set()
        self.server.going.wait(120)


def problem(status: int, kind: str, **more: Any) -> dict[str, Any]:
    trace = {"title": "Lỗi", "trace_id": "4bf92f3577b34da6", "retry": "fix"}
    return {"type": f"urn:motcua:problem:{kind}", "status": status, **trace, **more}


def _told(status: int, kind: str, *headers: tuple[str, str]) -> Callable[[_Handler], None]:
    body = json.dumps(problem(status, kind)).encode()
    said = "application/problem+json"
    return lambda handler: handler.send(status, body, kind=said, headers=headers)


FAULTS: dict[str, Callable[[_Handler], None]] = {
    "500": _told(500, "server-error"),
    "503": _told(503, "maintenance"),
    "429": _told(429, "rate-limited", ("Retry-After", "7")),
    "401": _told(401, "token-expired"),
    "403 revoked": _told(403, "desk-revoked"),
    "403 too old": _told(403, "client-too-old"),
    "403 scope": _told(403, "agency-scope"),
    "409": _told(409, "lease-exhausted"),
    "422": _told(422, "validation"),
    "502 HTML": lambda handler: handler.send(502, HTML, kind="text/html"),
    "403 HTML": lambda handler: handler.send(403, HTML, kind="text/html"),
    "nonsense": lambda handler: handler.send(200, b'{"contract": 1}'),
    "captive portal": lambda handler: handler.send(200, HTML, kind="text/html"),
    "redirect": lambda handler: handler.send(
        302, b"", headers=(("Location", "/motcua/v1/capabilities"),)
    ),
    "empty 200": lambda handler: handler.send(200, b""),
    "too large": lambda handler: handler.send(200, b" " * (17 * 1024 * 1024)),
    "stall": _Handler.stall,
    "drip": _Handler.drip,
}


def capabilities(lends: bool, min_client: str) -> dict[str, Any]:
    return {
        "contract": "1.0",
        "min_client": min_client,
        "server_time": "2026-11-25T08:00:00+07:00",
        "gateway": {"name": "Cổng thử", "province_code": "19", "epoch": "e1"},
        "desk": {"desk_id": DESK, "agency_code": AGENCY, "agency_name": "Xã Thử"},
        "limits": {
            "bulk_dossiers": 200,
            "bulk_events": 200,
            "dossier_events": 50,
            "json_bytes": 1048576,
            "upload_bytes": 52428800,
            "chunk_bytes": 262144,
            "wait_seconds": 30,
            "requests_per_minute": 600,
            "idempotency_hours": 72,
            "change_retention_days": 30,
        },
        "serial_policy": {
            "mode": "leased" if lends else "server",
            "width": 4,
            "default_block": 50,
            "max_block": 200,
            "max_days_ahead": 14,
        },
        "form_sets": ["TT03/2025"],
        "features": [],
        "something_new": {"unknown": True},
    }


def receive(
    store: Store, moment: datetime, name: str = "Người Thử", phone: str | None = None
) -> UUID:
    """Put a dossier's message into the outbox, as its reception does."""
    dossier_id = uuid7(moment)
    facts = {"id": str(dossier_id), "code": None, "owner": {"full_name": name, "phone": phone}}
    with store.writing() as session:
        outbox.put(
            session,
            key=uuid7(moment),
            dossier_id=dossier_id,
            kind=DOSSIER,
            facts=facts,
            moment=moment,
        )
    return dossier_id


def note_event(store: Store, dossier_id: UUID, seq: int, moment: datetime) -> None:
    """Put an event's message into the outbox, as an officer's action does."""
    key = uuid7(moment)
    facts = {"event_id": str(key), "dossier_id": str(dossier_id), "seq": seq, "kind": "note"}
    with store.writing() as session:
        outbox.put(
            session,
            key=key,
            dossier_id=dossier_id,
            kind=outbox.EVENT,
            facts=facts,
            moment=moment,
        )
