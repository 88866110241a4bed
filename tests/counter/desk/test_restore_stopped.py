"""A restore that is stopped, repeated, or meets what another desk left ends in one desk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from counter.desk import checking, recovery
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.desk.recovery import Restoring, restore
from counter.errors import BadBackup, StoreReadOnly
from counter.folder import DataFolder
from counter.secrets import DEMO_PASSPHRASE
from counter.store.key import make_key
from tests.counter.desk.conftest import SetClock, asked, lend


@pytest.fixture
def backup(context: Context, desk: Desk, clock: SetClock, tmp_path: Path) -> Path:
    """The backup of a desk with one dossier."""
    lend(context, 51, 60)
    desk.receive(asked(clock))
    recovery.back_up(context, tmp_path / "copy.motcua")
    return tmp_path / "copy.motcua"


def restoring(opening: Opening, source: Path, folder: Path) -> Restoring:
    return Restoring(DataFolder(folder), source, training=True, clock=opening.clock)


def wrong(opening: Opening, folder: Path) -> tuple[object, ...]:
    """Open the desk that lives in *folder* now and return what is wrong with it."""
    with open_desk(replace(opening, folder=DataFolder(folder), settings_path=None)) as context:
        return checking.verify(context)


def test_a_restore_killed_half_way_is_finished_by_the_next_start(
    opening: Opening, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "new"
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "_take_place", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(restoring(opening, backup, place))
    assert not (place / "desk.db").exists()

    assert wrong(opening, place) == ()


def kill_while_it_takes_its_place(asked: Restoring, monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore, and stop when the database is in its place and its key is not."""
    really = Path.rename

    def last(place: Path, target: Path) -> Path:
        if place.name == "desk.key":
            raise KeyboardInterrupt
        return really(place, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", last)
        with pytest.raises(KeyboardInterrupt):
            restore(asked)


def test_a_restore_killed_half_way_is_finished_before_another_is_tried(
    opening: Opening, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, no_backup = tmp_path / "again", tmp_path / "no backup"
    shutil.copytree(opening.folder.root, place)
    (place / "desk.key").unlink()
    make_key(place / "desk.key", DEMO_PASSPHRASE)
    no_backup.write_bytes(b"")
    kill_while_it_takes_its_place(restoring(opening, backup, place), monkeypatch)

    with pytest.raises(BadBackup):
        restore(restoring(opening, no_backup, place))

    assert wrong(opening, place) == ()


def test_two_restores_in_one_second_keep_both_desks_of_before(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    place = tmp_path / "again"
    shutil.copytree(opening.folder.root, place)
    (place / "desk.db").write_bytes(b"the first")
    restore(restoring(opening, backup, place))
    (place / "desk.db").write_bytes(b"the second")

    restore(restoring(opening, backup, place))

    kept = {(aside / "desk.db").read_bytes() for aside in place.glob("before-restore-*")}
    assert kept == {b"the first", b"the second"}


def test_what_belongs_to_the_database_of_before_does_not_meet_the_restored_one(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    place = DataFolder(tmp_path / "again")
    shutil.copytree(opening.folder.root, place.root)
    place.files.mkdir(exist_ok=True)
    (place.files / ("a" * 64)).write_bytes(b"a scan the backup knows nothing of")
    make_key(place.next_key, "another passphrase")
    place.key_change.touch()
    place.draft.write_text("{}", encoding="ascii")

    restore(restoring(opening, backup, place.root))
    found = wrong(opening, place.root)

    (aside,) = place.root.glob("before-restore-*")
    assert found == ()
    assert (aside / "files" / ("a" * 64)).exists()
    assert not place.key_change.exists()
    assert not place.draft.exists()


def test_a_disk_that_takes_no_restored_desk_says_so_and_the_desk_waits(
    opening: Opening, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "again"
    kill_while_it_takes_its_place(restoring(opening, backup, place), monkeypatch)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", lambda *_, **__: (_ for _ in ()).throw(PermissionError))
        with pytest.raises(StoreReadOnly):
            wrong(opening, place)

    assert wrong(opening, place) == ()


@pytest.mark.parametrize("name", ["desk.db.copy", "desk.db.copy-journal", "queue-copy.db.part"])
def test_what_a_killed_backup_left_is_gone_when_the_desk_opens(opening: Opening, name: str) -> None:
    """It would outlive what is erased here afterwards."""
    left = opening.folder.root / name
    left.write_bytes(b"half a copy")

    assert wrong(opening, opening.folder.root) == ()
    assert not left.exists()
