"""What the national interface holds of a dossier, in the words a gateway would use for it.

A desk that does not know a dossier reads it here and goes on with it as with a sister desk's. What
the interface leaves unsaid, such as the citizen's birth or what a paper is called, stays open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import AwareDatetime, BeforeValidator, Field, ValidationError

from counter.acts import PaperWanted
from counter.errors import PortalSilent
from counter.messages import AT_DESK, BY_POST
from counter.scans import MOST_BYTES, kind_of
from counter.store.told import SisterEvent
from counter.values import VIETNAM, nfc, rfc3339
from sync.contract import MOST, Dossier, Part
from sync.dvcqg_words import DONE_WORDS, FEE_KINDS, LineKey

_SPACE = UUID("6f1d8a52-7c1e-4f0b-9d3e-2a5b7c9e1f04")
"""Dossiers have no identity there but their code; each gets the same one at every desk."""

ACCEPTED, REFUSED = 2, 3
UNSAID = frozenset({"returned", "return_recalled", "notified", "result_corrected"})
"""Kinds of events of which a line of progress says too little to go on with; only their state."""

_KINDS = {words: kind for kind, words in DONE_WORDS.items() if kind not in UNSAID}
_FEES = {number: kind for kind, number in FEE_KINDS.items()}
_FILENAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
}


def _moment(text: object) -> object:
    if not isinstance(text, str) or not text:
        return None
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)


def _text(told: object) -> str:
    return "" if told is None else nfc(str(told))


Moment = Annotated[AwareDatetime | None, BeforeValidator(_moment)]
Text = Annotated[str, BeforeValidator(_text)]
Private = Annotated[Text, Field(repr=False)]


class _Identity(Part):
    kind: Text = Field("", alias="LoaiDinhDanh")
    number: Private = Field("", alias="SoDinhDanh")


class _Paper(Part):
    name: Text = Field("", alias="TenTepDinhKem")
    code: Text = Field("", alias="MaThanhPhanHoSo")
    content: Private = Field("", alias="Base64")
    digitised: Text = Field("", alias="DuocSoHoa")


class _Fee(Part):
    name: Text = Field("", alias="TenPhiLePhi")
    code: Text = Field("", alias="MaPhiLePhi")
    amount: int = Field(0, alias="Gia", ge=0, le=MOST)
    kind: Text = Field("", alias="LoaiPhiLePhi")


class _Request(Part):
    number: Text = Field("", alias="HoSoBoSungId")
    reason: Private = Field("", alias="NoiDungBoSung")
    at: Moment = Field(None, alias="NgayBoSung")


class _Line(Part):
    officer: Private = Field("", alias="NguoiXuLy")
    at: Annotated[AwareDatetime, BeforeValidator(_moment)] = Field(alias="ThoiDiemXuLy")
    where: Text = Field("", alias="PhongBanXuLy")
    words: Private = Field("", alias="NoiDungXuLy")
    status: int = Field(alias="TrangThai", ge=1, le=10)
    due_at: Moment = Field(None, alias="NgayKetThucTheoQuyDinh")

    @property
    def key(self) -> LineKey:
        """What tells it from every other line of its dossier."""
        at = f"{self.at.astimezone(VIETNAM):%Y%m%d%H%M%S}"
        return LineKey(at, str(self.status), self.words, self.officer)


class _Record(Part):
    code: Text = Field(alias="MaHoSo")
    procedure: Text = Field(alias="MaTTHC", min_length=1)
    procedure_name: Text = Field(alias="TenTTHC", min_length=1)
    area: Text = Field("", alias="MaLinhVuc")
    area_name: Text = Field("", alias="TenLinhVuc")
    channel: Text = Field("1", alias="KenhThucHien")
    owner: Private = Field(alias="ChuHoSo", min_length=1)
    owner_kind: Text = Field("1", alias="LoaiDoiTuong")
    email: Private = Field("", alias="Email")
    phone: Private = Field("", alias="SoDienThoai")
    subject: Text = Field("", alias="TrichYeuHoSo")
    submitted_at: Moment = Field(None, alias="NgayNopHoSo")
    received_at: Annotated[AwareDatetime, BeforeValidator(_moment)] = Field(alias="NgayTiepNhan")
    due_at: Moment = Field(None, alias="NgayHenTra")
    status: int = Field(alias="TrangThaiHoSo", ge=1, le=10)
    return_method: Text = Field("0", alias="HinhThuc")
    unit: Text = Field("", alias="DonViXuLy")
    note: Private = Field("", alias="GhiChu")
    papers: tuple[_Paper, ...] = Field((), alias="TaiLieuNop")
    fees: tuple[_Fee, ...] = Field((), alias="DanhSachLePhi")
    requests: tuple[_Request, ...] = Field((), alias="DanhSachHoSoBoSung")
    lines: tuple[_Line, ...] = Field((), alias="DanhSachTienDo")
    identities: tuple[_Identity, ...] = Field((), alias="DinhDanhCHS")


@dataclass(frozen=True, slots=True)
class Found:
    """One dossier that the interface showed.

    Attributes:
        dossier: As a gateway would tell it.
        events: What others did to it, in the order told.
        files: What came inside the record.
    """

    dossier: Dossier
    events: tuple[SisterEvent, ...]
    files: tuple[FoundFile, ...]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that came inside a record."""

    content: bytes = field(repr=False)
    mime: str
    filename: str
    paper_code: str | None


def id_of(code: str) -> UUID:
    """Return the identity of a dossier that is known by its code only."""
    return uuid5(_SPACE, code)


def read_record(
    told: Mapping[str, object], *, agency: str, version: int, own: Collection[LineKey]
) -> Found:
    """Read what ``TraCuuHoSo`` told of one dossier.

    Args:
        agency: Code of the unit whose dossiers the interface shows.
        version: What to count it as; the interface counts none.
        own: Lines of progress that this desk told itself.

    Raises:
        PortalSilent: It has another shape, so nothing is known of the dossier.
    """
    try:
        record = _Record.model_validate(told)
        files = tuple(_files(record))
        changed_at = max((line.at for line in record.lines), default=record.received_at)
        dossier = Dossier.model_validate(
            {
                "id": id_of(record.code),
                "version": version,
                "content_version": version,
                "code": record.code,
                "status": record.status,
                "status_at": changed_at,
                "due_at": record.due_at,
                "next_seq": 1,
                "missing_blobs": (),
                "updated_at": changed_at,
                "processing_unit": record.unit or None,
                "content": _content(record, agency, files),
            }
        )
    except ValidationError as error:
        shape = f"TraCuuHoSo: a record of another shape: {error.error_count()} faults"
        raise PortalSilent(shape) from None
    return Found(dossier, tuple(_events(record, agency, own)), files)


def _content(record: _Record, agency: str, files: Iterable[FoundFile]) -> dict[str, object]:
    """Return the record as a ``DossierContent`` of the contract, as far as it says that much."""
    begun = REFUSED if record.status == REFUSED and not record.lines else ACCEPTED
    received = rfc3339(record.received_at)
    return {
        "id": str(id_of(record.code)),
        "code": record.code,
        "provisional_code": None,
        "origin": "counter",
        "agency_code": agency,
        "desk_id": agency,
        "procedure": {
            "code": record.procedure,
            "name": record.procedure_name,
            "revision": "",
            "field": {
                "code": record.area or "—",
                "name": record.area_name or "—",
            },
        },
        "channel": record.channel,
        "owner": {
            "full_name": record.owner,
            "subject_type": record.owner_kind,
            "identity": _identity(record.identities),
            "phone": record.phone or None,
            "email": record.email or None,
        },
        "subject": record.subject or record.procedure_name,
        "submitted_at": rfc3339(record.submitted_at or record.received_at),
        "received_at": received,
        "due": None
        if record.due_at is None
        else {"due_at": rfc3339(record.due_at), "unit": "", "qty": None},
        "initial_status": begun,
        "components": list(_components(record, files)),
        "fees": [_fee(fee) for fee in record.fees],
        "return_to": {"method": BY_POST if record.return_method == str(BY_POST) else AT_DESK},
        "note": record.note or None,
    }


def _identity(told: Iterable[_Identity]) -> dict[str, object] | None:
    found = next((one for one in told if one.number), None)
    if found is None:
        return None
    is_citizen = found.kind == "1" and re.fullmatch(r"[0-9]{12}", found.number) is not None
    return {
        "kind": "can_cuoc" if is_citizen else "khac",
        "number": found.number,
        "source": "portal",
    }


def _components(record: _Record, files: Iterable[FoundFile]) -> Iterator[dict[str, object]]:
    """Yield each paper once, with the files that came of it."""
    by_code: dict[str | None, list[dict[str, object]]] = {}
    for file in files:
        told = {
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "filename": file.filename,
            "mime": file.mime,
            "size": len(file.content),
        }
        by_code.setdefault(file.paper_code, []).append(told)
    seen: set[str] = set()
    for paper in record.papers:
        name = paper.code or paper.name
        if not name or name in seen:
            continue
        seen.add(name)
        yield {
            "component_code": paper.code or None,
            "name": paper.name or paper.code,
            "originals": 0,
            "certified": 0,
            "copies": 1,
            "digitised": int(paper.digitised == "1"),
            "from_national_store": False,
            "replaced_by_result": None,
            "files": by_code.pop(paper.code or None, []),
        }


def _fee(fee: _Fee) -> dict[str, object]:
    return {
        "fee_code": fee.code,
        "name": fee.name,
        "kind": _FEES.get(fee.kind, "FEE"),
        "quantity": 1,
        "unit_price": fee.amount,
        "amount": fee.amount,
    }


def _files(record: _Record) -> Iterator[FoundFile]:
    """Yield the files that came whole and are of a kind that is taken in."""
    seen: set[bytes] = set()
    for place, paper in enumerate(record.papers, 1):
        try:
            content = base64.b64decode(paper.content, validate=True)
        except (binascii.Error, ValueError):
            continue
        mime = kind_of(content)
        if mime is None or len(content) > MOST_BYTES or content in seen:
            continue
        seen.add(content)
        name = f"{record.code}_{place:02}.{_ENDINGS[mime]}"
        if _FILENAME.fullmatch(paper.name):
            name = paper.name
        yield FoundFile(content, mime, name, paper.code or None)


def _events(record: _Record, agency: str, own: Collection[LineKey]) -> Iterator[SisterEvent]:
    """Yield what others did; a line's own words say what it was, its state where it led."""
    asked = {request.at: request for request in record.requests}
    begun = ACCEPTED if record.lines else record.status
    states = [begun, *(line.status for line in record.lines)]
    for place, (line, (before, after)) in enumerate(
        zip(record.lines, pairwise(states), strict=True), 1
    ):
        if line.key in own:
            continue
        words, _, rest = line.words.partition(": ")
        kind = _KINDS.get(words, "")
        request = asked.get(line.at) if kind == "supplement_requested" else None
        reason = request.reason if request else rest
        yield SisterEvent(
            place=place,
            id=uuid5(id_of(record.code), " ".join(line.key)),
            kind=kind or "status_changed",
            at=line.at,
            before=before,
            after=after,
            desk_id=line.where or agency,
            officer=line.officer,
            text=rest if kind else line.words,
            number=f"{record.code}/{request.number}" if request else "",
            unit=line.where if kind == "handed_over" else "",
            due_at=line.due_at if kind == "due_extended" else None,
            wanted=(PaperWanted(reason or line.words),) if kind == "supplement_requested" else (),
            reason=reason if kind == "supplement_requested" else "",
        )
