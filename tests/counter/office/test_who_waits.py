"""The queue knows that somebody waits already, and cannot tell who it is the day after."""

from __future__ import annotations

import hmac
from datetime import date
from hashlib import sha256

from sqlalchemy import select

from counter.office.office import Office
from counter.office.tables import DayKeyRow
from counter.office.tickets import find_person, person_of
from counter.values import CitizenNumber

NUMBER = CitizenNumber("001199012345")
TODAY, TOMORROW = date(2026, 11, 25), date(2026, 11, 26)


def test_a_citizen_is_known_by_what_only_the_days_own_key_makes_of_the_number(
    office: Office,
) -> None:
    with office.writing() as session:
        first, again = (person_of(session, TODAY, NUMBER) for _ in range(2))
        (key,) = session.scalars(select(DayKeyRow.key)).all()

    plain = NUMBER.digits.encode()
    assert first == again == hmac.new(key, plain, sha256).hexdigest()
    assert len(key) == 32
    assert first != sha256(plain).hexdigest()


def test_the_key_of_a_past_day_is_gone_with_the_first_card_of_the_next(office: Office) -> None:
    with office.writing() as session:
        first = person_of(session, TODAY, NUMBER)
    with office.writing() as session:
        later = person_of(session, TOMORROW, NUMBER)

    with office.reading() as session:
        left = session.scalars(select(DayKeyRow.day)).all()
        known = find_person(session, TODAY, NUMBER)
    assert left == [TOMORROW]
    assert known is None
    assert later != first
