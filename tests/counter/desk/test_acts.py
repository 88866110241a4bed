"""The legal life of a dossier after its reception, act by act, on a real desk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from counter.acts import (
    Act,
    ActKind,
    AskPayment,
    AskSupplement,
    Collect,
    CorrectResult,
    CorrectReturn,
    DraftApology,
    DraftStop,
    GiveBack,
    HandOver,
    HandToPost,
    Leader,
    Move,
    PaperWanted,
    Recall,
    Refuse,
    Relation,
    ReturnResult,
    SignLetter,
    TakeResult,
    TakeSupplement,
    Void,
    Withdraw,
)
from counter.desk import checking, papers
from counter.desk.case import _WAYS
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.dossier import STEPS, Actor, Status, check_step
from counter.errors import (
    AskedBefore,
    AuthorisationNeeded,
    CarrierNeeded,
    DayNotLater,
    DayPassed,
    ExtendedBefore,
    FeesNotCollected,
    LeaderNeeded,
    LetterWaits,
    NoLetter,
    NothingOwed,
    NothingPaid,
    NothingToCorrect,
    PapersNeeded,
    PostAddressNeeded,
    ReasonNeeded,
    ReceiverNotChecked,
    Refused,
    SignatureMissing,
    SlipMissing,
    SupplementNotOverdue,
    TooLate,
    UnitNeeded,
    UnknownDossier,
    WrongStep,
)
from counter.forms import RulerPaper, TicketPaper
from counter.papers.desk import CashFacts, HandOverFacts, PostedFacts, ResultsBackFacts, ReturnFacts
from counter.papers.law import ApologyFacts
from counter.store import life, results
from counter.store.dossiers import find_row
from counter.store.life_tables import DueRow, MoneyRow
from counter.store.tables import OutboxRow, PrintRow
from counter.values import VIETNAM, Dong, DossierId, local_day
from counter.wording import WordedPaper
from counter.work import PaperReceived
from devices.paper.job_pdf import job_pdf
from tests.counter.desk.conftest import EXTRACT, SetClock, asked, person

UNIT = "Công chức Tư pháp - hộ tịch"
LEADER = Leader("Lê Văn Mẫu")
PAPER = PaperWanted("Giấy chứng sinh", note="thiếu dấu giáp lai")
NEW_YEAR = date(2027, 1, 5)
BROUGHT = (PaperReceived("Giấy chứng sinh", 1, 0, 0),)
ASK = AskSupplement("Giấy tờ chưa hợp lệ", (PAPER,))
RETURN = ReturnResult(
    "Nguyễn Thị Mẫu",
    Relation.SELF,
    last4="2345",
    identity_checked=True,
    slip_collected=True,
    signed=True,
)


@pytest.fixture
def dossier(desk: Desk, clock: SetClock) -> DossierId:
    """A birth registration that was just received, free of charge."""
    return desk.receive(asked(clock)).dossier_id


def told(context: Context, dossier: DossierId) -> list[dict[str, Any]]:
    """What the portal is told of *dossier* beyond its reception, in order."""
    with context.store.reading() as session:
        bodies = session.scalars(
            select(OutboxRow.body)
            .where(OutboxRow.dossier_id == dossier, OutboxRow.kind == "event")
            .order_by(OutboxRow.seq)
        )
        return [json.loads(body) for body in bodies]


def status(context: Context, dossier: DossierId) -> Status:
    with context.store.reading() as session:
        row = find_row(session, dossier)
        assert row is not None
        return Status(row.status)


def due(context: Context, dossier: DossierId) -> datetime:
    with context.store.reading() as session:
        row = find_row(session, dossier)
        assert row is not None
        assert row.due_at is not None
        return row.due_at.astimezone(VIETNAM)


def acts_of(desk: Desk, context: Context, dossier: DossierId) -> set[ActKind]:
    with context.store.reading() as session:
        row = find_row(session, dossier)
        assert row is not None
        code = row.code or row.provisional_code or ""
    return set(desk.possible(code).acts)


def test_a_dossier_goes_to_its_unit_and_its_result_to_the_citizen(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    handed = desk.act(dossier, HandOver(UNIT, "Phạm Văn Mẫu"))
    desk.act(dossier, TakeResult("Giấy khai sinh", "12/2026", shelf="A3-07"))
    returned = desk.act(dossier, RETURN)

    assert [event["kind"] for event in told(context, dossier)] == [
        "handed_over",
        "completed",
        "returned",
    ]
    assert [event["seq"] for event in told(context, dossier)] == [1, 2, 3]
    assert told(context, dossier)[0]["handover"]["sheet_no"] == handed.number
    assert (handed.form, returned.form, returned.status) == ("06", "07", 10)
    assert checking.verify(context) == ()


def test_a_supplement_stops_the_clock_and_keeps_the_minutes_that_were_left(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    desk.act(dossier, HandOver(UNIT))
    before = due(context, dossier)
    left = context.calendar.minutes_between(clock(), before)
    desk.act(dossier, ASK)
    clock.move(days=9)

    desk.act(dossier, TakeSupplement(BROUGHT))

    after = due(context, dossier)
    assert context.calendar.minutes_between(clock(), after) == left
    with context.store.reading() as session:
        changes = session.scalars(select(DueRow)).all()
    assert [(c.before, c.after, c.reason) for c in changes] == [(before, after, "suspension")]
    assert status(context, dossier) is Status.IN_PROCESS


def test_papers_are_asked_for_once_and_again_only_for_a_cause(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    first = desk.act(dossier, ASK)
    desk.act(dossier, TakeSupplement(BROUGHT))

    with pytest.raises(AskedBefore):
        desk.act(dossier, ASK)
    again = desk.act(
        dossier, AskSupplement("Thiếu trang", (PAPER,), cause="Luật mới có hiệu lực giữa chừng")
    )

    assert (first.number, again.number) == ("1/2026-Q01/HDHS", "2/2026-Q01/HDHS")
    assert told(context, dossier)[0]["supplement"]["items"] == [
        {"component_code": None, "name": "Giấy chứng sinh", "note": "thiếu dấu giáp lai"}
    ]


def test_what_a_supplement_wants_is_known_until_it_is_brought(
    desk: Desk, dossier: DossierId
) -> None:
    code = desk.act(dossier, ASK).code
    wanted = desk.possible(code).wanted
    desk.act(dossier, TakeSupplement(BROUGHT))

    assert wanted == (PAPER,)
    assert desk.possible(code).wanted == ()
    assert [paper.name for paper in desk.show(code).papers].count("Giấy chứng sinh") == 2


def test_an_overdue_dossier_gets_an_apology_once_the_leader_has_signed(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    desk.act(dossier, HandOver(UNIT))
    promised = due(context, dossier)
    clock.move(days=7)
    desk.act(dossier, DraftApology("Chờ xác minh", date(2026, 12, 10)))
    waiting = due(context, dossier)
    signed = desk.act(dossier, SignLetter(LEADER, "15/PXL"))

    assert (waiting, due(context, dossier).date()) == (promised, date(2026, 12, 10))
    assert (signed.form, signed.status) == ("04", Status.IN_PROCESS)
    assert told(context, dossier)[-1]["form_number"] == "15/PXL"
    assert told(context, dossier)[-1]["kind"] == "due_extended"
    with pytest.raises(ExtendedBefore):
        desk.act(dossier, DraftApology("Chờ thêm", date(2026, 12, 20)))


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 25)])
def test_an_apology_never_brings_the_promised_day_nearer(
    desk: Desk, context: Context, dossier: DossierId, day: date
) -> None:
    desk.act(dossier, HandOver(UNIT))
    promised = due(context, dossier)
    assert promised.date() == date(2026, 11, 26)

    with pytest.raises(DayNotLater):
        desk.act(dossier, DraftApology("Chờ xác minh", day))


def test_an_apology_is_not_signed_once_another_day_was_promised(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    desk.act(dossier, DraftApology("Chờ xác minh", date(2026, 12, 10)))
    promise(context, dossier, datetime(2026, 12, 20, 10, tzinfo=UTC))

    with pytest.raises(DayNotLater):
        desk.act(dossier, SignLetter(LEADER, "15/PXL"))
    desk.act(dossier, SignLetter(LEADER, "", approved=False))

    assert due(context, dossier).date() == date(2026, 12, 20)


def test_no_apology_is_written_where_no_day_was_promised(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    promise(context, dossier, None)

    with pytest.raises(DayNotLater):
        desk.act(dossier, DraftApology("Chờ xác minh", date(2026, 12, 10)))


def promise(context: Context, dossier: DossierId, at: datetime | None) -> None:
    """Let another day be promised meanwhile, as the portal's news does."""
    with context.store.writing() as session:
        row = find_row(session, dossier)
        assert row is not None
        row.due_at = at


def test_a_letter_the_leader_gave_back_changes_nothing(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, DraftStop("Trùng hồ sơ"))
    with pytest.raises(LetterWaits):
        desk.act(dossier, DraftStop("Lần nữa"))

    desk.act(dossier, SignLetter(LEADER, "", approved=False))

    assert status(context, dossier) is Status.ACCEPTED
    with pytest.raises(NoLetter):
        desk.act(dossier, SignLetter(LEADER, "16/TB"))


def test_a_stop_waits_for_the_leader_and_carries_his_number(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, DraftStop("Người dân có đơn tố cáo liên quan"))
    before = status(context, dossier)
    stopped = desk.act(dossier, SignLetter(LEADER, "16/TB"))

    assert (before, stopped.status, stopped.form) == (Status.ACCEPTED, 8, "05")
    assert acts_of(desk, context, dossier) == set()


def test_a_supplement_is_stopped_only_after_its_day(
    desk: Desk, dossier: DossierId, clock: SetClock
) -> None:
    desk.act(dossier, AskSupplement("Thiếu", (PAPER,), respond_by=date(2026, 12, 1)))
    with pytest.raises(SupplementNotOverdue):
        desk.act(dossier, DraftStop("Không bổ sung"))
    clock.move(days=7)

    desk.act(dossier, DraftStop("Không bổ sung"))

    assert desk.act(dossier, SignLetter(LEADER, "17/TB")).status == 8


def test_a_citizen_takes_the_dossier_back_from_any_state_before_the_result(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    desk.act(dossier, ASK)

    assert desk.act(dossier, Withdraw("Đơn rút ngày 25/11/2026")).status == 7
    assert told(context, dossier)[-1]["status_before"] == 5


def test_somebody_else_fetches_a_result_with_an_authorisation_and_a_lost_slip_is_signed_for(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    other = ReturnResult(
        "Trần Văn Mẫu",
        Relation.AUTHORISED,
        last4="0002",
        identity_checked=True,
        slip_collected=False,
        signed=True,
    )
    with pytest.raises(AuthorisationNeeded):
        desk.act(dossier, other)
    with pytest.raises(SlipMissing):
        desk.act(dossier, ReturnResult("A", Relation.SELF, None, True, False, True))

    desk.act(
        dossier,
        ReturnResult(
            "Trần Văn Mẫu",
            Relation.AUTHORISED,
            last4="0002",
            identity_checked=True,
            slip_collected=False,
            signed=True,
            undertaking=True,
            authorisation="Giấy ủy quyền 24/11/2026",
        ),
    )

    assert told(context, dossier)[-1]["returned"] == {
        "receiver_name": "Trần Văn Mẫu",
        "relation": "authorised",
        "identity_checked": True,
        "identity_last4": "0002",
        "slip_collected": False,
    }


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"identity_checked": False}, ReceiverNotChecked),
        ({"signed": False}, SignatureMissing),
        ({"slip_collected": False}, SlipMissing),
        ({"receiver": " "}, ReasonNeeded),
    ],
)
def test_a_result_is_not_given_while_something_is_missing(
    desk: Desk,
    context: Context,
    dossier: DossierId,
    change: dict[str, Any],
    refusal: type[Refused],
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    given_: dict[str, Any] = {
        "receiver": "Nguyễn Thị Mẫu",
        "relation": Relation.SELF,
        "last4": None,
        "identity_checked": True,
        "slip_collected": True,
        "signed": True,
    }

    with pytest.raises(refusal):
        desk.act(dossier, ReturnResult(**(given_ | change)))

    assert status(context, dossier) is Status.DONE


def test_a_result_that_costs_is_given_only_after_it_is_paid(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(extract, TakeResult("Trích lục"))
    with pytest.raises(FeesNotCollected):
        desk.act(extract, RETURN)

    paid = desk.act(extract, Collect())
    returned = desk.act(extract, RETURN)

    assert (paid.number, returned.status) == ("1/2026-Q01/PT", 10)
    assert told(context, extract)[1]["kind"] == "payment_done"
    with context.store.reading() as session:
        row = find_row(session, extract)
        assert row is not None
        assert life.owed(session, row) == Dong(0)


def test_nothing_is_collected_twice(desk: Desk, clock: SetClock) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(extract, Collect())

    with pytest.raises(NothingOwed):
        desk.act(extract, Collect())


def test_money_is_given_back_as_a_fact_of_its_own_and_is_owed_again(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    with pytest.raises(NothingPaid):
        desk.act(extract, GiveBack("Thu nhầm", LEADER))
    desk.act(extract, Collect())

    back = desk.act(extract, GiveBack("Thu nhầm", LEADER, voided=True))

    with pytest.raises(NothingPaid):
        desk.act(extract, GiveBack("Thu nhầm", LEADER))
    with context.store.reading() as session:
        facts = session.scalars(select(MoneyRow).order_by(MoneyRow.number)).all()
        row = find_row(session, extract)
        assert row is not None
        owed = life.owed(session, row)
    assert [(fact.kind, fact.number) for fact in facts] == [
        ("receipt", "1/2026-Q01/PT"),
        ("void", "2/2026-Q01/PT"),
    ]
    assert (facts[1].of, facts[1].amount) == (facts[0].id, -facts[0].amount)
    assert (owed, back.number) == (facts[0].amount, "2/2026-Q01/PT")
    assert desk.act(extract, Collect()).number == "3/2026-Q01/PT"


def test_a_voided_dossier_still_gives_its_money_back(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(extract, Collect())
    desk.act(extract, Void("Nhập nhầm", LEADER))

    desk.act(extract, GiveBack("Hồ sơ bị hủy", LEADER))

    assert acts_of(desk, context, extract) == set()
    assert told(context, extract)[-1]["kind"] == "note"


def test_a_return_noted_by_mistake_is_taken_back_on_the_same_day_only(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    desk.act(dossier, RETURN)
    recalled = desk.act(dossier, Recall("Trả nhầm hồ sơ", LEADER))
    desk.act(dossier, RETURN)
    clock.move(days=1)

    with pytest.raises(TooLate):
        desk.act(dossier, Recall("Trả nhầm hồ sơ", LEADER))

    assert recalled.status == 9
    assert status(context, dossier) is Status.RETURNED


def test_who_fetched_a_result_is_put_right_days_later_as_a_fact_of_its_own(
    desk: Desk, context: Context, clock: SetClock, dossier: DossierId
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    desk.act(dossier, replace(RETURN, relation=Relation.AUTHORISED, authorisation="UQ 1"))
    returned_at = clock()
    clock.move(days=3)
    right = ReturnResult(
        receiver="Lê Thị Nhận",
        relation=Relation.AUTHORISED,
        last4="4321",
        identity_checked=False,
        slip_collected=False,
        signed=False,
        authorisation="UQ 2",
    )

    acted = desk.act(dossier, CorrectReturn(right, "Ghi nhầm người", LEADER))

    code = desk.find_dossiers("")[0].code
    (job,) = acted.jobs
    assert isinstance(job.paper, WordedPaper)
    facts = job.paper.facts
    assert isinstance(facts, ReturnFacts)
    assert (facts.receiver, facts.authorisation, facts.identity) == (
        "Lê Thị Nhận",
        "UQ 2",
        "••••4321",
    )
    assert (facts.returned_at, job.paper.head.reprint) == (returned_at, True)
    assert facts.correction == "Người nhận kết quả ghi lại ngày 28/11/2026: Ghi nhầm người"
    last = desk.show(code).history[-1]
    assert (last.event, last.at) == ("return.corrected", clock())
    assert f"Người nhận kết quả: {RETURN.receiver} → Lê Thị Nhận" in last.text
    assert last.text.endswith("Ghi nhầm người · Lê Văn Mẫu")
    assert told(context, dossier)[-1]["kind"] == "note"
    assert status(context, dossier) is Status.RETURNED
    now = desk.possible(code).returned
    assert now is not None
    assert (now.receiver, now.slip_collected) == ("Lê Thị Nhận", RETURN.slip_collected)
    (line,) = papers.register(
        context, local_day(clock()) - timedelta(days=9), local_day(clock())
    ).lines
    assert line.returned_at == returned_at


@pytest.mark.parametrize(
    ("right", "refusal"),
    [
        ({}, NothingToCorrect),
        ({"relation": Relation.OTHER}, AuthorisationNeeded),
        ({"receiver": " "}, ReasonNeeded),
    ],
)
def test_a_receiver_is_not_put_right_without_what_the_record_wants(
    desk: Desk, dossier: DossierId, right: dict[str, object], refusal: type[Refused]
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    desk.act(dossier, RETURN)

    with pytest.raises(refusal):
        desk.act(dossier, CorrectReturn(replace(RETURN, **right), "Ghi nhầm", LEADER))  # type: ignore[arg-type]


def test_a_return_put_right_today_can_still_be_taken_back_whole(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    desk.act(dossier, RETURN)
    desk.act(dossier, CorrectReturn(replace(RETURN, last4="9999"), "Ghi nhầm", LEADER))

    desk.act(dossier, Recall("Trả nhầm hồ sơ", LEADER))

    assert status(context, dossier) is Status.DONE
    with context.store.reading() as session:
        row = find_row(session, dossier)
        assert row is not None
        assert results.last_return(session, row) is None


def test_a_wrong_result_goes_back_to_the_unit_with_a_record(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, TakeResult("Giấy khai sinh"))

    back = desk.act(dossier, CorrectResult("Sai ngày sinh", "BB 03", LEADER))

    assert back.status == 4
    assert told(context, dossier)[-1]["text"] == "Sai ngày sinh · BB 03 · Lê Văn Mẫu"


def test_a_mis_keyed_dossier_is_voided_by_name_and_its_code_stays_used(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    with pytest.raises(LeaderNeeded):
        desk.act(dossier, Void("Nhập nhầm người", Leader(" ")))

    assert desk.act(dossier, Void("Nhập nhầm người", LEADER)).status == 8
    assert checking.verify(context) == ()


def test_thirty_dossiers_travel_on_one_list_or_none_does(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    dossiers = tuple(desk.receive(asked(clock)).dossier_id for _ in range(30))
    desk.act(dossiers[17], TakeResult("Xong sớm"))
    with pytest.raises(WrongStep):
        desk.act_all(dossiers, HandOver(UNIT))
    left = {status(context, dossier) for dossier in dossiers}

    sheets = desk.act_all(dossiers[:17] + dossiers[18:], HandOver(UNIT))

    assert left == {Status.ACCEPTED, Status.DONE}
    assert {sheet.number for sheet in sheets} == {"1/2026-Q01/BG"}
    assert len(sheets) == 29


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (HandOver(" "), UnitNeeded),
        (AskSupplement("Thiếu", ()), PapersNeeded),
        (AskSupplement(" ", (PAPER,)), ReasonNeeded),
        (AskSupplement("Thiếu", (PAPER,), respond_by=date(2026, 11, 24)), DayPassed),
        (Move(" "), ReasonNeeded),
        (Withdraw(""), ReasonNeeded),
        (SignLetter(LEADER, "1"), NoLetter),
        (TakeSupplement(BROUGHT), WrongStep),
        (Refuse("Không thuộc thẩm quyền"), WrongStep),
        (RETURN, WrongStep),
    ],
)
def test_what_is_refused_changes_nothing(
    desk: Desk, context: Context, dossier: DossierId, act: Act, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        desk.act(dossier, act)

    assert status(context, dossier) is Status.ACCEPTED
    assert told(context, dossier) == []
    assert checking.verify(context) == ()


def test_a_dossier_that_is_not_here_is_not_acted_on(desk: Desk, clock: SetClock) -> None:
    with pytest.raises(UnknownDossier):
        desk.act(asked(clock).dossier_id, Move("A1"))


EVERY: tuple[Act, ...] = (
    Collect(),
    HandOver(UNIT),
    ASK,
    AskSupplement("Thiếu", (PAPER,), cause="Có căn cứ"),
    TakeSupplement(BROUGHT),
    TakeResult("Giấy khai sinh"),
    RETURN,
    DraftApology("Chờ xác minh", date(2027, 1, 5)),
    DraftStop("Trùng hồ sơ"),
    SignLetter(LEADER, "1/TB"),
    SignLetter(LEADER, "", approved=False),
    Refuse("Không đủ điều kiện"),
    Withdraw("Có đơn"),
    CorrectResult("Sai", "BB 1", LEADER),
    Recall("Nhầm", LEADER),
    CorrectReturn(replace(RETURN, receiver="Lê Thị Nhận"), "Ghi nhầm", LEADER),
    Move("B2"),
    GiveBack("Thu nhầm", LEADER),
    Void("Nhập nhầm", LEADER),
)


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.sampled_from(EVERY), st.integers(0, 40)), max_size=12))
def test_whatever_is_tried_every_state_follows_from_the_table_and_tells_the_portal(
    desk: Desk, context: Context, clock: SetClock, tried: list[tuple[Act, int]]
) -> None:
    dossier = desk.receive(asked(clock)).dossier_id
    first = due(context, dossier)
    for act, hours in tried:
        can = acts_of(desk, context, dossier)
        try:
            desk.act(dossier, act)
        except Refused:
            continue
        finally:
            clock.move(hours=hours)
        assert act.kind in can

    events = told(context, dossier)
    states = [Status.ACCEPTED.value] + [event["status_after"] for event in events]
    assert [event["status_before"] for event in events] == states[:-1]
    left: Status | None = None
    for before, after in zip(map(Status, states), map(Status, states[1:]), strict=False):
        if before is not after:
            assert any(_allowed(before, after, actor, left) for actor in Actor)
            left = before if after.stops_clock else left
    assert due(context, dossier) >= first
    assert checking.verify(context) == ()


def _allowed(before: Status, after: Status, actor: Actor, left: Status | None) -> bool:
    try:
        check_step(before, after, actor, left)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("life_", "forms"),
    [
        ((HandOver(UNIT),), ["control"]),
        ((ASK,), ["supplement"]),
        ((ASK, TakeSupplement(BROUGHT)), ["receipt"]),
        ((TakeResult("Giấy khai sinh"), RETURN), ["return"]),
        ((DraftStop("Trùng"), SignLetter(LEADER, "16/TB")), ["stop"]),
        ((DraftStop("Trùng"), SignLetter(LEADER, "", approved=False)), []),
        ((HandOver(UNIT), DraftApology("Chờ", NEW_YEAR), SignLetter(LEADER, "15")), ["apology"]),
        ((Move("B2"),), []),
    ],
)
def test_an_act_hands_out_its_statutory_form_and_notes_that_it_was_asked_for(
    desk: Desk, context: Context, dossier: DossierId, life_: tuple[Act, ...], forms: list[str]
) -> None:
    *_, acted = (desk.act(dossier, act) for act in life_)

    with context.store.reading() as session:
        noted = session.scalars(
            select(PrintRow.kind).where(PrintRow.job.in_([job.id for job in acted.jobs]))
        ).all()
    worded = [job.paper for job in acted.jobs if isinstance(job.paper, WordedPaper)]
    assert noted == forms
    assert [paper.facts.form.value for paper in worded] == [f for f in forms if f != "receipt"]
    assert {paper.head.number for paper in worded} <= {acted.number or ""}


def test_a_cash_receipt_names_what_was_paid_and_by_whom(desk: Desk, clock: SetClock) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id

    (job,) = desk.act(extract, Collect()).jobs

    assert isinstance(job.paper, WordedPaper)
    assert isinstance(job.paper.facts, CashFacts)
    assert job.paper.facts.total == sum(line.amount for line in job.paper.facts.sums) > 0
    assert job.paper.head.number == "1/2026-Q01/PT"


def test_a_list_is_printed_once_before_the_sheets_of_its_dossiers(
    desk: Desk, clock: SetClock
) -> None:
    three = tuple(desk.receive(asked(clock)).dossier_id for _ in range(3))

    out = desk.act_all(three, HandOver(UNIT, "Phạm Văn Mẫu"))
    back = desk.act_all(three, TakeResult("Giấy khai sinh", shelf="A3"))

    assert [len(one.jobs) for one in out] == [2, 1, 1]
    assert [len(one.jobs) for one in back] == [1, 0, 0]
    listed = out[0].jobs[0].paper
    assert isinstance(listed, WordedPaper)
    assert isinstance(listed.facts, HandOverFacts)
    assert [line.code for line in listed.facts.handed] == [one.code for one in out]
    assert (listed.facts.unit, listed.facts.receiver) == (UNIT, "Phạm Văn Mẫu")
    assert listed.facts.count == 3


def test_no_paper_is_noted_as_asked_for_that_a_list_stands_for(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    three = tuple(desk.receive(asked(clock)).dossier_id for _ in range(3))
    desk.act_all(three, HandOver(UNIT))
    with context.store.reading() as session:
        before = set(session.scalars(select(PrintRow.job)))

    back = desk.act_all(three, TakeResult("Giấy khai sinh"))

    with context.store.reading() as session:
        noted = set(session.scalars(select(PrintRow.job))) - before
    assert noted == {job.id for one in back for job in one.jobs}


def test_a_list_of_results_names_every_unit_they_come_from_and_counts_them(
    desk: Desk, clock: SetClock
) -> None:
    first, second, third = (desk.receive(asked(clock)).dossier_id for _ in range(3))
    desk.act_all((first, third), HandOver(UNIT))
    desk.act(second, HandOver("Công chức Địa chính"))

    back = desk.act_all((first, second, third), TakeResult("Giấy khai sinh", shelf="A3"))

    listed = back[0].jobs[0].paper
    assert isinstance(listed, WordedPaper)
    assert isinstance(listed.facts, ResultsBackFacts)
    assert (listed.facts.unit, listed.facts.count) == (f"{UNIT}, Công chức Địa chính", 3)


def test_a_dossier_that_must_be_paid_first_waits_with_its_clock_stopped(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    promised = due(context, extract)
    desk.act(extract, HandOver(UNIT))

    asked_for = desk.act(extract, AskPayment())
    clock.move(days=1)
    waiting = desk.possible(asked_for.code).acts
    paid = desk.act(extract, Collect())

    assert (asked_for.status, paid.status) == (Status.PAYMENT, Status.IN_PROCESS)
    assert waiting[0] is ActKind.COLLECT
    assert ActKind.TAKE_RESULT not in waiting
    assert due(context, extract) > promised
    with pytest.raises(NothingOwed):
        desk.act(extract, AskPayment())
    with context.store.reading() as session:
        bodies = session.scalars(select(OutboxRow.body).order_by(OutboxRow.seq)).all()
    events = [json.loads(body) for body in bodies[1:]]
    assert [(e["kind"], e["status_before"], e["status_after"]) for e in events[1:]] == [
        ("payment_requested", 4, 6),
        ("payment_done", 6, 4),
    ]
    assert checking.verify(context) == ()


def test_every_step_people_take_has_an_act() -> None:
    by_letter = {(Status.IN_PROCESS, Status.IN_PROCESS)}
    back = {(Status.SUPPLEMENT, end) for end in (Status.ACCEPTED, Status.IN_PROCESS)}
    acts = {(start, way.end) for way in _WAYS.values() for start in way.starts}

    people = {Actor.OFFICER, Actor.SUPERVISOR, Actor.UNIT, Actor.CITIZEN}
    steps = {(s.start, s.end) for s in STEPS if s.start is not None and s.actors & people}

    assert steps - by_letter - back - acts == set()


def test_results_go_to_the_post_on_one_list_that_is_signed(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    first = desk.receive(asked(clock, EXTRACT)).dossier_id
    second = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(second, Collect())
    desk.act_all((first, second), TakeResult("Trích lục", "3"))

    posted = desk.act_all((first, second), HandToPost("Đinh Thị Bưu Tá"))

    (job,) = [job for one in posted for job in one.jobs]
    assert isinstance(job.paper, WordedPaper)
    facts = job.paper.facts
    assert isinstance(facts, PostedFacts)
    owed = desk.possible(posted[0].code).owed
    assert [line.to_collect for line in facts.posted] == [owed, 0]
    assert (facts.total, owed > 0) == (owed, True)
    assert (facts.carrier, job.paper.head.number) == ("Đinh Thị Bưu Tá", "1/2026-Q01/BC")
    assert [one.status for one in posted] == [Status.DONE, Status.DONE]
    view = desk.show(posted[0].code)
    assert view.line.shelf == "Bưu chính công ích · 1/2026-Q01/BC"
    assert view.history[-1].event == "result.posted"
    desk.act(second, RETURN)
    assert checking.verify(context) == ()


def test_what_the_post_cannot_deliver_goes_with_no_list(desk: Desk, clock: SetClock) -> None:
    reached = desk.receive(asked(clock)).dossier_id
    nowhere = desk.receive(asked(clock, applicant=replace(person(), phone=None))).dossier_id
    with pytest.raises(WrongStep):
        desk.act(reached, HandToPost("Đinh Thị Bưu Tá"))
    desk.act_all((reached, nowhere), TakeResult("Giấy khai sinh"))

    with pytest.raises(CarrierNeeded):
        desk.act(reached, HandToPost(" "))
    with pytest.raises(PostAddressNeeded):
        desk.act_all((reached, nowhere), HandToPost("Đinh Thị Bưu Tá"))

    (job,) = desk.act(reached, HandToPost("Đinh Thị Bưu Tá")).jobs
    assert job.paper.head.number == "1/2026-Q01/BC"  # type: ignore[union-attr]  # a worded paper


def test_an_apology_says_what_was_promised_and_what_is_now(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    promised = due(context, dossier)
    desk.act(dossier, DraftApology("Chờ xác minh", date(2026, 12, 10)))

    (job,) = desk.act(dossier, SignLetter(LEADER, "15/PXL")).jobs

    assert isinstance(job.paper, WordedPaper)
    facts = job.paper.facts
    assert isinstance(facts, ApologyFacts)
    assert (facts.due_at, facts.new_due_on) == (promised, date(2026, 12, 10))
    assert (facts.reason, facts.signer) == ("Chờ xác minh", LEADER.name)


def test_every_paper_of_a_life_can_be_set(desk: Desk, clock: SetClock) -> None:
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    life_ = (HandOver(UNIT), ASK, TakeSupplement(BROUGHT), TakeResult("Trích lục", "3"), Collect())
    jobs = [job for act in (*life_, RETURN) for job in desk.act(extract, act).jobs]

    pages = [
        job_pdf(job.paper, job.copies)[0]
        for job in jobs
        if not isinstance(job.paper, TicketPaper | RulerPaper)
    ]

    assert len(pages) == 6
    assert all(page.startswith(b"%PDF") for page in pages)
