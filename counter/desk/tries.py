"""Failed tries to sign in: after five of them an account stays shut for a while, ever longer.

Of a name that is no account only a digest is kept: people type their password there by mistake.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.errors import AccountClosed
from counter.people import THE_PROGRAM
from counter.store import trail
from counter.store.people_tables import OfficerRow, TryRow

FREE_TRIES = 5
FIRST_WAIT_S, LONGEST_WAIT_S = 30, 15 * 60


def check_open(context: Context, account: str, moment: datetime) -> None:
    """Refuse an account that is shut now.

    One that a clock set back would close for years opens after the longest wait.

    Raises:
        AccountClosed: Too many failed tries; ``seconds`` says how long it lasts.
    """
    latest = moment + timedelta(seconds=LONGEST_WAIT_S)
    with context.store.reading() as session:
        tried = session.get(TryRow, _kept_as(context, session, account))
    if tried is None or tried.closed_until is None:
        return
    if tried.closed_until > latest:
        with context.store.noting() as session:
            kept = session.get(TryRow, tried.account)
            if kept is not None:
                kept.closed_until = latest
    left = (min(tried.closed_until, latest) - moment).total_seconds()
    if left > 0:
        raise AccountClosed(seconds=int(left) + 1)


def count_failure(context: Context, account: str, moment: datetime) -> None:
    """Count and note one failed try, and shut the account when it was one too many."""
    with context.store.noting() as session:
        name = _kept_as(context, session, account)
        tried = session.get(TryRow, name)
        if tried is None:
            tried = TryRow(account=name)
            session.add(tried)
        tried.failures += 1
        over = tried.failures - FREE_TRIES
        if over >= 0:
            wait = min(FIRST_WAIT_S * 2 ** min(over, 10), LONGEST_WAIT_S)
            tried.closed_until = moment + timedelta(seconds=wait)
        known = name == account
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


def _kept_as(context: Context, session: Session, account: str) -> str:
    """Return under what the tries of *account* stand: its name, or of none a keyed digest."""
    if session.get(OfficerRow, account) is not None:
        return account
    told = f"no account {account}"
    return "no account " + hmac.new(context.store.key, told.encode(), "sha256").hexdigest()
