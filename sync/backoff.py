"""How long to wait before the portal is asked again."""

from __future__ import annotations

from random import Random

FIRST_S = 1.0
LONGEST_S = 300.0


SPREAD = 0.2


def listen_s(longest_s: float, chance: Random) -> float:
    """Return the seconds to wait at the portal for news, up to a fifth less than *longest_s*.

    Desks that began in the same second, as all do after an outage, drift apart by it.
    """
    return longest_s * (1.0 - SPREAD * chance.random())


def wait_s(failures: int, chance: Random, asked_for_s: float = 0.0) -> float:
    """Return the seconds to wait after *failures* failed tries in a row, at least one.

    Full jitter between one second and a bound that doubles up to five minutes, so that the desks
    of a province do not come back together after an outage. What the portal asked for
    (``Retry-After``) is never undercut.
    """
    bound = min(LONGEST_S, FIRST_S * 2.0 ** min(failures, 16))
    return max(chance.uniform(FIRST_S, bound), asked_for_s)
