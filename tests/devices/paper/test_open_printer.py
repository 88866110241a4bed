"""A desk's printers are opened as its settings say; a mistake there is named by its key."""

from __future__ import annotations

from pathlib import Path
from queue import Queue
from typing import Literal

import pytest

from counter.errors import BadSettings, NoPrinter, PrinterOutOfPaper
from counter.ports import Outcome, PaperEvent, PaperMade, PrinterState
from counter.settings import PrinterSettings, PrintersSettings
from devices.paper.escpos import EscposPrinter
from devices.paper.spool import Spool, open_printer
from devices.paper.tray import Tray
from devices.paper.wires import wire_to
from tests.devices.paper.emulator import Machine, on_tcp
from tests.devices.paper.samples import RECEIPT, TICKET, job

LIMIT_S = 60.0
TRAY = PrinterSettings()

Kind = Literal["tray", "system", "escpos"]


def made(told: Queue[PaperEvent]) -> PaperMade:
    while True:
        event = told.get(timeout=LIMIT_S)
        if isinstance(event, PaperMade):
            return event


def test_a_desk_without_printers_lays_its_papers_into_the_tray(tmp_path: Path) -> None:
    told: Queue[PaperEvent] = Queue()
    spool = open_printer(PrintersSettings(), tmp_path / "tray")
    spool.start(told.put)
    try:
        spool.put(job(RECEIPT))
        spool.put(job(TICKET))
        papers = [made(told), made(told)]
    finally:
        spool.stop()

    assert [paper.outcome for paper in papers] == [Outcome.TRAY, Outcome.TRAY]
    assert [Path(paper.place).suffix for paper in papers] == [".pdf", ".png"]


def test_receipts_go_to_the_tray_and_tickets_onto_the_roll(tmp_path: Path) -> None:
    machine, told = Machine(width_dots=384), Queue[PaperEvent]()
    with on_tcp(machine) as plug:
        roll = PrinterSettings(kind="escpos", name=plug.address, width_dots=384)
        spool = open_printer(PrintersSettings(tickets=roll), tmp_path)
        spool.start(told.put)
        try:
            spool.put(job(TICKET))
            spool.put(job(RECEIPT))
            papers = [made(told), made(told)]
        finally:
            spool.stop()

    assert [paper.outcome for paper in papers] == [Outcome.PRINTED, Outcome.TRAY]
    assert papers[0].place == plug.address
    assert machine.tickets[0].width == 384


def test_a_roll_that_ends_while_nobody_prints_is_told(tmp_path: Path) -> None:
    machine, told = Machine(), Queue[PaperEvent]()
    with on_tcp(machine) as plug:
        roll = EscposPrinter(plug.address, wire_to(plug.address), width_dots=576)
        spool = Spool(receipts=Tray(tmp_path, 576), tickets=roll, poll_s=0.02)
        spool.start(told.put)
        try:
            before = [told.get(timeout=LIMIT_S), told.get(timeout=LIMIT_S)]
            machine.has_paper = False
            after = told.get(timeout=LIMIT_S)
        finally:
            spool.stop()

    assert [(state.role, state.error) for state in before if isinstance(state, PrinterState)] == [
        ("receipts", None),
        ("tickets", None),
    ]
    assert isinstance(after, PrinterState)
    assert (after.role, type(after.error)) == ("tickets", PrinterOutOfPaper)


def test_a_queue_that_is_missing_is_told_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # a computer without CUPS
    told: Queue[PaperEvent] = Queue()
    queue = PrinterSettings(kind="system", name="laser")
    spool = open_printer(PrintersSettings(receipts=queue), tmp_path)
    spool.start(told.put)
    try:
        state = told.get(timeout=LIMIT_S)
    finally:
        spool.stop()

    assert isinstance(state, PrinterState)
    assert (state.role, state.name, type(state.error)) == ("receipts", "laser", NoPrinter)


@pytest.mark.parametrize(
    ("role", "kind", "name", "key"),
    [
        ("receipts", "system", "", "printers.receipts.name"),
        ("tickets", "escpos", "192.168.1.50", "printers.tickets.name"),
        ("tickets", "escpos", "", "printers.tickets.name"),
        ("receipts", "escpos", "tcp://192.168.1.50", "printers.receipts.kind"),
    ],
)
def test_a_mistake_is_named_by_its_key(
    role: str, kind: Kind, name: str, key: str, tmp_path: Path
) -> None:
    printers = {"receipts": TRAY, "tickets": TRAY} | {role: PrinterSettings(kind=kind, name=name)}

    with pytest.raises(BadSettings) as refused:
        open_printer(PrintersSettings(**printers), tmp_path)

    assert [mistake.split(":")[0] for mistake in refused.value.mistakes] == [key]
