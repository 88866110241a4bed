"""The officers' page at work; see ``counter.roster.PeopleWork`` for what each promises."""

from __future__ import annotations

from dataclasses import dataclass

from counter.cards import CardReading
from counter.desk import officers, second_factor
from counter.desk.context import Context
from counter.people import Action, Officer, Seat, may
from counter.roster import Account, CardGone, OfficerLine


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """What an administrator does with accounts, each done in ``officers``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the administrator sits."""
        return self.context.seat

    @may(Action.PEOPLE)
    def list(self) -> tuple[OfficerLine, ...]:
        """Return every officer, by name."""
        return officers.officers(self.context)

    @may(Action.PEOPLE)
    def make(self, account: Account, password: str) -> Officer:
        """Make an account."""
        officers.require_confirmed(self.context)
        return officers.make_officer(self.context, account, password)

    @may(Action.PEOPLE)
    def change(self, account: Account) -> Officer:
        """Give an account another name, title or roles."""
        officers.require_confirmed(self.context)
        return officers.change_officer(self.context, account)

    @may(Action.PEOPLE)
    def set_password(self, account: str, password: str) -> None:
        """Set a forgotten password or PIN anew."""
        officers.require_confirmed(self.context)
        officers.set_password(self.context, account, password)

    @may(Action.PEOPLE)
    def lock(self, account: str) -> None:
        """Let nobody sign in with it."""
        officers.require_confirmed(self.context)
        officers.set_open(self.context, account, is_open=False)

    @may(Action.PEOPLE)
    def unlock(self, account: str) -> None:
        """Open a locked account again."""
        officers.require_confirmed(self.context)
        officers.set_open(self.context, account, is_open=True)

    @may(Action.PEOPLE)
    def end_service(self, account: str) -> None:
        """Close an account for good."""
        officers.require_confirmed(self.context)
        officers.end_service(self.context, account)

    @may(Action.PEOPLE)
    def enrol_card(self, account: str, reading: CardReading) -> None:
        """Ask for this card at every sign-in from now on."""
        second_factor.check_enrolling(self.context, account, reading)
        officers.require_confirmed(self.context)
        second_factor.enrol_card(self.context, account, reading)

    @may(Action.PEOPLE)
    def drop_card(self, account: str, why: CardGone) -> None:
        """Ask for no card any more."""
        officers.require_confirmed(self.context)
        second_factor.drop_card(self.context, account, why)
