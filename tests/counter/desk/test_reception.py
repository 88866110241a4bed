"""A dossier is received whole or not at all, once, and only then there is something to print."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import func, select, text

from counter.desk import planning
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DueDateNeeded, PaperMissing, StoreDamaged, UnknownProcedure
from counter.forms import ReceiptPaper, TicketPaper
from counter.ports import Outcome, PaperMade
from counter.procedures import Fee, FeeKind
from counter.store.tables import DossierRow, HistoryRow, OutboxRow
from counter.values import VIETNAM, Dong
from counter.work import Change, FeeQuantity, IdentitySource, PaperBrought
from sync.sandbox.contract_check import faults_of
from tests.counter.desk.conftest import EXTRACT, SetClock, asked, lend, person

COPIES = "2.000815"


def rows(context: Context) -> tuple[int, int, int]:
    with context.store.reading() as session:
        dossiers, history, messages = (
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (DossierRow, HistoryRow, OutboxRow)
        )
    return dossiers, history, messages


def told(context: Context) -> dict[str, object]:
    with context.store.reading() as session:
        body = session.scalars(select(OutboxRow.body)).one()
    content: dict[str, object] = json.loads(body)
    return content


def test_dossier_history_number_and_message_are_there_together(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 51, 60)

    received = desk.receive(asked(clock))

    assert received.code == "H55.242-261125-0051"
    assert not received.provisional
    assert received.changed == Change.DOSSIERS | Change.QUEUE
    assert rows(context) == (1, 1, 1)
    assert desk.verify() == ()


def test_pressing_twice_receives_one_dossier_and_gives_out_one_number(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 51, 60)
    form = asked(clock)

    first, second = desk.receive(form), desk.receive(form)

    assert (first.code, first.ticket) == (second.code, second.ticket)
    assert rows(context) == (1, 1, 1)
    assert [type(job.paper) for job in second.jobs] == [ReceiptPaper]


def test_when_the_disk_fails_nothing_is_kept_and_the_number_is_given_back(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 51, 60)
    with context.store.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER broken BEFORE INSERT ON outbox "
                "BEGIN SELECT RAISE(ABORT, 'database disk image is malformed'); END"
            )
        )

    with pytest.raises(StoreDamaged):
        desk.receive(asked(clock))

    assert rows(context) == (0, 0, 0)
    assert desk.queue().current is None
    with context.store.writing() as session:
        session.execute(text("DROP TRIGGER broken"))
    assert desk.receive(asked(clock)).code == "H55.242-261125-0051"


def test_without_a_number_left_the_code_is_provisional_and_says_so(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    received = desk.receive(asked(clock))

    paper = received.jobs[0].paper
    assert isinstance(paper, ReceiptPaper)
    assert (received.code, received.provisional) == ("TAM-Q01-261125-0001", True)
    assert (paper.code, paper.provisional) == ("TAM-Q01-261125-0001", True)
    assert (told(context)["code"], told(context)["created_offline"]) == (None, True)


def test_what_the_portal_is_told_fits_the_contract(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 51, 60)

    desk.receive(asked(clock))

    content = told(context)
    assert faults_of(content, "DossierContent") == []
    assert content["owner"] == {
        "subject_type": 1,
        "full_name": "Nguyễn Thị Mẫu",
        "gender": "nu",
        "birth_date": "1999-01-31",
        "nationality": None,
        "identity": {
            "kind": "can_cuoc",
            "number": "001199012345",
            "issued_on": "2021-05-10",
            "source": "chip",
            "chip_verified": False,
        },
        "address": {
            "province_code": None,
            "unit_code": None,
            "detail": "Thôn 1, xã Thử Nghiệm, tỉnh Mẫu",
            "old_text": "Thôn 1, xã Thử Nghiệm, tỉnh Mẫu",
        },
        "phone": "0912000001",
        "email": None,
        "organisation": None,
    }


def test_a_child_without_a_number_is_told_without_an_identity(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    child = replace(
        person(), number=None, source=IdentitySource.MANUAL, verdict=None, birth_date=None
    )

    desk.receive(asked(clock, applicant=child))

    owner = told(context)["owner"]
    assert isinstance(owner, dict)
    assert owner["identity"] is None
    assert faults_of(told(context), "DossierContent") == []


def test_the_receipt_says_what_is_on_disk(desk: Desk, context: Context, clock: SetClock) -> None:
    lend(context, 51, 60)

    received = desk.receive(asked(clock))

    paper = received.jobs[0].paper
    assert isinstance(paper, ReceiptPaper)
    assert paper.code == received.code
    assert paper.applicant == "Nguyễn Thị Mẫu"
    assert paper.applicant_masked_number == "001••••••345"
    assert [(p.name, p.originals) for p in paper.papers] == [
        ("Tờ khai đăng ký khai sinh", 1),
        ("Giấy chứng sinh", 1),
    ]
    assert paper.due_at == datetime(2026, 11, 26, 8, 30, tzinfo=VIETNAM)
    assert paper.time_limit_words == "01 ngày làm việc"
    assert (paper.book_volume, paper.book_number) == ("2026-Q01", 1)
    assert paper.training


def test_a_visit_without_a_number_gets_one_and_its_ticket_is_printed(
    desk: Desk, clock: SetClock
) -> None:
    received = desk.receive(asked(clock))

    ticket = received.jobs[1].paper
    assert isinstance(ticket, TicketPaper)
    assert (received.ticket, ticket.number) == ("A001", "A001")
    current = desk.queue().current
    assert current is not None
    assert current.number == "A001"


def test_a_visit_that_began_with_a_ticket_keeps_it(desk: Desk, clock: SetClock) -> None:
    desk.take_ticket("A")
    called = desk.call_next()
    assert called is not None

    received = desk.receive(replace(asked(clock), ticket=called.number))

    assert received.ticket == "A001"
    assert [type(job.paper) for job in received.jobs] == [ReceiptPaper]


def test_a_demanded_paper_must_be_brought(desk: Desk, context: Context, clock: SetClock) -> None:
    form = replace(asked(clock), papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 0, 0, 0)))

    with pytest.raises(PaperMissing) as missing:
        desk.receive(form)

    assert missing.value.fields["paper"] == "Giấy chứng sinh"
    assert desk.plan(form.procedure_code, form.papers).missing == (1,)
    assert rows(context) == (0, 0, 0)


def test_a_procedure_that_is_not_in_force_is_refused(desk: Desk, clock: SetClock) -> None:
    with pytest.raises(UnknownProcedure):
        desk.receive(asked(clock, procedure="9.999999"))


def test_a_fee_for_each_copy_is_counted(desk: Desk, clock: SetClock) -> None:
    form = replace(
        asked(clock, procedure=EXTRACT),
        papers=(PaperBrought(0, 1, 0, 0),),
        quantities=(FeeQuantity("PHI-TL", 3),),
    )

    plan = desk.plan(form.procedure_code, form.papers, form.quantities)
    received = desk.receive(form)

    assert (plan.total, received.total) == (24000, 24000)


def test_pages_and_copies_both_count_and_later_pages_cost_less(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    form = replace(
        asked(clock, procedure=COPIES),
        papers=(PaperBrought(0, 1, 0, 0),),
        quantities=(FeeQuantity("CT-BS-1", 5, copies=3),),
    )

    received = desk.receive(form)

    assert received.total == 21000
    lines = told(context)["fees"]
    assert isinstance(lines, list)
    assert [(line["fee_code"], line["quantity"], line["amount"]) for line in lines] == [
        ("CT-BS-1", 6, 12000),
        ("CT-BS-3", 9, 9000),
    ]
    assert faults_of(told(context), "DossierContent") == []


def test_a_fee_of_a_case_is_asked_only_when_the_officer_names_it(context: Context) -> None:
    birth = context.catalogue.get("1.001193", date(2026, 11, 25))
    late = Fee(
        code="LP-KS-QH",
        name="Lệ phí đăng ký khai sinh quá hạn",
        kind=FeeKind.SERVICE_FEE,
        amount=Dong(8000),
        when="Đăng ký sau 60 ngày",
    )
    birth = replace(birth, fees=(birth.fees[0], late))

    asked_of_all = planning.fees_of(birth, ())
    asked_late = planning.fees_of(birth, (FeeQuantity("LP-KS-QH", 1), FeeQuantity("LP-KS", 0)))

    assert [(line.code, line.amount) for line in asked_of_all] == [("LP-KS", 0)]
    assert [(line.code, line.amount) for line in asked_late] == [("LP-KS-QH", 8000)]


def test_the_officers_own_day_stands_and_is_never_in_the_past(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    form = replace(asked(clock), due_on=date(2026, 12, 1))

    received = desk.receive(form)

    assert received.due_at == datetime(2026, 12, 1, 17, 30, tzinfo=VIETNAM)
    due = told(context)["due"]
    assert isinstance(due, dict)
    assert due["rule"] == "manual"
    with pytest.raises(DueDateNeeded):
        desk.receive(replace(asked(clock), due_on=date(2026, 11, 24)))


def test_the_book_counts_every_reception(desk: Desk, clock: SetClock) -> None:
    papers = [desk.receive(asked(clock)).jobs[0].paper for _ in range(3)]

    assert [p.book_number for p in papers if isinstance(p, ReceiptPaper)] == [1, 2, 3]


def test_the_receipt_says_what_the_office_says_of_the_data(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    received = desk.receive(asked(clock))
    papers = (received.jobs[0].paper, desk.reprint(received.dossier_id).paper)

    told = [paper.notice for paper in papers if isinstance(paper, ReceiptPaper)]

    assert told == [context.hall.notice.receipt] * 2
    assert "giải quyết hồ sơ" in told[0]


def test_a_reprint_is_marked_and_noted(desk: Desk, clock: SetClock) -> None:
    received = desk.receive(asked(clock))
    clock.move(minutes=5)

    job = desk.reprint(received.dossier_id)

    assert isinstance(job.paper, ReceiptPaper)
    assert job.paper.reprint
    assert [line.event for line in desk.show(received.code).history] == [
        "dossier.received",
        "receipt.reprinted",
    ]
    assert desk.verify() == ()


def test_what_became_of_a_paper_is_kept(desk: Desk, clock: SetClock) -> None:
    received = desk.receive(asked(clock))

    changed = desk.note_paper(PaperMade(received.jobs[0].id, Outcome.TRAY, "tray/receipt.pdf"))
    unknown = desk.note_paper(PaperMade(received.jobs[1].id, Outcome.TRAY, "tray/ticket.png"))

    assert (changed, unknown) == (Change.PAPER, Change.NOTHING)
    assert desk.find_dossiers()[0].paper is Outcome.TRAY
