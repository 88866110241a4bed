"""Who answers for a command that is typed at a terminal."""

from __future__ import annotations

from collections.abc import Callable

from counter.cards import CardReading
from counter.desk import officers
from counter.desk.context import Context
from counter.errors import CardNeedsPerson, NotSignedIn, OfficerCardNeeded
from counter.people import Officer
from counter.secrets import find_account


def sign_in_for_command(
    context: Context,
    ask: Callable[[], tuple[str, str]] | None,
    read_card: Callable[[], CardReading] | None = None,
) -> Officer:
    """Let the officer sit down who answers for a command; the password typed counts as confirmed.

    The demonstration asks nobody, and a desk without accounts has nobody to ask: whoever sits
    there stays.

    Args:
        ask: Asks the person at the terminal for account and password; None without a terminal.
        read_card: Asks that person for the own card, where the account wants it.

    Raises:
        NotSignedIn: Nobody gives an account.
        CardNeedsPerson: The account wants a card, and nobody can be asked for it.
        As ``officers.sign_in``.
    """
    if not context.training and not officers.is_new(context):
        account, password = find_account(ask)
        try:
            officers.sign_in(context, account, password)
        except OfficerCardNeeded as error:
            if read_card is None:
                raise CardNeedsPerson from error
            officers.sign_in(context, account, password, read_card())
        context.seat.confirm(context.clock())
    if context.seat.officer is None:
        raise NotSignedIn
    return context.seat.officer


def note_command(context: Context, action: str, detail: str) -> None:
    """Note in the chain what a command has changed beside the database, under who answers."""
    with context.store.writing() as session:
        officers.note(context, session, action, "", detail)
