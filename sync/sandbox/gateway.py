"""The portal's door: tokens, repeats, limits and the blocks of serial numbers it lends.

Nothing here knows HTTP beyond status numbers; ``server`` carries requests in and replies out.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from sqlite3 import Connection
from typing import Any

from counter.values import VIETNAM, local_day, rfc3339, uuid7
from sync.sandbox.books import Books, dump
from sync.sandbox.contract_check import faults_of
from sync.sandbox.records import Records
from sync.sandbox.reply import Reply, problem

MIN_CLIENT = "0.1.0"
TOKEN_LIFE_S = 900
MAX_BLOCK = 1000
DAYS_AHEAD = 14


class Gateway:
    """One province's gateway for the desks of one agency.

    Args:
        desk_secrets: Client secret of each enrolled desk.
        clock: The moment now, aware.
    """

    def __init__(
        self,
        books: Books,
        *,
        agency: str,
        desk_secrets: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        self.books = books
        self._agency = agency
        self._secrets = desk_secrets
        self._clock = clock
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self.records = Records(books, agency=agency, clock=clock, lend_one=self.lend_one)

    def token(self, form: Mapping[str, str]) -> Reply:
        """Give the enrolled desk a token (RFC 6749, 4.4)."""
        desk = form.get("client_id", "")
        secret = self._secrets.get(desk)
        if form.get("grant_type") != "client_credentials":
            return Reply(400, {"error": "unsupported_grant_type"})
        if secret is None or not secrets.compare_digest(secret, form.get("client_secret", "")):
            return Reply(401, {"error": "invalid_client"})
        token = secrets.token_urlsafe(24)
        self._tokens[token] = (desk, self._clock() + timedelta(seconds=TOKEN_LIFE_S))
        body = {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIFE_S}
        return Reply(200, {**body, "scope": "sync"}, {"Cache-Control": "no-store"})

    def desk_of(self, authorization: str) -> str | None:
        """Return the desk a bearer token was given to; None when it is not valid now."""
        desk, until = self._tokens.get(authorization.removeprefix("Bearer "), ("", None))
        return desk if until is not None and until > self._clock() else None

    def forget_tokens(self) -> None:
        """Let every token end now."""
        self._tokens.clear()

    def once(self, key: str, raw: bytes, act: Callable[[Connection], Reply]) -> Reply:
        """Do *act* for a new key; answer a known key as before."""
        digest = hashlib.sha256(raw).hexdigest()
        with self.books.writing() as books:
            known = books.execute("SELECT * FROM reply WHERE key = ?", (key,)).fetchone()
            if known is not None:
                if known["digest"] != digest:
                    return problem(422, "idempotency-key-reused", "Khóa đã dùng cho nội dung khác")
                body = json.loads(known["body"])
                return Reply(known["status"], body, {"Idempotency-Replayed": "true"})
            reply = act(books)
            books.execute(
                "INSERT INTO reply VALUES (?, ?, ?, ?)",
                (key, digest, reply.status, dump(reply.body)),
            )
            return reply

    def capabilities(self, desk: str) -> Reply:
        """Say version, limits and how serial numbers are lent."""
        return Reply(
            200,
            {
                "contract": "1.0",
                "min_client": MIN_CLIENT,
                "server_time": rfc3339(self._clock()),
                "gateway": {
                    "name": "Cổng thử nghiệm trên máy này",
                    "province_code": "00",
                    "dvcqg": False,
                    "epoch": self.epoch,
                },
                "desk": {
                    "desk_id": desk,
                    "agency_code": self._agency,
                    "agency_name": "Cơ quan thử nghiệm",
                    "receives_for": [],
                },
                "limits": {
                    "bulk_dossiers": 200,
                    "bulk_events": 200,
                    "dossier_events": 50,
                    "json_bytes": 8388608,
                    "upload_bytes": 52428800,
                    "chunk_bytes": 262144,
                    "wait_seconds": 30,
                    "requests_per_minute": 600,
                    "idempotency_hours": 72,
                    "change_retention_days": 30,
                },
                "serial_policy": {
                    "mode": "leased",
                    "width": 4,
                    "default_block": 50,
                    "max_block": MAX_BLOCK,
                    "max_days_ahead": DAYS_AHEAD,
                },
                "form_sets": ["TT03/2025"],
                "features": [],
            },
        )

    @property
    def epoch(self) -> str:
        """The name of this life of the portal; a restored backup has another."""
        rows = self.books.rows("SELECT value FROM mark WHERE name = 'epoch'")
        return str(rows[0]["value"]) if rows else "e-1"

    def lease(self, books: Connection, desk: str, body: Any) -> Reply:
        """Lend a block of serial numbers; blocks of a day never overlap."""
        faults = faults_of(body, "SerialLeaseRequest")
        if faults:
            return problem(422, "validation", "Yêu cầu không đúng hợp đồng", errors=faults)
        if body["agency_code"] != self._agency:
            return problem(403, "agency-scope", "Ngoài cơ quan của quầy", retry="park")
        day = date.fromisoformat(body["date"])
        ahead = (day - local_day(self._clock())).days
        if not 0 <= ahead <= DAYS_AHEAD:
            return problem(409, "lease-date", "Ngày ngoài khoảng được xin")
        last = books.execute(
            "SELECT max(last) FROM lease WHERE agency = ? AND day = ?",
            (self._agency, body["date"]),
        ).fetchone()[0]
        first = (last or 0) + 1
        if first + body["count"] - 1 > 9999:
            return problem(409, "lease-exhausted", "Hết số trong ngày")
        lease = {
            "lease_id": str(uuid7(self._clock())),
            "agency_code": self._agency,
            "desk_id": desk,
            "shared": body.get("shared", False),
            "date": body["date"],
            "first": first,
            "last": first + body["count"] - 1,
            "width": 4,
            "prefix": f"{self._agency}-{day:%y%m%d}-",
            "issued_at": rfc3339(self._clock()),
            "expires_at": rfc3339(
                datetime.combine(day, datetime.min.time(), VIETNAM) + timedelta(days=2)
            ),
            "state": "active",
            "returned_from": None,
        }
        books.execute(
            "INSERT INTO lease VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                lease["lease_id"],
                self._agency,
                desk,
                body["date"],
                first,
                lease["last"],
                dump(lease),
            ),
        )
        return Reply(201, lease, {"Location": f"/motcua/v1/serial-leases/{lease['lease_id']}"})

    def leases(self, desk: str, day: str | None) -> Reply:
        """List the blocks of the asking desk."""
        found = self.books.bodies("SELECT body FROM lease WHERE desk = ? ORDER BY rowid", (desk,))
        return Reply(200, {"items": [item for item in found if day in {None, item["date"]}]})

    def lend_one(self, books: Connection) -> str:
        """Take the next number of today for a dossier that came without one; return its code."""
        day = local_day(self._clock())
        one = {"agency_code": self._agency, "date": day.isoformat(), "count": 1}
        lease = self.lease(books, "-", one).body
        return f"{lease['prefix']}{lease['first']:0{lease['width']}}"
