"""Whether somebody sits at the desk and what that asks for, apart from the widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


class Chair(Enum):
    """Who sits at the desk when it was opened."""

    TAKEN = auto()
    EMPTY = auto()
    NEW = auto()
    """No account was ever made; the first one is the administrator's."""


@dataclass(frozen=True, slots=True)
class ChairHands:
    """What signing in does; each runs on the ``counter`` thread.

    Attributes:
        sign_in: Lets the officer of this account sit down and returns the name to show.
        make_first: Makes the first account of a new desk, and lets it sit down.
        leave: Leaves the chair empty; true when the screen did it after a pause.
    """

    sign_in: Callable[[str, str], str]
    make_first: Callable[[str, str, str], str]
    leave: Callable[[bool], None]
