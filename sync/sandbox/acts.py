"""What others do on the portal's side: the units that decide, citizens at home, banks.

A test or a demonstration asks for these through the control door; desks hear of them in the feed.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339, uuid7
from sync.sandbox.contract_check import faults_of
from sync.sandbox.dossiers import keep, new_record, touch
from sync.sandbox.events import keep_event
from sync.sandbox.feed import tell
from sync.sandbox.files import keep_blob
from sync.sandbox.gateway import Gateway
from sync.sandbox.money import change_paper, find_paper, keep_paper, vietqr
from sync.sandbox.sameness import changed_fields
from sync.sandbox.serials import take_number
from sync.sandbox.shipped import put_item, remove_item

Facts = Mapping[str, Any]


def submit_online(gateway: Gateway, facts: Facts) -> dict[str, Any]:
    """Let a citizen send a dossier from home.

    Args:
        facts: ``content``, a ``DossierContent`` of origin ``portal``, if not an invented one for
            the first desk's agency; ``answer_by`` if not eight hours from now.

    Raises:
        ValueError: The content does not fit the contract.
    """
    moment = gateway.now()
    agency = next(iter(gateway.desks.values())).agency
    content: dict[str, Any] = facts.get("content") or invented_online(agency, moment)
    faults = faults_of(content, "DossierContent")
    if faults:
        raise ValueError(faults)
    with gateway.books.writing() as books:
        code = take_number(books, content["agency_code"], moment)
        dossier = new_record(content, code, moment)
        dossier["updated_by"] = "citizen"
        keep(books, dossier, moment)
        answer_by = facts.get("answer_by") or rfc3339(moment + timedelta(hours=8))
        data = {"answer_by": answer_by}
        tell(books, "dossier.assigned", moment=moment, data=data, dossier=dossier)
    return {"id": dossier["id"], "code": code}


def invented_online(agency: str, moment: datetime) -> dict[str, Any]:
    """Return a birth registration that an invented citizen sends to *agency* from home."""
    person = {"subject_type": 1, "full_name": "NGUYỄN THỊ HƯ CẤU", "identity": None}
    return {
        "id": str(uuid7(moment)),
        "code": None,
        "origin": "portal",
        "agency_code": agency,
        "desk_id": None,
        "procedure": {
            "code": "1.001193",
            "name": "Đăng ký khai sinh",
            "revision": "2026-07-18.1",
            "field": {"code": "G15-TP07", "name": "Hộ tịch"},
        },
        "channel": 2,
        "owner": {**person, "birth_date": "1992-04-12", "phone": "0900000000"},
        "submitter": {"relation": "self", "party": None},
        "subject": "Đăng ký khai sinh cho con",
        "submitted_at": rfc3339(moment),
        "initial_status": 1,
        "components": [],
        "fees": [],
        "return_to": {"method": 0, "electronic": True},
        "created_offline": False,
    }


def move(gateway: Gateway, facts: Facts) -> None:
    """Let the deciding unit change the status of ``dossier_id`` to ``status``, with ``text``.

    ``due_at`` moves the due date; ``unit`` names who did it.
    """
    moment = gateway.now()
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        before = dossier["status"]
        _step(books, gateway, dossier, facts)
        data = {
            "status": dossier["status"],
            "status_before": before,
            "text": facts.get("text"),
            "unit": facts.get("unit", "Bộ phận chuyên môn"),
            "due_at": dossier["due_at"],
        }
        keep(books, dossier, moment)
        tell(books, "dossier.status_changed", moment=moment, data=data, dossier=dossier)


def give_result(gateway: Gateway, facts: Facts) -> dict[str, Any]:
    """Let the deciding unit finish ``dossier_id`` with a document.

    Args:
        facts: ``name`` and ``result_code`` of the result, ``content`` as base64 text, ``mime``.

    Returns:
        ``sha256`` of the document.
    """
    moment = gateway.now()
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        name = f"ket-qua-{len(dossier['results']) + 1}.pdf"
        agency = dossier["content"]["agency_code"]
        file = _file(gateway, books, {"filename": name, **facts, "agency": agency})
        file["signed"] = True
        dossier["results"].append(
            {
                "doc_id": str(uuid7(moment)),
                "result_code": facts.get("result_code"),
                "name": facts["name"],
                "number": facts.get("number"),
                "issuer": facts.get("unit", "Cơ quan thử nghiệm"),
                "issued_on": moment.date().isoformat(),
                "files": [file],
            }
        )
        _step(books, gateway, dossier, {**facts, "status": 9})
        keep(books, dossier, moment)
        data = {"status": 9, "results": dossier["results"]}
        tell(books, "dossier.result_ready", moment=moment, data=data, dossier=dossier)
    return {"sha256": file["sha256"]}


def give_file(gateway: Gateway, facts: Facts) -> dict[str, Any]:
    """Let a citizen or a unit upload a file for the desks of ``agency``.

    Args:
        facts: ``content`` as base64 text, ``filename``, ``mime``.

    Returns:
        The contract's ``FileRef``, to be named in papers that are added.
    """
    with gateway.books.writing() as books:
        return _file(gateway, books, facts)


def supplement(gateway: Gateway, facts: Facts) -> None:
    """Let the citizen add ``components`` to ``dossier_id`` from home."""
    moment = gateway.now()
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        dossier["supplements"] += facts["components"]
        touch(dossier, moment, "citizen")
        keep(books, dossier, moment)
        data = {"components": facts["components"]}
        tell(books, "dossier.supplement_submitted", moment=moment, data=data, dossier=dossier)


def edit(gateway: Gateway, facts: Facts) -> None:
    """Let the citizen change ``content`` (parts of it) of ``dossier_id``: a phone, an address.

    With ``kind`` the feed tells it as another kind, such as ``dossier.conflict_resolved``.
    """
    moment = gateway.now()
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        before = dossier["content"]
        dossier["content"] = _merged(before, facts["content"])
        touch(dossier, moment, "citizen")
        dossier["content_version"] = dossier["version"]
        keep(books, dossier, moment)
        kind = facts.get("kind", "dossier.updated")
        data: dict[str, Any] = {"changed_fields": changed_fields(before, dossier["content"])}
        if kind == "dossier.conflict_resolved":
            data = {"resolved_by": "gateway"}
        tell(books, kind, moment=moment, data=data, dossier=dossier)


def national_portal(gateway: Gateway, facts: Facts) -> None:
    """Let the national portal take or refuse ``dossier_id``.

    Args:
        facts: ``state`` with ``error_code`` and ``message``.
    """
    moment = gateway.now()
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        dossier["portal"] = {
            "state": facts["state"],
            "service": "DongBoHoSoMC",
            "error_code": facts.get("error_code"),
            "message": facts.get("message"),
            "at": rfc3339(moment),
        }
        touch(dossier, moment, "gateway")
        keep(books, dossier, moment)
        data = dossier["portal"]
        tell(books, "dossier.portal_state", moment=moment, data=data, dossier=dossier)


def pay(gateway: Gateway, facts: Facts) -> None:
    """Let somebody pay ``payment_id``, also when it had ended; ``amount`` when not what was asked.

    The bank takes any transfer to the account, so a wrong sum and a late one are money too.
    """
    moment = gateway.now()
    with gateway.books.writing() as books:
        agency = find_paper(books, "payment", facts["payment_id"])["agency"]
        change: dict[str, Any] = {
            "state": "paid",
            "paid_at": rfc3339(moment),
            "bank_ref": f"TT{moment:%H%M%S}",
        }
        if facts.get("amount") is not None:
            change["amount"] = int(facts["amount"])
        payment = change_paper(books, "payment", facts["payment_id"], change)
        tell(books, "payment.confirmed", moment=moment, data=payment, agency=agency)


def refund(gateway: Gateway, facts: Facts) -> None:
    """Let the money of ``payment_id`` go back to who paid it."""
    _end_payment(gateway, facts["payment_id"], "refunded")


def cancel_payment(gateway: Gateway, facts: Facts) -> None:
    """Let the province take back ``payment_id``, which nobody has paid."""
    _end_payment(gateway, facts["payment_id"], "cancelled")


def _end_payment(gateway: Gateway, payment_id: str, state: str) -> None:
    with gateway.books.writing() as books:
        agency = find_paper(books, "payment", payment_id)["agency"]
        payment = change_paper(books, "payment", payment_id, {"state": state})
        tell(books, "payment.confirmed", moment=gateway.now(), data=payment, agency=agency)


def expire_payment(gateway: Gateway, facts: Facts) -> None:
    """Let the time of ``payment_id`` be over, unless it was paid or taken back."""
    with gateway.books.writing() as books:
        payment = json.loads(find_paper(books, "payment", facts["payment_id"])["body"])
        if payment["state"] == "pending":
            moment = rfc3339(gateway.now())
            change = {"state": "expired", "expires_at": moment}
            change_paper(books, "payment", facts["payment_id"], change)


def pay_at_home(gateway: Gateway, facts: Facts) -> dict[str, Any]:
    """Let a citizen pay ``amount`` for ``dossier_id`` from home; no desk asked for it."""
    moment = gateway.now()
    payment = {
        "payment_id": str(uuid7(moment)),
        "dossier_id": facts["dossier_id"],
        "amount": int(facts["amount"]),
        "state": "paid",
        "vietqr": vietqr(int(facts["amount"]), "NOP TRUC TUYEN"),
        "created_at": rfc3339(moment),
        "expires_at": rfc3339(moment + timedelta(minutes=30)),
        "paid_at": rfc3339(moment),
        "bank_ref": f"TT{moment:%H%M%S}",
    }
    with gateway.books.writing() as books:
        dossier = _get(books, facts["dossier_id"])
        agency = dossier["content"]["agency_code"]
        keep_paper(
            books, "payment", payment["payment_id"], agency=agency, request=payment, body=payment
        )
        tell(books, "payment.confirmed", moment=moment, data=payment, agency=agency)
    return {"payment_id": payment["payment_id"]}


def change_catalogue(gateway: Gateway, facts: Facts) -> None:
    """Put ``item`` under ``code`` into ``catalogue``, or take it out when there is no ``item``."""
    moment, name = gateway.now(), facts["catalogue"]
    with gateway.books.writing() as books:
        if facts.get("item") is None:
            changed = remove_item(books, name, facts["code"])
        else:
            changed = put_item(books, name, facts["code"], facts["item"])
        if changed:
            tell(books, "catalogue.changed", moment=moment, data={"catalogue": name})


def announce(gateway: Gateway, facts: Facts) -> None:
    """Put ``data`` of any ``kind`` into the feed, also of a kind that no desk knows."""
    with gateway.books.writing() as books:
        tell(books, facts["kind"], moment=gateway.now(), data=facts["data"])


def _file(gateway: Gateway, books: Connection, facts: Facts) -> dict[str, Any]:
    content = base64.b64decode(facts["content"])
    mime = facts.get("mime", "application/pdf")
    return {
        "sha256": keep_blob(gateway, books, facts["agency"], content, mime),
        "filename": facts["filename"],
        "mime": mime,
        "size": len(content),
        "pages": None,
        "signed": False,
    }


def _get(books: Connection, dossier_id: str) -> dict[str, Any]:
    row = books.execute("SELECT body FROM dossier WHERE id = ?", (dossier_id,)).fetchone()
    found: dict[str, Any] = json.loads(row["body"])
    return found


def _step(books: Connection, gateway: Gateway, dossier: dict[str, Any], facts: Facts) -> None:
    """Note an event of the deciding unit and move the dossier with it."""
    moment = gateway.now()
    before, after = dossier["status"], facts["status"]
    keep_event(
        books,
        {
            "origin": "unit",
            "stored_at": rfc3339(moment),
            "kind": "completed" if after == 9 else "note" if after == before else "moved",
            "at": rfc3339(moment),
            "status_before": before,
            "status_after": after,
            "text": facts.get("text"),
            "event": None,
        },
        dossier_id=dossier["id"],
        event_id=str(uuid7(moment)),
    )
    if after == 6:
        dossier["_before_payment"] = before
    dossier |= {"status": after, "status_at": rfc3339(moment)}
    dossier["due_at"] = facts.get("due_at") or dossier["due_at"]
    touch(dossier, moment, "unit")


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return *old* with the parts of *new* written over it, objects part by part."""
    merged = dict(old)
    for name, part in new.items():
        was = old.get(name)
        both = isinstance(part, dict) and isinstance(was, dict)
        merged[name] = _merged(was, part) if both and was is not None else part
    return merged
