"""What an official catalogue says, beside what stands here: nothing counts until it is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from counter.calendar import OTHER
from counter.curation import Doubt, Part, Proposal, Proposals, changed_parts
from counter.official.lines import Official, cut
from counter.procedures import SHORT, Catalogue, Fee, Field, Owner, Paper, Procedure, Result, Term
from counter.values import fold


def proposals(
    catalogue: Catalogue, official: Iterable[Official], on: date, begins: date
) -> Proposals:
    """Compare *official* with what is in force, and return where they differ."""
    fields = {p.field.code: p.field for p in catalogue.procedures}
    by_name = {fold(field.name): field for field in fields.values()}
    standing = {p.code: p for p in catalogue.in_force(on)}
    offered: list[Proposal] = []
    unplaced: list[str] = []
    same = 0
    for told in official:
        current = standing.get(told.code)
        field = current.field if current else fields.get(told.field_code)
        field = field or by_name.get(fold(told.field_name))
        if field is None:
            unplaced.append(told.code)
            continue
        try:
            proposed = _proposed(told, current, field, begins)
        except ValueError:  # not as a procedure of ours can be: a code that is none, for instance
            unplaced.append(told.code)
            continue
        parts = changed_parts(current, proposed) if current else tuple(Part)
        if not parts:
            same += 1
            continue
        open_ = {part for doubt in told.doubts for part in _DOUBTED[doubt]}
        sure = tuple(part for part in parts if part not in open_)
        offered.append(Proposal(current, proposed, told.origin, parts, sure, told.doubts))
    return Proposals(tuple(offered), same, tuple(unplaced))


_DOUBTED: Mapping[Doubt, tuple[Part, ...]] = {
    Doubt.NOTES_LEFT_OUT: (Part.NOTES,),
    Doubt.NO_COUNTS: (Part.PAPERS,),
    Doubt.LONG_NAMES: (Part.PAPERS,),
    Doubt.CODE_TWICE: (Part.PAPERS,),
    Doubt.SEVERAL_CASES: (Part.PAPERS,),
    Doubt.TIMES_DIFFER: (Part.TERM,),
    Doubt.NO_TIME: (Part.TERM,),
    Doubt.FEE_UNKNOWN: (Part.FEES,),
}


def _proposed(told: Official, current: Procedure | None, field: Field, begins: date) -> Procedure:
    if current is None:
        return Procedure(
            code=told.code,
            name=told.name,
            short_name=told.short_name or cut(told.name, SHORT),
            field=field,
            revision="?",
            effective_from=begins,
            papers=told.papers,
            term=told.term or Term(0, OTHER),
            results=told.results,
            agency=told.agency or "Ủy ban nhân dân cấp xã",
            owner=Owner.MINISTRY if told.system else Owner.DESK,
            system=told.system,
            fees=told.fees,
            notes=told.notes,
            legal_basis=told.legal_basis,
            unverified=True,
        )
    renamed = fold(told.name) != fold(current.name)
    foreign_owner = told.system is not None and told.system != current.system
    return replace(
        current,
        name=told.name if renamed else current.name,
        short_name=cut(told.name, SHORT) if renamed else current.short_name,
        papers=_merged_papers(current.papers, told),
        term=told.term or current.term,
        fees=_merged_fees(current.fees, told.fees),
        results=_merged_results(current.results, told.results),
        owner=Owner.MINISTRY if foreign_owner else current.owner,
        system=told.system if foreign_owner else current.system,
        legal_basis=_merged_basis(current.legal_basis, told.legal_basis),
        notes=current.notes,
    )


def _merged_papers(ours: Sequence[Paper], told: Official) -> tuple[Paper, ...]:
    """Return our own list brought up to theirs by code; our words and counts stay.

    A paper of ours without a code stays; one whose code is theirs no more goes.
    """
    theirs = told.papers
    if not theirs:
        return tuple(ours)
    codes = {paper.code for paper in theirs} | told.note_codes
    kept = [paper for paper in ours if paper.code is None or paper.code in codes]
    there = {paper.code for paper in kept} | {None}
    known = {fold(paper.name) for paper in kept}
    new = [p for p in theirs if p.code not in there and fold(p.name) not in known]
    return (*kept, *new)


def _merged_fees(ours: Sequence[Fee], theirs: Sequence[Fee]) -> tuple[Fee, ...]:
    """Return our fees with their known amounts; an unknown one never replaces ours."""
    known = {fold(fee.name): fee for fee in theirs if fee.amount is not None}
    merged = []
    for fee in ours:
        told = known.pop(fold(fee.name), None)
        if told is not None and fee.later is None:
            fee = replace(fee, amount=told.amount, free=told.free)  # noqa: PLW2901 - as told
        merged.append(fee)
    return (*merged, *known.values()) if not ours else tuple(merged)


def _merged_results(ours: Sequence[Result], theirs: Sequence[Result]) -> tuple[Result, ...]:
    """Return ours when each of theirs is among them, by code or by name."""
    codes, names = {r.code for r in ours}, {fold(r.name) for r in ours}
    if all(result.code in codes or fold(result.name) in names for result in theirs):
        return tuple(ours)
    return tuple(theirs)


def _merged_basis(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return ours and what they name beside it; one is known by the number in it."""
    said = " ".join(ours)
    return (*ours, *(text for text in theirs if text.split(" ", 1)[0] not in said))
