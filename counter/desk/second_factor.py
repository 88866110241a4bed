"""An officer's own card is enrolled for signing in, or dropped; both are noted in the chain."""

from __future__ import annotations

from counter import own_cards
from counter.cards import CardReading
from counter.desk import officers
from counter.desk.context import Context
from counter.errors import CardNotAuthentic, CardOfOnlyAdministrator
from counter.people import Action
from counter.roster import CardGone
from counter.store import trail


def check_enrolling(context: Context, account: str, reading: CardReading) -> None:
    """Refuse a card that cannot be the second factor of *account*.

    Raises:
        CardNotAuthentic: The chip has not proved that it is no copy.
        CardOfOnlyAdministrator: Nobody could drop it when it is lost.
    """
    if not own_cards.is_own_proof(reading):
        raise CardNotAuthentic
    with context.store.reading() as session:
        if list(officers.administrators(session)) == [account]:
            raise CardOfOnlyAdministrator


def enrol_card(context: Context, account: str, reading: CardReading) -> None:
    """Ask for this card at every sign-in of the account; of number and key only a digest stays.

    Raises:
        NotSignedIn, NotAllowed: Only an administrator does.
        CardNotAuthentic, CardOfOnlyAdministrator: As ``check_enrolling``.
        BadAccount, ServiceEnded: There is none of this name, or it is closed for good.
    """
    context.seat.require(Action.PEOPLE)
    check_enrolling(context, account, reading)
    with context.store.writing() as session:
        row = officers.working(session, account)
        row.card = own_cards.digest(reading, trail.secret(session))
        officers.note(context, session, "people.card_enrolled", account, "")


def drop_card(context: Context, account: str, why: CardGone) -> None:
    """Ask for no card any more; *why* stands in the chain.

    Raises:
        NotSignedIn, NotAllowed: Only an administrator does.
        BadAccount, ServiceEnded: There is none of this name, or it is closed for good.
    """
    context.seat.require(Action.PEOPLE)
    with context.store.writing() as session:
        row = officers.working(session, account)
        row.card = None
        officers.note(context, session, "people.card_dropped", account, why.value)
