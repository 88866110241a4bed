"""The program's only door: reads the command line, joins the rooms, closes them in reverse order.

It decides nothing. Every command is a function here that joins what it needs and hands the answer
to ``ui/terminal.py``, which says it in Vietnamese or as one JSON object.
"""

from __future__ import annotations

import getpass
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from counter.errors import BadAmount, BadTrustFile, CardNeedsSecret, DeskError
from counter.folder import DataFolder, folder_error
from counter.values import CitizenNumber, local_day, now
from ui import terminal
from ui.command_line import parse

if TYPE_CHECKING:
    import argparse

    from counter.cards import CardSecrets, RejectedEntry
    from counter.desk.context import Context, Hall
    from counter.desk.desk import Desk
    from counter.desk.opening import Opening
    from counter.ports import CardEvent, CardReader, CodeEvent, PaperEvent, Printer, SyncEvent
    from counter.settings import Settings
    from counter.work import Check
    from devices.card.simulator.slot import VirtualSlot
    from devices.card.transport import Readers
    from devices.card.trust import TrustStore
    from devices.paper.demo import DemoPrinter
    from sync.courier import Courier
    from sync.portal import Access
    from sync.sandbox.process import SandboxProcess
    from ui.bridge import Bridge
    from ui.demo_panel import DemoLevers, DemoPanel
    from ui.officer.hands import DeskInfo, Hands
    from ui.officer.window import OfficerWindow

T = TypeVar("T")
VERSION = "0.1.0"
FIRST_PAINT_MS = 40
SANDBOX_WORD = "--run-sandbox-portal"
RESOURCES = Path(__file__).parent / "resources"


def data_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the data folder asked for, or this user's own; the demonstration has its own."""
    if arguments.data is not None:
        return DataFolder(arguments.data.absolute())
    import platformdirs

    name = "quay-mot-cua-trinh-dien" if arguments.demo else "quay-mot-cua"
    return DataFolder(Path(platformdirs.user_data_dir(name, appauthor=False)))


def opening(arguments: argparse.Namespace, *, url: str | None = None) -> Opening:
    """Say how the desk is to be opened; *url* is the portal's when it is not the settings'."""
    from counter.desk.opening import Opening

    folder = data_folder(arguments)
    settings = arguments.settings
    if arguments.demo and settings is None and not folder.settings.exists():
        settings = RESOURCES / "demo" / "site.toml"
    return Opening(
        folder=folder,
        settings_path=settings,
        training=arguments.demo,
        resources=RESOURCES,
        clock=now,
        ask_passphrase=None if arguments.demo or not sys.stdin.isatty() else ask_passphrase,
        portal_url=url,
    )


def ask_passphrase() -> str:
    """Ask the person at the terminal."""
    return getpass.getpass(terminal.PROMPT)


@contextmanager
def sandbox_of(arguments: argparse.Namespace) -> Iterator[SandboxProcess | None]:
    """Run the demonstration's portal while the block does, unless settings name another."""
    if not arguments.demo or arguments.settings is not None:
        yield None
        return
    from sync.sandbox.process import SandboxProcess

    with SandboxProcess(data_folder(arguments).sandbox) as sandbox:
        yield sandbox


@contextmanager
def desk_open(arguments: argparse.Namespace, *, url: str | None = None) -> Iterator[Context]:
    """Open the whole desk and be the only program at work in its folder."""
    from counter.desk.opening import open_desk

    with data_folder(arguments).locked(), open_desk(opening(arguments, url=url)) as context:
        yield context


@contextmanager
def hall_open(arguments: argparse.Namespace) -> Iterator[Hall]:
    """Open the waiting hall only, side by side with a desk at work."""
    from counter.desk.opening import open_hall

    with open_hall(opening(arguments)) as hall:
        yield hall


def access_of(hall: Hall) -> Access:
    """Return how this desk reaches its portal."""
    from counter.secrets import find_portal_secret
    from sync.portal import Access
    from sync.sandbox.process import SECRET

    portal = hall.settings.settings.portal
    desk_id = hall.settings.settings.desk.id
    secret = find_portal_secret(desk_id) or (SECRET if hall.training else "")
    return Access(
        url=portal.url,
        desk_id=desk_id,
        secret=secret,
        version=VERSION,
        timeout_s=portal.timeout_s,
        ca_file=hall.settings.ca_file(),
        proxy=portal.proxy,
    )


def courier_of(context: Context) -> Courier:
    """Return the courier of this desk, not yet started."""
    from random import SystemRandom

    from sync.courier import Courier
    from sync.portal import Portal

    access = access_of(context.hall)
    return Courier(
        context.store,
        lambda: Portal(access, clock=now),
        agency=context.settings.settings.office.agency_code,
        version=VERSION,
        clock=now,
        chance=SystemRandom(),
        is_working=context.calendar.is_working_day,
    )


def read_card(arguments: argparse.Namespace) -> int:
    """Read and verify one card."""
    from counter.cards import Verdict
    from devices.card.noted import NotedReaders
    from devices.card.once import read_card as read_one
    from devices.card.report import reading_as_json

    readers, secrets = card_at_hand(arguments)
    noted = NotedReaders(readers)
    try:
        reading = read_one(
            noted,
            secrets,
            anchors_of(data_folder(arguments)),
            today=local_day(now()),
            reader=arguments.reader,
            wait_s=arguments.wait,
        )
    finally:
        noted.close()
        if arguments.session is not None:
            write_file(arguments.session, noted.as_json().encode("utf-8"))
    if arguments.portrait is not None and reading.portrait is not None:
        write_file(arguments.portrait, reading.portrait.data)
    terminal.answer(
        reading_as_json(reading), terminal.reading_words(reading), as_json=arguments.json
    )
    forged = reading.authenticity.verdict is Verdict.FORGED
    return terminal.DOES_NOT_HOLD if forged else terminal.DONE


def write_file(path: Path, data: bytes) -> None:
    """Write a file that was asked for on the command line."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise folder_error(error) from error


def card_at_hand(arguments: argparse.Namespace) -> tuple[Readers, CardSecrets]:
    """Return the readers to look at and what opens the card that was asked for."""
    from counter.cards import Can, CardSecrets, MrzKey

    secrets = CardSecrets()
    if arguments.id is not None:
        number = CitizenNumber.parse(arguments.id)
        secrets = CardSecrets(can=Can.of(number), told=number)
    elif arguments.can is not None:
        secrets = CardSecrets(can=Can(arguments.can))
    elif arguments.mrz is not None:
        secrets = CardSecrets(mrz=MrzKey.parse(arguments.mrz))
    if arguments.demo and not arguments.reader:
        from devices.card.demo import demo_cards
        from devices.card.simulator.slot import VirtualSlot

        card = demo_cards(RESOURCES / "demo" / "cards")[0]
        slot = VirtualSlot()
        slot.insert(card.chip())
        return slot, secrets if secrets != CardSecrets() else CardSecrets(can=card.can)
    if secrets == CardSecrets():
        raise CardNeedsSecret
    from devices.card.apart import ApartReaders

    return ApartReaders(), secrets


def anchors_of(folder: DataFolder) -> TrustStore:
    """Return the issuers that this desk trusts."""
    from devices.card.trust import TrustStore

    return TrustStore(folder.trust)


def trust(arguments: argparse.Namespace) -> int:
    """List, import or remove certificates of card issuers."""
    folder = data_folder(arguments)
    store = anchors_of(folder)
    added = 0
    rejected: tuple[RejectedEntry, ...] = ()
    if arguments.action != "list" and not arguments.what:
        raise BadTrustFile
    if arguments.action == "import":
        folder.make()
        added, rejected = store.import_file(Path(arguments.what))
    elif arguments.action == "remove":
        store.remove(arguments.what)
    certificates = store.list()
    terminal.answer(
        terminal.trust_json(certificates, added, rejected),
        terminal.trust_words(certificates, added, rejected),
        as_json=arguments.json,
    )
    return terminal.DOES_NOT_HOLD if rejected and not added else terminal.DONE


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of what the rooms tell; each is called on the room's own thread."""

    card: Callable[[CardEvent], None]
    code: Callable[[CodeEvent], None]
    paper: Callable[[PaperEvent], None]
    sync: Callable[[SyncEvent], None]


@dataclass(frozen=True, slots=True)
class Rooms:
    """One desk with everything around it, running.

    Attributes:
        slot: The simulated card reader of the demonstration.
        paper: The demonstration's printer.
        sandbox: The demonstration's portal.
    """

    context: Context
    reader: CardReader
    printer: Printer
    courier: Courier
    slot: VirtualSlot | None
    paper: DemoPrinter | None
    sandbox: SandboxProcess | None


@contextmanager
def rooms_open(arguments: argparse.Namespace, ears: Ears) -> Iterator[Rooms]:
    """Open the desk, start reader, printer and courier; stop them in the opposite order."""
    from devices.card.watch import CardWatch

    with ExitStack() as house:
        sandbox = house.enter_context(sandbox_of(arguments))
        url = sandbox.url if sandbox else None
        context = house.enter_context(desk_open(arguments, url=url))
        settings = context.settings.settings
        readers, slot = readers_of(arguments, settings)
        reader = CardWatch(
            readers,
            anchors_of(context.hall.folder),
            lambda: local_day(now()),
            only=settings.card.reader if slot is None else "",
        )
        printer, paper = printer_of(arguments, context)
        courier = courier_of(context)
        reader.start(ears.card)
        house.callback(reader.stop)
        printer.start(ears.paper)
        house.callback(printer.stop)
        courier.start(ears.sync)
        house.callback(courier.stop)
        if settings.scanner.serial_port:
            from devices.codes import SerialCodeReader

            codes = SerialCodeReader(settings.scanner.serial_port)
            codes.start(ears.code)
            house.callback(codes.stop)
        yield Rooms(context, reader, printer, courier, slot, paper, sandbox)


def readers_of(
    arguments: argparse.Namespace, settings: Settings
) -> tuple[Readers, VirtualSlot | None]:
    """Return the card readers: real ones, or the simulated one of the demonstration."""
    if arguments.demo:
        from devices.card.simulator.slot import Latency, VirtualSlot

        slot = VirtualSlot(latency=Latency(424_000, 0.008), silence_s=settings.card.silence_s)
        return slot, slot
    from devices.card.apart import ApartReaders

    return ApartReaders(settings.card.silence_s), None


def printer_of(
    arguments: argparse.Namespace, context: Context
) -> tuple[Printer, DemoPrinter | None]:
    """Return the printers: those of the settings, or the demonstration's."""
    printers = context.settings.settings.printers
    if arguments.demo:
        from devices.paper.demo import demo_printers

        return demo_printers(printers, context.hall.folder.tray)
    from devices.paper.spool import open_printer

    return open_printer(printers, context.hall.folder.tray), None


def rehearse(arguments: argparse.Namespace) -> int:
    """Receive dossiers of invented citizens."""
    from counter.desk.rehearsal import rehearse as rehearse_desk

    if arguments.dossiers < 1 or arguments.attachments:
        raise BadAmount
    with desk_open(arguments) as context:
        began = time.monotonic()
        codes = rehearse_desk(
            context,
            dossiers=arguments.dossiers,
            seed=arguments.seed,
            names=RESOURCES / "demo" / "names.toml",
        )
        seconds = round(time.monotonic() - began, 3)
    payload = {"received": len(codes), "codes": codes, "seconds": seconds}
    terminal.answer(payload, terminal.rehearsed_words(codes, seconds), as_json=arguments.json)
    return terminal.DONE


def sync(arguments: argparse.Namespace) -> int:
    """Talk to the portal once, or until nothing waits any more."""
    with (
        sandbox_of(arguments) as sandbox,
        desk_open(arguments, url=sandbox.url if sandbox else None) as context,
    ):
        courier = courier_of(context)
        try:
            if arguments.once:
                report = courier.run_once()
            else:
                report = courier.run_until_idle(arguments.timeout)
        finally:
            courier.close()
    terminal.answer(terminal.sync_json(report), terminal.sync_words(report), as_json=arguments.json)
    if not report.reached:
        return terminal.NO_DEVICE
    left = report.waiting or report.parked or report.conflicts
    return terminal.DOES_NOT_HOLD if left else terminal.DONE


def verify(arguments: argparse.Namespace) -> int:
    """Check the desk's integrity."""
    from counter.desk import checking

    with desk_open(arguments) as context:
        found = checking.verify(context)
        checked = checking.counted(context)
    terminal.answer(
        terminal.verify_json(checked, found),
        terminal.verify_words(checked, found),
        as_json=arguments.json,
    )
    return terminal.DOES_NOT_HOLD if found else terminal.DONE


def show(arguments: argparse.Namespace) -> int:
    """Show one dossier."""
    from counter.desk import lists

    with desk_open(arguments) as context:
        view = lists.show(context, arguments.code)
    terminal.answer(
        terminal.dossier_json(view), terminal.dossier_words(view), as_json=arguments.json
    )
    return terminal.DONE


def services(arguments: argparse.Namespace) -> int:
    """Say what a ticket can be taken for."""
    from counter.desk import queueing

    with hall_open(arguments) as hall:
        found = queueing.services(hall)
    terminal.answer(
        terminal.services_json(found), terminal.services_words(found), as_json=arguments.json
    )
    return terminal.DONE


def ticket(arguments: argparse.Namespace) -> int:
    """Give out a number; with paper only when the printer is ready before."""
    from counter.desk import queueing
    from counter.ports import Outcome
    from devices.paper.spool import open_devices

    with hall_open(arguments) as hall:
        device = None
        if arguments.on_paper:
            device = open_devices(hall.settings.settings.printers, hall.folder.tray)["tickets"]
            device.check()
        taken = queueing.take_ticket(hall, arguments.service, arguments.priority)
        printed = "no"
        if device is not None:
            try:
                outcome, _place = device.make(taken.job)
            except DeskError:
                outcome = Outcome.FAILED
            printed = "printed" if outcome is Outcome.TRAY else outcome.value
    terminal.answer(
        terminal.ticket_json(taken, arguments.service, printed),
        terminal.ticket_words(taken, printed),
        as_json=arguments.json,
    )
    return terminal.DONE


def call(arguments: argparse.Namespace) -> int:
    """Call the next number to a counter."""
    from counter.desk import queueing

    with hall_open(arguments) as hall:
        called = queueing.call_next(hall, arguments.counter)
        moment = now()
    terminal.answer(
        terminal.called_json(called, arguments.counter, moment),
        terminal.called_words(called, arguments.counter),
        as_json=arguments.json,
    )
    return terminal.DONE


def window(arguments: argparse.Namespace) -> int:
    """Open the officer's window; it is shown before the desk is."""
    from PySide6.QtCore import QTimer

    from ui import theme
    from ui.app import last_words, make_app
    from ui.bridge import Bridge
    from ui.officer.window import OfficerWindow

    app, run = make_app(sys.argv)
    try:
        with data_folder(arguments).locked():
            pass
    except DeskError as error:
        theme.dress(app)
        box = last_words(error)
        box.finished.connect(app.quit)
        box.open()
        run()
        return terminal.complain(error, as_json=False)
    with ExitStack() as house:
        bridge = house.enter_context(closing(Bridge()))
        desk = WindowDesk(arguments, bridge)
        officer = OfficerWindow(
            bridge, desk.hands(), demo=arguments.demo, version=f"Quầy Một Cửa {VERSION}"
        )
        desk.serve(officer)
        house.callback(desk.close)
        theme.dress(app)
        officer.show()
        officer.closing.connect(app.quit)
        # Opening imports most of the program; the window is painted before that begins.
        open_desk = partial(bridge.ask, desk.open, desk.opened, officer.desk_failed)
        QTimer.singleShot(FIRST_PAINT_MS, open_desk)
        return run()


class WindowDesk:
    """The rooms behind one window: opened on the ``counter`` thread after it is shown."""

    def __init__(self, arguments: argparse.Namespace, bridge: Bridge) -> None:
        self._arguments = arguments
        self._bridge = bridge
        self._house = ExitStack()
        self._rooms: Rooms | None = None
        self._window: OfficerWindow | None = None
        self._panel: DemoPanel | None = None

    @property
    def rooms(self) -> Rooms | None:
        """The rooms while they are open."""
        return self._rooms

    @property
    def panel(self) -> DemoPanel | None:
        """The levers of the demonstration, once the desk is open."""
        return self._panel

    def serve(self, officer: OfficerWindow) -> None:
        """Tell *officer* what the rooms tell."""
        self._window = officer

    def open(self) -> tuple[Desk, DeskInfo]:
        """Open everything; on the ``counter`` thread."""
        from counter.desk.desk import Desk

        officer = self._window
        assert officer is not None  # noqa: S101 - serve comes first
        ears = Ears(
            card=self._to(officer.on_card),
            code=self._to(officer.on_code),
            paper=self._to(officer.on_paper),
            sync=self._to(officer.on_sync),
        )
        self._rooms = self._house.enter_context(rooms_open(self._arguments, ears))
        return Desk(self._rooms.context), info_of(self._rooms.context)

    def opened(self, found: tuple[Desk, DeskInfo]) -> None:
        """Hand the desk to the window; on the main thread."""
        if self._window is not None:
            self._window.desk_opened(*found)
            if self._rooms is not None and self._rooms.slot is not None:
                from ui.demo_panel import DemoPanel

                self._panel = DemoPanel(levers_of(self._rooms, self), self._window)
                self._panel.show()

    def close(self) -> None:
        """Close the rooms, after what the counter's thread has in hand."""
        if self._panel is not None:
            self._panel.close()
        done = Event()
        self._bridge.ask(self._close_rooms, lambda _none: None, lambda _error: None)
        self._bridge.ask(done.set, lambda _none: None, lambda _error: None)
        done.wait()

    def hands(self) -> Hands:
        """Return what the window reaches the rooms with; safe before they are open."""
        from ui.officer.hands import Hands

        def read_code(text: str) -> CodeEvent:
            from devices.codes import read_code as read

            return read(text)

        def of(act: Callable[[Rooms], None]) -> None:
            if self._rooms is not None:
                act(self._rooms)

        return Hands(
            expect=lambda secrets: of(lambda rooms: rooms.reader.expect(secrets)),
            read_code=read_code,
            put=lambda job: of(lambda rooms: rooms.printer.put(job)),
            wake=lambda: of(lambda rooms: rooms.courier.wake()),
            send_now=lambda: of(lambda rooms: rooms.courier.try_now()),
            checks=self._checks,
        )

    def do(self, act: Callable[[], object]) -> None:
        """Do *act* on the ``counter`` thread; the demonstration's levers take a moment."""
        self._bridge.ask(act, lambda _none: None, self._fell)

    def scanned(self, event: CodeEvent) -> None:
        """Let the window hear of a scanned code."""
        if self._window is not None:
            self._window.on_code(event)

    def _fell(self, error: BaseException) -> None:
        if self._window is not None:
            self._window.notice.complain(error)

    def _checks(self) -> tuple[Check, ...]:
        return () if self._rooms is None else checks_of(self._rooms.context, self._arguments)

    def _close_rooms(self) -> None:
        self._rooms = None
        self._house.close()

    def _to(self, hear: Callable[[T], None]) -> Callable[[T], None]:
        """Carry what a room tells to the main thread."""
        return lambda event: self._bridge.to_main(lambda: hear(event))


def checks_of(context: Context, arguments: argparse.Namespace) -> tuple[Check, ...]:
    """Ask every room how it is; takes as long as the slowest answer."""
    from counter.desk.checking import check_database, check_disk
    from devices import checkup
    from sync.checkup import check_portal
    from sync.portal import Portal

    settings = context.settings.settings
    folder = context.hall.folder
    readers, _slot = readers_of(arguments, settings)
    with closing(readers):
        reader = checkup.check_readers(readers, settings.card.reader)
    portal, clock = check_portal(Portal(access_of(context.hall), clock=now))
    return (
        reader,
        checkup.check_trust(folder.trust),
        *checkup.check_printers(settings.printers, folder.tray),
        checkup.check_scanner(settings.scanner),
        check_database(context),
        check_disk(folder.root),
        clock,
        portal,
        checkup.check_fonts(RESOURCES / "fonts"),
    )


def doctor(arguments: argparse.Namespace) -> int:
    """Say how every part of the desk is and what to do."""
    with (
        sandbox_of(arguments) as sandbox,
        desk_open(arguments, url=sandbox.url if sandbox else None) as context,
    ):
        checks = checks_of(context, arguments)
    payload = terminal.checks_json(checks)
    terminal.answer(payload, terminal.checks_words(checks), as_json=arguments.json)
    return terminal.DONE if payload["ok"] else terminal.DOES_NOT_HOLD


def info_of(context: Context) -> DeskInfo:
    """Return what the window says about the desk."""
    from ui.officer.hands import DeskInfo

    settings = context.settings.settings
    return DeskInfo(
        office=f"{settings.office.center_name} · {settings.office.name}",
        agency_code=settings.office.agency_code,
        desk=settings.desk.name,
        officer=settings.desk.officer_name,
        training=context.training,
        version=VERSION,
        tray=str(context.hall.folder.tray),
        settings_path=str(context.settings.path),
        settings_text=context.settings.path.read_text(encoding="utf-8"),
    )


def levers_of(rooms: Rooms, desk: WindowDesk) -> DemoLevers:
    """Return the levers of the demonstration; none of them keeps the window waiting."""
    from devices.card.demo import demo_cards
    from devices.codes import read_code
    from ui.demo_panel import DemoCitizen, DemoLevers

    slot, paper, sandbox = rooms.slot, rooms.paper, rooms.sandbox
    assert slot is not None  # noqa: S101 - the demonstration has one
    assert paper is not None  # noqa: S101 - and the other
    cards = demo_cards(RESOURCES / "demo" / "cards")

    def portal(on: bool) -> None:
        if sandbox is not None:
            desk.do(sandbox.switch_on if on else sandbox.switch_off)

    return DemoLevers(
        citizens=tuple(DemoCitizen(c.name, c.number.last_six) for c in cards),
        lay_card=lambda place: desk.do(lambda: slot.insert(cards[place].chip())),
        lift_card=slot.remove,
        scan_qr=lambda place: desk.scanned(read_code(cards[place].qr_text)),
        reader=lambda on: slot.plug() if on else slot.unplug(),
        portal=portal,
        paper=lambda on: paper.put_paper_in() if on else paper.take_paper_out(),
    )


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "read-card": read_card,
    "trust": trust,
    "doctor": doctor,
    "rehearse": rehearse,
    "sync": sync,
    "verify": verify,
    "show": show,
    "services": services,
    "ticket": ticket,
    "call": call,
}


def main(argv: list[str]) -> int:
    """Run one command, or the officer's window; return the exit code of docs/commands.md."""
    if argv[:1] == [SANDBOX_WORD]:  # a frozen program starts its sandbox as itself
        from sync.sandbox.__main__ import serve

        return serve(argv[1:])
    arguments = parse(argv, VERSION)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    command = COMMANDS[arguments.command] if arguments.command else window
    try:
        return command(arguments)
    except DeskError as error:
        return terminal.complain(error, as_json=arguments.json)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
