"""Payments, receipts, parcels, ratings and the digital store: each thing once, nothing edited."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from counter.values import uuid7
from sync.sandbox.money import vietqr
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    DESK,
    OFFICER,
    Caller,
    contract,
    pointers_of,
    problem_of,
)

EXAMPLES = contract()["components"]["examples"]
MOMENT = "2026-11-23T09:12:00+07:00"


def payment(**more: object) -> dict[str, Any]:
    return {
        "payment_id": str(uuid7()),
        "dossier_id": None,
        "amount": 8000,
        "purpose": "H55.242-261123-0051",
        **more,
    }


def receipt(**more: object) -> dict[str, Any]:
    example = EXAMPLES["ReceiptRequest"]["value"]
    return {**example, "receipt_id": str(uuid7()), "desk_id": DESK, **more}


def manifest(dossier_id: str, **more: object) -> dict[str, Any]:
    example = EXAMPLES["PostalManifestRequest"]["value"]
    parcel = {**example["parcels"][0], "dossier_id": dossier_id, "parcel_id": str(uuid7())}
    return {**example, "manifest_id": str(uuid7()), "parcels": [parcel], **more}


def rating(**more: object) -> dict[str, Any]:
    return {**EXAMPLES["RatingRequest"]["value"], "rating_id": str(uuid7()), **more}


def test_a_payment_is_asked_for_once(caller: Caller) -> None:
    asked = payment()

    first, again = caller.post("/payments", asked), caller.post("/payments", asked)
    other = caller.post("/payments", {**asked, "amount": 9000})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert problem_of(other) == "payment-conflict"


def test_the_code_to_scan_has_a_right_check_sum() -> None:
    def crc(text: str) -> int:
        value = 0xFFFF
        for byte in text.encode():
            value ^= byte << 8
            for _ in range(8):
                value = (value << 1) ^ (0x1021 if value & 0x8000 else 0)
                value &= 0xFFFF
        return value

    example = EXAMPLES["Payment"]["value"]["vietqr"]
    ours = vietqr(8000, "H55.242-261123-0051")

    assert [f"{crc(text[:-4]):04X}" for text in (example, ours)] == [example[-4:], ours[-4:]]
    assert ours[:12] == "000201010212"
    assert "5303704540480005802VN" in ours


def test_money_that_came_forbids_cash_and_is_told(caller: Caller, sandbox: SandboxProcess) -> None:
    asked = payment()
    place = f"/payments/{asked['payment_id']}"
    caller.post("/payments", asked)
    waiting = caller.get(place).json()["state"]

    sandbox.pay(asked["payment_id"])

    assert (waiting, caller.get(place).json()["state"]) == ("pending", "paid")
    assert problem_of(caller.call("DELETE", place)) == "payment-closed"
    assert caller.changes()["items"][0]["data"]["payment_id"] == asked["payment_id"]


def test_a_cancelled_payment_stays_cancelled(caller: Caller) -> None:
    asked = payment()
    place = f"/payments/{asked['payment_id']}"
    caller.post("/payments", asked)

    assert caller.call("DELETE", place).json()["state"] == "cancelled"
    assert problem_of(caller.call("DELETE", place)) == "payment-closed"


def test_a_payment_nobody_makes_expires(caller: Caller, sandbox: SandboxProcess) -> None:
    asked = payment()
    caller.post("/payments", asked)
    sandbox.set_clock(3600)
    caller.sign_in()

    assert caller.get(f"/payments/{asked['payment_id']}").json()["state"] == "expired"


def test_a_payment_belongs_to_a_dossier_the_portal_has(caller: Caller, stranger: Caller) -> None:
    asked = payment()
    caller.post("/payments", asked)
    unknown = caller.post("/payments", payment(dossier_id=str(uuid7())))

    assert pointers_of(unknown) == [("/dossier_id", "invalid")]
    assert stranger.get(f"/payments/{asked['payment_id']}").status_code == 404
    assert stranger.call("DELETE", f"/payments/{asked['payment_id']}").status_code == 404


def test_a_receipt_gets_one_official_number_however_often_it_is_asked(caller: Caller) -> None:
    asked = receipt()

    first, again = caller.post("/receipts", asked), caller.post("/receipts", asked)
    second = caller.post("/receipts", receipt())
    other = caller.post("/receipts", {**asked, "payer_name": "Khác"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert [r.json()["number"] for r in (first, second)] == ["0000001", "0000002"]
    assert problem_of(other) == "receipt-conflict"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"total": 4999}, ("/total", "sum_mismatch")),
        ({"desk_id": "H55.242-Q02"}, ("/desk_id", "invalid")),
    ],
)
def test_a_receipt_must_add_up(
    caller: Caller, change: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert pointers_of(caller.post("/receipts", receipt(**change))) == [fault]


def test_a_receipt_is_voided_with_a_reason_and_stays(caller: Caller, stranger: Caller) -> None:
    asked = receipt()
    number = caller.post("/receipts", asked).json()["number"]
    place = f"/receipts/{asked['receipt_id']}/void"
    why = {"reason": "Ghi sai số bản", "voided_at": MOMENT, "officer": OFFICER}

    voided = caller.post(place, why).json()
    again = caller.post(place, {**why, "reason": "Lý do khác"}).json()

    assert (voided["state"], voided["void_reason"], voided["number"]) == (
        "voided",
        "Ghi sai số bản",
        number,
    )
    assert again == voided
    assert stranger.post(place, why).status_code == 404


def test_a_hand_over_list_is_taken_once(caller: Caller) -> None:
    listed = manifest(caller.receive()["id"])

    first = caller.post("/postal/manifests", listed)
    again = caller.post("/postal/manifests", listed)
    other = caller.post("/postal/manifests", {**listed, "postal_staff": "Khác"})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["parcels"][0]["status"] == "created"
    assert problem_of(other) == "manifest-conflict"


def test_a_parcel_is_in_one_list_and_of_a_known_dossier(caller: Caller) -> None:
    listed = manifest(caller.receive()["id"])
    caller.post("/postal/manifests", listed)
    again = {**listed, "manifest_id": str(uuid7())}
    unknown = manifest(str(uuid7()))

    assert pointers_of(caller.post("/postal/manifests", again)) == [
        ("/parcels/0/parcel_id", "duplicate")
    ]
    assert pointers_of(caller.post("/postal/manifests", unknown)) == [
        ("/parcels/0/dossier_id", "invalid")
    ]


def test_a_parcel_goes_forward_only(caller: Caller, stranger: Caller) -> None:
    listed = manifest(caller.receive()["id"])
    caller.post("/postal/manifests", listed)
    place = f"/postal/parcels/{listed['parcels'][0]['parcel_id']}"
    way = ["accepted", "in_transit", "failed", "failed", "in_transit", "delivered", "in_transit"]

    answers = [caller.patch(place, {"status": state, "at": MOMENT}) for state in way]
    now = caller.post("/postal/manifests", listed).json()["parcels"][0]["status"]

    assert [a.status_code for a in answers] == [200] * 6 + [409]
    assert (problem_of(answers[-1]), now) == ("parcel-transition", "delivered")
    assert stranger.patch(place, {"status": "returned", "at": MOMENT}).status_code == 404


def test_a_rating_is_taken_once_and_without_a_name(caller: Caller) -> None:
    given = rating()

    answers = [caller.post("/ratings", given).status_code for _ in range(2)]
    named = caller.post("/ratings", rating(comment="Gọi tôi theo số 0912000001"))

    assert answers == [201, 200]
    assert pointers_of(named) == [("/comment", "personal_data")]
    assert pointers_of(caller.post("/ratings", rating(rated_hour="2026-13-23T10:00:00+07:00"))) == [
        ("/rated_hour", "invalid")
    ]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/receipts", receipt()),
        ("/postal/manifests", manifest(str(uuid7()))),
        ("/ratings", rating()),
    ],
)
def test_nothing_is_taken_for_another_agency(
    caller: Caller, path: str, body: dict[str, Any]
) -> None:
    assert problem_of(caller.post(path, {**body, "agency_code": "H55.243"})) == "agency-scope"


def test_papers_once_digitised_are_found_again_and_each_look_is_written_down(
    caller: Caller, stranger: Caller, sandbox: SandboxProcess
) -> None:
    one = caller.receive()
    paper = b"%PDF-1.7 birth certificate"
    sandbox.give_result(one["id"], "Giấy khai sinh", paper, "KQ.G15.000031")
    asked = {
        **EXAMPLES["DigitalStoreSearch"]["value"],
        "owner_id_number": "019090000001",
        "officer": OFFICER,
    }

    found = stranger.call("POST", "/digital-store/search", json=asked).json()["items"]
    other = {**asked, "wanted": [{"result_code": "KQ.G15.000099"}]}
    nothing = stranger.call("POST", "/digital-store/search", json=other).json()["items"]

    assert [item["name"] for item in found] == ["Giấy khai sinh"]
    sha256 = found[0]["files"][0]["sha256"]
    assert sha256 == hashlib.sha256(paper).hexdigest()
    assert stranger.get(f"/blobs/{sha256}").content == paper
    assert nothing == []
    assert [look["ground"] for look in sandbox.ask("looks")] == ["consent", "consent"]
