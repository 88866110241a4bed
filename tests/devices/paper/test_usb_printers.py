"""Receipt printers on USB: found by what they are, spoken to with every wait at an end."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter.errors import (
    DeskError,
    NoPrinter,
    PrinterCoverOpen,
    PrinterFault,
    PrinterOutOfPaper,
    PrinterSilent,
)
from counter.ports import Outcome
from devices.paper import usb
from devices.paper.escpos import EscposPrinter
from devices.paper.usb import UsbPrinter, find, is_usb, on_linux, on_windows
from devices.paper.windows_usb import InterfaceData, Overlapped, WindowsUsbWire
from devices.paper.wires import wire_to
from tests.devices.paper.emulator import Machine, on_pty
from tests.devices.paper.samples import TICKET, job
from tests.devices.paper.test_escpos import LONG_S, drawn, same

EPSON = UsbPrinter("04b8:0e15", "X5JM001", "/dev/usb/lp0")
XPRINTER = UsbPrinter("0483:070b", "", "/dev/usb/lp1")


def plug_in(tree: Path, files: Path, name: str, **told: str) -> None:
    """Make what the kernel makes for one printer."""
    device = tree / "devices" / name
    interface = device / "1-1:1.0"
    interface.mkdir(parents=True)
    for attribute, text in told.items():
        (device / attribute).write_text(f"{text}\n", encoding="ascii")
    (tree / name).mkdir()
    (tree / name / "device").symlink_to(interface)
    files.mkdir(exist_ok=True)


@pytest.fixture
def kernel(tmp_path: Path) -> Path:
    """A computer with two printers plugged in."""
    tree, files = tmp_path / "sys", tmp_path / "dev"
    plug_in(tree, files, "lp0", idVendor="04b8", idProduct="0E15", serial="X5JM001")
    plug_in(tree, files, "lp1", idVendor="0483", idProduct="070b")
    return tmp_path


def test_linux_tells_maker_model_and_serial_number(kernel: Path) -> None:
    found = on_linux(kernel / "sys", kernel / "dev")

    assert [(one.ids, one.serial, Path(one.path).name) for one in found] == [
        ("04b8:0e15", "X5JM001", "lp0"),
        ("0483:070b", "", "lp1"),
    ]


def test_a_computer_without_usb_printers_has_none(tmp_path: Path) -> None:
    assert on_linux(tmp_path / "nothing", tmp_path) == []


def test_windows_tells_it_in_the_path() -> None:
    guid = "{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
    found = on_windows(
        [
            rf"\\?\usb#vid_04b8&pid_0e15#X5JM001#{guid}",
            rf"\\?\usb#vid_0483&pid_070b&mi_00#7&2b3c&0&0000#{guid}",
            r"\\?\something else",
        ]
    )

    assert [(one.ids, one.serial) for one in found] == [("04b8:0e15", "X5JM001"), ("0483:070b", "")]


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("usb://04b8:0e15", EPSON),
        ("usb://04B8:0E15/x5jm001", EPSON),
        ("usb://0483:070b", XPRINTER),
    ],
)
def test_an_address_names_one_printer(address: str, named: UsbPrinter) -> None:
    assert find(address, (EPSON, XPRINTER)) is named
    assert find(named.address, (EPSON, XPRINTER)) is named


def test_the_short_address_takes_the_only_printer() -> None:
    assert find("usb:", (EPSON,)) is EPSON


@pytest.mark.parametrize(
    ("address", "plugged"),
    [
        ("usb:", ()),
        ("usb:", (EPSON, XPRINTER)),
        ("usb://04b8:0e15", (XPRINTER,)),
        ("usb://04b8:0e15", (EPSON, EPSON)),
        ("usb://04b8:0e15/OTHER", (EPSON,)),
    ],
    ids=["none", "two", "another", "two alike", "another of the kind"],
)
def test_none_or_several_are_no_printer(address: str, plugged: tuple[UsbPrinter, ...]) -> None:
    with pytest.raises(NoPrinter):
        find(address, plugged)


@pytest.mark.parametrize(
    "address", ["usb:04b8", "usb://04b8", "usb://zzzz:0e15", "usb://", "lpt1:"]
)
def test_what_is_no_address_is_refused_before_anything_is_opened(address: str) -> None:
    assert not is_usb(address)
    with pytest.raises(ValueError, match="not an address"):
        wire_to(address)


def test_the_printer_is_found_anew_when_its_number_changed(
    kernel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb, "SYS", kernel / "sys")
    monkeypatch.setattr(usb, "DEV", kernel / "dev")
    printer = EscposPrinter("usb", wire_to("usb://0483:070b"), width_dots=576, answer_s=LONG_S)
    machine = Machine()
    with pytest.raises(NoPrinter):  # it is listed, and its file is not there yet
        printer.check()

    with on_pty(machine, "file") as plug:
        (kernel / "dev" / "lp1").symlink_to(plug.address.removeprefix("file://"))
        outcome, _ = printer.make(job(TICKET))

    assert outcome is Outcome.PRINTED
    assert same(machine.tickets[0], drawn(576))


class Going:
    """One reading or writing, at its end or for ever under way."""

    def __init__(self, count: int | None, buffer: Any = None, content: bytes = b"") -> None:
        self.count, self._buffer, self._content = count, buffer, content
        self.cancelled = False

    def wait(self, limit_s: float) -> bool:
        return self.count is not None

    def result(self) -> int:
        if self.count is None and not self.cancelled:
            message = "this would wait for ever"
            raise AssertionError(message)
        if self._buffer is not None and self._content:
            ctypes.memmove(self._buffer, self._content, len(self._content))
        return self.count or 0

    def cancel(self) -> None:
        self.cancelled = True


class Path_:  # noqa: N801 - Windows' device path, beside pathlib's
    """A device path with a machine behind it.

    Attributes:
        at_once: Bytes it takes in one writing.
        stuck: It takes nothing more.
        one_way: Nothing can be read.
        gone: It was pulled out.
    """

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.at_once = 4096
        self.stuck = self.one_way = self.gone = False
        self.closed = 0
        self._said = bytearray()

    def write(self, content: bytes) -> Going:
        if self.gone:
            raise OSError(1167, "device not connected")
        if self.stuck:
            return Going(None)
        taken = content[: self.at_once]
        self._said += self.machine.take(taken)
        return Going(len(taken))

    def read(self, buffer: Any) -> Going:
        if self.one_way or self.gone:
            raise OSError(1, "no way back")
        said, self._said = bytes(self._said), bytearray()
        return Going(len(said), buffer, said) if said else Going(None)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def path() -> Iterator[Path_]:
    """A device path; whoever opened it has closed it at the end."""
    made = Path_(Machine())
    yield made
    assert made.closed == 1


def on_path(path: Path_) -> EscposPrinter:
    return EscposPrinter(
        "usb", lambda: WindowsUsbWire(path), width_dots=576, answer_s=1.0, finish_s=3.0
    )


@pytest.mark.parametrize("at_once", [4096, 61])
def test_windows_prints_the_picture_and_knows_it(path: Path_, at_once: int) -> None:
    path.at_once = at_once

    outcome, _ = on_path(path).make(job(TICKET))

    assert outcome is Outcome.PRINTED
    assert same(path.machine.tickets[0], drawn(576))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"has_paper": False}, PrinterOutOfPaper),
        ({"cover_open": True}, PrinterCoverOpen),
        ({"cutter_jammed": True}, PrinterFault),
        ({"rows_left": 300}, PrinterOutOfPaper),
    ],
)
def test_windows_hears_of_every_fault(
    path: Path_, fault: dict[str, Any], error: type[DeskError]
) -> None:
    for name, value in fault.items():
        setattr(path.machine, name, value)

    with pytest.raises(error):
        on_path(path).make(job(TICKET))


def test_a_printer_that_only_listens_leaves_it_unknown(path: Path_) -> None:
    path.one_way = True

    outcome, _ = on_path(path).make(job(TICKET))

    assert outcome is Outcome.UNKNOWN
    assert len(path.machine.tickets) == 1


@pytest.mark.parametrize("how", ["stuck", "gone"])
def test_windows_gives_up_a_printer_that_takes_nothing(path: Path_, how: str) -> None:
    setattr(path, how, True)

    with pytest.raises(PrinterSilent):
        on_path(path).make(job(TICKET))

    assert path.machine.tickets == []


def test_windows_structures_are_as_large_as_windows_says() -> None:
    words = ctypes.sizeof(ctypes.c_void_p)

    assert ctypes.sizeof(InterfaceData) == {8: 32, 4: 28}[words]
    assert ctypes.sizeof(Overlapped) == {8: 32, 4: 20}[words]
