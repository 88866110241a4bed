"""A desk is closed whatever keeps it from telling that it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from counter import errands
from counter.desk import recovery, rekeying
from counter.folder import DataFolder
from counter.secrets import DEMO_PASSPHRASE
from counter.store.key import open_key
from program.health import HealthTeller
from program.rooms import Rooms
from tests.journeys.conftest import running


def test_a_desk_that_cannot_tell_that_it_is_closed_is_closed_all_the_same(
    demo_folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(demo_folder, folder.root)

    def cannot(_teller: HealthTeller, _rooms: Rooms | None) -> None:
        raise ValueError("no number a desk has")

    monkeypatch.setattr(HealthTeller, "close", cannot)

    with running(["--data", str(folder.root), "--demo"], qtbot) as opened:
        opened.until(lambda: opened.window.is_open)

    with folder.locked():  # else another program still works here
        pass


def test_a_window_closed_while_the_backup_before_a_new_key_hangs_ends_with_the_key_of_before(
    demo_folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(demo_folder, folder.root)
    before = open_key(folder.key, DEMO_PASSPHRASE)
    rekeying.ask_for_change(folder)
    came, answers = Event(), Event()

    def hang(_context: object, _target: Path, _moment: object, step: Callable[[], None]) -> None:
        came.set()
        answers.wait(errands.WAITED_S)
        step()

    monkeypatch.setattr(recovery, "write_backup", hang)
    monkeypatch.setattr(errands, "ENDING_S", 0.2)

    with running(["--data", str(folder.root), "--demo"], qtbot) as opened:
        opened.until(came.is_set)
        closing_at = monotonic()
    took_s = monotonic() - closing_at

    answers.set()
    with folder.locked():  # else another program still works here
        assert open_key(folder.key, DEMO_PASSPHRASE) == before
    assert took_s < errands.WAITED_S / 2
