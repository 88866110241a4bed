"""Opens the desk and the rooms around it, and closes them in the opposite order."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter.folder import DataFolder
from counter.values import local_day, now
from program import RESOURCES, VERSION

if TYPE_CHECKING:
    import argparse

    from counter.desk.context import Context, Hall
    from counter.desk.opening import Opening
    from counter.errors import DeskError
    from counter.people import Action, Officer
    from counter.ports import CardEvent, CardReader, CodeEvent, PaperEvent, Printer, SyncEvent
    from counter.settings import Settings, SettingsFile
    from devices.card.simulator.slot import VirtualSlot
    from devices.card.transport import Readers
    from devices.card.trust import TrustStore
    from devices.paper.demo import DemoPrinter
    from sync.courier import Courier
    from sync.dvcqg import National
    from sync.portal import Access, Portal
    from sync.sandbox.process import SandboxProcess
    from sync.trust import Trust


def data_folder(arguments: argparse.Namespace) -> DataFolder:
    """Return the data folder asked for, or this user's own; the demonstration has its own."""
    if arguments.data is not None:
        return DataFolder(arguments.data.absolute())
    import platformdirs

    name = "quay-mot-cua-trinh-dien" if arguments.demo else "quay-mot-cua"
    return DataFolder(Path(platformdirs.user_data_dir(name, appauthor=False)))


def opening(
    arguments: argparse.Namespace,
    *,
    url: str | None = None,
    typed: str = "",
    key: bytes = b"",
) -> Opening:
    """Say how the desk is to be opened; *url* is the portal's when it is not the settings'.

    Args:
        typed: The passphrase when a window has asked for it.
        key: The database's key when the desk was open a moment ago.
    """
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
        ask_passphrase=asker(arguments),
        typed=typed,
        portal_url=url,
        key=key,
    )


def asker(arguments: argparse.Namespace) -> Callable[[], str] | None:
    """Return who asks for the passphrase; nobody in the demonstration or without a terminal."""
    return None if arguments.demo or not sys.stdin.isatty() else ask_passphrase


def ask_passphrase() -> str:
    """Ask the person at the terminal."""
    from ui import terminal

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
def desk_open(
    arguments: argparse.Namespace,
    *,
    url: str | None = None,
    typed: str = "",
) -> Iterator[Context]:
    """Open the whole desk and be the only program at work in its folder."""
    from counter.desk.opening import open_desk

    how = opening(arguments, url=url, typed=typed)
    with data_folder(arguments).locked(), open_desk(how) as context:
        yield context


@contextmanager
def desk_signed_in(arguments: argparse.Namespace, action: Action) -> Iterator[Context]:
    """Open the desk for a command that an officer answers for, who must be allowed *action*.

    Raises:
        NotSignedIn, WrongPassword, AccountClosed, OfficerCardNeeded: Nobody signed in rightly.
        NotAllowed: None of this officer's roles allows it.
    """
    with desk_open(arguments) as context:
        sign_in(context, action)
        yield context


def sign_in(context: Context, action: Action) -> Officer:
    """Let the officer sit down who answers for a command; raises as ``desk_signed_in``."""
    from counter.desk.command_officer import sign_in_for_command
    from program.own_card import read_own_card
    from ui.terminal import ask_account

    if sys.stdin.isatty():
        sign_in_for_command(context, ask_account, partial(read_own_card, context))
    else:
        sign_in_for_command(context, None)
    return context.seat.require(action)


@contextmanager
def hall_open(arguments: argparse.Namespace) -> Iterator[Hall]:
    """Open the waiting hall only, side by side with a desk at work."""
    from counter.desk.opening import open_hall

    with open_hall(opening(arguments)) as hall:
        yield hall


def access_of(hall: Hall) -> Access:
    """Return how this desk reaches its portal."""
    from counter.secrets import find_portal_secret
    from sync.sandbox.process import SECRET

    desk_id = hall.settings.settings.desk.id
    secret = find_portal_secret(desk_id, training=hall.training)
    secret = secret or (SECRET if hall.training else "")
    return access_with(hall.settings, secret)


def access_with(file: SettingsFile, secret: str) -> Access:
    """Return how the portal of these settings is reached with *secret*."""
    from sync.portal import Access

    portal, desk_id = file.settings.portal, file.settings.desk.id
    return Access(
        url=portal.url,
        desk_id=desk_id,
        secret=secret,
        version=VERSION,
        timeout_s=portal.timeout_s,
        trust=trust_of(file, secret),
        proxy=portal.proxy,
    )


def portal_of(context: Context) -> Portal | National:
    """Return the line to the portal, or to the national interface where the settings say so."""
    settings = context.settings.settings
    access = access_of(context.hall)
    if settings.portal.interface == "motcua":
        from sync.portal import Portal

        return Portal(access, clock=now)
    from sync.dvcqg import National, NationalAccess
    from sync.dvcqg_words import Office

    told = settings.portal.national
    return National(
        NationalAccess(
            url=access.url,
            username=told.username,
            password=access.secret,
            destination=told.destination,
            unit=told.unit or settings.office.agency_code,
            login=told.login_path,
            integration=told.integration_path,
            share=told.share_path,
            desk_id=access.desk_id,
            first=told.first_number,
            last=told.last_number,
            version=access.version,
            timeout_s=access.timeout_s,
            trust=access.trust,
            proxy=access.proxy,
        ),
        context.store,
        Office(settings.office.name, settings.office.center_name),
        clock=now,
    )


def trust_of(file: SettingsFile, secret: str) -> Trust:
    """Return whom the desk believes to be the portal; its secret opens its encrypted key."""
    from sync.trust import Trust

    portal = file.settings.portal
    return Trust(
        ca_file=file.beside(portal.ca_file),
        certificate=file.beside(portal.certificate),
        key=file.beside(portal.key),
        passphrase=secret,
        pins=portal.pins,
    )


def courier_of(context: Context) -> Courier:
    """Return the courier of this desk, not yet started."""
    from random import SystemRandom

    from sync.courier import Courier

    return Courier(
        context.store,
        lambda: portal_of(context),
        agency=context.settings.settings.office.agency_code,
        version=VERSION,
        clock=now,
        chance=SystemRandom(),
        is_working=context.calendar.is_working_day,
        install_bundle=installer_of(context),
        seals_in=context.hall.folder.root,
        procedures=sorted({one.code for one in context.catalogue.procedures}),
    )


def anchors_of(folder: DataFolder, settings: Settings | None = None) -> TrustStore:
    """Return the issuers that this desk trusts; *settings* say who may sign a bundle of them.

    The demonstration's is taken in only where a folder serves training.
    """
    from devices.card.issuers import DEMONSTRATION_KEY
    from devices.card.trust import TrustStore

    signers = settings.card.bundle_signers if settings else ()
    unwanted = () if folder.training.exists() else (DEMONSTRATION_KEY,)
    return TrustStore(folder.trust, signers, unwanted=unwanted)


def installer_of(context: Context) -> Callable[[bytes], object] | None:
    """Return what takes in a bundle from the portal; None where nobody may sign one."""
    settings = context.settings.settings
    if not settings.card.bundle_signers:
        return None
    return lambda bundle: anchors_of(context.hall.folder, settings).install_bundle(
        bundle, "trust-bundle.p7m"
    )


def trust_the_demonstration(hall: Hall) -> None:
    """Let a new training desk believe the demonstration's cards; removed, it stays removed."""
    from devices.card.demo import demo_issuer

    anchors = anchors_of(hall.folder)
    if hall.training and anchors.is_untouched:
        anchors.import_bytes(demo_issuer(), "trinh-dien.cer")


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
        trouble: Why the desk can only be read; None when it works as always.
    """

    context: Context
    reader: CardReader
    printer: Printer
    courier: Courier
    slot: VirtualSlot | None
    paper: DemoPrinter | None
    sandbox: SandboxProcess | None
    trouble: DeskError | None = None


def desk_or_copy(house: ExitStack, how: Opening) -> tuple[Context, DeskError | None]:
    """Open the desk; where its disk cannot be written, or is damaged, a copy of it to read.

    Returns:
        The desk, and why it can only be read.
    """
    from counter.desk.emergency import find_trouble, open_to_read, remove_left_over
    from counter.desk.opening import open_desk
    from counter.desk.rekeying import change_if_asked
    from counter.errors import DiskFull, StoreDamaged, StoreReadOnly

    folder = how.folder
    remove_left_over()
    try:
        with ExitStack() as trying:
            trying.enter_context(folder.locked())
            if folder.is_set_up() and (trouble := find_trouble(folder)) is not None:
                raise trouble
            change_if_asked(how)
            context = trying.enter_context(open_desk(how))
            house.push(trying.pop_all())
            return context, None
    except (DiskFull, StoreReadOnly, StoreDamaged) as error:
        if not folder.is_set_up():
            raise
        try:
            return house.enter_context(open_to_read(how)), error
        except (DiskFull, StoreReadOnly, StoreDamaged):
            raise error from None


@contextmanager
def rooms_open(
    arguments: argparse.Namespace, ears: Ears, *, typed: str = "", key: bytes = b""
) -> Iterator[Rooms]:
    """Open the desk, start reader, printer and courier; stop them in the opposite order.

    Where the desk can only be read the courier stays at home: nothing is sent from a copy.
    """
    from devices.card.watch import CardWatch

    with ExitStack() as house:
        sandbox = house.enter_context(sandbox_of(arguments))
        url = sandbox.url if sandbox else None
        how = opening(arguments, url=url, typed=typed, key=key)
        context, trouble = desk_or_copy(house, how)
        settings = context.settings.settings
        if arguments.demo and trouble is None:
            trust_the_demonstration(context.hall)
        readers, slot = readers_of(arguments, settings)
        reader = CardWatch(
            readers,
            anchors_of(context.hall.folder),
            lambda: local_day(now()),
            only=settings.card.reader if slot is None else "",
        )
        printer, paper = printer_of(arguments, context.hall)
        courier = courier_of(context)
        reader.start(ears.card)
        house.callback(reader.stop)
        printer.start(ears.paper)
        house.callback(printer.stop)
        if trouble is None:
            courier.start(ears.sync)
            house.callback(courier.stop)
        if settings.scanner.serial_port:
            from devices.codes import SerialCodeReader

            codes = SerialCodeReader(settings.scanner.serial_port)
            codes.start(ears.code)
            house.callback(codes.stop)
        yield Rooms(context, reader, printer, courier, slot, paper, sandbox, trouble)


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
    arguments: argparse.Namespace, hall: Hall, *, poll_s: float = 5.0
) -> tuple[Printer, DemoPrinter | None]:
    """Return the printers: those of the settings, or the demonstration's.

    Args:
        poll_s: How often an idle printer is asked how it is.
    """
    printers = hall.settings.settings.printers
    if arguments.demo:
        from devices.paper.demo import demo_printers

        return demo_printers(printers, hall.folder.tray, poll_s=poll_s)
    from devices.paper.spool import open_printer

    return open_printer(printers, hall.folder.tray, poll_s=poll_s), None
