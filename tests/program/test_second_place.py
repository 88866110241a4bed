"""The citizen's screen stays on its own screen, is hidden when that is pulled, and comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PLAY = """
import sys
from PySide6.QtWidgets import QApplication
from program.second import SecondPlace
from ui.second.window import SecondScreen

app = QApplication(sys.argv[:1])
window = SecondScreen("Trung tam", "Quay 1")
place = SecondPlace(window, sys.argv[1], app)
app.processEvents()
said = [f"{window.isVisible()} {window.screen().name() if window.isVisible() else ''}"]
other = next((s for s in app.screens() if s.name() != sys.argv[1]), app.screens()[0])
here = next((s for s in app.screens() if s.name() == sys.argv[1]), None)
if here is not None:
    app.screenRemoved.emit(other)
    said.append(str(window.isVisible()))
    app.screenRemoved.emit(here)
    said.append(str(window.isVisible()))
    app.screenAdded.emit(here)
    said.append(str(window.isVisible()))
print(";".join(said))
"""


def play(tmp_path: Path, name: str) -> list[str]:
    screens = [
        {"name": "HDMI-1", "x": 0, "y": 0, "width": 1366, "height": 768},
        {"name": "DP-2", "x": 1366, "y": 0, "width": 1280, "height": 800},
    ]
    for screen in screens:
        screen.update(logicalDpi=96, logicalBaseDpi=96, dpr=1)
    plan = tmp_path / "screens.json"
    plan.write_text(
        json.dumps(
            {"synchronousWindowSystemEvents": True, "windowFrameMargins": True, "screens": screens}
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", PLAY, name],
        cwd=HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={plan}"},
        capture_output=True,
        check=True,
        text=True,
        timeout=240,
    )
    return done.stdout.strip().split(";")


@pytest.mark.parametrize("name", ["HDMI-1", "DP-2"])
def test_it_stands_on_the_named_screen_and_goes_with_it(tmp_path: Path, name: str) -> None:
    assert play(tmp_path, name) == [f"True {name}", "True", "False", "True"]


def test_without_that_screen_it_is_shown_nowhere(tmp_path: Path) -> None:
    assert play(tmp_path, "VGA-9") == ["False"]
