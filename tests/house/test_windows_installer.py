"""The installer for Windows can be compiled, stops beside a running program, and is found again."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
SCRIPT = HOUSE / "packaging" / "quay-mot-cua.nsi"


@pytest.mark.skipif(shutil.which("makensis") is None, reason="no tool for Windows installers")
def test_the_installer_is_compiled_without_a_warning(tmp_path: Path) -> None:
    bundle = tmp_path / "build" / "bundle" / "quay-mot-cua"
    bundle.mkdir(parents=True)
    (bundle / "quay-mot-cua.exe").write_bytes(b"MZ")
    for name in ("packaging/quay-mot-cua.nsi", "program/__init__.py"):
        (tmp_path / name).parent.mkdir()
        shutil.copyfile(HOUSE / name, tmp_path / name)

    done = subprocess.run(
        ["makensis", "-WX", "quay-mot-cua.nsi"],
        cwd=tmp_path / "packaging",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "build" / "quay-mot-cua-setup.exe").read_bytes()[:2] == b"MZ"


def test_its_words_are_read_as_they_are_written_on_every_computer() -> None:
    assert SCRIPT.read_bytes().startswith(codecs.BOM_UTF8)


def test_both_sections_stop_while_the_program_runs_before_they_remove_anything() -> None:
    _, install, remove = re.split(r"^Section ", SCRIPT.read_text(encoding="utf-8"), flags=re.M)

    for section in (install, remove):
        before, _, _ = section.partition("RMDir")
        assert "!insertmacro STOP_WHILE_IT_RUNS" in before
        assert "Delete" not in before.partition("!insertmacro")[0]


def test_the_kiosk_starts_the_program_where_the_installer_puts_it() -> None:
    [folder] = re.findall(r'^InstallDir "[$]PROGRAMFILES64(.*)"$', SCRIPT.read_text("utf-8"), re.M)
    launcher = (HOUSE / "packaging/kiosk/shell-launcher.ps1").read_text(encoding="utf-8")

    assert f'"C:\\Program Files{folder}\\quay-mot-cua.exe"' in launcher
