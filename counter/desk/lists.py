"""Read-only questions: dossiers, unsent messages, numbers left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from counter.desk import due
from counter.desk.context import Context
from counter.finding import EVERYTHING, Filter
from counter.people import Action
from counter.store import leases, outbox, parties, trail
from counter.store.dossiers import get_by_code, lines, view
from counter.store.tables import DossierRow, OutboxRow
from counter.values import local_day
from counter.work import DossierLine, DossierView, MessageLine, SerialsView, SyncStanding

DAYS_AHEAD = 14
MESSAGES_SHOWN = 500


def find_dossiers(
    context: Context, text: str, limit: int, only: Filter = EVERYTHING
) -> tuple[DossierLine, ...]:
    """Return the newest dossiers that match what an officer typed, among those of *only*."""
    with context.store.reading() as session:
        found = lines(session, text, limit, only)
    return due.marked(context, found)


def show(context: Context, code: str) -> DossierView:
    """Return one dossier by its code or provisional code; that it was read is noted.

    Raises:
        UnknownDossier: No dossier here has it.
    """
    with context.store.noting() as session:
        row = get_by_code(session, code.strip().upper())
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="dossier.read",
            moment=context.clock(),
            subject=row.id.hex,
        )
        applicant, submitter = parties.of_dossier(session, row)
        return replace(view(session, row), applicant=applicant, submitter=submitter)


def allowed(context: Context) -> frozenset[Action]:
    """Return what whoever sits at the desk may do; nothing while nobody does."""
    officer = context.seat.officer
    return frozenset(action for action in Action if officer is not None and officer.may(action))


def messages(context: Context) -> tuple[MessageLine, ...]:
    """Return what the portal has not acknowledged, oldest first, at most 500.

    Which dossier and what the portal said of it stay with those who may see dossiers.
    """
    named = Action.READ in allowed(context)
    with context.store.reading() as session:
        rows = session.execute(
            select(OutboxRow, DossierRow.code, DossierRow.provisional_code)
            .join(DossierRow, DossierRow.id == OutboxRow.dossier_id)
            .where(OutboxRow.state != "settled")
            .order_by(OutboxRow.seq)
            .limit(MESSAGES_SHOWN)
        ).all()
    return tuple(
        MessageLine(
            dossier_code=(code or provisional or "") if named else "",
            kind=message.kind,
            written_at=message.written_at,
            standing=SyncStanding(message.state),
            attempts=message.attempts,
            next_at=message.next_at,
            trouble=message.trouble if named else None,
            key=message.key if named else None,
        )
        for message, code, provisional in rows
    )


def send_again(context: Context, dossier_code: str) -> int:
    """Put the parked messages of a dossier back into the line, unchanged; return how many.

    Raises:
        UnknownDossier: No dossier here has this code.
    """
    with context.store.writing() as session:
        return outbox.send_again(session, get_by_code(session, dossier_code).id)


def serials(context: Context) -> SerialsView:
    """Return how many dossier numbers are left today, and how many days ahead have some."""
    moment = context.clock()
    today = local_day(moment)
    days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
    with context.store.reading() as session:
        left = leases.left(session, context.settings.settings.office.agency_code, days, moment)
    return SerialsView(left_today=left[today], days_ahead=sum(left[day] > 0 for day in days[1:]))
