"""Whether somebody sits at the desk and what that asks for, apart from the widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.cards import CardReading


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
        sign_in: Lets the officer of this account sit down and returns the name to show; the card
            is given where the account has asked for it.
        make_first: Makes the first account of a new desk, and lets it sit down.
        leave: Leaves the chair empty; true when the screen did it after a pause.
        change_password: Sets the password of whoever sits here anew; told the old one and the new.
    """

    sign_in: Callable[[str, str, CardReading | None], str]
    make_first: Callable[[str, str, str], str]
    leave: Callable[[bool], None]
    change_password: Callable[[str, str], None]
