"""Failed tries to sign in: after five of them an account stays shut for a while, ever longer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.errors import AccountClosed
from counter.people import THE_PROGRAM
from counter.store import trail
from counter.store.people_tables import OfficerRow, TryRow

FREE_TRIES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 15 * 60


def bring_near(context: Context, account: str, moment: datetime) -> None:
    """Let an account that a clock set back would close for years open after the longest wait."""
    latest = moment + timedelta(seconds=LONGEST_WAIT_S)
    with context.store.reading() as session:
        tried = session.get(TryRow, account)
    if tried is None or tried.closed_until is None or tried.closed_until <= latest:
        return
    with context.store.noting() as session:
        kept = session.get(TryRow, account)
        if kept is not None:
            kept.closed_until = latest


def check_open(session: Session, account: str, moment: datetime) -> None:
    """Refuse an account that is shut now.

    Raises:
        AccountClosed: Too many failed tries; ``seconds`` says how long it lasts.
    """
    tried = session.get(TryRow, account)
    if tried is None or tried.closed_until is None:
        return
    left = (tried.closed_until - moment).total_seconds()
    if left > 0:
        raise AccountClosed(seconds=int(left) + 1)


def count_failure(context: Context, account: str, moment: datetime) -> None:
    """Count and note one failed try, and shut the account when it was one too many."""
    with context.store.noting() as session:
        tried = session.get(TryRow, account)
        if tried is None:
            tried = TryRow(account=account)
            session.add(tried)
        tried.failures += 1
        over = tried.failures - FREE_TRIES
        if over >= 0:
            wait = min(FIRST_WAIT_S * 2 ** min(over, 10), LONGEST_WAIT_S)
            tried.closed_until = moment + timedelta(seconds=wait)
        known = session.get(OfficerRow, account) is not None
        counted = str(tried.failures) if known else f"unknown {tried.failures}"
        officer = context.seat.officer
        trail.note(
            session,
            officer=THE_PROGRAM.id if officer is None else officer.id,
            action="people.refused",
            moment=moment,
            subject=account if known else "",
            detail=counted,
        )


def forget(session: Session, account: str) -> None:
    """Begin to count anew; the account is not shut any more."""
    tried = session.get(TryRow, account)
    if tried is not None:
        session.delete(tried)
