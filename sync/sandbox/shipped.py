"""What the portal's catalogues hold: procedures, agencies, units, calendar, forms and fees.

They begin as what the program ships in ``resources`` beside a few invented places. Each change
raises the revision, so that a desk can ask for what changed since it last looked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from counter.catalogue import load_catalogue
from counter.procedures import Catalogue, Fee, Owner, Paper, PaperKind, Procedure, Term
from sync.sandbox.books import dump

RESOURCES = Path(__file__).parents[2] / "resources"
KINDS = {PaperKind.SUBMIT: "submit", PaperKind.PRESENT: "present", PaperKind.FORM: "eform"}
PER = {None: "ho_so", "trang": "trang", "bản": "ban", "trường hợp": "truong_hop"}
SINCE = "2025-07-01"
FORM_TITLES = {
    "01": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "02": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "03": "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    "04": "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    "05": "Thông báo dừng giải quyết hồ sơ",
    "06": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "07": "Sổ theo dõi hồ sơ",
}
SHEETS = {"01": "A5", "06": "A4", "07": "A4"}
"""Of the forms whose sheet is known; the others are left to the desk."""

UNITS = (
    ("00", "Thử Nghiệm", "Tỉnh Thử Nghiệm", "province", None),
    ("00001", "Thử Nghiệm", "Xã Thử Nghiệm", "commune", "00"),
    ("00002", "Minh Họa", "Xã Minh Họa", "commune", "00"),
)
"""Invented places, with codes that no real one has."""

Item = dict[str, Any]


def fill(books: Connection, agencies: Iterable[str]) -> None:
    """Bring the catalogues up to what the program ships; what is the same is left alone."""
    shipped: Mapping[str, Iterable[tuple[str, Item]]] = {
        "procedures": _procedures(),
        "agencies": _agencies(agencies),
        "units": _units(),
        "calendar": _calendar(),
        "forms": _forms(),
        "fees": _fees(),
    }
    for catalogue, items in shipped.items():
        for code, item in items:
            put_item(books, catalogue, code, item)


def put_item(books: Connection, catalogue: str, code: str, item: Item) -> bool:
    """Add or change one item; False when it is the same already."""
    query = "SELECT body, is_removed FROM item WHERE catalogue = ? AND code = ?"
    known = books.execute(query, (catalogue, code)).fetchone()
    if known is not None and known["body"] == dump(item) and not known["is_removed"]:
        return False
    _keep(books, catalogue, code, item, is_removed=False)
    return True


def remove_item(books: Connection, catalogue: str, code: str) -> bool:
    """Take one item out; False when there is none."""
    query = "SELECT 1 FROM item WHERE catalogue = ? AND code = ? AND NOT is_removed"
    if books.execute(query, (catalogue, code)).fetchone() is None:
        return False
    _keep(books, catalogue, code, {}, is_removed=True)
    return True


def _keep(books: Connection, catalogue: str, code: str, item: Item, *, is_removed: bool) -> None:
    values = (catalogue, code, revision(books) + 1, is_removed, dump(item))
    books.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?)", values)


def revision(books: Connection, catalogue: str | None = None) -> int:
    """Return the number of the last change, of one catalogue or of all."""
    query = "SELECT coalesce(max(revision), 0) FROM item WHERE ?1 IS NULL OR catalogue = ?1"
    return int(books.execute(query, (catalogue,)).fetchone()[0])


@cache
def _loaded() -> Catalogue:
    return load_catalogue(RESOURCES / "procedures")


def _procedures() -> Iterator[tuple[str, Item]]:
    for procedure in _loaded().procedures:
        term = _term(procedure.term)
        yield (
            procedure.code,
            {
                "code": procedure.code,
                "revision": procedure.revision,
                "name": procedure.name,
                "short_name": procedure.short_name,
                "field": {"code": procedure.field.code, "name": procedure.field.name},
                "decision_no": None,
                "executing_agency": procedure.agency,
                "owning_system": procedure.system if procedure.owner is not Owner.DESK else None,
                "non_territorial": False,
                "essential": procedure.essential,
                "effective_from": procedure.effective_from.isoformat(),
                "effective_to": _day(procedure.effective_to),
                "cases": [
                    {"code": procedure.code, "name": procedure.name, "term": term},
                    *(
                        {"code": case.code, "name": case.name, "term": _term(case.term)}
                        for case in procedure.cases
                        if case.code is not None
                    ),
                ],
                "channels": [{"channel": 1, "term": term, "fee_text": None}],
                "components": [
                    _component(procedure, place, paper)
                    for place, paper in enumerate(procedure.papers, 1)
                ],
                "results": [
                    {
                        "code": result.code or f"{procedure.code}-KQ{place}",
                        "name": result.name,
                    }
                    for place, result in enumerate(procedure.results, 1)
                ],
                "suspension": procedure.suspension.value,
                "legal_basis": [
                    {"number": text[:100], "name": text} for text in procedure.legal_basis
                ],
            },
        )


def _term(term: Term) -> Item:
    return {"qty": term.quantity, "unit": term.unit, "text": None}


def _component(procedure: Procedure, place: int, paper: Paper) -> Item:
    kind = KINDS[paper.kind]
    return {
        "code": paper.code or f"{procedure.code}-TP{place:02}",
        "name": paper.name,
        "short_name": None,
        "kind": "submit_if" if kind == "submit" and not paper.required else kind,
        "case_code": None,
        "originals": paper.originals + paper.certified,
        "copies": paper.copies,
        "digitise": kind == "submit",
        "result_of": [],
    }


def _fees() -> Iterator[tuple[str, Item]]:
    for procedure in _loaded().procedures:
        for fee in procedure.fees:
            one = _fee(procedure, fee)
            yield f"{procedure.code}-{fee.code}", one
            if fee.later is not None:
                later = fee.later
                more = {"fee_code": later.code, "name": later.name, "unit_price": later.amount}
                yield f"{procedure.code}-{later.code}", {**one, **more, "from_qty": later.first}


def _fee(procedure: Procedure, fee: Fee) -> Item:
    return {
        "fee_code": fee.code,
        "procedure_code": procedure.code,
        "name": fee.name,
        "kind": fee.kind.value,
        "free": fee.free,
        "unit_price": fee.amount,
        "per": PER.get(fee.per, "truong_hop"),
        "from_qty": 1,
        "cap": fee.cap,
        "collect_at": "receive",
        "exemptions": [
            {"group": text[:100], "percent": 100, "basis": None} for text in fee.exemptions
        ],
        "effective_from": procedure.effective_from.isoformat(),
        "effective_to": _day(procedure.effective_to),
        "legal_basis": None,
    }


def _agencies(codes: Iterable[str]) -> Iterator[tuple[str, Item]]:
    for code in sorted(set(codes)):
        yield (
            code,
            {
                "code": code,
                "name": f"Cơ quan thử nghiệm {code}",
                "parent_code": None,
                "level": "commune",
                "unit_code": "00001",
                "address": None,
                "phone": None,
                "effective_from": SINCE,
                "effective_to": None,
                "successor_codes": [],
            },
        )


def _units() -> Iterator[tuple[str, Item]]:
    for code, name, full_name, level, parent in UNITS:
        yield (
            code,
            {
                "code": code,
                "name": name,
                "full_name": full_name,
                "level": level,
                "parent_code": parent,
                "effective_from": SINCE,
                "effective_to": None,
                "replaced_by": [],
                "legal_basis": None,
            },
        )


def _calendar() -> Iterator[tuple[str, Item]]:
    for path in sorted((RESOURCES / "calendars").glob("[0-9]*.toml")):
        year = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind in ("off", "make_up"):
            for entry in year.get(kind, ()):
                is_expected = entry.get("expected", False)
                item = {
                    "date": entry["day"].isoformat(),
                    "kind": kind,
                    "name": entry.get("name", "Làm bù"),
                    "status": "estimated" if is_expected else "official",
                    "source": None,
                    "sessions": [],
                }
                yield item["date"], item


def _forms() -> Iterator[tuple[str, Item]]:
    for number, title in FORM_TITLES.items():
        yield (
            f"TT03-2025-{number}",
            {
                "form_set": "TT03/2025",
                "number": number,
                "title": title,
                "legal_basis": "TT 03/2025/TT-VPCP",
                "page": SHEETS.get(number),
                "template_sha256": None,
                "effective_from": "2025-09-15",
                "effective_to": None,
            },
        )


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
