"""Questions to the desk: asked on its thread, answered here; none before it is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ui.officer.newest import Newest

if TYPE_CHECKING:
    from counter.work import DeskWork
    from ui.bridge import Bridge

T = TypeVar("T")


class Asking:
    """What the window asks the desk with.

    Args:
        complain: Shows an error nobody else answers for.
    """

    def __init__(self, bridge: Bridge, complain: Callable[[BaseException], object]) -> None:
        self._bridge = bridge
        self._complain = complain
        self._desk: DeskWork | None = None

    @property
    def is_open(self) -> bool:
        """Whether the desk can be asked."""
        return self._desk is not None

    def open(self, desk: DeskWork) -> None:
        """Ask *desk* from now on."""
        self._desk = desk

    def ask(
        self,
        work: Callable[[DeskWork], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Do *work* with the desk on the counter's thread; then *done* or *failed* here."""
        desk = self._desk
        if desk is not None:
            self._bridge.ask(lambda: work(desk), done, failed or self._complain)

    def newest(
        self, work: Callable[[DeskWork, str], T], show: Callable[[T], object]
    ) -> Callable[[str], None]:
        """Return a question for what is typed: of those that wait only the newest is asked."""

        def ask(
            text: str, done: Callable[[T], object], failed: Callable[[BaseException], object]
        ) -> None:
            self.ask(partial(_with_text, work, text), done, failed)

        asked: Newest[str, T] = Newest(ask, show, self._complain)

        def ask_if_open(text: str) -> None:
            if self.is_open:
                asked.ask(text)

        return ask_if_open


def _with_text(work: Callable[[DeskWork, str], T], text: str, desk: DeskWork) -> T:
    return work(desk, text)
