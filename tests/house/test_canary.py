"""The canary for PySide6: a release that loses references aborts the process within minutes.

6.12.0 does so on Python 3.10 and 3.11. The calls are made in a child process, so that an abort is
a failed test and not the end of all of them.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

ROUNDS = 10_000
NOISE = 200  # references that the interpreter takes and gives by itself

CHILD = """
import sys
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Bell(QObject):
    rung = Signal(object)

application = QApplication([])
bell, widget, timer = Bell(), QWidget(), QTimer()
bell.rung.connect(lambda value: None)
calls = {
    "emit None": lambda: bell.rung.emit(None),
    "emit True": lambda: bell.rung.emit(True),
    "return nothing": lambda: widget.update(),
    "return True": lambda: widget.isEnabled(),
    "take True": lambda: widget.setEnabled(True),
    "take None": lambda: timer.setParent(None),
}
call = calls[sys.argv[1]]
watched = {"None": None, "True": True}
before = {name: sys.getrefcount(value) for name, value in watched.items()}
for _ in range(int(sys.argv[2])):
    call()
for name, value in watched.items():
    print(sys.getrefcount(value) - before[name])
"""


@pytest.mark.parametrize(
    "call",
    ["emit None", "emit True", "return nothing", "return True", "take True", "take None"],
)
def test_ten_thousand_calls_into_qt_keep_every_reference(call: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, call, str(ROUNDS)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, f"the process died: {done.stderr}"
    assert all(abs(int(change)) < NOISE for change in done.stdout.split()), done.stdout
