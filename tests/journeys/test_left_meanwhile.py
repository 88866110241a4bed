"""A real desk is opened anew under an officer who leaves meanwhile: nobody sits there then."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.store import trail
from tests.journeys.conftest import Counter, running
from tests.real_desk import SETTINGS

PASSWORD = "cổng làng buổi sớm"


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How the program of a real desk is started, on a computer that has no key store."""
    settings, passphrase = tmp_path / "site.toml", tmp_path / "passphrase"
    settings.write_text(SETTINGS, encoding="utf-8")
    passphrase.write_text("một mật khẩu dài của quầy", encoding="utf-8")
    passphrase.chmod(0o600)
    monkeypatch.setattr("counter.secrets._from_key_store", lambda _name: None)
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(passphrase))
    return ["--data", str(tmp_path / "desk"), "--settings", str(settings)]


def actions(counter: Counter) -> list[str]:
    """Return what the chain tells of people, the newest first."""
    with counter.rooms.context.store.reading() as session:
        told = [entry.action for entry in trail.entries(session, newest=20)]
    return [action for action in told if action.startswith("people.")]


def open_anew(counter: Counter) -> None:
    counter.desk._open_anew()
    counter.until(counter.desk._turns.isActive)


def test_who_sits_there_goes_on_sitting_when_the_desk_is_opened_anew(
    words: list[str], qtbot: QtBot
) -> None:
    with running(words, qtbot) as counter:
        counter.begin("truong", "Lý Thị Mẫu", PASSWORD)

        open_anew(counter)

        sitting = counter.rooms.context.seat.officer
        assert sitting is not None
        assert sitting.id == "truong"
        assert not counter.window.is_locked
        assert actions(counter)[0] == "people.signed_in"


def test_who_leaves_while_the_desk_is_opened_anew_is_not_put_back(
    words: list[str], qtbot: QtBot
) -> None:
    with running(words, qtbot) as counter:
        counter.begin("truong", "Lý Thị Mẫu", PASSWORD)
        begin = counter.desk.begin

        def leave_first() -> None:
            counter.window.leave_chair()
            begin()

        counter.desk.begin = leave_first  # type: ignore[method-assign]
        open_anew(counter)

        assert counter.window.is_locked
        assert counter.rooms.context.seat.officer is None
        assert actions(counter)[0] == "people.signed_out"
