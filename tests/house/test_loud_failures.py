"""Everything loud fails: each guard of ``conftest.py`` is shown its fault and must catch it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]

TESTS = """
import logging, os, threading, warnings
import pytest
from PySide6.QtCore import QSettings, qWarning

def test_leaves_a_thread():
    threading.Thread(target=threading.Event().wait, args=(13,), name="forgotten").start()

def test_logs_a_warning():
    logging.getLogger("desk").warning("printer silent")

def test_logs_what_it_announced(expected_log):
    expected_log.expect("printer silent")
    logging.getLogger("desk").warning("printer silent")

def test_announces_what_never_comes(expected_log):
    expected_log.expect("printer silent")

def test_warns():
    warnings.warn("old")

def test_warns_through_qt(qapp):
    qWarning("a slot is missing")

def test_lives_in_a_home_of_its_own():
    assert os.environ["HOME"] != os.environ["REAL_HOME"]
    assert QSettings("office", "desk").fileName().startswith(os.environ["HOME"])

def test_skips_for_want_of_a_part():
    pytest.skip("pcscd is not installed")

def test_skips_for_want_of_shared():
    pytest.skip("needs the reference data in ../shared")

@pytest.mark.prove
def test_proves_for_hours():
    pytest.fail("a long proof runs by name only")
"""


def run_pytest(folder: Path, **environment: str) -> dict[str, str]:
    """Run the tests above under our ``conftest.py``; return the worst outcome of each by name."""
    shutil.copy(HOUSE / "tests" / "conftest.py", folder)
    shutil.copy(HOUSE / "pyproject.toml", folder)
    (folder / "test_it.py").write_text(TESTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", "test_it.py"],
        cwd=folder,
        env=os.environ | environment | {"REAL_HOME": os.environ["HOME"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    seen = re.findall(r"^test_it\.py::test_(\w+) (\w+)", done.stdout, re.MULTILINE)
    return dict(seen)  # an error after a pass comes later and replaces it


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return run_pytest(tmp_path_factory.mktemp("guards"))


@pytest.mark.parametrize(
    ("fault", "caught_as"),
    [
        ("leaves_a_thread", "ERROR"),
        ("logs_a_warning", "ERROR"),
        ("announces_what_never_comes", "ERROR"),
        ("warns", "FAILED"),
        ("warns_through_qt", "FAILED"),
    ],
)
def test_a_loud_fault_fails_the_test_that_makes_it(
    fault: str, caught_as: str, outcomes: dict[str, str]
) -> None:
    assert outcomes[fault] == caught_as


@pytest.mark.parametrize("name", ["logs_what_it_announced", "lives_in_a_home_of_its_own"])
def test_a_test_that_says_what_it_does_passes(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == "PASSED"


def test_a_long_proof_runs_by_name_only(outcomes: dict[str, str]) -> None:
    assert "proves_for_hours" not in outcomes


def test_a_skip_fails_where_every_part_is_promised(tmp_path: Path) -> None:
    outcomes = run_pytest(tmp_path, MOTCUA_NOTHING_SKIPPED="1")

    assert outcomes["skips_for_want_of_a_part"] == "FAILED"
    assert outcomes["skips_for_want_of_shared"] == "SKIPPED"
