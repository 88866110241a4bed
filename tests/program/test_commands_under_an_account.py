"""On a desk with accounts an officer answers for each command that touches a citizen's record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from counter.auditing import AuditAsked
from counter.desk import auditing, command_officer, officers
from counter.desk.opening import open_desk
from counter.people import MAY, Action, Role
from counter.roster import Account
from devices.card.demo import demo_issuer
from program import VERSION, rooms
from tests.counter.desk.conftest import choose_own
from tests.real_desk import SETTINGS
from ui.command_line import parse

DONE, _HOLDS, USAGE, _DEVICE, NO_ACCESS = range(5)
HEAD, CLERK = "truong-quay", "tiep-nhan"
PASSWORD = "cây khế sau nhà nở hoa"
CITIZEN = "001185000041"

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run a command on a real desk with a leader and a clerk; *account* is who answers for it."""

    def secret(variable: str, text: str) -> None:
        path = tmp_path / variable
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        monkeypatch.setenv(variable, str(path))

    secret("MOTCUA_PASSPHRASE_FILE", "ba con đường qua núi")
    site = tmp_path / "site.toml"
    site.write_text(SETTINGS, encoding="utf-8")
    start = ["--data", str(tmp_path / "desk")]
    with open_desk(rooms.opening(parse([*start, "--settings", str(site)], VERSION))) as context:
        officers.begin(context, HEAD, "Lò Thị Thử", PASSWORD)
        clerk = Account(CLERK, "Vàng Văn Thử", "Cán bộ", frozenset({Role.OFFICER}))
        officers.make_officer(context, clerk, PASSWORD)
        choose_own(context, CLERK)

    def run_it(*command: str, account: str = "", password: str = PASSWORD) -> tuple[int, Any]:
        monkeypatch.delenv("MOTCUA_ACCOUNT_FILE", raising=False)
        if account:
            secret("MOTCUA_ACCOUNT_FILE", f"{account}\n{password}\n")
        capfdbinary.readouterr()
        code = main.main([*start, *command, "--json"])
        return code, json.loads(capfdbinary.readouterr().out)

    return run_it


def who(tmp_path: Path, action: str) -> set[str]:
    """Return who stands in the chain for *action*."""
    opening = rooms.opening(parse(["--data", str(tmp_path / "desk")], VERSION))
    with open_desk(opening) as context:
        return {line.officer for line in auditing.look(context, AuditAsked(action=action)).lines}


def person(tmp_path: Path) -> tuple[str, ...]:
    return ("person", "--id", CITIZEN, "--identity-checked", "--output", str(tmp_path / "p.json"))


def nobody_is_told_of(run: Run, tmp_path: Path) -> None:
    """Check that a command without an account, or with a wrong one, hands out nobody's record."""
    nameless = run(*person(tmp_path))
    wrong = run(*person(tmp_path), account=HEAD, password="cây khế trước nhà")
    clerk = run(*person(tmp_path), account=CLERK)

    assert [code for code, _answer in (nameless, wrong, clerk)] == [NO_ACCESS] * 3
    assert nameless[1]["error"]["code"] == "people.not_signed_in"
    assert wrong[1]["error"]["code"] == "people.wrong_password"
    assert clerk[1]["error"]["code"] == "people.not_allowed"
    assert not (tmp_path / "p.json").exists()


def test_a_citizens_record_is_handed_out_to_nobody_without_an_account(
    run: Run, tmp_path: Path
) -> None:
    nobody_is_told_of(run, tmp_path)


def test_a_command_that_asks_nobody_is_caught(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAY, Role.PROGRAM, frozenset(Action))
    monkeypatch.setattr(officers, "require_confirmed", lambda _context: None)
    monkeypatch.setattr(command_officer, "sign_in_for_command", lambda _context, _ask: None)

    with pytest.raises(AssertionError):
        nobody_is_told_of(run, tmp_path)


def test_the_chain_names_who_had_a_citizens_record_written(run: Run, tmp_path: Path) -> None:
    code, told = run(*person(tmp_path), account=HEAD)

    assert (code, told["dossiers"]) == (DONE, 0)
    assert json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))["officer"] == HEAD
    assert who(tmp_path, "person.exported") == {HEAD}


@pytest.mark.parametrize(
    "command",
    [
        ("show", "H55.242-261125-0001"),
        ("export", "register", "--from", "2026-11-01", "--to", "2026-11-02", "--format", "csv"),
        ("catalogue", "undo", "khong-co"),
        ("key", "change"),
        ("key", "passphrase"),
        ("queue", "renew"),
        ("trust", "import", "nobody.cer"),
        ("trust", "remove", "0" * 64),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_each_command_of_an_officer_asks_for_the_account(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    output = ("--output", str(tmp_path / "out")) if command[0] == "export" else ()

    code, told = run(*command, *output)

    assert (code, told["error"]["code"]) == (NO_ACCESS, "people.not_signed_in")
    assert not (tmp_path / "out").exists()


def test_whom_the_desk_trusts_is_changed_under_the_name_of_who_changes_it(
    run: Run, tmp_path: Path
) -> None:
    certificate = tmp_path / "issuer.cer"
    certificate.write_bytes(demo_issuer())

    listed, _told = run("trust", "list")
    run("trust", "import", str(certificate), account=HEAD)

    assert listed == DONE
    assert who(tmp_path, "trust.import") == {HEAD}


def test_a_changed_key_stands_under_the_name_of_who_changed_it(run: Run, tmp_path: Path) -> None:
    code, _told = run("key", "change", account=HEAD)

    assert code == DONE
    assert who(tmp_path, "desk.key_changed") == {HEAD}


def test_a_damaged_queue_is_renewed_under_the_name_of_who_asked(run: Run, tmp_path: Path) -> None:
    sound, refused = run("queue", "renew", account=HEAD)
    for kept in (tmp_path / "desk").glob("office.db*"):
        kept.write_bytes(b"rubbish" * 1000)
    clerk, _told = run("queue", "renew", account=CLERK)
    code, told = run("queue", "renew", account=HEAD)
    _code, taken = run("ticket", "--service", "A")

    assert (sound, refused["error"]["code"], clerk) == (USAGE, "queue.sound", NO_ACCESS)
    assert (code, told["letter"], told["damaged"]) == (DONE, "F", ["office.db"])
    assert taken["ticket"] == "F001"
    assert who(tmp_path, "queue.renewed") == {HEAD}


def test_what_runs_unattended_stands_under_the_programs_name(run: Run, tmp_path: Path) -> None:
    backed_up, _copy = run("backup", str(tmp_path / "copy.motcua"))
    verified, found = run("verify")

    assert (backed_up, verified, found["ok"]) == (DONE, DONE, True)
    assert who(tmp_path, "desk.backed_up") == {"program"}


def test_no_account_takes_the_programs_name() -> None:
    assert not officers.is_account_name("program")
