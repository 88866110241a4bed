"""What was done to a dossier, told twice in its transaction: to its history and to the portal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.facts import Fact
from counter.desk.receipts import note_history
from counter.messages import EventFacts, event_body
from counter.store import outbox
from counter.store.tables import DossierRow
from counter.values import uuid7


def tell(
    context: Context,
    session: Session,
    row: DossierRow,
    fact: Fact,
    *,
    before: int,
    moment: datetime,
) -> None:
    """Write the line of history and put the message; of another system's dossier only the line.

    Args:
        before: The state it had before what is told.
    """
    note_history(context, session, row, event=fact.event, moment=moment, text=fact.text)
    if row.system:
        return
    outbox.put(
        session,
        key=uuid7(moment),
        dossier_id=row.id,
        kind=outbox.EVENT,
        facts=event_body(
            context.settings.settings,
            row.id,
            EventFacts(
                id=uuid7(moment),
                seq=outbox.events_of(session, row.id) + 1,
                kind=fact.kind,
                at=moment,
                before=before,
                after=row.status,
                text=fact.told or fact.text,
                unit=row.unit,
                due_at=row.due_at,
                form=fact.form,
                form_number=fact.number,
                parts=fact.parts,
            ),
        ),
        moment=moment,
    )
