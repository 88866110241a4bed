"""The citizens' kiosk with the waiting hall behind it: shown first, opened after."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from counter.values import local_day, now
from program import RESOURCES, VERSION, faults, trial
from program.rooms import (
    access_of,
    anchors_of,
    data_folder,
    opening,
    printer_of,
    readers_of,
    sandbox_of,
    trust_the_demonstration,
)
from program.screens import fill

if TYPE_CHECKING:
    import argparse

    from counter.cards import CardSecrets
    from counter.desk.context import Hall
    from counter.errors import DeskError
    from counter.kiosk import PortalQuestions
    from counter.ports import CardReader, CodeEvent, Printer, PrintJob
    from counter.speech import Speaker
    from devices.card.simulator.slot import VirtualSlot
    from devices.paper.demo import DemoPrinter
    from sync.sandbox.process import SandboxProcess
    from ui.bridge import Bridge
    from ui.demo_panel import DemoLevers
    from ui.kiosk.hands import KioskHands, KioskInfo, KioskRooms
    from ui.kiosk.window import KioskWindow

T = TypeVar("T")
FIRST_PAINT_MS = 40
PRINTER_POLL_S = 2.0
"""How often an idle printer is asked, so that the first page says when there is no paper."""

PORTAL_WAIT_S = 8.0
"""A citizen waits no longer for the portal than this, whatever the settings let a courier wait."""


def run(arguments: argparse.Namespace) -> int:
    """Open the kiosk; it is closed by ending the program, not by its window."""
    from ui.unread import leave_sources_unread

    leave_sources_unread()
    from PySide6.QtCore import QTimer

    from devices.voice import Voice, find_player
    from program.alive import Alive
    from ui import theme
    from ui.app import make_app
    from ui.bridge import Bridge
    from ui.kiosk.window import KioskWindow

    app, loop = make_app(sys.argv)
    faults.watch(data_folder(arguments).log, VERSION)
    theme.prepare(app, theme.HIGH_CONTRAST)
    with ExitStack() as house:
        bridge = house.enter_context(closing(Bridge()))
        portal = house.enter_context(closing(Bridge(thread="sync")))
        voice = house.enter_context(closing(Voice(RESOURCES / "voice", find_player())))
        rooms = KioskHouse(arguments, bridge)
        window = KioskWindow(bridge, portal, rooms.hands(voice))
        rooms.serve(window)
        house.callback(rooms.close)
        window.closed.connect(app.quit)
        # Not quit(): that asks the window first, which no citizen can close and says no.
        signal.signal(signal.SIGTERM, lambda *_: app.exit())
        awake = QTimer()  # lets Python see the signal between two turns of Qt's loop
        awake.timeout.connect(lambda: None)
        awake.start(500)
        alive = Alive(data_folder(arguments).alive, bridge)
        house.callback(alive.deleteLater)
        fill(window, "", whole=not arguments.demo)
        QTimer.singleShot(
            FIRST_PAINT_MS, partial(bridge.ask, rooms.open, rooms.opened, rooms.not_opened)
        )
        return loop()


class KioskHouse:
    """The rooms behind one kiosk: opened on the ``counter`` thread after it is shown."""

    def __init__(self, arguments: argparse.Namespace, bridge: Bridge) -> None:
        self._arguments = arguments
        self._bridge = bridge
        self._house = ExitStack()
        self._window: KioskWindow | None = None
        self._reader: CardReader | None = None
        self._printer: Printer | None = None
        self.demo: tuple[VirtualSlot, DemoPrinter, SandboxProcess | None] | None = None
        self.hall: Hall | None = None

    def serve(self, window: KioskWindow) -> None:
        """Tell *window* what the rooms tell."""
        self._window = window

    def open(self) -> KioskRooms:
        """Open everything; on the ``counter`` thread."""
        from counter.desk.at_kiosk import KioskDesk
        from counter.desk.opening import open_hall
        from counter.priorities import load_groups
        from devices.card.watch import CardWatch
        from ui.kiosk.hands import KioskRooms

        window = self._window
        assert window is not None  # noqa: S101 - serve comes first
        sandbox = self._house.enter_context(sandbox_of(self._arguments))
        url = sandbox.url if sandbox else None
        hall = self._house.enter_context(open_hall(opening(self._arguments, url=url)))
        self.hall = hall
        trust_the_demonstration(hall)
        settings = hall.settings.settings
        readers, slot = readers_of(self._arguments, settings)
        reader = CardWatch(
            readers,
            anchors_of(hall.folder),
            lambda: local_day(now()),
            only=settings.card.reader if slot is None else "",
        )
        printer, paper = printer_of(self._arguments, hall, poll_s=PRINTER_POLL_S)
        reader.start(self._to(window.on_card))
        self._house.callback(reader.stop)
        printer.start(self._to(window.on_paper))
        self._house.callback(printer.stop)
        if settings.scanner.serial_port:
            from devices.codes import SerialCodeReader

            codes = SerialCodeReader(settings.scanner.serial_port)
            codes.start(self._to(window.on_code))
            self._house.callback(codes.stop)
        self._reader, self._printer = reader, printer
        if slot is not None and paper is not None:
            self.demo = (slot, paper, sandbox)
        work = KioskDesk(hall, load_groups(RESOURCES / "queue"), staffed=self._arguments.staffed)
        return KioskRooms(work, questions_of(hall), info_of(hall, self._arguments))

    def opened(self, rooms: KioskRooms) -> None:
        """Begin to serve; on the main thread."""
        window = self._window
        assert window is not None and self.hall is not None  # noqa: S101, PT018 - open comes first
        window.opened(rooms)
        trial.watch(self._bridge)
        if not self._arguments.demo:
            fill(window, self.hall.settings.settings.kiosk.screen, whole=True)
        if self.demo is not None:
            from ui.demo_panel import DemoPanel

            panel = DemoPanel(self._levers(), window)
            panel.show()

    def not_opened(self, error: BaseException) -> None:
        """Say that nothing can be done here now; on the main thread."""
        if self._window is not None:
            trial.watch(self._bridge, error)
            self._window.failed(error)

    def hands(self, speaker: Speaker) -> KioskHands:
        """Return what the window reaches the rooms with; safe before they are open."""
        from ui.kiosk.hands import KioskHands

        def read_code(text: str) -> CodeEvent:
            from devices.codes import read_code as read

            return read(text)

        def expect(secrets: CardSecrets | None) -> None:
            if self._reader is not None:
                self._reader.expect(secrets)

        def put(job: PrintJob) -> None:
            if self._printer is not None:
                self._printer.put(job)

        def ask_printer(heard: Callable[[DeskError | None], None]) -> None:
            if self._printer is not None:
                self._printer.ask("tickets", self._to(heard))

        return KioskHands(
            expect=expect,
            read_code=read_code,
            put=put,
            ask_printer=ask_printer,
            speaker=speaker,
        )

    def close(self) -> None:
        """Close the rooms, after what the counter's thread has in hand."""
        from threading import Event

        done = Event()
        self._bridge.ask(self._house.close, lambda _none: None, lambda _error: None)
        self._bridge.ask(done.set, lambda _none: None, lambda _error: None)
        done.wait()

    def _levers(self) -> DemoLevers:
        from devices.card.demo import demo_cards
        from devices.codes import read_code
        from ui.demo_panel import DemoCitizen, DemoLevers

        window, demo = self._window, self.demo
        assert window is not None and demo is not None  # noqa: S101, PT018 - of the demonstration
        slot, paper, sandbox = demo
        cards = demo_cards(RESOURCES / "demo" / "cards")

        def do(act: Callable[[], object]) -> None:
            self._bridge.ask(act, lambda _none: None, window.failed)

        def portal(on: bool) -> None:
            if sandbox is not None:
                do(sandbox.switch_on if on else sandbox.switch_off)

        return DemoLevers(
            citizens=tuple(DemoCitizen(c.name, c.number.last_six) for c in cards),
            lay_card=lambda place: do(lambda: slot.insert(cards[place].chip())),
            lift_card=slot.remove,
            scan_qr=lambda place: window.on_code(read_code(cards[place].qr_text)),
            reader=lambda on: slot.plug() if on else slot.unplug(),
            portal=portal,
            paper=lambda on: paper.put_paper_in() if on else paper.take_paper_out(),
        )

    def _to(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """Carry what a room tells to the main thread."""
        return lambda event: self._bridge.to_main(lambda: hear(event))


def questions_of(hall: Hall) -> PortalQuestions:
    """Return the way to ask the portal for a citizen's own dossiers."""
    from dataclasses import replace

    from counter.desk.at_kiosk import letters_of
    from sync.own_dossiers import NoOwnDossiers, OwnDossiers
    from sync.portal import Portal

    if hall.settings.settings.portal.interface != "motcua":
        return NoOwnDossiers()
    desk = hall.settings.settings.desk
    access = access_of(hall)
    access = replace(access, timeout_s=min(access.timeout_s, PORTAL_WAIT_S))
    return OwnDossiers(
        lambda: Portal(access, clock=now),
        {
            "officer_id": desk.officer_id,
            "full_name": desk.officer_name,
            "title": desk.officer_title,
        },
        letters_of(hall.catalogue),
    )


def info_of(hall: Hall, arguments: argparse.Namespace) -> KioskInfo:
    """Return how this kiosk is set up."""
    from counter.desk.queueing import center_name
    from ui.kiosk.hands import KioskInfo

    settings = hall.settings.settings
    return KioskInfo(
        office=center_name(settings),
        priorities=tuple(hall.priorities.items()),
        staffed=arguments.staffed,
        idle_s=settings.kiosk.idle_s,
        notice=hall.notice,
        may_close=arguments.demo,
    )
