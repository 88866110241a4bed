"""The lock files name every package once, with hashes, and agree with each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


def requirements(lock: str) -> list[str]:
    """Return each requirement of *lock* with its marker and hashes, on one line."""
    text = (HOUSE / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(lock: str) -> dict[str, str]:
    """Return version and marker of each package of *lock* by its name."""
    parts = [
        re.split(r"==", line.split("--hash")[0].strip(), maxsplit=1) for line in requirements(lock)
    ]
    return {name: version for name, version in parts}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    form = r"[a-z0-9-]+==[0-9][\w.]*( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+"

    assert [line for line in requirements(lock) if not re.fullmatch(form, line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_names_a_host(lock: str) -> None:
    text = (HOUSE / lock).read_text(encoding="utf-8")

    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|@ ", text) == []


def test_the_tools_are_added_to_the_very_packages_of_the_program() -> None:
    program, tools = pins("requirements.lock"), pins("requirements-dev.lock")

    here_or_everywhere = {name: {pin, pin.split(" ;")[0]} for name, pin in program.items()}
    assert [name for name, pins in here_or_everywhere.items() if tools.get(name) not in pins] == []


def test_every_package_the_program_asks_for_is_locked_within_its_range() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [Requirement(line) for line in project["project"]["dependencies"]]
    versions = {name: pin.split(";")[0].strip() for name, pin in pins("requirements.lock").items()}

    outside = [
        str(need)
        for need in asked
        if not need.specifier.contains(versions.get(canonicalize_name(need.name), "0"))
    ]

    assert outside == []


def test_every_package_of_the_program_is_named_with_its_licence() -> None:
    page = (HOUSE / "THIRD_PARTY.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z0-9-]+) \| (\S.*?) \|", page, re.MULTILINE)

    assert [name for name, _ in named if name not in {"package", "font", "data"}] == sorted(
        pins("requirements.lock")
    )


@pytest.mark.prove
@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
@pytest.mark.parametrize("version", ["3.11", "3.13"])
def test_windows_finds_a_wheel_for_every_package(lock: str, version: str, tmp_path: Path) -> None:
    """Markers are pip's of this machine; the wheels asked for are those of Windows."""
    pip = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--require-hashes"]
    wheels = ["--only-binary=:all:", "--platform=win_amd64", f"--python-version={version}"]

    done = subprocess.run(
        [*pip, *wheels, f"--target={tmp_path}", "-r", str(HOUSE / lock)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
