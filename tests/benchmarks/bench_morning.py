"""What a portal meets on a morning after a province-wide outage, with 16,600 desks waiting.

Run by name: ``python3 run.py bench morning``. A simulation of arrivals, not of machines: every
desk waits as ``sync.backoff`` says, and a desk that is turned away for want of room (503) waits
again. Beside them stand desks that come back every thirty seconds by the clock, as many programs
do. It fails when the desks come together.
"""

from __future__ import annotations

import heapq
import sys
from collections import Counter
from collections.abc import Callable
from random import Random

from sync.backoff import wait_s

DESKS = 3_321 * 5
OUTAGE_S = 90 * 60
WATCHED_S = 30 * 60
ROOM = 50
"""Desks the small portal lets in within one second; the others get 503."""

MOST_AT_ONCE = 3 * DESKS / 300
"""Three times what a perfectly even spread over the longest wait would bring in a second."""

Wait = Callable[[int, Random], float]


def by_the_clock(failures: int, chance: Random) -> float:
    """Wait thirty seconds, whatever happened."""
    return 30.0


def arrivals(wait: Wait, room: int | None) -> tuple[Counter[int], list[float]]:
    """Let all desks fail through the outage, then come back.

    Args:
        room: Desks let in within one second; None for all.

    Returns:
        Knocks in each second after the outage, and when each desk was let in, in seconds.
    """
    chance = Random(1)
    queue = [(chance.random(), desk, 0) for desk in range(DESKS)]
    heapq.heapify(queue)
    knocks: Counter[int] = Counter()
    let_in: Counter[int] = Counter()
    done = []
    while queue and queue[0][0] < OUTAGE_S + WATCHED_S:
        moment, desk, failures = heapq.heappop(queue)
        second = int(moment) - OUTAGE_S
        if second >= 0:
            knocks[second] += 1
            if room is None or let_in[second] < room:
                let_in[second] += 1
                done.append(moment - OUTAGE_S)
                continue
        heapq.heappush(queue, (moment + wait(failures + 1, chance), desk, failures + 1))
    return knocks, done


def main() -> int:
    """Print the curve of each case; fail when the program's own desks come together."""
    print(f"{DESKS} desks, outage of {OUTAGE_S // 60} min")
    worst = 0
    for name, wait in (("program", wait_s), ("every 30 s", by_the_clock)):
        for room in (None, ROOM):
            knocks, done = arrivals(wait, room)
            peak = max(knocks.values())
            half = sorted(done)[len(done) // 2]
            told = "all" if room is None else f"{room}/s"
            by_minute = [sum(knocks[m * 60 + s] for s in range(60)) for m in range(8)]
            print(
                f"{name:10} room {told:6} most in 1 s {peak:6}  half after {half:5.0f} s  "
                f"last {max(done):5.0f} s  in {len(done)}/{DESKS}  knocks by minute {by_minute}"
            )
            if wait is wait_s and room is None:
                worst = peak
    return int(worst > MOST_AT_ONCE)


if __name__ == "__main__":
    sys.exit(main())
