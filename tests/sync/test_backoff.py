from __future__ import annotations

from random import Random

from sync.backoff import FIRST_S, LONGEST_S, wait_s


def test_the_wait_grows_but_stays_between_one_second_and_five_minutes() -> None:
    chance = Random(1)

    waits = [wait_s(failures, chance) for failures in range(1, 2000)]

    assert min(waits) >= FIRST_S
    assert max(waits) <= LONGEST_S
    assert waits[0] <= 2
    assert max(waits) > 200


def test_desks_that_failed_together_do_not_come_back_together() -> None:
    waits = [wait_s(9, Random(desk)) for desk in range(1000)]

    tenths = [int(wait / LONGEST_S * 10) for wait in waits]
    assert all(60 <= tenths.count(part) <= 140 for part in range(10))


def test_what_the_portal_asks_for_is_never_undercut() -> None:
    assert wait_s(1, Random(1), asked_for_s=900) == 900
