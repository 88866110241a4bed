"""A procedure of the portal's own catalogue, in the words of its contract."""

from __future__ import annotations

from dataclasses import dataclass

from counter.curation import Doubt
from counter.editions import Origin
from counter.official.lines import LONGEST_PAPER, Official, code_of, cut, tidy
from counter.procedures import SHORT, Paper, PaperKind, Result, Term


@dataclass(frozen=True, slots=True)
class _Term:
    qty: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _NamedCode:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class _Case:
    code: str
    name: str
    term: _Term


@dataclass(frozen=True, slots=True)
class _Channel:
    channel: int
    term: _Term | None = None


@dataclass(frozen=True, slots=True)
class _Component:
    code: str
    name: str
    kind: str
    originals: int | None = None
    copies: int | None = None
    short_name: str | None = None
    case_code: str | None = None


@dataclass(frozen=True, slots=True)
class _NumberedLaw:
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Portal:
    """A ``Procedure`` of the contract, the part of it that is used."""

    code: str
    name: str
    field: _NamedCode
    short_name: str | None = None
    executing_agency: str | None = None
    owning_system: str | None = None
    cases: tuple[_Case, ...] = ()
    channels: tuple[_Channel, ...] = ()
    components: tuple[_Component, ...] = ()
    results: tuple[_NamedCode, ...] = ()
    legal_basis: tuple[_NumberedLaw, ...] = ()


_PORTAL_KINDS = {"present": PaperKind.PRESENT, "eform": PaperKind.FORM}


def portal(told: Portal) -> Official:
    """Return what the portal tells of one procedure."""
    doubts: list[Doubt] = []
    own = [case for case in told.cases if case.code == told.code] or list(told.cases)
    terms = [_portal_term(case.term) for case in own]
    at_desk = [_portal_term(c.term) for c in told.channels if c.channel == 1 and c.term]
    term = next((t for t in (*terms, *at_desk) if t is not None), None)
    if term is None:
        doubts.append(Doubt.NO_TIME)
    elif any(other not in {term, None} for other in at_desk):
        doubts.append(Doubt.TIMES_DIFFER)
    case_names = {case.code: case.name for case in told.cases}
    papers, notes, codes = [], [], set()
    for part in told.components:
        if part.kind == "note":
            notes.append(tidy(part.name))
            doubts.append(Doubt.NOTES_LEFT_OUT)
            continue
        when = case_names.get(part.case_code or "") or (
            "Thuộc trường hợp này" if part.kind == "submit_if" else None
        )
        originals, copies = part.originals or 0, part.copies or 0
        if not originals + copies:
            originals = 1
            doubts.append(Doubt.NO_COUNTS)
        name = cut(tidy(part.short_name or part.name), LONGEST_PAPER)
        code = None if part.code in codes else code_of(part.code)
        if part.code in codes:
            doubts.append(Doubt.CODE_TWICE)
        codes.add(part.code)
        papers.append(
            Paper(
                name=name,
                kind=_PORTAL_KINDS.get(part.kind, PaperKind.SUBMIT),
                code=code,
                originals=min(originals, 99),
                copies=min(copies, 99),
                required=when is None,
                when=when,
            )
        )
    return Official(
        code=told.code,
        name=tidy(told.name),
        field_code=told.field.code,
        field_name=tidy(told.field.name),
        papers=tuple(papers),
        notes=tuple(notes),
        note_codes=frozenset(part.code for part in told.components if part.kind == "note"),
        term=term,
        fees=(),
        results=tuple(Result(tidy(r.name), code_of(r.code)) for r in told.results),
        agency=told.executing_agency or "",
        system=told.owning_system,
        legal_basis=tuple(
            law.name if law.number in law.name else f"{law.number} {law.name}"
            for law in told.legal_basis
        ),
        origin=Origin.PORTAL,
        doubts=tuple(dict.fromkeys(doubts)),
        short_name=cut(told.short_name, SHORT) if told.short_name else None,
    )


def _portal_term(term: _Term | None) -> Term | None:
    if term is None or term.qty is None or not term.unit:
        return None
    try:
        return Term(term.qty, term.unit)
    except ValueError:
        return None
