"""Questions to the desk: asked on its thread, answered here; none before it is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from counter.errors import ConfirmAgain
from ui.officer.newest import Newest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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

        self._parent: QWidget | None = None

    def confirm_over(self, parent: QWidget) -> None:
        """Ask for the officer's password over *parent* where the desk wants it once more."""
        self._parent = parent

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
        """Do *work* with the desk on the counter's thread; then *done* or *failed* here.

        Something grave is done again once the officer has typed the password once more.
        """
        desk = self._desk
        if desk is None:
            return

        def fell(error: BaseException) -> None:
            if isinstance(error, ConfirmAgain) and self._parent is not None:
                self._confirm(desk, lambda: self.ask(work, done, failed), error, failed)
            else:
                (failed or self._complain)(error)

        self._bridge.ask(lambda: work(desk), done, fell)

    def _confirm(
        self,
        desk: DeskWork,
        again: Callable[[], None],
        error: BaseException,
        failed: Callable[[BaseException], object] | None,
    ) -> None:
        from ui.parts.confirm import ConfirmDialog

        dialog = ConfirmDialog(self._parent)

        def given(password: object) -> None:
            self._bridge.ask(
                lambda: desk.confirm_again(str(password)), confirmed, dialog.show_refused
            )

        def confirmed(_none: None) -> None:
            dialog.accept()
            again()

        dialog.given.connect(given)
        dialog.rejected.connect(lambda: (failed or self._complain)(error))
        dialog.open()

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
