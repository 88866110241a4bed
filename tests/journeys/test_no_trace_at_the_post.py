"""A result that goes by post, a call on the board and the citizen's answer leave nobody in plain.

Searched are the desk's folder with its queue, its logs and write-ahead logs, the folder for
passing files and what the program says; the tray holds the papers themselves, the sandbox is the
portal's.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.acts import HandToPost, TakeResult
from counter.desk import calls, queueing, rating
from counter.desk.waiting_hall import calls_after, hall_mark, hall_state
from counter.returning import ReturnTo, ReturnWay
from counter.values import now
from devices.board_page import BoardPage
from tests.counter.desk.conftest import SetClock, asked, person
from tests.journeys.conftest import Counter
from tests.journeys.test_first_desk import sandbox_of
from tests.journeys.test_no_trace import spellings, traces
from tests.ui.fake_hall import OFFICE, FakeSpeaker
from ui.board.window import BoardWindow, BoardWork
from ui.bridge import Bridge

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("temp")]

OWNER = replace(
    person("Mạc Thị Gửi Xa", "048191266370"), phone="0938571946", address="Ngõ Gửi Bưu, xã Xa Tít"
)
PARCEL = ReturnTo(ReturnWay.POST, "Mạc Văn Nhận Hộ", "0938571957", "Thôn Nhận Bưu, xã Xa Lắc")
WORDS = (
    *(OWNER.full_name, str(OWNER.phone), str(OWNER.address), "048191266370"),
    *(PARCEL.receiver, PARCEL.phone, PARCEL.address),
)
NEEDLES = frozenset(spelling for word in WORDS for spelling in spellings(word))


@pytest.fixture
def board(counter: Counter, qtbot: QtBot) -> Iterator[FakeSpeaker]:
    """A board and its page for televisions in the counter's hall; what it says aloud."""
    hall, speaker = counter.rooms.context.hall, FakeSpeaker()
    with closing(Bridge()) as bridge, closing(BoardPage(OFFICE, 0, host="127.0.0.1")) as page:
        window = BoardWindow(bridge, speaker, now)
        qtbot.addWidget(window)
        window.show()
        work = BoardWork(
            mark=lambda: hall_mark(hall),
            state=lambda: hall_state(hall),
            calls_after=lambda seq: calls_after(hall, seq),
            shown=page.show,
        )
        window.opened(work, OFFICE, speak=True)
        yield speaker
        window.close()


def wait_and_be_called(counter: Counter) -> None:
    """Take a number with the citizen's card and be called to the counter."""
    hall = counter.rooms.context.hall
    queueing.take_ticket(hall, "A", None, citizen=OWNER.number)
    assert calls.call_next(hall, "Quầy 1") is not None


def send_by_post(counter: Counter) -> str:
    """Receive a dossier, get its result and hand it to the post with the printed list."""
    desk = counter.desk_work
    wish = replace(asked(SetClock(now()), applicant=OWNER), return_to=PARCEL)
    code = desk.receive(wish).code
    dossier = desk.show(code).line.id
    desk.act(dossier, TakeResult("Giấy khai sinh"))
    for job in desk.act(dossier, HandToPost("Phạm Văn Bưu")).jobs:
        counter.rooms.printer.put(job)
    return code


def test_a_posted_result_a_call_and_an_answer_leave_nothing_of_the_citizen_in_plain(
    counter: Counter,
    board: FakeSpeaker,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    sandbox, folder = sandbox_of(counter), counter.rooms.context.hall.folder
    elsewhere = (folder.tray, folder.sandbox)
    wait_and_be_called(counter)
    code = send_by_post(counter)
    rating.rate(counter.rooms.context, code, 4)
    counter.rooms.courier.wake()
    counter.until(lambda: board.said and counter.tray() and sandbox.dossiers())

    found = traces(tmp_path, *elsewhere, needles=NEEDLES)
    said = capfd.readouterr()
    spoken = "\n".join((caplog.text, said.out, said.err, str(board.said))).encode()

    assert found == []
    assert [needle for needle in NEEDLES if needle in spoken] == []

    (folder.log / "post.log").write_text(f"parcel of {PARCEL.receiver}", encoding="utf-8")
    (tmp_path / "temp" / "state.json").write_text(f"[{json.dumps(OWNER.full_name)}]")
    assert traces(tmp_path, *elsewhere, needles=NEEDLES) == [
        "desk/log/post.log",
        "temp/state.json",
    ]
