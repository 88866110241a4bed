"""Pictures of every page of kiosk and board, landscape and portrait."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from counter.errors import PortalSilent, PrinterOutOfPaper, WrongCan
from counter.hall import OwnTicket
from counter.kiosk import Person
from counter.ports import (
    CardFailed,
    CardOpening,
    CardRead,
    CodeScanned,
    Outcome,
    PaperFailed,
    PaperMade,
    PrinterState,
)
from counter.values import Dong
from devices.board_page import BoardPage
from devices.paper.barcode import qr
from tests.ui import citizens
from tests.ui.fake_desk import MORNING
from tests.ui.fake_hall import DOSSIERS, OFFICE, FakeHall, FakeKioskHands, hall_view, rooms_of
from ui import theme
from ui.app import make_app
from ui.board.picture import BoardPicture
from ui.bridge import Bridge
from ui.kiosk.measures import MM_PER_INCH, Measures
from ui.kiosk.window import KioskWindow
from ui.second.shown import Resting, Served, ToPay
from ui.second.window import SecondScreen

HOUSE = Path(__file__).resolve().parents[2]
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))
DPI = {(1366, 768): 100.0, (1920, 1080): 92.0, (1080, 1920): 82.0}
"""Of the screens these sizes are sold with: 15.6, 24 and 27 inches."""

SECOND_SIZES = ((1280, 800), (800, 1280))
DPI_OF_SECOND = 150.0
"""Of a 10 inch screen with 1280x800 dots."""


class Kiosk:
    """One kiosk and what its pictures need."""

    def __init__(self, window: KioskWindow, hall: FakeHall, hands: FakeKioskHands) -> None:
        self.window = window
        self.hall = hall
        self.hands = hands
        self.bridges: list[Bridge] = []

    def touch(self, name: str) -> None:
        """Touch a button by its name."""
        found = [b for b in self.window.findChildren(QAbstractButton, name) if b.isVisible()]
        found[-1].click()
        self.settle()

    def settle(self) -> None:
        """Let everything that was asked be answered."""
        for _ in range(3):
            for bridge in self.bridges:
                answered: list[object] = []
                bridge.ask(object, answered.append, answered.append)
                while not answered:
                    QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def read_card(self) -> None:
        """Type six digits and lay a card down."""
        self.touch("card")
        for digit in citizens.THU.id_number.last_six:
            self.touch(f"digit-{digit}")
        proven = citizens.reading(citizens.THU, authenticity=citizens.AUTHENTIC)
        self.window.on_card(CardRead(proven))
        self.settle()


def home(_kiosk: Kiosk) -> None:
    """Nothing was touched."""


def home_no_paper(kiosk: Kiosk) -> None:
    kiosk.window.on_paper(PrinterState("tickets", "in", PrinterOutOfPaper()))


def notice(kiosk: Kiosk) -> None:
    kiosk.touch("notice")


def notice_terms(kiosk: Kiosk) -> None:
    notice(kiosk)
    for _ in range(3):
        kiosk.touch("page_on")


def services(kiosk: Kiosk) -> None:
    kiosk.touch("take")


def digits(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    for digit in "1234":
        kiosk.touch(f"digit-{digit}")


def wrong_digits(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    for digit in "123456":
        kiosk.touch(f"digit-{digit}")
    kiosk.window.on_card(CardFailed(WrongCan()))


def lay(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    for digit in "123456":
        kiosk.touch(f"digit-{digit}")


def reading(kiosk: Kiosk) -> None:
    lay(kiosk)
    kiosk.window.on_card(CardOpening(0.4))


def citizen(kiosk: Kiosk) -> None:
    kiosk.read_card()


def dossiers(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()
    kiosk.touch("dossiers")


def no_dossiers(kiosk: Kiosk) -> None:
    kiosk.read_card()
    kiosk.touch("dossiers")


def offline(kiosk: Kiosk) -> None:
    kiosk.hall.silent = PortalSilent()
    kiosk.read_card()
    kiosk.touch("dossiers")


def taken(kiosk: Kiosk) -> None:
    services(kiosk)
    kiosk.touch("choice-A")
    kiosk.window.on_paper(PaperMade(kiosk.hands.jobs[-1].id, Outcome.PRINTED, "in"))


def taken_no_paper(kiosk: Kiosk) -> None:
    services(kiosk)
    kiosk.touch("choice-A")
    kiosk.window.on_paper(PaperFailed(kiosk.hands.jobs[-1].id, PrinterOutOfPaper()))


def own_ticket(kiosk: Kiosk) -> None:
    text = citizens.THU
    kiosk.hall.take("A", Person(text.id_number, text.full_name, None, True), None)
    kiosk.read_card()


def rate(kiosk: Kiosk) -> None:
    kiosk.window.on_code(kiosk.hands.as_hands().read_code("A012-261125"))


def receipt(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.hall.receipts = {DOSSIERS[1].code: "B"}
    kiosk.window.on_code(CodeScanned(DOSSIERS[1].code))


def receipt_offline(kiosk: Kiosk) -> None:
    kiosk.hall.silent = PortalSilent()
    receipt(kiosk)


def laid_aside(kiosk: Kiosk) -> None:
    kiosk.hall.live["A012-261125"] = OwnTicket(7, "A012", "Hộ tịch", "held", "Quầy 2", None)
    kiosk.window.on_code(CodeScanned("A012-261125"))


def called_ticket(kiosk: Kiosk) -> None:
    kiosk.hall.live["A012-261125"] = OwnTicket(7, "A012", "Hộ tịch", "called", "Quầy 2", None)
    kiosk.window.on_code(CodeScanned("A012-261125"))


def helper_missed(kiosk: Kiosk) -> None:
    kiosk.hall.silent = PortalSilent()
    kiosk.touch("help")


def rate_scan(kiosk: Kiosk) -> None:
    kiosk.touch("rate")


def thanks(kiosk: Kiosk) -> None:
    rate(kiosk)
    kiosk.settle()
    kiosk.touch("choice-5")


def helper(kiosk: Kiosk) -> None:
    kiosk.touch("help")


def still_here(kiosk: Kiosk) -> None:
    services(kiosk)
    for _ in range(63):
        kiosk.window.quiet.tick()


def staffed(_kiosk: Kiosk) -> None:
    """The officer's page at the door."""


SCENES: dict[str, Callable[[Kiosk], None]] = {
    "home": home,
    "home-no-paper": home_no_paper,
    "notice": notice,
    "notice-terms": notice_terms,
    "services": services,
    "digits": digits,
    "digits-wrong": wrong_digits,
    "lay": lay,
    "reading": reading,
    "citizen": citizen,
    "citizen-own-ticket": own_ticket,
    "dossiers": dossiers,
    "dossiers-none": no_dossiers,
    "dossiers-offline": offline,
    "taken": taken,
    "taken-no-paper": taken_no_paper,
    "rate": rate,
    "rate-scan": rate_scan,
    "thanks": thanks,
    "helper": helper,
    "helper-missed": helper_missed,
    "receipt": receipt,
    "receipt-offline": receipt_offline,
    "laid-aside": laid_aside,
    "called-ticket": called_ticket,
    "still-here": still_here,
    "staffed": staffed,
}


VARIANTS: dict[str, tuple[str, ...]] = {
    "english": ("language",),
    "large": ("large_text",),
    "english-large": ("language", "large_text"),
}
"""What is touched first; the plain pages are pictured in every size, these in two."""

VARIED_SIZES = (SIZES[0], SIZES[2])


def kiosk_picture(
    name: str,
    scene: Callable[[Kiosk], None],
    size: tuple[int, int],
    folder: Path,
    before: tuple[str, ...] = (),
) -> None:
    """Play *scene* in a new kiosk of *size* and keep what it looks like."""
    hall, hands = FakeHall(), FakeKioskHands()
    with closing(Bridge()) as bridge, closing(Bridge(thread="sync")) as portal:
        window = KioskWindow(bridge, portal, hands.as_hands())
        window.measure(Measures(DPI[size] / MM_PER_INCH))
        window.resize(*size)
        window.show()
        kiosk = Kiosk(window, hall, hands)
        kiosk.bridges = [bridge, portal]
        window.opened(rooms_of(hall, staffed=name.endswith("staffed")))
        kiosk.settle()
        for button in before:
            kiosk.touch(button)
        scene(kiosk)
        kiosk.settle()
        keep(window, folder / f"kiosk-{name}-{size[0]}x{size[1]}.png")
        window.begin_anew()
        window.close()
        window.deleteLater()


def board_picture(name: str, size: tuple[int, int], folder: Path) -> None:
    """Paint the board in one of its states and keep what it looks like."""
    board = BoardPicture(OFFICE)
    board.resize(*size)
    moment = MORNING
    if name == "old":
        moment += timedelta(minutes=4)
    view = hall_view(called=0 if name == "empty" else 6)
    board.show_view(replace(view, helps=("Máy lấy số 1",)) if name == "help" else view)
    board.show_moment(moment)
    board.light(name == "flash")
    board.mute(name == "silent")
    board.show()
    keep(board, folder / f"board-{name}-{size[0]}x{size[1]}.png")
    board.close()
    board.deleteLater()


def second_picture(name: str, size: tuple[int, int], folder: Path) -> None:
    """Show one state of the citizen's screen at the counter and keep what it looks like."""
    screen = SecondScreen(OFFICE, "Quầy 2")
    screen.measure(Measures(DPI_OF_SECOND / MM_PER_INCH))
    screen.resize(*size)
    screen.show()
    code = DOSSIERS[0].code
    match name:
        case "resting":
            screen.show_this(Resting("A012"))
        case "received":
            screen.show_this(Served(code, MORNING + timedelta(days=3)))
        case "returned":
            screen.show_this(Served(code, returned=True))
        case "thanks":
            screen.show_this(Served(code))
            screen._on_score(4)
        case _:
            screen.show_this(ToPay(Dong(18_000), code_picture(), code))
    QApplication.processEvents()
    keep(screen, folder / f"second-{name}-{size[0]}x{size[1]}.png")
    screen.close()
    screen.deleteLater()


def code_picture() -> QImage:
    """Return the picture of an invented payment code, one dot for each module."""
    rows = qr(
        "00020101021238570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN"
    )
    side = len(rows) + 8
    picture = QImage(side, side, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    for y, bars in enumerate(rows):
        for at, wide in bars:
            for x in range(at, at + wide):
                picture.setPixel(x + 4, y + 4, 0)
    return picture


def page_pictures(folder: Path, wanted: str) -> None:
    """Let a browser show the board's page for televisions, where this computer has one."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        sys.stdout.write("no Chromium: the page for televisions is not pictured\n")
        return
    for name, called in (("calls", 6), ("empty", 0), ("help", 6)):
        for size in SIZES:
            path = folder / f"board-page-{name}-{size[0]}x{size[1]}.png"
            if wanted not in path.name:
                continue
            view = hall_view(called=called)
            with (
                tempfile.TemporaryDirectory() as profile,
                closing(BoardPage(OFFICE, 0, host="127.0.0.1")) as page,
            ):
                page.show(replace(view, helps=("Máy lấy số 1",)) if name == "help" else view)
                subprocess.run(
                    [
                        browser,
                        *("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                        *("--virtual-time-budget=4000", f"--user-data-dir={profile}"),
                        f"--window-size={size[0]},{size[1]}",
                        f"--screenshot={path}",
                        f"http://127.0.0.1:{page.port}/",
                    ],
                    capture_output=True,
                    check=True,
                    timeout=60,
                )
            shrink(path)


def keep(window: QWidget, path: Path) -> None:
    """Write what *window* looks like, in 256 colours: a third of the size, and nobody sees it."""
    QTest.qWaitForWindowExposed(window)
    window.grab().save(str(path))
    shrink(path)


def shrink(path: Path) -> None:
    """Leave 256 colours of a picture."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
    sys.stdout.write(f"{path}\n")


def kiosk_pictures(folder: Path, wanted: str) -> None:
    """Take every page of the kiosk, plain and in its variants."""
    for name, scene in SCENES.items():
        for size in SIZES:
            if wanted in f"kiosk-{name}-{size[0]}x{size[1]}":
                kiosk_picture(name, scene, size, folder)
    for variant, before in VARIANTS.items():
        for name, scene in SCENES.items():
            for size in VARIED_SIZES:
                named = f"{variant}-{name}"
                if wanted in f"kiosk-{named}-{size[0]}x{size[1]}":
                    kiosk_picture(named, scene, size, folder, before)


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Chụp ảnh máy lấy số và bảng gọi số")
    parser.add_argument("--output", type=Path, default=HOUSE / "docs" / "pictures")
    parser.add_argument("--only", default="", metavar="CHỮ")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    app, _run = make_app(sys.argv[:1])
    theme.prepare(app, theme.HIGH_CONTRAST)
    kiosk_pictures(arguments.output, arguments.only)
    for name in ("calls", "flash", "empty", "old", "silent", "help"):
        for size in SIZES:
            if arguments.only in f"board-{name}-{size[0]}x{size[1]}":
                board_picture(name, size, arguments.output)
    for name in ("resting", "received", "returned", "thanks", "payment"):
        for size in SECOND_SIZES:
            if arguments.only in f"second-{name}-{size[0]}x{size[1]}":
                second_picture(name, size, arguments.output)
    page_pictures(arguments.output, arguments.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
