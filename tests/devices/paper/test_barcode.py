"""Promises of ``devices/paper/barcode.py``: what is encoded is read by somebody else's reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from devices.paper.barcode import QR_QUIET_MODULES, QUIET_MODULES, code128, qr

A5_MODULES = 341
"""What A5 holds between margins of 10 mm, in modules of 3 dots at 8 dots per millimetre."""


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def drawn_code128(text: str, module: int = 3) -> Image.Image:
    bars, modules = code128(text)
    picture = Image.new("L", ((modules + 2 * QUIET_MODULES) * module, 80), 255)
    draw = ImageDraw.Draw(picture)
    for at, wide in bars:
        left = (QUIET_MODULES + at) * module
        draw.rectangle((left, 10, left + wide * module - 1, 70), fill=0)
    return picture


def drawn_qr(text: str, module: int = 4) -> Image.Image:
    rows = qr(text)
    side = (len(rows) + 2 * QR_QUIET_MODULES) * module
    picture = Image.new("L", (side, side), 255)
    draw = ImageDraw.Draw(picture)
    for row, bars in enumerate(rows):
        for at, wide in bars:
            left, top = (QR_QUIET_MODULES + at) * module, (QR_QUIET_MODULES + row) * module
            draw.rectangle((left, top, left + wide * module - 1, top + module - 1), fill=0)
    return picture


def test_every_form_of_dossier_code_is_read_back(shared: Path) -> None:
    vectors = json.loads((shared / "domain" / "dossier_code_vectors.json").read_bytes())
    codes = [vector["code"] for vector in vectors["valid"]]

    assert [read(drawn_code128(code)) for code in codes] == [[code] for code in codes]
    assert [read(drawn_qr(code)) for code in codes] == [[code] for code in codes]


@pytest.mark.parametrize("code", ["TAM-Q03-261123-0001", "000.00.12.H08-211105-0001"])
def test_provisional_and_old_codes_fit_the_page_and_are_read_back(code: str) -> None:
    assert read(drawn_code128(code)) == [code]
    assert code128(code)[1] <= A5_MODULES


@given(st.from_regex(r"[A-Z][0-9]{2}(\.[0-9A-Z]{1,3}){0,3}-[0-9]{6}-[0-9]{4,7}", fullmatch=True))
def test_any_code_is_read_back_from_both(code: str) -> None:
    assert read(drawn_code128(code)) == [code]
    assert read(drawn_qr(code)) == [code]


def test_bars_begin_and_end_at_the_edges_and_never_touch() -> None:
    bars, modules = code128("H55.242-261123-0051")

    ends = [at + wide for at, wide in bars]
    assert bars[0][0] == 0
    assert ends[-1] == modules
    assert all(end < at for end, (at, _) in zip(ends, bars[1:], strict=False))
