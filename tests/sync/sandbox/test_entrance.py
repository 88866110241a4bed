"""Only enrolled desks come in, and every write is known by its key."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import uuid4

import pytest

from counter.values import now
from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import (
    DESK,
    Caller,
    code_of,
    dossier,
    event,
    pointers_of,
    problem_of,
)


@pytest.mark.parametrize(
    ("told", "status", "error"),
    [
        ({"secret": "wrong-secret-of-nobody"}, 401, "invalid_client"),
        ({"client_id": "H55.242-Q99"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "everything"}, 400, "invalid_scope"),
        ({"colour": "red"}, 400, "invalid_request"),
    ],
)
def test_only_an_enrolled_desk_gets_a_token(
    caller: Caller, told: dict[str, str], status: int, error: str
) -> None:
    refused = caller.sign_in(**told)

    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert caller.get("/capabilities").status_code == 401


def test_a_token_is_asked_for_as_a_form_only(caller: Caller) -> None:
    assert caller.call("POST", "/oauth2/token", json={"client_id": DESK}).status_code == 415


def test_without_a_token_and_with_an_ended_one_the_desk_must_sign_in(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    nobody = caller.call("GET", "/capabilities", headers={"Authorization": ""})
    sandbox.forget_tokens()
    ended = caller.get("/capabilities")

    assert [problem_of(answer) for answer in (nobody, ended)] == ["token-missing", "token-expired"]
    assert ended.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert caller.sign_in().status_code == 200
    assert caller.get("/capabilities").status_code == 200


def test_a_revoked_desk_is_turned_away_at_every_door(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.revoke(DESK)

    assert problem_of(caller.get("/capabilities")) == "desk-revoked"
    assert caller.sign_in().json()["error"] == "invalid_client"


def test_a_program_that_is_too_old_is_told_so(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.set_policy(min_client="1.5.0")

    assert problem_of(caller.get("/capabilities")) == "client-too-old"
    assert caller.get("/capabilities", **{"User-Agent": "motcua-quay/1.5.0"}).status_code == 200


def test_capabilities_are_not_sent_twice(caller: Caller, sandbox: SandboxProcess) -> None:
    first = caller.get("/capabilities")
    known = {"If-None-Match": first.headers["ETag"]}

    assert caller.get("/capabilities", **known).status_code == 304
    sandbox.set_policy(max_block=20)
    assert caller.get("/capabilities", **known).json()["serial_policy"]["max_block"] == 20


def test_the_portals_clock_can_be_wrong_by_a_day(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.set_clock(86_400)
    caller.sign_in()

    told = caller.get("/capabilities")

    ahead = datetime.fromisoformat(told.json()["server_time"]) - now()
    assert 86_000 < ahead.total_seconds() < 88_000
    assert f"{now() + ahead:%d %b}" in told.headers["Date"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "", 404),
        ("DELETE", "/dossiers/bulk", 405),
        ("GET", "/dossiers/absent", 400),
        ("GET", "/changes?wait=31", 400),
        ("GET", "/changes?wait=soon", 400),
        ("GET", "/changes?cursor=%20", 400),
    ],
)
def test_what_cannot_be_read_is_refused(
    caller: Caller, method: str, path: str, status: int
) -> None:
    assert caller.call(method, path).status_code == status


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/json"}, b"{", 400),
        ({"Content-Type": "application/json"}, b'{"count": NaN}', 400),
        ({"Content-Type": "application/json"}, b'"\\ud800"', 400),
        ({"Content-Type": "application/json"}, b"[" * 100_000, 400),
        ({"Content-Type": "application/json"}, b" " * (8 * 1024 * 1024 + 1), 413),
        ({"Content-Type": "application/json", "Idempotency-Key": "7"}, b"{}", 400),
    ],
)
def test_a_body_that_is_no_json_is_refused(
    caller: Caller, headers: dict[str, str], body: bytes, status: int
) -> None:
    told = {"Idempotency-Key": str(uuid4()), **headers}

    answer = caller.call("POST", "/serial-leases", headers=told, data=body)

    assert answer.status_code == status


def test_a_whole_number_may_be_written_with_a_point(caller: Caller) -> None:
    lease = caller.lease(2.0).json()

    assert (lease["first"], lease["last"]) == (1, 2)


@pytest.mark.parametrize("method", ["QUERY", "TRACE", "CONNECT"])
def test_a_method_the_contract_does_not_have_is_refused(caller: Caller, method: str) -> None:
    assert problem_of(caller.raw(method, "/capabilities")) == "method-not-allowed"


def test_what_is_no_http_is_answered_and_cut(sandbox: SandboxProcess) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port), 10) as line:
        line.sendall(b"\x16\x03\x01 hello there and more\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(4096), b""))

    assert b"urn:motcua:problem:bad-request" in answer


def test_a_write_without_a_key_is_refused(caller: Caller) -> None:
    assert problem_of(caller.call("POST", "/ratings", json={})) == "idempotency-key-missing"


def test_a_repeat_is_answered_as_the_first_time(caller: Caller) -> None:
    key = str(uuid4())

    first, again, other = caller.lease(key=key), caller.lease(key=key), caller.lease()

    assert first.json() == again.json()
    assert (first.headers["Location"], first.status_code) == (again.headers["Location"], 201)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.json()["first"] == first.json()["last"] + 1


def test_a_key_means_one_content_for_ever(caller: Caller) -> None:
    key = str(uuid4())
    caller.lease(5, key)

    assert problem_of(caller.lease(6, key)) == "idempotency-key-reused"


def test_a_key_means_one_version_too(caller: Caller) -> None:
    stored = caller.receive()
    changed = {**stored["content"], "subject": "Khác"}
    key = str(uuid4())
    caller.put(changed, version=1, key=key)

    assert problem_of(caller.put(changed, version=2, key=key)) == "idempotency-key-reused"


def test_two_desks_may_use_the_same_key(caller: Caller, sister: Caller) -> None:
    key = str(uuid4())

    assert caller.lease(key=key).json()["last"] + 1 == sister.lease(key=key).json()["first"]


def test_a_refused_write_may_come_again_under_its_key(caller: Caller) -> None:
    content, key = dossier(code_of(1)), str(uuid4())
    early = caller.put(content, key=key)
    caller.lease(1)

    late = caller.put(content, key=key)

    assert (problem_of(early), late.status_code) == ("serial-not-leased", 201)


def test_after_three_days_ids_still_prevent_doubles(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    stored = caller.receive()
    noted = event(stored, 1)
    caller.send(noted)

    sandbox.forget_keys()

    assert caller.put(stored["content"]).status_code == 200
    assert caller.send(noted).json()["results"][0]["outcome"] == "duplicate"
    assert (len(sandbox.dossiers()), len(sandbox.events())) == (1, 1)


def test_a_repeat_that_comes_while_the_first_is_at_work_does_nothing_twice(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    key = str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: caller.lease(key=key).status_code, range(16)))

    assert set(answers) <= {201, 425}
    assert len(sandbox.leases()) == 1


def test_a_request_delivered_twice_by_the_network_is_taken_once(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.strike([Fault.TWICE])

    caller.lease()

    assert len(sandbox.leases()) == 1


def test_text_that_is_not_composed_is_refused_with_its_place(caller: Caller) -> None:
    decomposed = "Đăng ký".replace("ý", "y\u0301")

    refused = caller.put(dossier(None, subject=decomposed, form_data={decomposed: 1}))

    assert ("/subject", "not_nfc") in pointers_of(refused)
    assert (f"/form_data/{decomposed}", "not_nfc") in pointers_of(refused)
