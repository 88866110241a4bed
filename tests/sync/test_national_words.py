"""What the outbox holds, in the national interface's field names and forms."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadSettings, PortalSilent
from counter.settings import check_settings
from sync.dvcqg_answers import Kind, kind_of, read_reply
from sync.dvcqg_words import Office, Told, body_of, cut, moment_of, progress, record

OFFICE = Office("UBND xã Thử Nghiệm", "TTPVHCC xã Thử Nghiệm")
CODE = "H55.242-261120-0007"
SCAN = "7d5f6f2e6d0e4b5e9a550b5a4d2a1f01" + "0" * 32
DUE = "2026-11-20T17:30:00+07:00"
CONTENT: dict[str, Any] = {
    "code": CODE,
    "procedure": {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "field": {"code": "G15-TP07", "name": "Hộ tịch"},
    },
    "channel": 1,
    "owner": {
        "subject_type": 1,
        "full_name": "NGUYỄN VĂN THỬ",
        "email": None,
        "phone": "0912000001",
        "identity": {"kind": "can_cuoc", "number": "019080000001", "chip_verified": True},
    },
    "subject": "Đăng ký khai sinh cho con",
    "submitted_at": "2026-11-20T01:15:00Z",
    "received_at": "2026-11-20T08:22:10+07:00",
    "due": {"due_at": DUE},
    "initial_status": 2,
    "return_to": {"method": 0},
    "note": None,
    "components": [
        {
            "component_code": "000.00.00.G15-KQ004389",
            "digitised": 1,
            "from_national_store": False,
            "replaced_by_result": None,
            "files": [{"sha256": SCAN, "filename": "giay-chung-sinh.pdf"}],
        }
    ],
    "fees": [
        {
            "fee_code": "1",
            "name": "Lệ phí đăng ký khai sinh quá hạn",
            "kind": "SERVICE_FEE",
            "amount": 8000,
        }
    ],
}


def event(kind: str, at: str, status: int, **more: Any) -> dict[str, Any]:
    return {
        "event_id": "9b8c1b30-9a53-4f0a-8f25-2c1f7f5c0a11",
        "kind": kind,
        "at": at,
        "officer": {"full_name": "Trần Thị Mẫu", "title": "Công chức Một cửa"},
        "status_after": status,
        "text": None,
        **more,
    }


ASKED = event(
    "supplement_requested",
    "2026-11-20T10:00:00+07:00",
    5,
    supplement={"reason": "Thiếu Giấy chứng sinh", "items": []},
)
DONE = event("completed", "2026-11-20T15:30:00+07:00", 9, text="Giấy khai sinh")
GIVEN = event(
    "returned",
    "2026-11-20T16:05:00+07:00",
    10,
    returned={"receiver_name": "NGUYỄN VĂN THỬ"},
)
ACCEPTED = event("accepted", "2026-11-20T08:22:10+07:00", 2, starts_at="2026-11-20T08:22:10+07:00")


def told(*events: dict[str, Any]) -> Told:
    return Told(CONTENT, events, CODE, {SCAN: "JVBERi0="})


@pytest.fixture(scope="module")
def samples(shared: Path) -> dict[str, Any]:
    path = shared / "domain" / "dvcqg_samples.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


ELSEWHERE = {"DuongDanTaiTepTin", "DuongDanTepTinKetQua", "MaGiayToKetQua"}
"""A desk without a gateway has no address to give, and knows no national code of a result."""


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("DongBoHoSoMC_create", ()),
        ("DongBoHoSoMC_supplement", (ASKED,)),
        ("DongBoHoSoMC_returned", (DONE, GIVEN)),
    ],
)
def test_a_record_is_the_sample_field_by_field(
    samples: dict[str, Any], name: str, events: tuple[dict[str, Any], ...]
) -> None:
    (sample,) = samples[name]["request"]["data"]

    found = record(told(*events), OFFICE)

    assert list(found) == list(sample)
    assert _without(found) == _without(sample)


def test_a_line_of_progress_is_the_sample(samples: dict[str, Any]) -> None:
    (sample,) = samples["CapNhatTienDoHoSoMC"]["request"]["data"]
    event_told = ACCEPTED | {"due_at": DUE, "unit": "TTPVHCC xã Thử Nghiệm"}

    assert progress(told(event_told), OFFICE) == sample


def test_a_call_is_the_sample(samples: dict[str, Any]) -> None:
    sample = samples["TraCuuHoSo"]["request"]

    body = body_of(session="<session>", unit="H55.242", service="TraCuuHoSo", mahoso=CODE)

    assert json.loads(body) == sample


@pytest.mark.parametrize(
    ("name", "part", "kind"),
    [
        ("login", "response_ok", Kind.DONE),
        ("login", "response_fail", Kind.WRONG),
        ("LayThuTuc", "response_ok", Kind.DONE),
        ("DongBoHoSoMC_create", "response_ok", Kind.DONE),
        ("DongBoHoSoMC_create", "response_duplicate", Kind.THERE),
        ("CapNhatTienDoHoSoMC", "response_ok", Kind.DONE),
    ],
)
def test_an_answer_of_the_samples_is_understood(
    samples: dict[str, Any], name: str, part: str, kind: Kind
) -> None:
    reply = read_reply(json.dumps(samples[name][part], ensure_ascii=False).encode())

    assert reply.kind is kind


def _without(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only a gateway could fill in, and the file that travels in its place."""
    parts = {"TaiLieuNop", "DanhSachGiayToKetQua"}
    return {
        name: [{k: v for k, v in one.items() if k not in ELSEWHERE | {"Base64"}} for one in value]
        if name in parts
        else value
        for name, value in found.items()
    }


def texts(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    else:
        yield value


def test_every_value_is_a_text_in_every_state() -> None:
    for events in ((), (ASKED,), (ASKED, DONE), (DONE, GIVEN)):
        assert all(isinstance(value, str) for value in texts(record(told(*events), OFFICE)))


def test_nobody_gets_an_invented_number() -> None:
    owner = {**CONTENT["owner"], "identity": None}

    found = record(Told({**CONTENT, "owner": owner}, (), CODE, {}), OFFICE)

    assert found["DinhDanhCHS"] == []
    assert found["DSKetNoiCSDL"] == []


def test_a_supplement_that_came_closes_the_request_for_it() -> None:
    came = event(
        "supplement_received", "2026-11-21T09:00:00+07:00", 2, text="Giấy chứng sinh", due_at=DUE
    )

    (asked,) = record(told(ASKED, came), OFFICE)["DanhSachHoSoBoSung"]

    assert asked["TrangThaiBoSung"] == "1"
    assert asked["NgayTiepNhanBoSung"] == "20261121090000"
    assert asked["NgayHenTraMoi"] == "20261120173000"


def test_moments_are_told_in_the_countrys_civil_time() -> None:
    assert moment_of("2026-11-20T17:30:00Z") == "20261121003000"
    assert moment_of(None) == ""


@given(st.text(alphabet="aếệơ\u0301\u0302\u0323 b", max_size=40), st.integers(1, 30))
def test_a_text_is_never_cut_between_a_letter_and_its_mark(text: str, most: int) -> None:
    found = cut(text, most)

    whole = unicodedata.normalize("NFC", text)
    rest = whole[len(found) :]
    assert whole.startswith(found)
    assert len(found) <= most or not rest
    assert not rest or not found or not unicodedata.combining(rest[0])


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("0", "", Kind.DONE),
        ("00", "Thành công", Kind.DONE),
        ("3", "Hồ sơ đã tồn tại trên hệ thống", Kind.THERE),
        ("-3", "Ho so da ton tai", Kind.THERE),
        ("-4", "Hồ sơ không tồn tại", Kind.NOT_THERE),
        ("-1", "Phiên làm việc đã hết hạn", Kind.SESSION_ENDED),
        ("-1", "Invalid session", Kind.SESSION_ENDED),
        ("99", "Lỗi hệ thống", Kind.BUSY),
        ("8", "Sai phiên bản dịch vụ", Kind.WRONG),
        ("5", "Thiếu trường MaHoSo", Kind.WRONG),
    ],
)
def test_what_an_error_code_asks_the_desk_to_do(code: str, message: str, kind: Kind) -> None:
    assert kind_of(code, message) is kind


@given(st.binary(max_size=200))
def test_whatever_comes_is_an_answer_or_silence(body: bytes) -> None:
    try:
        found = read_reply(body)
    except PortalSilent:
        return
    assert found.error_code is not None


SITE = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q01"
[portal]
interface = "dvcqg"
url = "https://truc.example.vn/adapter"
"""


def test_the_national_interface_needs_an_account_and_a_destination() -> None:
    with pytest.raises(BadSettings) as caught:
        check_settings(SITE)

    assert "national.username" in caught.value.mistakes[0]


def test_a_range_of_numbers_does_not_run_backwards() -> None:
    wrong = SITE + '[portal.national]\nusername = "u"\ndestination = "d"\nfirst_number = 1000\n'

    with pytest.raises(BadSettings) as caught:
        check_settings(wrong)

    assert "last_number" in caught.value.mistakes[0]
