"""The first window is there at once because it loads nothing that only appears later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
SHOWS_AND_TELLS = """
import sys
import main
from ui.officer.window import OfficerWindow

def tell(window):
    print(*sorted(sys.modules))
    raise SystemExit

OfficerWindow.show = tell
main.main(["--data", sys.argv[1], "--demo"])
"""
FIRST = {"counter", "counter.errors", "counter.folder", "counter.values"}


def test_the_first_window_loads_only_what_it_shows(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SHOWS_AND_TELLS, str(tmp_path)],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )

    loaded = set(told.stdout.split())
    assert "ui.officer.receive.page" in loaded, told.stderr
    assert {name for name in loaded if name.split(".")[0] == "counter"} == FIRST
    assert not loaded & {"sqlalchemy", "pydantic", "requests", "reportlab", "ui.states"}
