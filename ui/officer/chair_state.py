"""Whether somebody sits at the desk and what that asks for, apart from the widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
class SignInAsked:
    """Somebody wants to sit down.

    Attributes:
        name: Given for a new desk's first account only.
        new: The own password that takes the place of one that an administrator has set.
        card: What the officer's card told, where the account has asked for it.
    """

    account: str
    password: str = field(repr=False)
    name: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    card: CardReading | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ChairHands:
    """What signing in does; each runs on the ``counter`` thread.

    Attributes:
        sign_in: Lets the officer who asks sit down and returns the name to show.
        make_first: Makes the first account of a new desk, and lets it sit down.
        leave: Leaves the chair empty; true when the screen did it after a pause.
        change_password: Sets the password of whoever sits here anew; told the old one and the new.
    """

    sign_in: Callable[[SignInAsked], str]
    make_first: Callable[[str, str, str], str]
    leave: Callable[[bool], None]
    change_password: Callable[[str, str], None]
