"""A dossier is kept once, in versions, and nobody's work is overwritten unseen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from counter.values import rfc3339
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    DESK,
    NOW,
    OFFICER,
    SISTER,
    Caller,
    code_of,
    component,
    dossier,
    event,
    online,
    pointers_of,
    problem_of,
)


def test_a_dossier_is_stored_once_and_repeated_in_peace(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    caller.lease()
    content = dossier(code_of(1))

    first, again = caller.put(content), caller.put(content)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.headers["ETag"] == '"1"'
    assert [d["code"] for d in sandbox.dossiers()] == [code_of(1)]


def test_the_same_content_may_be_written_in_another_way(caller: Caller) -> None:
    stored = caller.receive(note=None)
    content = {**stored["content"]}
    del content["note"]
    content["received_at"] = NOW.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    backwards = dict(reversed(content.items()))

    assert caller.put(backwards).json()["version"] == 1


def test_other_content_under_the_same_id_is_a_conflict(caller: Caller) -> None:
    stored = caller.receive()
    owner = {**stored["content"]["owner"], "phone": "0987000002"}

    conflict = caller.put({**stored["content"], "subject": "Khác", "owner": owner})

    assert problem_of(conflict) == "version-conflict"
    assert conflict.json()["current"] == stored
    assert sorted(conflict.json()["changed_fields"]) == ["/owner/phone", "/subject"]


def test_a_change_names_the_version_it_changes(caller: Caller) -> None:
    stored = caller.receive()
    changed = {**stored["content"], "subject": "Khác"}

    agreed = caller.put(changed, version=1).json()
    behind = caller.put({**changed, "subject": "Nữa"}, version=1)
    same = caller.put(changed, version=1)
    ahead = caller.put({**changed, "subject": "Nữa"}, version=9)

    assert (agreed["version"], agreed["content_version"]) == (2, 2)
    assert [problem_of(answer) for answer in (behind, ahead)] == ["version-conflict"] * 2
    assert same.json() == agreed


def test_what_the_unit_does_is_no_conflict_with_an_edit(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    stored = caller.receive()
    sandbox.move(stored["id"], 4, "Đang thẩm tra")

    edited = caller.put({**stored["content"], "note": "Gọi trước khi trả"}, version=1).json()

    assert (edited["version"], edited["content_version"], edited["status"]) == (3, 3, 4)


def test_a_change_of_a_dossier_the_portal_lost_is_told_apart(caller: Caller) -> None:
    lost = caller.put(dossier(None), version=1)

    assert (problem_of(lost), lost.json()["current"]) == ("version-conflict", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("origin", "postal"),
        ("initial_status", 1),
        ("received_at", "2026-01-01T08:00:00+07:00"),
        ("received_at", None),
        ("desk_id", SISTER),
        ("code", code_of(2)),
        ("code", None),
    ],
)
def test_what_was_fixed_at_first_never_changes(caller: Caller, field: str, value: Any) -> None:
    stored = caller.receive()
    content = {**stored["content"], field: value}
    if field == "received_at" and value is None:
        content["initial_status"] = 1

    refused = caller.put(content, version=1)

    assert (f"/{field}", "immutable_field") in pointers_of(refused)


def test_another_desk_may_edit_and_the_first_writer_stays(caller: Caller, sister: Caller) -> None:
    stored = caller.receive()

    edited = sister.put({**stored["content"], "note": "Đã gọi"}, version=1).json()

    assert (edited["version"], edited["content"]["desk_id"]) == (2, DESK)


def test_a_closed_dossier_takes_notes_and_files_only(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    stored = caller.receive()
    sandbox.move(stored["id"], 8, "Dừng")

    noted = caller.put({**stored["content"], "note": "Lưu kho"}, version=1)
    closed = caller.put({**noted.json()["content"], "subject": "Khác"}, version=3)

    assert noted.status_code == 200
    assert problem_of(closed) == "dossier-closed"


def test_a_code_belongs_to_one_dossier(caller: Caller) -> None:
    stored = caller.receive()

    taken = caller.put(dossier(stored["code"]))

    assert (problem_of(taken), taken.json()["current"]) == ("code-taken", None)


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"received_at": None}, "/received_at", "required"),
        ({"due": None}, "/due", "required"),
        ({"officer": None}, "/officer", "required"),
        ({"components": []}, "/components", "required"),
        ({"initial_status": 3}, "/refusal_reason", "required"),
        ({"desk_id": None}, "/desk_id", "required"),
        ({"desk_id": "H55.242-Q99"}, "/desk_id", "invalid"),
        ({"form_data": {"a": "x" * 70_000}}, "/form_data", "max_length"),
        (
            {"submitter": {"relation": "self", "party": dossier(None)["owner"]}},
            "/submitter/party",
            "invalid",
        ),
    ],
)
def test_what_a_dossier_must_bring_depends_on_what_it_is(
    caller: Caller, change: dict[str, Any], pointer: str, code: str
) -> None:
    assert pointers_of(caller.put(dossier(None, **change))) == [(pointer, code)]


def test_a_form_nested_without_end_is_refused(caller: Caller) -> None:
    nested: dict[str, Any] = {}
    for _ in range(700):
        nested = {"a": nested}
    stored = caller.receive()

    answers = [
        caller.put({**stored["content"], "form_data": nested}, version=1),
        caller.put({**stored["content"], "note": "x"}, version=1),
    ]

    assert [answer.status_code for answer in answers] == [400, 200]


def test_a_refusal_is_recorded_too(caller: Caller) -> None:
    refused = caller.put(
        dossier(None, initial_status=3, refusal_reason="Không thuộc thẩm quyền", components=[])
    )

    assert (refused.status_code, refused.json()["status"]) == (201, 3)


def test_the_path_names_the_dossier(caller: Caller) -> None:
    other, content = dossier(None)["id"], dossier(None)

    headers = {"Idempotency-Key": "01935a21-2222-7333-8444-555566667777"}
    refused = caller.call("PUT", f"/dossiers/{other}", json=content, headers=headers)

    assert pointers_of(refused) == [("/id", "invalid")]


def test_a_dossier_of_another_agency_is_parked_alone(caller: Caller) -> None:
    refused = caller.put(dossier(None, agency_code="H55.243"))

    assert (problem_of(refused), refused.json()["retry"]) == ("agency-scope", "park")


def test_a_named_dossier_can_be_called_wrong(caller: Caller, sandbox: SandboxProcess) -> None:
    good, bad = dossier(None), dossier(None)
    sandbox.poison([bad["id"]])

    results = caller.bulk(bad, good)
    sandbox.cure()

    assert [r["status"] for r in results] == [422, 201]
    assert caller.put(bad).status_code == 201


def test_in_bulk_each_dossier_stands_for_itself(caller: Caller) -> None:
    caller.lease(2)
    foreign = dossier(None, agency_code="H55.243")
    unknown = dossier(code_of(1), colour="red")
    twice = dossier(code_of(2))

    results = caller.bulk(dossier(code_of(1)), dossier(code_of(9)), unknown, foreign, twice, twice)

    assert [r["status"] for r in results] == [201, 422, 422, 403, 201, 422]
    assert [r["index"] for r in results] == list(range(6))
    places = [r["problem"]["errors"][0]["pointer"] for r in (results[1], results[2], results[5])]
    assert places == ["/items/1/dossier/code", "/items/2/dossier/colour", "/items/5/dossier/id"]
    assert (results[0]["version"], results[0]["code"]) == (1, code_of(1))


def test_a_bulk_that_is_no_list_of_dossiers_is_refused_whole(caller: Caller) -> None:
    empty = caller.post("/dossiers/bulk", {"items": []})
    large = caller.post("/dossiers/bulk", {"items": [{"dossier": dossier(None)}] * 201})
    odd = caller.post("/dossiers/bulk", {"items": [{"dossier": dossier(None)}], "colour": 1})

    assert [a.status_code for a in (empty, large, odd)] == [422, 422, 422]
    assert pointers_of(odd) == [("/colour", "unknown_property")]


def test_items_that_are_no_dossiers_are_answered_in_their_place(caller: Caller) -> None:
    answer = caller.post("/dossiers/bulk", {"items": [7, {"dossier": {"id": "x"}}]})

    assert [(r["status"], r["id"]) for r in answer.json()["results"]] == [(422, None), (422, "x")]


def test_a_dossier_is_read_by_its_own_agency_only(
    caller: Caller, sister: Caller, stranger: Caller
) -> None:
    stored = caller.receive()
    place = f"/dossiers/{stored['id']}"

    assert sister.get(place).json() == stored
    assert stranger.get(place).status_code == 404
    assert caller.get(place, **{"If-None-Match": '"1"'}).status_code == 304
    assert caller.get(place, **{"If-None-Match": '"2"'}).status_code == 200


def test_a_dossier_is_also_read_by_the_agency_that_decides(
    caller: Caller, stranger: Caller
) -> None:
    stored = caller.receive(competent_agency_code="H55.243")

    assert stranger.get(f"/dossiers/{stored['id']}").status_code == 200


def test_dossiers_are_found_by_code_and_citizen(caller: Caller, stranger: Caller) -> None:
    stored = caller.receive()
    caller.receive(owner={**stored["content"]["owner"], "identity": None})
    asked = {
        "citizen_id": "019090000001",
        "purpose": "Điền lại thông tin",
        "officer": OFFICER,
        "procedure_code": None,
    }

    assert caller.get(f"/dossiers?code={stored['code']}").json()["items"] == [stored]
    assert caller.get("/dossiers?citizen_id=019090000001").json()["items"] == [stored]
    assert caller.call("POST", "/dossiers/search", json=asked).json()["items"] == [stored]
    assert stranger.call("POST", "/dossiers/search", json=asked).json()["items"] == []
    other = {**asked, "procedure_code": "2.000815"}
    assert caller.call("POST", "/dossiers/search", json=other).json()["items"] == []


def test_each_look_for_a_citizen_is_written_down(caller: Caller, sandbox: SandboxProcess) -> None:
    asked = {"citizen_id": "019090000001", "purpose": "Điền lại thông tin", "officer": OFFICER}

    caller.call("POST", "/dossiers/search", json=asked)

    (look,) = sandbox.ask("looks")
    assert (look["desk"], look["officer"], look["purpose"]) == (DESK, "cb-1", "Điền lại thông tin")


def test_dossiers_are_listed_by_when_they_changed_page_by_page(caller: Caller) -> None:
    begun = datetime.now(UTC)
    stored = [caller.receive() for _ in range(5)]
    caller.send(event(stored[0], 1))
    since = rfc3339(begun).replace("+", "%2B")

    found, cursor = [], ""
    for _ in range(3):
        page = caller.get(f"/dossiers?updated_since={since}&limit=2{cursor}").json()
        found += [d["id"] for d in page["items"]]
        cursor = f"&cursor={page['next']}"

    assert found == [d["id"] for d in (*stored[1:], stored[0])]
    assert page["next"] is None


@pytest.mark.parametrize(
    "query", ["", "?code=H55.242-261123-0001&citizen_id=019090000001", "?code=x", "?limit=5"]
)
def test_one_question_at_a_time(caller: Caller, query: str) -> None:
    assert caller.get(f"/dossiers{query}").status_code == 400


def test_an_online_dossier_waits_with_a_code_of_its_own(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    given = sandbox.submit_online(online())

    found = caller.get(f"/dossiers/{given['id']}").json()

    assert (found["status"], found["code"], found["content"]["code"]) == (1, given["code"], None)
    assert found["content"]["desk_id"] is None


def test_missing_files_are_named(caller: Caller) -> None:
    named = {"sha256": "0" * 64, "filename": "to-khai.pdf", "mime": "application/pdf", "size": 9}

    stored = caller.receive(components=[component(named)])

    assert stored["missing_blobs"] == ["0" * 64]
