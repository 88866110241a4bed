"""Whoever sits at the desk changes the own password; nobody else comes to know it."""

from __future__ import annotations

from counter import passwords
from counter.desk import officers, own_choice
from counter.desk.context import Context
from counter.errors import NotSignedIn


def change_own_password(context: Context, old: str, new: str) -> None:
    """Set the own password or PIN anew; that it was done is noted in the chain.

    Args:
        old: The one that holds now; a wrong one counts as a failed try of signing in.

    Raises:
        NotSignedIn: Nobody sits here.
        WrongPassword, AccountClosed: The old one is wrong, or was wrong too often.
        SamePassword, WeakPassword: The new one is the old one, or too easy; the old one holds.
    """
    officer = context.seat.officer
    if officer is None:
        raise NotSignedIn
    officers.confirm_again(context, old)
    officers.require_confirmed(context)  # typed for this act, it serves no other
    own_choice.check(officer, old, new)
    kept = passwords.keep(new)
    with context.store.writing() as session:
        row = officers.working(session, officer.id)
        own_choice.keep(session, row, kept, context.clock())
