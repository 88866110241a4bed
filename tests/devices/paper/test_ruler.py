"""The ruler page tells how wide a head is, whatever head prints it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from counter.errors import PrinterOutOfPaper
from counter.ports import Outcome
from counter.trial_papers import WIDTHS, trial_ruler
from devices.paper.ruler import LINE_HEIGHT, MARK, ruler_picture
from devices.paper.tray import Tray
from tests.devices.paper.emulator import Machine, on_pty, on_tcp
from tests.devices.paper.samples import TICKET
from tests.devices.paper.test_escpos import A_WHILE_S, printer

RULER = trial_ruler(TICKET.issued_at)
INK = 0


def read_off(paper: Image.Image) -> int:
    """Return the width on the longest line whose black square is whole, as an officer does.

    The lines are the last ones of the page; the square is looked for at its place and must be as
    wide as it is high, which a piece of the line is not.
    """
    first = paper.height - LINE_HEIGHT * len(WIDTHS)
    whole = 0
    for place, width in enumerate(WIDTHS):
        top = first + place * LINE_HEIGHT + (LINE_HEIGHT - MARK) // 2
        square = paper.crop((width - MARK, top, width, top + MARK))
        if width <= paper.width and square.getextrema() == (INK, INK):
            whole = width
    return whole


@pytest.mark.parametrize(
    ("head", "told"),
    [(360, 360), (384, 384), (420, 416), (504, 504), (512, 512), (576, 576), (640, 640)],
)
def test_every_head_is_read_off_at_its_own_width(head: int, told: int) -> None:
    machine = Machine(width_dots=head)

    with on_tcp(machine) as plug:
        outcome, _ = printer(plug, 384).make(RULER)

    (paper,) = machine.tickets
    assert outcome is Outcome.PRINTED
    assert read_off(paper) == told
    assert machine.unknown == []


def test_a_head_narrower_than_every_line_is_told_nothing() -> None:
    machine = Machine(width_dots=320)

    with on_tcp(machine) as plug:
        printer(plug, 384).make(RULER)

    assert read_off(machine.tickets[0]) == 0


@pytest.mark.parametrize("scheme", ["serial", "file"])
def test_the_ruler_comes_out_behind_a_cable_too(scheme: str) -> None:
    machine = Machine(width_dots=512)

    with on_pty(machine, scheme) as plug:
        plug.at_once = 61
        outcome, _ = printer(plug).make(RULER)

    assert outcome is Outcome.PRINTED
    assert read_off(machine.tickets[0]) == 512


def test_paper_that_ends_in_the_ruler_is_told() -> None:
    machine = Machine(rows_left=300)

    with on_tcp(machine) as plug, pytest.raises(PrinterOutOfPaper):
        printer(plug, answer_s=A_WHILE_S).make(RULER)


def test_every_line_carries_its_own_number() -> None:
    page = ruler_picture(RULER.paper)  # type: ignore[arg-type]  # a ruler's job holds a ruler
    first = page.height - LINE_HEIGHT * len(WIDTHS)

    labels = {
        page.crop((0, first + n * LINE_HEIGHT, 80, first + (n + 1) * LINE_HEIGHT)).tobytes()
        for n in range(len(WIDTHS))
    }

    assert len(labels) == len(WIDTHS)


def test_without_a_printer_the_page_lies_in_the_tray(tmp_path: Path) -> None:
    outcome, place = Tray(tmp_path, 576).make(RULER)

    with Image.open(place) as picture:
        assert picture.width == WIDTHS[-1]
        assert read_off(picture.convert("1")) == WIDTHS[-1]
    assert outcome is Outcome.TRAY
