"""Whoever watches the kiosk starts it anew when it ends or hangs, and leaves it alone otherwise."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from program.alive import Alive
from tests.conftest import ExpectedLog
from ui.bridge import Bridge

FILES = Path(__file__).resolve().parents[2] / "packaging" / "kiosk"
LIVELY = 'while :; do touch "$2/alive"; sleep 0.2; done'
HANGING = 'touch "$2/alive"; exec sleep 600'
ENDING = "exit 7"
LIVELY_S = 4
"""A lively kiosk has so long for its sign: on a busy machine it waits for its turn."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the watch is a shell script")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Watches that were started; each is ended with its kiosk."""
    made: list[subprocess.Popen[str]] = []
    yield made
    for watch in made:
        if watch.poll() is None:
            os.killpg(watch.pid, signal.SIGKILL)
        watch.communicate()


def watch(
    started: list[subprocess.Popen[str]], tmp_path: Path, play: str, silent_s: int = 1
) -> subprocess.Popen[str]:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{play}\n", encoding="utf-8")
    program.chmod(0o755)
    environment = {
        "PATH": os.environ["PATH"],
        "PROGRAM": str(program),
        "DATA": str(tmp_path),
        "SCREEN": "none",
        "SILENT_S": str(silent_s),
        "LOOK_S": "0.2",
    }
    made = subprocess.Popen(
        [str(FILES / "start-kiosk")],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    started.append(made)
    return made


def test_a_kiosk_that_gives_no_sign_of_life_is_ended(
    started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    kiosk = watch(started, tmp_path, HANGING)

    _, told = kiosk.communicate(timeout=120)

    assert kiosk.returncode == 1
    assert "no sign of life" in told


def test_a_kiosk_that_hangs_is_ended_though_the_clock_was_set_back(
    started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    kiosk = watch(started, tmp_path, 'touch -d "1 day" "$2/alive"; exec sleep 600')

    kiosk.communicate(timeout=120)

    assert kiosk.returncode == 1


def test_a_lively_kiosk_is_left_alone_though_the_clock_jumps_ahead(
    started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    play = 'i=0; while :; do i=$((i + 1)); touch -d "@$i" "$2/alive"; sleep 0.2; done'
    kiosk = watch(started, tmp_path, play, LIVELY_S)

    with pytest.raises(subprocess.TimeoutExpired):
        kiosk.wait(timeout=LIVELY_S + 3)


def test_a_kiosk_that_ends_ends_its_watch_with_its_own_code(
    started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    kiosk = watch(started, tmp_path, ENDING)

    kiosk.communicate(timeout=120)

    assert kiosk.returncode == 7


def test_a_lively_kiosk_is_left_alone_and_ends_when_told(
    started: list[subprocess.Popen[str]], tmp_path: Path
) -> None:
    kiosk = watch(started, tmp_path, LIVELY, LIVELY_S)
    with pytest.raises(subprocess.TimeoutExpired):
        kiosk.wait(timeout=LIVELY_S + 3)

    kiosk.send_signal(signal.SIGTERM)
    kiosk.communicate(timeout=120)

    assert kiosk.returncode == 0


def test_the_sign_of_life_is_given_by_way_of_both_threads(tmp_path: Path, qtbot: QtBot) -> None:
    sign = tmp_path / "data" / "alive"
    with closing(Bridge()) as bridge:
        alive = Alive(sign, bridge)
        alive.tell()
        qtbot.waitUntil(sign.exists)
        os.utime(sign, (0, 0))
        alive.tell()
        qtbot.waitUntil(lambda: sign.stat().st_mtime > time.time() - 60)
        alive.deleteLater()


def test_a_disk_that_takes_no_sign_is_said_once(
    tmp_path: Path, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect("no sign of life can be given")
    blocked = tmp_path / "file"
    blocked.write_text("")
    with closing(Bridge()) as bridge:
        alive = Alive(blocked / "alive", bridge)
        for _ in range(2):
            alive.tell()
        answered: list[object] = []
        bridge.ask(object, answered.append, answered.append)
        qtbot.waitUntil(lambda: bool(answered))
        alive.deleteLater()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "kiosk@.service"
    text = (FILES / "kiosk@.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/usr/local/bin/start-kiosk", "/bin/true"), encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "kiosk@tty1.service")],
        capture_output=True,
        check=False,
        text=True,
        timeout=240,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:/lib/systemd/system"},
    )

    about = [line for line in done.stderr.splitlines() if "kiosk@" in line]
    assert about == []


def test_everything_the_page_tells_to_install_is_there() -> None:
    page = (FILES.parents[1] / "docs" / "kiosk.md").read_text(encoding="utf-8")

    told = {path.name for path in FILES.iterdir() if path.name in page}

    assert told == {path.name for path in FILES.iterdir()}
