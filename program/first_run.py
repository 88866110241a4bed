"""A desk's first start: the pages of the setting-up with the rooms they try things in."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from counter.errors import DeskError, PrinterSilent, WeakPassword
from counter.values import now
from program import RESOURCES, VERSION
from program.rooms import access_with, data_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from counter.desk.first_day import SetUp
    from counter.folder import DataFolder
    from counter.ports import Outcome, PaperEvent
    from counter.setting_up import Answers, Secrets, Step
    from counter.work import Check
    from ui.bridge import Bridge
    from ui.setup.hands import DevicesFound, SetupHands

PAPER_S = 60.0
"""Seconds until a printer that says nothing is given up."""


@dataclass(frozen=True, slots=True)
class MadeDesk:
    """A desk was made; what opens it is handed on, since not every computer remembers it."""

    account: str
    passphrase: str = field(repr=False)


def set_up(
    arguments: argparse.Namespace, bridge: Bridge, run: Callable[[], int]
) -> MadeDesk | None:
    """Lead through the setting-up; return the desk, None when it was left before its end.

    Raises:
        SecondInstance: Another window does, or a command is at work in the folder.
    """
    from counter.setting_up import Found, look_at, missing_from
    from ui.setup.window import SetupWindow

    folder = data_folder(arguments)
    made: list[MadeDesk] = []
    with folder.locked():
        half = look_at(folder) is Found.HALF
        window = SetupWindow(
            bridge,
            hands_of(folder, made),
            folder=str(folder.root),
            missing=missing_from(folder) if half else (),
            version=f"Quầy Một Cửa {VERSION}",
        )

        def done(_made: SetUp) -> None:
            window.close()

        window.done.connect(done)
        window.show()
        run()
        window.deleteLater()
        found = made[0] if made else None
        written = Event()  # what the window had begun to write when it was closed
        bridge.ask(written.set, lambda _none: None, lambda _error: None)
        written.wait()
    return found


def hands_of(folder: DataFolder, made: list[MadeDesk]) -> SetupHands:
    """Return what the pages ask for; a desk that is made goes into *made*."""
    from counter.secrets import is_passphrase_given
    from counter.setting_up import find_draft, keep_draft
    from ui.setup.hands import SetupHands

    def finish(answers: Answers, secrets: Secrets) -> SetUp:
        from counter.desk import first_day

        done = first_day.set_up(folder, answers, secrets, resources=RESOURCES, clock=now)
        made.append(MadeDesk(done.account, "" if done.remembers else secrets.passphrase))
        return done

    return SetupHands(
        start=lambda: find_draft(folder),
        keep=lambda answers: keep_draft(folder, answers),
        check=check,
        call_portal=lambda answers, secret: call_portal(folder, answers, secret),
        find_devices=find_devices,
        print_trial=lambda answers, role: print_trial(folder, answers, role),
        finish=finish,
        asks_passphrase=not is_passphrase_given(),
    )


def check(answers: Answers, step: Step, secrets: Secrets | None) -> tuple[str, ...]:
    """Return what is wrong with one page.

    Raises:
        WeakPassword: What was typed is too easy.
    """
    from counter.desk.first_day import check_secrets
    from counter.desk.officers import is_account_name
    from counter.setting_up import Step as Steps
    from counter.setting_up import mistakes_at

    wrong = mistakes_at(answers, step)
    if step is Steps.PEOPLE and not wrong and not is_account_name(answers.admin_account.strip()):
        wrong = ("desk.officer_id: chỉ gồm chữ thường không dấu, số và dấu . _ -",)
    if secrets is not None and not wrong:
        if not secrets.password:
            raise WeakPassword
        check_secrets(secrets, answers)
    return wrong


def call_portal(folder: DataFolder, answers: Answers, secret: str) -> tuple[Check, ...]:
    """Sign in to the portal as it was answered; nothing is kept."""
    from counter.setting_up import settings_of
    from counter.settings import SettingsFile
    from sync.checkup import check_portal
    from sync.portal import Portal

    file = SettingsFile(settings_of(answers), folder.settings)
    return check_portal(Portal(access_with(file, secret.strip()), clock=now))


def find_devices() -> DevicesFound:
    """Look what is connected; a service that does not run has found nothing."""
    from devices.card.apart import ApartReaders
    from devices.codes import serial_ports
    from devices.paper.office_printer import system_queues
    from devices.paper.usb import plugged_in
    from ui.setup.hands import DevicesFound

    with closing(ApartReaders(8.0)) as readers:
        try:
            names = tuple(state.name for state in readers.look())
        except DeskError:
            names = ()
    rolls = tuple(one.address for one in plugged_in())
    return DevicesFound(names, system_queues(), serial_ports(), rolls)


def print_trial(folder: DataFolder, answers: Answers, role: str) -> tuple[Outcome, str]:
    """Print one trial paper on the printer of *role*, through the desk's own spool.

    Raises:
        DeskError: It was not made, and why.
    """
    from counter.ports import PaperFailed, PaperMade
    from counter.setting_up import settings_of
    from counter.trial_papers import trial_receipt, trial_ticket
    from counter.wording import load_wordings
    from devices.paper.spool import open_printer

    # A page that was not reached yet must not keep its printer from being tried.
    settings = settings_of(replace(answers, portal_url=answers.portal_url or "https://cong"))
    if role == "receipts":
        job = trial_receipt(settings, load_wordings(RESOURCES / "papers"), now())
    else:
        job = trial_ticket(settings, now())
    told: SimpleQueue[PaperEvent] = SimpleQueue()
    spool = open_printer(settings.printers, folder.tray, poll_s=PAPER_S)
    spool.start(told.put)
    try:
        spool.put(job)
        while True:
            event = told.get(timeout=PAPER_S)
            if isinstance(event, PaperFailed):
                raise event.error
            if isinstance(event, PaperMade):
                return event.outcome, event.place
    except Empty as error:
        raise PrinterSilent from error
    finally:
        spool.stop()
