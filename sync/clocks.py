"""How far this computer's clock and the portal's are apart, and what follows from it.

More than two minutes is told to the officer. More than a day lets the desk give provisional codes
until a contact finds the clocks together again: a number must never be taken of another day's
block. The portal's time is never taken as this desk's own.
"""

from __future__ import annotations

from counter.errors import ClockWrong
from counter.store import leases
from counter.store.store import Store, find_mark, forget_mark, note_mark
from counter.values import CLOCK_WRONG_S

DAY_S = 24 * 3600


def trouble(skew_s: float | None) -> ClockWrong | None:
    """Return what to tell of a clock; None while it is right, or nothing is known."""
    if skew_s is None or abs(skew_s) <= CLOCK_WRONG_S:
        return None
    return ClockWrong(minutes=round(abs(skew_s) / 60))


def note(store: Store, skew_s: float | None) -> None:
    """Keep how far the clocks are apart, and whether this one's day can be trusted."""
    if skew_s is None:
        return
    store.clocks.heard(skew_s)
    is_off = abs(skew_s) > DAY_S
    with store.reading() as session:
        was_off = find_mark(session, leases.CLOCK_OFF) is not None
    if is_off == was_off:
        return
    with store.writing() as session:
        if is_off:
            note_mark(session, leases.CLOCK_OFF, str(round(skew_s)))
        else:
            forget_mark(session, leases.CLOCK_OFF)
