"""Whose turn it is to hear of cards while a form over the page waits for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.ports import CardEvent


class CardTurn:
    """Holds the one form that waits for a card; else nobody has the turn."""

    def __init__(self) -> None:
        self._taker: Callable[[CardEvent], bool] | None = None

    def take(self, taker: Callable[[CardEvent], bool]) -> None:
        """Let *taker* hear of cards first; it returns whether it took the event."""
        self._taker = taker

    def give_back(self) -> None:
        """Nobody waits for a card any more."""
        self._taker = None

    def offer(self, event: CardEvent) -> bool:
        """Return whether somebody with the turn took *event*."""
        return self._taker is not None and self._taker(event)
