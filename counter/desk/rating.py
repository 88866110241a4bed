"""An answer about the service, given on the screen that faces the citizen at the counter."""

from __future__ import annotations

from counter.desk import waiting_hall
from counter.desk.context import Context
from counter.store import dossiers


def rate(context: Context, code: str, score: int) -> None:
    """Keep one answer about the dossier with this code; neither counter nor officer stands in it.

    No role is asked: it is the citizen's act, not the officer's.

    Raises:
        UnknownDossier: No dossier here has the code.
        AlreadyRated: It was rated before.
        QueueAway: The office database does not answer; the answer is lost.
    """
    with context.store.reading() as session:
        row = dossiers.get_by_code(session, code)
        known = (row.procedure_code, row.procedure_revision)
    procedure = context.catalogue.find_revision(*known)
    service = None if procedure is None else procedure.field.letter
    waiting_hall.rate(context.hall, code, score, service=service)
