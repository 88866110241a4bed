"""The key is changed and the machine stops at any step: the desk opens whole, with one key."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from counter.desk import checking, emergency, rekeying
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import open_desk
from counter.desk.recovery import Restoring, restore
from counter.desk.rehearsal import rehearse
from counter.errors import (
    BackupSpoilt,
    DeskError,
    DiskFull,
    PlaceSilent,
    WeakPassphrase,
    WrongKey,
)
from counter.folder import DataFolder
from counter.secrets import DEMO_PASSPHRASE
from counter.store import trail
from counter.store.key import open_key
from counter.store.store import Store
from counter.values import now
from counter.work import Copied
from tests.faults import rekeying_desk
from tests.faults.desk_writing import NAMES, opening
from tests.faults.ready import begin

DOSSIERS = 3


@pytest.fixture(scope="module")
def full_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with dossiers and their files, copied for each change."""
    folder = tmp_path_factory.mktemp("key") / "desk"
    with open_desk(opening(folder)) as context:
        rehearse(context, dossiers=DOSSIERS, seed=1, names=NAMES, attachments=1)
    return folder


def change(folder: Path, step: int, bug: str = "none") -> list[str]:
    """Change the key and stop at *step*; return what was printed: nothing when it was stopped."""
    life = begin(rekeying_desk.main, str(folder), str(step), bug)
    printed = life.printed.read().splitlines()
    life.process.join()
    life.printed.close()
    return printed


def wrong(folder: Path) -> str | None:
    """Return what is wrong with the desk after a stop, None when nothing is."""
    try:
        with open_desk(opening(folder)) as context:
            if found := checking.verify(context):
                return str(found[0])
            if len(Desk(context).find_dossiers()) != DOSSIERS:
                return "dossiers are lost"
    except DeskError as error:
        return f"does not open: {error.code}"
    left = [p.name for p in folder.iterdir() if ".next" in p.name]
    return f"left behind: {left}" if left else None


def stop_everywhere(full_desk: Path, folder: Path, every: int) -> list[str]:
    """Stop a change at each *every*-th step of the disk; return what was wrong."""
    shutil.copytree(full_desk, folder / "whole")
    (steps,) = change(folder / "whole", 0)
    found = []
    for step in range(int(steps), 0, -every):
        place = folder / f"stopped-{step}"
        shutil.copytree(full_desk, place)
        assert change(place, step) == []
        if problem := wrong(place):
            found.append(f"step {step}: {problem}")
        shutil.rmtree(place)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "every", [23, pytest.param(1, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_a_machine_that_stops_while_the_key_is_changed_leaves_a_desk_that_opens(
    full_desk: Path, tmp_path: Path, every: int
) -> None:
    assert stop_everywhere(full_desk, tmp_path, every) == []


@pytest.mark.slow
def test_a_key_that_takes_its_place_before_its_database_is_caught(
    full_desk: Path, tmp_path: Path
) -> None:
    """The harness finds the mistake it is there for."""
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)

    assert change(folder, 0, "key first") == []
    assert wrong(folder) == "does not open: store.wrong_key"


def test_a_changed_key_opens_everything_and_the_old_one_nothing(
    full_desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)
    old = open_key(folder / "desk.key", DEMO_PASSPHRASE)
    files = {p.name: p.read_bytes() for p in (folder / "files").iterdir()}

    copied = rekeying.change_key(opening(folder))

    assert wrong(folder) is None
    with pytest.raises(WrongKey), closing(Store(folder / "desk.db", old)):
        raise AssertionError
    assert files
    assert all((folder / "files" / n).read_bytes() != kept for n, kept in files.items())
    back = DataFolder(tmp_path / "back")
    restore(Restoring(back, copied.path, training=True, clock=now))
    assert wrong(back.root) is None


def test_a_change_asked_for_on_the_screen_is_made_when_the_desk_is_opened_next(
    full_desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)
    old = open_key(folder / "desk.key", DEMO_PASSPHRASE)
    rekeying.ask_for_change(DataFolder(folder))

    rekeying.change_if_asked(opening(folder))

    assert open_key(folder / "desk.key", DEMO_PASSPHRASE) != old
    assert not DataFolder(folder).key_change.exists()
    assert wrong(folder) is None
    assert emergency.find_trouble(DataFolder(folder)) is None


@pytest.mark.parametrize(
    ("step", "error"),
    [("_make_next", DiskFull), ("_back_up", BackupSpoilt), ("_back_up", PlaceSilent)],
)
def test_a_change_that_cannot_be_made_is_told_and_the_key_of_before_holds(
    full_desk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: type[DeskError],
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(full_desk, folder.root)
    rekeying.ask_for_change(folder)

    def cannot(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, step, cannot)
        rekeying.change_if_asked(opening(folder.root))
    with open_desk(opening(folder.root)) as context:
        failed = rekeying.has_failed(context)
        with context.store.reading() as session:
            (noted,) = trail.find_entries(session, newest=9, action=rekeying.FAILED)
    rekeying.ask_for_change(folder)
    rekeying.change_if_asked(opening(folder.root))

    assert failed
    assert (noted.officer, noted.detail) == ("program", error.code)
    with open_desk(opening(folder.root)) as context:
        assert not rekeying.has_failed(context)


def swapped(folder: DataFolder) -> bytes:
    """Change the key and stop before the new one takes its place; return the new one."""
    kept = folder.root.with_name("kept")
    shutil.copytree(folder.root, kept)
    rekeying.change_key(opening(folder.root))
    fresh = open_key(folder.key, DEMO_PASSPHRASE)
    folder.key.replace(folder.next_key)
    shutil.copyfile(kept / "desk.key", folder.key)
    return fresh


@pytest.mark.parametrize("written", ["", '{"kdf": "argon2id", "salt"'])
def test_a_machine_that_stops_while_the_next_key_is_written_leaves_a_desk_that_opens(
    full_desk: Path, tmp_path: Path, written: str
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(full_desk, folder.root)
    shutil.copyfile(folder.store, folder.next_store)
    folder.next_key.write_text(written, encoding="ascii")

    assert wrong(folder.root) is None


def test_a_half_written_key_without_its_database_is_taken_back(
    full_desk: Path, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(full_desk, folder.root)
    folder.next_key.write_text("", encoding="ascii")

    assert wrong(folder.root) is None


def test_the_only_key_of_a_database_that_cannot_be_read_now_is_kept(
    full_desk: Path, tmp_path: Path
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(full_desk, folder.root)
    fresh = swapped(folder)
    away = folder.store.rename(tmp_path / "away")

    unread = wrong(folder.root)
    away.rename(folder.store)

    assert unread == "does not open: store.damaged"
    assert wrong(folder.root) is None
    assert open_key(folder.key, DEMO_PASSPHRASE) == fresh


@pytest.mark.parametrize("name", ["xã #1", "100%25", "quầy?mode=rw"])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such name")
def test_a_change_is_finished_whatever_the_folder_is_called(
    full_desk: Path, tmp_path: Path, name: str
) -> None:
    folder = DataFolder(tmp_path / name / "desk")
    shutil.copytree(full_desk, folder.root)
    fresh = swapped(folder)

    assert wrong(folder.root) is None
    assert open_key(folder.key, DEMO_PASSPHRASE) == fresh


def test_a_changed_key_whose_second_backup_is_missing_is_not_told_as_unchanged(
    full_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path / "desk")
    shutil.copytree(full_desk, folder.root)
    old = open_key(folder.key, DEMO_PASSPHRASE)
    rekeying.ask_for_change(folder)
    really = rekeying._back_up

    def fill_the_disk(context: Context, when: str) -> Copied:
        if when == "after":
            raise DiskFull
        return really(context, when)

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, "_back_up", fill_the_disk)
        rekeying.change_if_asked(opening(folder.root))

    assert open_key(folder.key, DEMO_PASSPHRASE) != old
    with open_desk(opening(folder.root)) as context:
        assert not rekeying.has_failed(context)


@pytest.mark.parametrize("easy", ["a", "", "cây khế nở", "123456789012", "motcuamotcua"])
def test_an_easy_passphrase_is_refused_and_the_one_of_before_holds(
    full_desk: Path, tmp_path: Path, easy: str
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)

    with pytest.raises(WeakPassphrase):
        rekeying.change_passphrase(replace(opening(folder), typed=DEMO_PASSPHRASE), easy)

    assert open_key(folder / "desk.key", DEMO_PASSPHRASE)


def test_another_passphrase_opens_the_same_key_and_the_old_one_nothing(
    full_desk: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)
    key = open_key(folder / "desk.key", DEMO_PASSPHRASE)

    rekeying.change_passphrase(
        replace(opening(folder), typed=DEMO_PASSPHRASE), "một mật khẩu dài hơn"
    )

    assert open_key(folder / "desk.key", "một mật khẩu dài hơn") == key
    with pytest.raises(WrongKey):
        open_key(folder / "desk.key", DEMO_PASSPHRASE)


def test_a_passphrase_that_cannot_be_noted_is_not_changed(
    full_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(full_desk, folder)
    key = open_key(folder / "desk.key", DEMO_PASSPHRASE)

    really = trail.note

    def fill_the_disk(session: Session, *, action: str, **told: Any) -> None:
        if action == "desk.passphrase_changed":
            raise DiskFull
        really(session, action=action, **told)

    monkeypatch.setattr(trail, "note", fill_the_disk)

    with pytest.raises(DiskFull):
        rekeying.change_passphrase(
            replace(opening(folder), typed=DEMO_PASSPHRASE), "một mật khẩu dài hơn"
        )

    assert open_key(folder / "desk.key", DEMO_PASSPHRASE) == key
    assert not list(folder.glob("desk.key.*"))
