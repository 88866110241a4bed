"""What the program keeps from everybody else on the same machine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from program.private import KEYS_OF_CONNECTIONS

HOUSE = Path(__file__).resolve().parents[2]
OTHERS = stat.S_IRWXG | stat.S_IRWXO
BEGIN = "from program.private import keep_to_oneself; keep_to_oneself()\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


def child(text: str, *arguments: str, **variables: str) -> str:
    """Run *text* as a program of its own, begun by hands that let everybody read."""
    done = subprocess.run(
        [sys.executable, "-c", text, *arguments],
        env={**os.environ, "PYTHONUTF8": "1", **variables},
        cwd=HOUSE,
        umask=0o022,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_no_file_of_the_program_is_anybody_elses(tmp_path: Path) -> None:
    data = tmp_path / "given"
    data.mkdir(mode=0o755)

    subprocess.run(
        [sys.executable, "main.py", "--demo", "--data", data, "rehearse", "--dossiers", "1"],
        cwd=HOUSE,
        umask=0o022,
        capture_output=True,
        check=True,
    )

    open_to_others = [path for path in data.rglob("*") if path.lstat().st_mode & OTHERS]
    assert (data / "desk.db").exists()
    assert (data / "office.db").exists()
    assert not open_to_others


def test_a_program_that_begins_otherwise_is_found_out(tmp_path: Path) -> None:
    written = tmp_path / "written"

    child("import sys; open(sys.argv[1], 'w').close()", str(written))

    assert written.stat().st_mode & OTHERS


def test_the_memory_of_a_program_that_falls_goes_into_no_file() -> None:
    said = child(
        f"{BEGIN}import resource; print(resource.getrlimit(resource.RLIMIT_CORE))\n"
        "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"  # PR_GET_DUMPABLE
    )

    assert said.splitlines() == (["(0, 0)", "0"] if sys.platform == "linux" else said.splitlines())


def test_no_variable_has_the_keys_of_a_connection_written_down(tmp_path: Path) -> None:
    asked = "from sync.trust import Trust; print(Trust().context().keylog_filename)"
    keys = {KEYS_OF_CONNECTIONS: str(tmp_path / "keys")}

    assert child(asked, **keys) == keys[KEYS_OF_CONNECTIONS]  # Python alone does as it is told
    assert child(BEGIN + asked, **keys) == "None"


def test_a_program_for_everybody_is_written_for_everybody(tmp_path: Path) -> None:
    said = child(
        f"{BEGIN}import sys, pathlib\n"
        "from program.private import for_all_users\n"
        "here = pathlib.Path(sys.argv[1])\n"
        "with for_all_users(): (here / 'program').mkdir()\n"
        "(here / 'data').mkdir()\n"
        "print(*(oct((here / name).stat().st_mode & 0o777) for name in ('program', 'data')))",
        str(tmp_path),
    )

    assert said == "0o755 0o700"
