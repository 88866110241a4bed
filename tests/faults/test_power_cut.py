"""Nothing a desk acknowledged is lost, and no file is spoilt, wherever the power goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest
from sqlalchemy import select

from counter.desk.opening import open_desk
from counter.errors import DeskError
from counter.secrets import DEMO_PASSPHRASE
from counter.store import trail
from counter.store.key import open_key
from counter.store.store import Store
from counter.store.tables import DossierRow
from tests.faults.desk_writing import opening
from tests.faults.power_cut import Disk, steps

HOUSE = Path(__file__).resolve().parents[2]
DOSSIERS = 40

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the recorder is written for Linux"),
]


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that notes what is written."""
    if shutil.which("gcc") is None:
        pytest.skip("no compiler for the recorder")
    built = tmp_path_factory.mktemp("recorder") / "record_disk.so"
    source = Path(__file__).with_name("record_disk.c")
    command = ["gcc", "-shared", "-fPIC", "-O1", "-w", str(source), "-o", str(built), "-ldl"]
    subprocess.run(command, check=True)
    return built


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was set up and closed."""
    folder = tmp_path_factory.mktemp("set-up") / "desk"
    with open_desk(opening(folder)):
        return folder


def at_work(folder: Path, dossiers: int, bug: str, **more: str) -> subprocess.Popen[bytes]:
    script = str(Path(__file__).with_name("desk_writing.py"))
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), **more}
    command = [sys.executable, script, str(folder), str(dossiers), bug]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)


def wrong(folder: Path, key: bytes, acknowledged: set[str]) -> str | None:
    """Return what is wrong with a desk that was cut off, None when nothing is."""
    try:
        with closing(Store(folder / "desk.db", key)) as store:
            problems = store.problems()
            with store.reading() as session:
                rows = session.execute(select(DossierRow.code, DossierRow.provisional_code)).all()
                broken = list(trail.find_breaks(session, ()))
    except DeskError as error:
        return f"does not open: {error.code}"
    kept = {code or provisional for code, provisional in rows}
    if lost := acknowledged - kept:
        return f"lost {len(lost)}"
    return str((problems + broken)[0]) if problems or broken else None


def record(set_up: Path, recorder: Path, folder: Path, bug: str) -> tuple[Disk, bytes]:
    shutil.copytree(set_up, folder)
    before = {p.name: bytearray(p.read_bytes()) for p in folder.glob("desk.db*")}
    log = folder.with_name("log")
    with at_work(
        folder,
        DOSSIERS,
        bug,
        LD_PRELOAD=str(recorder),
        RECORD_FOLDER=str(folder),
        RECORD_LOG=str(log),
    ) as desk:
        assert len(desk.communicate()[0].split()) == DOSSIERS
    return Disk(before), log.read_bytes()


def cut(disk: Disk, log: bytes, folder: Path, key: bytes, *, cuts: int) -> list[str]:
    """Cut the power *cuts* times and return what was wrong each time something was."""
    chance = Random(7)
    done = list(steps(log))
    first = next(place for place, step in enumerate(done) if step.name == "acknowledged")
    moments = sorted(chance.randrange(first, len(done)) for _ in range(cuts))
    found, place, acknowledged = [], 0, bytearray()
    for moment in moments:
        while place < moment:
            step = done[place]
            if step.name == "acknowledged":
                acknowledged += step.data
            elif step.name in {"desk.db", "desk.db-wal"}:
                disk.take(step)
            place += 1
        for old in folder.glob("*"):
            old.unlink()
        for name, content in disk.after_cut(chance).items():
            (folder / name).write_bytes(content)
        problem = wrong(folder, key, set(bytes(acknowledged).decode().split()))
        if problem is not None:
            found.append(f"after step {moment}: {problem}")
    return found


@pytest.mark.parametrize(
    "cuts", [30, pytest.param(1000, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    set_up: Path, recorder: Path, tmp_path: Path, cuts: int
) -> None:
    disk, log = record(set_up, recorder, tmp_path / "desk", "none")
    (tmp_path / "after").mkdir()
    key = open_key(set_up / "desk.key", DEMO_PASSPHRASE)

    assert cut(disk, log, tmp_path / "after", key, cuts=cuts) == []


def test_a_desk_that_does_not_wait_for_the_disk_is_caught(
    set_up: Path, recorder: Path, tmp_path: Path
) -> None:
    """The harness finds the mistake it is there for."""
    disk, log = record(set_up, recorder, tmp_path / "desk", "normal")
    (tmp_path / "after").mkdir()
    key = open_key(set_up / "desk.key", DEMO_PASSPHRASE)

    assert any("lost" in line for line in cut(disk, log, tmp_path / "after", key, cuts=15))


@pytest.mark.parametrize(
    "kills", [3, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_a_desk_killed_at_any_moment_keeps_what_it_acknowledged(
    set_up: Path, tmp_path: Path, kills: int
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(set_up, folder)
    key = open_key(folder / "desk.key", DEMO_PASSPHRASE)
    chance, acknowledged = Random(11), set[str]()

    for _ in range(kills):
        receipts = chance.randint(1, 12)
        with at_work(folder, 10_000, "none") as desk:
            assert desk.stdout is not None
            for _ in range(receipts):
                acknowledged.add(desk.stdout.readline().decode().strip())
            os.kill(desk.pid, SIGKILL)
            printed = desk.stdout.read().decode()
            acknowledged.update(printed[: printed.rfind("\n") + 1].split())
        assert wrong(folder, key, acknowledged) is None


def test_a_kill_that_lost_a_dossier_would_be_caught(set_up: Path) -> None:
    """The harness finds the mistake it is there for."""
    key = open_key(set_up / "desk.key", DEMO_PASSPHRASE)

    assert wrong(set_up, key, {"H55.242-261125-0001"}) == "lost 1"


def flipped(folder: Path, chance: Random) -> None:
    """Flip one bit of the database."""
    path = folder / "desk.db"
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def opens_whole(read: Callable[[], str | None]) -> bool:
    """Tell whether the damage went unnoticed."""
    return read() is None


@pytest.mark.parametrize(
    "flips", [20, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_every_flipped_bit_is_noticed_or_changes_nothing(
    set_up: Path, tmp_path: Path, flips: int
) -> None:
    with at_work(shutil.copytree(set_up, tmp_path / "desk"), 20, "none") as desk:
        codes = set(desk.communicate()[0].decode().split())
    key = open_key(set_up / "desk.key", DEMO_PASSPHRASE)
    chance, unnoticed = Random(3), 0

    for number in range(flips):
        damaged = tmp_path / f"flip-{number}"
        damaged.mkdir()
        shutil.copyfile(tmp_path / "desk" / "desk.db", damaged / "desk.db")
        flipped(damaged, chance)
        unnoticed += opens_whole(partial(wrong, damaged, key, codes))
        shutil.rmtree(damaged)

    assert unnoticed <= flips // 20  # pages on the free list carry no facts
