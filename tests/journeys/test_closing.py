"""A desk is closed whatever keeps it from telling that it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.folder import DataFolder
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
