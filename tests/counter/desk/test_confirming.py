"""What only a leader decides: the leader signs in beside the officer; a mis-keyed dossier."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter.acted import Acted
from counter.acts import (
    ActKind,
    Brought,
    Confirmation,
    Correct,
    Leader,
    Move,
    Relation,
    Void,
)
from counter.desk import checking, officers, tries
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.dossier import Status
from counter.errors import (
    AccountClosed,
    ConfirmAgain,
    ConfirmationNeeded,
    NotAllowed,
    NothingToCorrect,
    PapersNeeded,
    ReasonNeeded,
    ReceivedAgain,
    UnknownDossier,
    WrongPassword,
    WrongStep,
)
from counter.forms import ReceiptPaper
from counter.parties import Submitter
from counter.people import Role
from counter.roster import Account
from counter.store import trail
from counter.store.tables import OutboxRow
from counter.values import CitizenNumber, local_day
from counter.work import Applicant, IdentitySource, Reception
from tests.counter.desk.conftest import SetClock, asked, choose_own, person
from tests.counter.desk.test_officers import DESK, GOOD, HEAD, at_once, people

__all__ = ["at_once", "people"]

BOSS = Account("lanh-dao", "Phạm Thị Mẫu", "Giám đốc", frozenset({Role.SUPERVISOR}))
BOSS_WORD = "gió mùa đông bắc"
TYPED = Leader("Ai Cũng Được")
VOID = Void("Một hồ sơ bị nhập hai lần", TYPED)


@pytest.fixture
def staffed(people: Context) -> Context:
    """A desk with a leader's account; the ordinary officer sits there."""
    officers.sign_in(people, HEAD.id, GOOD)
    officers.make_officer(people, BOSS, BOSS_WORD)
    choose_own(people, BOSS.id)
    officers.sign_in(people, DESK.id, GOOD)
    return people


@pytest.fixture
def work(staffed: Context) -> Desk:
    return Desk(staffed)


@pytest.fixture
def received(work: Desk, clock: SetClock) -> Reception:
    return work.receive(asked(clock))


def corrected(**changes: object) -> Applicant:
    return replace(person(), **changes)  # type: ignore[arg-type]  # names of its own fields


def test_a_leader_signs_in_for_one_act_and_is_named_by_the_account(
    work: Desk, staffed: Context, received: Reception
) -> None:
    acted = work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))

    last = work.show(received.code).history[-1]
    assert acted.status == Status.STOPPED
    assert BOSS.name in last.text
    assert TYPED.name not in last.text
    assert last.officer == DESK.name
    assert staffed.seat.officer is not None
    assert staffed.seat.officer.id == DESK.id, "who sat there goes on sitting there"


def test_the_confirmation_stands_in_the_chain_with_both_people(
    work: Desk, staffed: Context, received: Reception
) -> None:
    work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))

    with staffed.store.reading() as session:
        noted = [e for e in trail.entries(session, newest=50) if e.action == "people.confirmed"]
    assert [(e.officer, e.subject, e.detail) for e in noted] == [(DESK.id, BOSS.id, "void")]


def test_without_a_leader_nothing_grave_is_done(work: Desk, received: Reception) -> None:
    with pytest.raises(ConfirmationNeeded):
        work.act(received.dossier_id, VOID)
    with pytest.raises(ConfirmationNeeded):
        work.act_all((received.dossier_id,), VOID)

    assert work.show(received.code).line.status == Status.ACCEPTED


def test_a_wrong_password_is_counted_against_the_leader(work: Desk, received: Reception) -> None:
    for _ in range(tries.FREE_TRIES):
        with pytest.raises(WrongPassword):
            work.act(received.dossier_id, VOID, Confirmation(BOSS.id, "đoán mò"))

    with pytest.raises(AccountClosed):
        work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))


def test_a_leader_whose_account_is_locked_confirms_nothing(
    work: Desk, staffed: Context, received: Reception
) -> None:
    officers.sign_in(staffed, HEAD.id, GOOD)
    officers.set_open(staffed, BOSS.id, is_open=False)
    officers.sign_in(staffed, DESK.id, GOOD)

    with pytest.raises(WrongPassword):
        work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))

    assert work.show(received.code).line.status == Status.ACCEPTED


def test_an_officer_does_not_confirm_an_officer(work: Desk, received: Reception) -> None:
    with pytest.raises(NotAllowed):
        work.act(received.dossier_id, VOID, Confirmation(DESK.id, GOOD))


def test_a_leader_at_the_desk_signs_in_once_more(staffed: Context, received: Reception) -> None:
    officers.sign_in(staffed, BOSS.id, BOSS_WORD)
    work = Desk(staffed)

    with pytest.raises(ConfirmationNeeded):
        work.act(received.dossier_id, VOID)
    acted = work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))

    assert acted.status == Status.STOPPED


def test_who_may_not_work_on_dossiers_cannot_ask_with_a_leaders_word(
    staffed: Context, received: Reception
) -> None:
    officers.sign_in(staffed, HEAD.id, GOOD)

    with pytest.raises(NotAllowed):
        Desk(staffed).act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))


def test_ordinary_acts_need_no_leader(work: Desk, received: Reception) -> None:
    acted = work.act(received.dossier_id, Move("Kệ 1"))

    assert acted.code == received.code
    assert work.show(received.code).line.shelf == "Kệ 1"


def test_the_officer_is_offered_what_a_leader_confirms_and_by_whom(
    work: Desk, received: Reception
) -> None:
    possible = work.possible(received.code)

    assert {ActKind.VOID, ActKind.CORRECT} <= set(possible.acts)
    assert [(one.account, one.name) for one in possible.confirmers] == [(BOSS.id, BOSS.name)]


def test_a_mis_keyed_applicant_is_put_right_and_found_by_the_right_name(
    work: Desk, staffed: Context, received: Reception
) -> None:
    right = corrected(full_name="Nguyễn Thị Mẫn", number=CitizenNumber("001199012353"))

    acted = work.act(
        received.dossier_id,
        Correct(right, "Nhập sai tên", TYPED),
        Confirmation(BOSS.id, BOSS_WORD),
    )

    view = work.show(received.code)
    assert view.applicant.full_name == "Nguyễn Thị Mẫn"
    assert view.applicant.number == CitizenNumber("001199012353")
    assert [line.code for line in work.find_dossiers("nguyen thi man")] == [received.code]
    assert [line.code for line in work.find_dossiers("001199012353")] == [received.code]
    assert work.find_dossiers("001199012345") == ()
    assert checking.verify(staffed) == ()
    (job,) = acted.jobs
    assert isinstance(job.paper, ReceiptPaper)
    assert job.paper.reprint
    assert job.paper.applicant == "Nguyễn Thị Mẫn"


def test_papers_counted_wrong_are_put_right_and_the_receipt_printed_again(
    work: Desk, staffed: Context, received: Reception
) -> None:
    first, *rest = work.possible(received.code).received
    right = (replace(first, certified=first.certified + 2), *rest)
    person_now = work.show(received.code).applicant

    acted = work.act(
        received.dossier_id,
        Correct(person_now, "Đếm sai", TYPED, right),
        Confirmation(BOSS.id, BOSS_WORD),
    )

    view = work.show(received.code)
    assert view.papers == right
    assert view.applicant.verdict is person_now.verdict, "only the papers were wrong"
    assert f"{first.name}: 1 chính, 0 chứng thực" in view.history[-1].text
    (job,) = acted.jobs
    assert isinstance(job.paper, ReceiptPaper)
    assert job.paper.papers[0].certified == first.certified + 2
    assert checking.verify(staffed) == ()


@pytest.mark.parametrize("wrong", ["none left", "another paper"])
def test_papers_are_not_taken_out_or_put_in_as_a_correction(
    work: Desk, received: Reception, wrong: str
) -> None:
    first, *rest = work.possible(received.code).received
    papers = {
        "none left": (replace(first, originals=0, certified=0, copies=0), *rest),
        "another paper": (first, *rest, first),
    }[wrong]

    with pytest.raises(PapersNeeded):
        work.act(
            received.dossier_id,
            Correct(work.show(received.code).applicant, "Đếm sai", TYPED, papers),
            Confirmation(BOSS.id, BOSS_WORD),
        )

    assert work.possible(received.code).received == (first, *rest)


def test_what_stood_there_stays_in_the_history_without_the_whole_number(
    work: Desk, received: Reception
) -> None:
    right = corrected(full_name="Nguyễn Thị Mẫn", number=CitizenNumber("001199012353"))
    work.act(
        received.dossier_id,
        Correct(right, "Nhập sai tên", TYPED),
        Confirmation(BOSS.id, BOSS_WORD),
    )

    last = work.show(received.code).history[-1]
    assert last.event == "dossier.corrected"
    assert "Họ và tên: Nguyễn Thị Mẫu → Nguyễn Thị Mẫn" in last.text
    assert BOSS.name in last.text
    assert "001199012345" not in last.text
    assert "001199012353" not in last.text


def test_the_portal_hears_the_correction_as_a_new_fact(
    work: Desk, staffed: Context, received: Reception
) -> None:
    right = corrected(number=CitizenNumber("001199012353"))
    work.act(
        received.dossier_id,
        Correct(right, "Nhập sai số", TYPED),
        Confirmation(BOSS.id, BOSS_WORD),
    )

    with staffed.store.reading() as session:
        first, second = session.scalars(select(OutboxRow).order_by(OutboxRow.seq)).all()
    told = json.loads(second.body)
    assert (told["kind"], told["status_before"], told["status_after"]) == ("note", 2, 2)
    assert "001199012345 → 001199012353" in told["text"]
    assert "001199012345" in first.body, "what was told first is not edited"


def test_what_is_typed_is_no_longer_proven_by_the_chip(work: Desk, received: Reception) -> None:
    proven = work.show(received.code).applicant.source
    sign = Confirmation(BOSS.id, BOSS_WORD)
    work.act(received.dossier_id, Correct(corrected(phone="0912000009"), "Sai số", TYPED), sign)
    same = work.show(received.code).applicant.source
    work.act(received.dossier_id, Correct(corrected(full_name="Tên Khác"), "Sai", TYPED), sign)

    assert proven is same is IdentitySource.CHIP
    assert work.show(received.code).applicant.source is IdentitySource.MANUAL


@pytest.mark.parametrize(
    ("right", "reason", "refusal"),
    [
        (person(), "Nhập sai", NothingToCorrect),
        (corrected(full_name="Tên Khác"), "  ", ReasonNeeded),
    ],
)
def test_a_correction_says_what_and_why(
    work: Desk, received: Reception, right: Applicant, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        work.act(
            received.dossier_id,
            Correct(right, reason, TYPED),
            Confirmation(BOSS.id, BOSS_WORD),
        )

    assert work.show(received.code).applicant.full_name == person().full_name
    assert len(work.show(received.code).history) == 1


def brought_by(name: str, **changes: Any) -> Submitter:
    person = Applicant(
        full_name=name,
        number=changes.pop("number", None),
        birth_date=None,
        sex=None,
        address=None,
        phone=changes.pop("phone", None),
        email=None,
        source=IdentitySource.MANUAL,
        verdict=None,
    )
    return Submitter(person, **{"relation": Relation.RELATIVE} | changes)


def correct_submitter(
    work: Desk, received: Reception, submitter: Submitter | None, reason: str = "Nhầm người nộp"
) -> Acted:
    person = work.show(received.code).applicant
    asked = Correct(person, reason, TYPED, brought=Brought(submitter))
    return work.act(received.dossier_id, asked, Confirmation(BOSS.id, BOSS_WORD))


def test_who_brought_it_is_put_right_printed_again_and_told(
    work: Desk, staffed: Context, received: Reception
) -> None:
    proven = work.show(received.code).applicant.source
    number = CitizenNumber("001199012353")
    acted = correct_submitter(work, received, brought_by("Trần Văn Mẫu", number=number))

    view = work.show(received.code)
    assert view.submitter is not None
    assert (view.submitter.person.full_name, view.submitter.relation) == (
        "Trần Văn Mẫu",
        Relation.RELATIVE,
    )
    assert view.applicant.source is proven, "only who brought it was wrong"
    (job,) = acted.jobs
    assert isinstance(job.paper, ReceiptPaper)
    assert (job.paper.reprint, job.paper.submitter) == (True, "Trần Văn Mẫu")
    assert [line.code for line in work.find_dossiers("tran van mau")] == [received.code]
    last = view.history[-1].text
    assert "Người nộp: chủ hồ sơ tự nộp → Trần Văn Mẫu" in last
    assert number.digits not in last
    with staffed.store.reading() as session:
        bodies = session.scalars(select(OutboxRow.body).order_by(OutboxRow.seq)).all()
    assert number.digits in json.loads(bodies[-1])["text"]
    assert checking.verify(staffed) == ()


def test_a_submitter_keyed_by_mistake_is_taken_out_again(work: Desk, received: Reception) -> None:
    correct_submitter(work, received, brought_by("Trần Văn Mẫu"))
    with pytest.raises(NothingToCorrect):
        correct_submitter(work, received, brought_by("Trần Văn Mẫu"))

    (job,) = correct_submitter(work, received, None).jobs

    assert isinstance(job.paper, ReceiptPaper)
    assert (job.paper.submitter, work.show(received.code).submitter) == (None, None)
    assert work.find_dossiers("tran van mau") == ()


def test_a_right_telephone_leaves_the_submitters_name_and_right(
    work: Desk, received: Reception
) -> None:
    paper = "Giấy ủy quyền số 12"
    by = {"relation": Relation.AUTHORISED, "authorisation": paper}
    correct_submitter(work, received, brought_by("Trần Văn Mẫu", phone="0912000001", **by))
    correct_submitter(work, received, brought_by("Trần Văn Mẫu", phone="0912000002", **by))

    found, last = work.show(received.code).submitter, work.show(received.code).history[-1]
    assert found is not None
    assert (found.person.phone, found.authorisation) == ("0912000002", paper)
    assert last.text.startswith("Điện thoại người nộp: 0912000001 → 0912000002 · ")


def test_a_voided_dossier_is_received_anew_without_typing_the_person_again(
    work: Desk, received: Reception
) -> None:
    correct_submitter(work, received, brought_by("Trần Văn Mẫu", phone="0912000001"))
    with pytest.raises(WrongStep):
        work.visits().again(received.code)
    work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))

    again = work.visits().again(received.code)

    (kept,) = work.visits().kept()
    visit = kept.visit
    assert (kept, visit.parked, visit.procedure_code, visit.papers) == (again, True, None, ())
    assert visit.behalf is not None
    assert (visit.person.full_name, visit.behalf.owner.full_name, visit.phone) == (
        "Trần Văn Mẫu",
        "Nguyễn Thị Mẫu",
        "0912000001",
    )
    assert received.code in visit.note
    assert visit.id != received.dossier_id
    with pytest.raises(UnknownDossier):
        work.visits().again("H55.242-261122-9999")


def test_a_voided_dossier_is_received_anew_once_and_the_second_time_says_where_it_is(
    work: Desk, received: Reception, clock: SetClock
) -> None:
    work.act(received.dossier_id, VOID, Confirmation(BOSS.id, BOSS_WORD))
    given_up = work.visits().again(received.code)
    with pytest.raises(ReceivedAgain) as waits:
        work.visits().again(received.code)
    work.visits().forget(given_up.visit.id)

    again = work.visits().again(received.code)
    made = work.receive(replace(asked(clock), dossier_id=again.visit.id))
    with pytest.raises(ReceivedAgain) as became:
        work.visits().again(received.code)

    assert str(waits.value.fields["anew"]).startswith("lượt ghi lúc ")
    assert became.value.fields == {"anew": f"hồ sơ {made.code}"}
    assert work.visits().kept() == ()


def test_a_citizens_data_wants_the_leaders_password_once_more_each_time(
    staffed: Context, tmp_path: Path
) -> None:
    officers.sign_in(staffed, BOSS.id, BOSS_WORD)
    data, citizen, place = Desk(staffed).data(), CitizenNumber("001199012345"), tmp_path / "told"

    with pytest.raises(ConfirmAgain):
        data.export_person(citizen, place, identity_checked=True)
    officers.confirm_again(staffed, BOSS_WORD)
    data.export_person(citizen, place, identity_checked=True)
    with pytest.raises(ConfirmAgain):
        data.read_person(citizen, identity_checked=True)

    with staffed.store.reading() as session:
        noted = trail.find_entries(session, newest=9, action="person.exported")
    assert [entry.officer for entry in noted] == [BOSS.id]


def test_a_register_becomes_a_file_only_with_the_password_once_more(
    staffed: Context, tmp_path: Path
) -> None:
    officers.sign_in(staffed, BOSS.id, BOSS_WORD)
    registers, day = Desk(staffed).registers(), local_day(staffed.clock())
    facts, place = registers.dossiers(day, day), tmp_path / "so.xlsx"

    with pytest.raises(ConfirmAgain):
        registers.write(facts, place)
    unwritten = not place.exists()
    officers.confirm_again(staffed, BOSS_WORD)
    registers.write(facts, place)

    assert unwritten
    assert place.exists()
