"""One dossier in an open transaction, and where each act leads from its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from counter.acts import ActKind
from counter.desk.context import Context
from counter.dossier import Actor, Status, check_step
from counter.errors import WrongStep
from counter.procedures import Procedure
from counter.store import leases, life
from counter.store.tables import DossierRow


@dataclass(frozen=True, slots=True)
class Way:
    """Where an act begins and leads, and in whose name it is done; no end leaves the state."""

    starts: frozenset[Status]
    end: Status | None = None
    actor: Actor = Actor.OFFICER


_OPEN = frozenset(status for status in Status if not status.is_final)
_AT_WORK = frozenset({Status.ACCEPTED, Status.IN_PROCESS})
_WAYS = {
    ActKind.ACCEPT: Way(frozenset({Status.FILED}), Status.ACCEPTED),
    ActKind.COLLECT: Way(_OPEN - {Status.FILED}),
    ActKind.HAND_OVER: Way(frozenset({Status.ACCEPTED}), Status.IN_PROCESS),
    ActKind.ASK_SUPPLEMENT: Way(_AT_WORK | {Status.FILED}, Status.SUPPLEMENT),
    ActKind.ASK_PAYMENT: Way(_AT_WORK, Status.PAYMENT),
    ActKind.TAKE_RESULT: Way(_AT_WORK, Status.DONE),
    ActKind.RETURN_RESULT: Way(frozenset({Status.DONE}), Status.RETURNED),
    ActKind.DRAFT_APOLOGY: Way(frozenset({Status.IN_PROCESS}), Status.IN_PROCESS),
    ActKind.DRAFT_STOP: Way(_OPEN - {Status.DONE}, Status.STOPPED, Actor.SUPERVISOR),
    ActKind.REFUSE: Way(frozenset({Status.FILED, Status.SUPPLEMENT}), Status.REFUSED),
    ActKind.WITHDRAW: Way(_OPEN, Status.WITHDRAWN, Actor.CITIZEN),
    ActKind.CORRECT_RESULT: Way(frozenset({Status.DONE}), Status.IN_PROCESS, Actor.SUPERVISOR),
    ActKind.RECALL: Way(frozenset({Status.RETURNED}), Status.DONE),
    ActKind.CORRECT_RETURN: Way(frozenset({Status.RETURNED})),
    ActKind.HAND_TO_POST: Way(frozenset({Status.DONE})),
    ActKind.MOVE: Way(_OPEN),
    ActKind.SETTLE_RECEIPT: Way(frozenset(Status)),
    ActKind.GIVE_BACK: Way(frozenset(Status)),
    ActKind.CORRECT: Way(_OPEN),
    ActKind.VOID: Way(_AT_WORK, Status.STOPPED, Actor.SUPERVISOR),
}
LETTERS = {"apology": ActKind.DRAFT_APOLOGY, "stop": ActKind.DRAFT_STOP}


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier in the transaction that is open for it."""

    context: Context
    session: Session
    row: DossierRow
    moment: datetime

    @property
    def status(self) -> Status:
        """Its state now."""
        return Status(self.row.status)

    @property
    def left(self) -> Status | None:
        """The state it had before a supplement or payment."""
        return None if self.row.left_status is None else Status(self.row.left_status)

    def way(self, kind: ActKind) -> Way:
        """Return where an act of *kind* would lead from here.

        Raises:
            WrongStep, WrongActor: It cannot be done now.
            NoLetter: No letter waits for the leader.
        """
        if kind is ActKind.SIGN_LETTER:
            return self.way(LETTERS[life.get_letter(self.session, self.row).kind])
        if kind is ActKind.TAKE_SUPPLEMENT:
            way = Way(frozenset({Status.SUPPLEMENT}), self.back)
        elif kind is ActKind.ACCEPT and self.left is Status.FILED:
            way = Way(frozenset({Status.SUPPLEMENT}), Status.ACCEPTED)
        elif kind is ActKind.COLLECT and self.status is Status.PAYMENT:
            way = Way(frozenset({Status.PAYMENT}), self.back, Actor.PROGRAM)
        else:
            way = _WAYS[kind]
        if self.status not in way.starts:
            end = way.end or self.status
            raise WrongStep(start=self.status.value, end=end.value)
        if way.end is not None:
            check_step(self.status, way.end, way.actor, self.left)
        return way

    @property
    def back(self) -> Status:
        """Where a supplement or payment leads back to."""
        return Status.IN_PROCESS if self.left is Status.IN_PROCESS else Status.ACCEPTED

    def procedure(self) -> Procedure | None:
        """Return the version it was received under, None when the catalogue lost it."""
        return self.context.catalogue.find_revision(
            self.row.procedure_code, self.row.procedure_revision
        )

    def number(self, book: str, mark: str) -> str:
        """Take the next number of *book* in this desk's year, such as ``12/2026-Q01/HDHS``."""
        desk_id = self.context.settings.settings.desk.id
        return leases.number_of(
            self.session, book=book, mark=mark, desk_id=desk_id, moment=self.moment
        )
