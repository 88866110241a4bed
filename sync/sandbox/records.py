"""Dossiers and their events as the portal keeps them: versions, order, what is refused.

Nothing here knows HTTP beyond status numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any

from counter.errors import BadDossierCode
from counter.values import DossierCode, rfc3339
from sync.sandbox.books import Books, dump
from sync.sandbox.contract_check import faults_of
from sync.sandbox.reply import Reply, problem, problem_body

FIXED = ("agency_code", "received_at", "initial_status", "origin")


class Records:
    """The dossiers of one agency.

    Args:
        lend_one: Takes the next serial number of today and returns the code made of it.

    Attributes:
        poison: Ids of dossiers that are called wrong whenever they come.
    """

    def __init__(
        self,
        books: Books,
        *,
        agency: str,
        clock: Callable[[], datetime],
        lend_one: Callable[[Connection], str],
    ) -> None:
        self.poison: set[str] = set()
        self._books = books
        self._agency = agency
        self._clock = clock
        self._lend_one = lend_one

    def dossiers_bulk(self, books: Connection, desk: str, body: Any) -> Reply:
        """Store up to 200 dossiers, each by itself, answered in order."""
        if not isinstance(body, dict) or not isinstance(body.get("items"), list):
            return problem(422, "validation", "Thiếu items")
        results = []
        for index, item in enumerate(body["items"]):
            content = item.get("dossier") if isinstance(item, dict) else None
            reply = self.put_dossier(
                books, desk, content, item.get("if_match"), f"/items/{index}/dossier"
            )
            stored = reply.status < 300
            results.append(
                {
                    "index": index,
                    "id": content.get("id") if isinstance(content, dict) else None,
                    "status": reply.status,
                    "version": reply.body["version"] if stored else None,
                    "code": reply.body["code"] if stored else None,
                    "missing_blobs": reply.body["missing_blobs"] if stored else [],
                    "problem": None if stored else reply.body,
                }
            )
        return Reply(200, {"results": results})

    def put_dossier(
        self, books: Connection, desk: str, content: Any, version: int | None, pointer: str = ""
    ) -> Reply:
        """Store one dossier: new, unchanged or changed."""
        faults = faults_of(content, "DossierContent", pointer)
        if not faults and content["id"] in self.poison:
            faults = [{"pointer": f"{pointer}/owner", "code": "invalid", "message": "bị từ chối"}]
        if faults:
            return problem(422, "validation", "Hồ sơ không đúng hợp đồng", errors=faults)
        if content["agency_code"] != self._agency:
            return problem(403, "agency-scope", "Ngoài cơ quan của quầy", retry="park")
        row = books.execute("SELECT body FROM dossier WHERE id = ?", (content["id"],)).fetchone()
        if row is None:
            return self._new_dossier(books, desk, content, version, pointer)
        known = json.loads(row["body"])
        if same(known["content"], content):
            return Reply(200, known)
        if version is None or not known["content_version"] <= version <= known["version"]:
            changed = [k for k in content if content.get(k) != known["content"].get(k)]
            return problem(
                409,
                "version-conflict",
                "Hồ sơ trên cổng đã khác",
                current=known,
                changed_fields=[f"/{name}" for name in changed],
            )
        fixed = [name for name in FIXED if content.get(name) != known["content"].get(name)]
        if fixed:
            errors = [
                {
                    "pointer": f"{pointer}/{name}",
                    "code": "immutable_field",
                    "message": "không đổi được",
                }
                for name in fixed
            ]
            return problem(422, "validation", "Có trường không đổi được", errors=errors)
        known["version"] += 1
        known["content_version"] = known["version"]
        known["content"] = content
        self._keep(books, known)
        return Reply(200, known)

    def dossier(self, dossier_id: str) -> Reply:
        """Return one dossier whole."""
        found = self._books.bodies("SELECT body FROM dossier WHERE id = ?", (dossier_id,))
        if not found:
            return problem(404, "not-found", "Không có hồ sơ này")
        return Reply(200, found[0], {"ETag": f'"{found[0]["version"]}"'})

    def find_dossiers(self, query: Mapping[str, str]) -> Reply:
        """Return dossiers by code or by when they changed."""
        limit = int(query.get("limit", "50"))
        if "code" in query:
            found = self._books.bodies("SELECT body FROM dossier WHERE code = ?", (query["code"],))
            return Reply(200, {"items": found, "next": None})
        since = datetime.fromisoformat(query.get("updated_since", "1970-01-01T00:00:00+00:00"))
        start = int(query.get("cursor", "0"))
        found = self._books.bodies(
            "SELECT body FROM dossier WHERE updated_at >= ? "
            "ORDER BY updated_at, id LIMIT ? OFFSET ?",
            (since.astimezone(UTC).isoformat(), limit + 1, start),
        )
        more = str(start + limit) if len(found) > limit else None
        return Reply(200, {"items": found[:limit], "next": more})

    def changes(self, query: Mapping[str, str]) -> Reply:
        """Return what happened on the portal's side after a cursor."""
        after = int(query.get("cursor", "c0").removeprefix("c"))
        limit = int(query.get("limit", "100"))
        rows = self._books.rows(
            "SELECT position, body FROM change WHERE position > ? ORDER BY position LIMIT ?",
            (after, limit + 1),
        )
        items = [json.loads(row["body"]) for row in rows[:limit]]
        last = rows[:limit][-1]["position"] if items else after
        return Reply(200, {"items": items, "cursor": f"c{last}", "more": len(rows) > limit})

    def events_bulk(self, books: Connection, body: Any) -> Reply:
        """Store events of many dossiers; after a bad one its dossier's later ones are skipped."""
        if not isinstance(body, dict) or not isinstance(body.get("events"), list):
            return problem(422, "validation", "Thiếu events")
        stopped: set[object] = set()
        results = []
        for index, event in enumerate(body["events"]):
            dossier_id = event.get("dossier_id") if isinstance(event, dict) else None
            if dossier_id in stopped:
                outcome: dict[str, object] = {
                    "outcome": "skipped",
                    "position": None,
                    "problem": None,
                }
            else:
                outcome = self._event(books, event, index)
                if outcome["outcome"] == "rejected":
                    stopped.add(dossier_id)
            results.append({"index": index, "event_id": event.get("event_id"), **outcome})
        return Reply(200, {"results": results})

    def _event(self, books: Connection, event: Any, index: int) -> dict[str, object]:
        faults = faults_of(event, "EventBody", f"/events/{index}")
        if faults:
            return _rejected(problem_body(422, "validation", "Sự kiện sai hợp đồng", errors=faults))
        known = books.execute("SELECT * FROM event WHERE id = ?", (event["event_id"],)).fetchone()
        if known is not None:
            if same(json.loads(known["body"]), event):
                return {"outcome": "duplicate", "position": known["position"], "problem": None}
            return _rejected(problem_body(422, "event-id-reused", "Mã sự kiện đã dùng"))
        row = books.execute(
            "SELECT body FROM dossier WHERE id = ?", (event["dossier_id"],)
        ).fetchone()
        if row is None:
            return _rejected(problem_body(404, "not-found", "Cổng chưa có hồ sơ này"))
        dossier = json.loads(row["body"])
        seq = books.execute(
            "SELECT coalesce(max(seq), 0) + 1 FROM event WHERE dossier = ? AND desk = ?",
            (event["dossier_id"], event["desk_id"]),
        ).fetchone()[0]
        if event["seq"] != seq:
            name = "sequence-gap" if event["seq"] > seq else "sequence-conflict"
            return _rejected(problem_body(409, name, "Sai thứ tự", expected_seq=seq))
        if event["status_before"] != event["status_after"]:
            if event["status_before"] != dossier["status"]:
                return _rejected(problem_body(409, "illegal-transition", "Trạng thái đã khác"))
            dossier["status"] = event["status_after"]
            dossier["status_at"] = event["at"]
        position = books.execute("SELECT coalesce(max(position), 0) + 1 FROM event").fetchone()[0]
        books.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
            (event["event_id"], event["dossier_id"], event["desk_id"], seq, position, dump(event)),
        )
        dossier["version"] += 1
        dossier["next_seq"] = seq + 1
        self._keep(books, dossier)
        return {
            "outcome": "stored",
            "position": position,
            "version": dossier["version"],
            "status": dossier["status"],
            "problem": None,
        }

    def _new_dossier(
        self, books: Connection, desk: str, content: Any, version: int | None, pointer: str
    ) -> Reply:
        if version is not None:
            return problem(409, "version-conflict", "Cổng không có hồ sơ này", current=None)
        code = content.get("code")
        if code is not None:
            if not self._is_leased(books, desk, code):
                error = {"pointer": f"{pointer}/code", "code": "invalid", "message": "ngoài dải số"}
                return problem(422, "serial-not-leased", "Số ngoài dải đã cấp", errors=[error])
            if books.execute("SELECT 1 FROM dossier WHERE code = ?", (code,)).fetchone():
                return problem(409, "code-taken", "Mã đã thuộc hồ sơ khác", current=None)
        else:
            code = self._lend_one(books)
        moment = rfc3339(self._clock())
        stored = {
            "id": content["id"],
            "version": 1,
            "content_version": 1,
            "code": code,
            "status": content["initial_status"],
            "status_at": moment,
            "due_at": (content.get("due") or {}).get("due_at"),
            "content": content,
            "next_seq": 1,
            "missing_blobs": [],
            "portal": {
                "state": "not_applicable",
                "service": None,
                "error_code": None,
                "message": None,
                "at": None,
            },
            "processing_unit": None,
            "results": [],
            "supplements": [],
            "created_at": moment,
            "updated_at": moment,
            "updated_by": "desk",
        }
        self._keep(books, stored)
        return Reply(201, stored)

    def _is_leased(self, books: Connection, desk: str, text: str) -> bool:
        try:
            code = DossierCode(text)
        except BadDossierCode:
            return False
        found = books.execute(
            "SELECT 1 FROM lease WHERE agency = ? AND desk = ? AND day = ? "
            "AND ? BETWEEN first AND last",
            (code.agency, desk, code.day.isoformat(), code.serial),
        ).fetchone()
        return found is not None

    def _keep(self, books: Connection, dossier: dict[str, Any]) -> None:
        moment = self._clock()
        dossier["updated_at"] = rfc3339(moment)
        books.execute(
            "INSERT INTO dossier VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "code = excluded.code, updated_at = excluded.updated_at, body = excluded.body",
            (dossier["id"], dossier["code"], moment.astimezone(UTC).isoformat(), dump(dossier)),
        )


def same(one: Any, other: Any) -> bool:
    """Tell whether two bodies say the same: null is absent, moments are compared as moments."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {k for k in (*one, *other)}
        return all(same(one.get(k), other.get(k)) for k in keys)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str) and one != other:
        try:
            return datetime.fromisoformat(one) == datetime.fromisoformat(other)
        except (ValueError, TypeError):
            return False
    return bool(one == other)


def _rejected(body: dict[str, object]) -> dict[str, object]:
    return {"outcome": "rejected", "position": None, "problem": body}
