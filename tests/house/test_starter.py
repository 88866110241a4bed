"""``/usr/bin/quay-mot-cua`` starts the program taken last, or the package's own when newer."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from program import LEAST_SERIAL, VERSION, taken, updates

HOUSE = Path(__file__).resolve().parents[2]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("debian", HOUSE / "packaging" / "debian.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


debian = load()
PROVINCE = Ed25519PrivateKey.generate()
KEYS = [PROVINCE.public_key().public_bytes_raw().hex()]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the starter is Debian's")


class Machine:
    """A computer with the package of version 0.2.0, released under serial 4."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs, self.opt = folder / "var", folder / "opt"
        self.notes, self.starter = folder / "starts", folder / "bin" / "quay-mot-cua"
        self.programs.mkdir()
        self.starter.parent.mkdir()
        self.notes.mkdir()
        self.notes.chmod(0o1777)
        self.install("0.2.0", least=4)

    def install(self, version: str, *, least: int) -> None:
        says(self.opt, f"package {version}")
        text = debian.starter_of(
            version,
            least,
            programs=str(self.programs),
            starts=str(self.notes),
            opt=str(self.opt),
        )
        self.starter.write_text(text, encoding="utf-8")
        self.starter.chmod(0o755)

    def take(self, serial: int, version: str, *, back: bool = False, play: str = "") -> None:
        tree, package = self.folder / f"tree-{serial}", self.folder / f"{serial}.zip"
        says(tree, f"taken {version}")
        if play:
            (tree / "quay-mot-cua").write_text(play, encoding="utf-8")
        told: dict[str, object] = {"kind": "program", "serial": serial, "version": version}
        told |= {"platform": updates.HERE, "share": 100, "back": back}
        updates.make(tree, package, PROVINCE, told)
        site = self.folder / "site.toml"
        updates.take(package, self.programs, site, "desk", KEYS, now=True, running="0.2.0")

    @property
    def starts(self) -> str:
        """What the starter runs, with its arguments."""
        return subprocess.check_output([self.starter, "one two"], text=True).strip()


def says(folder: Path, words: str) -> None:
    """Make a program that says *words* and its first argument."""
    folder.mkdir(exist_ok=True)
    program = folder / "quay-mot-cua"
    program.write_text(f'#!/bin/sh\necho "{words}: $1"\n', encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_an_update_the_packages_own_program_starts(machine: Machine) -> None:
    assert machine.starts == "package 0.2.0: one two"


def test_a_program_that_was_taken_is_started(machine: Machine) -> None:
    machine.take(5, "0.10.0")

    assert machine.starts == "taken 0.10.0: one two"


def test_a_newer_package_starts_rather_than_what_was_taken_before(machine: Machine) -> None:
    machine.take(5, "0.3.0")
    machine.install("0.10.0", least=4)

    assert machine.starts == "package 0.10.0: one two"


def test_a_program_taken_back_starts_until_a_package_is_released_after_it(
    machine: Machine,
) -> None:
    machine.take(5, "0.1.0", back=True)
    first = machine.starts
    machine.install("0.3.0", least=6)

    assert first == "taken 0.1.0: one two"
    assert machine.starts == "package 0.3.0: one two"


@pytest.mark.parametrize("current", ["", "5-0.9.0", "nonsense", "../opt"])
def test_a_current_that_leads_nowhere_starts_the_packages_own(
    machine: Machine, current: str
) -> None:
    (machine.programs / "current").write_text(current, encoding="ascii")

    assert machine.starts == "package 0.2.0: one two"


def test_updates_are_put_where_the_starter_looks() -> None:
    assert str(taken.STARTED_FROM) == debian.PROGRAMS
    assert f"programs={debian.PROGRAMS}\n" in debian.starter_of(VERSION, LEAST_SERIAL)


@pytest.mark.parametrize(("act", "stays"), [("remove", True), ("upgrade", True), ("purge", False)])
def test_only_a_purge_removes_the_programs_that_were_taken_and_no_data(
    tmp_path: Path, act: str, stays: bool
) -> None:
    programs, data = tmp_path / "all" / "program", tmp_path / "all" / "kiosk"
    (programs / "5-0.3.0").mkdir(parents=True)
    data.mkdir()
    script = debian.PURGE.format(
        programs=programs, starts=programs.parent / "starts", above=programs.parent
    )

    subprocess.run(["sh", "-c", script, "postrm", act], check=True)

    assert programs.exists() is stays
    assert data.exists()
