"""The tables of the papers: their heads and widths, and how one line of facts fills a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from counter.forms import PaperLine
from counter.papers.catalogue import ListedLine
from counter.papers.desk import (
    CashLine,
    CertifiedLine,
    CountLine,
    DeclaredLine,
    HandedLine,
    ManyLine,
    PostedLine,
)
from counter.papers.law import ControlStep, RegisterLine
from counter.values import Dong
from devices.paper.letterhead import CELL, CELL_HEAD, DOTTED
from devices.paper.sheet import MM, Align, Run, Sheet
from devices.paper.table import Column, HeadCell, Table, set_table
from devices.paper.written import clock_and_day, day_figures, figures

_L, _C, _R = Align.LEFT, Align.CENTRE, Align.RIGHT


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with widths as shares of the sheet's width.

    Attributes:
        cells: What stands in the row of one line, its number given first, from 1.
        at_least: Rows it is filled up to with *blank*.
    """

    shares: tuple[tuple[float, Align], ...]
    head: tuple[HeadCell, ...]
    cells: Callable[[int, Any], tuple[str, ...]]
    row_height: float = 0.0
    at_least: int = 0
    blank: object = None


def put_table(sheet: Sheet, name: str, lines: Sequence[object], *caption: Run) -> None:
    """Set the table *name* with its *lines* under *caption*."""
    layout = LAYOUTS[name]
    unit = sheet.inner / sum(share for share, _ in layout.shares)
    table = Table(
        columns=tuple(Column(share * unit, align) for share, align in layout.shares),
        head=layout.head,
        head_type=CELL_HEAD,
        type=CELL,
        row_height=layout.row_height,
    )
    filled = [*lines, *[layout.blank] * (layout.at_least - len(lines))]
    rows = [layout.cells(number, line) for number, line in enumerate(filled, start=1)]
    set_table(sheet, table, rows, *caption)


def _heads(*names: str) -> tuple[HeadCell, ...]:
    return tuple(HeadCell(name, at) for at, name in enumerate(names))


def _count(count: int) -> str:
    return f"{count:02}" if count else ""


def _moment(at: datetime | None) -> str:
    return clock_and_day(at) if at else ""


def _paper(number: int, line: PaperLine) -> tuple[str, ...]:
    return (str(number), line.name, *map(_count, (line.originals, line.certified, line.copies)))


def _step(_number: int, step: ControlStep) -> tuple[str, ...]:
    when = _moment(step.at) or f"{DOTTED[:6]} giờ {DOTTED[:6]} phút, ngày {DOTTED[:20]}"
    hands = f"1. Giao: {step.giver or DOTTED[:28]}\n2. Nhận: {step.receiver or DOTTED[:28]}"
    return hands, f"{when}\nNgười giao (ký) - Người nhận (ký)", step.standing, step.note


def _registered(number: int, line: RegisterLine) -> tuple[str, ...]:
    moments = (line.received_at, line.due_at, line.passed_at, line.result_at, line.returned_at)
    return (
        str(number),
        line.code,
        line.procedure,
        str(line.sets),
        line.applicant,
        line.contact,
        line.agency,
        *(day_figures(at) if at else "" for at in moments),
        line.way,
        "",
        line.note,
    )


def _handed(number: int, line: HandedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.code,
        line.procedure,
        line.applicant.upper(),
        line.address,
        _moment(line.due_at),
        "",
    )


def _result(number: int, line: HandedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.code,
        line.procedure,
        line.result,
        line.applicant.upper(),
        line.address,
        "X" if line.has_fee else "",
        "X" if line.by_post else "",
    )


def _listed(number: int, line: ListedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.code,
        line.name,
        line.field,
        line.time_limit,
        line.fees,
        line.online,
        line.decided_by,
    )


def _posted(number: int, line: PostedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.code,
        line.applicant.upper(),
        line.address,
        line.phone,
        "",
        line.what,
        figures(line.to_collect),
        f"Người nhận: {line.receiver}" if line.receiver else "",
    )


def _many(number: int, line: ManyLine) -> tuple[str, ...]:
    return (
        str(number),
        line.code,
        line.procedure,
        line.applicant.upper(),
        _moment(line.received_at),
        _moment(line.due_at) or "báo sau",
        line.time_limit,
        _count(line.sets),
        figures(line.fee),
    )


def _sum(number: int, line: CashLine) -> tuple[str, ...]:
    amount = f"miễn: {line.exempt_reason}" if line.exempt_reason else figures(line.amount)
    return str(number), line.name, line.kind, amount


def _counted(number: int, line: CountLine) -> tuple[str, ...]:
    return (
        str(number),
        figures(line.note),
        str(line.count),
        figures(Dong(line.note * line.count)),
    )


def _certified(number: int, line: CertifiedLine) -> tuple[str, ...]:
    return (
        str(number),
        line.entry,
        f"{line.on:%d/%m/%Y}",
        line.person,
        line.document,
        line.signer,
        str(line.copies),
        str(line.pages),
        figures(line.fee),
        line.note,
    )


def _declared(number: int, line: DeclaredLine) -> tuple[str, ...]:
    return (line.label.upper(), "") if line.heading else (line.label, line.value)


_PAPERS = Layout(
    shares=((8, _C), (72, _L), (16, _C), (16, _C), (16, _C)),
    head=(
        HeadCell("TT", 0, levels=2),
        HeadCell("Thành phần hồ sơ", 1, levels=2),
        HeadCell("Số lượng", 2, span=3),
        HeadCell("Bản chính", 2, level=1),
        HeadCell("Bản chứng thực", 3, level=1),
        HeadCell("Bản photo", 4, level=1),
    ),
    cells=_paper,
)
_CONTROL = Layout(
    shares=((34, _L), (36, _L), (18, _C), (12, _L)),
    head=_heads(
        "TÊN CƠ QUAN",
        "THỜI GIAN GIAO, NHẬN HỒ SƠ",
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ (Trước hạn/đúng hạn/quá hạn)",
        "GHI CHÚ",
    ),
    cells=_step,
    row_height=26 * MM,
    at_least=4,
    blank=ControlStep(),
)
_REGISTER = Layout(
    shares=(
        *((6, _C), (16, _L), (24, _L), (9, _C), (19, _L), (23, _L), (17, _L)),
        *((14, _C), (14, _C), (14, _C), (14, _C), (14, _C), (13, _L), (10, _C), (13, _L)),
    ),
    head=(
        HeadCell("TT", 0, levels=3),
        HeadCell("Mã hồ sơ", 1, levels=3),
        HeadCell("Tên thủ tục hành chính", 2, levels=3),
        HeadCell("Số lượng hồ sơ (bộ)", 3, levels=3),
        HeadCell("Tên cá nhân, tổ chức", 4, levels=3),
        HeadCell("Địa chỉ, số điện thoại", 5, levels=3),
        HeadCell("Cơ quan chủ trì giải quyết", 6, levels=3),
        HeadCell("Nhận và trả kết quả", 7, span=7),
        HeadCell("Nhận hồ sơ", 7, level=1, levels=2),
        HeadCell("Hẹn trả kết quả", 8, level=1, levels=2),
        HeadCell("Chuyển hồ sơ đến cơ quan giải quyết", 9, level=1, levels=2),
        HeadCell("Nhận kết quả từ cơ quan giải quyết", 10, level=1, levels=2),
        HeadCell("Trả kết quả", 11, span=3, level=1),
        HeadCell("Ngày, tháng, năm", 11, level=2),
        HeadCell("Phương thức nhận kết quả", 12, level=2),
        HeadCell("Ký nhận", 13, level=2),
        HeadCell("Ghi chú", 14, levels=3),
    ),
    cells=_registered,
)
LAYOUTS = {
    "papers": _PAPERS,
    "steps": _CONTROL,
    "lines": _REGISTER,
    "handed": Layout(
        shares=((5, _C), (24, _L), (42, _L), (28, _L), (38, _L), (20, _C), (16, _L)),
        head=_heads(
            *("TT", "Mã hồ sơ", "Nội dung giải quyết TTHC", "Họ tên chủ hồ sơ"),
            *("Địa chỉ chủ hồ sơ", "Hẹn trả kết quả", "Ghi chú"),
        ),
        cells=_handed,
    ),
    "results": Layout(
        shares=((5, _C), (24, _L), (40, _L), (30, _L), (26, _L), (36, _L), (12, _C), (17, _C)),
        head=_heads(
            *("TT", "Mã hồ sơ", "Nội dung giải quyết TTHC", "Kết quả giải quyết TTHC"),
            *("Họ tên chủ hồ sơ", "Địa chỉ chủ hồ sơ", "Phí, lệ phí (X là có)"),
            "Đăng ký trả kết quả qua bưu điện (X là có)",
        ),
        cells=_result,
    ),
    "procedures": Layout(
        shares=(
            *((7, _C), (17, _L), (56, _L), (22, _L)),
            *((26, _L), (46, _L), (20, _L), (28, _L)),
        ),
        head=_heads(
            *("TT", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực"),
            *("Thời hạn", "Phí, lệ phí", "Trực tuyến", "Cơ quan giải quyết"),
        ),
        cells=_listed,
    ),
    "posted": Layout(
        shares=(
            *((5, _C), (24, _L), (30, _L), (36, _L), (16, _C)),
            *((20, _L), (26, _L), (15, _R), (14, _L)),
        ),
        head=_heads(
            *("TT", "Mã hồ sơ", "Chủ hồ sơ", "Địa chỉ phát", "Số điện thoại"),
            *("Số hiệu bưu gửi", "Loại (hồ sơ/kết quả)", "Số tiền thu hộ (COD)", "Ghi chú"),
        ),
        cells=_posted,
    ),
    "received": Layout(
        shares=(
            *((6, _C), (26, _L), (46, _L), (30, _L), (17, _C)),
            *((17, _C), (24, _L), (10, _C), (15, _R)),
        ),
        head=_heads(
            *("STT", "Mã hồ sơ", "Nội dung", "Họ và tên", "Ngày nhận"),
            *("Ngày hẹn trả", "Thời hạn xử lý", "Số bộ", "Phí, lệ phí (đồng)"),
        ),
        cells=_many,
    ),
    "sums": Layout(
        shares=((8, _C), (90, _L), (22, _C), (40, _R)),
        head=_heads("TT", "Khoản thu", "Loại", "Số tiền (đồng)"),
        cells=_sum,
    ),
    "counts": Layout(
        shares=((8, _C), (40, _R), (30, _R), (50, _R)),
        head=_heads("TT", "Mệnh giá (đồng)", "Số tờ", "Thành tiền (đồng)"),
        cells=_counted,
    ),
    "certified": Layout(
        shares=(
            *((6, _C), (14, _C), (17, _C), (36, _L), (50, _L)),
            *((30, _L), (10, _C), (10, _C), (20, _R), (20, _L)),
        ),
        head=_heads(
            *("TT", "Số chứng thực", "Ngày chứng thực", "Họ tên người yêu cầu"),
            *("Tên của bản chính", "Họ tên, chức danh người ký", "Số bản", "Số trang"),
            *("Phí (đồng)", "Ghi chú"),
        ),
        cells=_certified,
    ),
}
"""Every table by the name a wording calls it."""
