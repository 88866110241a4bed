"""What a start has made is no work for later collections; what a citizen left never is among it."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import gc, sys, weakref
from PySide6.QtCore import QCoreApplication, QObject
from program import settled

class Visit:
    "Something of a citizen that only a collection frees."

settled.SETTLED_MS, settled.AGAIN_MS = (1,), 1
app = QCoreApplication([])
window, looks, visit = QObject(), [], Visit()
visit.itself, known = visit, weakref.ref(visit)

def is_free():
    looks.append(gc.get_freeze_count())
    if len(looks) == 3:
        globals().pop("visit", None)
    return len(looks) >= 3

gc.disable()
before = len(gc.get_objects())
settled.settle(window, is_free)
while not gc.get_freeze_count():
    app.processEvents()
print(before, len(gc.get_objects()), looks == [0, 0, 0], known() is None)
"""


@pytest.fixture(scope="module")
def told() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=240
    )
    return done.stdout.split()


def test_after_the_start_a_collection_looks_at_new_objects_only(told: list[str]) -> None:
    before, after = map(int, told[:2])

    assert before > 10_000
    assert after < 1_000


def test_it_waits_until_nobody_is_served_and_keeps_no_garbage(told: list[str]) -> None:
    assert told[2:] == ["True", "True"]
