"""What a package writes is on the disk in its order, whole, and belongs to whom the folder does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter.errors import UpdateTooOld
from program import updates
from tests.program.test_updates import HOUSE, KEYS, Desk, desk

__all__ = ["desk"]


@pytest.mark.parametrize("spoilt", [b"", b"\xff\xfe", b"\0" * 20, b"../.."])
def test_a_spoilt_name_of_the_program_that_starts_is_mended_by_the_next_package(
    desk: Desk, spoilt: bytes
) -> None:
    desk.take(desk.package({"quay": "cũ"}, serial=1))
    (desk.programs / "current").write_bytes(spoilt)

    desk.take(desk.package({"quay": "mới"}, serial=2))

    assert desk.starts == "mới"


def test_a_second_desk_of_the_computer_takes_the_package_and_leaves_the_program_that_runs(
    desk: Desk, tmp_path: Path
) -> None:
    package = desk.package({"quay": "mới"}, serial=5)
    taken = desk.programs / desk.take(package).name
    before = (taken / "quay").stat().st_ino
    second = Desk(tmp_path / "second")
    second.programs = desk.programs

    second.take(package)

    assert second.serial == 5
    assert (taken / "quay").stat().st_ino == before


def test_a_second_desk_of_the_computer_takes_no_program_back_for_the_first(
    desk: Desk, tmp_path: Path
) -> None:
    older = desk.package({"quay": "cũ"}, serial=4, version="0.1.0", back=True)
    desk.take(desk.package({"quay": "mới"}, serial=5))
    second = Desk(tmp_path / "second")
    second.programs = desk.programs

    with pytest.raises(UpdateTooOld):
        second.take(older, now=True)
    text = '[deadlines]\nrule = "end_of_day"\n'
    second.take(second.package({"settings.toml": text}, serial=3, kind="settings", platform="any"))

    assert (desk.starts, second.serial) == ("mới", 3)


def test_a_program_that_is_not_whole_is_unpacked_anew(desk: Desk) -> None:
    package = desk.package({"quay": "mới"}, serial=5)
    taken = desk.programs / desk.take(package).name
    (taken / "quay").write_text("hỏng", encoding="utf-8")
    (desk.folder / updates.SERIAL).unlink()

    desk.take(package)

    assert desk.starts == "mới"


def test_a_program_that_root_named_by_hand_stays_when_the_next_is_taken(desk: Desk) -> None:
    for serial in (1, 2):
        desk.take(desk.package({"quay": "cũ"}, serial=serial))
    (desk.programs / "current").write_text("1-0.2.0\n", encoding="ascii")

    desk.take(desk.package({"quay": "mới"}, serial=3))

    assert (desk.programs / "1-0.2.0").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_program_is_named_on_the_disk_before_its_serial_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, bool, bool]] = []
    really = os.fsync

    def watched(place: int) -> None:
        named = (desk.programs / "current").exists()
        kept.append((os.readlink(f"/proc/self/fd/{place}"), named, desk.serial == 1))
        really(place)

    monkeypatch.setattr(os, "fsync", watched)

    desk.take(desk.package({"quay": "mới"}))

    assert (str(desk.programs), True, False) in kept
    assert (str(desk.folder), True, True) in kept


@pytest.mark.skipif(os.name == "nt", reason="Windows gives links to administrators only")
def test_nothing_is_written_through_a_link_left_in_the_desks_folder(desk: Desk) -> None:
    victim = desk.folder / "victim"
    victim.write_text("somebody's", encoding="utf-8")
    (desk.folder / f"{updates.SERIAL}.new").symlink_to(victim)

    desk.take(desk.package({"quay": "mới"}))

    assert victim.read_text(encoding="utf-8") == "somebody's"
    assert desk.serial == 1


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root writes for another account"
)
def test_what_root_takes_for_a_desk_stays_the_desks_own(desk: Desk) -> None:
    os.chown(desk.folder, 12345, 12345)
    text = '[deadlines]\nrule = "end_of_day"\n'

    desk.take(desk.package({"settings.toml": text}, kind="settings", platform="any"))

    owners = {path.name: path.stat().st_uid for path in desk.folder.glob("*.toml*")}
    assert owners == {"site.toml": 12345, "site.toml.before": 12345}
    assert (desk.folder / updates.SERIAL).stat().st_uid == 12345


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_desk_killed_while_it_takes_a_package_starts_the_old_program_or_the_new(
    desk: Desk,
) -> None:
    desk.take(desk.package({"quay": "cũ"}, serial=1))
    package = desk.package({"quay": "mới", **{f"lib/{n}": "x" * 9999 for n in range(40)}}, serial=2)
    script = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom program import placed, updates\n"
        "left, write = int(sys.argv[1]), placed.write\n"
        "def some(path, content):\n"
        "    global left\n    left -= 1\n"
        "    if not left: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    write(path, content)\n"
        "placed.write = some\n"
        f"updates.take(Path({str(package)!r}), Path({str(desk.programs)!r}), "
        f"Path({str(desk.site)!r}), 'H55.242-Q01', {KEYS!r}, now=True)\n"
    )
    found = []
    for left in (1, 20, 41, 42, 43, 99):
        done = subprocess.run([sys.executable, "-c", script, str(left)], cwd=HOUSE, check=False)
        found.append((done.returncode in {0, -signal.SIGKILL}, desk.starts))

    assert {sound for sound, _ in found} == {True}
    assert [starts for _, starts in found] == ["cũ", "cũ", "cũ", "cũ", "mới", "mới"]
