"""Payments by VietQR and official receipt numbers; money is only ever added, never changed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from counter.values import rfc3339
from sync.sandbox.books import dump
from sync.sandbox.contract_check import error
from sync.sandbox.dossiers import find
from sync.sandbox.gateway import Call, Gateway
from sync.sandbox.reply import Reply, invalid, not_found, out_of_scope, problem
from sync.sandbox.sameness import same

PAYABLE = timedelta(minutes=30)
BENEFICIARY = {"bin": "999999", "account": "0000000000", "name": "TAI KHOAN THU NGHIEM"}
"""An account that no bank has, so that nobody can really pay into a demonstration."""


def create_payment(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Open a request to pay, or return the one there is."""
    body = call.body
    if body["dossier_id"] is not None and find(books, call.desk, body["dossier_id"]) is None:
        return invalid([error("/dossier_id", "invalid", "cổng chưa có hồ sơ này")])
    known = find_paper(books, "payment", body["payment_id"])
    if known is not None:
        if not same(json.loads(known["request"]), body) or not call.desk.serves(known["agency"]):
            return problem(409, "payment-conflict", "Định danh đã dùng cho khoản khác")
        return Reply(200, _payment_now(json.loads(known["body"]), call.moment))
    payment = {
        "payment_id": body["payment_id"],
        "dossier_id": body["dossier_id"],
        "amount": body["amount"],
        "state": "pending",
        "vietqr": vietqr(body["amount"], body["purpose"]),
        "beneficiary": BENEFICIARY,
        "created_at": rfc3339(call.moment),
        "expires_at": rfc3339(call.moment + PAYABLE),
        "paid_at": None,
        "bank_ref": None,
    }
    keep_paper(
        books,
        "payment",
        body["payment_id"],
        agency=call.desk.agency,
        request=body,
        body=payment,
    )
    return Reply(201, payment, {"Location": f"/motcua/v1/payments/{body['payment_id']}"})


def get_payment(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Say how a payment stands."""
    known = find_paper(books, "payment", call.given["payment_id"])
    if known is None or not call.desk.serves(known["agency"]):
        return not_found()
    return Reply(200, _payment_now(json.loads(known["body"]), call.moment))


def cancel_payment(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Cancel a request that nobody has paid, so that cash may be taken."""
    known = find_paper(books, "payment", call.given["payment_id"])
    if known is None or not call.desk.serves(known["agency"]):
        return not_found()
    payment = _payment_now(json.loads(known["body"]), call.moment)
    if payment["state"] != "pending":
        return problem(409, "payment-closed", "Khoản này đã kết thúc")
    return Reply(200, change_paper(books, "payment", payment["payment_id"], {"state": "cancelled"}))


def create_receipt(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Give a receipt of the desk its official number: one number, however often it is asked."""
    body = call.body
    if not call.desk.serves(body["agency_code"]):
        return out_of_scope()
    wrong = []
    if body["desk_id"] != call.desk.id:
        wrong.append(error("/desk_id", "invalid", "không phải quầy đang gửi"))
    if body["total"] != sum(line["amount"] for line in body["lines"]):
        wrong.append(error("/total", "sum_mismatch", "tổng tiền khác tổng các dòng"))
    if wrong:
        return invalid(wrong)
    known = find_paper(books, "receipt", body["receipt_id"])
    if known is not None:
        if not same(json.loads(known["request"]), body):
            return problem(409, "receipt-conflict", "Phiếu thu này đã có biên lai khác")
        return Reply(200, json.loads(known["body"]))
    count = books.execute("SELECT count(*) FROM paper WHERE kind = 'receipt'").fetchone()[0]
    receipt = {
        "receipt_id": body["receipt_id"],
        "state": "issued",
        "template": "01BLP0-001",
        "series": f"TN-{call.moment:%y}E",
        "number": f"{count + 1:07}",
        "lookup_code": secrets.token_hex(4).upper(),
        "issued_at": rfc3339(call.moment),
        "total": body["total"],
        "void_reason": None,
        "voided_at": None,
    }
    keep_paper(
        books,
        "receipt",
        body["receipt_id"],
        agency=body["agency_code"],
        request=body,
        body=receipt,
    )
    return Reply(201, receipt)


def void_receipt(_gateway: Gateway, books: Connection, call: Call) -> Reply:
    """Mark a receipt as void; it stays, and a repeat changes nothing."""
    known = find_paper(books, "receipt", call.given["receipt_id"])
    if known is None or not call.desk.serves(known["agency"]):
        return not_found()
    receipt = json.loads(known["body"])
    if receipt["state"] == "voided":
        return Reply(200, receipt)
    change = {
        "state": "voided",
        "void_reason": call.body["reason"],
        "voided_at": call.body["voided_at"],
    }
    return Reply(200, change_paper(books, "receipt", receipt["receipt_id"], change))


def vietqr(amount: int, purpose: str) -> str:
    """Return the EMVCo text of a VietQR code, check sum included."""
    account = _field("00", BENEFICIARY["bin"]) + _field("01", BENEFICIARY["account"])
    service = _field("00", "A000000727") + _field("01", account) + _field("02", "QRIBFTTA")
    text = (
        _field("00", "01")
        + _field("01", "12")
        + _field("38", service)
        + _field("53", "704")
        + _field("54", str(amount))
        + _field("58", "VN")
        + _field("62", _field("08", purpose))
        + "6304"
    )
    return text + f"{_crc(text.encode()):04X}"


def find_paper(books: Connection, kind: str, paper_id: str) -> Any:
    """Return the row of a payment, receipt, hand-over list, parcel or rating; None if unknown."""
    query = "SELECT * FROM paper WHERE kind = ? AND id = ?"
    return books.execute(query, (kind, paper_id)).fetchone()


def keep_paper(
    books: Connection,
    kind: str,
    paper_id: str,
    *,
    agency: str,
    request: Mapping[str, Any],
    body: Mapping[str, Any],
) -> None:
    """Write a new one: what was asked, and what was answered."""
    values = (kind, paper_id, agency, dump(request), dump(body))
    books.execute("INSERT INTO paper VALUES (?, ?, ?, ?, ?)", values)


def change_paper(
    books: Connection, kind: str, paper_id: str, change: Mapping[str, Any]
) -> dict[str, Any]:
    """Write *change* over what is kept and return the whole."""
    body = {**json.loads(find_paper(books, kind, paper_id)["body"]), **change}
    query = "UPDATE paper SET body = ? WHERE kind = ? AND id = ?"
    books.execute(query, (dump(body), kind, paper_id))
    return body


def _payment_now(payment: dict[str, Any], moment: datetime) -> dict[str, Any]:
    is_over = datetime.fromisoformat(payment["expires_at"]) <= moment
    return {**payment, "state": "expired"} if is_over and payment["state"] == "pending" else payment


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02}{value}"


def _crc(data: bytes) -> int:
    """Return CRC-16/CCITT-FALSE, the check sum of EMVCo codes."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
