"""The feed: what happened on the portal's side and at sister desks, in the order it happened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339, uuid7
from sync.sandbox.books import dump
from sync.sandbox.gateway import Call, Desk, Gateway
from sync.sandbox.reply import Reply, bad_request, problem

Showing = Callable[[Connection, Desk, Mapping[str, Any]], dict[str, Any]]
WITH_DOSSIER = frozenset({"dossier.assigned", "dossier.updated", "dossier.conflict_resolved"})
"""Kinds that carry the whole dossier as it was then."""


def tell(
    books: Connection,
    kind: str,
    *,
    moment: datetime,
    data: Mapping[str, Any],
    dossier: Mapping[str, Any] | None = None,
    author: str | None = None,
    agency: str | None = None,
) -> None:
    """Add to the feed.

    Args:
        dossier: The record it is about; its agency's desks are told.
        author: The desk that did it and need not be told.
        agency: Whose desks are told when there is no dossier; None tells everybody.
    """
    change = {
        "change_id": str(uuid7(moment)),
        "kind": kind,
        "occurred_at": rfc3339(moment),
        "dossier_id": dossier["id"] if dossier else None,
        "dossier_version": dossier["version"] if dossier else None,
        "data": data,
    }
    if kind in WITH_DOSSIER:
        change["data"] = {**data, "dossier": dossier}
    if dossier is not None:
        agency = dossier["content"]["agency_code"]
    books.execute(
        "INSERT INTO change (agency, author, dossier, body) VALUES (?, ?, ?, ?)",
        (agency, author, change["dossier_id"], dump(change)),
    )


def page(gateway: Gateway, books: Connection, call: Call, show: Showing) -> Reply:
    """Return what follows a cursor, at most *limit* items.

    Args:
        show: Turns the record of a dossier into the contract's ``Dossier``.
    """
    epoch = gateway.books.epoch
    cursor = call.given.get("cursor")
    found = re.fullmatch(r"(.+)[.]([0-9]{1,15})", cursor or f"{epoch}.0")
    if found is None:
        return bad_request("con trỏ sai")
    after, oldest = int(found[2]), gateway.policy.oldest_change
    if found[1] != epoch or (cursor is not None and after < oldest):
        return problem(
            410,
            "cursor-expired",
            "Con trỏ đã hết hạn",
            restart_cursor=f"{epoch}.{_last(books)}",
            resync_since="2000-01-01T00:00:00+07:00",
        )
    limit = call.given.get("limit", 100)
    scope = [call.desk.agency, *call.desk.receives_for]
    rows = books.execute(
        "SELECT position, body FROM change WHERE position > ? AND "  # noqa: S608 - fixed words
        f"(agency IS NULL OR agency IN ({', '.join('?' * len(scope))})) AND author IS NOT ? "
        "ORDER BY position LIMIT ?",
        (max(after, oldest), *scope, call.desk.id, limit + 1),
    ).fetchall()
    items = [_shown(books, call.desk, json.loads(row["body"]), show) for row in rows[:limit]]
    more = len(rows) > limit
    last = rows[limit - 1]["position"] if more else max(after, _last(books))
    return Reply(200, {"items": items, "cursor": f"{epoch}.{last}", "more": more})


def _shown(books: Connection, desk: Desk, change: dict[str, Any], show: Showing) -> dict[str, Any]:
    if change["kind"] in WITH_DOSSIER:
        change["data"]["dossier"] = show(books, desk, change["data"]["dossier"])
    return change


def _last(books: Connection) -> int:
    return int(books.execute("SELECT coalesce(max(position), 0) FROM change").fetchone()[0])
