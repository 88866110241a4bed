"""A passphrase typed at the window is remembered once, where this computer can remember one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.conftest import Counter, running
from tests.real_desk import SETTINGS
from ui.officer.unlock import PassphraseGiven

PASSPHRASE = "một mật khẩu dài của quầy"


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[str]:
    """How a real desk is started that is made already, on a computer without its passphrase."""
    settings, passphrase = tmp_path / "site.toml", tmp_path / "passphrase"
    settings.write_text(SETTINGS, encoding="utf-8")
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    monkeypatch.setattr("counter.secrets._from_key_store", lambda _name: None)
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(passphrase))
    told = ["--data", str(tmp_path / "desk"), "--settings", str(settings)]
    with running(told, qtbot) as counter:
        counter.until(lambda: counter.window.is_open)
    monkeypatch.delenv("MOTCUA_PASSPHRASE_FILE")
    return told


def unlock(counter: Counter) -> None:
    """Type the passphrase, to be remembered."""
    counter.until(lambda: counter.window.notice.text != "")
    counter.desk._unlock(PassphraseGiven(PASSPHRASE))
    counter.until(lambda: counter.window.is_open)


def test_a_computer_that_cannot_remember_says_so(
    words: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter.secrets._to_key_store", lambda _name, _secret: False)

    with running(words, qtbot) as counter:
        unlock(counter)

        assert "chưa nhớ được mật khẩu của dữ liệu" in counter.window.notice.text


def test_a_desk_opened_anew_leaves_what_was_remembered(
    words: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, str]] = []

    def keep(name: str, secret: str) -> bool:
        kept.append((name, secret))
        return True

    monkeypatch.setattr("counter.secrets._to_key_store", keep)

    with running(words, qtbot) as counter:
        unlock(counter)
        told = counter.window.notice.text
        counter.desk._open_anew()
        counter.until(counter.desk._turns.isActive)

    assert kept == [("H55.242-Q01/passphrase", PASSPHRASE)]
    assert told == ""
