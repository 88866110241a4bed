"""Dossiers as the portal keeps them: who may write what, and which version wins."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339
from sync.sandbox.books import dump
from sync.sandbox.contract_check import error, faults_of
from sync.sandbox.feed import tell
from sync.sandbox.gateway import Call, Desk, Gateway
from sync.sandbox.reply import Reply, bad_request, invalid, not_found, out_of_scope, problem
from sync.sandbox.sameness import changed_fields, same
from sync.sandbox.serials import is_lent, take_number

FIXED = ("agency_code", "initial_status", "origin")
CLOSED = frozenset({3, 7, 8, 10})
OPEN_TO_THE_END = frozenset({"note", "foreign", "components", "book"})
FORM_BYTES = 64 * 1024
NEEDED = {2: ("received_at", "due", "officer"), 3: ("refusal_reason", "officer")}
"""What a dossier must bring besides, by its initial status."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A dossier as a desk sent it.

    Attributes:
        version: The version the desk holds; None for a dossier it takes for new.
        base: JSON pointer of the content within the request.
    """

    content: dict[str, Any]
    version: int | None
    base: str = ""


def put_dossier(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Store one dossier: new, unchanged or changed."""
    if call.body["id"] != call.given["id"]:
        return invalid([error("/id", "invalid", "khác mã trong đường dẫn")])
    match = call.given.get("If-Match")
    version = int(match.strip('"')) if match else None
    return store(gateway, books, call, Draft(call.body, version))


def put_dossiers_bulk(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Store up to 200 dossiers, each by itself, answered in order."""
    faults = faults_of(call.body, "DossierBulkRequest")
    by_item: dict[str, list[dict[str, str]]] = {}
    for fault in faults:
        steps = fault["pointer"].split("/", 3)
        if len(steps) < 3 or steps[1] != "items" or not steps[2].isdigit():
            return invalid(faults)
        by_item.setdefault(steps[2], []).append(fault)
    results: list[dict[str, Any]] = []
    seen: set[str] = set()
    for index, item in enumerate(call.body["items"]):
        wrong = by_item.get(str(index), [])
        content: Any = item.get("dossier") if isinstance(item, dict) else None
        dossier_id: Any = content.get("id") if isinstance(content, dict) else None
        base = f"/items/{index}/dossier"
        if not wrong and dossier_id in seen:
            wrong = [error(f"{base}/id", "duplicate", "hồ sơ này đã có trong lô")]
        if wrong:
            reply = invalid(wrong)
        else:
            seen.add(dossier_id)
            reply = store(gateway, books, call, Draft(content, item.get("if_match"), base))
        readable = isinstance(dossier_id, str) and len(dossier_id) <= 64
        results.append(_result(index, dossier_id if readable else None, reply))
    return Reply(200, {"results": results})


def get_dossier(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Return one dossier whole."""
    dossier = find(books, call.desk, call.given["id"])
    if dossier is None:
        return not_found()
    etag = {"ETag": f'"{dossier["version"]}"'}
    if call.given.get("If-None-Match") == etag["ETag"]:
        return Reply(304, None, etag)
    return Reply(200, shown(books, call.desk, dossier), etag)


def find_dossiers(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Return dossiers by code, by a citizen's number, or by when they changed."""
    asked = [name for name in ("code", "citizen_id", "updated_since") if name in call.given]
    if len(asked) != 1:
        return bad_request("cần đúng một trong code, citizen_id, updated_since")
    value = call.given[asked[0]]
    conditions: dict[str, tuple[str, tuple[object, ...]]] = {
        "code": ("code = ?", (value,)),
        "citizen_id": ("? IN (owner, submitter)", (value,)),
        "updated_since": ("updated >= ?", (_since(value) if asked == ["updated_since"] else 0,)),
    }
    limit = call.given.get("limit", 50)
    return _page(books, call.desk, conditions[asked[0]], call.given.get("cursor"), limit)


def search_dossiers(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Return a citizen's dossiers, and note who looked and why."""
    body = call.body
    note_look(books, call, purpose=body["purpose"], ground="law")
    procedure = body.get("procedure_code")
    condition = (
        "? IN (owner, submitter) "
        "AND (? IS NULL OR json_extract(body, '$.content.procedure.code') = ?)"
    )
    values = (body["citizen_id"], procedure, procedure)
    return _page(books, call.desk, (condition, values), body.get("cursor"), body.get("limit", 50))


def store(gateway: Gateway, books: Connection, call: Call, draft: Draft) -> Reply:
    """Store what a desk sent; it fits the contract already."""
    content, version, base = draft.content, draft.version, draft.base
    wrong = [error(base + pointer, code, why) for pointer, code, why in _mistakes(gateway, content)]
    if wrong:
        return invalid(wrong)
    if not call.desk.serves(content["agency_code"]):
        return out_of_scope("park")
    row = books.execute("SELECT body FROM dossier WHERE id = ?", (content["id"],)).fetchone()
    if row is None:
        return _new(books, call, draft)
    known: dict[str, Any] = json.loads(row["body"])
    content = _normal(content, known)
    changed = changed_fields(known["content"], content)
    if not changed:
        return _stored(200, books, call.desk, known)
    current = {"current": shown(books, call.desk, known), "changed_fields": changed[:200]}
    if version is None or not known["content_version"] <= version <= known["version"]:
        return problem(409, "version-conflict", "Hồ sơ đã được sửa ở nơi khác", **current)
    fixed = [
        error(f"{base}/{n}", "immutable_field", "không đổi được") for n in _moved(known, content)
    ]
    if fixed:
        return invalid(fixed)
    if known["status"] in CLOSED and not {f.split("/")[1] for f in changed} <= OPEN_TO_THE_END:
        return problem(409, "dossier-closed", "Hồ sơ đã kết thúc", **current)
    known["content"] = content
    touch(known, call.moment, "desk")
    known["content_version"] = known["version"]
    keep(books, known, call.moment)
    tell_updated(books, known, changed, call)
    return _stored(200, books, call.desk, known)


def find(books: Connection, desk: Desk, dossier_id: str) -> dict[str, Any] | None:
    """Return the dossier when it exists within the desk's scope."""
    row = books.execute("SELECT * FROM dossier WHERE id = ?", (dossier_id,)).fetchone()
    if row is None or not desk.serves(row["agency"], row["competent"]):
        return None
    found: dict[str, Any] = json.loads(row["body"])
    return found


def shown(books: Connection, desk: Desk, dossier: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's ``Dossier`` as *desk* sees it."""
    missing = missing_blobs(books, dossier)
    portal = dossier["portal"]
    if missing and portal["state"] == "queued":
        portal = {**portal, "state": "waiting_files"}
    public = {name: value for name, value in dossier.items() if not name.startswith("_")}
    expected = next_seq(books, dossier["id"], desk.id)
    return {**public, "portal": portal, "next_seq": expected, "missing_blobs": missing}


def next_seq(books: Connection, dossier_id: str, desk_id: str) -> int:
    """Return the number of the desk's event that the portal waits for."""
    query = "SELECT coalesce(max(seq), 0) + 1 FROM event WHERE dossier = ? AND desk = ?"
    return int(books.execute(query, (dossier_id, desk_id)).fetchone()[0])


def missing_blobs(books: Connection, dossier: Mapping[str, Any]) -> list[str]:
    """Return the hashes that the dossier and its events name and the portal does not have."""
    named = dict.fromkeys((*_hashes(dossier["content"]["components"]), *dossier["_event_files"]))
    have = {
        row["sha256"]
        for row in books.execute(
            "SELECT sha256 FROM blob WHERE agency = ?", (dossier["content"]["agency_code"],)
        )
    }
    return [sha256 for sha256 in named if sha256 not in have]


def touch(dossier: dict[str, Any], moment: datetime, by: str) -> None:
    """Note that the dossier changed."""
    dossier["version"] += 1
    dossier["updated_at"] = rfc3339(moment)
    dossier["updated_by"] = by


def keep(books: Connection, dossier: Mapping[str, Any], moment: datetime) -> None:
    """Write the dossier as it is now."""
    content = dossier["content"]
    numbers = [
        ((party or {}).get("identity") or {}).get("number")
        for party in (content["owner"], content["submitter"]["party"])
    ]
    books.execute(
        "INSERT INTO dossier VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "competent = excluded.competent, code = excluded.code, owner = excluded.owner, "
        "submitter = excluded.submitter, updated = excluded.updated, body = excluded.body",
        (
            dossier["id"],
            content["agency_code"],
            content.get("competent_agency_code"),
            dossier["code"],
            *numbers,
            _instant(moment),
            dump(dossier),
        ),
    )


def new_record(content: dict[str, Any], code: str | None, moment: datetime) -> dict[str, Any]:
    """Return the record of a dossier that the portal sees for the first time."""
    due = content.get("due")
    return {
        "id": content["id"],
        "version": 1,
        "content_version": 1,
        "code": code,
        "status": content["initial_status"],
        "status_at": content.get("received_at") or content["submitted_at"],
        "due_at": due["due_at"] if due else None,
        "received_at": content.get("received_at"),
        "due": due,
        "content": content,
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
        "created_at": rfc3339(moment),
        "updated_at": rfc3339(moment),
        "updated_by": "desk",
        "_before_payment": None,
        "_event_files": [],
    }


def tell_updated(
    books: Connection, dossier: Mapping[str, Any], changed: list[str], call: Call
) -> None:
    """Let the sister desks know the new content."""
    tell(
        books,
        "dossier.updated",
        moment=call.moment,
        dossier=dossier,
        author=call.desk.id,
        data={"changed_fields": changed[:200]},
    )


def note_look(books: Connection, call: Call, *, purpose: str, ground: str) -> None:
    """Note who looked for a citizen's data and why (Law 91/2025/QH15)."""
    officer = call.body["officer"]["officer_id"]
    books.execute(
        "INSERT INTO look VALUES (?, ?, ?, ?, ?)",
        (rfc3339(call.moment), call.desk.id, officer, purpose, ground),
    )


def _new(books: Connection, call: Call, draft: Draft) -> Reply:
    content = draft.content
    nothing: dict[str, object] = {"current": None, "changed_fields": []}
    if draft.version is not None:
        return problem(409, "version-conflict", "Cổng không có hồ sơ này", **nothing)
    code = content.get("code")
    if code is not None:
        if not is_lent(books, call.desk, code):
            where = error(
                f"{draft.base}/code", "invalid", f"số này không được cấp cho {call.desk.id}"
            )
            return problem(422, "serial-not-leased", "Số ngoài dải đã cấp", errors=[where])
        if books.execute("SELECT 1 FROM dossier WHERE code = ?", (code,)).fetchone():
            return problem(409, "code-taken", "Mã đã thuộc hồ sơ khác", **nothing)
    else:
        code = take_number(books, content["agency_code"], call.moment)
    dossier = new_record(content, code, call.moment)
    keep(books, dossier, call.moment)
    tell_updated(books, dossier, [f"/{name}" for name in content], call)
    return _stored(201, books, call.desk, dossier)


def _mistakes(gateway: Gateway, content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield pointer, code and words of what the schema cannot say."""
    for name in NEEDED.get(content["initial_status"], ()):
        if content.get(name) is None:
            yield f"/{name}", "required", "thiếu với trạng thái ban đầu này"
    if content["initial_status"] == 2 and not content["components"]:
        yield "/components", "required", "cần ít nhất một thành phần"
    if content["submitter"]["relation"] == "self" and content["submitter"]["party"] is not None:
        yield "/submitter/party", "invalid", "để trống khi chính chủ nộp"
    if len(dump(content.get("form_data", {})).encode()) > FORM_BYTES:
        yield "/form_data", "max_length", "không quá 64 KiB"
    desk_id = content["desk_id"]
    if desk_id is None and content["origin"] != "portal":
        yield "/desk_id", "required", "thiếu mã quầy tiếp nhận"
    if desk_id is not None and desk_id not in gateway.desks:
        yield "/desk_id", "invalid", "quầy chưa ghi danh"
    if gateway.policy.poison & {content["id"], content.get("code")}:
        yield "/owner/full_name", "invalid", "cổng không nhận hồ sơ này"


def _normal(content: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return *content* without what the portal itself assigned: the code."""
    if known["content"].get("code") is None and content.get("code") == known["code"]:
        return {**content, "code": None}
    return content


def _moved(known: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that differ though they never change once they have a value."""
    old = known["content"]
    yield from (name for name in FIXED if not same(old.get(name), content.get(name)))
    if not same(old.get("code"), content.get("code")):
        yield "code"
    if old["desk_id"] is not None and old["desk_id"] != content["desk_id"]:
        yield "desk_id"
    received = content.get("received_at")
    if not same(received, known["received_at"]) and not (
        received is None and old.get("received_at") is None
    ):
        yield "received_at"


def _stored(status: int, books: Connection, desk: Desk, dossier: Mapping[str, Any]) -> Reply:
    return Reply(status, shown(books, desk, dossier), {"ETag": f'"{dossier["version"]}"'})


def _result(index: int, dossier_id: str | None, reply: Reply) -> dict[str, Any]:
    stored = reply.body if reply.is_taken else {}
    return {
        "index": index,
        "id": dossier_id,
        "status": reply.status,
        "version": stored.get("version"),
        "code": stored.get("code"),
        "missing_blobs": stored.get("missing_blobs", []),
        "problem": None if reply.is_taken else reply.body,
    }


def _page(
    books: Connection,
    desk: Desk,
    condition: tuple[str, tuple[object, ...]],
    cursor: str | None,
    limit: int,
) -> Reply:
    """Return one page in the order of change; *condition* is fixed text with its values."""
    after = _read_cursor(cursor)
    if after is None:
        return bad_request("con trỏ sai")
    words, values = condition
    scope = [desk.agency, *desk.receives_for]
    marks = ", ".join("?" * len(scope))
    rows = books.execute(
        f"SELECT id, updated, body FROM dossier WHERE {words} "  # noqa: S608 - fixed words
        f"AND (agency IN ({marks}) OR competent IN ({marks})) "
        "AND (updated, id) > (?, ?) ORDER BY updated, id LIMIT ?",
        (*values, *scope, *scope, *after, limit + 1),
    ).fetchall()
    items = [shown(books, desk, json.loads(row["body"])) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    following = _cursor(last["updated"], last["id"]) if last is not None else None
    return Reply(200, {"items": items, "next": following})


def _cursor(updated: int, dossier_id: str) -> str:
    return base64.urlsafe_b64encode(f"{updated} {dossier_id}".encode()).decode()


def _read_cursor(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return 0, ""
    try:
        updated, dossier_id = base64.urlsafe_b64decode(cursor).decode().split(" ")
        return int(updated), dossier_id
    except ValueError:
        return None


def _since(text: str) -> int:
    return _instant(datetime.fromisoformat(text))


def _instant(moment: datetime) -> int:
    """Return microseconds since 1970."""
    return round(moment.astimezone(UTC).timestamp() * 1_000_000)


def _hashes(components: list[Any]) -> Iterator[str]:
    for component in components:
        yield from (file["sha256"] for file in component["files"])
