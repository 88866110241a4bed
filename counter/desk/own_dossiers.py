"""Whose a dossier is: a post-office clerk handles what the clerk has received, and no other.

The clerk works for another enterprise; the rest of the commune's dossiers is no business of theirs
(docs/decisions/0068; the state machine's actor is the post-office clerk for "own dossiers").
"""

from __future__ import annotations

from sqlalchemy import ColumnElement

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


def check_own(context: Context, row: DossierRow) -> None:
    """Let who sits here go on with a dossier, if they may read any or have received this one.

    Raises:
        NotSignedIn: Nobody sits here.
        NotOwnDossier: This officer handles only the own ones, and this is somebody else's.
    """
    officer = seated(context)
    is_own = row.officer_id == officer.id and not row.elsewhere
    if not (is_own or officer.may(Action.READ)):
        raise NotOwnDossier
