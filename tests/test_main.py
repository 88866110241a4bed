"""The command line that scripts and support staff rely on: one JSON object, one exit code."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from counter.desk.opening import open_desk
from counter.folder import DataFolder
from devices.card.demo import demo_issuer
from program import VERSION, rooms
from sync.sandbox.process import SandboxProcess
from ui.command_line import parse

HOUSE = Path(main.__file__).parent
DONE, DOES_NOT_HOLD, USAGE, NO_DEVICE, NO_ACCESS = range(5)

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training desk that was set up once and is copied for each test."""
    root = tmp_path_factory.mktemp("command") / "desk"
    with open_desk(rooms.opening(parse(["--data", str(root), "--demo"], VERSION))):
        return root


@pytest.fixture
def folder(set_up: Path, tmp_path: Path) -> Path:
    shutil.copytree(set_up, tmp_path / "desk")
    return tmp_path / "desk"


@pytest.fixture
def run(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command on the training desk and return its exit code and its one JSON object."""

    def run_it(*command: str, demo: bool = True) -> tuple[int, dict[str, Any]]:
        capfdbinary.readouterr()
        start = ["--data", str(folder), *(["--demo"] if demo else [])]
        code = main.main([*start, *command, "--json"])
        lines = capfdbinary.readouterr().out.decode().splitlines()
        assert len(lines) == 1, lines
        answer: dict[str, Any] = json.loads(lines[0])
        return code, answer

    return run_it


def test_a_day_is_rehearsed_sent_and_verified(run: Run) -> None:
    rehearsed, made = run("rehearse", "--dossiers", "3", "--seed", "5")
    sent, report = run("sync", "--until-idle", "--timeout", "60")
    verified, found = run("verify")

    assert (rehearsed, made["received"], len(made["codes"])) == (DONE, 3, 3)
    assert (sent, report["sent"], report["waiting"], report["idle"]) == (DONE, 3, 0, True)
    assert set(report) == {
        "sent",
        "fetched",
        "uploaded_files",
        "parked",
        "conflicts",
        "waiting",
        "oldest_waiting_at",
        "idle",
    }
    assert (verified, found["ok"], found["violations"]) == (DONE, True, [])
    assert found["checked"]["dossiers"] == 3


def test_a_dossier_is_shown_with_its_history(run: Run) -> None:
    _code, made = run("rehearse", "--dossiers", "1")

    code, shown = run("show", made["codes"][0])

    assert code == DONE
    assert set(shown) == {
        "code",
        "id",
        "status",
        "procedure",
        "owner",
        "received_at",
        "due_at",
        "fees",
        "papers",
        "history",
        "sync",
    }
    assert (shown["code"], shown["status"], shown["sync"]) == (made["codes"][0], 2, "waiting")
    assert shown["received_at"].endswith("+07:00")
    assert [line["event"] for line in shown["history"]] == ["dossier.received"]


@pytest.mark.parametrize("text", ["H55.242-261125-9999", "H55\udcff", "' OR 1=1 --"])
def test_an_unknown_code_does_not_hold(run: Run, text: str) -> None:
    code, answer = run("show", text)

    assert code == DOES_NOT_HOLD
    assert answer["error"]["code"] == "desk.unknown_dossier"
    assert answer["error"]["message"]


def test_tickets_are_given_out_and_called_beside_a_desk_at_work(run: Run, folder: Path) -> None:
    with DataFolder(folder).locked():
        services, offered = run("services")
        taken, ticket = run("ticket", "--service", "A", "--priority", "NCT", "--print")
        called, call = run("call", "--counter", "Quầy 1")
        nobody, none = run("call", "--counter", "Quầy 1")

    assert (services, taken, called, nobody) == (DONE,) * 4
    assert {"code": "A", "name": "Hộ tịch", "waiting": 0} in offered["services"]
    assert (ticket["ticket"], ticket["service"], ticket["printed"]) == ("A001", "A", "printed")
    assert (call["ticket"], call["counter"]) == ("A001", "Quầy 1")
    assert none == {"ticket": None}


def test_a_service_nobody_offers_takes_no_number(run: Run) -> None:
    refused, answer = run("ticket", "--service", "Z")
    _code, taken = run("ticket", "--service", "A")

    assert (refused, answer["error"]["code"]) == (USAGE, "queue.unknown_service")
    assert taken["ticket"] == "A001"


def test_a_second_program_in_the_folder_is_turned_away(run: Run, folder: Path) -> None:
    with DataFolder(folder).locked():
        code, answer = run("verify")

    assert (code, answer["error"]["code"]) == (NO_DEVICE, "store.second_instance")


def test_the_demonstrations_card_is_read_before_a_desk_is_set_up(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    face = tmp_path / "face.jpg"

    code = main.main(
        ["--data", str(tmp_path / "none"), "--demo", "read-card", "--json", "--portrait", str(face)]
    )

    reading = json.loads(capfdbinary.readouterr().out)
    assert code == DONE
    assert reading["access"] == "pace-can"
    assert reading["authenticity"]["verdict"] == "authentic"
    assert reading["citizen"]["id_number"] == "001099012345"
    assert reading["timing"]["apdus_to_first_text"] <= 9
    assert face.read_bytes()[:2] == b"\xff\xd8"
    assert not (tmp_path / "none").exists()


def test_the_demonstration_keeps_out_of_a_real_desks_folder(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "site.toml").write_text("", encoding="utf-8")

    code = main.main(["--data", str(tmp_path), "--demo", "read-card", "--json"])

    assert code == USAGE
    assert json.loads(capfdbinary.readouterr().out)["error"]["code"] == "store.wrong_folder"


def test_wrong_digits_are_access_refused(run: Run) -> None:
    code, answer = run("read-card", "--can", "999999")

    assert (code, answer["error"]["code"]) == (NO_ACCESS, "card.wrong_can")


@pytest.mark.parametrize("digits", ["12345", "abcdef", "1234567"])
def test_digits_that_are_none_are_refused_at_once(run: Run, digits: str) -> None:
    code, _answer = run("read-card", "--can", digits)

    assert code == NO_ACCESS


def test_issuers_are_listed_imported_and_removed(run: Run, shared: Path) -> None:
    file = str(shared / "card" / "trust" / "CSCA_Vietnam_001_2021.pem")

    empty = run("trust", "list")
    added, after = run("trust", "import", file)
    fingerprint = after["certificates"][0]["sha256"]
    removed, gone = run("trust", "remove", fingerprint)

    assert empty == (DONE, {"certificates": [], "added": 0, "rejected": []})
    assert (added, after["added"], len(after["certificates"])) == (DONE, 1, 1)
    assert set(after["certificates"][0]) == {
        "sha256",
        "subject",
        "country",
        "not_before",
        "not_after",
        "source",
        "kind",
    }
    assert (removed, gone["certificates"]) == (DONE, [])


def test_the_doctor_names_every_part(run: Run) -> None:
    code, answer = run("doctor")

    assert code == DONE
    assert answer["ok"] is True
    assert {check["name"] for check in answer["checks"]} == {
        "reader",
        "trust",
        "printer.receipts",
        "printer.tickets",
        "scanner",
        "database",
        "queue",
        "disk",
        "clock",
        "portal",
        "fonts",
    }
    assert all(set(c) == {"name", "state", "message", "advice"} for c in answer["checks"])


def test_an_empty_folder_without_settings_is_wrong_usage(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = main.main(["--data", str(tmp_path / "none"), "verify", "--json"])

    answer = json.loads(capfdbinary.readouterr().out)
    assert (code, answer["error"]["code"]) == (USAGE, "settings.missing")


def test_settings_with_mistakes_are_named_key_by_key(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    site = tmp_path / "site.toml"
    site.write_text("[office]\nagency_code = 5\n[desk]\nid = 'x'\n", encoding="utf-8")

    code = main.main(["--data", str(tmp_path / "d"), "--settings", str(site), "verify", "--json"])

    message = json.loads(capfdbinary.readouterr().out)["error"]["message"]
    assert code == USAGE
    assert all(key in message for key in ("office.agency_code", "office.name", "desk.id", "portal"))


REAL = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q01"
[portal]
url = "{url}"
"""


def test_an_unattended_desk_is_set_up_by_its_first_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name, secret in (("PASSPHRASE", "mật khẩu"), ("PORTAL_SECRET", "bí-mật-của-quầy")):
        (tmp_path / name).write_text(secret, encoding="utf-8")
        (tmp_path / name).chmod(0o600)
        monkeypatch.setenv(f"MOTCUA_{name}_FILE", str(tmp_path / name))
    site = tmp_path / "site.toml"
    desks = {"H55.242-Q01": "bí-mật-của-quầy"}
    with SandboxProcess(tmp_path / "portal", desks=desks) as portal:
        site.write_text(REAL.format(url=portal.url), encoding="utf-8")
        start = ["--data", str(tmp_path / "desk")]
        first = main.main([*start, "--settings", str(site), "sync", "--once", "--json"])
        capfdbinary.readouterr()
        again = main.main([*start, "verify", "--json"])
        refused = main.main([*start, "rehearse", "--dossiers", "1", "--json"])
        mixed = main.main([*start, "--demo", "verify", "--json"])

    answers = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert (first, again, refused, mixed) == (DONE, DONE, USAGE, USAGE)
    assert answers[1]["error"]["code"] == "desk.not_training"
    assert answers[2]["error"]["code"] == "store.wrong_folder"


def test_a_portal_that_is_away_is_told_by_the_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "secret").write_text("x" * 12, encoding="ascii")
    (tmp_path / "secret").chmod(0o600)
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(tmp_path / "secret"))
    site = tmp_path / "site.toml"
    site.write_text(REAL.format(url="http://127.0.0.1:9/motcua/v1"), encoding="utf-8")

    code = main.main(
        ["--data", str(tmp_path / "d"), "--settings", str(site), "sync", "--once", "--json"]
    )

    assert code == NO_DEVICE
    assert json.loads(capfdbinary.readouterr().out)["idle"] is False


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["sync", "--help"]])
def test_the_program_explains_itself(arguments: list[str]) -> None:
    told = subprocess.run(
        [sys.executable, "main.py", *arguments], cwd=HOUSE, capture_output=True, check=True
    )

    assert "main.py" in told.stdout.decode() or VERSION in told.stdout.decode()


def test_a_command_nobody_knows_is_wrong_usage() -> None:
    told = subprocess.run(
        [sys.executable, "main.py", "fly"], cwd=HOUSE, capture_output=True, check=False
    )

    assert told.returncode == USAGE


def test_every_command_of_the_line_has_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"], VERSION)
    told = re.findall(r"^    ([a-z][a-z-]*)(?:  |$)", capsys.readouterr().out, re.MULTILINE)

    files = (HOUSE / "program" / "commands").glob("[a-z]*.py")
    assert sorted(path.stem.replace("_", "-") for path in files) == sorted(told)


def test_a_desk_is_backed_up_lost_and_restored_with_its_passphrase(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("rehearse", "--dossiers", "2")
    file = tmp_path / "copy.motcua"
    backed_up, copy = run("backup", str(file))
    shutil.rmtree(folder)
    restored, same = run("restore", str(file))
    verified, found = run("verify")
    again, _refused = run("backup", str(file))
    (tmp_path / "wrong").write_text("not the passphrase", encoding="ascii")
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(tmp_path / "wrong"))
    locked, refused = run("restore", str(file))

    assert (backed_up, restored, verified, again, locked) == (DONE, DONE, DONE, USAGE, NO_ACCESS)
    assert copy == same == {"bytes": file.stat().st_size, "sha256": copy["sha256"]}
    assert found["checked"]["dossiers"] == 2
    assert refused["error"]["code"] == "store.wrong_key"


def test_a_training_desk_takes_in_the_demonstrations_issuer(run: Run, tmp_path: Path) -> None:
    certificate = tmp_path / "demonstration.cer"
    certificate.write_bytes(demo_issuer())

    code, told = run("trust", "import", str(certificate))

    assert (code, told["added"], told["rejected"]) == (DONE, 1, [])


def test_a_real_desk_does_not_take_in_the_demonstrations_issuer(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    DataFolder(folder).training.unlink()
    certificate = tmp_path / "demonstration.cer"
    certificate.write_bytes(demo_issuer())

    code, told = run("trust", "import", str(certificate))

    assert (code, told["added"], told["certificates"]) == (DOES_NOT_HOLD, 0, [])
    assert [one["reason"] for one in told["rejected"]] == ["demonstration"]


def test_an_official_catalogue_is_compared_taken_in_and_undone_by_command(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "lay-thu-tuc.json"
    time = {"THOIGIANGIAIQUYET": "2", "DONVITINH": "Ngày làm việc", "PHILEPHI": []}
    ways = [{"KENH": "1", "THOIGIAN": [time]}]
    entry = {"MATTHC": "1.001193", "TENTTHC": "Đăng ký khai sinh", "CACHTHUCTHUCHIEN": ways}
    path.write_text(json.dumps({"error_code": "0", "result": [entry]}), encoding="utf-8")

    compared = run("catalogue", "compare", str(path))
    imported = run("catalogue", "import", str(path))
    again = run("catalogue", "compare", str(path))
    undone = run("catalogue", "undo", str(imported[1]["batch"]))

    assert (compared[0], compared[1]["kept"]) == (DONE, 0)
    assert (imported[1]["kept"], again[1]["same"]) == (1, 1)
    assert undone == (DONE, {"undone": 1})


def test_a_table_of_old_units_is_imported_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("tinh,huyen,xa,ma_xa_moi\nVí Dụ,Mẫu,Thử,00004\n", encoding="utf-8")
    bad.write_text("tinh,huyen,xa,ma_xa_moi\nVí Dụ,Mẫu,Thử,99999\n", encoding="utf-8")

    empty = run("units", "list")
    imported = run("units", "import", str(good))
    refused, told = run("units", "import", str(bad))
    kept = run("units", "list")

    assert empty == (DONE, {"old_units": 0, "lines": 0})
    assert imported == kept == (DONE, {"old_units": 1, "lines": 1})
    assert refused == USAGE
    assert "dòng 2" in told["error"]["message"]
