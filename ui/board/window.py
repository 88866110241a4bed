"""The board's window: shows what the hall tells, flashes and speaks each new call once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.speech import Announcement, call_clips
from ui.board.picture import BoardPicture

if TYPE_CHECKING:
    from counter.hall import CallLine, HallView
    from counter.speech import Speaker
    from ui.bridge import Bridge

LOOK_MS = 30
"""How often the hall is asked whether anything changed; a call is seen well within 150 ms."""

FRESH_S = 2.0
"""How often it is asked for everything though nothing changed: the age of the data."""

FLASHES = 6
FLASH_MS = 300


@dataclass(frozen=True, slots=True)
class BoardWork:
    """What the board asks of the hall, on the ``counter`` thread; each may raise a DeskError.

    Attributes:
        mark: A number that grows with every change.
        state: Everything the board shows.
        calls_after: Every call after one, oldest first.
        shown: Is given each new state, for the page on the network.
    """

    mark: Callable[[], int]
    state: Callable[[], HallView]
    calls_after: Callable[[int], tuple[CallLine, ...]]
    shown: Callable[[HallView], None]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look brought: None for a state that has not changed."""

    state: HallView | None
    calls: tuple[CallLine, ...]


class BoardWindow(QWidget):
    """One board. It speaks no call that was made before it was started.

    Signals:
        closed: Nothing.
    """

    closed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        speaker: Speaker,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Bảng gọi số"))
        self.setObjectName("board")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._bridge = bridge
        self._speaker = speaker
        self._clock = clock
        self._speak = True
        self._work: BoardWork | None = None
        self._asking = False
        self._mark = -1
        self._seq: int | None = None
        self._fresh_at = 0.0
        self._flashes = 0
        self.picture = BoardPicture("")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.picture)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(LOOK_MS)
        self._look_timer.timeout.connect(self.look)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._flash = QTimer(self)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._blink)
        self._tick()

    def opened(self, work: BoardWork, office: str, *, speak: bool) -> None:
        """Begin to show the hall."""
        self._speak = speak
        self._work = work
        self.picture.set_office(office)
        self._look_timer.start()
        self._second.start()
        self.look()

    def failed(self, error: BaseException) -> None:
        """Let what is shown grow old, and say so; the next look may bring news."""
        self._asking = False
        self.picture.show_moment(self._clock())
        if self._work is None:
            raise error

    @Slot()
    def look(self) -> None:
        """Ask whether anything changed, one question at a time."""
        if self._asking or self._work is None:
            return
        self._asking = True
        work, mark, seq, moment = self._work, self._mark, self._seq, self._clock().timestamp()
        fresh = moment - self._fresh_at >= FRESH_S

        def ask() -> _Seen:
            if not fresh and work.mark() == mark:
                return _Seen(None, ())
            state = work.state()
            work.shown(state)
            newest = _newest(state)
            if seq is None or newest == seq:
                return _Seen(state, ())
            # A queue that was damaged and begins anew counts its calls from the beginning.
            return _Seen(state, work.calls_after(seq if newest > seq else 0))

        self._bridge.ask(ask, self._seen, self.failed)

    def _seen(self, seen: _Seen) -> None:
        self._asking = False
        state = seen.state
        if state is None:
            return
        self._mark = state.mark
        self._fresh_at = state.moment.timestamp()
        self._seq = max([_newest(state), *(call.seq for call in seen.calls)])
        self.picture.show_view(state)
        self.picture.show_moment(self._clock())
        for call in seen.calls:
            self._flashes = FLASHES
            if self._speak:
                self._speaker.say(Announcement(call_clips(call.number, call.counter)))
        if seen.calls:
            self._blink()
            self._flash.start()

    @Slot()
    def _blink(self) -> None:
        self._flashes -= 1
        self.picture.light(self._flashes % 2 == 1)
        if self._flashes <= 0:
            self.picture.light(False)
            self._flash.stop()

    @Slot()
    def _tick(self) -> None:
        self.picture.show_moment(self._clock())
        self.picture.mute(self._speak and self._speaker.trouble)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._look_timer.stop()
        self._second.stop()
        self._flash.stop()
        self.closed.emit()
        event.accept()


def _newest(state: HallView) -> int:
    return state.calls[0].seq if state.calls else 0
