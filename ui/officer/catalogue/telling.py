"""The words in which the catalogue page tells a procedure, part by part."""

from __future__ import annotations

from counter.curation import Doubt, Part
from counter.editions import Origin
from counter.procedures import (
    Fee,
    FeeKind,
    Level,
    OnlineLevel,
    Owner,
    Paper,
    PaperKind,
    Procedure,
    term_words,
)
from ui import written
from ui.said import QT_TRANSLATE_NOOP, said

PARTS: dict[Part, str] = {
    Part.NAME: QT_TRANSLATE_NOOP("texts", "Tên thủ tục"),
    Part.PAPERS: QT_TRANSLATE_NOOP("texts", "Thành phần hồ sơ"),
    Part.TERM: QT_TRANSLATE_NOOP("texts", "Thời hạn giải quyết"),
    Part.FEES: QT_TRANSLATE_NOOP("texts", "Phí, lệ phí"),
    Part.RESULTS: QT_TRANSLATE_NOOP("texts", "Kết quả"),
    Part.AGENCY: QT_TRANSLATE_NOOP("texts", "Cơ quan, hệ thống"),
    Part.LEGAL_BASIS: QT_TRANSLATE_NOOP("texts", "Căn cứ pháp lý"),
    Part.NOTES: QT_TRANSLATE_NOOP("texts", "Lưu ý"),
}

ORIGINS: dict[Origin, str] = {
    Origin.SHIPPED: QT_TRANSLATE_NOOP("texts", "đi kèm chương trình"),
    Origin.OFFICE: QT_TRANSLATE_NOOP("texts", "cơ quan sửa"),
    Origin.NATIONAL: QT_TRANSLATE_NOOP("texts", "cổng quốc gia"),
    Origin.PORTAL: QT_TRANSLATE_NOOP("texts", "cổng của tỉnh"),
}

DOUBTS: dict[Doubt, str] = {
    Doubt.NOTES_LEFT_OUT: QT_TRANSLATE_NOOP("texts", "Có dòng chỉ là lưu ý, không đưa vào giấy tờ"),
    Doubt.NO_COUNTS: QT_TRANSLATE_NOOP("texts", "Danh mục không nói số bản; tạm ghi 1"),
    Doubt.LONG_NAMES: QT_TRANSLATE_NOOP("texts", "Tên quá dài đã được rút gọn"),
    Doubt.CODE_TWICE: QT_TRANSLATE_NOOP("texts", "Có mã giấy tờ bị trùng"),
    Doubt.SEVERAL_CASES: QT_TRANSLATE_NOOP("texts", "Có giấy tờ chỉ cần trong một trường hợp"),
    Doubt.TIMES_DIFFER: QT_TRANSLATE_NOOP("texts", "Các nơi ghi thời hạn khác nhau"),
    Doubt.NO_TIME: QT_TRANSLATE_NOOP("texts", "Không ghi thời hạn tính được"),
    Doubt.FEE_UNKNOWN: QT_TRANSLATE_NOOP("texts", "Mức phí ghi 0 nhưng không nói là miễn"),
}

KINDS: dict[PaperKind, str] = {
    PaperKind.SUBMIT: QT_TRANSLATE_NOOP("texts", "nộp"),
    PaperKind.PRESENT: QT_TRANSLATE_NOOP("texts", "xuất trình"),
    PaperKind.FORM: QT_TRANSLATE_NOOP("texts", "tờ khai"),
}

OWNERS: dict[Owner, str] = {
    Owner.DESK: QT_TRANSLATE_NOOP("texts", "Quầy này"),
    Owner.PROVINCE: QT_TRANSLATE_NOOP("texts", "Hệ thống của tỉnh"),
    Owner.MINISTRY: QT_TRANSLATE_NOOP("texts", "Hệ thống của bộ, ngành"),
}

LEVELS: dict[Level, str] = {
    Level.COMMUNE: QT_TRANSLATE_NOOP("texts", "cấp xã"),
    Level.PROVINCE: QT_TRANSLATE_NOOP("texts", "cấp tỉnh"),
    Level.CENTRAL: QT_TRANSLATE_NOOP("texts", "trung ương"),
}

ONLINE: dict[OnlineLevel, str] = {
    OnlineLevel.FULL: QT_TRANSLATE_NOOP("texts", "trực tuyến toàn trình"),
    OnlineLevel.PARTIAL: QT_TRANSLATE_NOOP("texts", "trực tuyến một phần"),
    OnlineLevel.NONE: QT_TRANSLATE_NOOP("texts", "chưa trực tuyến"),
}

FEE_KINDS: dict[FeeKind, str] = {
    FeeKind.FEE: QT_TRANSLATE_NOOP("texts", "Phí"),
    FeeKind.SERVICE_FEE: QT_TRANSLATE_NOOP("texts", "Lệ phí"),
    FeeKind.PRICE: QT_TRANSLATE_NOOP("texts", "Giá dịch vụ"),
}

_ORIGINALS = QT_TRANSLATE_NOOP("texts", "{count} bản chính")
_CERTIFIED = QT_TRANSLATE_NOOP("texts", "{count} bản chứng thực")
_COPIES = QT_TRANSLATE_NOOP("texts", "{count} bản sao")
_WHEN = QT_TRANSLATE_NOOP("texts", "khi: {case}")
_FREE = QT_TRANSLATE_NOOP("texts", "miễn phí")
_UNKNOWN = QT_TRANSLATE_NOOP("texts", "chưa nhập mức của tỉnh")
_EXEMPT = QT_TRANSLATE_NOOP("texts", "miễn cho: {groups}")
_NOTHING = QT_TRANSLATE_NOOP("texts", "không thu")


def lines_of(procedure: Procedure, part: Part) -> tuple[str, ...]:
    """Return one part of a procedure, a line for each thing in it."""
    match part:
        case Part.NAME:
            return (procedure.name,)
        case Part.PAPERS:
            return tuple(map(paper, procedure.papers))
        case Part.TERM:
            cases = (f"{case.name}: {term_words(case.term)}" for case in procedure.cases)
            return (term_words(procedure.term), *cases)
        case Part.FEES:
            return tuple(map(fee, procedure.fees)) or (said(_NOTHING),)
        case Part.RESULTS:
            return tuple(
                result.name if result.code is None else f"{result.name} ({result.code})"
                for result in procedure.results
            )
        case Part.AGENCY:
            owner = procedure.system or said(OWNERS[procedure.owner])
            level = said(LEVELS[procedure.level])
            code = f", {procedure.agency_code}" if procedure.agency_code else ""
            return (f"{procedure.agency} ({level}{code})", owner, said(ONLINE[procedure.online]))
        case Part.LEGAL_BASIS:
            return procedure.legal_basis
        case Part.NOTES:
            return procedure.notes


def paper(one: Paper) -> str:
    """Return one paper with how many of which kind, and when it is wanted."""
    counts = ", ".join(
        said(words).replace("{count}", str(count))
        for words, count in (
            (_ORIGINALS, one.originals),
            (_CERTIFIED, one.certified),
            (_COPIES, one.copies),
        )
        if count
    )
    told = f"{one.name} – {said(KINDS[one.kind])}, {counts}"
    return f"{told}; {said(_WHEN).replace('{case}', one.when)}" if one.when else told


def fee(one: Fee) -> str:
    """Return one fee; an amount nobody entered is never taken for free."""
    if one.free:
        price = said(_FREE)
    elif one.amount is None:
        price = said(_UNKNOWN)
    else:
        price = written.money(one.amount) + (f"/{one.per}" if one.per else "")
    told = f"{one.name}: {price}"
    if one.later is not None:
        told += f"; {one.later.name}: {written.money(one.later.amount)}/{one.per}"
    if one.when:
        told += f"; {said(_WHEN).replace('{case}', one.when)}"
    if one.exemptions:
        told += f"; {said(_EXEMPT).replace('{groups}', ', '.join(one.exemptions))}"
    return told
