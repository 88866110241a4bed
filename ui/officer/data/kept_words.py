"""What the desk keeps about a citizen, in the words of the paper that is handed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from counter.papers.desk import DeclaredLine, PersonFacts
from counter.values import Dong
from ui import states, written
from ui.officer.catalogue.telling import FEE_KINDS
from ui.officer.data.captions import CAPTIONS, KINDS, LEFT_OUT
from ui.said import QT_TRANSLATE_NOOP, said

if TYPE_CHECKING:
    from counter.citizen_data import KeptPart, KeptRecord

MONEY = frozenset({"amount", "unit_price", "fee", "fee_total", "paid_amount"})
WHOLE = frozenset({"dossier", "people", "declared", "guidance", "visits"})
"""Parts that tell each thing on a line of its own; of the others a row is one line."""

_YES = QT_TRANSLATE_NOOP("texts", "có")
_NO = QT_TRANSLATE_NOOP("texts", "không")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

WORDS: Mapping[str, Mapping[str, str]] = {
    "status": {str(code): word for code, word in states.STATUSES.items()},
    "left_status": {str(code): word for code, word in states.STATUSES.items()},
    "event": states.EVENTS,
    "action": states.AUDITED | states.EVENTS,
    "officer": states.ACTORS,
    "identity_source": {kind.value: word for kind, word in states.SOURCES.items()},
    "source": {kind.value: word for kind, word in states.SOURCES.items()},
    "verdict": {kind.value: word for kind, word in states.VERDICTS.items()},
    "way": {way.value: word for way, word in states.RETURN_WAYS.items()},
    "relation": {kind.value: word for kind, word in states.RELATIONS.items()},
    "document_kind": {kind.value: word for kind, word in states.DOCUMENTS.items()},
    "method": {
        "cash": QT_TRANSLATE_NOOP("texts", "Tiền mặt"),
        "vietqr": QT_TRANSLATE_NOOP("texts", "Chuyển khoản VietQR"),
        "online": QT_TRANSLATE_NOOP("texts", "Nộp trực tuyến trên cổng"),
        "sister": QT_TRANSLATE_NOOP("texts", "Nộp ở quầy khác"),
    },
    "money.kind": states.MONEY_KINDS,
    "fees.kind": {kind.value: word for kind, word in FEE_KINDS.items()},
    "letters.kind": {
        "apology": QT_TRANSLATE_NOOP("texts", "Xin lỗi, hẹn lại"),
        "stop": QT_TRANSLATE_NOOP("texts", "Thông báo dừng"),
    },
    "files.kind": {
        "paper": QT_TRANSLATE_NOOP("texts", "Giấy tờ"),
        "result": QT_TRANSLATE_NOOP("texts", "Kết quả"),
    },
    "told_to_the_portal.kind": {
        "dossier": QT_TRANSLATE_NOOP("texts", "Hồ sơ"),
        "event": QT_TRANSLATE_NOOP("texts", "Việc của hồ sơ"),
        "note": QT_TRANSLATE_NOOP("texts", "Ghi chú"),
    },
}
"""Words for what is kept as a code, by its name, or by that and the part it stands in."""


def person_facts(record: KeptRecord) -> PersonFacts:
    """Return what the paper says."""
    return PersonFacts(
        citizen=record.citizen,
        count=record.count,
        declared=tuple(_lines(record)),
        officer=record.officer,
    )


def caption(name: str) -> str:
    """Return what a kept thing is called; one that no word is known for keeps its own name."""
    word = CAPTIONS.get(name) or CAPTIONS.get(name.rpartition(".")[2])
    return said(word) if word else name


def _lines(record: KeptRecord) -> Iterator[DeclaredLine]:
    for kind, group in groupby(record.parts, key=lambda part: part.kind):
        parts = [_told(part) for part in group]
        if kind in WHOLE:
            for told in filter(None, parts):
                yield DeclaredLine(said(KINDS[kind]), heading=True)
                yield from (DeclaredLine(label, value) for label, value in told)
            continue
        rows = list(filter(None, parts))
        if rows:
            yield DeclaredLine(said(KINDS[kind]), heading=True)
        for number, told in enumerate(rows, 1):
            row = "; ".join(f"{label.lower()}: {value}" for label, value in told)
            yield DeclaredLine(str(number), row)


def _told(part: KeptPart) -> list[tuple[str, str]]:
    """Return label and words of everything in *part* that the paper tells."""
    told = []
    for name, value in part.lines:
        last = name.rpartition(".")[2]
        if part.kind == "declared":
            label, words = name, value
        elif last in LEFT_OUT or value == "0":
            continue
        else:
            place = f"{part.kind}.{name}"
            label = caption(place if place in CAPTIONS else name)
            words = _words(part.kind, last, value)
        told.append((label, words))
    return told


def _words(kind: str, name: str, value: str) -> str:
    words = WORDS.get(f"{kind}.{name}") or WORDS.get(name)
    if words is not None:
        return said(words[value]) if value in words else value
    if name in MONEY:
        return written.money(Dong(int(value)))
    if value in {"True", "False"}:
        return said(_YES if value == "True" else _NO)
    return _time(value)


def _time(value: str) -> str:
    """Return a moment or a day as it is written on paper; everything else as it is."""
    if not _DAY.match(value):
        return value
    try:
        if len(value) == len("2026-01-31"):
            return written.day(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return written.moment(moment) if moment.tzinfo else value
