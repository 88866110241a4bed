"""The display board with the waiting hall behind it; it rebuilds itself after every start."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING

from counter.values import now
from program import RESOURCES, VERSION, faults, trial
from program.rooms import data_folder, opening
from program.screens import fill

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from counter.desk.context import Hall
    from counter.hall import HallView
    from counter.settings import Settings
    from ui.board.window import BoardWindow, BoardWork
    from ui.bridge import Bridge

FIRST_PAINT_MS = 40


def run(arguments: argparse.Namespace) -> int:
    """Open the board."""
    from ui.unread import leave_sources_unread

    leave_sources_unread()
    from PySide6.QtCore import QTimer

    from devices.voice import Voice, find_player
    from ui import theme
    from ui.app import make_app
    from ui.board.window import BoardWindow
    from ui.bridge import Bridge

    app, loop = make_app(sys.argv)
    faults.watch(data_folder(arguments).log, VERSION)
    theme.prepare(app, theme.HIGH_CONTRAST)
    with ExitStack() as house:
        bridge = house.enter_context(closing(Bridge()))
        voice = house.enter_context(closing(Voice(RESOURCES / "voice", find_player())))
        window = BoardWindow(bridge, voice, now)
        rooms = BoardHouse(arguments, bridge)
        house.callback(rooms.close)
        window.closed.connect(app.quit)
        signal.signal(signal.SIGTERM, lambda *_: app.quit())
        fill(window, "", whole=not arguments.demo, last=True)

        def opened(found: tuple[BoardWork, str, Settings]) -> None:
            work, office, settings = found
            if not arguments.demo:
                fill(window, settings.board.screen, whole=True, last=True)
            window.opened(work, office, speak=settings.board.speak)
            trial.watch(bridge)
            if arguments.demo:
                rooms.show_levers(window)

        def not_opened(error: BaseException) -> None:
            trial.watch(bridge, error)
            window.failed(error)

        QTimer.singleShot(FIRST_PAINT_MS, partial(bridge.ask, rooms.open, opened, not_opened))
        return loop()


class BoardHouse:
    """The hall behind one board, and the page for televisions where it is wanted."""

    def __init__(self, arguments: argparse.Namespace, bridge: Bridge) -> None:
        self._arguments = arguments
        self._bridge = bridge
        self._house = ExitStack()
        self.hall: Hall | None = None

    def open(self) -> tuple[BoardWork, str, Settings]:
        """Open everything; on the ``counter`` thread."""
        from counter.desk.opening import open_hall
        from counter.desk.queueing import center_name
        from counter.desk.waiting_hall import calls_after, hall_mark, hall_state
        from ui.board.window import BoardWork

        hall = self._house.enter_context(open_hall(opening(self._arguments)))
        self.hall = hall
        settings = hall.settings.settings
        office = center_name(settings)
        shown: Callable[[HallView], None] = _nobody
        if settings.board.page_port:
            from devices.board_page import BoardPage

            page = self._house.enter_context(closing(BoardPage(office, settings.board.page_port)))
            shown = page.show
        work = BoardWork(
            mark=lambda: hall_mark(hall),
            state=lambda: hall_state(hall),
            calls_after=lambda seq: calls_after(hall, seq),
            shown=shown,
        )
        return work, office, settings

    def show_levers(self, window: BoardWindow) -> None:
        """Show the levers of the demonstration: take a number, call it to a counter."""
        from counter.desk import calls, queueing
        from ui.board.demo import BoardDemoPanel

        hall = self.hall
        assert hall is not None  # noqa: S101 - open comes first

        def do(act: Callable[[], object]) -> None:
            self._bridge.ask(act, lambda _none: None, window.failed)

        panel = BoardDemoPanel(
            take=lambda service: do(lambda: queueing.take_ticket(hall, service, None)),
            call=lambda counter: do(lambda: calls.call_next(hall, counter)),
            services=hall.catalogue.services(),
            parent=window,
        )
        panel.show()

    def close(self) -> None:
        """Close the hall, after what the counter's thread has in hand."""
        from threading import Event

        done = Event()
        self._bridge.ask(self._house.close, lambda _none: None, lambda _error: None)
        self._bridge.ask(done.set, lambda _none: None, lambda _error: None)
        done.wait()


def _nobody(_view: HallView) -> None:
    """No page is wanted."""
