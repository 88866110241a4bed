"""What was received is passed on; a post-office clerk sees and passes on only the own dossiers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from counter.acts import HandOver, Leader, Void
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.dossier import Status
from counter.errors import NotAllowed, NotOwnDossier, UnknownDossier, WrongStep
from counter.people import MAY, Action, Officer, Role
from counter.store import trail
from counter.store.dossiers import find_row
from counter.store.people_tables import DraftRow
from counter.values import DossierId, uuid7
from counter.visits import Visit
from tests.counter.desk.conftest import SetClock, asked, lend, person
from tests.counter.desk.test_declared import SAID

POST_CLERK = Officer("bc-1", "Đinh Thị Bưu Tá", "Bưu điện", frozenset({Role.POST_OFFICE}))
SECOND_CLERK = Officer("bc-2", "Hồ Văn Bưu Cục", "Bưu điện", frozenset({Role.POST_OFFICE}))
OFFICER = Officer("cb-1", "Vũ Thị Mẫu", "Công chức", frozenset({Role.OFFICER}))
LEADER = Officer("pt-1", "Y Ước", "Phụ trách", frozenset({Role.SUPERVISOR}))
UNIT = HandOver("Công chức Tư pháp - hộ tịch", "Phạm Văn Mẫu")

HANDS_OVER = {Role.OFFICER, Role.SUPERVISOR, Role.POST_OFFICE}
ANY_DOSSIER = {Role.OFFICER, Role.SUPERVISOR}
PRINTS_ANY = {Role.OFFICER, Role.SUPERVISOR, Role.CASHIER}
"""Who does it, written down once more; the others not at all, or with own dossiers only."""


@dataclass(frozen=True)
class Received:
    """A desk, and what two people received there."""

    context: Context
    clock: SetClock

    @property
    def desk(self) -> Desk:
        return Desk(self.context)

    def by(self, officer: Officer) -> tuple[str, DossierId]:
        """Let *officer* receive a dossier; then nobody sits there."""
        self.context.seat.take(officer)
        received = self.desk.receive(asked(self.clock, applicant=person()))
        self.context.seat.take(None)
        return received.code, received.dossier_id

    def status(self, dossier: DossierId) -> Status:
        with self.context.store.reading() as session:
            row = find_row(session, dossier)
            assert row is not None
            return Status(row.status)


@pytest.fixture
def at(context: Context, clock: SetClock) -> Received:
    lend(context, first=1, last=9)
    return Received(context, clock)


def test_a_clerk_hands_over_the_own_dossiers_with_a_list_to_sign(at: Received) -> None:
    first, second = at.by(POST_CLERK), at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)
    handing = at.desk.handing()

    waiting = handing.waiting()
    possible, view = handing.scan(first[0])
    acted = handing.hand_over((first[1], second[1]), UNIT)

    assert waiting == (first[0], second[0])
    assert (possible.dossier_id, view.line.code) == (first[1], first[0])
    assert at.status(first[1]) == at.status(second[1]) == Status.IN_PROCESS
    assert acted[0].jobs, "the list that both sign"
    assert handing.waiting() == ()


def test_the_hand_over_bears_the_clerks_name_and_goes_to_the_portal(at: Received) -> None:
    code, dossier = at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)
    at.desk.handing().hand_over((dossier,), UNIT)

    at.context.seat.take(OFFICER)
    last = at.desk.show(code).history[-1]

    assert last.officer == POST_CLERK.name
    assert UNIT.unit in last.text
    assert len([line for line in at.desk.messages() if line.dossier_code == code]) == 2


def test_what_a_clerk_sees_is_noted(at: Received) -> None:
    code, dossier = at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)
    at.desk.handing().scan(code)

    with at.context.store.reading() as session:
        noted = [e for e in trail.entries(session, newest=20) if e.action == "dossier.read"]
    assert [(e.officer, e.subject) for e in noted] == [(POST_CLERK.id, dossier.hex)]


@pytest.mark.parametrize("other", [SECOND_CLERK, OFFICER], ids=lambda o: str(o.id))
def test_a_clerk_neither_sees_nor_passes_on_what_another_received(
    at: Received, other: Officer
) -> None:
    code, dossier = at.by(other)
    own = at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)
    handing = at.desk.handing()

    assert handing.waiting() == (own[0],)
    with pytest.raises(NotOwnDossier):
        handing.scan(f" {code.lower()} ")
    with pytest.raises(NotOwnDossier):
        handing.hand_over((own[1], dossier), UNIT)
    assert at.status(own[1]) == at.status(dossier) == Status.ACCEPTED


def test_a_code_of_a_sister_desk_is_not_own_though_its_officer_bears_the_same_code(
    at: Received,
) -> None:
    code, dossier = at.by(POST_CLERK)
    with at.context.store.writing() as session:
        row = find_row(session, dossier)
        assert row is not None
        row.elsewhere = "Q02"
    at.context.seat.take(POST_CLERK)

    assert at.desk.handing().waiting() == ()
    with pytest.raises(NotOwnDossier):
        at.desk.handing().scan(code)


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PROGRAM])
@pytest.mark.parametrize("is_own", [True, False], ids=["own", "of another"])
def test_each_role_hands_over_and_prints_again_what_it_may(
    at: Received, role: Role, is_own: bool
) -> None:
    someone = Officer("ai-do", "Người Mẫu", "", frozenset({role}))
    receives = Officer(someone.id if is_own else "khac", "Người Nhận", "", OFFICER.roles)
    code, dossier = at.by(receives)
    at.context.seat.take(someone)

    def may(does: object) -> bool:
        try:
            does()  # type: ignore[operator]  # a lambda below
        except NotAllowed:
            return False
        return True

    hands = role in (HANDS_OVER if is_own else ANY_DOSSIER)
    prints = role in PRINTS_ANY | ({Role.POST_OFFICE} if is_own else set())
    assert may(lambda: at.desk.reprint(dossier)) is prints
    assert may(lambda: at.desk.handing().scan(code)) is hands
    assert may(lambda: at.desk.handing().hand_over((dossier,), UNIT)) is hands
    assert at.status(dossier) is (Status.IN_PROCESS if hands else Status.ACCEPTED)


def test_the_clerk_does_nothing_else_to_an_own_dossier(at: Received) -> None:
    code, dossier = at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)

    possible, _view = at.desk.handing().scan(code)
    with pytest.raises(NotAllowed):
        at.desk.act(dossier, UNIT)
    with pytest.raises(NotAllowed):
        at.desk.find_dossiers()

    assert [kind.value for kind in possible.acts] == ["hand_over"]
    assert {Action.READ, Action.ACT, Action.PROCESS}.isdisjoint(MAY[Role.POST_OFFICE])


def test_all_or_none_are_passed_on(at: Received) -> None:
    first, second = at.by(POST_CLERK), at.by(POST_CLERK)
    at.context.seat.take(POST_CLERK)
    handing = at.desk.handing()
    handing.hand_over((second[1],), UNIT)

    with pytest.raises(WrongStep):
        handing.hand_over((first[1], second[1]), UNIT)
    with pytest.raises(UnknownDossier):
        handing.hand_over((first[1], DossierId(uuid7(at.clock()))), UNIT)

    assert at.status(first[1]) is Status.ACCEPTED


@dataclass(frozen=True)
class Left:
    """What an officer left behind that another might want to go on with."""

    voided: str
    guidance: str
    visit: DossierId
    declared: str


def leave(at: Received, officer: Officer) -> Left:
    """Let *officer* leave a voided dossier, guidance, a visit that is half typed, an answer."""
    at.clock.move(minutes=1)
    voided, dossier = at.by(officer)
    at.context.seat.take(LEADER)
    at.desk.act(dossier, Void("Nhập sai", Leader("Y Ước")))
    at.context.seat.take(officer)
    told = asked(at.clock)
    guided = at.desk.guide(replace(told, papers=told.papers[:1]), "Thiếu giấy")
    visit = Visit.of(asked(at.clock), "Đăng ký khai sinh")
    at.desk.visits().keep(visit)
    head = f"Lê Chủ {officer.name}"
    answers = tuple(replace(one, value=head) if one.key == "head_name" else one for one in SAID)
    at.desk.receive(replace(asked(at.clock), declared=answers))
    at.context.seat.take(None)
    return Left(voided, guided.number, visit.id, head)


def seen_of(at: Received, left: Left) -> dict[str, bool]:
    """Tell what of it is seen by who sits at the desk."""

    def told(ask: Callable[[], object]) -> bool:
        try:
            ask()
        except NotOwnDossier:
            return False
        return True

    form = at.desk.declare("2.000986", person(), None)
    assert form is not None
    return {
        "again": told(lambda: at.desk.visits().again(left.voided)),
        "reopen": told(lambda: at.desk.reopen(left.guidance)),
        "kept": left.visit in {kept.visit.id for kept in at.desk.visits().kept()},
        "declared": left.declared in {answer.value for answer in form.answers},
    }


def test_a_clerk_goes_on_with_own_visits_guidance_and_answers_only(at: Received) -> None:
    own, others = leave(at, POST_CLERK), leave(at, OFFICER)
    at.context.seat.take(POST_CLERK)

    assert seen_of(at, own) == dict.fromkeys(("again", "reopen", "kept", "declared"), True)
    assert seen_of(at, others) == dict.fromkeys(("again", "reopen", "kept", "declared"), False)


def test_an_officer_goes_on_with_what_a_clerk_left(at: Received) -> None:
    left = leave(at, POST_CLERK)
    at.context.seat.take(OFFICER)

    assert seen_of(at, left) == dict.fromkeys(("again", "reopen", "kept", "declared"), True)


def test_a_visit_that_an_earlier_program_kept_is_nobodys_own(at: Received) -> None:
    left = leave(at, POST_CLERK)
    with at.context.store.writing() as session:
        row = session.scalars(select(DraftRow).where(DraftRow.name.contains(left.visit.hex))).one()
        body = json.loads(row.body)
        assert body.pop("officer_id") == POST_CLERK.id
        row.body = json.dumps(body)

    at.context.seat.take(POST_CLERK)
    assert at.desk.visits().kept() == ()
    at.context.seat.take(OFFICER)
    assert len(at.desk.visits().kept()) == 1
