"""A desk reduced to its HTTP; every answer it gets is held against the contract.

The judge is another implementation of JSON Schema than the sandbox's own.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from jsonschema import Draft202012Validator, FormatChecker

from counter.values import local_day, now, rfc3339, uuid7
from sync.sandbox.process import SECRET, SandboxProcess

CONTRACT = Path(__file__).parents[3] / "resources" / "portal" / "openapi.json"
AGENCY = "H55.242"
DESK = f"{AGENCY}-Q01"
SISTER = f"{AGENCY}-Q02"
STRANGER = "H55.243-Q01"
DESKS = {DESK: SECRET, SISTER: SECRET, STRANGER: SECRET}
NOW = datetime.now(UTC)
OFFICER = {"officer_id": "cb-1", "full_name": "Cán bộ mẫu"}


@cache
def contract() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return found


@cache
def judge(reference: str) -> Draft202012Validator:
    """Return the validator of what *reference* names within the contract."""
    root = {"$ref": reference, "components": contract()["components"]}
    return Draft202012Validator(root, format_checker=FormatChecker())


def resolved(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference within the contract stands for."""
    found: Any = said
    if "$ref" in said:
        found = contract()
        for part in said["$ref"].removeprefix("#/").split("/"):
            found = found[part]
    return dict(found)


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """Return the contract's entry for a method and a path without its base."""
    for template, entry in sorted(contract()["paths"].items(), key=lambda pair: "{" in pair[0]):
        pattern = re.sub(r"\{\w+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method.lower() in entry:
            return dict(entry[method.lower()])
    return None


def mistakes_of(answer: requests.Response, base: str) -> list[str]:
    """Return what an answer has that the contract does not allow."""
    path = (answer.request.url or "").removeprefix(base).partition("?")[0]
    operation = operation_of(answer.request.method or "", path)
    if operation is None:
        return []
    said = operation["responses"].get(str(answer.status_code))
    if said is None:
        return [f"{answer.status_code} is not an answer of {operation['operationId']}"]
    content = resolved(said).get("content", {})
    if not answer.content:
        return [] if not content or answer.request.method == "HEAD" else ["no body"]
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind not in content:
        return [f"{kind} is not a type of {operation['operationId']} {answer.status_code}"]
    schema = content[kind]["schema"]
    if "$ref" not in schema:
        return []
    return [error.message for error in judge(schema["$ref"]).iter_errors(answer.json())]


class Caller:
    """One desk; every call is one request of the contract."""

    def __init__(self, sandbox: SandboxProcess, desk: str = DESK) -> None:
        self.desk = desk
        self._url = sandbox.url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = "motcua-quay/1.4.0"
        self.sign_in()

    def sign_in(self, secret: str = SECRET, **more: str) -> requests.Response:
        form = {"grant_type": "client_credentials", "client_id": self.desk, "client_secret": secret}
        answer = self.call("POST", "/oauth2/token", data={**form, **more})
        self._session.headers["Authorization"] = f"Bearer {answer.json().get('access_token')}"
        return answer

    @property
    def bearer(self) -> dict[str, str]:
        """The header that lets somebody else ask in this desk's name."""
        return {"Authorization": str(self._session.headers["Authorization"])}

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        """Send any request and hold the answer against the contract."""
        more.setdefault("timeout", 20)
        answer = self._session.request(method, self._url + path, allow_redirects=False, **more)
        assert mistakes_of(answer, self._url) == [], answer.text
        return answer

    def raw(self, method: str, path: str, **more: Any) -> requests.Response:
        """Send any request and believe any answer; for portals that are told to lie."""
        more.setdefault("timeout", 20)
        return self._session.request(method, self._url + path, allow_redirects=False, **more)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.call("GET", path, headers=headers)

    def post(self, path: str, body: object, key: str = "") -> requests.Response:
        return self.call("POST", path, json=body, headers={"Idempotency-Key": key or str(uuid4())})

    def patch(self, path: str, body: object) -> requests.Response:
        return self.call("PATCH", path, json=body, headers={"Idempotency-Key": str(uuid4())})

    def put(
        self, content: dict[str, Any], version: int | None = None, key: str = ""
    ) -> requests.Response:
        headers = {"Idempotency-Key": key or str(uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.call("PUT", f"/dossiers/{content['id']}", json=content, headers=headers)

    def bulk(self, *contents: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post("/dossiers/bulk", {"items": [{"dossier": c} for c in contents]})
        return list(answer.json()["results"])

    def lease(self, count: float = 5, key: str = "", **more: object) -> requests.Response:
        body = {"agency_code": self.desk[:7], "date": today().isoformat(), "count": count, **more}
        return self.post("/serial-leases", body, key)

    def receive(self, **more: object) -> dict[str, Any]:
        """Put a new dossier that is right in every way; return it as the portal has it."""
        code = self.lease(1).json()
        content = dossier(f"{code['prefix']}{code['first']:04}", **more)
        stored: dict[str, Any] = self.put(content).json()
        return stored

    def send(self, *events: dict[str, Any]) -> requests.Response:
        return self.post(f"/dossiers/{events[0]['dossier_id']}/events", {"events": list(events)})

    def changes(self, cursor: str | None = None, **more: object) -> dict[str, Any]:
        asked = {"cursor": cursor, **more}
        answer = self.call("GET", "/changes", params=asked)
        found: dict[str, Any] = answer.json()
        return found

    def close(self) -> None:
        self._session.close()


def dossier(code: str | None, **more: object) -> dict[str, Any]:
    """Return the content of a birth registration received at the counter."""
    content: dict[str, Any] = {
        "id": str(uuid7()),
        "code": code,
        "provisional_code": None if code else f"TAM-Q01-{today():%y%m%d}-0001",
        "origin": "counter",
        "agency_code": AGENCY,
        "desk_id": DESK,
        "procedure": {
            "code": "1.001193",
            "name": "Đăng ký khai sinh",
            "revision": "1",
            "field": {"code": "G15-TP07", "name": "Hộ tịch"},
        },
        "channel": 1,
        "owner": {
            "subject_type": 1,
            "full_name": "NGUYỄN VĂN MẪU",
            "identity": {"kind": "can_cuoc", "number": "019090000001", "source": "chip"},
            "phone": "0912000001",
        },
        "submitter": {"relation": "self", "party": None},
        "subject": "Đăng ký khai sinh",
        "submitted_at": rfc3339(NOW),
        "received_at": rfc3339(NOW),
        "due": {"due_at": rfc3339(NOW), "unit": "DAY", "qty": 1, "rule": "end_of_day"},
        "initial_status": 2,
        "components": [component()],
        "fees": [],
        "return_to": {"method": 0},
        "created_offline": False,
        "officer": OFFICER,
    }
    return {**content, **more}


def component(*files: dict[str, Any]) -> dict[str, Any]:
    """Return a paper that was handed in, with its scanned files."""
    return {
        "component_code": None,
        "name": "Tờ khai",
        "originals": 1,
        "certified": 0,
        "copies": 0,
        "digitised": 1 if files else 0,
        "files": list(files),
    }


def online(**more: object) -> dict[str, Any]:
    """Return a dossier as a citizen sends it from home."""
    away = {"origin": "portal", "desk_id": None, "channel": 2, "initial_status": 1}
    unreceived = {"received_at": None, "due": None, "officer": None, "provisional_code": None}
    return dossier(None, **{**away, **unreceived, **more})


def event(
    of: dict[str, Any], seq: int, kind: str = "note", step: tuple[int, int] = (2, 2), **more: object
) -> dict[str, Any]:
    """Return an event of a dossier."""
    told: dict[str, Any] = {
        "event_id": str(uuid7()),
        "dossier_id": of["id"],
        "desk_id": DESK,
        "seq": seq,
        "kind": kind,
        "at": rfc3339(NOW),
        "officer": OFFICER,
        "status_before": step[0],
        "status_after": step[1],
    }
    return {**told, **more}


def today() -> date:
    """Return the day it is now at the portal's; a long run may go on after midnight."""
    return local_day(now())


def code_of(serial: int) -> str:
    """Return today's code with this number."""
    return f"{AGENCY}-{today():%y%m%d}-{serial:04}"


def problem_of(answer: requests.Response) -> str:
    """Return the name of the problem an answer tells."""
    return str(answer.json()["type"]).removeprefix("urn:motcua:problem:")


def pointers_of(answer: requests.Response) -> list[tuple[str, str]]:
    """Return place and code of each mistake an answer names."""
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]
