"""The desk killed in the middle of a file, again and again: the file goes on where it was."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from counter.desk import checking
from counter.store import files
from counter.store.tables import DossierRow
from counter.values import now
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.test_desk_and_portal import Office

HOUSE = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("office_at_work.py")
SIZE = 8 * 1024 * 1024
"""So many pieces that no desk is through before it is killed, however late the kill comes."""

PIECES = SIZE // (256 * 1024)
KILLS = 4
LONGEST_S = 120.0

pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", desks={"H55.242-Q01": SECRET}) as running:
        yield running


def leave_a_large_file(folder: Path, sandbox: SandboxProcess) -> str:
    """Receive one dossier with a file of several pieces, and close the desk; return its hash."""
    content = (b"%PDF-1.4\n" + Random(4).randbytes(SIZE))[:SIZE]
    office = Office(folder, sandbox)
    office.receive(1)
    with office.context.store.writing() as session:
        dossier = session.scalars(select(DossierRow)).one()
        files.attach(
            session,
            office.context.store.files,
            dossier,
            content,
            filename="large.pdf",
            mime="application/pdf",
            paper_code=None,
            moment=now(),
        )
    office.close()
    return hashlib.sha256(content).hexdigest()


def send(folder: Path, sandbox: SandboxProcess, bug: str = "none") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, folder / "data", sandbox.url, "1", str(LONGEST_S), bug],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
    )


def kill_in_the_middle(folder: Path, sandbox: SandboxProcess, bug: str = "none") -> None:
    """Let a desk send a few pieces more, and kill it."""
    wanted = sandbox.counters().get("patchUpload", 0) + 3
    desk = send(folder, sandbox, bug)
    end, never = time.monotonic() + LONGEST_S, threading.Event()
    while sandbox.counters().get("patchUpload", 0) < wanted:
        assert time.monotonic() < end, "the desk sends nothing"
        assert desk.poll() is None, "the desk ended before it was killed"
        never.wait(0.02)
    desk.kill()
    desk.wait()


def play(folder: Path, sandbox: SandboxProcess, bug: str = "none") -> list[str]:
    """Kill a desk several times, let it end in peace; return what does not hold."""
    name = leave_a_large_file(folder, sandbox)
    sandbox.delay(0.1)
    for _ in range(KILLS):
        kill_in_the_middle(folder, sandbox, bug)
    sandbox.delay(0)
    send(folder, sandbox, bug).wait(LONGEST_S)
    wrong = []
    if [blob["sha256"] for blob in sandbox.ask("blobs")] != [name]:
        wrong.append("the file is not at the portal")
    if sandbox.counters()["patchUpload"] > PIECES + KILLS:
        wrong.append("pieces went again that were there")
    office = Office(folder.with_name("again"), sandbox, data=folder / "data")
    wrong += [f"{one.invariant} {one.message}" for one in checking.verify(office.context)]
    with office.context.store.reading() as session:
        if files.count(session).waiting:
            wrong.append("the desk does not know that the portal has it")
    office.close()
    return wrong


def test_a_killed_desk_goes_on_with_a_file_where_it_was(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    assert play(tmp_path / "one", sandbox) == []


def test_the_harness_finds_a_desk_that_sends_files_from_the_start_again(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    found = play(tmp_path / "one", sandbox, "files_from_the_start")

    assert "pieces went again that were there" in found
