"""What was keyed wrong put right; what stood there stays in the history and with the portal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter.acts import Correct, CorrectReturn, Relation, ReturnResult
from counter.desk.case import Case
from counter.desk.facts import Fact, name_of, reason_of
from counter.desk.receipts import BROUGHT_AS, FETCHED_AS
from counter.errors import AuthorisationNeeded, NothingToCorrect, PapersNeeded
from counter.parties import Submitter
from counter.store import life, parties, results
from counter.store.dossiers import applicant_of
from counter.values import CitizenNumber, fold
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
    """Put right whose dossier it is, who brought it, and how many of which papers came.

    What was proven of a card is not proven of what is typed, so a person whose name, number, day
    of birth or sex changes is one typed by hand from then on.

    Raises:
        NothingToCorrect: It says what stands there already.
        PapersNeeded: The papers are not this dossier's, or nothing of one is left.
        ReasonNeeded, LeaderNeeded: They were not given.
    """
    row, person = case.row, asked.person
    _owner, before = parties.of_dossier(case.session, row)
    submitter = before if asked.brought is None else _known_as(before, asked.brought.submitter)
    brought = _brought(before, submitter)
    changes = _changes(applicant_of(row), person)
    is_proven = not {change.name for change in changes} & _PROVEN
    changes += brought + _papers(case, asked)
    reason, leader = reason_of(asked.reason), name_of(asked.leader)
    if not changes:
        raise NothingToCorrect
    if brought:
        parties.put_submitter(case.session, row, submitter)
    brought_by = submitter.person.full_name if submitter else ""
    row.applicant_name = person.full_name
    row.applicant_folded = fold(f"{person.full_name} {brought_by}")
    row.applicant_number = person.number.digits if person.number else None
    row.birth_date = person.birth_date.iso if person.birth_date else None
    row.sex = person.sex.value if person.sex else None
    row.address, row.phone, row.email = person.address, person.phone, person.email
    if not is_proven:
        row.identity_source, row.verdict = IdentitySource.MANUAL.value, None
    shown = "; ".join(f"{c.name}: {c.before_shown} → {c.after_shown}" for c in changes)
    whole = "; ".join(f"{c.name}: {c.before} → {c.after}" for c in changes)
    why = f"{reason} · {leader}"
    return Fact(
        "dossier.corrected", "note", f"{shown} · {why}", told=f"Đính chính: {whole} · {why}"
    )


def correct_return(case: Case, asked: CorrectReturn) -> Fact:
    """Put right who fetched the result, also days later; what was noted stays in the history.

    Raises:
        NothingToCorrect: It was not given out here, or it says what stands there already.
        AuthorisationNeeded: Another than the applicant fetched it, and nothing says on what ground.
        ReasonNeeded, LeaderNeeded: They, or the receiver's name, were not given.
    """
    given = replace(
        asked.given,
        receiver=reason_of(asked.given.receiver),
        authorisation=" ".join(asked.given.authorisation.split()),
    )
    if given.relation is not Relation.SELF and not given.authorisation:
        raise AuthorisationNeeded
    reason, leader = reason_of(asked.reason), name_of(asked.leader)
    was = results.last_return(case.session, case.row)
    before = results.returned(case.session, case.row)
    if was is None or before is None:
        raise NothingToCorrect
    then, now = _fetched(before), _fetched(given)
    if then == now:
        raise NothingToCorrect
    results.correct_return(case.session, was, given, case.moment)
    shown = "; ".join(
        f"{k}: {then[k] or NOTHING} → {now[k] or NOTHING}" for k in now if then[k] != now[k]
    )
    return Fact("return.corrected", "note", f"{shown} · {reason} · {leader}")


def _fetched(given: ReturnResult) -> dict[str, str]:
    """Return what is noted of who fetched a result, by what it is called."""
    return {
        "Người nhận kết quả": given.receiver,
        "Tư cách nhận": FETCHED_AS[given.relation],
        "Giấy ủy quyền nhận": given.authorisation,
        "Giấy tờ đối chiếu": f"••••{given.last4}" if given.last4 else "",
    }


def _known_as(before: Submitter | None, now: Submitter | None) -> Submitter | None:
    """Return *now* with what else is known of the person, where it is the same one."""
    if before is None or now is None:
        return now
    was, person = before.person, now.person
    if (was.full_name, was.number) != (person.full_name, person.number):
        return now
    return replace(now, person=replace(was, phone=person.phone))


def _brought(before: Submitter | None, after: Submitter | None) -> list[_Change]:
    """Return what was wrong of who brought the dossier."""
    was, now = _told(before), _told(after)
    changes = [
        _Change(name, was[name] or NOTHING, told or NOTHING, was[name] or NOTHING, told or NOTHING)
        for name, told in now.items()
        if was[name] != told
    ]
    old = before.person.number if before else None
    new = after.person.number if after else None
    return changes + ([] if old == new else [_number(f"{_NUMBER} người nộp", old, new)])


def _told(submitter: Submitter | None) -> dict[str, str]:
    if submitter is None:
        return dict.fromkeys(_BROUGHT, "") | {_BROUGHT[0]: "chủ hồ sơ tự nộp"}
    person = submitter.person
    words = (
        person.full_name,
        BROUGHT_AS[submitter.relation],
        submitter.authorisation.strip(),
        person.phone or "",
    )
    return dict(zip(_BROUGHT, words, strict=True))


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
_BROUGHT = ("Người nộp", "Tư cách nộp", "Giấy ủy quyền", "Điện thoại người nộp")
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
        changes.append(_number(_NUMBER, before.number, after.number))
    return changes


def _number(name: str, before: CitizenNumber | None, after: CitizenNumber | None) -> _Change:
    """Return a number that was wrong; the history shows its ends only."""
    return _Change(
        name,
        before.digits if before else NOTHING,
        after.digits if after else NOTHING,
        before.masked if before else NOTHING,
        after.masked if after else NOTHING,
    )
