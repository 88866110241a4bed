"""Catalogues come whole once, and then only what changed."""

from __future__ import annotations

from typing import Any

import pytest

from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import Caller, problem_of

NAMES = ("procedures", "agencies", "units", "calendar", "forms", "fees")


def pages(caller: Caller, name: str, query: str = "") -> list[dict[str, Any]]:
    found = [caller.get(f"/catalogue/{name}?limit=50{query}").json()]
    while found[-1]["next"]:
        cursor = found[-1]["next"]
        found.append(caller.get(f"/catalogue/{name}?limit=50{query}&cursor={cursor}").json())
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_catalogue_comes_whole_page_by_page(caller: Caller, name: str) -> None:
    found = pages(caller, name)

    items = [repr(item) for page in found for item in page["items"]]
    assert len(items) == len(set(items)) > 0
    assert [page["since"] is None for page in found] == [True] * (len(found) - 1) + [False]


@pytest.mark.parametrize("name", NAMES)
def test_what_has_not_changed_is_not_sent_again(caller: Caller, name: str) -> None:
    first = caller.get(f"/catalogue/{name}")
    known = {"If-None-Match": first.headers["ETag"]}

    assert caller.get(f"/catalogue/{name}", **known).status_code == 304
    assert caller.get(f"/catalogue/{name}?limit=7", **known).status_code == 200


def test_only_changes_follow_and_the_feed_announces_them(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    everything = pages(caller, "units")
    since = everything[-1]["since"]
    unit = {**everything[0]["items"][0], "name": "Đổi Tên"}

    sandbox.change_catalogue("units", unit["code"], unit)
    sandbox.change_catalogue("units", "00002", None)
    delta = caller.get(f"/catalogue/units?since={since}").json()
    told = [item["data"]["catalogue"] for item in caller.changes()["items"]]

    assert (delta["items"], delta["removed"], told) == ([unit], ["00002"], ["units", "units"])
    after = caller.get(f"/catalogue/units?since={delta['since']}").json()
    assert (after["items"], after["removed"]) == ([], [])


def test_a_delta_of_long_ago_must_be_fetched_whole(caller: Caller, sandbox: SandboxProcess) -> None:
    since = caller.get("/catalogue/forms").json()["since"]

    sandbox.expire_since()

    assert problem_of(caller.get(f"/catalogue/forms?since={since}")) == "since-expired"
    assert problem_of(caller.get("/catalogue/forms?since=another-life.7")) == "since-expired"
    assert caller.get("/catalogue/forms").status_code == 200


def test_a_page_that_was_never_given_is_refused(caller: Caller) -> None:
    assert caller.get("/catalogue/fees?cursor=nowhere").status_code == 400
