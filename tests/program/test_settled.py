"""What a start has made is no work for later collections."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import gc, sys
from PySide6.QtCore import QCoreApplication, QObject
from program import settled
settled.SETTLED_MS = (1,)
app = QCoreApplication([])
window = QObject()
before = len(gc.get_objects())
settled.settle(window)
while not gc.get_freeze_count():
    app.processEvents()
print(before, len(gc.get_objects()))
"""


def test_after_the_start_a_collection_looks_at_new_objects_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    before, after = map(int, done.stdout.split())

    assert before > 10_000
    assert after < 1_000
