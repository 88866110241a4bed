"""Paper receipts of a power cut, keyed later with their true time, a reason and a leader.

The number is of the day it is keyed, for that is the day its block is of; time of reception and
due date are the true ones, and a second fact tells history and portal that it was keyed later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.acts import Confirmation, Confirmer, Leader
from counter.desk import confirming, planning, reception
from counter.desk.context import Context
from counter.desk.facts import name_of, reason_of
from counter.desk.receipts import contents_of, note_history, receipt_job
from counter.errors import LateTimeWrong, PaperKeyed
from counter.late import LateEntry
from counter.messages import EventFacts, event_body
from counter.people import Action
from counter.procedures import Procedure
from counter.store import outbox
from counter.store.dossiers import find_row
from counter.store.tables import DossierRow, HistoryRow
from counter.values import local_day, uuid7
from counter.work import Reception, ReceptionAsked

KEYED_LATE = "dossier.keyed_late"
AT_MOST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LateDesk:
    """The paper receipts of one desk; see ``counter.late.LateWork``."""

    context: Context

    def confirmers(self) -> tuple[Confirmer, ...]:
        """Return who may confirm here; nobody where the leader is only named."""
        with self.context.store.reading() as session:
            return confirming.confirmers(session)

    def version(self, procedure_code: str, received_at: datetime) -> Procedure:
        """Return the version of a procedure that was in force when a paper was written.

        Raises:
            UnknownProcedure: None was in force on that day.
        """
        return self.context.catalogue.get(procedure_code, local_day(received_at))

    def receive(
        self, asked: ReceptionAsked, late: LateEntry, confirmed: Confirmation | None
    ) -> Reception:
        """Key a paper receipt; when this returns it is on disk with its outbox messages.

        Keying it again with the same ``dossier_id`` changes nothing and answers the same dossier.

        Raises:
            LateTimeWrong: The time lies ahead, or too long ago.
            ProcedureChanged: The version of that day demands other papers; see ``version``.
            PaperKeyed: A paper receipt of this number was keyed before.
            ReasonNeeded, LeaderNeeded, ConfirmationNeeded, WrongPassword, AccountClosed: The
                paper's number, the reason or the leader is missing or wrong.
            Refused: As ``reception.receive``.
        """
        context = self.context
        moment = context.clock()
        paper, reason = reason_of(late.paper), reason_of(late.reason)
        if not moment - AT_MOST <= late.received_at <= moment:
            raise LateTimeWrong
        procedure, due = planning.checked(context, asked, late.received_at)
        agreed = confirming.led(
            context, late.leader, confirmed, what=KEYED_LATE, asks=Action.RECEIVE
        )
        leader = name_of(Leader(agreed))
        told = f"{paper} · {reason} · {leader}"
        with context.store.writing() as session:
            row = find_row(session, asked.dossier_id)
            if row is None:
                same = select(HistoryRow.row).where(
                    HistoryRow.event == KEYED_LATE,
                    HistoryRow.text.startswith(f"{paper} · ", autoescape=True),
                )
                if session.scalar(same.limit(1)) is not None:
                    raise PaperKeyed(paper=paper)
                row, contents = reception.keep(
                    context,
                    session,
                    asked,
                    procedure,
                    due=due,
                    moment=moment,
                    true_at=late.received_at,
                )
                note_history(context, session, row, event=KEYED_LATE, moment=moment, text=told)
                if not row.system:
                    _tell(context, session=session, row=row, told=told)
            else:
                contents = contents_of(session, row)
            job = receipt_job(context, session, row, contents, moment=moment, reprint=False)
        return reception.outcome_of(row, (job,))


def _tell(context: Context, *, session: Session, row: DossierRow, told: str) -> None:
    moment = context.clock()
    facts = EventFacts(
        id=uuid7(moment),
        seq=outbox.events_of(session, row.id) + 1,
        kind="note",
        at=moment,
        before=row.status,
        after=row.status,
        text=f"Nhập bù giấy tiếp nhận viết tay: {told}",
        due_at=row.due_at,
    )
    outbox.put(
        session,
        key=uuid7(moment),
        dossier_id=row.id,
        kind=outbox.EVENT,
        facts=event_body(context.settings.settings, row.id, facts),
        moment=moment,
    )
