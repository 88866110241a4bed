"""One look, named once, that people of every age can read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.theme import LIGHT, RESOURCES, SIZES, Palette

HOUSE = Path(__file__).resolve().parents[2]
TEXT, SHAPE = 4.5, 3.0
"""Contrast that WCAG 2.2 asks at level AA of text (1.4.3) and of controls (1.4.11)."""
READ_ON = [
    ("text", ("page", "surface", "sunken", "pick", "good_soft", "warn_soft", "bad_soft")),
    ("text", ("primary_soft",)),
    ("muted", ("page", "surface", "sunken", "pick")),
    ("faint", ("surface", "sunken")),
    ("primary", ("surface", "page", "primary_soft", "pick")),
    ("on_primary", ("primary", "primary_hover", "primary_down", "good")),
    ("good", ("surface", "good_soft", "page", "pick")),
    ("warn", ("surface", "warn_soft", "page")),
    ("bad", ("surface", "bad_soft", "page", "pick")),
    ("on_rail", ("rail", "rail_hover", "rail_chosen")),
    ("rail_key", ("rail", "rail_hover")),
    ("on_band", ("band",)),
]
PAIRS = [(ink, ground) for ink, grounds in READ_ON for ground in grounds]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground(ink: str, ground: str) -> None:
    assert contrast(getattr(LIGHT, ink), getattr(LIGHT, ground)) >= TEXT


@pytest.mark.parametrize("line", ["line_strong", "focus", "primary", "good", "warn", "bad"])
def test_the_edge_of_a_field_can_be_seen(line: str) -> None:
    assert contrast(getattr(LIGHT, line), LIGHT.surface) >= SHAPE


def test_nothing_is_written_smaller_than_older_eyes_read() -> None:
    assert min(SIZES.small, SIZES.body) >= 10.5
    assert SIZES.body >= 11


def test_the_style_sheet_names_every_colour_and_leaves_none_open() -> None:
    sheet = theme.style_sheet(LIGHT)

    assert "$" not in re.sub(r"/\*.*?\*/", "", sheet)
    template = (RESOURCES / "style" / "desk.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?!::|\s+Q)", template)


def test_no_other_file_writes_a_colour() -> None:
    files = [path for path in (HOUSE / "ui").rglob("*.py") if path.name != "theme.py"]
    written = [
        path.name
        for path in files
        if re.search(r"[\"']#[0-9A-Fa-f]{6}[\"']", path.read_text(encoding="utf-8"))
    ]
    assert written == []


def test_every_colour_is_a_colour() -> None:
    assert all(QColor(getattr(LIGHT, field.name)).isValid() for field in fields(Palette))


@pytest.mark.parametrize(
    "path", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda path: path.stem
)
def test_icons_are_drawn_with_one_pen(path: Path) -> None:
    drawing = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    if path.stem == "program":
        assert drawing.get("viewBox") == "0 0 48 48"
        return
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke") == "currentColor"
    assert drawing.get("stroke-width") == "1.75"


def test_the_bundled_font_is_there_in_four_weights(dressed: QApplication) -> None:
    styles = QFontDatabase.styles(theme.FAMILY)

    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(styles)
    assert dressed.font().family() == theme.FAMILY
