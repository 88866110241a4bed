"""The officers of a desk as an administrator sees them, and what is done with their accounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Protocol

from counter.cards import CardReading
from counter.people import Officer, Role


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator says of an officer; whether one may sign in is said by ``lock``.

    Attributes:
        id: The sign-in name, which is also the officer's code in every record.
    """

    id: str
    name: str = field(repr=False)
    title: str
    roles: frozenset[Role]


class Service(Enum):
    """Whether an account may sign in."""

    OPEN = auto()
    LOCKED = auto()
    ENDED = auto()
    """For good; the account stays, since records name it."""


class CardGone(StrEnum):
    """Why an account asks for its card no more; it stands in the chain."""

    LOST = "lost"
    REPLACED = "replaced"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer in the administrator's list.

    Attributes:
        must_change: An administrator set the password; its owner has not chosen another yet.
    """

    officer: Officer
    service: Service
    needs_card: bool
    must_change: bool = False

    @property
    def active(self) -> bool:
        """Whether the account may sign in."""
        return self.service is Service.OPEN


class PeopleWork(Protocol):
    """What an administrator does with accounts; each change wants the password typed once more.

    Every method may raise NotSignedIn, NotAllowed or ConfirmAgain, and changes nothing then.
    """

    def list(self) -> tuple[OfficerLine, ...]:
        """Return every officer, by name."""

    def make(self, account: Account, password: str) -> Officer:
        """Make an account, whose owner chooses another password first of all.

        Raises:
            BadAccount, WeakPassword: None is made.
        """

    def change(self, account: Account) -> Officer:
        """Give an account another name, title or roles; raises BadAccount, LastAdministrator."""

    def set_password(self, account: str, password: str) -> None:
        """Set a forgotten password or PIN anew; another's owner chooses another first of all.

        Raises:
            BadAccount, WeakPassword, ServiceEnded: The old one holds.
        """

    def lock(self, account: str) -> None:
        """Let nobody sign in with it; raises NotYourself, LastAdministrator, ServiceEnded."""

    def unlock(self, account: str) -> None:
        """Open a locked account again; raises ServiceEnded."""

    def end_service(self, account: str) -> None:
        """Close an account for good; its name stays in every record."""

    def enrol_card(self, account: str, reading: CardReading) -> None:
        """Ask for this card at every sign-in from now on.

        Raises:
            CardNotAuthentic, CardOfOnlyAdministrator: Nothing is asked for.
        """

    def drop_card(self, account: str, why: CardGone) -> None:
        """Ask for no card any more."""
