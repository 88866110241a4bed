"""The registers as files that other programs open: XLSX and CSV; the one file with openpyxl.

Nothing a person wrote is ever taken for a formula: texts are written as texts in XLSX, and marked
as such with an apostrophe in CSV where a program would calculate them.

A register names many citizens, so it is plain in the file that was asked for and nowhere else:
openpyxl 3.1 would first write each sheet into the computer's temporary folder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter.folder import folder_error
from counter.outside import write_outside
from counter.papers.desk import CertifiedLine
from counter.papers.law import RegisterLine
from counter.values import VIETNAM

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as Written

Cell = str | int | datetime | None

REGISTER_HEAD = (
    *("TT", "Mã hồ sơ", "Tên thủ tục hành chính", "Số lượng hồ sơ (bộ)", "Tên cá nhân, tổ chức"),
    *("Địa chỉ, số điện thoại", "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả"),
    *("Chuyển hồ sơ đến cơ quan giải quyết", "Nhận kết quả từ cơ quan giải quyết"),
    *("Ngày trả kết quả", "Phương thức nhận kết quả", "Ký nhận", "Ghi chú"),
)
"""The columns of form 07, its nested heads flattened."""

CERTIFIED_HEAD = (
    *("Số chứng thực", "Ngày, tháng, năm", "Họ tên người yêu cầu", "Tên bản chính giấy tờ"),
    *("Họ tên người ký", "Số bản", "Số trang", "Phí (đồng)", "Ghi chú"),
)
"""The columns of the book of certified copies."""

_WIDTHS = (6, 26, 44, 9, 28, 40, 30, 17, 17, 17, 17, 17, 14, 10, 26)
_CALCULATED = ("=", "+", "-", "@", "\t", "\r")


def register_rows(lines: Sequence[RegisterLine]) -> Iterable[tuple[Cell, ...]]:
    """Yield one row for each dossier, under ``REGISTER_HEAD``."""
    for number, line in enumerate(lines, start=1):
        yield (
            *(number, line.code, line.procedure, line.sets, line.applicant, line.contact),
            *(line.agency, line.received_at, line.due_at, line.passed_at, line.result_at),
            *(line.returned_at, line.way, None, line.note),
        )


def certified_rows(lines: Sequence[CertifiedLine]) -> Iterable[tuple[Cell, ...]]:
    """Yield one row for each entry, under ``CERTIFIED_HEAD``."""
    for line in lines:
        yield (
            *(line.entry, f"{line.on:%d/%m/%Y}", line.person, line.document, line.signer),
            *(line.copies, line.pages, line.fee, line.note),
        )


def write_xlsx(path: Path, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write one sheet with a head that stays in sight; moments are Vietnamese clock time.

    Only this account can read the file, whole or not at all, and nothing of it lies elsewhere.

    Raises:
        DiskFull, StoreReadOnly: The file cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width

    def cell(value: Cell) -> Written | None:
        if value is None:
            return None
        made = WriteOnlyCell(sheet, _clock(value))
        if isinstance(value, datetime):
            made.number_format = "dd/mm/yyyy hh:mm"
        elif isinstance(value, str):
            made.data_type = "s"
            made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    heads = [WriteOnlyCell(sheet, name) for name in head]
    for made in heads:
        made.font = Font(bold=True)
        made.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    lines = ([cell(value) for value in row] for row in rows)
    _write(path, _packed(book, sheet, chain((heads,), lines)))


def _packed(book: Workbook, sheet: Any, lines: Iterable[Sequence[object]]) -> bytes:
    """Return the workbook with *lines* in its one sheet, put together in memory alone.

    *sheet* is openpyxl's; what is asked of it here stands in no type stubs.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    content = BytesIO()
    archive = ZipFile(content, "w", ZIP_DEFLATED)
    written: Any = WorksheetWriter(sheet, BytesIO())

    class Packer(ExcelWriter):
        """Takes the sheet from memory; openpyxl's own takes it from a file (3.1.5)."""

        def write_worksheet(self, ws: Any) -> None:
            ws.close()
            ws._drawing, ws._rels = None, written._rels
            archive.writestr(ws.path[1:], written.read())
            self.manifest.append(ws)

    written.write_top()
    sheet._writer = written
    for line in lines:
        sheet.append(line)
    Packer(book, archive).save()
    return content.getvalue()


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write UTF-8 with the sign that spreadsheets know it by; moments as ``23/11/2026 09:05``.

    Only this account can read the file, whole or not at all.

    Raises:
        DiskFull, StoreReadOnly: The file cannot be written.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_plain(value) for value in row] for row in rows)
    _write(path, text.getvalue().encode("utf-8-sig"))


def _write(path: Path, content: bytes) -> None:
    try:
        write_outside(path, content)
    except OSError as error:
        raise folder_error(error) from error


def _clock(value: Cell) -> Cell:
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).replace(tzinfo=None)
    return value


def _plain(value: Cell) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
        case str() if value.startswith(_CALCULATED):
            return f"'{value}"
        case _:
            return str(value)
