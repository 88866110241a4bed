"""The cash drawer adds up to the receipts, is counted, and closed with a sheet to sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.acts import Collect, GiveBack, Leader
from counter.desk.desk import Desk
from counter.drawer import Counted
from counter.errors import BadAmount, OfficialNeeded, OfficialTaken, RemarkNeeded, UnknownReceipt
from counter.papers.desk import CashFacts, CountFacts
from counter.papers.form import Letterhead
from counter.values import Dong, DossierId
from counter.wording import WordedPaper
from counter.work import FeeQuantity, PaperBrought
from tests.counter.desk.conftest import SetClock, asked

COPIES = "2.000815"
LEADER = Leader("Lê Văn Mẫu")


def receive(desk: Desk, clock: SetClock, pages: int = 2) -> DossierId:
    """Receive some pages to be certified."""
    wanted = replace(
        asked(clock, COPIES),
        papers=(PaperBrought(0, 1, 0, 0),),
        quantities=(FeeQuantity("CT-BS-1", pages),),
    )
    return desk.receive(wanted).dossier_id


def pay(desk: Desk, clock: SetClock, pages: int = 2) -> str:
    """Take money for some certified pages; return the receipt's number."""
    clock.move(minutes=1)
    return desk.act(receive(desk, clock, pages), Collect()).number or ""


def test_receipts_voids_and_refunds_add_up_to_what_must_lie_there(
    desk: Desk, clock: SetClock
) -> None:
    pay(desk, clock)
    clock.move(minutes=1)
    dossier = receive(desk, clock)
    desk.act(dossier, Collect())
    desk.act(dossier, GiveBack("Thu nhầm", LEADER, voided=True))

    view = desk.drawer().look()

    assert (view.cash, view.receipts, view.undone) == (4000, 2, 1)
    assert [line.amount for line in view.lines] == [4000, 4000, -4000]


def test_closing_prints_the_sheet_and_begins_anew(desk: Desk, clock: SetClock) -> None:
    pay(desk, clock)

    closed = desk.drawer().close((Counted(Dong(2000), 2),))
    clock.move(minutes=1)

    assert isinstance(closed.job.paper, WordedPaper)
    facts = closed.job.paper.facts
    assert isinstance(facts, CountFacts)
    assert (facts.counted, facts.expected, facts.difference) == (4000, 4000, 0)
    assert closed.number == "1/2026-Q01/KK"
    assert desk.drawer().look().lines == ()
    pay(desk, clock)
    assert desk.drawer().look().cash == 4000


def test_no_money_is_left_out_or_counted_twice_when_the_clock_is_set_back(
    desk: Desk, clock: SetClock
) -> None:
    pay(desk, clock)
    desk.drawer().close((Counted(Dong(2000), 2),))
    clock.move(hours=-1)
    dossier = receive(desk, clock)
    desk.act(dossier, Collect())
    desk.act(dossier, GiveBack("Thu nhầm", LEADER))
    pay(desk, clock)

    seen = [line.amount for line in desk.drawer().look().lines]
    desk.drawer().close((Counted(Dong(2000), 2),))

    assert seen == [4000, 4000, -4000]
    assert desk.drawer().look().lines == ()
    assert desk.drawer().close(()).difference == 0


def test_a_difference_wants_a_reason_and_stands_on_the_sheet(desk: Desk, clock: SetClock) -> None:
    pay(desk, clock)

    with pytest.raises(RemarkNeeded):
        desk.drawer().close((Counted(Dong(1000), 3),))
    closed = desk.drawer().close((Counted(Dong(1000), 3),), "Trả thừa 1.000 đồng")

    assert closed.difference == -1000


def test_a_note_that_does_not_exist_is_not_counted(desk: Desk) -> None:
    with pytest.raises(BadAmount):
        desk.drawer().close((Counted(Dong(3000), 1),))


def test_the_legal_receipt_is_bound_once(desk: Desk, clock: SetClock) -> None:
    first, second = pay(desk, clock), pay(desk, clock)
    desk.drawer().bind(first, "01blp0-001 0000123")

    desk.drawer().bind(first, "01BLP0-001 0000123")
    with pytest.raises(OfficialTaken):
        desk.drawer().bind(first, "01BLP0-001 0000124")
    with pytest.raises(OfficialTaken):
        desk.drawer().bind(second, "01BLP0-001 0000123")
    with pytest.raises(OfficialNeeded):
        desk.drawer().bind(second, " ")
    with pytest.raises(UnknownReceipt):
        desk.drawer().bind("99/2026-Q01/PT", "X")

    assert [line.official for line in desk.drawer().look().lines] == [
        "01BLP0-001 0000123",
        None,
    ]


def printed_again(desk: Desk, number: str) -> tuple[Letterhead, CashFacts]:
    paper = desk.drawer().reprint(number).paper
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, CashFacts)
    return paper.head, paper.facts


def test_a_receipt_printed_again_shows_the_legal_number_bound_meanwhile(
    desk: Desk, clock: SetClock
) -> None:
    number = pay(desk, clock)
    _, before = printed_again(desk, number)
    desk.drawer().bind(number, "01BLP0-001 TN-26E 0000123")
    clock.move(minutes=5)

    head, facts = printed_again(desk, number)

    assert (before.official, facts.official) == ("", "01BLP0-001 TN-26E 0000123")
    assert (head.reprint, head.number, head.at < clock()) == (True, number, True)
    assert (facts.total, facts.method, facts.given_back) == (4000, "Tiền mặt", "")
    assert [line.amount for line in desk.drawer().look().lines] == [4000]
    view = desk.show(desk.find_dossiers("")[0].code)
    assert view.receipts == (number,)
    assert view.history[-1].event == "money.reprinted"


def test_a_receipt_printed_again_says_what_of_it_was_given_back(
    desk: Desk, clock: SetClock
) -> None:
    number = pay(desk, clock)
    desk.act(desk.find_dossiers("")[0].id, GiveBack("Thu nhầm", LEADER, voided=True))

    _, facts = printed_again(desk, number)

    assert "4.000 đ" in facts.given_back
    with pytest.raises(UnknownReceipt):
        desk.drawer().reprint("99/2026-Q01/PT")
