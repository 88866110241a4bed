"""Promises of ``devices/paper/office_printer.py`` and its queues, kept against a real CUPS."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL.Image import Image

from counter.errors import NoPrinter, PrinterFault, PrinterSilent
from counter.ports import Outcome
from devices.paper import cups_queue
from devices.paper.cups_queue import CupsQueue
from devices.paper.forms_pdf import receipt_pdf
from devices.paper.letterhead import A5
from devices.paper.office_printer import OfficePrinter
from devices.paper.ticket import DOTS_PER_MM, ticket_picture
from tests.devices.paper.cups import Cups, cupsd, pictures, running
from tests.devices.paper.samples import CODE, RECEIPT, TICKET, job

HOUSE = Path(cups_queue.__file__).parents[2]
LIMIT_S = 120.0
BOTH_CODES = {"Code 128": CODE, "QR Code": CODE}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Cups]:
    found = cupsd()
    if found is None:
        pytest.skip("needs cups-daemon, cups-client and printer-driver-cups-pdf")
    with running(found) as cups:
        yield cups


@pytest.fixture
def cups(scheduler: Cups, monkeypatch: pytest.MonkeyPatch) -> Cups:
    monkeypatch.setenv("CUPS_SERVER", scheduler.server)
    return scheduler


def printer(queue: str) -> OfficePrinter:
    return OfficePrinter(queue, CupsQueue(queue), 576)


def codes(page: Image) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(page)}


def is_size(page: Image, width_mm: float, height_mm: float, dpi: int = 203) -> bool:
    """Say whether a page is that large; drivers round to whole points and dots."""
    sides = page.width / dpi * 25.4, page.height / dpi * 25.4
    return sides == pytest.approx((width_mm, height_mm), abs=1.0)


def test_both_copies_of_a_receipt_reach_the_printer_on_a5(cups: Cups, tmp_path: Path) -> None:
    outcome, place = printer("A5").make(job(RECEIPT))

    assert (outcome, place) == (Outcome.UNKNOWN, "A5")
    pages = pictures(cups.arrived.get(timeout=LIMIT_S), tmp_path)
    assert [is_size(page, 148, 210) for page in pages] == [True, True]
    assert [codes(page) for page in pages] == [BOTH_CODES] * 2


def test_a_ticket_reaches_a_printer_with_a_driver(cups: Cups, tmp_path: Path) -> None:
    printer("A5").make(job(TICKET))

    (page,) = pictures(cups.arrived.get(timeout=LIMIT_S), tmp_path)
    assert is_size(page, 72, ticket_picture(TICKET, 576).height / DOTS_PER_MM)
    assert codes(page) == {"QR Code": TICKET.qr}


def test_a_queue_is_ready(cups: Cups) -> None:
    printer("A5").check()

    assert cups.arrived.empty()


def test_a_queue_that_does_not_exist_is_told(cups: Cups) -> None:
    with pytest.raises(NoPrinter):
        printer("laser").check()
    with pytest.raises(NoPrinter):
        printer("laser").make(job(RECEIPT))


@pytest.mark.parametrize("stop", ["cupsdisable", "cupsreject"])
def test_a_queue_that_was_stopped_is_told(cups: Cups, stop: str) -> None:
    cups.add("stopped", cups.printer)
    cups.tell(stop, "stopped")

    with pytest.raises(NoPrinter):
        printer("stopped").make(job(RECEIPT))


def test_a_printer_that_is_gone_behind_its_queue_is_never_called_printed(cups: Cups) -> None:
    cups.add("gone", "socket://127.0.0.1:1/")

    outcome, _ = printer("gone").make(job(RECEIPT))

    assert outcome is Outcome.UNKNOWN


def test_what_is_no_paper_is_refused_by_the_queue(cups: Cups) -> None:
    with pytest.raises(PrinterFault):
        CupsQueue("A5").take("empty", b"", A5)


def test_a_computer_without_cups_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPrinter):
        printer("A5").check()


def test_a_spooler_that_hangs_is_given_up(
    cups: Cups, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as hanging:
        hanging.bind(str(tmp_path / "socket"))
        hanging.listen()
        monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "socket"))
        monkeypatch.setattr(cups_queue, "LIMIT_S", 0.5)

        with pytest.raises(PrinterSilent):
            printer("A5").check()


def test_the_way_through_qt_gives_the_same_paper(cups: Cups, tmp_path: Path) -> None:
    """Qt keeps the address of the first CUPS it meets, so it gets a process of its own."""
    (tmp_path / "receipt.pdf").write_bytes(receipt_pdf(RECEIPT))
    through_qt = (
        "import sys; from pathlib import Path; from PySide6.QtGui import QGuiApplication;"
        "from devices.paper.qt_queue import QtQueue; from devices.paper.letterhead import A5;"
        "app = QGuiApplication([]);"
        "QtQueue('A5').take('receipt', Path(sys.argv[1]).read_bytes(), A5)"
    )

    subprocess.run(
        [sys.executable, "-c", through_qt, str(tmp_path / "receipt.pdf")], cwd=HOUSE, check=True
    )

    pages = pictures(cups.arrived.get(timeout=LIMIT_S), tmp_path, dpi=300)
    assert [is_size(page, 148, 210, 300) for page in pages] == [True, True]
    assert [codes(page) for page in pages] == [BOTH_CODES] * 2


def test_qt_says_that_a_queue_does_not_exist(cups: Cups) -> None:
    through_qt = (
        "from PySide6.QtGui import QGuiApplication; from devices.paper.qt_queue import QtQueue;"
        "app = QGuiApplication([]); QtQueue('laser').check()"
    )

    done = subprocess.run(
        [sys.executable, "-c", through_qt],
        cwd=HOUSE,
        env=os.environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stderr.strip().endswith(".NoPrinter: printer.absent")
