"""The fonts of screen and paper write every Vietnamese letter, whole and with its mark apart."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

HOUSE = Path(__file__).resolve().parents[2]
FONTS = sorted((HOUSE / "resources" / "fonts").rglob("*.ttf"))
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"


def vietnamese_letters() -> list[str]:
    """Return the 146 letters that carry a mark or a tone, or could: twelve vowels and đ."""
    small = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
    return [letter for one in [*small, "đ"] for letter in (one, one.upper())]


def test_there_are_146_vietnamese_letters() -> None:
    letters = vietnamese_letters()

    assert len(letters) == len(set(letters)) == 146
    assert all(len(letter) == 1 for letter in letters)


def test_screen_and_paper_have_their_fonts() -> None:
    families = {path.stem.split("-")[0].split("_")[0] for path in FONTS}

    assert families == {"BeVietnamPro", "LiberationSerif"}


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_writes_every_vietnamese_letter(path: Path, qapp: QApplication) -> None:
    font = QRawFont(str(path), 16)

    missing = [
        c
        for c in [*vietnamese_letters(), *MARKS, "₫", "–", "…"]
        if not font.supportsCharacter(ord(c))
    ]

    assert missing == []


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_lies_beside_its_licence(path: Path) -> None:
    licences = [
        licence.read_text(encoding="utf-8")
        for licence in path.parent.glob("OFL-*.txt")
        if path.stem.startswith(licence.stem.removeprefix("OFL-"))
    ]

    assert len(licences) == 1
    assert "SIL OPEN FONT LICENSE Version 1.1" in licences[0]
