"""A citizen at the kiosk sees the dossier that the counter received: the portal is asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.desk.at_kiosk import KioskDesk
from counter.kiosk import Person
from counter.ports import CardRead
from counter.priorities import load_groups
from devices.card.demo import demo_cards
from program.kiosk import questions_of
from tests.journeys.conftest import Counter
from tests.ui.citizens import AUTHENTIC, THU, reading
from tests.ui.fake_hall import NOTICE, OFFICE, FakeKioskHands
from tests.ui.kiosk.conftest import DOTS_PER_MM, Kiosk
from ui.bridge import Bridge
from ui.kiosk.hands import KioskInfo, KioskRooms
from ui.kiosk.measures import Measures
from ui.kiosk.window import KioskWindow

RESOURCES = Path(__file__).parents[2] / "resources"
CARD = demo_cards(RESOURCES / "demo" / "cards")[0]


@pytest.fixture
def received(counter: Counter) -> str:
    """Receive a dossier of the card's owner at the counter, and let the portal have it."""
    slot, sandbox = counter.rooms.slot, counter.rooms.sandbox
    assert slot is not None
    assert sandbox is not None
    counter.type_into("card_digits", CARD.number.last_six)
    slot.insert(CARD.chip())
    counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)
    counter.choose("chung thuc ban sao", "2.000815")
    counter.tick_demanded()
    code = counter.receive()
    counter.until(lambda: [dossier["code"] for dossier in sandbox.dossiers()] == [code])
    return code


@pytest.fixture
def kiosk(counter: Counter, received: str, qtbot: QtBot) -> Iterator[Kiosk]:
    """A kiosk beside the counter, with the counter's hall and portal behind it."""
    assert received
    hall = counter.rooms.context.hall
    with closing(Bridge()) as bridge, closing(Bridge(thread="sync")) as portal:
        window = KioskWindow(bridge, portal, FakeKioskHands().as_hands())
        window.measure(Measures(DOTS_PER_MM))
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        work = KioskDesk(hall, load_groups(RESOURCES / "queue"))
        info = KioskInfo(OFFICE, (), False, 600, NOTICE, may_close=True)
        window.opened(KioskRooms(work, questions_of(hall), info))
        made = Kiosk(qtbot, window, (bridge, portal))
        made.settle()
        yield made
        window.begin_anew()
        window.release()


def read_own_card(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type(CARD.number.last_six)
    kiosk.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))
    kiosk.settle()


def test_the_owner_of_the_card_sees_how_the_own_dossier_stands(kiosk: Kiosk) -> None:
    read_own_card(kiosk)

    kiosk.touch("dossiers")
    kiosk.bot.waitUntil(lambda: "Chứng thực bản sao" in kiosk.everything_shown())

    assert "Được tiếp nhận" in kiosk.everything_shown()
    assert CARD.number.digits not in kiosk.everything_shown().replace(" ", "")


def test_with_the_portal_away_the_kiosk_says_so_and_offers_a_number(
    counter: Counter, kiosk: Kiosk
) -> None:
    assert counter.rooms.sandbox is not None
    counter.rooms.sandbox.switch_off()
    read_own_card(kiosk)

    kiosk.touch("dossiers")
    kiosk.bot.waitUntil(lambda: "Chưa hỏi được cổng dịch vụ công" in kiosk.everything_shown())

    assert "take" in {button.objectName() for button in kiosk.buttons()}


def test_another_citizen_sees_nothing_of_it(counter: Counter, received: str) -> None:
    asked = questions_of(counter.rooms.context.hall)
    other = demo_cards(RESOURCES / "demo" / "cards")[1]

    own = asked.own_dossiers(Person(CARD.number, CARD.name, None, True))
    others = asked.own_dossiers(Person(other.number, other.name, None, True))

    assert [dossier.code for dossier in own] == [received]
    assert others == ()
