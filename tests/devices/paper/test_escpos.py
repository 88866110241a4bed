"""Promises of ``devices/paper/escpos.py``, kept against a printer that has every fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from counter.errors import (
    DeskError,
    NoPrinter,
    PrinterCoverOpen,
    PrinterFault,
    PrinterOutOfPaper,
    PrinterSilent,
)
from counter.ports import Outcome
from devices.paper import wires
from devices.paper.escpos import EscposPrinter, fault_in, ticket_commands
from devices.paper.ticket import ticket_png
from devices.paper.wires import wire_to
from tests.devices.paper.emulator import Machine, Plug, on_pty, on_tcp
from tests.devices.paper.samples import RECEIPT, TICKET, job, ticket

SOON_S = 0.2
"""For who never says anything."""

A_WHILE_S = 2.0
"""For who answered until then and falls silent."""

LONG_S = 30.0
"""For who answers, however busy the machine is."""

QUESTIONS = 4 * 3
"""Bytes of the four questions before a ticket."""


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def plug(machine: Machine) -> Iterator[Plug]:
    with on_tcp(machine) as plugged:
        yield plugged


def printer(
    plug: Plug, width_dots: int = 576, *, answer_s: float = LONG_S, finish_s: float = LONG_S
) -> EscposPrinter:
    open_wire = wire_to(plug.address)
    return EscposPrinter(
        plug.address, open_wire, width_dots=width_dots, answer_s=answer_s, finish_s=finish_s
    )


def patience_with(machine: Machine) -> float:
    """Return how long an answer of *machine* is waited for: not long where none will come."""
    return SOON_S if machine.answers_left == 0 else LONG_S


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and one.tobytes() == other.tobytes()


def drawn(width: int) -> Image.Image:
    return Image.open(BytesIO(ticket_png(TICKET, width)))


@pytest.mark.parametrize("width", [384, 576])
def test_the_paper_is_the_picture_dot_by_dot(width: int) -> None:
    machine = Machine(width_dots=width)

    with on_tcp(machine) as plug:
        outcome, place = printer(plug, width).make(job(TICKET))

    assert (outcome, place) == (Outcome.PRINTED, plug.address)
    (paper,) = machine.tickets
    assert same(paper, drawn(width))
    assert machine.unknown == []


def test_the_code_is_read_from_the_paper(machine: Machine, plug: Plug) -> None:
    printer(plug).make(job(TICKET))

    (code,) = zxingcpp.read_barcodes(machine.tickets[0].convert("L"))
    assert code.text == TICKET.qr


def test_a_head_of_uneven_width_prints_to_the_last_whole_byte(machine: Machine, plug: Plug) -> None:
    printer(plug, width_dots=511).make(job(TICKET))

    assert machine.tickets[0].crop((504, 0, 576, machine.tickets[0].height)).getextrema() == (
        255,
        255,
    )


def test_bytes_that_arrive_in_small_parts_print_the_same(machine: Machine, plug: Plug) -> None:
    plug.at_once = 61  # no whole command and no whole row of dots

    outcome, _ = printer(plug).make(job(TICKET))

    assert outcome is Outcome.PRINTED
    assert same(machine.tickets[0], drawn(576))


FAULTS: dict[str, tuple[dict[str, Any], type[DeskError]]] = {
    "no paper": ({"has_paper": False}, PrinterOutOfPaper),
    "cover open": ({"cover_open": True}, PrinterCoverOpen),
    "cover open and no paper": ({"cover_open": True, "has_paper": False}, PrinterCoverOpen),
    "cutter jammed": ({"cutter_jammed": True}, PrinterFault),
    "silent": ({"answers_left": 0}, PrinterSilent),
}


@pytest.mark.parametrize(("fault", "error"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_known_before_a_ticket_is_begun(
    fault: dict[str, Any], error: type[DeskError]
) -> None:
    machine = Machine(**fault)

    with on_tcp(machine) as plug:
        with pytest.raises(error):
            printer(plug, answer_s=patience_with(machine)).make(job(TICKET))
        with pytest.raises(error):
            printer(plug, answer_s=patience_with(machine)).check()

    assert machine.tickets == []


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        (scheme, name)
        for scheme in ("serial", "file")
        for name in FAULTS
        if (scheme, name) != ("file", "silent")  # no fault: its papers are unknown, see below
    ],
)
def test_a_fault_is_known_behind_a_cable_too(scheme: str, name: str) -> None:
    fault, error = FAULTS[name]
    machine = Machine(**fault)

    with on_pty(machine, scheme) as plug:
        plug.at_once = 7
        with pytest.raises(error):
            printer(plug, answer_s=patience_with(machine)).make(job(TICKET))

    assert machine.tickets == []


@pytest.mark.parametrize("scheme", ["serial", "file"])
@pytest.mark.parametrize(
    ("fault", "error", "finish_s"),
    [({"rows_left": 300}, PrinterOutOfPaper, LONG_S), ({"answers_left": 4}, None, SOON_S)],
    ids=["paper ends", "falls silent"],
)
def test_what_became_of_a_ticket_is_known_behind_a_cable_too(
    scheme: str, fault: dict[str, Any], error: type[DeskError] | None, finish_s: float
) -> None:
    machine = Machine(**fault)

    with on_pty(machine, scheme) as plug:
        plug.at_once = 997
        try:
            patient = printer(plug, answer_s=A_WHILE_S, finish_s=finish_s)
            outcome: Outcome | type[DeskError] = patient.make(job(TICKET))[0]
        except DeskError as told:
            outcome = type(told)

    assert outcome is (error or Outcome.UNKNOWN)


def test_a_thin_roll_prints_all_the_same(machine: Machine, plug: Plug) -> None:
    machine.near_end = True

    printer(plug).check()
    outcome, _ = printer(plug).make(job(TICKET))

    assert outcome is Outcome.PRINTED


def test_paper_that_ends_in_the_middle_is_told(machine: Machine, plug: Plug) -> None:
    machine.rows_left = 300

    with pytest.raises(PrinterOutOfPaper):
        printer(plug, answer_s=A_WHILE_S).make(job(TICKET))


def test_the_rest_of_a_ticket_that_failed_does_not_come_out_with_the_next(
    machine: Machine, plug: Plug
) -> None:
    machine.rows_left = 300
    with pytest.raises(PrinterOutOfPaper):
        printer(plug, answer_s=A_WHILE_S).make(job(TICKET))

    assert machine.forgot.wait(LONG_S)
    machine.load_paper()
    printer(plug).make(job(ticket(number="A013")))

    assert [paper.height for paper in machine.tickets] == [drawn(576).height]


def test_a_printer_that_falls_silent_after_it_has_everything_leaves_it_unknown(
    machine: Machine, plug: Plug
) -> None:
    machine.answers_left = 4  # to the four questions before

    outcome, _ = printer(plug, answer_s=A_WHILE_S, finish_s=SOON_S).make(job(TICKET))

    assert outcome is Outcome.UNKNOWN
    assert len(machine.tickets) == 1


def test_a_connection_cut_before_the_last_word_leaves_it_unknown(
    machine: Machine, plug: Plug
) -> None:
    machine.answers_left = 4
    plug.cut_after = QUESTIONS + len(ticket_commands(drawn(576))) + 2

    outcome, _ = printer(plug).make(job(TICKET))

    assert outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9])
def test_a_ticket_cut_off_on_the_way_is_never_called_printed(
    machine: Machine, plug: Plug, part: float
) -> None:
    plug.cut_after = QUESTIONS + int(part * len(ticket_commands(drawn(576))))

    try:
        outcome: Outcome | DeskError = printer(plug).make(job(TICKET))[0]
    except DeskError as error:
        outcome = error

    assert outcome is Outcome.UNKNOWN or isinstance(outcome, PrinterSilent)
    assert machine.tickets == []


def test_a_printer_that_takes_no_more_is_given_up(
    plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "SEND_S", SOON_S)
    plug.stuck_after = QUESTIONS
    many = replace(job(TICKET), copies=300)  # more than the network keeps on the way

    with pytest.raises(PrinterSilent):
        printer(plug).make(many)


def test_a_printer_that_hangs_up_on_the_first_question_is_silent(plug: Plug) -> None:
    plug.cut_after = 0

    with pytest.raises(PrinterSilent):
        printer(plug).check()


def test_no_printer_at_the_address_is_told(machine: Machine) -> None:
    with on_tcp(machine) as plug:
        address = plug.address

    with pytest.raises(NoPrinter):
        printer(Plug(address)).check()


def test_copies_come_out_one_by_one(machine: Machine, plug: Plug) -> None:
    printer(plug).make(replace(job(TICKET), copies=2))

    assert len(machine.tickets) == 2


def test_a_receipt_of_a5_is_not_squeezed_onto_a_roll(machine: Machine, plug: Plug) -> None:
    with pytest.raises(NoPrinter):
        printer(plug).make(job(RECEIPT))

    assert plug.connections == 0


@pytest.mark.parametrize("scheme", ["serial", "file"])
def test_a_printer_behind_a_device_prints_and_says_so(machine: Machine, scheme: str) -> None:
    with on_pty(machine, scheme) as plug:
        outcome, _ = printer(plug).make(job(TICKET))

    assert outcome is Outcome.PRINTED
    assert same(machine.tickets[0], drawn(576))


def test_a_mute_device_file_prints_and_leaves_it_unknown(machine: Machine) -> None:
    machine.answers_left = 0

    with on_pty(machine, "file") as plug:
        outcome, _ = printer(plug, answer_s=SOON_S).make(job(TICKET))

    assert outcome is Outcome.UNKNOWN
    assert same(machine.tickets[0], drawn(576))


@pytest.mark.parametrize("address", ["serial:///dev/none", "file:///dev/none"])
def test_a_device_that_is_not_there_is_told(address: str) -> None:
    with pytest.raises(NoPrinter):
        printer(Plug(address)).check()


@pytest.mark.parametrize("address", ["", "tcp://", "192.168.1.50", "usb:1234", "serial:", "file:"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        wire_to(address)


@given(st.binary(min_size=10, max_size=40), st.integers(1, 600))
def test_no_picture_holds_a_command_that_is_obeyed_at_once(row: bytes, rows: int) -> None:
    dots = (b"\x10\x04\x01\x10\x05\x02\x10\x14\x02" + row) * rows
    picture = Image.frombytes("1", ((9 + len(row)) * 8, rows), dots, "raw", "1;I")

    machine = Machine(width_dots=picture.width)
    answers = machine.take(ticket_commands(picture))

    assert answers == b""
    assert machine.unknown == []
    differing = sum(
        (one ^ other).bit_count()
        for one, other in zip(machine.tickets[0].tobytes(), picture.tobytes(), strict=True)
    )
    assert differing <= dots.count(b"\x10")


@given(st.binary(min_size=4, max_size=4))
def test_any_four_answers_are_read(states: bytes) -> None:
    fault = fault_in(states)

    assert fault is None or fault.code.startswith("printer.")
