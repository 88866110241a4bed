"""What was keyed wrong put right; what stood there stays in the history and with the portal."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter.acts import Correct
from counter.desk.case import Case
from counter.desk.facts import Fact, name_of, reason_of
from counter.errors import NothingToCorrect, PapersNeeded
from counter.store import life, parties
from counter.store.dossiers import applicant_of
from counter.values import fold
from counter.work import Applicant, IdentitySource

NOTHING = "(trống)"


@dataclass(frozen=True, slots=True)
class _Change:
    """One thing that was wrong, as the history shows it and as the portal is told it."""

    name: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    before_shown: str
    after_shown: str


def correct(case: Case, asked: Correct) -> Fact:
    """Put the applicant right, and how many of which papers came.

    What was proven of a card is not proven of what is typed, so a person whose name, number, day
    of birth or sex changes is one typed by hand from then on.

    Raises:
        NothingToCorrect: It says what stands there already.
        PapersNeeded: The papers are not this dossier's, or nothing of one is left.
        ReasonNeeded, LeaderNeeded: They were not given.
    """
    row, person = case.row, asked.person
    changes = _changes(applicant_of(row), person) + _papers(case, asked)
    reason, leader = reason_of(asked.reason), name_of(asked.leader)
    if not changes:
        raise NothingToCorrect
    _owner, submitter = parties.of_dossier(case.session, row)
    brought_by = submitter.person.full_name if submitter else ""
    row.applicant_name = person.full_name
    row.applicant_folded = fold(f"{person.full_name} {brought_by}")
    row.applicant_number = person.number.digits if person.number else None
    row.birth_date = person.birth_date.iso if person.birth_date else None
    row.sex = person.sex.value if person.sex else None
    row.address, row.phone, row.email = person.address, person.phone, person.email
    if {change.name for change in changes} & _PROVEN:
        row.identity_source, row.verdict = IdentitySource.MANUAL.value, None
    shown = "; ".join(f"{c.name}: {c.before_shown} → {c.after_shown}" for c in changes)
    whole = "; ".join(f"{c.name}: {c.before} → {c.after}" for c in changes)
    why = f"{reason} · {leader}"
    return Fact(
        "dossier.corrected", "note", f"{shown} · {why}", told=f"Đính chính: {whole} · {why}"
    )


def _papers(case: Case, asked: Correct) -> list[_Change]:
    """Put right how many of each paper came; return what was wrong.

    Raises:
        PapersNeeded: They are not the dossier's papers, or nothing of any is left.
    """
    if asked.papers is None:
        return []
    rows = life.received(case.session, case.row)
    if [row.name for row in rows] != [paper.name for paper in asked.papers]:
        raise PapersNeeded
    changes = []
    for row, paper in zip(rows, asked.papers, strict=True):
        if paper.originals + paper.certified + paper.copies == 0:
            raise PapersNeeded
        before = _counts(row.originals, row.certified, row.copies)
        after = _counts(paper.originals, paper.certified, paper.copies)
        row.originals, row.certified, row.copies = paper.originals, paper.certified, paper.copies
        if before != after:
            changes.append(_Change(paper.name, before, after, before, after))
    return changes


def _counts(originals: int, certified: int, copies: int) -> str:
    return f"{originals} chính, {certified} chứng thực, {copies} sao"


_NAME, _NUMBER, _BORN, _SEX = "Họ và tên", "Số định danh", "Ngày sinh", "Giới tính"
_PROVEN = {_NAME, _NUMBER, _BORN, _SEX}


def _changes(before: Applicant, after: Applicant) -> list[_Change]:
    pairs = (
        (_NAME, before.full_name, after.full_name),
        (
            _BORN,
            before.birth_date.written if before.birth_date else None,
            after.birth_date.written if after.birth_date else None,
        ),
        (_SEX, before.sex.value if before.sex else None, after.sex.value if after.sex else None),
        ("Nơi cư trú", before.address, after.address),
        ("Điện thoại", before.phone, after.phone),
        ("Thư điện tử", before.email, after.email),
    )
    changes = [
        _Change(name, old or NOTHING, new or NOTHING, old or NOTHING, new or NOTHING)
        for name, old, new in pairs
        if (old or "") != (new or "")
    ]
    if before.number != after.number:
        changes.append(
            _Change(
                _NUMBER,
                before.number.digits if before.number else NOTHING,
                after.number.digits if after.number else NOTHING,
                before.number.masked if before.number else NOTHING,
                after.number.masked if after.number else NOTHING,
            )
        )
    return changes
