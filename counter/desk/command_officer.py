"""Who answers for a command that is typed at a terminal."""

from __future__ import annotations

from collections.abc import Callable

from counter.desk import officers
from counter.desk.context import Context
from counter.errors import NotSignedIn
from counter.people import Officer
from counter.secrets import find_account


def sign_in_for_command(context: Context, ask: Callable[[], tuple[str, str]] | None) -> Officer:
    """Let the officer sit down who answers for a command; the password typed counts as confirmed.

    The demonstration asks nobody, and a desk without accounts has nobody to ask: whoever sits
    there stays.

    Args:
        ask: Asks the person at the terminal for account and password; None without a terminal.

    Raises:
        NotSignedIn: Nobody gives an account.
        As ``officers.sign_in``.
    """
    if not context.training and not officers.is_new(context):
        officers.sign_in(context, *find_account(ask))
        context.seat.confirm(context.clock())
    if context.seat.officer is None:
        raise NotSignedIn
    return context.seat.officer
