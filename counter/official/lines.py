"""What an official catalogue tells of one procedure, and its checklist parted from its notes.

Most lines under "thành phần hồ sơ" are notes and no papers, most papers have no count, and names
run to pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from counter.curation import Doubt
from counter.editions import Origin
from counter.procedures import Fee, Paper, PaperKind, Result, Term
from counter.values import fold

LONGEST_PAPER = 160
"""Longest name of a paper that a receipt can bear."""

_CUTS = ("; ", ". ", " (", ": ", ", ")
_NOTE_GROUPS = ("luu y", "ghi chu")
_NOTES = (
    *("luu y", "ghi chu", "truong hop", "doi voi", "nguoi ", "ca nhan", "co quan", "khi ", "neu "),
    *("viec ", "cong dan", "to chuc", "giay to do co quan", "ban chup cac giay to", "cha me"),
)


@dataclass(frozen=True, slots=True)
class Official:
    """One procedure as an official catalogue tells it.

    Attributes:
        note_codes: Codes of the lines that were taken for notes; a paper of ours that has one of
            them stays.
    """

    code: str
    name: str
    field_code: str
    field_name: str
    papers: tuple[Paper, ...]
    notes: tuple[str, ...]
    term: Term | None
    fees: tuple[Fee, ...]
    results: tuple[Result, ...]
    agency: str
    system: str | None
    legal_basis: tuple[str, ...]
    origin: Origin
    doubts: tuple[Doubt, ...]
    short_name: str | None = None
    note_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an official checklist before it is known what it is."""

    name: str
    group: str
    code: str | None
    is_form: bool
    count: int | None


def sorted_out(
    lines: Iterable[Line], doubts: list[Doubt]
) -> tuple[tuple[Paper, ...], tuple[Line, ...]]:
    """Part papers from notes; say in *doubts* what was guessed."""
    papers: list[Paper] = []
    notes: list[Line] = []
    codes: set[str] = set()
    for line in lines:
        if not line.name:
            continue
        if is_note(line.name, line.group):
            notes.append(line)
            doubts.append(Doubt.NOTES_LEFT_OUT)
            continue
        code = line.code
        if code is not None and code in codes:
            code = None
            doubts.append(Doubt.CODE_TWICE)
        elif code is not None:
            codes.add(code)
        name = cut(line.name, LONGEST_PAPER)
        if name != line.name:
            doubts.append(Doubt.LONG_NAMES)
        if line.count is None:
            doubts.append(Doubt.NO_COUNTS)
        case = _case_of(line.group)
        if case is not None:
            doubts.append(Doubt.SEVERAL_CASES)
        copied = fold(name).startswith(("ban sao", "ban chup"))
        papers.append(
            Paper(
                name=name,
                kind=_kind(line),
                code=code,
                originals=0 if copied else line.count or 1,
                copies=(line.count or 1) if copied else 0,
                required=case is None,
                when=case,
            )
        )
    return tuple(papers), tuple(notes)


def is_note(name: str, group: str = "") -> bool:
    """Tell whether a line of an official checklist is a note and no paper."""
    told = fold(name.lstrip("-+*• "))
    if any(word in fold(group) for word in _NOTE_GROUPS):
        return True
    return name.rstrip().endswith(":") or told.startswith(_NOTES)


def _kind(line: Line) -> PaperKind:
    if "xuat trinh" in fold(line.group):
        return PaperKind.PRESENT
    if line.is_form or fold(line.name).startswith(("to khai", "don ")):
        return PaperKind.FORM
    return PaperKind.SUBMIT


def _case_of(group: str) -> str | None:
    """Return the case a group of papers belongs to, None when they are for everybody."""
    told = fold(group)
    if not told or any(word in told for word in ("phai nop", "xuat trinh", "thanh phan ho so")):
        return None
    return cut(group.strip("*-: "), 120)


def tidy(text: str | None) -> str:
    """Return *text* single-spaced, without the marks of a list."""
    return " ".join((text or "").split()).strip("-+*• ").rstrip(";")


def code_of(text: str | None) -> str | None:
    """Return a code of the national catalogue, None when it is none."""
    told = (text or "").strip().upper()
    return told if re.fullmatch(r"[0-9A-ZĐ._-]{1,64}", told) else None


def cut(text: str, longest: int) -> str:
    """Return *text*, or its first thought when it is longer than *longest* letters."""
    if len(text) <= longest:
        return text
    ends = [text.find(cut, 24) for cut in _CUTS]
    end = min((place for place in ends if 0 < place <= longest), default=-1)
    if end > 0:
        return text[:end].strip()
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"
