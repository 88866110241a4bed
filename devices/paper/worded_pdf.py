"""Sets a worded paper as PDF: the words of its wording filled with the facts it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from string import Formatter
from typing import assert_never

from counter.money import in_words
from counter.papers.desk import DeclarationFacts, DeclaredLine, PersonFacts
from counter.papers.facts import Facts
from counter.papers.form import Letterhead
from counter.values import Dong
from counter.wording import PageSize, Top, WordedPaper
from devices.paper import barcode
from devices.paper.letterhead import (
    A4,
    A5,
    BODY,
    DOT,
    DOTTED,
    NOTE,
    REPRINT,
    SLANTED,
    STRONG,
    Head,
    Signature,
    boxed,
    finished,
    on_dot,
    qr_bars,
    set_letterhead,
    set_nation,
    set_signatures,
    set_title,
)
from devices.paper.pdf import measure, write_pdf
from devices.paper.sheet import MM, Align, Face, Page, Run, Sheet, Type
from devices.paper.tables import put_table
from devices.paper.written import composed, day_in_words, money, time_in_words

SIZES = {
    PageSize.A5: A5,
    PageSize.A5_WIDE: (A5[1], A5[0]),
    PageSize.A4: A4,
    PageSize.A4_WIDE: (A4[1], A4[0]),
}
_MARGINS = {PageSize.A4: 18 * MM}
_SCALES = {PageSize.A4: 1.2}
_MARGIN = 10 * MM
_FOOT = 9 * MM
_SIGN_BLANK = 10 * MM
_BELOW_LINE = 0.8 * MM
_INDENT = 5 * MM
_QR_MODULE = 8 * DOT
"""1 mm: large enough for an old telephone, whole dots for a 203-dpi head."""

_STYLES = re.compile(r"(?P<bold>[*][^*]+[*])|(?P<slanted>~[^~]+~)|[^*~]+")
_TABLE = re.compile(r"\[([a-z]+)\]")
_UNCHECKED = "Lời văn chưa đối chiếu với văn bản"

_Values = dict[str, object]


def worded_pdf(paper: WordedPaper, copies: int = 1) -> bytes:
    """Set *paper* as a PDF; equal papers give equal bytes.

    Args:
        paper: What it says.
        copies: How many of the copies its wording names, counted from the last, which is handed
            out. A paper without named copies is repeated.
    """
    paper = replace(paper, head=composed(paper.head), facts=composed(paper.facts))
    names = paper.wording.copies[-copies:] or ("",) * copies
    pages = [page for name in names for page in worded_pages(paper, name)]
    return write_pdf(pages, size=size_of(paper), title=_one_line(paper))


def size_of(paper: WordedPaper) -> tuple[float, float]:
    """Return width and height of the paper's page in points."""
    return SIZES[paper.wording.page]


def worded_pages(paper: WordedPaper, copy: str) -> tuple[Page, ...]:
    """Place one copy of a composed paper on as many pages as it needs."""
    wording, head = paper.wording, paper.head
    width, height = size_of(paper)
    mark = " - ".join(part for part in (head.code or head.number, copy) if part)

    def go_on(sheet: Sheet) -> None:
        sheet.paragraph(Run(f"{mark} (tiếp theo)".strip(), NOTE), below=1 * MM)

    scale = _SCALES.get(wording.page, 1.0)
    sheet = Sheet(
        width=width,
        height=height,
        margin=_MARGINS.get(wording.page, _MARGIN),
        foot=_FOOT * scale,
        measure=measure,
        on_turn=go_on,
        scale=scale,
    )
    _set_top(sheet, paper)
    set_title(sheet, _title(paper), copy)
    _set_body(sheet, paper)
    values = _values(paper)
    if wording.signs:
        sheet.skip(2 * MM)
        set_signatures(
            sheet,
            *(
                Signature(_filled(s.role, values, ""), _filled(s.name, values, ""), s.hint)
                for s in wording.signs
            ),
            blank=_SIGN_BLANK * sheet.scale,
        )
    basis = "; ".join(
        part for part in (paper.basis, _UNCHECKED if wording.unverified else "") if part
    )
    return finished(sheet, form=basis, training=head.training)


def _set_top(sheet: Sheet, paper: WordedPaper) -> None:
    head, wording = paper.head, paper.wording
    match wording.top:
        case Top.AGENCY:
            set_letterhead(sheet, _head(head, wording.code_label))
        case Top.NATION:
            set_nation(sheet)
        case Top.NOTHING:
            pass
        case _:
            assert_never(wording.top)
    if head.reprint and wording.top is not Top.AGENCY:
        sheet.y = boxed(sheet, REPRINT, x=sheet.left, top=sheet.y) + 2 * MM


def _head(head: Letterhead, label: str) -> Head:
    return Head(
        parent_agency=head.parent_agency,
        agency=head.agency,
        place=head.place,
        at=head.at,
        code_label="Mã hồ sơ (tạm):" if head.provisional else label,
        code=head.code,
        code_note="Mã chính thức sẽ báo sau." if head.provisional else "",
        right=(),
        reprint=head.reprint,
        number=head.number,
    )


def _title(paper: WordedPaper) -> str:
    return _filled(paper.wording.title, _values(paper), "")


def _one_line(paper: WordedPaper) -> str:
    return " ".join(f"{_title(paper)} {paper.head.code}".split())


def _set_body(sheet: Sheet, paper: WordedPaper) -> None:
    values = _values(paper)
    lines = paper.wording.body.strip().splitlines()
    caption: list[Run] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        table = _TABLE.fullmatch(line)
        if table is None:
            heads = _TABLE.fullmatch(following)
            keep = heads is not None and heads[1] not in {"declared", "qr"}
            caption = _set_line(sheet, line, values, keep=keep)
        elif table[1] == "declared":
            _set_declared(sheet, paper.facts)
        elif table[1] == "qr":
            _set_qr(sheet, str(values["qr"]))
        else:
            put_table(sheet, table[1], _rows(values[table[1]]), *caption)
            sheet.skip(1.5 * MM)
            caption = []


def _set_line(sheet: Sheet, line: str, values: _Values, *, keep: bool) -> list[Run]:
    """Set one line of a body; return it unset when a table follows that it must stay with."""
    if line.startswith("? "):
        line = line[2:]
        if not all(values[name] for name in _names(line)):
            return []
    align, indent = Align.LEFT, 0.0
    if line.startswith("= "):
        line, align = line[2:], Align.CENTRE
    elif line.startswith("- "):
        indent = _INDENT
    runs = _runs(line, values)
    if keep and align is Align.LEFT:
        return runs
    sheet.paragraph(*runs, align=align, indent=indent, below=_BELOW_LINE * sheet.scale)
    return []


def _set_declared(sheet: Sheet, facts: Facts) -> None:
    """Set label and value line by line, or a dotted line to write on."""
    lines: tuple[DeclaredLine, ...] = (
        facts.declared if isinstance(facts, DeclarationFacts | PersonFacts) else ()
    )
    sheet.skip(2 * MM)
    for line in lines:
        if line.heading:
            sheet.keep(14 * MM)
            sheet.skip(1.5 * MM)
            sheet.paragraph(Run(line.label, STRONG), below=1 * MM)
        else:
            label = Run(f"{line.label}: ", BODY)
            value = Run(line.value, STRONG) if line.value else Run(_dots(sheet, label), BODY)
            sheet.paragraph(label, value, below=1 * MM)
    sheet.skip(2 * MM)


def _set_qr(sheet: Sheet, text: str) -> None:
    """Set a code to be scanned by telephones in the middle, with its quiet zone around it."""
    quiet = barcode.QR_QUIET_MODULES * _QR_MODULE
    side = len(barcode.qr(text)) * _QR_MODULE
    sheet.keep(side + 2 * quiet)
    left, top = on_dot(sheet.left + (sheet.inner - side) / 2), on_dot(sheet.y + quiet)
    bars, _side = qr_bars(text, x=left, y=top, module=_QR_MODULE)
    sheet.put(bars)
    sheet.y = top + side + quiet


def _dots(sheet: Sheet, label: Run) -> str:
    """Return dots for the rest of the line that *label* begins, at least a dozen."""
    begun = sheet.lines([label])[-1].width
    dot = measure(".", Type(Face.REGULAR, BODY.size * sheet.scale))
    return "." * max(12, int((sheet.inner - begun) / dot) - 2)


def _runs(line: str, values: _Values) -> list[Run]:
    runs: list[Run] = []
    for part in _STYLES.finditer(line):
        text, type_ = part[0], BODY
        if part["bold"]:
            text, type_ = text[1:-1], STRONG
        elif part["slanted"]:
            text, type_ = text[1:-1], SLANTED
        runs.append(Run(_filled(text, values, DOTTED), type_))
    return runs


def _names(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _filled(text: str, values: _Values, empty: str) -> str:
    return "".join(
        words + ("" if name is None else _written(values[name], filter_ or "") or empty)
        for words, name, filter_, _ in Formatter().parse(text)
    )


def _written(value: object, filter_: str) -> str:
    match filter_, value:
        case _, None:
            return ""
        case "day", date():
            return day_in_words(value)
        case "Day", date():
            words = day_in_words(value)
            return words[0].upper() + words[1:]
        case "time", datetime():
            return time_in_words(value)
        case "money", int():
            return money(Dong(value))
        case "words", int():
            return in_words(Dong(value))
        case "upper", str():
            return value.upper()
        case _, _:
            return str(value)


def _rows(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _values(paper: WordedPaper) -> _Values:
    """Return what a wording may name, the facts before the letterhead."""
    return {
        f.name: getattr(part, f.name) for part in (paper.head, paper.facts) for f in fields(part)
    }
