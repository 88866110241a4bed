"""Where a result goes: chosen at the reception, on paper, told to the portal, and done so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from counter.acts import ActKind, HandToPost, Relation, ReturnResult, TakeResult
from counter.desk import papers
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import PostAddressNeeded
from counter.forms import ReceiptPaper
from counter.papers.desk import PostedFacts
from counter.returning import ReturnTo, ReturnWay
from counter.store.tables import OutboxRow
from counter.values import local_day
from counter.visits import Visit
from counter.wording import WordedPaper
from tests.counter.desk.conftest import SetClock, asked, person

ELSEWHERE = ReturnTo(ReturnWay.POST, address="Thôn 9, xã Khác, tỉnh Mẫu")


def receive(desk: Desk, clock: SetClock, wish: ReturnTo) -> tuple[str, ReceiptPaper]:
    """Receive a dossier; return its code and the receipt."""
    received = desk.receive(replace(asked(clock), return_to=wish))
    paper = received.jobs[0].paper
    assert isinstance(paper, ReceiptPaper)
    return received.code, paper


def told(context: Context) -> dict[str, Any]:
    """Return what the portal is told of where the only dossier's result goes."""
    with context.store.reading() as session:
        body = session.scalars(select(OutboxRow.body).order_by(OutboxRow.seq)).first()
    assert body is not None
    found: dict[str, Any] = json.loads(body)["return_to"]
    return found


def test_a_result_fetched_at_the_desk_says_so(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code, paper = receive(desk, clock, ReturnTo())

    assert "bưu chính" not in paper.return_at
    assert (told(context)["method"], told(context)["electronic"]) == (0, False)
    assert told(context)["address"] is None
    assert desk.show(code).return_to == ReturnTo()


def test_a_result_by_post_goes_to_the_applicants_own_address(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code, paper = receive(desk, clock, ReturnTo(ReturnWay.POST))

    owner = person()
    assert paper.return_at == (
        f"Qua bưu chính công ích: {owner.full_name}; {owner.address}; điện thoại {owner.phone}"
    )
    said = told(context)
    assert (said["method"], said["receiver_name"]) == (1, owner.full_name)
    assert (said["phone"], said["address"]["old_text"]) == (owner.phone, owner.address)
    assert desk.show(code).return_to.address == owner.address


def test_another_address_stands_on_receipt_list_and_message(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code, paper = receive(desk, clock, ELSEWHERE)
    dossier = desk.show(code).line.id
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    possible = desk.possible(code)

    acted = desk.act(dossier, HandToPost("Phạm Văn Bưu"))

    assert ELSEWHERE.address in paper.return_at
    assert told(context)["address"]["old_text"] == ELSEWHERE.address
    listed = acted.jobs[0].paper
    assert isinstance(listed, WordedPaper)
    assert isinstance(listed.facts, PostedFacts)
    (line,) = listed.facts.posted
    assert (line.applicant, line.receiver, line.address) == (
        person().full_name,
        "",
        ELSEWHERE.address,
    )
    assert possible.acts[0] is ActKind.HAND_TO_POST
    assert desk.possible(code).acts[0] is ActKind.RETURN_RESULT


def test_whoever_else_gets_the_parcel_is_named_beside_the_applicant(
    desk: Desk, clock: SetClock
) -> None:
    code, _paper = receive(desk, clock, replace(ELSEWHERE, receiver="Trần Văn Nhận"))
    dossier = desk.show(code).line.id
    desk.act(dossier, TakeResult("Giấy khai sinh"))

    listed = desk.act(dossier, HandToPost("Phạm Văn Bưu")).jobs[0].paper

    assert isinstance(listed, WordedPaper)
    assert isinstance(listed.facts, PostedFacts)
    (line,) = listed.facts.posted
    assert (line.applicant, line.receiver) == (person().full_name, "Trần Văn Nhận")


def test_a_file_goes_to_the_citizens_account(desk: Desk, context: Context, clock: SetClock) -> None:
    _code, paper = receive(desk, clock, ReturnTo(ReturnWay.ONLINE))

    assert "Bản điện tử" in paper.return_at
    assert (told(context)["method"], told(context)["electronic"]) == (0, True)


@pytest.mark.parametrize("lacking", [{"address": None}, {"phone": None}])
def test_the_post_needs_an_address_and_a_telephone(
    desk: Desk, clock: SetClock, lacking: dict[str, Any]
) -> None:
    wish = replace(
        asked(clock, applicant=replace(person(), **lacking)), return_to=ReturnTo(ReturnWay.POST)
    )

    with pytest.raises(PostAddressNeeded):
        desk.receive(wish)

    assert desk.find_dossiers() == ()


@pytest.mark.parametrize(
    ("wish", "relation", "before", "after"),
    [
        (ReturnTo(), Relation.SELF, "", "Trực tiếp"),
        (ELSEWHERE, Relation.POSTAL, "Bưu chính", "Bưu chính"),
        (ELSEWHERE, Relation.SELF, "Bưu chính", "Trực tiếp"),
        (ReturnTo(ReturnWay.ONLINE), Relation.SELF, "Trực tuyến", "Trực tiếp"),
    ],
)
def test_the_register_says_how_a_result_was_returned(
    desk: Desk,
    context: Context,
    clock: SetClock,
    *,
    wish: ReturnTo,
    relation: Relation,
    before: str,
    after: str,
) -> None:
    code, _paper = receive(desk, clock, wish)
    dossier = desk.show(code).line.id
    today = local_day(clock())
    (line,) = papers.register(context, today, today + timedelta(days=1)).lines
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    returned = ReturnResult("Phạm Văn Bưu", relation, None, True, True, True)
    desk.act(dossier, replace(returned, authorisation="Bảng kê 1"))

    (now,) = papers.register(context, today, today + timedelta(days=1)).lines

    assert (line.way, now.way) == (before, after)


def test_the_choice_waits_with_a_visit_that_is_laid_aside(desk: Desk, clock: SetClock) -> None:
    wanted = replace(asked(clock), return_to=ELSEWHERE)
    visit = Visit.of(wanted, "Đăng ký khai sinh")

    desk.visits().keep(visit)

    (kept,) = desk.visits().kept()
    assert kept.visit.return_to == ELSEWHERE
    assert kept.visit.read().return_to == ELSEWHERE
