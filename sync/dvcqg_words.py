"""The outbox's facts in the words of the national interface (DVCQG, through VXP/LGSP).

Every value is a text, moments are ``yyyyMMddHHmmss`` of the country's civil time. Field names are
those that programs of other provinces send (OpenCPS v2); what the interface leaves unsaid is left
empty and never invented.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from counter.values import VIETNAM, nfc

TITLE = 1000
FILE_NAME = 4000
RESULT_NAME = 2000
OFFICER = 50
"""Longest texts the interface takes, in characters."""

RETURNED, REFUSED = 10, 3
WITHOUT_A_RECORD = frozenset({"note", "notified", "storage_moved"})
"""Kinds of events that change nothing of what the dossier's record says."""

DONE_WORDS = {
    "accepted": "Tiếp nhận hồ sơ",
    "refused": "Từ chối tiếp nhận hồ sơ",
    "handed_over": "Chuyển hồ sơ đến đơn vị giải quyết",
    "supplement_requested": "Yêu cầu bổ sung hồ sơ",
    "supplement_received": "Nhận giấy tờ bổ sung",
    "payment_requested": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "payment_done": "Đã nộp phí, lệ phí",
    "due_extended": "Gia hạn thời gian trả kết quả",
    "withdrawn": "Công dân rút hồ sơ",
    "stopped": "Dừng giải quyết hồ sơ",
    "completed": "Có kết quả giải quyết",
    "result_received": "Nhận kết quả giải quyết",
    "result_corrected": "Chuyển lại kết quả để đính chính",
    "returned": "Trả kết quả",
    "return_recalled": "Thu hồi việc trả kết quả",
    "notified": "Thông báo cho công dân",
    "storage_moved": "Chuyển nơi lưu hồ sơ",
    "note": "Ghi chú",
}
"""What an event is called in the progress that citizens read, before its own words."""

FEE_KINDS = {"SERVICE_FEE": "1", "FEE": "2", "PRICE": "3"}


class LineKey(NamedTuple):
    """What tells a line of progress from every other one of its dossier."""

    at: str
    status: str
    words: str
    officer: str


@dataclass(frozen=True, slots=True)
class Told:
    """One dossier as the desk has told it up to some moment.

    Attributes:
        content: The last ``DossierContent`` written.
        events: Its ``EventBody``s until then, in order.
        code: Its official code.
        files: Base64 of each file by SHA-256, as far as they are here.
        there: The record that stands there of a dossier this desk did not receive; empty for its
            own. What this desk does not say stays as it is in it.
    """

    content: Mapping[str, Any] = field(repr=False)
    events: Sequence[Mapping[str, Any]]
    code: str
    files: Mapping[str, str]
    there: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def status(self) -> int:
        """The state the dossier is in."""
        return int(self.events[-1]["status_after"] if self.events else _initial(self.content))


@dataclass(frozen=True, slots=True)
class Office:
    """The office, as the interface names it.

    Attributes:
        name: Of the agency that receives and, until papers are handed over, resolves.
        center: Of the one-stop center.
    """

    name: str
    center: str


def record(told: Told, office: Office) -> dict[str, Any]:
    """Return the dossier as an item of ``DongBoHoSoMC.data``."""
    content, owner = told.content, told.content["owner"]
    status, events = told.status, told.events
    ended = _last(events, "completed")
    given = _last(events, "returned") if status == RETURNED else None
    refused = _last(events, "refused")
    refused_at = content["received_at"] if refused is None else refused["at"]
    digitised = any(part["digitised"] for part in content["components"])
    said = {
        "MaHoSo": told.code,
        "MaTTHC": content["procedure"]["code"],
        "TenTTHC": content["procedure"]["name"],
        "MaLinhVuc": content["procedure"]["field"]["code"],
        "TenLinhVuc": content["procedure"]["field"]["name"],
        "KenhThucHien": str(content["channel"]),
        "ChuHoSo": _text(owner["full_name"]),
        "LoaiDoiTuong": str(owner["subject_type"]),
        "MaDoiTuong": "",
        "ThongTinKhac": "",
        "Email": _text(owner["email"]),
        "Fax": "",
        "SoDienThoai": _text(owner["phone"]),
        "TrichYeuHoSo": cut(_text(content["subject"]), TITLE),
        "NgayNopHoSo": moment_of(content["submitted_at"]),
        "NgayTiepNhan": moment_of(content["received_at"]),
        "NgayHenTra": moment_of(_due(told)),
        "TrangThaiHoSo": str(status),
        "NgayTra": moment_of(given["at"]) if given else "",
        "ThongTinTra": f"Người nhận: {given['returned']['receiver_name']}" if given else "",
        "HinhThuc": str(content["return_to"]["method"]),
        "NgayKetThucXuLy": moment_of(ended["at"]) if ended and status >= 9 else "",
        "DonViXuLy": _unit(events) or ("" if told.there else office.name),
        "GhiChu": _text(content["note"]),
        "TaiLieuNop": [
            _paper(part, file, told.files)
            for part in content["components"]
            for file in part["files"]
        ],
        "DanhSachLePhi": [_fee(fee) for fee in content["fees"]],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": list(_supplements(told)),
        "DanhSachGiayToKetQua": _results(ended) if status >= 9 else [],
        "NoiNopHoSo": "2",
        "HoSoCoThanhPhanSoHoa": _yes(digitised),
        "TaiKhoanDuocXacThucVoiVNeID": "0",
        "DuocThanhToanTrucTuyen": "0",
        "NgayTuChoi": moment_of(refused_at) if status == REFUSED else "",
        "DinhDanhCHS": _identity(owner["identity"]),
        "DSKetNoiCSDL": [{"MaCSDL": "1"}] if _is_from_chip(owner["identity"]) else [],
    }
    return _laid_over(told.there, said) if told.there else said


def _laid_over(there: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record that stands there with what this desk says in it."""
    merged = {name: value for name, value in there.items() if name in said}
    merged |= {name: value for name, value in said.items() if value not in ("", [])}
    ours = {paper["TepDinhKemId"] for paper in said["TaiLieuNop"]}
    merged["TaiLieuNop"] = [
        *(one for one in there.get("TaiLieuNop") or [] if one.get("TepDinhKemId") not in ours),
        *said["TaiLieuNop"],
    ]
    return {**said, **merged}


def progress(told: Told, office: Office) -> dict[str, str]:
    """Return the last event of *told* as an item of ``CapNhatTienDoHoSoMC.data``."""
    event = told.events[-1]
    line = line_key(event)
    return {
        "MaHoSo": told.code,
        "NguoiXuLy": line.officer,
        "ChucDanh": _text(event["officer"].get("title")),
        "ThoiDiemXuLy": line.at,
        "PhongBanXuLy": _text(event.get("unit")) or office.center,
        "NoiDungXuLy": line.words,
        "TrangThai": line.status,
        "NgayBatDau": moment_of(event.get("starts_at")) or line.at,
        "NgayKetThucTheoQuyDinh": moment_of(_due(told)),
    }


def line_key(event: Mapping[str, Any]) -> LineKey:
    """Return what tells the line of *event* from the others of its dossier."""
    words = DONE_WORDS[event["kind"]]
    own = _text(event.get("text"))
    return LineKey(
        at=moment_of(event["at"]),
        status=str(event["status_after"]),
        words=f"{words}: {own}" if own else words,
        officer=cut(_text(event["officer"]["full_name"]), OFFICER),
    )


def has_record(event: Mapping[str, Any]) -> bool:
    """Say whether an event changes the dossier's record, and not only its progress."""
    return event["kind"] not in WITHOUT_A_RECORD


def is_forbidden(event: Mapping[str, Any]) -> bool:
    """Say whether an event takes a step the national portal must never be told.

    Finished straight out of a supplement, a payment or a stop: such a dossier would stand as done
    while something is still owed.
    """
    return bool(event["status_after"] == 9 and event["status_before"] in {5, 6, 8})


def moment_of(text: str | None) -> str:
    """Return a moment of the contract as ``yyyyMMddHHmmss``, empty when there is none."""
    if not text:
        return ""
    return datetime.fromisoformat(text).astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def cut(text: str, most: int) -> str:
    """Return the beginning of *text*, at most *most* characters, no letter parted from its mark."""
    text = nfc(text)
    if len(text) <= most:
        return text
    end = most
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end]


def body_of(*, session: str, unit: str, service: str, **told: object) -> bytes:
    """Return the JSON body of one call."""
    facts = {"session": session, "madonvi": unit, "service": service, **told}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


def _initial(content: Mapping[str, Any]) -> int:
    return int(content["initial_status"])


def _due(told: Told) -> str | None:
    """Return when the result is due, by the last word on it."""
    later = [str(event["due_at"]) for event in told.events if event.get("due_at")]
    due = told.content["due"]
    first = None if due is None else str(due["due_at"])
    return later[-1] if later else first


def _last(events: Iterable[Mapping[str, Any]], kind: str) -> Mapping[str, Any] | None:
    return next((e for e in reversed(list(events)) if e["kind"] == kind), None)


def _unit(events: Iterable[Mapping[str, Any]]) -> str:
    handed = _last(events, "handed_over")
    return "" if handed is None else _text(handed["handover"]["to_unit"])


def _paper(
    part: Mapping[str, Any], file: Mapping[str, Any], files: Mapping[str, str]
) -> dict[str, str]:
    sha256 = str(file["sha256"])
    code = _text(part["component_code"])
    ending = str(file["filename"]).rpartition(".")[2]
    return {
        "TepDinhKemId": str(UUID(sha256[:32])),
        "TenTepDinhKem": cut(f"{code}.{ending}" if code else str(file["filename"]), FILE_NAME),
        "IsDeleted": "False",
        "MaThanhPhanHoSo": code,
        "DuongDanTaiTepTin": "",
        "Base64": files.get(sha256, ""),
        "DuocSoHoa": _yes(part["digitised"]),
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": _yes(part["from_national_store"]),
        "MaKetQuaThayThe": _text(part["replaced_by_result"]),
    }


def _fee(fee: Mapping[str, Any]) -> dict[str, str]:
    return {
        "TenPhiLePhi": fee["name"],
        "MaPhiLePhi": fee["fee_code"],
        "HinhThucThu": "1",
        "Gia": str(fee["amount"]),
        "LoaiPhiLePhi": FEE_KINDS[fee["kind"]],
    }


def _supplements(told: Told) -> Iterable[dict[str, Any]]:
    """Yield each request for papers, with what was brought for it."""
    asked: list[dict[str, Any]] = [dict(one) for one in told.there.get("DanhSachHoSoBoSung") or []]
    known = {one.get("NgayBoSung") for one in asked}
    content_due = told.content["due"]
    due = content_due and content_due["due_at"]
    for event in told.events:
        if event["kind"] == "supplement_requested" and moment_of(event["at"]) not in known:
            asked.append(
                {
                    "HoSoBoSungId": str(len(asked) + 1),
                    "NguoiYeuCauBoSung": event["officer"]["full_name"],
                    "NoiDungBoSung": event["supplement"]["reason"],
                    "NgayBoSung": moment_of(event["at"]),
                    "NguoiTiepNhanBoSung": "",
                    "ThongTinTiepNhan": "",
                    "NgayTiepNhanBoSung": "",
                    "TrangThaiBoSung": "0",
                    "DanhSachGiayToBoSung": [],
                    "DanhSachLePhiBoSung": [],
                    "NgayHenTraTruoc": moment_of(due),
                    "NgayHenTraMoi": "",
                }
            )
        elif event["kind"] == "supplement_received" and asked:
            asked[-1] |= {
                "NguoiTiepNhanBoSung": event["officer"]["full_name"],
                "ThongTinTiepNhan": _text(event.get("text")),
                "NgayTiepNhanBoSung": moment_of(event["at"]),
                "TrangThaiBoSung": "1",
                "NgayHenTraMoi": moment_of(event.get("due_at")),
            }
        due = event.get("due_at") or due
    return asked


def _results(ended: Mapping[str, Any] | None) -> list[dict[str, str]]:
    if ended is None:
        return []
    return [
        {
            "TenGiayTo": cut(_text(ended.get("text")), RESULT_NAME),
            "MaThanhPhanHoSo": "",
            "GiayToId": str(ended["event_id"]),
            "DuongDanTepTinKetQua": "",
            "MaGiayToKetQua": "",
        }
    ]


def _identity(identity: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """Return the owner's number; nobody gets an invented one."""
    if identity is None:
        return []
    kind = "1" if identity["kind"] == "can_cuoc" else "2"
    return [{"LoaiDinhDanh": kind, "SoDinhDanh": identity["number"]}]


def _is_from_chip(identity: Mapping[str, Any] | None) -> bool:
    return identity is not None and bool(identity.get("chip_verified"))


def _text(value: object) -> str:
    return "" if value is None else nfc(str(value))


def _yes(claim: object) -> str:
    return "1" if claim else "0"
