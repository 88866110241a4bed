"""The demonstration's printer: the paper tray, which can run out of paper on command."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from counter.errors import PrinterOutOfPaper
from counter.ports import Outcome, PrintJob
from counter.settings import PrintersSettings
from devices.paper.spool import POLL_S, Spool
from devices.paper.tray import Tray


class DemoPrinter:
    """Lays paper into the tray unless its own paper is out. Safe from any thread."""

    def __init__(self, folder: Path, width_dots: int) -> None:
        self._tray = Tray(folder, width_dots)
        self._out = Event()

    @property
    def name(self) -> str:
        """The tray's folder."""
        return self._tray.name

    def take_paper_out(self) -> None:
        """Let every paper fail from now on."""
        self._out.set()

    def put_paper_in(self) -> None:
        """Let paper be made again."""
        self._out.clear()

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        """Lay the paper into the tray.

        Raises:
            PrinterOutOfPaper: The paper was taken out.
            TrayFull: The folder cannot be written.
        """
        self.check()
        return self._tray.make(job)

    def check(self) -> None:
        """Raise what a person must do before it can print."""
        if self._out.is_set():
            raise PrinterOutOfPaper
        self._tray.check()


def demo_printers(
    settings: PrintersSettings, tray: Path, *, poll_s: float = POLL_S
) -> tuple[Spool, DemoPrinter]:
    """Return a spool whose two printers share one heap of paper, and that heap's lever."""
    printer = DemoPrinter(tray, settings.tickets.width_dots)
    return Spool(receipts=printer, tickets=printer, poll_s=poll_s), printer
