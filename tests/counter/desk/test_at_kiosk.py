"""Who plays with the kiosk's screen does not fill the queue; whoever shows a card is served."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from counter.desk.at_kiosk import MOST_WITHOUT_CARD, KioskDesk
from counter.desk.context import Context
from counter.errors import TicketsTooFast
from counter.kiosk import Person
from counter.office.tables import TicketRow
from counter.priorities import load_groups
from counter.values import CitizenNumber, PartialDate
from tests.counter.desk.conftest import RESOURCES, SetClock

THU = Person(CitizenNumber("001199012345"), "Nguyễn Thị Mẫu", None, proven=True)


def fill(kiosk: KioskDesk, clock: SetClock) -> None:
    """Take as many numbers as one minute gives, none of them with a card."""
    for _ in range(MOST_WITHOUT_CARD):
        clock.move(seconds=2)
        kiosk.take("A", None, None)


def test_numbers_without_a_card_come_no_faster_than_people_do(
    context: Context, clock: SetClock
) -> None:
    kiosk = KioskDesk(context.hall, ())
    fill(kiosk, clock)
    with pytest.raises(TicketsTooFast):
        kiosk.take("B", None, None)
    waiting = sum(service.waiting for service in kiosk.services())

    with_card = kiosk.take("B", THU, None)
    clock.move(seconds=60)
    later = kiosk.take("B", None, None)

    assert waiting == MOST_WITHOUT_CARD
    assert (with_card.number[0], later.number[0]) == ("B", "B")


def test_a_clock_set_back_stops_nobody(context: Context, clock: SetClock) -> None:
    kiosk = KioskDesk(context.hall, ())
    fill(kiosk, clock)
    clock.move(days=-1)

    assert kiosk.take("A", None, None).number


@pytest.mark.parametrize("proven", [True, False])
def test_the_age_on_a_chip_gives_the_priority_of_age(
    context: Context, clock: SetClock, proven: bool
) -> None:
    kiosk = KioskDesk(context.hall, load_groups(RESOURCES / "queue"))
    old = replace(THU, born=PartialDate(1940, 1, 1), proven=proven)

    kiosk.take("A", None, None)
    kiosk.take("A", old, None)

    with context.hall.office.reading() as session:
        given = session.scalars(select(TicketRow.priority).order_by(TicketRow.row)).all()
    assert given[0] is None
    assert given[1] is not None


def test_an_officer_at_the_door_gives_numbers_out_as_fast_as_people_come(
    context: Context, clock: SetClock
) -> None:
    kiosk = KioskDesk(context.hall, (), staffed=True)
    fill(kiosk, clock)

    assert kiosk.take("A", None, None).number
