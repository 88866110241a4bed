"""Whose a dossier is: a post-office clerk handles what the clerk has received, and no other.

The clerk works for another enterprise; the rest of the commune's dossiers is no business of theirs
(docs/decisions/0068; the state machine's actor is the post-office clerk for "own dossiers").
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from counter.desk.context import Context
from counter.errors import NotOwnDossier, NotSignedIn
from counter.people import Action, Officer
from counter.store.tables import DossierRow


def seated(context: Context) -> Officer:
    """Return who sits at the desk.

    Raises:
        NotSignedIn: Nobody does.
    """
    if context.seat.officer is None:
        raise NotSignedIn
    return context.seat.officer


def received_by(officer: Officer) -> ColumnElement[bool]:
    """Return the condition for what *officer* has received at this desk, and not at a sister's."""
    return (DossierRow.officer_id == officer.id) & (DossierRow.elsewhere == "")


def seen_by(officer: Officer) -> ColumnElement[bool]:
    """Return the condition for what *officer* may see: everything, or only the own ones."""
    return true() if officer.may(Action.READ) else received_by(officer)


def may_see(context: Context, received: str) -> bool:
    """Tell whether who sits here may see what the officer of the code *received* wrote down here.

    Raises:
        NotSignedIn: Nobody sits here.
    """
    officer = seated(context)
    return officer.id == received or officer.may(Action.READ)


def check_own(context: Context, row: DossierRow) -> None:
    """Let who sits here go on with a dossier, if they may read any or have received this one.

    Raises:
        NotSignedIn: Nobody sits here.
        NotOwnDossier: This officer handles only the own ones, and this is somebody else's.
    """
    if not may_see(context, "" if row.elsewhere else row.officer_id):
        raise NotOwnDossier
