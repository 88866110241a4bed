"""The portal's catalogues, whole or only what changed since a desk last looked."""

from __future__ import annotations

import hashlib
import json
import re
from sqlite3 import Connection

from sync.sandbox.gateway import Call, Gateway, Rule
from sync.sandbox.reply import Reply, bad_request, problem
from sync.sandbox.shipped import revision


def listing(catalogue: str) -> Rule:
    """Return the rule that answers for one catalogue."""

    def give(gateway: Gateway, books: Connection, call: Call) -> Reply:
        return _page(gateway, books, call, catalogue)

    return give


def _page(gateway: Gateway, books: Connection, call: Call, catalogue: str) -> Reply:
    epoch, limit = gateway.books.epoch, call.given.get("limit", 100)
    told = call.given.get("since")
    since = 0 if told is None else _read_since(told, epoch)
    if since is None or (told is not None and since < gateway.policy.oldest_revision):
        return problem(410, "since-expired", "Mốc quá cũ, tải lại toàn bộ")
    place = _read_place(call.given.get("cursor"))
    if place is None:
        return bad_request("con trỏ sai")
    until, after = place if place != (0, "") else (revision(books), "")
    etag = {"ETag": _etag(epoch, revision(books, catalogue), since, limit, after)}
    if not after and call.given.get("If-None-Match") == etag["ETag"]:
        return Reply(304, None, etag)
    rows = books.execute(
        "SELECT code, is_removed, body FROM item "
        "WHERE catalogue = ? AND revision > ? AND code > ? AND NOT is_removed "
        "ORDER BY code LIMIT ?",
        (catalogue, since, after, limit + 1),
    ).fetchall()
    is_last = len(rows) <= limit
    removed = books.execute(
        "SELECT code FROM item WHERE catalogue = ? AND revision > ? AND is_removed ORDER BY code",
        (catalogue, since),
    ).fetchall()
    body = {
        "items": [json.loads(row["body"]) for row in rows[:limit]],
        "removed": [row["code"] for row in removed] if is_last and since else [],
        "next": None if is_last else f"{until}.{_hex(rows[limit - 1]['code'])}",
        "since": f"{epoch}.{until}" if is_last else None,
    }
    return Reply(200, body, etag)


def _read_since(text: str, epoch: str) -> int | None:
    """Return the revision a desk has, None when it is of another life."""
    found = re.fullmatch(r"(.+)[.]([0-9]{1,15})", text)
    return int(found[2]) if found is not None and found[1] == epoch else None


def _read_place(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return 0, ""
    found = re.fullmatch(r"([0-9]{1,15})[.]((?:[0-9a-f]{2})+)", text)
    if found is None:
        return None
    return int(found[1]), bytes.fromhex(found[2]).decode(errors="replace")


def _hex(code: str) -> str:
    return code.encode().hex()


def _etag(*parts: object) -> str:
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
