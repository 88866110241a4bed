"""Fingers, reach and letters: EN 301 549 chapter 5 on the smallest and the largest kiosk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from counter.ports import CardOpening, CodeScanned, Outcome, PaperMade
from tests.ui.fake_hall import DOSSIERS
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.test_theme import contrast
from ui.kiosk.measures import MM_PER_INCH, TARGET_MM, TEXT_MM, Measures
from ui.kiosk.touch import Touch
from ui.theme import HIGH_CONTRAST

SCREENS = {(1366, 768): 100.0, (1920, 1080): 92.0, (1080, 1920): 82.0}


def home(_kiosk: Kiosk) -> None:
    """Stay on the first page."""


def services(kiosk: Kiosk) -> None:
    kiosk.touch("take")


def digits(kiosk: Kiosk) -> None:
    kiosk.touch("card")


def lay(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    kiosk.window.on_card(CardOpening(0.5))


def citizen(kiosk: Kiosk) -> None:
    kiosk.read_card()


def dossiers(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()
    kiosk.touch("dossiers")


def taken(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")
    kiosk.window.on_paper(PaperMade(kiosk.hands.jobs[-1].id, Outcome.PRINTED, "in"))


def rate(kiosk: Kiosk) -> None:
    kiosk.window.on_code(CodeScanned("A012-261125"))
    kiosk.settle()


def helper(kiosk: Kiosk) -> None:
    kiosk.touch("rate")


def notice(kiosk: Kiosk) -> None:
    kiosk.touch("notice")
    for _ in range(3):
        kiosk.touch("page_on")


PAGES = (home, notice, services, digits, lay, citizen, dossiers, taken, rate, helper)


@pytest.fixture(params=list(SCREENS), ids=lambda size: f"{size[0]}x{size[1]}")
def sized(request: pytest.FixtureRequest, closed_kiosk: Kiosk) -> Kiosk:
    """A kiosk of one size that serves."""
    closed_kiosk.window.measure(Measures(SCREENS[request.param] / MM_PER_INCH))
    closed_kiosk.window.resize(*request.param)
    closed_kiosk.open()
    return closed_kiosk


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_every_target_is_large_enough_within_reach_and_shows_all_its_words(
    sized: Kiosk, page: Callable[[Kiosk], None], large: bool
) -> None:
    if large:
        sized.touch("large_text")
    page(sized)
    sized.settle()

    assert_reachable(sized)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_the_longest_language_fits_in_large_letters_on_the_smallest_screen(
    closed_kiosk: Kiosk, page: Callable[[Kiosk], None]
) -> None:
    closed_kiosk.open()
    closed_kiosk.touch("language")
    closed_kiosk.touch("large_text")
    page(closed_kiosk)
    closed_kiosk.settle()

    assert_reachable(closed_kiosk)


def assert_reachable(sized: Kiosk) -> None:
    """See that nothing is too small, too high, cut off or grown out of the window."""
    size = sized.window.size()
    least = TARGET_MM * SCREENS[size.width(), size.height()] / MM_PER_INCH

    buttons = [button for button in sized.buttons() if isinstance(button, Touch)]
    small = [b.objectName() for b in buttons if min(b.width(), b.height()) < least]
    cut = [b.objectName() for b in buttons if not b.fits]
    top = {b.objectName(): b.mapTo(sized.window, QPoint(0, 0)).y() for b in buttons}
    high = [name for name, y in top.items() if y < size.height() / 3 - 1]
    bottom = max(b.mapTo(sized.window, QPoint(0, b.height())).y() for b in buttons)

    lines = [line for line in sized.window.findChildren(QLabel) if line.isVisible()]
    hidden = [
        line.text()
        for line in lines
        if line.wordWrap() and line.heightForWidth(line.width()) > line.height() + 1
    ]

    assert buttons
    assert (small, cut, high, hidden) == ([], [], [], [])
    assert bottom <= size.height()


def test_large_letters_are_twice_as_large() -> None:
    usual = Measures(4.0)

    assert usual.enlarged(True).font().pixelSize() == 2 * usual.font().pixelSize()


def test_capitals_are_as_high_as_they_must_be() -> None:
    measures = Measures(10.0)

    height = QFontMetrics(measures.font(TEXT_MM)).capHeight() / 10.0

    assert height >= 4.8


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("text", "page"),
        ("text", "surface"),
        ("text", "pick"),
        ("text", "sunken"),
        ("on_primary", "primary"),
        ("on_band", "band"),
        ("on_rail", "rail"),
    ],
)
def test_words_reach_the_highest_contrast(ink: str, ground: str) -> None:
    assert contrast(getattr(HIGH_CONTRAST, ink), getattr(HIGH_CONTRAST, ground)) >= 7
