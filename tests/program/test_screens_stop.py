"""A kiosk that no citizen can close, and a board, end at once when their service is stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.real_desk import SETTINGS

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0
OPENED = {
    "kiosk": ("from ui.kiosk.window import KioskWindow as Window", "window.rooms is not None"),
    "board": ("from ui.board.window import BoardWindow as Window", "window.isVisible()"),
}
TELLING = """
import sys
import main
from PySide6.QtCore import QTimer
{window}
shown = Window.showFullScreen
def show(window):
    shown(window)
    timer = QTimer(window, interval=50)
    def look():
        if {opened}:
            timer.stop()
            print("opened", flush=True)
    timer.timeout.connect(look)
    timer.start()
Window.showFullScreen = show
sys.exit(main.main(sys.argv[1:]))
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows stops programs without a signal")


@pytest.mark.parametrize("name", OPENED)
def test_it_ends_when_it_is_told_to(tmp_path: Path, name: str) -> None:
    window, opened = OPENED[name]
    settings = tmp_path / "desk.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    program = subprocess.Popen(
        [
            *(sys.executable, "-c", TELLING.format(window=window, opened=opened)),
            *("--data", str(tmp_path / "desk"), "--settings", str(settings), name),
        ],
        cwd=HOUSE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "opened\n"

        program.send_signal(signal.SIGTERM)

        assert program.wait(PATIENCE_S) == 0
    finally:
        program.kill()
        program.communicate()
