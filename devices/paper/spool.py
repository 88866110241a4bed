"""Makes one paper after the other on the thread ``printer`` and tells what became of each."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Protocol, assert_never
from uuid import UUID

from counter.errors import BadSettings, DeskError, SoftwareFault
from counter.forms import RulerPaper, TicketPaper
from counter.ports import Outcome, PaperEvent, PaperFailed, PaperMade, PrinterState, PrintJob
from counter.settings import PrinterSettings, PrintersSettings
from devices.paper.escpos import EscposPrinter
from devices.paper.office_printer import OfficePrinter, system_queue
from devices.paper.tray import Tray
from devices.paper.wires import wire_to

log = logging.getLogger(__name__)

POLL_S = 5.0
"""How often an idle spool asks its printers how they are."""

WINDOW_FIRST_S = 0.1
"""How long an idle spool lets the window show what it was given the paper for.

Drawing a paper and painting a page both need Python, which serves one at a time.
"""

_REMEMBERED = 1000
"""Papers known to be made, each by its hash: what it said is not kept."""


class Device(Protocol):
    """Something that turns jobs into paper; used on the ``printer`` thread only."""

    @property
    def name(self) -> str:
        """What people call it: a queue's name, a printer's address, a folder."""

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        """Make the paper of *job*; return what is known of it and where it is.

        Raises:
            DeskError: It was not made, or not to its end.
        """

    def check(self) -> None:
        """Ask the device how it is; returns soon.

        Raises:
            DeskError: What a person must do before it can print.
        """


@dataclass(frozen=True, slots=True)
class _Question:
    """How is the printer of a role now?"""

    role: str
    heard: Callable[[DeskError | None], None]


class Spool:
    """A desk's printers behind one queue; implements ``counter.ports.Printer``."""

    def __init__(self, *, receipts: Device, tickets: Device, poll_s: float = POLL_S) -> None:
        self._devices: Mapping[str, Device] = {"receipts": receipts, "tickets": tickets}
        self._poll_s = poll_s
        self._jobs: SimpleQueue[PrintJob | _Question | None] = SimpleQueue()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._made: OrderedDict[UUID, tuple[int, PaperMade]] = OrderedDict()
        self._said: dict[str, type[DeskError] | None] = {}

    def start(self, tell: Callable[[PaperEvent], None]) -> None:
        """Begin; *tell* is called on the ``printer`` thread."""
        self._thread = threading.Thread(target=self._run, args=(tell,), name="printer")
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand and end; returns after the thread has ended.

        Jobs that wait are not made; each can be printed again from what is on disk.
        """
        self._ending.set()
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()

    def put(self, job: PrintJob) -> None:
        """Queue *job*. Safe from any thread; never waits.

        A job that failed may be put again. One that came out of the printer is answered again
        as it was, and not printed twice; paper printed again is a new job and says so.
        """
        self._jobs.put(job)

    def ask(self, role: str, heard: Callable[[DeskError | None], None]) -> None:
        """Ask a printer how it is now, after what is in hand; see ``counter.ports.Printer``."""
        self._jobs.put(_Question(role, heard))

    def _run(self, tell: Callable[[PaperEvent], None]) -> None:
        poll_at = monotonic()
        while not self._ending.is_set():
            try:
                job = self._next(max(0.0, poll_at - monotonic()))
            except Empty:
                self._poll(tell)
                poll_at = monotonic() + self._poll_s
                continue
            if isinstance(job, _Question):
                job.heard(self._ask_one(job.role, tell))
                continue
            if job is not None and not self._ending.is_set():
                result = self._result(job)
                tell(result)
                troubled = isinstance(result, PaperFailed) or any(self._said.values())
                poll_at = monotonic() + (0.0 if troubled else self._poll_s)
            job = None  # what it says is not kept while nothing is printed
        if waiting := self._jobs.qsize():
            log.info("%d entries of the print queue were left", waiting)

    def _next(self, patience_s: float) -> PrintJob | _Question | None:
        """Return what is put next; what comes to an idle spool lets the window go first.

        Raises:
            Empty: Nothing was put in *patience_s* seconds.
        """
        with suppress(Empty):
            return self._jobs.get_nowait()
        put = self._jobs.get(timeout=patience_s)
        if isinstance(put, PrintJob):
            self._ending.wait(WINDOW_FIRST_S)
        return put

    def _result(self, job: PrintJob) -> PaperMade | PaperFailed:
        before = self._made.get(job.id)
        if before is not None and before[0] == hash(job):
            return before[1]
        try:
            outcome, place = self._device_of(job).make(job)
        except DeskError as error:
            log.info("paper %s failed: %s", job.id, error.code)
            return PaperFailed(job.id, error)
        except Exception:
            log.exception("paper %s failed", job.id)
            return PaperFailed(job.id, SoftwareFault())
        made = PaperMade(job.id, outcome, place)
        self._remember(job, made)
        return made

    def _device_of(self, job: PrintJob) -> Device:
        is_narrow = isinstance(job.paper, TicketPaper | RulerPaper)
        return self._devices["tickets" if is_narrow else "receipts"]

    def _remember(self, job: PrintJob, made: PaperMade) -> None:
        self._made[job.id] = (hash(job), made)
        if len(self._made) > _REMEMBERED:
            self._made.popitem(last=False)

    def _poll(self, tell: Callable[[PaperEvent], None]) -> None:
        for role in self._devices:
            self._ask_one(role, tell)

    def _ask_one(self, role: str, tell: Callable[[PaperEvent], None]) -> DeskError | None:
        """Ask one printer how it is, and tell it when that has changed."""
        device = self._devices[role]
        error = self._state(device)
        kind = None if error is None else type(error)
        if role not in self._said or self._said[role] is not kind:
            self._said[role] = kind
            tell(PrinterState(role, device.name, error))
        return error

    def _state(self, device: Device) -> DeskError | None:
        try:
            device.check()
        except DeskError as error:
            return error
        except Exception:
            log.exception("asking a printer how it is failed")
            return SoftwareFault()
        return None


def open_printer(settings: PrintersSettings, tray_folder: Path, *, poll_s: float = POLL_S) -> Spool:
    """Build the spool of a desk; nothing is opened before the first paper or question.

    Raises:
        BadSettings: A printer's address is none, or receipts are to go onto a roll.
    """
    devices = open_devices(settings, tray_folder)
    return Spool(receipts=devices["receipts"], tickets=devices["tickets"], poll_s=poll_s)


def open_devices(settings: PrintersSettings, tray_folder: Path) -> dict[str, Device]:
    """Return the printers by their role, ``receipts`` and ``tickets``; nothing is opened yet.

    Raises:
        BadSettings: A printer's address is none, or receipts are to go onto a roll.
    """
    mistakes: list[str] = []
    devices = {
        role: _device(role, printer, tray_folder, mistakes)
        for role, printer in (("receipts", settings.receipts), ("tickets", settings.tickets))
    }
    if mistakes:
        raise BadSettings(tuple(mistakes))
    return devices


def _device(role: str, printer: PrinterSettings, tray_folder: Path, mistakes: list[str]) -> Device:
    tray = Tray(tray_folder, printer.width_dots)
    match printer.kind:
        case "tray":
            return tray
        case "system":
            if not printer.name:
                mistakes.append(f"printers.{role}.name: thiếu tên máy in của hệ điều hành")
            return OfficePrinter(printer.name, system_queue(printer.name), printer.width_dots)
        case "escpos":
            if role == "receipts":
                mistakes.append(
                    "printers.receipts.kind: giấy tiếp nhận khổ A5 không in được trên máy in"
                    " cuộn; hãy dùng system hoặc tray"
                )
                return tray
            try:
                open_wire = wire_to(printer.name)
            except ValueError:
                mistakes.append(
                    f"printers.{role}.name: phải là tcp://…, usb:…, serial://… hoặc file://…"
                )
                return tray
            return EscposPrinter(printer.name, open_wire, width_dots=printer.width_dots)
        case _:
            assert_never(printer.kind)
