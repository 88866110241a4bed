"""Nothing a desk acknowledged is lost, and no file is spoilt, wherever the power goes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from counter.desk.opening import open_desk
from counter.errors import DeskError
from counter.secrets import DEMO_PASSPHRASE
from counter.store import key as key_file
from counter.store import outbox, trail
from counter.store.key import open_key
from counter.store.store import Store
from counter.store.tables import DossierRow, OutboxRow
from tests.faults import desk_writing
from tests.faults.compiled import compiled
from tests.faults.desk_writing import opening
from tests.faults.power_cut import Disk, steps
from tests.faults.ready import begin

HOUSE = Path(__file__).resolve().parents[2]
DOSSIERS = 40
SHORT_S = 0.3
"""A kill comes so long after a receipt at most, or as long as one takes on a busy machine."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the recorder is written for Linux"),
]


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that notes what is written."""
    return compiled("record_disk", tmp_path_factory.mktemp("recorder"))


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was set up and closed."""
    folder = tmp_path_factory.mktemp("set-up") / "desk"
    with pytest.MonkeyPatch.context() as quick:  # a passphrase is no part of these proofs
        for name, value in (("MEMORY_KIB", 64), ("ITERATIONS", 1), ("LANES", 1)):
            quick.setattr(key_file, name, value)
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
                told = select(OutboxRow.dossier_id).where(OutboxRow.kind == outbox.DOSSIER)
                untold = session.scalars(
                    select(DossierRow.id).where(DossierRow.system == "", DossierRow.id.not_in(told))
                )
                silent = len(untold.all())
                broken = list(trail.find_breaks(session, ()))
    except DeskError as error:
        return f"does not open: {error.code}"
    kept = {code or provisional for code, provisional in rows}
    if lost := acknowledged - kept:
        return f"lost {len(lost)}"
    if silent:
        return f"{silent} have no message"
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


def kill(folder: Path, key: bytes, *, kills: int, bug: str = "none") -> list[str]:
    """Kill a desk *kills* times while it receives, and return what was wrong each time."""
    chance, acknowledged = Random(11), set[str]()
    found = []
    for number in range(kills):
        desk = begin(desk_writing.main, str(folder), "10000", bug)
        takes_s = SHORT_S
        for _ in range(chance.randint(1, 8)):
            begun = monotonic()
            acknowledged.add(desk.printed.readline().strip())
            takes_s = max(SHORT_S, monotonic() - begun)
        threading.Event().wait(chance.random() * takes_s)  # any moment of its work will do
        acknowledged.update(line.strip() for line in desk.kill())
        problem = wrong(folder, key, acknowledged)
        if problem is not None:
            found.append(f"after kill {number}: {problem}")
    return found


@pytest.mark.parametrize(
    "kills", [3, pytest.param(200, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_a_desk_killed_at_any_moment_keeps_what_it_acknowledged(
    set_up: Path, tmp_path: Path, kills: int
) -> None:
    folder = shutil.copytree(set_up, tmp_path / "desk")
    key = open_key(folder / "desk.key", DEMO_PASSPHRASE)

    assert kill(folder, key, kills=kills) == []


@pytest.mark.parametrize(
    ("bug", "sign"), [("paper_before_disk", "lost"), ("fact_and_message_apart", "no message")]
)
def test_killing_finds_the_mistakes_built_in_on_purpose(
    set_up: Path, tmp_path: Path, bug: str, sign: str
) -> None:
    """The harness finds the mistakes it is there for, on a busy machine after some more kills."""
    folder = shutil.copytree(set_up, tmp_path / "desk")
    key = open_key(folder / "desk.key", DEMO_PASSPHRASE)

    tries = (kill(folder, key, kills=6, bug=bug) for _ in range(6))
    assert any(sign in line for found in tries for line in found)


def receive(folder: Path, dossiers: int) -> None:
    """Let the desk in *folder* receive in peace."""
    desk = begin(desk_writing.main, str(folder), str(dossiers), "none")
    assert len(desk.printed.read().split()) == dossiers
    desk.printed.close()
    desk.process.join()


def everything(folder: Path, key: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of the database in *folder*."""
    with closing(Store(folder / "desk.db", key)) as store, store.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {
            name: [tuple(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
            for name in tables
        }


def passes(folder: Path, key: bytes, before: dict[str, list[tuple[object, ...]]]) -> bool:
    """Tell whether a desk is taken for sound, but reads otherwise than *before*."""
    try:
        return wrong(folder, key, set()) is None and everything(folder, key) != before
    except (DBAPIError, DeskError, ValueError):
        return False


def flip(folder: Path, place: Path, key: bytes, *, flips: int) -> list[str]:
    """Flip one bit *flips* times in a copy of a desk; return what passed for sound, but is not.

    A flip that nobody notices has to change nothing at all.
    """
    chance, whole, found = Random(3), (folder / "desk.db").read_bytes(), []
    before = everything(folder, key)
    for number in range(flips):
        damaged = place / f"flip-{number}"
        damaged.mkdir()
        content = bytearray(whole)
        where, bit = chance.randrange(len(content)), chance.randrange(8)
        content[where] ^= 1 << bit
        (damaged / "desk.db").write_bytes(content)
        if passes(damaged, key, before):
            found.append(f"bit {bit} of byte {where} went unnoticed")
        shutil.rmtree(damaged)
    return found


@pytest.mark.parametrize(
    "flips", [20, pytest.param(1000, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_every_flipped_bit_is_noticed_or_changes_nothing(
    set_up: Path, tmp_path: Path, flips: int
) -> None:
    folder = shutil.copytree(set_up, tmp_path / "desk")
    receive(folder, 20)
    key = open_key(set_up / "desk.key", DEMO_PASSPHRASE)

    assert flip(folder, tmp_path, key, flips=flips) == []
