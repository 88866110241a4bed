"""Hand-over lists of the public post, and where their parcels are."""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339
from sync.sandbox.contract_check import error
from sync.sandbox.dossiers import find
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.money import change_paper, find_paper, keep_paper
from sync.sandbox.reply import Reply, invalid, not_found, out_of_scope, problem
from sync.sandbox.sameness import same

FORWARD = {
    "created": {"accepted", "in_transit", "delivered", "failed"},
    "accepted": {"in_transit", "delivered", "failed"},
    "in_transit": {"delivered", "failed"},
    "failed": {"in_transit", "returned"},
    "delivered": set(),
    "returned": set(),
}
"""Where a parcel may go from each state; a state may be skipped when its notice was late."""


def create_manifest(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Note a hand-over list, or return the one there is."""
    body = call.body
    if not call.desk.serves(body["agency_code"]):
        return out_of_scope()
    known = find_paper(books, "manifest", body["manifest_id"])
    if known is not None:
        if not same(json.loads(known["request"]), body):
            return problem(409, "manifest-conflict", "Bảng kê này đã có với nội dung khác")
        return Reply(200, _manifest(books, json.loads(known["body"])))
    wrong = []
    seen: set[str] = set()
    for index, parcel in enumerate(body["parcels"]):
        place = f"/parcels/{index}"
        if parcel["parcel_id"] in seen or find_paper(books, "parcel", parcel["parcel_id"]):
            wrong.append(error(f"{place}/parcel_id", "duplicate", "bưu gửi đã có"))
        if find(books, call.desk, parcel["dossier_id"]) is None:
            wrong.append(error(f"{place}/dossier_id", "invalid", "cổng chưa có hồ sơ này"))
        seen.add(parcel["parcel_id"])
    if wrong:
        return invalid(wrong)
    for parcel in body["parcels"]:
        kept = {
            "parcel_id": parcel["parcel_id"],
            "dossier_id": parcel["dossier_id"],
            "parcel_no": parcel.get("parcel_no"),
            "status": "created",
            "updated_at": rfc3339(call.moment),
            "receiver_name": None,
            "note": None,
        }
        keep_paper(
            books,
            "parcel",
            parcel["parcel_id"],
            agency=body["agency_code"],
            request=parcel,
            body=kept,
        )
    manifest = {
        "manifest_id": body["manifest_id"],
        "accepted_at": rfc3339(call.moment),
        "parcels": [parcel["parcel_id"] for parcel in body["parcels"]],
    }
    keep_paper(
        books,
        "manifest",
        body["manifest_id"],
        agency=body["agency_code"],
        request=body,
        body=manifest,
    )
    return Reply(201, _manifest(books, manifest))


def update_parcel(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Move a parcel on; never back."""
    row = find_paper(books, "parcel", call.given["parcel_id"])
    if row is None or not call.desk.serves(row["agency"]):
        return not_found()
    parcel, body = json.loads(row["body"]), call.body
    if body["status"] == parcel["status"]:
        return Reply(200, parcel)
    if body["status"] not in FORWARD[parcel["status"]]:
        return problem(409, "parcel-transition", "Bưu gửi không thể lùi trạng thái")
    change = {"status": body["status"], "updated_at": body["at"]}
    told = {n: body[n] for n in ("parcel_no", "receiver_name", "note") if body.get(n) is not None}
    return Reply(200, change_paper(books, "parcel", parcel["parcel_id"], {**change, **told}))


def _manifest(books: Connection, manifest: dict[str, Any]) -> dict[str, Any]:
    rows = [find_paper(books, "parcel", parcel_id) for parcel_id in manifest["parcels"]]
    return {**manifest, "parcels": [json.loads(row["body"]) for row in rows]}
