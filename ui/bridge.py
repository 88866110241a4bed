"""The one place where other threads meet Qt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

TURN_S = 0.0005
"""How long a busy thread may keep Python from the others; Python's own habit is ten times that.

The window asks for Python at every turn of its loop and often while it paints: beside a thread
that reads a card or packs a batch, a page could stand for a tenth of a second.
"""


class Bridge(QObject):
    """Carries calls to the counter's thread and answers back to the main thread.

    Args:
        thread: The kiosk has no courier; what it asks of the portal runs on ``sync``.
    """

    _hop = Signal(object)

    def __init__(self, parent: QObject | None = None, *, thread: str = "counter") -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN_S)
        self._counter = ThreadPoolExecutor(max_workers=1, thread_name_prefix=thread)
        self._is_closed = False
        self._hop.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def to_main(self, call: Callable[[], object]) -> None:
        """Run *call* on the main thread, soon. Safe from any thread."""
        self._hop.emit(call)

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Run *work* on the counter's thread; then *done* or *failed* on the main thread.

        After ``close`` nothing is run: whoever would hear the answer is going away.
        """
        if self._is_closed:
            return

        def finish(future: Future[T]) -> None:
            error = future.exception()
            if error is None:
                answer = future.result()
                self.to_main(lambda: done(answer))
            else:
                self.to_main(lambda: failed(error))

        self._counter.submit(work).add_done_callback(finish)

    def close(self) -> None:
        """Finish what was asked and end the counter's thread; what is told later is dropped."""
        self._is_closed = True
        self._counter.shutdown(wait=True)

    @Slot(object)
    def _run(self, call: Callable[[], object]) -> None:
        if not self._is_closed:
            call()
