"""Copies are certified in one go: numbered per document, paid, signed, given out the same day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from counter.certify import COPIES, Certified, CertifyAsked, Document
from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DocumentWrong, FeesNotCollected, LeaderNeeded, WrongStep
from counter.forms import ReceiptPaper
from counter.papers.desk import CashFacts, CertifiedCopyFacts
from counter.people import Officer, Role
from counter.store.tables import PrintRow
from counter.values import Dong, DossierId, uuid7
from counter.wording import WordedPaper
from tests.counter.desk.conftest import SetClock, lend, person

TODAY = date(2026, 11, 25)
DIPLOMA, CARD = Document("Bằng tốt nghiệp", 3, 2), Document("Căn cước", 1, 4)
SIGNER = "Lê Văn Mẫu"


def asked(clock: SetClock, *documents: Document, ticket: str | None = "B001") -> CertifyAsked:
    clock.move(seconds=1)
    return CertifyAsked(
        DossierId(uuid7(clock())), person(), documents or (DIPLOMA, CARD), clock(), ticket
    )


def facts_of(certified: Certified) -> list[object]:
    papers = (job.paper for job in certified.jobs)
    return [p.facts if isinstance(p, WordedPaper) else p for p in papers]


def test_every_document_gets_one_number_and_its_text_as_often_as_it_has_copies(
    desk: Desk, clock: SetClock
) -> None:
    certified = desk.certifying().certify(asked(clock))

    assert [(e.number, e.volume) for e in certified.entries] == [(1, "01/2026"), (2, "01/2026")]
    texts = [job for job in certified.jobs if job.name.endswith("_certified")]
    assert [job.copies for job in texts] == [2, 4]
    first = facts_of(certified)[0]
    assert isinstance(first, CertifiedCopyFacts)
    assert (first.document, first.pages, first.entry) == ("Bằng tốt nghiệp", 3, "1")


def test_each_copy_begins_its_rates_anew_and_the_money_is_in_the_drawer(
    desk: Desk, clock: SetClock
) -> None:
    expected = 2 * (2000 + 2000 + 1000) + 4 * 2000
    quoted = desk.certifying().quote((DIPLOMA, CARD))

    certified = desk.certifying().certify(asked(clock))

    assert quoted == certified.total == expected
    assert certified.collected
    assert desk.drawer().look().cash == expected
    (cash,) = [facts for facts in facts_of(certified) if isinstance(facts, CashFacts)]
    assert cash.total == expected


def test_no_receipt_is_printed_for_what_is_given_out_today(desk: Desk, clock: SetClock) -> None:
    certified = desk.certifying().certify(asked(clock))

    assert certified.same_day
    assert not any(isinstance(facts, ReceiptPaper) for facts in facts_of(certified))


def test_what_comes_after_three_o_clock_gets_its_receipt(desk: Desk, clock: SetClock) -> None:
    clock.moment = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)

    certified = desk.certifying().certify(asked(clock))

    assert not certified.same_day
    assert any(isinstance(facts, ReceiptPaper) for facts in facts_of(certified))


def test_copies_wait_for_the_signature_then_for_the_same_ticket(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)
    work = desk.certifying()
    first = work.certify(asked(clock, ticket="B007"))
    second = work.certify(asked(clock, CARD, ticket="B008"))
    waiting = [(one.ticket, one.signed) for one in work.in_hand()]

    signed = work.sign((first.dossier_id,), SIGNER)
    after = [(one.ticket, one.signed) for one in work.in_hand()]
    work.give_out(first.dossier_id)

    assert waiting == [("B007", False), ("B008", False)]
    assert (signed, after) == (1, [("B007", True), ("B008", False)])
    assert [one.dossier_id for one in work.in_hand()] == [second.dossier_id]
    assert [line.status for line in desk.show(first.code).history] == [2, 2, 4, 9, 10]
    assert checking.verify(context) == ()


def test_no_paper_is_noted_as_asked_for_but_what_is_printed(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    certified = desk.certifying().certify(asked(clock))
    desk.certifying().sign((certified.dossier_id,), SIGNER)
    desk.certifying().give_out(certified.dossier_id)

    with context.store.reading() as session:
        noted = set(session.scalars(select(PrintRow.job)))
    assert noted
    assert noted <= {job.id for job in certified.jobs}


def test_copies_with_a_receipt_are_given_out_when_it_was_taken_back(
    desk: Desk, clock: SetClock
) -> None:
    clock.moment = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    work = desk.certifying()
    late = work.certify(asked(clock))
    clock.move(hours=17)
    early = work.certify(asked(clock))
    work.sign((late.dossier_id, early.dossier_id), SIGNER)

    slips = {one.dossier_id: one.has_slip for one in work.in_hand()}
    work.give_out(late.dossier_id)
    work.give_out(early.dossier_id)

    assert slips == {late.dossier_id: True, early.dossier_id: False}
    assert work.in_hand() == ()


def test_unsigned_copies_are_not_given_out(desk: Desk, clock: SetClock) -> None:
    certified = desk.certifying().certify(asked(clock))

    with pytest.raises(WrongStep):
        desk.certifying().give_out(certified.dossier_id)
    with pytest.raises(LeaderNeeded):
        desk.certifying().sign((certified.dossier_id,), " ")


def test_a_clerk_who_may_take_no_money_leaves_it_owed_until_it_is_paid(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    context.seat.take(Officer("bd-9", "Người Mẫu", "", frozenset({Role.POST_OFFICE})))
    certified = desk.certifying().certify(asked(clock))
    context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({Role.OFFICER})))
    desk.certifying().sign((certified.dossier_id,), SIGNER)

    with pytest.raises(FeesNotCollected):
        desk.certifying().give_out(certified.dossier_id)

    assert not certified.collected
    assert desk.certifying().in_hand()[0].owed == certified.total


def test_asking_twice_certifies_once(desk: Desk, clock: SetClock) -> None:
    wanted = asked(clock)

    first, again = desk.certifying().certify(wanted), desk.certifying().certify(wanted)

    assert first.entries == again.entries
    assert desk.drawer().look().receipts == 1


@pytest.mark.parametrize(
    "document", [Document(" ", 1, 1), Document("A", 0, 1), Document("A", 1, 100)]
)
def test_a_document_that_cannot_be_uses_up_no_number(
    desk: Desk, clock: SetClock, document: Document
) -> None:
    with pytest.raises(DocumentWrong):
        desk.certifying().certify(asked(clock, document))

    assert desk.certifying().certify(asked(clock)).entries[0].number == 1


def test_the_book_lists_every_entry_of_its_days_and_adds_them_up(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    first = desk.certifying().certify(asked(clock))
    desk.certifying().sign((first.dossier_id,), SIGNER)
    clock.move(days=1)
    desk.certifying().certify(asked(clock, CARD))

    facts, paper = desk.certifying().book(TODAY, TODAY)

    assert [(one.entry, one.document, one.signer) for one in facts.certified] == [
        ("1", "Bằng tốt nghiệp", SIGNER),
        ("2", "Căn cước", SIGNER),
    ]
    assert facts.total == first.total
    assert paper.facts == facts
    both, _paper = desk.certifying().book(TODAY, TODAY.replace(day=26))
    assert len(both.certified) == 3


def test_twenty_citizens_get_numbers_without_a_gap(desk: Desk, clock: SetClock) -> None:
    numbers = [
        entry.number for _ in range(20) for entry in desk.certifying().certify(asked(clock)).entries
    ]

    assert numbers == list(range(1, 41))


def test_a_page_fee_the_office_changed_counts_from_its_day(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    procedure = context.catalogue.get(COPIES, TODAY)
    (fee,) = procedure.fees
    dearer = replace(procedure, fees=(replace(fee, amount=Dong(3000)),))
    desk.curation().curate(dearer, TODAY.replace(day=26))

    before = desk.certifying().quote((CARD,))
    clock.move(days=1)

    assert (before, desk.certifying().quote((CARD,))) == (8000, 12_000)
