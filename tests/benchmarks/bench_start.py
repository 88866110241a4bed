"""How long the window takes to appear and take keys, beside a bare PySide6 window of its form.

Run by name: ``python3 run.py bench start``. Both are started in turn as processes of their own,
from the command to the first letter that a field has taken; the ratio holds on a noisy machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

HOUSE = Path(__file__).parents[2]
ROUNDS = 7
# An installed program keeps its compiled modules, whatever the shell of this run says.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "QT_QPA_PLATFORM": "offscreen",
}

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (QApplication, QMainWindow, QWidget, QVBoxLayout, QHBoxLayout,
    QGridLayout, QLineEdit, QLabel, QPushButton, QTableWidget, QStackedWidget)
app = QApplication(sys.argv)
window = QMainWindow()
pages = QStackedWidget()
for page in range(6):
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    grid = QGridLayout()
    fields = [QLineEdit() for _ in range(14)]
    for place, field in enumerate(fields):
        grid.addWidget(QLabel(f"Mục {place}"), place, 0)
        grid.addWidget(field, place, 1)
        grid.addWidget(QPushButton("Chọn"), place, 2)
    row.addLayout(grid)
    table = QTableWidget(40, 5)
    row.addWidget(table)
    pages.addWidget(sheet)
window.setCentralWidget(pages)
window.resize(1366, 728)
window.show()
first = pages.widget(0).findChild(QLineEdit)
def usable():
    first.setFocus()
    QTest.keyClicks(first, "1")
    assert first.text() == "1"
    print("usable", flush=True)
    app.quit()
QTimer.singleShot(0, usable)
app.exec()
"""

OURS = """
import sys
import main
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from ui.officer.window import OfficerWindow
shown = OfficerWindow.show
def show(window):
    shown(window)
    def usable():
        field = window.receive.identity.ask_card.field
        field.setFocus()
        QTest.keyClicks(field, "1")
        print("usable", flush=True)
        QTimer.singleShot(0, opened)
    def opened():
        if window.is_open:
            print("open", flush=True)
            window.close()
        else:
            QTimer.singleShot(10, opened)
    QTimer.singleShot(0, usable)
OfficerWindow.show = show
main.main(sys.argv[1:])
"""


def main() -> int:
    """Print both times and their ratio; fail when the window takes more than twice as long."""
    with tempfile.TemporaryDirectory() as folder:
        data = ["--data", str(Path(folder) / "desk"), "--demo"]
        seconds(OURS, data)
        ours, bare, whole = [], [], []
        for _ in range(ROUNDS):
            bare.append(seconds(BARE, [])[0])
            usable, opened = seconds(OURS, data)
            ours.append(usable)
            whole.append(opened)
    bare_s, ours_s = statistics.median(bare), statistics.median(ours)
    print(f"bare window, first letter     {bare_s * 1000:7.0f} ms")
    print(f"officer's window, first letter {ours_s * 1000:6.0f} ms")
    print(f"desk behind it open            {statistics.median(whole) * 1000:6.0f} ms")
    print(f"ratio {ours_s / bare_s:.2f} (at most 2)")
    return 0 if ours_s <= 2 * bare_s else 1


def seconds(program: str, arguments: list[str]) -> list[float]:
    """Return when *program* said each of its words, in seconds from its start."""
    began = monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=HOUSE,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    told = [monotonic() - began for _line in process.stdout]
    process.wait()
    return told


if __name__ == "__main__":
    sys.exit(main())
