"""Questions asked while typing: one at a time, and of those that wait only the newest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Newest(Generic[Asked, Answer]):
    """Keeps a slow desk from answering what nobody asks any more.

    Args:
        ask: Asks one question; calls the second argument with the answer or the third with an
            error, later.
        show: Shows the newest answer.
        complain: Shows why there is none.
    """

    def __init__(
        self,
        ask: Callable[
            [Asked, Callable[[Answer], object], Callable[[BaseException], object]], object
        ],
        show: Callable[[Answer], object],
        complain: Callable[[BaseException], object],
    ) -> None:
        self._ask = ask
        self._show = show
        self._complain = complain
        self._is_busy = False
        self._next: Callable[[], None] | None = None

    def ask(self, asked: Asked) -> None:
        """Ask now, or when the answer on its way is here; that one is not shown then."""
        if self._is_busy:
            self._next = partial(self.ask, asked)
            return
        self._is_busy = True
        self._ask(asked, self._answered, self._failed)

    def _answered(self, answer: Answer) -> None:
        self._is_busy = False
        if self._next is None:
            self._show(answer)
        else:
            self._go_on()

    def _failed(self, error: BaseException) -> None:
        self._is_busy = False
        if self._next is None:
            self._complain(error)
        else:
            self._go_on()

    def _go_on(self) -> None:
        ask, self._next = self._next, None
        if ask is not None:
            ask()
