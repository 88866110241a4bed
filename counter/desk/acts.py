"""What happens to a dossier after its reception: each act is one transaction.

State, history line, what the act keeps, and the message for the portal stand or fall together.
Which act is possible is asked of the one table in ``counter.dossier``; what it needs is checked
here, before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter.acted import Acted, Possible
from counter.acts import (
    Act,
    ActKind,
    DraftApology,
    DraftStop,
    HandOver,
    HandToPost,
    PaperWanted,
    SignLetter,
    TakeResult,
)
from counter.calendar import END_OF_DAY, SAME_CLOCK_TIME, due_after_suspension, due_date
from counter.desk import posting
from counter.desk.act_papers import list_of, papers_of
from counter.desk.case import LETTERS, Case
from counter.desk.confirming import confirmers, may_ask
from counter.desk.context import Context
from counter.desk.keeping import POST, keep
from counter.desk.offered import agencies_of
from counter.desk.telling import tell
from counter.dossier import Status
from counter.errors import (
    DueDateNeeded,
    NoLetter,
    UnknownDossier,
    WrongActor,
    WrongStep,
)
from counter.procedures import Procedure, Suspension
from counter.returning import ReturnWay
from counter.store import legal_receipts, life, results, return_wishes
from counter.store.dossiers import find_row, get_by_code
from counter.values import Dong, DossierId, local_day
from counter.work import Change, PaperReceived


def act(context: Context, dossier_id: DossierId, asked: Act) -> Acted:
    """Do *asked*; when this returns it is on disk with its message.

    Raises:
        UnknownDossier: This desk does not hold it.
        WrongStep, WrongActor: The dossier's state does not allow it.
        Refused: Something the act needs was not given; the class says what.
    """
    return act_all(context, (dossier_id,), asked)[0]


def act_all(context: Context, dossiers: Sequence[DossierId], asked: Act) -> tuple[Acted, ...]:
    """Do *asked* to each of *dossiers*, all of them or none, as one list that is signed once.

    Raises:
        As ``act``; the refusal names the code of the dossier it is about.
    """
    moment = context.clock()
    with context.store.writing() as session:
        cases = []
        for dossier_id in dossiers:
            row = find_row(session, dossier_id)
            if row is None:
                raise UnknownDossier
            cases.append(Case(context, session, row, moment))
        if isinstance(asked, HandOver) and not asked.sheet and cases:
            asked = replace(asked, sheet=cases[0].number("sheet", "BG"))
        if isinstance(asked, HandToPost) and not asked.sheet and cases:
            asked = replace(asked, sheet=cases[0].number("post", "BC"))
        if isinstance(asked, TakeResult) and len(cases) > 1:  # their list is signed instead
            acted = tuple(do_unprinted(case, asked) for case in cases)
        else:
            acted = tuple(do(case, asked) for case in cases)
        if isinstance(asked, HandToPost):
            posting.tell(cases, asked)
        if not acted:
            return ()
        listed = list_of(cases, asked, number=acted[0].number or "")
        return (replace(acted[0], jobs=listed + acted[0].jobs), *acted[1:])


def possible(context: Context, code: str) -> Possible:
    """Return what can be done with a dossier now.

    Raises:
        UnknownDossier: No dossier here has this code.
    """
    with context.store.reading() as session:
        row = get_by_code(session, code.strip().upper())
        case = Case(context, session, row, context.clock())
        procedure = case.procedure()
        letter = life.find_letter(session, row)
        paid = life.last_receipt(session, row)
        return Possible(
            dossier_id=DossierId(row.id),
            code=row.code or row.provisional_code or "",
            acts=_acts(case),
            checklist=(
                tuple(PaperWanted(paper.name, paper.code) for paper in procedure.papers)
                if procedure is not None
                else life.papers(session, row)
            ),
            wanted=life.wanted(session, row),
            owed=life.owed(session, row),
            results=tuple(result.name for result in procedure.results) if procedure else (),
            unit=row.unit,
            shelf=row.shelf,
            letter=None if letter is None else LETTERS[letter.kind],
            reasons=context.reasons,
            units=_units(case, procedure),
            applicant=row.applicant_name,
            confirmers=confirmers(session),
            received=tuple(
                PaperReceived(p.name, p.originals, p.certified, p.copies)
                for p in life.received(session, row)
            ),
            return_to=return_wishes.of(session, row),
            returned=results.returned(session, row),
            repayable=Dong(0) if paid is None else life.left_of(session, paid),
        )


def _acts(case: Case) -> tuple[ActKind, ...]:
    """Return what can be done, the likeliest first: a result that is to go by post goes there."""
    can = [kind for kind in ActKind if _can(case, kind)]
    wish = return_wishes.of(case.session, case.row)
    is_posted = case.row.shelf.startswith(POST)
    if ActKind.HAND_TO_POST in can and wish.way is ReturnWay.POST and not is_posted:
        can.remove(ActKind.HAND_TO_POST)
        can.insert(can.index(ActKind.RETURN_RESULT), ActKind.HAND_TO_POST)
    return tuple(can)


def _units(case: Case, procedure: Procedure | None) -> tuple[str, ...]:
    """Return where the papers may go.

    First the agency that decides, when that is another one, then where they went to lately, then
    the agencies of the province as the portal names them.
    """
    context = case.context
    own = context.settings.settings.office.agency_code
    told = agencies_of(case.session, own, local_day(context.clock()))
    known = (*life.units(case.session), *told)
    if procedure is None or procedure.agency_code is None:
        return tuple(dict.fromkeys(known))
    return tuple(dict.fromkeys((procedure.agency, *known)))


def _can(case: Case, kind: ActKind) -> bool:
    officer = case.context.seat.officer
    if officer is None or not may_ask(officer, kind):
        return False
    try:
        case.way(kind)
    except (WrongStep, WrongActor, NoLetter):
        return False
    if kind in {ActKind.COLLECT, ActKind.ASK_PAYMENT}:
        return life.owed(case.session, case.row) > 0
    if kind is ActKind.SETTLE_RECEIPT:
        return bool(legal_receipts.refused_of(case.session, case.row))
    if kind is ActKind.GIVE_BACK:
        return life.last_receipt(case.session, case.row) is not None
    if kind is ActKind.CORRECT_RETURN:
        return results.last_return(case.session, case.row) is not None
    if kind in LETTERS.values():
        return life.find_letter(case.session, case.row) is None
    return True


def do(case: Case, asked: Act) -> Acted:
    """Do *asked* to the dossier of *case*, in the transaction that is open for it."""
    due_before = case.row.due_at
    acted = do_unprinted(case, asked)
    jobs = papers_of(case, asked, number=acted.number or "", due_before=due_before)
    return replace(acted, jobs=jobs)


def do_unprinted(case: Case, asked: Act) -> Acted:
    """Do *asked* without a paper, so that none is noted as asked for."""
    way = case.way(asked.kind)
    row, before = case.row, case.status
    end = way.end
    if isinstance(asked, DraftApology | DraftStop) or (
        isinstance(asked, SignLetter) and not asked.approved
    ):
        end = None
    fact = keep(case, asked)
    if end is not None and end is not before:
        _enter(case, end)
    tell(case.context, case.session, row, fact, before=before.value, moment=case.moment)
    return Acted(
        dossier_id=DossierId(row.id),
        code=row.code or row.provisional_code or "",
        status=row.status,
        due_at=row.due_at,
        form=fact.form,
        number=fact.number or None,
        changed=Change.DOSSIERS,
        jobs=(),
    )


def _enter(case: Case, end: Status) -> None:
    """Let the dossier enter *end*; the clock stops and runs again as the law wants."""
    row, before = case.row, case.status
    if end.stops_clock:
        row.left_status, row.suspended_at = before.value, case.moment
    elif before.stops_clock and not end.is_final:
        _resume(case)
    row.status = end.value


def _resume(case: Case) -> None:
    row, calendar = case.row, case.context.calendar
    suspended, due = row.suspended_at, row.due_at
    row.left_status = row.suspended_at = None
    if suspended is None or due is None:
        return
    rule = SAME_CLOCK_TIME if row.due_rule == SAME_CLOCK_TIME else END_OF_DAY
    procedure = case.procedure()
    if procedure is not None and procedure.suspension is Suspension.RESTART:
        term = procedure.term
        try:
            after = due_date(calendar, case.moment, term.quantity, term.unit, rule)
        except DueDateNeeded:
            return
    else:
        after = due_after_suspension(
            calendar, due=due, suspended_at=suspended, resumed_at=case.moment, rule=rule
        )
    life.change_due(case.session, row, after.at, reason="suspension", moment=case.moment)
