"""The sandbox of the national interface: as unforgiving as a real one may be.

It knows no keys: what comes twice is there twice. A list is taken item by item until the first
that is wrong, and one code answers for all of it. It speaks real HTTP at a port of its own and
fails in every way the portal beside it does.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar

from sync.sandbox.faults import AFTER, Fault
from sync.sandbox.gateway import Gateway
from sync.sandbox.reply import Reply
from sync.sandbox.server import Handler, Line

LOGIN, INTEGRATION, SHARE = "/login", "/integration", "/share"
MOST = 10
MOMENT = re.compile(r"\d{14}|")
MOMENTS = frozenset(
    {
        "NgayNopHoSo",
        "NgayTiepNhan",
        "NgayHenTra",
        "NgayTra",
        "NgayKetThucXuLy",
        "NgayTuChoi",
        "ThoiDiemXuLy",
        "NgayBatDau",
        "NgayKetThucTheoQuyDinh",
        "NgayBoSung",
        "NgayTiepNhanBoSung",
        "NgayHenTraTruoc",
        "NgayHenTraMoi",
    }
)
NEEDED = ("MaHoSo", "MaTTHC", "TenTTHC", "ChuHoSo", "NgayTiepNhan", "TrangThaiHoSo")
LONGEST = {"TrichYeuHoSo": 1000, "TenTepDinhKem": 4000, "TenGiayTo": 2000, "NguoiXuLy": 50}
STOPPED, DONE = frozenset({"5", "6", "8"}), "9"

Answer = dict[str, Any]


class _Refused(Exception):
    """A call is refused with a code and a message; what it did until then stays."""

    def __init__(self, error_code: str, message: str) -> None:
        super().__init__(error_code)
        self.error_code = error_code
        self.message = message


@dataclass(slots=True)
class NationalBooks:
    """What the national portal holds.

    Attributes:
        accounts: Password of each account.
        dossiers: The record of each dossier, by its code.
        lines: The progress of each dossier, in the order it came.
        created: How often each dossier was made anew.
        poison: Codes of dossiers that are called wrong whenever they come.
        busy: Calls that are still to be answered with an error of the system.
    """

    accounts: dict[str, str]
    dossiers: dict[str, Answer] = field(default_factory=dict)
    lines: dict[str, list[Answer]] = field(default_factory=dict)
    created: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    poison: set[str] = field(default_factory=set)
    busy: int = 0
    sessions: set[str] = field(default_factory=set)
    guard: Lock = field(default_factory=Lock)

    def login(self, told: Mapping[str, Any]) -> Answer:
        """Answer a sign-in."""
        name, password = told.get("username"), told.get("password")
        if not isinstance(name, str) or self.accounts.get(name) != password:
            return {"error_code": "1", "message": "Sai tài khoản"}
        session = secrets.token_hex(16)
        self.sessions.add(session)
        return {"session": session, "error_code": "0"}

    def call(self, gateway: Gateway, told: Mapping[str, Any]) -> Answer:
        """Answer a call of any service."""
        with self.guard:
            service = str(told.get("service", ""))
            self.calls[service] += 1
            try:
                if told.get("session") not in self.sessions:
                    raise _Refused("-2", "Phiên làm việc không hợp lệ hoặc đã hết hạn")
                if self.busy > 0:
                    self.busy -= 1
                    raise _Refused("-99", "Lỗi hệ thống, vui lòng thử lại sau")
                if not told.get("madonvi"):
                    raise _Refused("4", "Thiếu mã đơn vị")
                found = self._serve(gateway, service, told)
            except _Refused as refusal:
                return {"error_code": refusal.error_code, "message": refusal.message, "result": []}
        return {"error_code": "0", "message": "Thành công", "result": found}

    def _serve(self, gateway: Gateway, service: str, told: Mapping[str, Any]) -> list[Answer]:
        match service:
            case "DongBoHoSoMC":
                for record in _items(told):
                    self._keep(record, is_update=_flag(told))
                return []
            case "CapNhatTienDoHoSoMC":
                for line in _items(told):
                    self._progress(line)
                return []
            case "TraCuuHoSo":
                code = told.get("mahoso")
                if code not in self.dossiers:
                    raise _Refused("-4", "Hồ sơ không tồn tại")
                return [{**self.dossiers[code], "DanhSachTienDo": self.lines.get(code, [])}]
            case "LayThuTuc":
                return [_procedure(gateway, str(told.get("maTTHC", "")))]
        raise _Refused("6", f"Không có dịch vụ {service}")

    def _keep(self, record: Answer, *, is_update: bool) -> None:
        for name in NEEDED:
            if not record.get(name):
                raise _Refused("5", f"Thiếu trường {name}")
        code = record["MaHoSo"]
        if code in self.poison:
            raise _Refused("9", "Dữ liệu hồ sơ không hợp lệ: ChuHoSo")
        known = self.dossiers.get(code)
        if is_update and known is None:
            raise _Refused("-4", "Hồ sơ không tồn tại")
        if not is_update and known is not None:
            raise _Refused("-3", "Hồ sơ đã tồn tại")
        if known and record["TrangThaiHoSo"] == DONE and known["TrangThaiHoSo"] in STOPPED:
            raise _Refused("7", "Không được chuyển sang trạng thái đã xử lý xong")
        if known is None:
            self.created[code] += 1
        self.dossiers[code] = record

    def _progress(self, line: Answer) -> None:
        if line.get("MaHoSo") not in self.dossiers:
            raise _Refused("-4", "Hồ sơ không tồn tại")
        self.lines.setdefault(line["MaHoSo"], []).append(line)


class NationalLine(Line):
    """The address of the national interface, beside the portal's.

    Attributes:
        national: What it holds.
    """

    def __init__(self, gateway: Gateway, port: int, accounts: Mapping[str, str]) -> None:
        self.national = NationalBooks(dict(accounts))
        books = self.national

        class Bound(_NationalHandler):
            national = books

        super().__init__(gateway, port, handler=Bound)


class _NationalHandler(Handler):
    national: ClassVar[NationalBooks]

    def serve(self) -> None:
        """Answer one call, in the way the fault says that waits for it."""
        raw = self.read_body()
        if isinstance(raw, Reply):
            self.close_connection = True
            self.reply_with(None, raw)
            return
        told = _read(raw)
        name = self.path if told is None else str(told.get("service", self.path))
        fault = self.portal.faults.next(name)
        if fault is not None and fault not in AFTER:
            self.portal.note(f"POST {self.path}", name, fault, None)
            self.strike(fault)
            return
        reply = self._answered(told)
        if fault is Fault.TWICE:
            reply = self._answered(told)
        self.portal.note(f"POST {self.path}", name, fault, reply.status)
        self.reply_with(fault, reply)

    def _answered(self, told: Mapping[str, Any] | None) -> Reply:
        if self.command != "POST" or self.path not in {LOGIN, INTEGRATION, SHARE}:
            return Reply(404, b"<html>404</html>", kind="text/html; charset=utf-8")
        if told is None:
            return Reply(200, {"error_code": "2", "message": "Thân không phải JSON"})
        if not self.headers.get("dstcode"):
            return Reply(200, {"error_code": "4", "message": "Thiếu dstcode"})
        if self.path == LOGIN:
            return Reply(200, self.national.login(told))
        return Reply(200, self.national.call(self.portal.gateway, told))


def _read(raw: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(raw)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _flag(told: Mapping[str, Any]) -> bool:
    if told.get("isUpdating") not in {"True", "False"}:
        raise _Refused("5", "isUpdating phải là True hoặc False")
    return bool(told["isUpdating"] == "True")


def _items(told: Mapping[str, Any]) -> list[Answer]:
    """Return the list of a call, each value in it of the right kind."""
    items = told.get("data")
    if not isinstance(items, list) or not 1 <= len(items) <= MOST:
        raise _Refused("5", f"data phải có từ 1 đến {MOST} mục")
    for item in items:
        if not isinstance(item, dict):
            raise _Refused("5", "data phải là danh sách đối tượng")
        for name, value in _texts(item):
            if not isinstance(value, str):
                raise _Refused("5", f"{name} phải là chuỗi")
            if name in MOMENTS and not MOMENT.fullmatch(value):
                raise _Refused("5", f"{name} phải là yyyyMMddHHmmss")
            if len(value) > LONGEST.get(name, len(value)):
                raise _Refused("5", f"{name} quá dài")
    return items


def _texts(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in item.items():
        if isinstance(value, list):
            for part in value:
                if not isinstance(part, dict):
                    yield name, None
                else:
                    yield from _texts(part)
        else:
            yield name, value


def _procedure(gateway: Gateway, code: str) -> Answer:
    """Return a procedure of the catalogue in the interface's own words."""
    found = gateway.books.bodies(
        "SELECT body FROM item WHERE catalogue = 'procedures' AND NOT is_removed AND code = ?",
        (code,),
    )
    if not found:
        raise _Refused("-5", "Thủ tục không tồn tại")
    (told,) = found
    term = told["cases"][0]["term"]
    return {
        "MATTHC": told["code"],
        "TENTTHC": told["name"],
        "LINHVUCTHUCHIEN": [
            {"MALINHVUC": told["field"]["code"], "TENLINHVUC": told["field"]["name"]}
        ],
        "MACOQUANCONGBO": told["field"]["code"].partition("-")[0],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "1",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "" if term["qty"] is None else str(term["qty"]),
                        "DONVITINH": term["unit"],
                        "MOTA": term["text"] or "",
                        "PHILEPHI": [],
                    }
                ],
            }
        ],
        "YEUCAU": "",
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": "Công dân Việt Nam"}],
        "KETQUATHUCHIEN": [
            {"MAKETQUA": result["code"], "TENKETQUA": result["name"]} for result in told["results"]
        ],
        "CANCUPHAPLY": [
            {"SOVANBAN": basis["number"], "TENVANBAN": basis["name"]}
            for basis in told["legal_basis"]
        ],
        "TRANGTHAI": "1",
        "COQUANTHUCHIEN": [{"TENDONVI": told["executing_agency"], "MADONVI": ""}],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "",
                "GIAYTO": [
                    {
                        "MAGIAYTO": part["code"],
                        "TENGIAYTO": part["name"],
                        "TENMAUDON": "",
                        "URL": "",
                    }
                    for part in told["components"]
                ],
            }
        ],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ"}]}],
    }
