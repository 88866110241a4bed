"""Where there is no screen the demonstration is photographed, with nothing but the program's parts.

``run.py demo`` installs what the program needs and no test tools, so no picture may need one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

HOUSE = Path(__file__).resolve().parents[2]
TOOLS = ("pytest", "pytestqt", "hypothesis", "time_machine", "pypdf", "zxingcpp", "psutil", "yaml")
WITHOUT_TOOLS = """
import runpy, sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {tools!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NotInstalled())
sys.path.insert(0, {house!r})
runpy.run_path({script!r}, run_name="pictures")
"""


@pytest.mark.parametrize("script", run.PICTURE_SCRIPTS)
def test_a_picture_needs_no_test_tool(script: str) -> None:
    path = HOUSE / "tests" / "pictures" / script
    program = WITHOUT_TOOLS.format(tools=TOOLS, house=str(HOUSE), script=str(path))

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert done.returncode == 0, done.stderr
