"""The table of steps is the law's workflow, whole, and allows nothing else."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.dossier import STEPS, Actor, Need, Status, Step, check_step, steps_from
from counter.errors import WrongActor, WrongStep

TABLE = Path(__file__).parents[2].parent / "shared" / "domain" / "state_machine.json"

NEEDS = {
    "thành phần đủ": Need.ALL_PAPERS,
    "hẹn trả": Need.DUE_DATE,
    "lý do": Need.REASON,
    "nội dung bổ sung": Need.MISSING_PAPERS,
    "khoản thu": Need.SUM_DUE,
    "xác nhận": Need.CONFIRMATION,
    "bàn giao": Need.HAND_OVER,
    "đơn rút": Need.WITHDRAWAL_REQUEST,
    "kết quả": Need.RESULT,
    "kết quả hoặc văn bản từ chối có kết quả": Need.RESULT,
    "hẹn lại": Need.NEW_DUE_DATE,
    "giấy tờ bổ sung": Need.PAPERS_BROUGHT,
    "quá hạn bổ sung": Need.SUPPLEMENT_OVERDUE,
    "đã thanh toán": Need.PAID,
    "người nhận đã đối chiếu giấy tờ": Need.RECEIVER_CHECKED,
    "ký nhận": Need.SIGNATURE,
    "phí đã thu": Need.FEES_COLLECTED,
    "biên bản": Need.RECORD,
}
ACTORS = {
    "công dân/hệ thống": {Actor.PORTAL},
    "công dân": {Actor.CITIZEN, Actor.PORTAL},
    "cán bộ một cửa": {Actor.OFFICER, Actor.SUPERVISOR},
    "cán bộ": {Actor.OFFICER, Actor.SUPERVISOR},
    "cán bộ trả kết quả": {Actor.OFFICER, Actor.SUPERVISOR},
    "cán bộ một cửa + lãnh đạo": {Actor.OFFICER, Actor.SUPERVISOR},
    "thủ trưởng": {Actor.SUPERVISOR},
    "công chức chuyên môn": {Actor.UNIT, Actor.OFFICER},
    "hệ thống": {Actor.PROGRAM},
    "hệ thống/thủ trưởng": {Actor.PROGRAM, Actor.SUPERVISOR},
}
FORMS = {"01 (bản cập nhật)": "01", "sổ 07": "07"}
STARTS = (None, *Status)
LEFT = (None, *Status)
RETURNED = Status.RETURNED


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    if not TABLE.exists():
        pytest.skip("../shared/domain/state_machine.json is absent")
    found: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def test_each_edge_of_the_workflow_is_a_step_with_its_actor_needs_and_form(
    table: dict[str, Any],
) -> None:
    expected = {
        (
            Status(int(edge["from_"])) if edge["from_"] else None,
            Status(int(edge["to"])),
            frozenset(ACTORS[edge["actor"]]),
            tuple(NEEDS[need] for need in edge["requires"]),
            FORMS.get(edge["form"], edge["form"]),
        )
        for edge in table["edges"]
    }

    assert {(s.start, s.end, s.actors, s.needs, s.form) for s in STEPS} == expected
    assert len(STEPS) == len(table["edges"]) == 33


def test_ends_and_stopped_clocks_are_those_of_the_workflow(table: dict[str, Any]) -> None:
    assert {s for s in Status if s.is_final} == {Status(int(n)) for n in table["terminal"]}
    assert {s for s in Status if s.stops_clock} == {Status(int(n)) for n in table["clock_stopped"]}


def test_only_a_correction_leads_out_of_an_end() -> None:
    out = [step for step in STEPS if step.start is not None and step.start.is_final]

    assert [(step.start, step.end, step.confirmed) for step in out] == [
        (Status.RETURNED, Status.DONE, True)
    ]


def test_no_two_steps_have_the_same_ends() -> None:
    assert len({(step.start, step.end) for step in STEPS}) == len(STEPS)


def answer(start: Status | None, end: Status, actor: Actor, left: Status | None) -> object:
    """Return the step, or the kind of refusal."""
    try:
        return check_step(start, end, actor, left)
    except (WrongStep, WrongActor) as refusal:
        return type(refusal)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: f"{s.start or 0}-{s.end}")
def test_a_step_is_allowed_to_its_actors_and_refused_to_all_others(step: Step) -> None:
    left = min(step.left, default=None)

    answers = {actor: answer(step.start, step.end, actor, left) for actor in Actor}
    offered = {actor for actor in Actor if step in steps_from(step.start, actor, left)}

    assert answers == {actor: step if actor in step.actors else WrongActor for actor in Actor}
    assert offered == step.actors


ALLOWED = {(step.start, step.end) for step in STEPS}
REFUSED = [pair for pair in product(STARTS, Status) if pair not in ALLOWED]


@pytest.mark.parametrize(("start", "end"), REFUSED, ids=str)
def test_every_other_step_is_refused_to_everybody(start: Status | None, end: Status) -> None:
    answers = {answer(start, end, actor, left) for actor, left in product(Actor, LEFT)}

    assert answers == {WrongStep}


@pytest.mark.parametrize(
    ("stop", "left", "back"),
    [
        (Status.SUPPLEMENT, Status.FILED, {Status.ACCEPTED, Status.REFUSED}),
        (Status.SUPPLEMENT, Status.ACCEPTED, {Status.ACCEPTED}),
        (Status.SUPPLEMENT, Status.IN_PROCESS, {Status.IN_PROCESS}),
        (Status.PAYMENT, Status.FILED, {Status.ACCEPTED}),
        (Status.PAYMENT, Status.ACCEPTED, {Status.ACCEPTED, Status.DONE}),
        (Status.PAYMENT, Status.IN_PROCESS, {Status.IN_PROCESS, Status.DONE}),
    ],
)
def test_a_supplement_or_payment_leads_back_to_where_the_dossier_was(
    stop: Status, left: Status, back: set[Status]
) -> None:
    onward = {Status.WITHDRAWN, Status.STOPPED}

    ways = {step.end for actor in Actor for step in steps_from(stop, actor, left)}
    allowed = {
        end
        for end, actor in product(Status, Actor)
        if isinstance(answer(stop, end, actor, left), Step)
    }

    assert ways - onward == back
    assert allowed == ways


def test_without_knowing_what_was_left_a_supplement_leads_only_to_an_end() -> None:
    ways = {step.end for actor in Actor for step in steps_from(Status.SUPPLEMENT, actor)}

    assert ways == {Status.WITHDRAWN, Status.STOPPED}


@given(st.lists(st.tuples(st.sampled_from(Status), st.sampled_from(Actor)), max_size=30))
def test_whatever_is_tried_a_result_is_returned_only_after_it_is_done(
    tried: list[tuple[Status, Actor]],
) -> None:
    state: Status | None = None
    left: Status | None = None
    been: list[Status] = []
    for end, actor in tried:
        try:
            step = check_step(state, end, actor, left)
        except (WrongStep, WrongActor):
            continue
        left = state if step.end.stops_clock else left
        state = step.end
        been.append(state)

    before = [been[:place] for place in range(len(been))]
    returned = [past[-1:] for past, state in zip(before, been, strict=True) if state == RETURNED]
    done = [past for past, state in zip(before, been, strict=True) if state == Status.DONE]
    assert all(last == [Status.DONE] for last in returned)
    assert all(Status.ACCEPTED in past for past in done)
