"""What happened to dossiers: one gapless line of events for each dossier and desk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339
from sync.sandbox.books import dump
from sync.sandbox.contract_check import error, faults_of
from sync.sandbox.dossiers import find, keep, next_seq, touch
from sync.sandbox.feed import tell
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.reply import Refusal, Reply, invalid, not_found, problem
from sync.sandbox.sameness import same

_STEPS: Mapping[str, list[tuple[tuple[int, ...], int]]] = {
    "accepted": [((1, 5, 6), 2)],
    "refused": [((1, 5), 3)],
    "handed_over": [((2, 5, 6, 9), 4)],
    "supplement_requested": [((1, 2, 4), 5)],
    "supplement_received": [((1, 5, 6), 2), ((2, 5, 6, 9), 4)],
    "payment_requested": [((1, 2, 4), 6)],
    "due_extended": [((2, 4, 5, 6, 9), 4)],
    "withdrawn": [((1, 2, 4, 5, 6), 7)],
    "stopped": [((2, 4, 5, 6), 8)],
    "completed": [((2, 4, 6, 10), 9)],
    "result_corrected": [((2, 5, 6, 9), 4)],
    "returned": [((9,), 10)],
    "return_recalled": [((2, 4, 6, 10), 9)],
}
"""Which status each kind of event may lead from and to; ``payment_done`` goes back to where the
dossier came from, and the kinds not named change no status."""

NEEDED = {
    "refused": "text",
    "supplement_requested": "supplement",
    "due_extended": "due_at",
    "stopped": "text",
    "result_corrected": "text",
    "returned": "returned",
    "return_recalled": "text",
}
"""The part an event must carry, by its kind."""


def append_events(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Store the events of one dossier: all of them or none."""
    dossier_id = call.given["id"]
    foreign = [
        error(f"/events/{index}/dossier_id", "invalid", "khác mã trong đường dẫn")
        for index, event in enumerate(call.body["events"])
        if event["dossier_id"] != dossier_id
    ]
    if foreign:
        return invalid(foreign)
    if find(books, call.desk, dossier_id) is None:
        return not_found()
    results = [
        _append(gateway, books, call, event, index)
        for index, event in enumerate(call.body["events"])
    ]
    return Reply(
        200,
        {
            "dossier_id": dossier_id,
            "results": results,
            "next_seq": next_seq(books, dossier_id, call.desk.id),
            "status": results[-1]["status"],
            "version": results[-1]["version"],
        },
    )


def append_events_bulk(gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Store events of many dossiers; after a bad one its dossier's later ones are skipped."""
    by_event: dict[int, list[dict[str, str]]] = {}
    faults = faults_of(call.body, "EventsBulkRequest")
    for fault in faults:
        steps = fault["pointer"].split("/")
        is_of_event = len(steps) > 3 and steps[1] == "events"
        if not is_of_event or steps[3] in {"event_id", "dossier_id"}:
            return invalid(faults)  # a result could not even name the event
        by_event.setdefault(int(steps[2]), []).append(fault)
    stopped: set[str] = set()
    results = []
    for index, event in enumerate(call.body["events"]):
        result: dict[str, Any] = {
            "index": index,
            "event_id": event["event_id"],
            "outcome": "skipped",
            "position": None,
            "problem": None,
        }
        if event["dossier_id"] not in stopped:
            try:
                if index in by_event:
                    raise Refusal(invalid(by_event[index]))
                result |= _append(gateway, books, call, event, index)
            except Refusal as refusal:
                stopped.add(event["dossier_id"])
                result |= {"outcome": "rejected", "problem": refusal.reply.body}
        results.append(result)
    return Reply(200, {"results": results})


def list_events(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Return what happened to one dossier, in the order the portal stored it."""
    dossier = find(books, call.desk, call.given["id"])
    if dossier is None:
        return not_found()
    limit = call.given.get("limit", 100)
    rows = books.execute(
        "SELECT body FROM event WHERE dossier = ? AND place > ? ORDER BY place LIMIT ?",
        (dossier["id"], call.given.get("after", 0), limit + 1),
    ).fetchall()
    items = [json.loads(row["body"]) for row in rows[:limit]]
    return Reply(
        200,
        {
            "items": items,
            "next_position": items[-1]["position"] if len(rows) > limit else None,
            "next_seq": next_seq(books, dossier["id"], call.desk.id),
            "status": dossier["status"],
        },
    )


def keep_event(
    books: Connection,
    stored: dict[str, Any],
    *,
    dossier_id: str,
    event_id: str,
    desk_id: str | None = None,
    seq: int | None = None,
) -> int:
    """Write an event behind the dossier's last one; return its place there."""
    query = "SELECT coalesce(max(place), 0) + 1 FROM event WHERE dossier = ?"
    place = int(books.execute(query, (dossier_id,)).fetchone()[0])
    books.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)",
        (event_id, dossier_id, desk_id, seq, place, dump({"position": place, **stored})),
    )
    return place


def _append(
    gateway: Gateway, books: Connection, call: Call, event: dict[str, Any], index: int
) -> dict[str, Any]:
    """Store one event and return its result.

    Raises:
        Refusal: A rule says no; nothing of this event is kept.
    """
    result = {"index": index, "event_id": event["event_id"], "problem": None}
    dossier = find(books, call.desk, event["dossier_id"])
    known = books.execute("SELECT * FROM event WHERE id = ?", (event["event_id"],)).fetchone()
    if known is not None and dossier is not None:
        if not same(json.loads(known["body"])["event"], event):
            reused = problem(422, "event-id-reused", "Mã sự kiện đã dùng cho nội dung khác")
            raise Refusal(Reply(422, {**reused.body, "index": index}))
        now = {"version": dossier["version"], "status": dossier["status"]}
        return {**result, "outcome": "duplicate", "position": known["place"], **now}
    wrong = [
        error(f"/events/{index}/{name}", code, why)
        for name, code, why in _mistakes(gateway, call, event)
    ]
    if wrong:
        raise Refusal(invalid(wrong, index=index))
    if dossier is None:
        raise Refusal(Reply(404, {**not_found().body, "index": index}))
    expected = next_seq(books, event["dossier_id"], call.desk.id)
    where = {"index": index, "expected_seq": expected, "current_status": dossier["status"]}
    if event["seq"] > expected:
        raise Refusal(problem(409, "sequence-gap", "Thiếu sự kiện trước đó", **where))
    if event["seq"] < expected:
        raise Refusal(problem(409, "sequence-conflict", "Số này đã có sự kiện khác", **where))
    if not _may_happen(dossier, event):
        raise Refusal(problem(409, "illegal-transition", "Bước chuyển trái quy trình", **where))
    place = keep_event(
        books,
        {
            "origin": "desk",
            "stored_at": rfc3339(call.moment),
            **{n: event[n] for n in ("kind", "at", "status_before", "status_after")},
            "text": event.get("text"),
            "event": event,
        },
        dossier_id=event["dossier_id"],
        event_id=event["event_id"],
        desk_id=call.desk.id,
        seq=event["seq"],
    )
    _apply(dossier, event)
    touch(dossier, call.moment, "desk")
    keep(books, dossier, call.moment)
    _tell(books, call, dossier, event)
    now = {"version": dossier["version"], "status": dossier["status"]}
    return {**result, "outcome": "stored", "position": place, **now}


def _mistakes(
    gateway: Gateway, call: Call, event: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield field, code and words of what the schema cannot say."""
    if event["desk_id"] != call.desk.id:
        yield "desk_id", "invalid", "không phải quầy đang gửi"
    kind = event["kind"]
    needed = NEEDED.get(kind)
    if needed is not None and event.get(needed) is None:
        yield needed, "required", "thiếu với loại việc này"
    from_online = kind == "accepted" and (event["status_before"], event["status_after"]) == (1, 2)
    for name in ("received_at", "due"):
        if from_online and event.get(name) is None:
            yield name, "required", "thiếu khi nhận hồ sơ trực tuyến"
        if kind != "accepted" and event.get(name) is not None:
            yield name, "invalid", "chỉ đi cùng việc tiếp nhận"
    if event["dossier_id"] in gateway.policy.poison:
        yield "text", "invalid", "cổng không nhận hồ sơ này"


def _may_happen(dossier: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    step = (event["status_before"], event["status_after"])
    kind = event["kind"]
    if step[0] == step[1] and kind != "due_extended":
        return True
    if step[0] != dossier["status"]:
        return False
    if kind == "payment_done":
        return step == (6, dossier["_before_payment"])
    return any(step[0] in befores and step[1] == after for befores, after in _STEPS.get(kind, []))


def _apply(dossier: dict[str, Any], event: Mapping[str, Any]) -> None:
    before, after = event["status_before"], event["status_after"]
    if before != after:
        dossier["status"] = after
        dossier["status_at"] = event["at"]
        if after == 6:
            dossier["_before_payment"] = before
    if event["kind"] == "due_extended":
        dossier["due_at"] = event["due_at"]
    if event["kind"] == "accepted" and (before, after) == (1, 2):
        dossier["received_at"] = dossier["received_at"] or event["received_at"]
        if dossier["due"] is None:
            dossier["due"] = event["due"]
            dossier["due_at"] = event["due"]["due_at"]
    if event.get("handover"):
        dossier["processing_unit"] = event["handover"]["to_unit"]
    dossier["_event_files"] += [file["sha256"] for file in event.get("files", [])]


def _tell(
    books: Connection, call: Call, dossier: Mapping[str, Any], event: Mapping[str, Any]
) -> None:
    """Let the sister desks know."""
    kind = "dossier.status_changed"
    data: dict[str, Any] = {
        "status": event["status_after"],
        "status_before": event["status_before"],
        "text": event.get("text"),
        "unit": event.get("unit"),
        "due_at": dossier["due_at"],
    }
    if event["status_before"] == event["status_after"] and event["kind"] != "due_extended":
        kind, data = "dossier.updated", {"changed_fields": []}
    tell(books, kind, moment=call.moment, data=data, dossier=dossier, author=call.desk.id)
