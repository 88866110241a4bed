"""The first window is there at once because it loads nothing that only appears later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.real_desk import SETTINGS

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
READS = """
import linecache
import sys
from PySide6.QtWidgets import QWidget
import main

def tell(window):
    print(*(name for name, line in linecache.cache.items() if len(line) > 1))
    print(*sorted(sys.modules), file=sys.stderr)
    raise SystemExit

QWidget.show = tell
main.main(["--data", sys.argv[1], "--demo"])
"""
WAITS = """
import linecache
import sys
from ui.unread import leave_sources_unread

leave_sources_unread()
from program import VERSION
from program.rooms import Ears, rooms_open
from ui.command_line import parse

heard = [].append
data, settings = sys.argv[1] + "/desk", sys.argv[1] + "/desk.toml"
arguments = parse(["--data", data, "--settings", settings], VERSION)
with rooms_open(arguments, Ears(*[heard] * len(Ears.__dataclass_fields__))):
    print(*sorted(sys.modules))
    print(*(name for name, line in linecache.cache.items() if len(line) > 1), file=sys.stderr)
"""
FOR_LATER = {
    "PIL",
    "alembic",
    "html",
    "barcode",
    "openpyxl",
    "pypdfium2",
    "reportlab",
    "sqlite3",
    "sqlalchemy.dialects.postgresql",
    "sync.dvcqg",
    "sync.sandbox.server",
}
"""What a desk of one computer does not hold in memory while it waits for its first citizen."""
ERRORS = {
    f"counter.errors.{path.stem}"
    for path in (HOUSE / "counter" / "errors").glob("*.py")
    if path.stem != "__init__"
}
FIRST = {"counter", "counter.errors", "counter.folder", "counter.values"} | ERRORS


def shown(script: str, folder: Path) -> tuple[str, str]:
    """Return what *script* said when the first window was about to be shown, and its complaints."""
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        cwd=HOUSE,
        env={**os.environ, "MOTCUA_PASSPHRASE_FILE": str(folder / "passphrase")},
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout, told.stderr


def test_the_first_window_loads_only_what_it_shows(tmp_path: Path) -> None:
    told, complaints = shown(SHOWS_AND_TELLS, tmp_path)

    loaded = set(told.split())
    assert "ui.officer.receive.page" in loaded, complaints
    assert {name for name in loaded if name.split(".")[0] == "counter"} == FIRST
    assert not loaded & {"sqlalchemy", "pydantic", "requests", "reportlab", "ui.states"}


def test_no_source_of_what_the_first_window_loads_is_read(tmp_path: Path) -> None:
    read, loaded = shown(READS, tmp_path)

    assert "ui.officer.window" in loaded.split()
    assert [name for name in read.split() if name.startswith(str(HOUSE / "ui" / "officer"))] == []


def test_a_desk_that_waits_holds_no_more_than_it_works_with(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "passphrase").write_text("7k3f-9xqm-wtr4", encoding="utf-8")
    (tmp_path / "passphrase").chmod(0o600)
    shown(WAITS, tmp_path)  # made; the next time it only waits

    waiting, complaints = shown(WAITS, tmp_path)

    loaded = set(waiting.split())
    assert {"sqlcipher3", "sync.courier", "devices.card.watch"} <= loaded, complaints
    assert not loaded & FOR_LATER
    assert [name for name in complaints.split() if name.endswith(".py")] == []
