"""The feed tells a desk what others did, from where it last was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    AGENCY,
    Caller,
    component,
    event,
    online,
    problem_of,
)


def kinds(page: dict[str, Any]) -> list[str]:
    return [item["kind"] for item in page["items"]]


def test_everything_the_portals_side_does_is_told(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    request = {"payment_id": one["id"], "dossier_id": one["id"], "amount": 8000, "purpose": "LP"}
    caller.post("/payments", request)

    sandbox.submit_online(online())
    sandbox.move(one["id"], 4, "Đang thẩm tra", due_at="2026-12-31T17:00:00+07:00")
    sandbox.supplement(one["id"], [component()])
    sandbox.edit(one["id"], {"owner": {"phone": "0987000002"}})
    sandbox.edit(one["id"], {"note": "x"}, kind="dossier.conflict_resolved")
    sandbox.national_portal(one["id"], "rejected", error_code="-1", message="Sai mã")
    sandbox.pay(one["id"])
    sandbox.give_result(one["id"], "Giấy khai sinh", b"%PDF-1.7 result")
    page = caller.changes()

    assert kinds(page) == [
        "dossier.assigned",
        "dossier.status_changed",
        "dossier.supplement_submitted",
        "dossier.updated",
        "dossier.conflict_resolved",
        "dossier.portal_state",
        "payment.confirmed",
        "dossier.result_ready",
    ]
    assert page["items"][3]["data"]["changed_fields"] == ["/owner/phone"]
    versions = [i["dossier_version"] for i in page["items"] if i["dossier_id"] == one["id"]]
    assert versions == sorted(versions)
    assert page["items"][1]["data"]["due_at"] == "2026-12-31T17:00:00+07:00"


def test_a_paper_added_from_home_can_be_read(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    scan = sandbox.give_file(AGENCY, "giay-chung-sinh.pdf", b"%PDF-1.7 added at home")

    sandbox.supplement(one["id"], [component(scan)])
    (told,) = caller.changes()["items"]

    named = told["data"]["components"][0]["files"][0]["sha256"]
    assert caller.get(f"/blobs/{named}").content == b"%PDF-1.7 added at home"


def test_sister_desks_hear_of_each_other_and_not_of_themselves(
    caller: Caller, sister: Caller, stranger: Caller
) -> None:
    one = caller.receive()
    caller.put({**one["content"], "note": "Gọi trước"}, version=1)
    caller.send(event(one, 1), event(one, 2, "handed_over", (2, 4)))

    heard = sister.changes()

    assert kinds(heard) == [*["dossier.updated"] * 3, "dossier.status_changed"]
    assert heard["items"][1]["data"]["changed_fields"] == ["/note"]
    assert heard["items"][0]["data"]["dossier"]["content"] == one["content"]
    assert heard["items"][0]["data"]["dossier"]["next_seq"] == 1
    assert caller.changes()["items"] == stranger.changes()["items"] == []


def test_the_feed_goes_on_where_the_desk_was(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    for status in (4, 5, 4):
        sandbox.move(one["id"], status)

    first = caller.changes(limit=2)
    rest = caller.changes(first["cursor"], limit=2)
    after = caller.changes(rest["cursor"])

    assert [(len(p["items"]), p["more"]) for p in (first, rest, after)] == [
        (2, True),
        (1, False),
        (0, False),
    ]
    ids = [item["change_id"] for item in (*first["items"], *rest["items"])]
    assert len(set(ids)) == 3


def test_a_desk_that_waits_hears_at_once(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    cursor = caller.changes()["cursor"]

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(caller.changes, cursor, wait=20)
        while not sandbox.state()["waiting"]:
            assert not waiting.done()
        sandbox.move(one["id"], 4)
        heard = waiting.result(10)

    assert kinds(heard) == ["dossier.status_changed"]


def test_a_wait_ends_with_an_empty_page(caller: Caller) -> None:
    answer = caller.get("/changes?wait=1")

    assert 1 <= answer.elapsed.total_seconds() < 15
    assert answer.json()["items"] == []


def test_an_expired_cursor_says_where_to_go_on(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    cursor = caller.changes()["cursor"]
    sandbox.move(one["id"], 4)

    sandbox.expire_cursors()
    expired = caller.call("GET", "/changes", params={"cursor": cursor})
    on = expired.json()["restart_cursor"]
    sandbox.move(one["id"], 5)

    assert problem_of(expired) == "cursor-expired"
    assert len(caller.changes(on)["items"]) == 1


def test_a_restored_portal_has_another_life(caller: Caller, sandbox: SandboxProcess) -> None:
    kept = caller.receive()
    sandbox.keep_backup()
    lost = caller.receive()
    noted = event(kept, 1)
    caller.send(noted)
    cursor = caller.changes()["cursor"]
    before = sandbox.state()["epoch"]

    sandbox.restore_backup()
    caller.sign_in()

    assert caller.get("/capabilities").json()["gateway"]["epoch"] != before
    assert [d["id"] for d in sandbox.dossiers()] == [kept["id"]]
    assert caller.call("GET", "/changes", params={"cursor": cursor}).status_code == 410
    gap = caller.send(event(kept, 2))
    assert (problem_of(gap), gap.json()["expected_seq"]) == ("sequence-gap", 1)
    assert caller.send(noted).json()["results"][0]["outcome"] == "stored"
    again = caller.put({**lost["content"], "note": "x"}, version=1)
    assert (problem_of(again), again.json()["current"]) == ("version-conflict", None)
    assert caller.put(lost["content"]).status_code == 201, "numbers once lent stay lent"
    assert caller.lease(1).json()["first"] == 3


def test_without_a_backup_a_restored_portal_is_empty(
    caller: Caller, sandbox: SandboxProcess, tmp_path: Any
) -> None:
    with SandboxProcess(tmp_path) as bare:
        desk = Caller(bare)
        one = desk.receive()
        bare.restore_backup()
        left = bare.dossiers()
        desk.sign_in()
        again = desk.put(one["content"]).status_code
        desk.close()

    assert (left, again) == ([], 201)


def test_the_feed_can_come_doubled_and_backwards(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    sandbox.move(one["id"], 4)
    sandbox.move(one["id"], 5)
    orderly = caller.changes()["items"]

    sandbox.strike([Fault.DISORDER], "listChanges")

    assert caller.changes()["items"] == [*orderly[::-1], *orderly]


def test_a_kind_nobody_knows_can_be_told(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.announce("weather.changed", {"sky": "blue"})

    assert kinds(caller.raw("GET", "/changes").json()) == ["weather.changed"]


@pytest.mark.parametrize("cursor", ["nonsense", "x.y"])
def test_a_cursor_that_was_never_given_is_refused(caller: Caller, cursor: str) -> None:
    assert caller.call("GET", "/changes", params={"cursor": cursor}).status_code == 400
