"""Events come in order, once, and only where the procedure allows them."""

from __future__ import annotations

from typing import Any

import pytest

from counter.values import rfc3339
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    NOW,
    SISTER,
    Caller,
    dossier,
    event,
    online,
    pointers_of,
    problem_of,
)

TABLE: dict[str, set[tuple[int, int]]] = {
    "accepted": {(1, 2), (5, 2), (6, 2)},
    "refused": {(1, 3), (5, 3)},
    "handed_over": {(2, 4), (5, 4), (6, 4), (9, 4)},
    "supplement_requested": {(1, 5), (2, 5), (4, 5)},
    "supplement_received": {(1, 2), (5, 2), (6, 2), (2, 4), (5, 4), (6, 4), (9, 4)},
    "payment_requested": {(1, 6), (2, 6), (4, 6)},
    "due_extended": {(2, 4), (4, 4), (5, 4), (6, 4), (9, 4)},
    "withdrawn": {(1, 7), (2, 7), (4, 7), (5, 7), (6, 7)},
    "stopped": {(2, 8), (4, 8), (5, 8), (6, 8)},
    "completed": {(2, 9), (4, 9), (6, 9), (10, 9)},
    "result_corrected": {(2, 4), (5, 4), (6, 4), (9, 4)},
    "returned": {(9, 10)},
    "return_recalled": {(2, 9), (4, 9), (6, 9), (10, 9)},
}
"""The contract's table of steps, written out."""
DUE = {"due_at": rfc3339(NOW), "unit": "DAY", "qty": 1, "rule": "end_of_day"}
PARTS: dict[str, dict[str, Any]] = {
    "accepted": {"received_at": rfc3339(NOW), "due": DUE},
    "refused": {"text": "Không đủ điều kiện"},
    "stopped": {"text": "Dừng"},
    "result_corrected": {"text": "Sai tên"},
    "return_recalled": {"text": "Trả nhầm"},
    "due_extended": {"due_at": rfc3339(NOW)},
    "supplement_requested": {"supplement": {"reason": "Thiếu", "items": [{"name": "Giấy"}]}},
    "returned": {
        "returned": {
            "receiver_name": "NGUYỄN VĂN MẪU",
            "relation": "self",
            "identity_checked": True,
            "slip_collected": True,
        }
    },
}


def outcomes(answer: Any) -> list[str]:
    return [result["outcome"] for result in answer.json()["results"]]


def test_events_are_taken_in_order_only(caller: Caller) -> None:
    one = caller.receive()
    first, second, third = (event(one, seq) for seq in (1, 2, 3))

    stored = caller.send(first)
    gap = caller.send(third)
    filled = caller.send(second, third)

    assert (stored.json()["next_seq"], stored.json()["version"]) == (2, 2)
    assert (problem_of(gap), gap.json()["expected_seq"], gap.json()["index"]) == (
        "sequence-gap",
        2,
        0,
    )
    assert [r["position"] for r in filled.json()["results"]] == [2, 3]


def test_a_repeated_event_is_a_success(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    first, second = event(one, 1), event(one, 2)
    caller.send(first)

    assert outcomes(caller.send(first, second)) == ["duplicate", "stored"]
    assert len(sandbox.events()) == 2


def test_a_number_belongs_to_one_event(caller: Caller) -> None:
    one = caller.receive()
    caller.send(event(one, 1))

    assert problem_of(caller.send(event(one, 1))) == "sequence-conflict"


def test_an_event_never_changes(caller: Caller) -> None:
    one = caller.receive()
    first = event(one, 1)
    caller.send(first)

    assert problem_of(caller.send({**first, "text": "Khác"})) == "event-id-reused"


def test_a_request_is_kept_whole_or_not_at_all(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()

    refused = caller.send(event(one, 1), event(one, 2), event(one, 4))

    assert (problem_of(refused), refused.json()["index"]) == ("sequence-gap", 2)
    assert sandbox.events() == []
    assert caller.get(f"/dossiers/{one['id']}").json()["version"] == 1


def test_in_bulk_a_bad_event_stops_its_own_dossier_only(caller: Caller) -> None:
    one, other = caller.receive(), caller.receive()
    odd = event(other, 2, officer={"officer_id": "!"})
    events = [event(one, 1), event(one, 3), event(other, 1), event(one, 2), odd, event(other, 2)]

    answer = caller.post("/events/bulk", {"events": events})

    assert outcomes(answer) == ["stored", "rejected", "stored", "skipped", "rejected", "skipped"]
    found = answer.json()["results"]
    assert found[1]["problem"]["expected_seq"] == 2
    assert "/events/4/officer/full_name" in [e["pointer"] for e in found[4]["problem"]["errors"]]


def test_an_event_without_a_name_refuses_the_whole_bulk(caller: Caller) -> None:
    one = caller.receive()

    refused = caller.post("/events/bulk", {"events": [event(one, 1), event(one, 2, event_id="x")]})

    assert ("/events/1/event_id", "pattern") in pointers_of(refused)


def test_events_of_a_dossier_the_portal_does_not_have_are_told_apart(caller: Caller) -> None:
    absent = dossier(None)

    alone = caller.send(event(absent, 1))
    bulk = caller.post("/events/bulk", {"events": [event(absent, 1)]}).json()["results"][0]

    assert (alone.status_code, problem_of(alone)) == (404, "not-found")
    assert (bulk["outcome"], bulk["problem"]["status"]) == ("rejected", 404)


def test_each_desk_has_its_own_line_of_events(caller: Caller, sister: Caller) -> None:
    one = caller.receive()
    caller.send(event(one, 1), event(one, 2))

    answer = sister.send(event(one, 1, desk_id=SISTER))

    assert answer.json()["results"][0]["position"] == 3
    assert sister.get(f"/dossiers/{one['id']}").json()["next_seq"] == 2
    assert caller.get(f"/dossiers/{one['id']}").json()["next_seq"] == 3


def test_a_desk_writes_in_its_own_name_only(caller: Caller) -> None:
    one = caller.receive()

    assert pointers_of(caller.send(event(one, 1, desk_id=SISTER))) == [
        ("/events/0/desk_id", "invalid")
    ]


def test_the_path_names_the_dossier_of_every_event(caller: Caller) -> None:
    one, other = caller.receive(), caller.receive()

    refused = caller.send(event(one, 1), event(other, 1))

    assert pointers_of(refused) == [("/events/1/dossier_id", "invalid")]


@pytest.mark.parametrize("kind", TABLE)
def test_each_kind_leads_only_where_the_contract_says(
    caller: Caller, sandbox: SandboxProcess, kind: str
) -> None:
    dossiers = {
        status: caller.receive() if status > 1 else sandbox.submit_online(online())
        for status in range(1, 11)
    }
    for status, one in dossiers.items():
        if status > 2:
            sandbox.move(one["id"], status)
    steps = [(b, a) for b in range(1, 11) for a in range(1, 11) if b != a or kind == "due_extended"]
    events = [
        event({"id": dossiers[step[0]]["id"]}, 1, kind, step, **PARTS.get(kind, {}))
        for step in steps
    ]

    taken = set()
    for step, one in zip(steps, events, strict=True):
        answer = caller.post("/events/bulk", {"events": [one]}).json()["results"][0]
        if answer["outcome"] == "stored":
            taken.add(step)
            sandbox.move(one["dossier_id"], step[0])
            events_of_it = [e for e in events if e["dossier_id"] == one["dossier_id"]]
            for later in events_of_it:
                later["seq"] += 1
        else:
            assert answer["problem"]["type"].endswith("illegal-transition")

    assert taken == TABLE[kind]


@pytest.mark.parametrize("kind", ["note", "notified", "storage_moved", "result_received"])
def test_what_changes_no_status_is_always_taken(
    caller: Caller, sandbox: SandboxProcess, kind: str
) -> None:
    one = caller.receive()
    sandbox.move(one["id"], 8, "Dừng")

    kept = caller.send(event(one, 1, kind))
    moved = caller.send(event(one, 2, kind, (8, 9)))

    assert outcomes(kept) == ["stored"]
    assert problem_of(moved) == "illegal-transition"
    assert moved.json()["current_status"] == 8


def test_a_step_from_a_status_that_moved_meanwhile_is_for_an_officer(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    one = caller.receive()
    sandbox.move(one["id"], 5, "Thiếu giấy")

    late = caller.send(event(one, 1, "completed", (4, 9)))
    instead = caller.send(event(one, 1, "handed_over", (5, 4)))

    assert (problem_of(late), late.json()["current_status"]) == ("illegal-transition", 5)
    assert outcomes(instead) == ["stored"]


def test_a_payment_leads_back_to_where_the_dossier_came_from(caller: Caller) -> None:
    one = caller.receive()
    caller.send(event(one, 1, "handed_over", (2, 4)), event(one, 2, "payment_requested", (4, 6)))

    wrong = caller.send(event(one, 3, "payment_done", (6, 2)))
    right = caller.send(event(one, 3, "payment_done", (6, 4)))

    assert problem_of(wrong) == "illegal-transition"
    assert right.json()["status"] == 4


@pytest.mark.parametrize(
    ("kind", "step", "missing"),
    [
        ("refused", (5, 3), "text"),
        ("supplement_requested", (2, 5), "supplement"),
        ("due_extended", (2, 4), "due_at"),
        ("stopped", (2, 8), "text"),
        ("result_corrected", (2, 4), "text"),
        ("returned", (9, 10), "returned"),
        ("return_recalled", (2, 9), "text"),
    ],
)
def test_each_kind_brings_its_part(
    caller: Caller, kind: str, step: tuple[int, int], missing: str
) -> None:
    one = caller.receive()

    refused = caller.send(event(one, 1, kind, step))

    assert pointers_of(refused) == [(f"/events/0/{missing}", "required")]


def test_an_online_dossier_is_accepted_with_a_due_date(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    one = sandbox.submit_online(online())
    bare = caller.send(event(one, 1, "accepted", (1, 2)))

    caller.send(event(one, 1, "accepted", (1, 2), received_at=rfc3339(NOW), due=DUE))
    found = caller.get(f"/dossiers/{one['id']}").json()

    assert pointers_of(bare) == [
        ("/events/0/received_at", "required"),
        ("/events/0/due", "required"),
    ]
    assert (found["received_at"], found["due"], found["due_at"]) == (
        rfc3339(NOW),
        DUE,
        DUE["due_at"],
    )
    assert (found["content"]["received_at"], found["content_version"]) == (None, 1)
    same = {**found["content"], "received_at": rfc3339(NOW)}
    assert caller.put(same, version=found["version"]).status_code == 200
    other = {**same, "received_at": "2026-01-01T08:00:00+07:00"}
    assert ("/received_at", "immutable_field") in pointers_of(caller.put(other, version=3))


def test_only_an_acceptance_carries_a_time_of_receipt(caller: Caller) -> None:
    one = caller.receive()

    refused = caller.send(event(one, 1, "note", received_at=rfc3339(NOW)))

    assert pointers_of(refused) == [("/events/0/received_at", "invalid")]


def test_a_due_date_moves_and_a_handover_names_the_unit(caller: Caller) -> None:
    one = caller.receive()
    handover = {"to_unit": "Tư pháp - Hộ tịch"}
    caller.send(event(one, 1, "handed_over", (2, 4), handover=handover))

    later = "2026-12-31T17:00:00+07:00"
    caller.send(event(one, 2, "due_extended", (4, 4), due_at=later))
    found = caller.get(f"/dossiers/{one['id']}").json()

    assert (found["due_at"], found["processing_unit"]) == (later, "Tư pháp - Hộ tịch")


def test_the_whole_story_is_listed_in_order(caller: Caller, sandbox: SandboxProcess) -> None:
    one = caller.receive()
    sent = event(one, 1, "handed_over", (2, 4), text="Bàn giao")
    caller.send(sent)
    sandbox.move(one["id"], 5, "Thiếu giấy")
    caller.send(event(one, 2))
    place = f"/dossiers/{one['id']}/events"

    story = caller.get(place).json()
    rest = caller.get(f"{place}?after=1&limit=1").json()

    assert [(s["position"], s["origin"]) for s in story["items"]] == [
        (1, "desk"),
        (2, "unit"),
        (3, "desk"),
    ]
    assert story["items"][0]["event"] == sent
    assert (story["next_position"], story["next_seq"], story["status"]) == (None, 3, 5)
    assert ([s["position"] for s in rest["items"]], rest["next_position"]) == ([2], 2)


def test_a_stranger_sees_no_story(caller: Caller, stranger: Caller) -> None:
    one = caller.receive()

    assert stranger.get(f"/dossiers/{one['id']}/events").status_code == 404
    assert stranger.send(event(one, 1, desk_id="H55.243-Q01")).status_code == 404
