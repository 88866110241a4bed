"""How much memory the program takes while nobody comes: desk, demonstration, kiosk and board.

Run by name: ``python3 run.py bench memory``. Each is started as a process of its own, as main.py
starts it; the desk is a real one, without simulated chip and portal, and an officer signs in. Then
nothing is asked of it for half a minute, and the operating system is asked what it holds.

"Own" is what goes back when the process ends (USS); "share" counts in its part of what several
processes hold together (PSS), so that of a program and its helpers the shares may be added.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psutil  # type: ignore[import-untyped]  # has no types

from tests.real_desk import SETTINGS

HOUSE = Path(__file__).parents[2]
IDLE_S = 30.0
"""How long nothing is asked before memory is looked at."""

MOST_OWN_MB = 160.0
"""What a signed-in desk may hold for itself."""

AS_BUNDLED = ("-OO", "-X", "no_debug_ranges", "-W", "ignore", "-c")
BUNDLED = "import sys; sys.modules['chardet'] = sys.modules['charset_normalizer'] = None\n"
"""As ``run.py bundle`` makes it: without docstrings, columns of faults and what nobody uses."""

DESK = """
import sys
import main
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from ui.officer.window import OfficerWindow

WORDS = {"first_name": "Lý Thị Mẫu", "account": "truong", "password": "cổng làng buổi sớm",
         "password_again": "cổng làng buổi sớm"}
shown, typed = OfficerWindow.show, []

def sit_down(window):
    fields = [field for field in window.findChildren(QLineEdit) if field.isVisible()]
    if typed or not window.is_open and not fields:
        return
    for field in fields:
        if field.objectName() in WORDS:
            field.setText(WORDS[field.objectName()])
            typed.append(field)
    if typed:
        window.findChild(QAbstractButton, "sign_in").click()

def show(window):
    shown(window)
    timer = QTimer(window, interval=100)
    def look():
        if not window.is_locked and window.is_open:
            timer.stop()
            print("open", flush=True)
        else:
            sit_down(window)
    timer.timeout.connect(look)
    timer.start()

OfficerWindow.show = show
main.main(sys.argv[1:])
"""
"""The desk as main.py opens it; a first time its account is made, later it is signed in to."""

PLAIN = "import sys, main; main.main(sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Held:
    """What a program and its helpers hold, in megabytes; *processes* counts them."""

    own: float
    all_shares: float
    processes: int


def main() -> int:
    """Print what each window holds; fail when a signed-in desk holds more than it may."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "desk.toml").write_text(SETTINGS, encoding="utf-8")
        (root / "passphrase").write_text("7k3f-9xqm-wtr4", encoding="utf-8")
        (root / "passphrase").chmod(0o600)
        real = ["--data", str(root / "desk"), "--settings", str(root / "desk.toml")]
        shown = ["--data", str(root / "demo"), "--demo"]
        hold(DESK, real, root, idle_s=3.0)
        hold(DESK, shown, root, idle_s=3.0)
        desk = hold(DESK, real, root)
        say("desk, signed in", desk)
        say("demonstration", hold(DESK, shown, root))
        for name in ("kiosk", "board"):
            say(name, hold(PLAIN, [*real, name], root))
    print(f"desk's own {desk.own:.0f} MB (at most {MOST_OWN_MB:.0f})")
    return 0 if desk.own <= MOST_OWN_MB else 1


def hold(program: str, arguments: list[str], root: Path, *, idle_s: float = IDLE_S) -> Held:
    """Start *program*, leave it alone once it is open, and return what it then holds.

    Raises:
        RuntimeError: The program ended before it was looked at.
    """
    process = subprocess.Popen(
        [sys.executable, *AS_BUNDLED, BUNDLED + program, *arguments],
        cwd=HOUSE,
        env={
            **{
                name: value
                for name, value in os.environ.items()
                if name != "PYTHONDONTWRITEBYTECODE"
            },
            "PYTHONPYCACHEPREFIX": str(root / "compiled"),  # what lies there has the columns
            "QT_QPA_PLATFORM": "offscreen",
            "MOTCUA_PASSPHRASE_FILE": str(root / "passphrase"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        if program is DESK:
            assert process.stdout is not None
            process.stdout.readline()
        Event().wait(idle_s)
        if process.poll() is not None:
            raise RuntimeError(f"ended with {process.returncode}: {arguments}")
        return held_by(psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def held_by(program: psutil.Process) -> Held:
    """Return what *program* and its helpers hold now."""
    own = program.memory_full_info()
    seen = [own]
    for helper in program.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a sentence was spoken to its end
            seen.append(helper.memory_full_info())
    shares = sum(getattr(one, "pss", one.uss) for one in seen)
    return Held(own.uss / 2**20, shares / 2**20, len(seen))


def say(name: str, held: Held) -> None:
    """Print one line of the table."""
    print(
        f"{name:20} own {held.own:6.1f} MB   with helpers {held.all_shares:6.1f} MB in "
        f"{held.processes} processes",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
