"""Blocks of serial numbers: every number of an agency and day is lent once and never again."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from sqlite3 import Connection
from typing import Any

from counter.errors import BadDossierCode
from counter.values import VIETNAM, DossierCode, local_day, rfc3339, uuid7
from sync.sandbox.books import dump
from sync.sandbox.contract_check import error
from sync.sandbox.gateway import Call, Desk, Gateway
from sync.sandbox.reply import Refusal, Reply, invalid, not_found, out_of_scope, problem

WIDTH = 4
MOST = 10**WIDTH - 1


def create_lease(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Lend a block; blocks of an agency and day never overlap."""
    agency, day, count = call.body["agency_code"], call.body["date"], call.body["count"]
    policy = gateway.policy
    if not call.desk.serves(agency):
        return out_of_scope()
    if count > policy.max_block:
        return invalid([error("/count", "range", f"mỗi dải không quá {policy.max_block} số")])
    ahead = (date.fromisoformat(day) - local_day(call.moment)).days
    if not 0 <= ahead <= policy.max_days_ahead:
        return problem(409, "lease-date", "Ngày ngoài khoảng được xin")
    first = _next_number(books, agency, day)
    if first + count - 1 > MOST:
        return problem(409, "lease-exhausted", "Đã hết số trong ngày")
    lease: dict[str, Any] = {
        "lease_id": str(uuid7(call.moment)),
        "agency_code": agency,
        "desk_id": call.desk.id,
        "shared": call.body.get("shared", False),
        "date": day,
        "first": first,
        "last": first + count - 1,
        "width": WIDTH,
        "prefix": f"{agency}-{date.fromisoformat(day):%y%m%d}-",
        "issued_at": rfc3339(call.moment),
        "expires_at": rfc3339(_expiry(day)),
        "state": "active",
        "returned_from": None,
    }
    _keep(books, lease, top=lease["last"])
    return Reply(201, lease, {"Location": f"/motcua/v1/serial-leases/{lease['lease_id']}"})


def list_leases(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """List the blocks in force of the asking desk."""
    rows = books.execute(
        "SELECT body FROM lease WHERE desk = ? AND (?2 IS NULL OR day = ?2) ORDER BY day, first",
        (call.desk.id, call.given.get("date")),
    )
    found = [_now(json.loads(row["body"]), call.moment) for row in rows]
    return Reply(200, {"items": [lease for lease in found if lease["state"] == "active"][:500]})


def return_lease(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Take back what follows the last used number; a repeat changes nothing."""
    row = books.execute(
        "SELECT body, top FROM lease WHERE id = ? AND desk = ?",
        (call.given["lease_id"], call.desk.id),
    ).fetchone()
    if row is None:
        return not_found()
    lease = json.loads(row["body"])
    if lease["state"] == "returned":
        return Reply(200, lease)
    used = call.given["used_up_to"]
    highest = max(lease["first"] - 1, _highest_used(books, lease))
    if not highest <= used <= lease["last"]:
        detail = f"phải từ {highest} đến {lease['last']}"
        return problem(409, "lease-in-use", "Không trả được phần số này", detail=detail)
    lease |= {"last": used, "state": "returned", "returned_from": used + 1}
    _keep(books, lease, top=row["top"])
    return Reply(200, lease)


def is_lent(books: Connection, desk: Desk, text: str) -> bool:
    """Tell whether the code's number was lent to *desk*, or to all desks of the agency."""
    try:
        code = DossierCode(text)
    except BadDossierCode:
        return False
    rows = books.execute(
        "SELECT body FROM lease WHERE agency = ? AND day = ? AND ? BETWEEN first AND top "
        "AND desk IS NOT NULL",
        (code.agency, code.day.isoformat(), code.serial),
    )
    return any(
        code.serial <= lease["last"]
        and len(text.rpartition("-")[2]) == lease["width"]
        and (lease["shared"] or lease["desk_id"] == desk.id)
        for lease in (json.loads(row["body"]) for row in rows)
    )


def take_number(books: Connection, agency: str, moment: datetime) -> str:
    """Take the next number of today for a dossier that came without one; return its code.

    Raises:
        Refusal: The day's numbers are used up; tomorrow there are new ones.
    """
    day = local_day(moment)
    number = _next_number(books, agency, day.isoformat())
    if number > MOST:
        raise Refusal(problem(503, "maintenance", "Cổng hết số trong ngày, gửi lại hôm sau"))
    books.execute(
        "INSERT INTO lease VALUES (?, ?, NULL, ?, ?, ?, '{}')",
        (str(uuid7(moment)), agency, day.isoformat(), number, number),
    )
    return DossierCode.of(agency=agency, day=day, serial=number, width=WIDTH).text


def _next_number(books: Connection, agency: str, day: str) -> int:
    query = "SELECT coalesce(max(top), 0) + 1 FROM lease WHERE agency = ? AND day = ?"
    return int(books.execute(query, (agency, day)).fetchone()[0])


def _highest_used(books: Connection, lease: dict[str, Any]) -> int:
    rows = books.execute(
        "SELECT code FROM dossier WHERE code BETWEEN ? AND ?",
        tuple(f"{lease['prefix']}{lease[end]:0{WIDTH}}" for end in ("first", "last")),
    )
    return max((DossierCode(row["code"]).serial for row in rows), default=0)


def _now(lease: dict[str, Any], moment: datetime) -> dict[str, Any]:
    is_over = datetime.fromisoformat(lease["expires_at"]) <= moment
    return {**lease, "state": "expired"} if is_over and lease["state"] == "active" else lease


def _expiry(day: str) -> datetime:
    return datetime.combine(
        date.fromisoformat(day) + timedelta(days=2), datetime.min.time(), VIETNAM
    )


def _keep(books: Connection, lease: dict[str, Any], *, top: int) -> None:
    books.execute(
        "INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            lease["lease_id"],
            lease["agency_code"],
            lease["desk_id"],
            lease["date"],
            lease["first"],
            top,
            dump(lease),
        ),
    )
