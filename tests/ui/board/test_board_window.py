"""What the board shows, flashes and speaks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter.errors import DeskError, QueueAway
from counter.hall import CallLine, HallView
from counter.speech import call_clips
from tests.ui.fake_desk import MORNING
from tests.ui.fake_hall import OFFICE, FakeSpeaker, called_again, hall_view
from ui.board.window import BoardWindow, BoardWork
from ui.bridge import Bridge


@dataclass
class FakeCalls:
    """A hall that is called in by hand.

    Attributes:
        away: Raised by every question while it is set.
        page: What was given to the page on the network.
    """

    view: HallView = field(default_factory=hall_view)
    away: DeskError | None = None
    made: list[CallLine] = field(default_factory=list)
    page: list[HallView] = field(default_factory=list)

    def work(self) -> BoardWork:
        """Return it as the board asks it."""
        return BoardWork(self._mark, self._state, self._after, self.page.append)

    def call(self, number: str, counter: str) -> None:
        """Call one more number."""
        self.view = called_again(self.view, number, counter)
        self.made.append(self.view.calls[0])

    def _mark(self) -> int:
        if self.away is not None:
            raise self.away
        return self.view.mark

    def _state(self) -> HallView:
        if self.away is not None:
            raise self.away
        return self.view

    def _after(self, seq: int) -> tuple[CallLine, ...]:
        return tuple(call for call in self.made if call.seq > seq)


class Board:
    """One board, its hall and its voice."""

    def __init__(self, bot: QtBot, window: BoardWindow, speaker: FakeSpeaker) -> None:
        self.bot = bot
        self.window = window
        self.speaker = speaker
        self.hall = FakeCalls()
        self.moment = MORNING

    def open(self, *, speak: bool = True) -> None:
        """Begin to show the hall."""
        self.window.opened(self.hall.work(), OFFICE, speak=speak)
        self.bot.waitUntil(lambda: bool(self.hall.page))

    def shows(self, words: str) -> None:
        """Wait until the called number is this."""
        self.bot.waitUntil(lambda: self.window.picture.accessibleName() == words)


@pytest.fixture
def board(qtbot: QtBot, dressed: QApplication) -> Iterator[Board]:
    """A board that is not open yet."""
    speaker = FakeSpeaker()
    with closing(Bridge()) as bridge:
        made: list[Board] = []
        window = BoardWindow(bridge, speaker, lambda: made[0].moment if made else MORNING)
        made.append(Board(qtbot, window, speaker))
        window.resize(960, 540)
        qtbot.addWidget(window)
        window.show()
        yield made[0]
        window.close()


def test_a_board_that_starts_shows_the_last_call_and_says_nothing_old(board: Board) -> None:
    board.open()

    board.shows("Mời số A012 đến Quầy 1")
    assert board.speaker.said == []


def test_every_new_call_is_spoken_once_in_its_order(board: Board) -> None:
    board.open()
    board.hall.call("B008", "Quầy 2")
    board.hall.call("C005", "Quầy 3")

    board.shows("Mời số C005 đến Quầy 3")

    assert [a.clips for a in board.speaker.said] == [
        call_clips("B008", "Quầy 2"),
        call_clips("C005", "Quầy 3"),
    ]


def test_the_same_number_called_again_is_spoken_again(board: Board) -> None:
    board.open()
    for seq in (1, 2):
        board.hall.call("B008", "Quầy 2")
        board.bot.waitUntil(lambda wanted=seq: len(board.speaker.said) == wanted)  # type: ignore[misc]

    assert board.speaker.said[0] == board.speaker.said[1]


def test_a_queue_that_began_anew_is_heard_from_its_first_call_on(board: Board) -> None:
    board.open()
    board.hall.call("B008", "Quầy 2")
    board.shows("Mời số B008 đến Quầy 2")
    board.hall.made.clear()
    first = replace(board.hall.view.calls[0], seq=1, number="F001", counter="Quầy 1")
    board.hall.made.append(first)
    board.hall.view = replace(board.hall.view, calls=(first,), mark=board.hall.view.mark + 1)

    board.shows("Mời số F001 đến Quầy 1")

    assert board.speaker.said[-1].clips == call_clips("F001", "Quầy 1")
    assert len(board.speaker.said) == 2


def test_the_board_says_where_somebody_waits_for_a_person_until_an_officer_goes(
    board: Board,
) -> None:
    board.open()
    picture = board.window.picture
    before = picture.grab().toImage()
    waits = replace(board.hall.view, helps=("Máy lấy số 1",), mark=board.hall.view.mark + 1)
    board.hall.view, seen = waits, board.hall.view

    board.bot.waitUntil(lambda: bool(picture.help_words()))

    assert picture.help_words() == "Có người cần giúp ở Máy lấy số 1. Xin cán bộ đến giúp."
    assert picture.grab().toImage() != before
    board.hall.view = replace(seen, mark=waits.mark + 1)
    board.bot.waitUntil(lambda: not picture.help_words())


def test_a_quiet_board_shows_and_does_not_speak(board: Board) -> None:
    board.open(speak=False)
    board.hall.call("B008", "Quầy 2")

    board.shows("Mời số B008 đến Quầy 2")

    assert board.speaker.said == []


def test_data_that_grow_old_are_said_to_be_old_and_come_back(board: Board) -> None:
    board.open()
    board.shows("Mời số A012 đến Quầy 1")
    board.hall.away = QueueAway()
    board.moment = MORNING + timedelta(seconds=30)
    board.bot.waitUntil(lambda: board.window.picture.is_old)
    told = board.window.picture.age_words()

    board.hall.away = None
    board.hall.view = replace(board.hall.view, moment=board.moment)
    board.bot.waitUntil(lambda: not board.window.picture.is_old)

    assert told.startswith("Mất liên lạc với máy giữ số từ 09:12")


def test_a_computer_without_sound_is_told_on_the_board(board: Board) -> None:
    board.speaker.trouble = True
    board.open()

    board.bot.waitUntil(lambda: "không phát được tiếng" in board.window.picture.age_words())


def test_the_next_morning_begins_with_an_empty_board_and_speaks(board: Board) -> None:
    board.open()
    board.hall.view = hall_view(called=0, moment=MORNING + timedelta(days=1))
    board.hall.view = replace(board.hall.view, mark=1000)
    board.moment = MORNING + timedelta(days=1)
    board.shows("")
    line = CallLine(90, "A001", "Quầy 1", "Hộ tịch", board.moment)

    board.hall.made.append(line)
    board.hall.view = replace(board.hall.view, calls=(line,), mark=1001)
    board.shows("Mời số A001 đến Quầy 1")

    assert len(board.speaker.said) == 1
