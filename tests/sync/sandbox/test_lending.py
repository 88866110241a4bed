"""Numbers are lent in blocks that never overlap, and only lent numbers are taken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    Caller,
    code_of,
    dossier,
    pointers_of,
    problem_of,
    today,
)


def test_blocks_of_two_desks_never_overlap(caller: Caller, sister: Caller) -> None:
    blocks = [desk.lease(5).json() for desk in (caller, sister, caller)]

    assert [(b["first"], b["last"]) for b in blocks] == [(1, 5), (6, 10), (11, 15)]
    assert blocks[0]["prefix"] == code_of(1)[:-4]


@pytest.mark.parametrize(("days", "status"), [(-1, 409), (0, 201), (14, 201), (15, 409)])
def test_numbers_are_lent_for_today_and_two_weeks_ahead(
    caller: Caller, days: int, status: int
) -> None:
    day = (today() + timedelta(days)).isoformat()

    assert caller.lease(date=day).status_code == status


def test_each_day_counts_from_one(caller: Caller) -> None:
    tomorrow = (today() + timedelta(1)).isoformat()
    caller.lease()

    assert caller.lease(date=tomorrow).json()["first"] == 1


def test_no_block_is_larger_than_the_province_allows(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.set_policy(max_block=20)

    assert pointers_of(caller.lease(21)) == [("/count", "range")]


def test_a_day_has_9999_numbers(caller: Caller) -> None:
    for _ in range(9):
        caller.lease(1000)

    refused, last = caller.lease(1000), caller.lease(999)

    assert problem_of(refused) == "lease-exhausted"
    assert last.json()["last"] == 9999


def test_a_desk_gets_no_numbers_of_another_agency(caller: Caller) -> None:
    refused = caller.lease(agency_code="H55.243")

    assert (problem_of(refused), refused.json()["retry"]) == ("agency-scope", "stop")


def test_a_desk_may_serve_another_agency_where_the_province_says_so(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.serve_for("H55.242-Q01", ["H55.243"])

    assert caller.lease(agency_code="H55.243").json()["prefix"].startswith("H55.243-")


def test_a_new_machine_finds_the_blocks_of_its_desk(caller: Caller, sister: Caller) -> None:
    lease = caller.lease().json()
    sister.lease()

    assert caller.get("/serial-leases").json()["items"] == [lease]
    assert caller.get(f"/serial-leases?date={today()}").json()["items"] == [lease]
    assert caller.get("/serial-leases?date=2001-01-01").json()["items"] == []


def test_an_old_block_is_no_longer_in_force(caller: Caller, sandbox: SandboxProcess) -> None:
    caller.lease()
    sandbox.set_clock(3 * 86_400)
    caller.sign_in()

    assert caller.get("/serial-leases").json()["items"] == []


def test_the_unused_end_of_a_block_is_given_back_once(caller: Caller) -> None:
    lease = caller.lease(5).json()
    place = f"/serial-leases/{lease['lease_id']}?used_up_to="

    returned = caller.call("DELETE", f"{place}2").json()
    again = caller.call("DELETE", f"{place}2").json()

    assert (returned["last"], returned["returned_from"], returned["state"]) == (2, 3, "returned")
    assert again == returned
    assert problem_of(caller.put(dossier(code_of(3)))) == "serial-not-leased"
    assert caller.put(dossier(code_of(2))).status_code == 201
    assert caller.lease(1).json()["first"] == 6


def test_used_numbers_cannot_be_given_back(caller: Caller) -> None:
    lease = caller.lease(5).json()
    caller.put(dossier(code_of(3)))

    refused = caller.call("DELETE", f"/serial-leases/{lease['lease_id']}?used_up_to=2")

    assert problem_of(refused) == "lease-in-use"


def test_a_block_is_given_back_by_its_own_desk_only(caller: Caller, sister: Caller) -> None:
    lease = caller.lease().json()

    assert (
        sister.call("DELETE", f"/serial-leases/{lease['lease_id']}?used_up_to=0").status_code == 404
    )
    assert caller.call("DELETE", f"/serial-leases/{lease['lease_id']}").status_code == 400


def test_a_number_of_another_desk_is_refused_but_a_shared_one_is_taken(
    caller: Caller, sister: Caller
) -> None:
    sister.lease(5)
    foreign = caller.put(dossier(code_of(1)))
    sister.lease(5, shared=True)

    assert problem_of(foreign) == "serial-not-leased"
    assert pointers_of(foreign) == [("/code", "invalid")]
    assert caller.put(dossier(code_of(6))).status_code == 201


def test_a_code_with_too_many_digits_is_no_lent_number(caller: Caller) -> None:
    caller.lease(5)

    assert problem_of(caller.put(dossier(code_of(1)[:-4] + "00001"))) == "serial-not-leased"


def test_a_dossier_without_a_number_is_given_one_outside_every_block(caller: Caller) -> None:
    caller.lease(5)
    content = dossier(None)

    given = caller.put(content).json()

    assert (given["code"], given["content"]["code"]) == (code_of(6), None)
    assert caller.lease(1).json()["first"] == 7
    assert caller.put({**content, "code": code_of(6)}).status_code == 200
    assert caller.put(content).status_code == 200
