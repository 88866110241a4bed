"""A window over a real desk in which a name is typed without end; each letter is a line.

Run as ``python visit_typing.py FOLDER BUG``. BUG ``forgetful`` never keeps what stands on the page;
``none`` is the window as it is; ``whole`` puts a visit with everything there first and tells, with
each letter of its note, what stands on the page; ``answerless`` does too and keeps no answers.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer  # noqa: E402 - the path is set above
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: E402

from counter.acts import Relation  # noqa: E402
from counter.declaring import Answer, Origin  # noqa: E402
from counter.desk.desk import Desk  # noqa: E402
from counter.desk.opening import open_desk  # noqa: E402
from counter.desk.visits import VisitDesk, text_of  # noqa: E402
from counter.values import DossierId, now, uuid7  # noqa: E402
from counter.visits import BehalfTyped, KeptVisit, PersonTyped, Visit  # noqa: E402
from counter.work import PaperBrought  # noqa: E402
from tests.faults.desk_writing import opening  # noqa: E402
from tests.ui.fake_desk import INFO  # noqa: E402
from tests.ui.fake_hands import FakeHands  # noqa: E402
from ui.bridge import Bridge  # noqa: E402
from ui.officer.receive.standing import put_back, standing  # noqa: E402
from ui.officer.window import OfficerWindow  # noqa: E402

A_LETTER_MS = 50
BIRTH = "1.001193"


def main(folder: str, bug: str) -> None:
    """Type until the process is killed."""
    app = QApplication([])
    with open_desk(opening(Path(folder))) as context, closing(Bridge()) as bridge:
        window = OfficerWindow(bridge, FakeHands().as_hands(), demo=True, version="0")
        window.show()
        window.desk_opened(Desk(context), INFO)
        if bug in {"whole", "answerless"}:
            if bug == "answerless":
                leave_answers_out()
            tell_whole(window, Desk(context))
            app.exec()
            return
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


def everything() -> Visit:
    """A visit in the middle of everything; the demonstration's people are invented."""
    person = PersonTyped("Nguyễn Thị Mẫu", "001199012345", "31/01/1999", "Nữ", "Thôn 1")
    owner = PersonTyped("Trần Thị Cụ", "", "1930", "Nữ", "Thôn 2", "ho_chieu", "C1234567", "LA")
    first = Visit(
        id=DossierId(uuid7(now())),
        begun_at=now(),
        person=person,
        procedure_code=BIRTH,
        procedure_name="Khai sinh",
        papers=(PaperBrought(0, 1, 0, 0),),
        declared=(Answer("full_name", "Nguyễn Thị Mẫu", Origin.CHIP),),
    )
    return replace(
        first,
        id=DossierId(uuid7(now())),
        behalf=BehalfTyped(owner, Relation.AUTHORISED, "Số 12"),
        unit_code="00004",
        unit_name="Phường Ba Đình, Thành phố Hà Nội",
        declared=(Answer("child_full_name", "Nguyễn Bé Mẫu", Origin.TYPED),),
        phone="0912000001",
        sets=2,
        waiting=(first, replace(first, id=DossierId(uuid7(now())))),
    )


def leave_answers_out() -> None:
    """Keep every visit without its declaration."""
    keep = VisitDesk.keep

    def without_answers(self: VisitDesk, visit: Visit) -> None:
        keep(self, replace(visit, declared=()))

    VisitDesk.keep = without_answers  # type: ignore[method-assign]  # this is the mistake


def tell_whole(window: OfficerWindow, desk: Desk) -> None:
    """Let a visit with everything stand on the page; it is told with each letter of its note."""
    page = window.receive
    (procedure,) = desk.find_procedures(BIRTH, 1)
    put_back(page, KeptVisit(everything(), now(), "", procedure))
    note = page.contact.findChild(QLineEdit, "note")
    assert note is not None
    letters = QTimer(page)
    letters.setInterval(A_LETTER_MS)

    def one_letter() -> None:
        QTest.keyClicks(note, "abcdefghij"[len(note.text()) % 10])
        visit = standing(page)
        assert visit is not None
        print(text_of(visit), flush=True)  # noqa: T201 - the harness compares it

    letters.timeout.connect(one_letter)
    letters.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
