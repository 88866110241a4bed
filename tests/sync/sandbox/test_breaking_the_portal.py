"""The sandbox fails in every way it is told to, and only then; killed, it loses nothing."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from counter.errors import PortalSilent
from sync.sandbox.faults import Fault
from sync.sandbox.operations import operations
from sync.sandbox.process import FROZEN_WORD, HOUSE, SECRET, SandboxProcess
from sync.sandbox.rules import RULES
from tests.sync.sandbox.caller import NOW, Caller, code_of, contract, dossier, event

LONGEST_S = 60.0


def test_every_operation_of_the_contract_is_answered_and_no_other() -> None:
    named = {
        operation["operationId"]
        for entry in contract()["paths"].values()
        for method, operation in entry.items()
        if method != "parameters"
    }

    assert set(RULES) == named == {operation.id for operation in operations()}


def wait_until_taken(sandbox: SandboxProcess, dossier_id: str, times: int) -> None:
    """Wait until the portal has the dossier *times* times; its caller went away before it did."""
    until = time.monotonic() + LONGEST_S
    while [one["id"] for one in sandbox.dossiers()].count(dossier_id) < times:
        assert time.monotonic() < until, "the portal took nothing"


def test_a_portal_that_is_off_refuses_and_comes_back_at_the_same_address(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.switch_off()
    with pytest.raises(requests.ConnectionError):
        caller.get("/capabilities")
    assert sandbox.state()["on"] is False

    sandbox.switch_on()

    assert caller.get("/capabilities").status_code == 200


def test_switching_off_cuts_those_who_wait(caller: Caller, sandbox: SandboxProcess) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(caller.get, "/changes?wait=30")
        while not sandbox.state()["waiting"]:
            assert not waiting.done()
        sandbox.switch_off()

        with pytest.raises(requests.ConnectionError):
            waiting.result(LONGEST_S)


def test_a_portal_can_be_closed_for_repair_for_as_long_as_wanted(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.strike_always(Fault.BUSY)
    closed = [caller.get("/capabilities") for _ in range(3)]
    sandbox.clear_faults()

    assert [a.status_code for a in closed] == [503] * 3
    assert closed[0].headers["Retry-After"] == "1"
    assert caller.get("/capabilities").status_code == 200


@pytest.mark.parametrize("fault", [Fault.TOOK_IT_THEN_HUNG_UP, Fault.TRUNCATED])
def test_it_can_take_a_dossier_and_break_the_answer(
    caller: Caller, sandbox: SandboxProcess, fault: Fault
) -> None:
    caller.lease()
    sandbox.strike([fault])

    with pytest.raises(requests.RequestException):
        caller.put(dossier(code_of(1)))

    assert [d["code"] for d in sandbox.dossiers()] == [code_of(1)]


def test_it_can_hang_up_before_it_takes_anything(caller: Caller, sandbox: SandboxProcess) -> None:
    caller.lease()
    sandbox.strike([Fault.HANG_UP])

    with pytest.raises(requests.ConnectionError):
        caller.put(dossier(code_of(1)))

    assert sandbox.dossiers() == []


@pytest.mark.parametrize(("fault", "taken"), [(Fault.SILENT, 0), (Fault.TOOK_IT_THEN_SILENT, 1)])
def test_it_can_say_nothing_for_ever(
    caller: Caller, sandbox: SandboxProcess, fault: Fault, taken: int
) -> None:
    caller.lease()
    sandbox.strike([fault])

    with pytest.raises(requests.ReadTimeout):
        caller.call(
            "PUT",
            f"/dossiers/{(one := dossier(code_of(1)))['id']}",
            json=one,
            headers={"Idempotency-Key": one["id"]},
            timeout=0.5,
        )

    wait_until_taken(sandbox, one["id"], taken)
    assert len(sandbox.dossiers()) == taken


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.SERVER_ERROR, 500),
        (Fault.HTML, 502),
        (Fault.BUSY, 503),
        (Fault.TOO_MANY, 429),
        (Fault.TOKEN_ENDED, 401),
        (Fault.TOO_LARGE, 413),
        (Fault.PROXY_LOGIN, 407),
        (Fault.CAPTIVE_PORTAL, 200),
        (Fault.EMPTY, 200),
        (Fault.REDIRECT, 302),
    ],
)
def test_it_can_answer_something_else_once(
    caller: Caller, sandbox: SandboxProcess, fault: Fault, status: int
) -> None:
    sandbox.strike([fault])

    assert caller.raw("GET", "/capabilities").status_code == status
    assert caller.get("/capabilities").json()["contract"] == "1.0"


@pytest.mark.parametrize("fault", [Fault.SLOW, Fault.NARROW])
def test_a_slow_answer_is_whole(caller: Caller, sandbox: SandboxProcess, fault: Fault) -> None:
    sandbox.strike([fault])

    answer = caller.call("GET", "/capabilities", stream=True)

    assert answer.json()["contract"] == "1.0"


def test_an_answer_can_come_one_byte_a_second(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.strike([Fault.DRIPPING])
    began = time.monotonic()

    with caller.raw("GET", "/capabilities", stream=True) as answer:
        assert [next(answer.iter_content(1)) for _ in range(3)] == [b"{", b'"', b"c"]

    assert time.monotonic() - began >= 2


def test_an_answer_can_be_damaged_on_the_way(caller: Caller, sandbox: SandboxProcess) -> None:
    right = caller.get("/serial-leases").content
    sandbox.strike([Fault.CORRUPTED])

    damaged = caller.raw("GET", "/serial-leases").content

    assert (len(damaged), damaged == right) == (len(right), False)


def test_an_answer_can_be_that_of_another_request(caller: Caller, sandbox: SandboxProcess) -> None:
    caller.get("/serial-leases")
    sandbox.strike([Fault.OLD_REPLY])

    assert caller.raw("GET", "/capabilities").json() == {"items": []}


def test_an_answer_can_unpack_to_more_than_a_desk_should_take(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    sandbox.strike([Fault.GZIP_BOMB])

    with caller.raw("GET", "/capabilities", stream=True) as answer:
        packed = int(answer.headers["Content-Length"])

    assert (answer.headers["Content-Encoding"], packed < 1_000_000) == ("gzip", True)


def test_a_fault_can_wait_for_one_operation(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.strike([Fault.SERVER_ERROR], "listSerialLeases")

    assert caller.get("/capabilities").status_code == 200
    assert caller.get("/serial-leases").status_code == 500
    assert caller.get("/serial-leases").status_code == 200


def test_answers_can_take_their_time(caller: Caller, sandbox: SandboxProcess) -> None:
    sandbox.delay(0.3)

    assert caller.get("/capabilities").elapsed.total_seconds() >= 0.3


def test_requests_are_counted(caller: Caller, sandbox: SandboxProcess) -> None:
    before = sandbox.counters().get("getCapabilities", 0)

    caller.get("/capabilities")

    assert sandbox.counters()["getCapabilities"] == before + 1
    assert sandbox.requests()["GET /capabilities"] == before + 1


def test_a_killed_portal_still_has_what_it_answered(tmp_path: Path) -> None:
    chance = Random(7)
    answered: list[str] = []
    port = 0
    for _ in range(4):
        with SandboxProcess(tmp_path, port=port) as sandbox:
            port = sandbox.port
            desk = Caller(sandbox)
            for _ in range(chance.randint(3, 9)):
                one = desk.receive()
                desk.send(event(one, 1))
                answered.append(one["id"])
            sandbox.strike([Fault.TOOK_IT_THEN_SILENT], "putDossier")
            with pytest.raises(requests.ReadTimeout):
                desk.call(
                    "PUT",
                    f"/dossiers/{(last := dossier(None))['id']}",
                    json=last,
                    headers={"Idempotency-Key": last["id"]},
                    timeout=0.3,
                )
            answered.append(last["id"])
            wait_until_taken(sandbox, last["id"], 1)
            sandbox.kill()
            desk.close()

    with SandboxProcess(tmp_path) as sandbox:
        kept = [d["id"] for d in sandbox.dossiers()]
        codes = {d["code"] for d in sandbox.dossiers()}
        events = {e["dossier_id"] for e in sandbox.events()}

    assert kept == answered
    assert len(codes) == len(answered)
    assert len(events) == len(answered) - 4


def test_after_a_restart_a_key_is_still_known(tmp_path: Path) -> None:
    key = "01935a21-2222-7333-8444-555566667777"
    with SandboxProcess(tmp_path) as first:
        desk = Caller(first)
        lent = desk.lease(key=key).json()
        desk.close()
        first.kill()

    with SandboxProcess(tmp_path) as second:
        desk = Caller(second)
        again = desk.lease(key=key)
        desk.close()

    assert (again.json(), again.headers["Idempotency-Replayed"]) == (lent, "true")


def test_the_sandbox_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    parent = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from sync.sandbox.process import SandboxProcess\n"
        "sandbox = SandboxProcess(Path(sys.argv[1]))\n"
        "print(sandbox.port, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", parent, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        port = int(running.stdout.readline())
        answered = _answers(port)
        running.kill()

    until = time.monotonic() + LONGEST_S
    while _answers(port) and time.monotonic() < until:
        pass
    assert (answered, _answers(port)) == (True, False)


def test_a_sandbox_that_cannot_start_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with pytest.raises(PortalSilent):
        SandboxProcess(tmp_path / "file")


def test_a_control_without_a_sandbox_says_so(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path) as gone:
        gone.stop()
        with pytest.raises(PortalSilent):
            gone.state()


def test_a_frozen_program_starts_itself_as_the_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nassert sys.argv[1] == {FROZEN_WORD!r}\n"
        "from sync.sandbox.__main__ import serve\nraise SystemExit(serve(sys.argv[2:]))\n",
        encoding="utf-8",
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))

    with SandboxProcess(tmp_path / "sandbox") as sandbox:
        assert sandbox.dossiers() == []


def test_it_can_speak_https(tmp_path: Path) -> None:
    certificate = _certificate(tmp_path / "portal.pem")

    with SandboxProcess(tmp_path / "sandbox", certificate=certificate) as sandbox:
        form = {"grant_type": "client_credentials", "client_id": "H55.242-Q01"}
        told = requests.post(
            f"{sandbox.url}/oauth2/token",
            {**form, "client_secret": SECRET},
            verify=str(certificate),
            timeout=10,
        )
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(f"{sandbox.url}/capabilities", timeout=10)

    assert told.status_code == 200


def test_a_person_can_look_at_it_and_press_its_buttons(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    stored = caller.receive(owner={**dossier(None)["owner"], "full_name": "NGUYỄN <b> & MẪU"})
    caller.send(event(stored, 1, "handed_over", (2, 4), text="Bàn giao"))

    page = requests.get(sandbox.panel_url, timeout=10).text
    pressed = requests.post(
        f"{sandbox.panel_url}_sandbox/faults", {"names": Fault.SERVER_ERROR}, timeout=10
    )

    assert stored["code"] in page
    assert "NGUYỄN &lt;b&gt; &amp; MẪU" in page
    assert "Đang xử lý" in page
    assert "Bàn giao" in page
    assert (pressed.status_code, "Đang chờ: Lỗi 500" in pressed.text) == (200, True)
    assert caller.get("/capabilities").status_code == 500


def test_a_person_can_act_as_the_unit_and_the_citizen(
    caller: Caller, sandbox: SandboxProcess
) -> None:
    stored = caller.receive()
    door = f"{sandbox.panel_url}_sandbox/"

    moved = {"dossier_id": stored["id"], "status": "5", "text": "Thiếu giấy tờ"}
    requests.post(f"{door}move", moved, timeout=10)
    requests.post(f"{door}submit-online", timeout=10, headers={"Content-Type": "form"})

    kinds = [item["kind"] for item in caller.changes()["items"]]
    assert kinds == ["dossier.status_changed", "dossier.assigned"]
    assert caller.get(f"/dossiers/{stored['id']}").json()["status"] == 5


def test_every_fault_has_a_name_for_people(sandbox: SandboxProcess) -> None:
    page = requests.get(sandbox.panel_url, timeout=10).text

    assert [fault for fault in Fault if f'value="{fault.value}"' not in page] == []


def test_a_page_from_elsewhere_cannot_press_them(sandbox: SandboxProcess) -> None:
    foreign = requests.post(
        f"{sandbox.panel_url}_sandbox/reset", headers={"Origin": "http://evil.test"}, timeout=10
    )

    assert foreign.status_code == 403


@pytest.mark.parametrize("view", ["nothing", "../secret"])
def test_what_the_control_door_does_not_know_it_refuses(sandbox: SandboxProcess, view: str) -> None:
    with pytest.raises(ValueError, match="unknown"):
        sandbox.ask(view)
    with pytest.raises(ValueError, match="unknown"):
        sandbox.act(view)
    with pytest.raises(ValueError, match="KeyError"):
        sandbox.act("revoke")


def _answers(port: int) -> bool:
    """Tell whether somebody takes connections at *port*."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _certificate(path: Path) -> Path:
    """Write a certificate for 127.0.0.1 that nobody signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path
