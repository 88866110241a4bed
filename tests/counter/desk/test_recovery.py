"""A backup is one encrypted file, and a desk restored from it repeats nothing it forgot."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from counter.desk import checking, going_on, recovery
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk, seal_trail
from counter.desk.recovery import Restoring, restore
from counter.errors import BackupExists, BackupOfOther, BadBackup, WrongFolder
from counter.folder import DataFolder
from counter.store import trail
from counter.store.store import find_mark
from tests.counter.desk.conftest import SetClock, asked, lend

CANARY = ("Nguyễn Thị Mẫu".encode(), b"001199012345", b"0912000001")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "copy.motcua"


@pytest.fixture
def backup(context: Context, desk: Desk, clock: SetClock, file: Path) -> Path:
    """A desk with two dossiers and eight numbers left, backed up."""
    lend(context, 51, 60)
    desk.receive(asked(clock))
    desk.receive(asked(clock))
    file.parent.mkdir()
    recovery.back_up(context, file)
    return file


def restoring(opening: Opening, source: Path, folder: Path) -> Restoring:
    return Restoring(DataFolder(folder), source, training=True, clock=opening.clock)


@contextmanager
def restored(opening: Opening, source: Path, folder: Path) -> Iterator[Context]:
    restore(restoring(opening, source, folder))
    with open_desk(replace(opening, folder=DataFolder(folder), settings_path=None)) as context:
        yield context


def test_nothing_readable_lies_in_a_backup(backup: Path) -> None:
    raw = backup.read_bytes()

    assert len(raw) > 100_000
    assert [word for word in CANARY if word in raw] == []
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_is_never_written_over(context: Context, backup: Path) -> None:
    before = backup.read_bytes()

    with pytest.raises(BackupExists):
        recovery.back_up(context, backup)

    assert backup.read_bytes() == before


def test_a_restored_desk_holds_what_was_backed_up_and_is_sound(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    with restored(opening, backup, tmp_path / "new") as context:
        codes = [line.code for line in Desk(context).find_dossiers()]
        found = checking.verify(context)

    assert codes == ["H55.242-261125-0052", "H55.242-261125-0051"]
    assert found == ()


def test_a_restored_desk_never_takes_a_number_it_may_have_used(
    opening: Opening, desk: Desk, clock: SetClock, backup: Path, tmp_path: Path
) -> None:
    used = {desk.receive(asked(clock)).code for _ in range(10)}
    clock.move(minutes=30)

    codes, books = [], []
    for place in ("first", "second"):
        with restored(opening, backup, tmp_path / place) as again:
            assert Desk(again).serials().left_today == 0
            code = Desk(again).receive(asked(clock)).code
            codes.append(code)
            books.append(Desk(again).show(code).book)
            assert checking.verify(again) == ()
        clock.move(minutes=1)

    assert used.isdisjoint(codes)
    assert len({*codes}) == len({*books}) == 2
    assert all(code.startswith("TAM-") for code in codes)


def test_a_restored_desk_is_another_installation_and_says_when_it_was_restored(
    context: Context, opening: Opening, backup: Path, tmp_path: Path
) -> None:
    with context.store.reading() as session:
        before = find_mark(session, "install_id")

    with restored(opening, backup, tmp_path / "new") as again, again.store.reading() as session:
        assert find_mark(session, "install_id") != before
        assert find_mark(session, "restored_at")


def test_what_lived_in_the_folder_is_kept_beside(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    place = tmp_path / "again"
    shutil.copytree(opening.folder.root, place)
    (place / "desk.db").write_bytes(b"damaged")

    with restored(opening, backup, place) as context:
        assert checking.verify(context) == ()

    (aside,) = place.glob("before-restore-*")
    assert (aside / "desk.db").read_bytes() == b"damaged"


OFFICE_DATA = ("notice.toml", "papers.toml", "old-units.csv")


def test_what_the_office_wrote_itself_comes_back(
    context: Context, opening: Opening, clock: SetClock, file: Path, tmp_path: Path
) -> None:
    file.parent.mkdir()
    for name in OFFICE_DATA:
        (opening.folder.root / name).write_text(f"# {name} of this office", encoding="utf-8")
    recovery.back_up(context, file)

    restore(restoring(opening, file, tmp_path / "new"))

    assert [(tmp_path / "new" / name).read_text(encoding="utf-8") for name in OFFICE_DATA] == [
        f"# {name} of this office" for name in OFFICE_DATA
    ]


def test_a_backup_without_the_office_s_own_data_leaves_what_is_there(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    place = tmp_path / "again"
    shutil.copytree(opening.folder.root, place)
    (place / "papers.toml").write_text("# kept", encoding="utf-8")

    restore(restoring(opening, backup, place))

    assert (place / "papers.toml").read_text(encoding="utf-8") == "# kept"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_backup_is_on_the_disk_with_its_name(
    context: Context, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    kept: list[tuple[str, bool]] = []
    really = os.fsync

    def watched(place: int) -> None:
        kept.append((os.readlink(f"/proc/self/fd/{place}"), file.exists()))
        really(place)

    monkeypatch.setattr(os, "fsync", watched)

    recovery.back_up(context, file)

    assert (str(file.parent), True) in kept


@pytest.mark.parametrize("part", ["desk.db", "desk.key", "site.toml", "backup.json"])
def test_a_backup_that_was_changed_is_refused_and_nothing_is_touched(
    opening: Opening, backup: Path, tmp_path: Path, part: str
) -> None:
    changed = tmp_path / "changed"
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part == "backup.json":
                said = json.loads(content)
                content = json.dumps({**said, "made_at": "2026-11-25T01:00:00+00:00"}).encode()
            elif name == part:
                content = content[:-1] + bytes([content[-1] ^ 1])
            new.writestr(name, content)

    with pytest.raises(BadBackup):
        restore(restoring(opening, changed, tmp_path / "new"))

    assert not (tmp_path / "new" / "desk.db").exists()


@pytest.mark.parametrize("length", [0, 10, 5000])
def test_a_backup_that_was_cut_is_refused(
    opening: Opening, backup: Path, tmp_path: Path, length: int
) -> None:
    cut = tmp_path / "cut"
    cut.write_bytes(backup.read_bytes()[:length])

    with pytest.raises(BadBackup):
        restore(restoring(opening, cut, tmp_path / "new"))


def test_a_name_that_leaves_the_folder_is_refused(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("../outside", b"x")

    with pytest.raises(BadBackup):
        restore(restoring(opening, backup, tmp_path / "new"))

    assert not (tmp_path / "outside").exists()


def test_training_is_never_restored_into_a_real_desk_nor_another_desk(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    real, other = tmp_path / "real", tmp_path / "other"
    for place in (real, other):
        shutil.copytree(opening.folder.root, place)
    (real / "TRAINING").unlink()
    site = other / "site.toml"
    site.write_text(site.read_text(encoding="utf-8").replace("-Q01", "-Q09"), encoding="utf-8")

    with pytest.raises(WrongFolder):
        restore(restoring(opening, backup, real))
    with pytest.raises(BackupOfOther):
        restore(restoring(opening, backup, other))


def turn_back(opening: Opening, clock: SetClock) -> tuple[list[str], list[str]]:
    """Receive, put the database of before back by hand, receive again; return both days' codes."""
    database = opening.folder.store
    kept = database.with_name("of-before")
    with open_desk(opening) as context:
        lend(context, 51, 60)
        Desk(context).receive(asked(clock))
    shutil.copy(database, kept)
    with open_desk(opening) as context:
        used = [Desk(context).receive(asked(clock)).code for _ in range(2)]
    for log in ("-wal", "-shm"):
        database.with_name(database.name + log).unlink(missing_ok=True)
    shutil.copy(kept, database)
    clock.move(minutes=5)
    with open_desk(opening) as context:
        again = [Desk(context).receive(asked(clock)).code for _ in range(2)]
    return used, again


def test_a_database_put_back_by_hand_uses_no_number_again(
    opening: Opening, clock: SetClock
) -> None:
    used, again = turn_back(opening, clock)

    assert set(used).isdisjoint(again)
    with open_desk(opening) as context:
        third = Desk(context).receive(asked(clock)).code
        found = checking.verify(context)
        with context.store.reading() as session:
            restored_entries = [
                entry
                for entry in trail.entries(session, newest=500)
                if entry.action == "desk.restored"
            ]
    assert third not in {*used, *again}
    assert [violation.invariant for violation in found][:1] == ["I9"]
    assert len(restored_entries) == 1, "the same seals are told of once"


def test_a_desk_that_does_not_look_at_the_seals_is_found_out(
    opening: Opening, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going_on, "go_on_if_turned_back", lambda *_: False)

    used, again = turn_back(opening, clock)

    assert not set(used).isdisjoint(again)


def copy_and_go_on(opening: Opening, clock: SetClock, tmp_path: Path) -> tuple[list[str], Opening]:
    """Copy a desk to another computer, receive there and here; return all codes, and the copy."""
    here = replace(opening, machine="the first computer")
    there = replace(
        opening, folder=DataFolder(tmp_path / "copy"), settings_path=None, machine="another one"
    )
    with open_desk(here) as context:
        lend(context, 51, 60)
        codes = [Desk(context).receive(asked(clock)).code]
    shutil.copytree(here.folder.root, there.folder.root)
    clock.move(minutes=5)
    for one in (there, here):
        with open_desk(one) as context:
            codes += [Desk(context).receive(asked(clock)).code for _ in range(2)]
    return codes, there


def test_a_desk_copied_to_another_computer_uses_no_number_of_the_first(
    opening: Opening, clock: SetClock, tmp_path: Path
) -> None:
    codes, there = copy_and_go_on(opening, clock, tmp_path)

    with open_desk(there) as context:
        with context.store.reading() as session:
            noted = [one.action for one in trail.entries(session, newest=500)]
            when = going_on.moved_at(session)
        found = checking.verify(context)
    assert len(set(codes)) == 5
    assert (noted.count("desk.moved"), when) == (1, clock()), "it is told of once"
    assert found == ()


def test_a_desk_that_does_not_look_where_it_is_is_found_out(
    opening: Opening, clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going_on, "go_on_if_moved", lambda *_: False)

    codes, _there = copy_and_go_on(opening, clock, tmp_path)

    assert len(set(codes)) < 5


@pytest.mark.parametrize("machine", ["", "the first computer"])
def test_a_desk_on_its_own_computer_or_one_that_does_not_tell_goes_on_as_always(
    opening: Opening, clock: SetClock, machine: str
) -> None:
    with open_desk(replace(opening, machine="the first computer")) as context:
        lend(context, 51, 60)
        first = Desk(context).receive(asked(clock)).code

    with open_desk(replace(opening, machine=machine)) as context:
        second = Desk(context).receive(asked(clock)).code
        with context.store.reading() as session:
            when = going_on.moved_at(session)

    assert (first[-2:], second[-2:], when) == ("51", "52", None)


def test_a_backup_restored_on_another_computer_is_restored_and_not_moved_too(
    opening: Opening, backup: Path, tmp_path: Path
) -> None:
    there = replace(opening, machine="another one")
    with (
        restored(there, backup, tmp_path / "new") as context,
        context.store.reading() as session,
    ):
        when = going_on.moved_at(session)
        known = find_mark(session, going_on.MACHINE)

    assert when is None
    assert known
    assert "another" not in known


def test_what_the_portal_holds_of_before_a_restore_counts_up_to_the_backup(
    opening: Opening, backup: Path, context: Context, clock: SetClock, tmp_path: Path
) -> None:
    with context.store.reading() as session:
        install, before = trail.install_of(session), trail.seals(session)
    Desk(context).receive(asked(clock))
    seal_trail(context)
    with context.store.reading() as session:
        after = trail.seals(session)
    assert len(after) > len(before) > 0

    with restored(opening, backup, tmp_path / "new") as anew:
        held = trail.portal_seals(anew.hall.folder.root, install)
        trail.keep_seals(held, after)
        sound = checking.verify(anew)
        trail.keep_seals(held, [replace(before[0], link="0" * 64), *after[1:]])
        spoilt = checking.verify(anew)

    assert sound == ()
    assert [violation.invariant for violation in spoilt] == ["I9"]


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe nothing readable",
        b'{"seq": "7", "link": "aa", "at": "x", "public_key": "", "signature": ""}',
        b'{"seq": 9000000, "link": "aa", "at": "x", "public_key": "", "signature": ""}',
        b"[" * 5000,
    ],
)
def test_a_spoilt_line_among_the_seals_neither_stops_the_desk_nor_costs_its_numbers(
    opening: Opening, clock: SetClock, line: bytes
) -> None:
    with open_desk(opening) as context:
        lend(context, 51, 60)
        first = Desk(context).receive(asked(clock)).code
    with opening.folder.seals.open("ab") as file:
        file.write(line + b"\n")

    with open_desk(opening) as context:
        second = Desk(context).receive(asked(clock)).code
        found = checking.verify(context)

    assert (first[-2:], second[-2:]) == ("51", "52")
    assert {violation.invariant for violation in found} == {"I9"}
