"""A window over a real desk in which a name is typed without end; each letter is a line.

Run as ``python visit_typing.py FOLDER BUG``. BUG ``forgetful`` never keeps what stands on the page;
``none`` is the window as it is.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer  # noqa: E402 - the path is set above
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from counter.desk.desk import Desk  # noqa: E402
from counter.desk.opening import open_desk  # noqa: E402
from tests.faults.desk_writing import opening  # noqa: E402
from tests.ui.conftest import hands_of  # noqa: E402
from tests.ui.fake_desk import INFO, FakeHands  # noqa: E402
from ui.bridge import Bridge  # noqa: E402
from ui.officer.window import OfficerWindow  # noqa: E402

A_LETTER_MS = 50


def main(folder: str, bug: str) -> None:
    """Type until the process is killed."""
    app = QApplication([])
    with open_desk(opening(Path(folder))) as context, closing(Bridge()) as bridge:
        window = OfficerWindow(bridge, hands_of(FakeHands()), demo=True, version="0")
        window.show()
        window.desk_opened(Desk(context), INFO)
        identity = window.receive.identity
        identity.type_by_hand()
        typed = 0

        def one_letter() -> None:
            nonlocal typed
            if bug == "forgetful":
                window.reception.visits._turns.stop()
            QTest.keyClicks(identity.manual.name, "abcdefghij"[typed % 10])
            typed += 1
            print(typed, flush=True)  # noqa: T201 - the harness counts the letters

        letters = QTimer()
        letters.setInterval(A_LETTER_MS)
        letters.timeout.connect(one_letter)
        letters.start()
        app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
