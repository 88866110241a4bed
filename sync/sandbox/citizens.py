"""What citizens give and get: ratings without a name, and papers already digitised."""

from __future__ import annotations

import json
import re
from sqlite3 import Connection

from sync.sandbox.contract_check import error
from sync.sandbox.dossiers import note_look
from sync.sandbox.files import lend
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.money import find_paper, keep_paper
from sync.sandbox.reply import Reply, invalid, out_of_scope
from sync.sandbox.schema import is_moment


def create_rating(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Take an anonymous rating once."""
    body = call.body
    if not call.desk.serves(body["agency_code"]):
        return out_of_scope()
    wrong = []
    if not is_moment(body["rated_hour"]):
        wrong.append(error("/rated_hour", "invalid", "không có giờ này"))
    if re.search(r"\d{9}", body.get("comment") or ""):
        wrong.append(error("/comment", "personal_data", "ý kiến có dãy số giống số định danh"))
    if wrong:
        return invalid(wrong)
    taken = {"rating_id": body["rating_id"], "accepted": True}
    if find_paper(books, "rating", body["rating_id"]) is not None:
        return Reply(200, taken)
    keep_paper(
        books,
        "rating",
        body["rating_id"],
        agency=body["agency_code"],
        request=body,
        body=taken,
    )
    return Reply(201, taken)


def search_digital_store(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Return the results that the portal holds for a citizen, and note who looked and why.

    The store is made of the results of the citizen's own dossiers, whichever agency gave them.
    """
    body = call.body
    note_look(books, call, purpose=body["purpose"], ground=body["legal_ground"])
    wanted = {(want["result_code"], want.get("number")) for want in body.get("wanted", [])}
    items = []
    rows = books.execute("SELECT body FROM dossier WHERE owner = ?", (body["owner_id_number"],))
    for row in rows:
        for result in json.loads(row["body"])["results"]:
            names = {(result["result_code"], None), (result["result_code"], result["number"])}
            if result["result_code"] is not None and (not wanted or wanted & names):
                items.append(result)
                lend(books, call.desk.agency, result["files"])
    return Reply(200, {"items": items[:100]})
