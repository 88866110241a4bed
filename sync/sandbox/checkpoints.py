"""Seals of the desks' audit chains, which the portal keeps and never writes over."""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from sync.sandbox.books import dump
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.reply import Reply, bad_request, not_found, problem

NEWEST = 50
"""So many are told back: one speaks for everything before it."""


def put_checkpoints(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Keep the seals a desk tells, and tell the newest it ever told for this installation."""
    if not gateway.policy.audit_checkpoints:
        return not_found()
    asked: Any = call.body
    try:
        install, seals = str(asked["install"]), [(int(s["seq"]), dump(s)) for s in asked["seals"]]
    except (KeyError, TypeError, ValueError):
        return bad_request("install và seals")
    where = (call.desk.id, install)
    held = dict(
        books.execute("SELECT seq, body FROM seal WHERE desk = ? AND install = ?", where).fetchall()
    )
    if any(held.get(seq, body) != body for seq, body in seals):
        return problem(409, "checkpoint-conflict", "Dấu niêm phong này đã có dấu khác giữ chỗ")
    books.executemany(
        "INSERT OR IGNORE INTO seal (desk, install, seq, body) VALUES (?, ?, ?, ?)",
        [(*where, seq, body) for seq, body in seals],
    )
    held |= dict(seals)
    newest = [json.loads(held[seq]) for seq in sorted(held)[-NEWEST:]]
    return Reply(200, {"install": install, "seals": newest})
