"""A desk is put up from an empty folder, with the rooms it will work in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from counter.errors import SecondInstance
from counter.folder import DataFolder
from counter.setting_up import Found, Step, look_at
from program import first_run, officer
from program.first_run import MadeDesk
from tests.ui.fake_rooms import WORDS
from ui.bridge import Bridge
from ui.command_line import parse
from ui.setup.window import SetupWindow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """An empty folder on a computer that has no key store."""
    monkeypatch.setattr("counter.secrets._to_key_store", lambda _name, _secret: False)
    monkeypatch.setattr("counter.secrets._from_key_store", lambda _name: None)
    monkeypatch.delenv("MOTCUA_PASSPHRASE_FILE", raising=False)
    return DataFolder(tmp_path / "quay-1")


def test_an_empty_folder_becomes_a_desk_that_has_printed(folder: DataFolder, qtbot: QtBot) -> None:
    made: list[MadeDesk] = []
    with closing(Bridge()) as bridge:
        window = SetupWindow(bridge, first_run.hands_of(folder, made), folder=str(folder.root))
        qtbot.addWidget(window)
        window.show()
        for page in (window.office, window.desk, window.people, window.key, window.portal):
            page.fill(WORDS)
        for step in list(Step)[1:]:
            window.go_on()
            qtbot.waitUntil(lambda wanted=step: window.step is wanted)  # type: ignore[misc]
        for role in ("receipts", "tickets"):
            button = window.findChild(QPushButton, f"trial_{role}")
            assert button is not None
            button.click()
            qtbot.waitUntil(button.isEnabled)
        with qtbot.waitSignal(window.done):
            window.go_on()
        window.close()

    assert {path.stem.partition("_")[2] for path in folder.tray.rglob("in-thu_*")} >= {
        "receipt",
        "ticket",
    }
    assert look_at(folder) is Found.DESK
    assert [(one.account, one.passphrase) for one in made] == [("truong", WORDS["passphrase"])]


def test_while_a_desk_is_set_up_nobody_else_works_in_its_folder(
    folder: DataFolder, qtbot: QtBot
) -> None:
    arguments = parse(["--data", str(folder.root)], "test")
    turned_away: list[SecondInstance] = []

    def leave_again() -> int:
        with pytest.raises(SecondInstance) as told, folder.locked():
            pass
        turned_away.append(told.value)
        return 0

    with closing(Bridge()) as bridge:
        made = first_run.set_up(arguments, bridge, leave_again)

    assert (made, len(turned_away)) == (None, 1)
    with folder.locked():
        assert look_at(folder) is Found.NOTHING


@pytest.mark.parametrize(
    ("files", "words", "new"),
    [
        ((), (), True),
        ((), ("--demo",), False),
        ((), ("--settings", "quay.toml"), False),
        (("site.toml", "desk.key"), (), False),
        (("site.toml", "desk.key", "setup.json"), (), True),
        (("desk.db",), (), True),
        (("desk.db", "restore.ready"), (), False),
    ],
)
def test_a_folder_is_set_up_only_where_no_desk_lives(
    folder: DataFolder, files: tuple[str, ...], words: tuple[str, ...], new: bool
) -> None:
    folder.make()
    for name in files:
        (folder.root / name).write_text("", encoding="ascii")

    arguments = parse(["--data", str(folder.root), *words], "test")

    assert officer.needs_setting_up(arguments) is new
