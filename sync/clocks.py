"""How far this computer's clock and the portal's are apart, and what follows from it.

More than two minutes is told to the officer. More than a day lets the desk give provisional codes
until a contact finds the clocks together again: a number must never be taken of another day's
block. The portal's time is never taken as this desk's own.
"""

from __future__ import annotations

from counter.errors import ClockWrong
from counter.store import leases
from counter.store.store import Store, find_mark, forget_mark, note_mark

SKEW_S = 120
"""The contract warns from here on; the work goes on."""

DAY_S = 24 * 3600


def trouble(skew_s: float | None) -> ClockWrong | None:
    """Return what to tell of a clock; None while it is right, or nothing is known."""
    if skew_s is None or abs(skew_s) <= SKEW_S:
        return None
    return ClockWrong(minutes=round(abs(skew_s) / 60))


def note(store: Store, skew_s: float | None) -> None:
    """Keep whether this clock's day can be trusted, as far as the portal told the time."""
    if skew_s is None:
        return
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
