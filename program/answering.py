"""Who answers for a command that changes what lies beside the desk's database, or replaces it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from counter.people import THE_PROGRAM, Action, Officer
from program.rooms import data_folder, desk_signed_in, opening, sign_in

if TYPE_CHECKING:
    import argparse

    from counter.desk.context import Context


@contextmanager
def answered_for(arguments: argparse.Namespace, action: Action) -> Iterator[Context | None]:
    """Let an officer answer for what a command changes beside the desk's database.

    Before a desk is set up, and where nobody has an account, nobody is asked and nothing is opened:
    None. Elsewhere the desk is opened, so no window may be at work; raises as ``desk_signed_in``.
    """
    if not data_folder(arguments).has_accounts():
        yield None
        return
    with desk_signed_in(arguments, action) as context:
        yield context


def who_answers(arguments: argparse.Namespace) -> Officer:
    """Return who takes the place of the desk that lives in the folder; the program where none can.

    Raises:
        NotSignedIn, WrongPassword, AccountClosed, NotAllowed: No administrator signed in.
        NoKey, WrongKey: The desk that lives there cannot be opened with this passphrase.
    """
    from counter.desk.opening import open_desk, passphrase_for
    from counter.errors import BadSettings, Damaged, WrongKey
    from counter.store.key import open_key

    folder = data_folder(arguments)
    if not folder.has_accounts():
        return THE_PROGRAM
    # A damaged desk is what a restore is for.
    how = opening(arguments)
    try:
        how = replace(how, typed=passphrase_for(how))
        open_key(folder.key, how.typed)
    except (Damaged, BadSettings):
        return THE_PROGRAM
    try:
        with open_desk(how) as context:
            return sign_in(context, Action.MAINTAIN)
    except (Damaged, WrongKey):  # the passphrase is right, so the database is no database any more
        return THE_PROGRAM
