"""The bundle is built by one command and does a day's work where no Python is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PROGRAM = HOUSE / "build" / "bundle" / "quay-mot-cua" / "quay-mot-cua"

pytestmark = [pytest.mark.prove, pytest.mark.timeout(0)]


@pytest.fixture(scope="module")
def program() -> Path:
    subprocess.run([sys.executable, "run.py", "bundle"], cwd=HOUSE, check=True)
    return PROGRAM


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment that knows of no Python and no source."""
    (tmp_path / "home").mkdir()
    return {
        "HOME": str(tmp_path / "home"),
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_the_bundle_does_a_days_work(program: Path, bare: dict[str, str], tmp_path: Path) -> None:
    def run(*command: str) -> dict[str, Any]:
        told = subprocess.run(
            [program, "--data", tmp_path / "desk", "--demo", *command, "--json"],
            env=bare,
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        answer: dict[str, Any] = json.loads(told.stdout)
        return answer

    received = run("rehearse", "--dossiers", "3")
    sent = run("sync", "--until-idle", "--timeout", "120")
    sound = run("verify")
    copied = run("backup", str(tmp_path / "copy.motcua"))
    restored = run("restore", str(tmp_path / "copy.motcua"))

    assert received["received"] == sent["sent"] == 3
    assert sound["ok"] is True
    assert copied["sha256"] == restored["sha256"]


def test_the_bundle_opens_its_window(program: Path, bare: dict[str, str], tmp_path: Path) -> None:
    command = [str(program), "--data", str(tmp_path / "desk"), "--demo"]
    with subprocess.Popen(command, env=bare, cwd=tmp_path, stderr=subprocess.PIPE) as window:
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(timeout=30)
        window.terminate()
        said = (window.stderr.read() if window.stderr else b"").decode()

    assert "Traceback" not in said
    assert (tmp_path / "desk" / "desk.db").exists()
    assert os.access(program, os.X_OK)
