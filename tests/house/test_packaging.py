"""The bundle is built by one command and does a day's work where no Python is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import pytest
from PyInstaller.archive.readers import CArchiveReader

from program import VERSION
from tests.house.test_shipped_parts import load_tool

HOUSE = Path(__file__).resolve().parents[2]
PROGRAM = HOUSE / "build" / "bundle" / "quay-mot-cua" / "quay-mot-cua"

debian, shipped = load_tool("debian"), load_tool("shipped")

pytestmark = [pytest.mark.prove, pytest.mark.timeout(0)]


@pytest.fixture(scope="module")
def program() -> Path:
    subprocess.run(
        [sys.executable, "run.py", "bundle", "--without-advisories"], cwd=HOUSE, check=True
    )
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

    received = run("rehearse", "--dossiers", "3", "--attachments", "1")
    sent = run("sync", "--until-idle", "--timeout", "120")
    sound = run("verify")
    copied = run("backup", str(tmp_path / "copy.motcua"))
    restored = run("restore", str(tmp_path / "copy.motcua"))

    devices = run("doctor")

    assert received["received"] == sent["sent"] == sent["uploaded_files"] == 3
    assert {"reader", "printer.receipts", "database"} <= {
        check["name"] for check in devices["checks"]
    }
    assert sound["ok"] is True
    assert copied["sha256"] == restored["sha256"]


@pytest.mark.parametrize("window", ["", "kiosk", "board"])
def test_the_bundle_opens_its_windows(
    program: Path, bare: dict[str, str], tmp_path: Path, window: str
) -> None:
    command = [str(program), "--data", str(tmp_path / "desk"), "--demo", *window.split()]
    with subprocess.Popen(command, env=bare, cwd=tmp_path, stderr=subprocess.PIPE) as shown:
        with pytest.raises(subprocess.TimeoutExpired):
            shown.wait(timeout=30)
        shown.terminate()
        said = (shown.stderr.read() if shown.stderr else b"").decode()

    assert "Traceback" not in said
    assert (tmp_path / "desk" / ("desk.db" if not window else "office.db")).exists()
    assert os.access(program, os.X_OK)


def test_the_bundle_holds_nothing_but_checked_parts_and_their_terms(program: Path) -> None:
    archive = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    inner = program.parent / "_internal"
    names = {name.split(".")[0] for name in archive.toc} | {path.name for path in inner.iterdir()}
    locked = shipped.locked((HOUSE / "requirements.lock").read_text(encoding="utf-8"))

    assert names & set(shipped.others(locked)) == set()
    assert [name for name in names if name.startswith("libreadline")] == []
    assert {"LICENSE", "NOTICE", "THIRD_PARTY.md"} <= names
    assert (inner / "licences" / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert list((inner / "licences" / "python").iterdir())


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no tool for Debian packages")
def test_the_debian_package_holds_the_program_and_no_data(
    program: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    assert program.exists()
    subprocess.run([sys.executable, "packaging/debian.py"], cwd=HOUSE, check=True)
    [package] = (HOUSE / "build").glob("quay-mot-cua_*.deb")
    root = tmp_path / "root"
    subprocess.run(["dpkg-deb", "--extract", str(package), str(root)], check=True)
    version = subprocess.run(
        [root / "opt/quay-mot-cua/quay-mot-cua", "--version"],
        env=bare,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert VERSION in version.stdout
    assert {path.name for path in root.iterdir()} == {"opt", "usr", "var"}
    assert os.access(root / "usr/bin/quay-mot-cua", os.X_OK)
    assert not list((root / "var/lib/quay-mot-cua/program").iterdir())
    assert (root / "var/lib/quay-mot-cua/starts").stat().st_mode & 0o7777 == 0o1777
    told = (root / "usr/share/doc/quay-mot-cua/copyright").read_text(encoding="utf-8")
    named = re.findall(r"/(opt/quay-mot-cua/[\w./]*\w)", told)
    assert len(named) == 3
    assert all((root / name).exists() for name in named)


@pytest.mark.skipif(
    not (shutil.which("dpkg-query") and shutil.which("objdump")), reason="no tools of Debian"
)
def test_the_debian_package_asks_for_each_library_that_the_bundle_does_not_bring(
    program: Path,
) -> None:
    libraries = [path for path in program.parent.rglob("*.so*") if path.is_file()]
    heads = subprocess.run(
        ["objdump", "-p", *libraries], capture_output=True, text=True, check=False
    ).stdout
    needed = set(re.findall(r"NEEDED +(\S+)", heads)) - {path.name for path in libraries}

    owners = set()
    for name in needed:
        told = subprocess.run(
            ["dpkg-query", "--search", f"*-linux-gnu/{name}"],
            capture_output=True,
            text=True,
            check=True,
        )
        owners.add(told.stdout.partition(":")[0])

    [asked] = re.findall(r"^Depends: (.*(?:\n .*)*)", debian.CONTROL, re.MULTILINE)
    assert {"libc6", "libgl1"} <= owners
    assert owners - {name.strip() for name in asked.split(",")} == set()


def test_the_bundle_starts_nearly_as_soon_as_the_source(
    program: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    def seconds(*command: str | Path) -> float:
        begun = monotonic()
        subprocess.run(
            [*command, "--data", str(tmp_path / "desk"), "--demo", "services", "--json"],
            env=bare,
            cwd=HOUSE,
            capture_output=True,
            check=True,
        )
        return monotonic() - begun

    pairs = [(seconds(program), seconds(sys.executable, "main.py")) for _ in range(6)][1:]
    bundle, source = (median(times) for times in zip(*pairs, strict=True))

    assert bundle < 2 * source, f"bundle {bundle:.2f} s, source {source:.2f} s"
