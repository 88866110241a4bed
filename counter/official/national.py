"""DVCQG's ``LayThuTuc`` read: its keys in small letters, every value a text or missing.

A fee of 0 mostly means that the rate stands in prose; it is free only where the words say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counter.calendar import DAY, HOUR, WORKING_DAY
from counter.curation import Doubt
from counter.editions import Origin
from counter.official.lines import Line, Official, code_of, cut, sorted_out, tidy
from counter.procedures import Fee, FeeKind, Result, Term
from counter.values import Dong, fold

_FREE = ("mien phi", "mien le phi", "khong thu", "khong mat phi", "khong co phi", "khong phai nop")
_BY_RULE = ("hoi dong nhan dan", "theo quy dinh", "nghi quyet", "mien le phi cho", "mien phi cho")
_UNITS = {"ngay lam viec": WORKING_DAY, "gio": HOUR, "gio lam viec": HOUR, "ngay": DAY}
_DESK_CHANNEL = "1"


@dataclass(frozen=True, slots=True)
class _Fee:
    maphilephi: str | None = None
    sotien: str | float | None = None
    donvi: str | None = None
    mota: str | None = None


@dataclass(frozen=True, slots=True)
class _Time:
    thoigiangiaiquyet: str | float | None = None
    donvitinh: str | None = None
    mota: str | None = None
    philephi: tuple[_Fee, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    kenh: str | int | None = None
    thoigian: tuple[_Time, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    tengiayto: str
    magiayto: str | None = None
    tenmaudon: str | None = None
    soluong: str | int | None = None


@dataclass(frozen=True, slots=True)
class _PaperGroup:
    truonghop: str | None = None
    giayto: tuple[_Paper, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    malinhvuc: str | None = None
    tenlinhvuc: str | None = None


@dataclass(frozen=True, slots=True)
class _Result:
    maketqua: str | None = None
    tenketqua: str | None = None


@dataclass(frozen=True, slots=True)
class _Basis:
    sovanban: str | None = None
    tenvanban: str | None = None


@dataclass(frozen=True, slots=True)
class _Agency:
    tendonvi: str | None = None


@dataclass(frozen=True, slots=True)
class National:
    """One entry of ``result``, the part of it that is used."""

    matthc: str
    tentthc: str
    linhvucthuchien: tuple[_Field, ...] | None = None
    cachthucthuchien: tuple[_Way, ...] | None = None
    ketquathuchien: tuple[_Result, ...] | None = None
    cancuphaply: tuple[_Basis, ...] | None = None
    coquanthuchien: tuple[_Agency, ...] | None = None
    thanhphanhoso: tuple[_PaperGroup, ...] | None = None


def national(told: National) -> Official:
    """Return what DVCQG tells of one procedure."""
    doubts: list[Doubt] = []
    field = (told.linhvucthuchien or (_Field(),))[0]
    papers, notes = sorted_out(_national_lines(told.thanhphanhoso or ()), doubts)
    ways = told.cachthucthuchien or ()
    times = [(str(way.kenh), time) for way in ways for time in way.thoigian or () if _term_of(time)]
    at_desk = [time for kind, time in times if kind == _DESK_CHANNEL] or [t for _, t in times]
    term = _term_of(at_desk[0]) if at_desk else None
    if term is None:
        doubts.append(Doubt.NO_TIME)
    elif any(_term_of(time) != term for _, time in times):
        doubts.append(Doubt.TIMES_DIFFER)
    fees = [fee for way in ways for time in way.thoigian or () for fee in time.philephi or ()]
    agencies = [agency.tendonvi for agency in told.coquanthuchien or () if agency.tendonvi]
    return Official(
        code=told.matthc.strip(),
        name=tidy(told.tentthc),
        field_code=(field.malinhvuc or "").strip(),
        field_name=tidy(field.tenlinhvuc or ""),
        papers=papers,
        notes=tuple(line.name for line in notes),
        note_codes=frozenset(line.code for line in notes if line.code),
        term=term,
        fees=_fees(fees, doubts),
        results=tuple(
            Result(tidy(result.tenketqua), code_of(result.maketqua))
            for result in told.ketquathuchien or ()
            if result.tenketqua
        ),
        agency="; ".join(agencies),
        system=None,
        legal_basis=tuple(
            tidy(f"{basis.sovanban or ''} {basis.tenvanban or ''}")
            for basis in told.cancuphaply or ()
        ),
        origin=Origin.NATIONAL,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _national_lines(groups: Sequence[_PaperGroup]) -> Iterator[Line]:
    for group in groups:
        for paper in group.giayto or ():
            count = str(paper.soluong or "")
            yield Line(
                tidy(paper.tengiayto),
                tidy(group.truonghop or ""),
                code_of(paper.magiayto),
                bool((paper.tenmaudon or "").strip()),
                int(count) if count.isdigit() and 0 < int(count) < 100 else None,
            )


def _fees(told: Sequence[_Fee], doubts: list[Doubt]) -> tuple[Fee, ...]:
    """Return the fees; 0 is free only where the words say so and leave no rule open."""
    fees: dict[str, Fee] = {}
    for fee in told:
        words = fold(fee.mota or "")
        amount = _amount(fee.sotien)
        if amount == 0:
            stated = any(word in words for word in _FREE)
            ruled = any(word in words for word in _BY_RULE)
            if not stated or ruled:
                amount = None
        if amount is None:
            doubts.append(Doubt.FEE_UNKNOWN)
        name = cut(tidy(fee.mota or ""), 120) or "Phí, lệ phí"
        if amount is None or fold(name) in {fold(f.name) for f in fees.values()}:
            if name not in fees and amount is None:
                code = f"QG-{len(fees) + 1}"
                fees[name] = Fee(code=code, name=name, kind=FeeKind.SERVICE_FEE)
            continue
        code = f"QG-{len(fees) + 1}"
        fees[name] = Fee(
            code=code, name=name, kind=FeeKind.SERVICE_FEE, amount=amount, free=amount == 0
        )
    return tuple(fees.values())


def _amount(text: str | float | None) -> Dong | None:
    figures = re.sub(r"[.,\s]|đ.*$", "", str(int(text) if isinstance(text, float) else text or ""))
    return Dong(int(figures)) if figures.isdigit() else None


def _term_of(time: _Time) -> Term | None:
    unit = _UNITS.get(fold(time.donvitinh or "").strip())
    try:
        quantity = float(str(time.thoigiangiaiquyet).replace(",", "."))
        return None if unit is None or quantity <= 0 else Term(quantity, unit)
    except ValueError:
        return None
