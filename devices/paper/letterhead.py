"""What every statutory form has in common: its letterhead, codes, labelled lines, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.paper import barcode
from devices.paper.sheet import (
    MM,
    Align,
    Bars,
    Face,
    Frame,
    Line,
    Mark,
    Page,
    Placed,
    Run,
    Sheet,
    Type,
    height_of,
    set_column,
)
from devices.paper.written import day_in_words

A5 = (148 * MM, 210 * MM)
A4 = (210 * MM, 297 * MM)

BODY = Type(Face.REGULAR, 10)
STRONG = Type(Face.BOLD, 10)
SLANTED = Type(Face.ITALIC, 10)
NOTE = Type(Face.ITALIC, 8.5)
TITLE = Type(Face.BOLD, 12.5)
SMALL = Type(Face.REGULAR, 7.5)
CELL = Type(Face.REGULAR, 9.5)
CELL_HEAD = Type(Face.BOLD, 8.5)

DOT = MM / 8
"""One dot of a print head with 8 dots per millimetre (203 dpi)."""

_BAR_MODULE = 3 * DOT  # 0.375 mm: the narrowest that such heads print and readers read
_BAR_HEIGHT = 8 * MM
_QR_MODULE = 4 * DOT

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
REPRINT = "BẢN IN LẠI"
TRAINING = "BẢN THỬ - KHÔNG CÓ GIÁ TRỊ"
DOTTED = "." * 40
"""Room for a value that is to be written by hand."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the title of a form.

    Attributes:
        code: Printed as text, QR and bars; empty for none.
        number: Number of the paper itself; empty for none.
        right: Lines under the date on the right, such as the number in the book.
    """

    parent_agency: str
    agency: str
    place: str
    at: datetime
    code_label: str
    code: str
    code_note: str
    right: tuple[str, ...]
    reprint: bool
    number: str = ""


def set_letterhead(sheet: Sheet, head: Head) -> None:
    """Set agency, country and motto, the code as text, QR and Code 128, place and date."""
    _set_agency_and_nation(sheet, head)
    _set_code_and_date(sheet, head)
    if head.code:
        _set_bars(sheet, head.code)
    else:
        sheet.skip(3 * MM)


def set_nation(sheet: Sheet) -> None:
    """Set country and motto in the middle, as they stand above what a citizen writes."""
    sheet.paragraph(Run(NATION, STRONG), align=Align.CENTRE)
    sheet.paragraph(Run(MOTTO, STRONG), align=Align.CENTRE)
    width = sheet.lines([Run(MOTTO, STRONG)])[0].width
    _rule(sheet, middle=sheet.left + sheet.inner / 2, width=width, y=sheet.y + 1.5)
    sheet.skip(6 * MM)


def _set_agency_and_nation(sheet: Sheet, head: Head) -> None:
    right_width = sheet.inner * 0.55
    left_width = sheet.inner - right_width - 2 * MM
    right_x = sheet.left + sheet.inner - right_width
    top = sheet.y
    parent = sheet.lines([Run(head.parent_agency.upper(), Type(Face.REGULAR, 9))], left_width)
    agency = sheet.lines([Run(head.agency.upper(), Type(Face.BOLD, 9))], left_width)
    nation = sheet.lines([Run(NATION, Type(Face.BOLD, 9))], right_width)
    motto = sheet.lines([Run(MOTTO, STRONG)], right_width)
    left_end = _column(sheet, [*parent, *agency], x=sheet.left, width=left_width, top=top)
    right_end = _column(sheet, [*nation, *motto], x=right_x, width=right_width, top=top)
    _rule(sheet, middle=sheet.left + left_width / 2, width=left_width * 0.4, y=left_end + 1.5)
    _rule(sheet, middle=right_x + right_width / 2, width=motto[0].width, y=right_end + 1.5)
    sheet.y = max(left_end, right_end) + 3 * MM


def _set_code_and_date(sheet: Sheet, head: Head) -> None:
    top = on_dot(sheet.y)
    beside = _set_qr(sheet, head.code, top) if head.code else 0.0

    right_width = sheet.inner * 0.55
    right_x = sheet.left + sheet.inner - right_width
    date = f"{head.place}, {day_in_words(head.at)}"
    lines = list(sheet.lines([Run(date, SLANTED)], right_width))
    for text in head.right:
        lines += sheet.lines([Run(text, Type(Face.REGULAR, 9.5))], right_width)
    right_end = _column(sheet, lines, x=right_x, width=right_width, top=top)

    left_x = sheet.left + beside
    left_width = right_x - left_x - 2 * MM
    lines = []
    if head.number:
        lines += sheet.lines([Run(f"Số: {head.number}", BODY)], left_width)
    if head.code:
        lines += sheet.lines([Run(head.code_label, BODY)], left_width)
        lines += sheet.lines([Run(head.code, Type(Face.BOLD, 11))], left_width)
        lines += sheet.lines([Run(head.code_note, NOTE)], left_width)
    left_end = _column(sheet, lines, x=left_x, width=left_width, top=top, align=Align.LEFT)
    if head.reprint:
        left_end = boxed(sheet, REPRINT, x=left_x, top=left_end + 0.5 * MM)
    sheet.y = max(left_end, right_end, top + beside)


def _set_qr(sheet: Sheet, code: str, top: float) -> float:
    """Set the QR on the left; return its side with the quiet zone."""
    bars, side = qr_bars(code, x=on_dot(sheet.left), y=top, module=_QR_MODULE)
    sheet.put(bars)
    return side + barcode.QR_QUIET_MODULES * _QR_MODULE


def _set_bars(sheet: Sheet, code: str) -> None:
    """Set Code 128 in the middle; a code too long for the page has its QR alone.

    The page's margins, at least 10 modules wide, are the code's quiet zones.
    """
    bars, modules = barcode.code128(code)
    width = modules * _BAR_MODULE
    if width > sheet.inner:
        return
    left, top = on_dot(sheet.left + (sheet.inner - width) / 2), on_dot(sheet.y + 1.5 * MM)
    boxes = tuple(
        (left + at * _BAR_MODULE, top, wide * _BAR_MODULE, _BAR_HEIGHT) for at, wide in bars
    )
    sheet.put(Bars(boxes))
    sheet.y = top + _BAR_HEIGHT + 2.5 * MM


def qr_bars(text: str, *, x: float, y: float, module: float) -> tuple[Bars, float]:
    """Place the QR of *text* with its upper left corner at (x, y); return it and its side."""
    rows = barcode.qr(text)
    boxes = tuple(
        (x + at * module, y + row * module, wide * module, module)
        for row, bars in enumerate(rows)
        for at, wide in bars
    )
    return Bars(boxes), len(rows) * module


def set_title(sheet: Sheet, title: str, below: str) -> None:
    """Set the form's title in the middle, line by line, and *below* smaller under it."""
    for line in title.split("\n"):
        sheet.paragraph(Run(line, TITLE), align=Align.CENTRE)
    sheet.paragraph(Run(below, SLANTED), align=Align.CENTRE, below=1.2 * MM)


def set_field(sheet: Sheet, label: str, value: str, type_: Type = BODY) -> None:
    """Set ``label: value``; the value is in *type_*."""
    sheet.paragraph(Run(f"{label}: ", BODY), Run(value, type_), below=0.3 * MM)


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: who signs, and the name printed under it where it is known."""

    role: str
    name: str
    hint: str = "(Ký và ghi rõ họ tên)"


def set_signatures(sheet: Sheet, *signatures: Signature, blank: float) -> None:
    """Set one place to sign on the right, or two side by side, *blank* points high.

    They are never divided by a page's end.
    """
    width = sheet.inner / 2 - 2 * MM
    right = sheet.left + sheet.inner - width
    places = (sheet.left, right)[-len(signatures) :]
    columns = [
        (
            [
                *sheet.lines([Run(signature.role, STRONG)], width),
                *sheet.lines([Run(signature.hint, NOTE)], width),
            ],
            sheet.lines([Run(signature.name, STRONG)], width),
        )
        for signature in signatures
    ]
    heads = max(height_of(head) for head, _ in columns)
    names = max(height_of(name) for _, name in columns)
    sheet.keep(heads + blank + names)
    for (head, name), x in zip(columns, places, strict=True):
        _column(sheet, head, x=x, width=width, top=sheet.y)
        _column(sheet, name, x=x, width=width, top=sheet.y + heads + blank)
    sheet.y += heads + blank + names


def finished(sheet: Sheet, *, form: str, training: bool) -> tuple[Page, ...]:
    """Return the pages with the form's basis and, when there are several, their numbers.

    Args:
        sheet: All that was set; nothing is put on it any more.
        form: Which form this is, small in the lower left corner.
        training: Mark every page as worthless.
    """
    total = len(sheet.pages)
    pages: list[Page] = []
    for number, things in enumerate(sheet.pages, start=1):
        foot = sheet.height - sheet.foot + 1 * MM
        marks: list[Placed] = [Mark(TRAINING)] if training else []
        numbers = f"Trang {number}/{total}" if total > 1 else ""
        basis = sheet.lines([Run(form, SMALL)], sheet.inner * 0.8)[:1]
        placed = set_column(
            basis,
            x=sheet.left,
            width=sheet.inner * 0.8,
            top=foot,
            align=Align.LEFT,
            measure=sheet.measure,
        )
        placed += set_column(
            sheet.lines([Run(numbers, SMALL)]),
            x=sheet.left,
            width=sheet.inner,
            top=foot,
            align=Align.RIGHT,
            measure=sheet.measure,
        )
        pages.append((*marks, *things, *placed))
    return tuple(pages)


def _column(
    sheet: Sheet,
    lines: Sequence[Line],
    *,
    x: float,
    width: float,
    top: float,
    align: Align = Align.CENTRE,
) -> float:
    """Put *lines* into a column and return where it ends."""
    sheet.put(*set_column(lines, x=x, width=width, top=top, align=align, measure=sheet.measure))
    return top + height_of(lines)


def _rule(sheet: Sheet, *, middle: float, width: float, y: float) -> None:
    sheet.put(Bars(((middle - width / 2, y, width, 0.6),)))


def boxed(sheet: Sheet, text: str, *, x: float, top: float) -> float:
    """Set *text* in a frame; return where the frame ends."""
    lines = sheet.lines([Run(text, STRONG)])
    width = lines[0].width + 4 * MM
    height = height_of(lines) + 1 * MM
    sheet.put(Frame(x, top, width, height))
    _column(sheet, lines, x=x, width=width, top=top + 0.5 * MM)
    return top + height


def on_dot(position: float) -> float:
    """Move *position* to the nearest whole dot of a 203-dpi head."""
    return round(position / DOT) * DOT
