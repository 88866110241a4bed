"""The small portal keeps the contract, survives being killed, and fails only when told to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from counter.values import local_day, rfc3339, uuid7
from sync.sandbox.contract_check import faults_of
from sync.sandbox.faults import Fault
from sync.sandbox.process import SECRET, SandboxProcess

AGENCY = "H55.242"
NOW = datetime.now(UTC)
TODAY = local_day(NOW)


class Caller:
    """A desk reduced to its HTTP: every call is one request of the contract."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self._url = sandbox.url
        self._session = requests.Session()
        self._session.trust_env = False
        self.sign_in()

    def sign_in(self, secret: str = SECRET) -> requests.Response:
        form = {"grant_type": "client_credentials", "client_id": f"{AGENCY}-Q01"}
        answer = self._session.post(
            f"{self._url}/oauth2/token", {**form, "client_secret": secret}, timeout=10
        )
        self._session.headers["Authorization"] = f"Bearer {answer.json().get('access_token')}"
        return answer

    def get(self, path: str) -> requests.Response:
        return self._session.get(self._url + path, timeout=10, allow_redirects=False)

    def post(self, path: str, body: object, key: str = "") -> requests.Response:
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self._session.post(self._url + path, json=body, headers=headers, timeout=10)

    def put(self, dossier: dict[str, Any], version: int | None = None) -> requests.Response:
        headers = {"Idempotency-Key": str(uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        url = f"{self._url}/dossiers/{dossier['id']}"
        return self._session.put(url, json=dossier, headers=headers, timeout=10)

    def lease(self, count: int = 5, key: str = "") -> requests.Response:
        body = {"agency_code": AGENCY, "date": TODAY.isoformat(), "count": count}
        return self.post("/serial-leases", body, key)

    def close(self) -> None:
        self._session.close()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox") as running:
        yield running


@pytest.fixture
def caller(sandbox: SandboxProcess) -> Iterator[Caller]:
    desk = Caller(sandbox)
    yield desk
    desk.close()


def dossier(code: str | None, **more: object) -> dict[str, Any]:
    content: dict[str, Any] = {
        "id": str(uuid7()),
        "code": code,
        "provisional_code": None if code else f"TAM-Q01-{TODAY:%y%m%d}-0001",
        "origin": "counter",
        "agency_code": AGENCY,
        "desk_id": f"{AGENCY}-Q01",
        "procedure": {
            "code": "1.001193",
            "name": "Đăng ký khai sinh",
            "revision": "1",
            "field": {"code": "G15-TP07", "name": "Hộ tịch"},
        },
        "channel": 1,
        "owner": {"subject_type": 1, "full_name": "NGUYỄN VĂN MẪU", "identity": None},
        "submitter": {"relation": "self", "party": None},
        "subject": "Đăng ký khai sinh",
        "submitted_at": rfc3339(NOW),
        "received_at": rfc3339(NOW),
        "due": {"due_at": rfc3339(NOW), "unit": "DAY", "qty": 1, "rule": "end_of_day"},
        "initial_status": 2,
        "components": [
            {
                "component_code": None,
                "name": "Tờ khai",
                "originals": 1,
                "certified": 0,
                "copies": 0,
                "digitised": 0,
                "files": [],
            }
        ],
        "fees": [],
        "return_to": {"method": 0},
        "created_offline": False,
        "officer": {"officer_id": "cb-1", "full_name": "Cán bộ mẫu"},
    }
    return {**content, **more}


def code(serial: int) -> str:
    return f"{AGENCY}-{TODAY:%y%m%d}-{serial:04}"


def test_only_an_enrolled_desk_gets_a_token(caller: Caller) -> None:
    assert caller.sign_in("wrong-secret-of-nobody").json() == {"error": "invalid_client"}
    assert caller.get("/capabilities").status_code == 401


def test_what_it_answers_fits_the_contract(caller: Caller) -> None:
    lease = caller.lease().json()
    stored = caller.put(dossier(code(1))).json()
    bulk = caller.post("/dossiers/bulk", {"items": [{"dossier": dossier(code(2))}]}).json()
    answers = {
        "Capabilities": caller.get("/capabilities").json(),
        "SerialLease": lease,
        "Dossier": stored,
        "DossierBulkResult": bulk,
        "DossierPage": caller.get(f"/dossiers?code={code(1)}").json(),
        "Problem": caller.get("/dossiers/absent").json(),
        "ChangePage": caller.get("/changes").json(),
    }

    assert [fault for name, body in answers.items() for fault in faults_of(body, name)] == []


def test_blocks_of_numbers_never_overlap_and_a_repeat_is_the_same_block(caller: Caller) -> None:
    first, again, second = caller.lease(key="a" * 8), caller.lease(key="a" * 8), caller.lease()

    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (first.json()["first"], first.json()["last"]) == (1, 5)
    assert (second.json()["first"], second.json()["last"]) == (6, 10)


def test_a_key_means_one_content_for_ever(caller: Caller) -> None:
    caller.lease(5, key="b" * 8)

    refused = caller.lease(6, key="b" * 8)

    assert refused.status_code == 422
    assert refused.json()["type"].endswith("idempotency-key-reused")


def test_a_dossier_is_stored_once_and_repeated_in_peace(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    caller.lease()
    one = dossier(code(1))

    answers = [caller.put(one).status_code, caller.put(one).status_code]

    assert answers == [201, 200]
    assert [d["code"] for d in sandbox.dossiers()] == [code(1)]


def test_other_content_under_the_same_id_is_a_conflict(caller: Caller) -> None:
    caller.lease()
    one = dossier(code(1))
    caller.put(one)

    conflict = caller.put({**one, "subject": "Khác"})
    agreed = caller.put({**one, "subject": "Khác"}, version=1)

    assert (conflict.status_code, agreed.status_code) == (409, 200)
    assert conflict.json()["changed_fields"] == ["/subject"]
    assert agreed.json()["version"] == 2


def test_a_number_that_was_not_lent_is_refused(caller: Caller) -> None:
    refused = caller.put(dossier(code(1)))

    assert refused.status_code == 422
    assert refused.json()["type"].endswith("serial-not-leased")


def test_a_code_belongs_to_one_dossier(caller: Caller) -> None:
    caller.lease()
    caller.put(dossier(code(1)))

    assert caller.put(dossier(code(1))).json()["type"].endswith("code-taken")


def test_a_dossier_without_a_number_is_given_one_outside_every_block(caller: Caller) -> None:
    caller.lease(5)

    given = caller.put(dossier(None)).json()

    assert given["code"] == code(6)
    assert given["content"]["code"] is None
    assert caller.lease(1).json()["first"] == 7


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"colour": "red"}, ""),
        ({"channel": 9}, "/channel"),
        ({"subject": "Đăng ký kết hôn".replace("ế", "\u0065\u0302\u0301")}, "/subject"),
    ],
)
def test_what_the_contract_does_not_allow_is_named_by_its_place(
    caller: Caller, change: dict[str, object], pointer: str
) -> None:
    caller.lease()

    refused = caller.put(dossier(code(1), **change))

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


def test_in_bulk_one_bad_dossier_leaves_the_others_alone(caller: Caller) -> None:
    caller.lease()
    items = [{"dossier": d} for d in (dossier(code(1)), dossier(code(9)), dossier(code(2)))]

    results = caller.post("/dossiers/bulk", {"items": items}).json()["results"]

    assert [r["status"] for r in results] == [201, 422, 201]
    assert results[1]["problem"]["errors"][0]["pointer"] == "/items/1/dossier/code"


def test_events_are_taken_in_order_only(caller: Caller) -> None:
    caller.lease()
    one = caller.put(dossier(code(1))).json()

    def event(seq: int) -> dict[str, object]:
        return {
            "event_id": str(uuid7()),
            "dossier_id": one["id"],
            "desk_id": f"{AGENCY}-Q01",
            "seq": seq,
            "kind": "note",
            "at": rfc3339(NOW),
            "officer": {"officer_id": "cb-1", "full_name": "Cán bộ mẫu"},
            "status_before": 2,
            "status_after": 2,
        }

    first, gap, after = event(1), event(3), event(2)
    results = caller.post("/events/bulk", {"events": [first, gap, after]}).json()["results"]
    again = caller.post("/events/bulk", {"events": [first, after]}).json()["results"]

    assert [r["outcome"] for r in results] == ["stored", "rejected", "skipped"]
    assert results[1]["problem"]["expected_seq"] == 2
    assert [r["outcome"] for r in again] == ["duplicate", "stored"]


def test_a_killed_portal_still_has_what_it_answered(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path) as first:
        desk = Caller(first)
        lease = desk.lease(key="c" * 8).json()
        desk.put(dossier(code(1)))
        desk.close()
        first.kill()

    with SandboxProcess(tmp_path) as second:
        desk = Caller(second)
        again = desk.lease(key="c" * 8).json()
        desk.close()
        kept = [d["code"] for d in second.dossiers()]

    assert (again, kept) == (lease, [code(1)])


def test_a_portal_that_is_off_refuses_and_comes_back_at_the_same_address(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.switch_off()
    with pytest.raises(requests.ConnectionError):
        caller.get("/capabilities")

    sandbox.switch_on()

    assert caller.get("/capabilities").status_code == 200


def test_it_can_take_a_dossier_and_hang_up(caller: Caller, sandbox: SandboxProcess) -> None:
    caller.lease()
    sandbox.strike([Fault.TOOK_IT_THEN_HUNG_UP])

    with pytest.raises(requests.RequestException):
        caller.put(dossier(code(1)))

    assert len(sandbox.dossiers()) == 1


@pytest.mark.parametrize("fault", [Fault.HANG_UP, Fault.TRUNCATED])
def test_it_can_break_the_line(caller: Caller, sandbox: SandboxProcess, fault: Fault) -> None:
    sandbox.strike([fault])

    with pytest.raises(requests.RequestException):
        caller.get("/capabilities")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.SERVER_ERROR, 500),
        (Fault.HTML, 502),
        (Fault.BUSY, 503),
        (Fault.TOO_MANY, 429),
        (Fault.TOKEN_ENDED, 401),
        (Fault.CAPTIVE_PORTAL, 200),
        (Fault.EMPTY, 200),
        (Fault.REDIRECT, 302),
    ],
)
def test_it_can_answer_nonsense_once(
    caller: Caller, sandbox: SandboxProcess, fault: Fault, status: int
) -> None:
    sandbox.strike([fault])

    assert caller.get("/capabilities").status_code == status
    assert caller.get("/capabilities").json()["contract"] == "1.0"


def test_a_person_can_look_at_it_in_a_browser(caller: Caller, sandbox: SandboxProcess) -> None:
    caller.lease()
    caller.put(dossier(code(1)))

    page = requests.get(sandbox.panel_url, timeout=10).text

    assert code(1) in page
    assert "Cổng thử nghiệm" in page
