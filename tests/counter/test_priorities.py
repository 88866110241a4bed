"""Priority is called first, nobody waits for ever, and the office's groups are its own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadData
from counter.priorities import (
    AGED,
    IN_A_ROW,
    calling_order,
    load_groups,
    load_priorities,
    proposed,
)
from counter.values import VIETNAM, PartialDate

QUEUE = Path(__file__).parents[2] / "resources" / "queue"
OPENING = datetime(2026, 11, 25, 7, 30, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Number:
    name: str
    issued_at: datetime
    priority: str | None = None


def number(name: str, minute: int) -> Number:
    """Return a ticket taken that long after opening; P… has priority."""
    return Number(name, OPENING + timedelta(minutes=minute), "NCT" if name[0] == "P" else None)


def called(names: str, *, after: str = "", minute: int = 30) -> str:
    waiting = [number(name, place) for place, name in enumerate(names.split())]
    before = [number(name, 0) for name in after.split()]
    moment = OPENING + timedelta(minutes=minute)
    return " ".join(ticket.name for ticket in calling_order(waiting, before, moment))


def test_two_of_priority_are_called_for_one_of_the_others() -> None:
    assert called("a b c P1 P2 P3 P4 P5") == "P1 P2 a P3 P4 b P5 c"


def test_the_order_goes_on_from_the_last_calls() -> None:
    assert called("a b P1 P2", after="P8 P9") == "a P1 P2 b"
    assert called("a b P1 P2", after="P8 x") == "P1 P2 a b"
    assert called("a b P1 P2", after="x P9") == "P1 a P2 b"


def test_without_priority_whoever_came_first_is_called_first() -> None:
    assert called("a b c") == "a b c"
    assert called("P1 P2 P3", after="P8 P9") == "P1 P2 P3"


def test_who_has_waited_long_counts_as_priority() -> None:
    assert called("a P1 b P2", minute=45) == "P1 P2 a b"
    assert called("a P1 b P2", minute=46) == "a P1 P2 b"
    assert called("a P1 b P2", minute=48) == "a P1 b P2"


TICKETS = st.lists(
    st.tuples(st.integers(0, 200), st.booleans()), max_size=30, unique_by=lambda t: t[0]
).map(lambda drawn: [number(("P" if p else "n") + str(m), m) for m, p in drawn])
BEFORE = st.lists(st.sampled_from([number("P0", 0), number("n0", 0)]), max_size=4)
MOMENTS = st.integers(0, 300).map(lambda minute: OPENING + timedelta(minutes=minute))


@given(TICKETS, BEFORE, MOMENTS)
def test_everybody_who_waits_is_called_once(
    waiting: list[Number], before: list[Number], moment: datetime
) -> None:
    order = calling_order(waiting, before, moment)

    assert sorted(order, key=lambda t: t.name) == sorted(waiting, key=lambda t: t.name)


@given(TICKETS, BEFORE, MOMENTS)
def test_nobody_is_passed_by_a_later_one_of_the_same_kind(
    waiting: list[Number], before: list[Number], moment: datetime
) -> None:
    order = calling_order(waiting, before, moment)

    for kind in (True, False):
        taken = [ticket.issued_at for ticket in order if bool(ticket.priority) is kind]
        assert taken == sorted(taken)


@given(TICKETS, BEFORE, MOMENTS)
def test_of_three_calls_one_is_for_the_others_while_any_waits(
    waiting: list[Number], before: list[Number], moment: datetime
) -> None:
    calls = [*before[-IN_A_ROW:], *calling_order(waiting, before, moment)]

    for place in range(len(before[-IN_A_ROW:]), len(calls)):
        others_wait = any(not ticket.priority for ticket in calls[place:])
        last_three = calls[max(0, place - IN_A_ROW) : place + 1]
        full = len(last_three) > IN_A_ROW
        assert not (others_wait and full and all(ticket.priority for ticket in last_three))


@given(TICKETS, BEFORE, MOMENTS)
def test_priority_is_passed_only_by_the_third_call_or_by_who_waited_long(
    waiting: list[Number], before: list[Number], moment: datetime
) -> None:
    calls = [*before, *calling_order(waiting, before, moment)]

    for place in range(len(before), len(calls)):
        ticket = calls[place]
        passed = [later for later in calls[place + 1 :] if later.priority]
        earlier = calls[max(0, place - IN_A_ROW) : place]
        third = len(earlier) == IN_A_ROW and all(call.priority for call in earlier)
        aged = moment - ticket.issued_at > AGED
        oldest = all(ticket.issued_at < later.issued_at for later in passed)
        assert ticket.priority or not passed or third or (aged and oldest)


@given(st.integers(0, 2**32))
def test_an_endless_stream_of_priority_leaves_no_one_waiting_beyond_three_calls(seed: int) -> None:
    random = Random(seed)
    waiting = [number("n1", 0)]
    calls: list[Number] = [number("P0", 0)] * random.randint(0, 3)
    until_called = 0
    while any(ticket.name == "n1" for ticket in waiting):
        minute = until_called + 1
        waiting += [number(f"P{minute}-{i}", minute) for i in range(random.randint(1, 4))]
        next_one = calling_order(waiting, calls, OPENING + timedelta(minutes=minute))[0]
        waiting.remove(next_one)
        calls.append(next_one)
        until_called += 1

    assert until_called <= 3


def test_the_shipped_groups_are_named_in_the_office_s_order() -> None:
    names = load_priorities(QUEUE)

    assert list(names) == ["NCT", "NKT", "NCC", "PNMT", "TE", "DTXA", "HEN", "KHAITU"]
    assert names["NCT"] == "Người cao tuổi"
    assert all(group.basis for group in load_groups(QUEUE))


@pytest.mark.parametrize(
    ("birth", "procedure", "codes"),
    [
        (PartialDate(1956, 11, 25), None, ["NCT"]),
        (PartialDate(1956, 11, 26), None, []),
        (PartialDate(1956), None, ["NCT"]),
        (PartialDate(1957), None, []),
        (PartialDate(1956, 12), None, []),
        (None, "1.000656", ["KHAITU"]),
        (PartialDate(1940), "1.000656", ["NCT", "KHAITU"]),
        (None, None, []),
        (None, "1.001193", []),
    ],
)
def test_age_and_procedure_propose_a_group_and_nothing_else_does(
    birth: PartialDate | None, procedure: str | None, codes: list[str]
) -> None:
    groups = proposed(load_groups(QUEUE), birth=birth, procedure=procedure, on=date(2026, 11, 25))

    assert [group.code for group in groups] == codes


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ('ground = "age"', 'ground = "face"', "group.1.ground: phải là một trong"),
        ("ages = 70", "", "group.1: ages đi cùng ground = age"),
        ("ages = 70", 'ages = "70"', "group.1.ages: phải là số nguyên"),
        ('procedures = ["1.000656", "2.002913"]', "", "group.8: procedures đi cùng"),
        ('code = "NKT"', 'code = "NCT"', "hai diện ưu tiên cùng một mã"),
    ],
)
def test_a_mistake_in_the_office_s_list_is_named(
    tmp_path: Path, old: str, new: str, mistake: str
) -> None:
    text = (QUEUE / "priorities.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "priorities.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadData) as caught:
        load_groups(tmp_path)

    assert any(f"priorities.toml: {mistake}" in line for line in caught.value.mistakes)
