"""A visit at the kiosk leaves nothing of the citizen in plain: not in the queue's file, which is
not encrypted, not on the ticket, not in a log, not in a passing file.

Only the sandbox's folder is not searched: it is the portal's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter.office.file import connect
from program import VERSION
from program.kiosk import KioskHouse
from tests.journeys.test_no_trace import CARD, NEEDLES, traces
from tests.ui.fake_hall import FakeSpeaker
from tests.ui.kiosk.conftest import DOTS_PER_MM, Kiosk
from ui.app import load_fonts
from ui.bridge import Bridge
from ui.command_line import parse
from ui.kiosk.measures import Measures
from ui.kiosk.window import KioskWindow

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("temp")]


@pytest.fixture
def house(demo_folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Kiosk, KioskHouse]]:
    """The kiosk as the program builds it, with a simulated chip, printer and portal."""
    assert demo_folder.exists()
    load_fonts()
    with ExitStack() as ends:
        bridge = ends.enter_context(closing(Bridge()))
        portal = ends.enter_context(closing(Bridge(thread="sync")))
        arguments = ["--data", str(tmp_path / "hall"), "--demo", "kiosk"]
        rooms = KioskHouse(parse(arguments, VERSION), bridge)
        window = KioskWindow(bridge, portal, rooms.hands(FakeSpeaker()))
        window.measure(Measures(DOTS_PER_MM))
        rooms.serve(window)
        ends.callback(rooms.close)
        window.resize(1366, 768)
        qtbot.addWidget(window)
        window.show()
        bridge.ask(rooms.open, rooms.opened, window.failed)
        kiosk = Kiosk(qtbot, window, (bridge, portal))
        qtbot.waitUntil(lambda: rooms.demo is not None and "take" in names(kiosk))
        yield kiosk, rooms
        window.begin_anew()
        window.release()


def names(kiosk: Kiosk) -> set[str]:
    return {button.objectName() for button in kiosk.buttons()}


def visit(kiosk: Kiosk, rooms: KioskHouse) -> None:
    """Read the card, ask for the own dossiers, take a ticket and go."""
    assert rooms.demo is not None
    slot, _paper, _sandbox = rooms.demo
    kiosk.touch("card")
    kiosk.type(CARD.number.last_six)
    slot.insert(CARD.chip())
    kiosk.bot.waitUntil(lambda: CARD.name in kiosk.everything_shown())
    kiosk.touch("dossiers")
    kiosk.bot.waitUntil(lambda: "take" in names(kiosk))
    kiosk.touch("take")
    kiosk.touch("choice-B")
    slot.remove()


def test_a_visit_at_the_kiosk_leaves_nothing_of_the_citizen_in_plain(
    house: tuple[Kiosk, KioskHouse],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    kiosk, rooms = house
    assert rooms.hall is not None
    folder = rooms.hall.folder

    visit(kiosk, rooms)
    kiosk.bot.waitUntil(lambda: any(folder.tray.rglob("*.png")))
    while_there = traces(tmp_path, folder.sandbox)
    kiosk.window.begin_anew()
    kiosk.settle()
    QApplication.processEvents()
    said = capfd.readouterr()

    spoken = "\n".join((caplog.text, said.out, said.err)).encode()
    assert (while_there, traces(tmp_path, folder.sandbox)) == ([], [])
    assert [needle for needle in NEEDLES if needle in spoken] == []

    with closing(connect(folder.office)) as queue:
        queue.execute("CREATE TABLE seeded AS SELECT ? AS number", (CARD.number.digits,))
    assert traces(tmp_path, folder.sandbox) != []
