"""What was received is passed on to the resolving unit, with one list that both sign."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from counter.acted import Acted, Possible
from counter.acts import HandOver
from counter.desk import acts, lists
from counter.desk.context import Context
from counter.desk.own_dossiers import check_own, received_by, seated
from counter.dossier import Status
from counter.errors import UnknownDossier
from counter.people import Action, Seat, may
from counter.store.dossiers import find_row, get_by_code
from counter.store.tables import DossierRow
from counter.values import DossierId
from counter.work import DossierView


@dataclass(frozen=True, slots=True)
class HandingDesk:
    """What is done to pass on what was received; see ``counter.handing.HandingWork``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.HAND_OVER)
    def waiting(self) -> tuple[str, ...]:
        """Return the codes of what this officer received and nobody passed on, longest first."""
        wanted = received_by(seated(self.context)) & (DossierRow.status == Status.ACCEPTED.value)
        codes = select(DossierRow.code, DossierRow.provisional_code).where(wanted)
        with self.context.store.reading() as session:
            rows = session.execute(codes.order_by(DossierRow.received_at, DossierRow.row)).all()
        return tuple(code or provisional or "" for code, provisional in rows)

    @may(Action.HAND_OVER)
    def scan(self, code: str) -> tuple[Possible, DossierView]:
        """Return what can be done with a dossier, and the dossier; that it was read is noted.

        Raises:
            UnknownDossier: No dossier here has this code.
            NotOwnDossier: Somebody else received it, and this officer handles only the own ones.
        """
        with self.context.store.reading() as session:
            check_own(self.context, get_by_code(session, code.strip().upper()))
        return acts.possible(self.context, code), lists.show(self.context, code)

    @may(Action.HAND_OVER)
    def hand_over(self, dossiers: tuple[DossierId, ...], asked: HandOver) -> tuple[Acted, ...]:
        """Pass on each of *dossiers*, all of them or none; then it is on disk with its messages.

        Raises:
            NotOwnDossier: As ``scan``.
            UnknownDossier, UnitNeeded, WrongStep: One of them cannot be passed on.
        """
        with self.context.store.reading() as session:
            for dossier_id in dossiers:
                row = find_row(session, dossier_id)
                if row is None:
                    raise UnknownDossier
                check_own(self.context, row)
        return acts.act_all(self.context, dossiers, asked)
