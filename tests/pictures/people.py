"""Takes pictures of what stands before and around the officers' work: setting-up and people.

    python tests/pictures/people.py [--output FOLDER] [--only WORD]

The pages are the program's own; everybody on them is invented.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import QEventLoop, QSettings, QTimer  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QApplication,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from counter.errors import (  # noqa: E402 - the path is set above
    AnotherCard,
    OfficerCardNeeded,
    OwnPasswordFirst,
    PortalSilent,
    WeakPassword,
)
from counter.people import Officer, Role  # noqa: E402
from counter.ports import CardRead  # noqa: E402
from counter.roster import OfficerLine, Service  # noqa: E402
from counter.setting_up import Answers, Step  # noqa: E402
from tests.ui.citizens import AUTHENTIC, TON_NU, brought, reading  # noqa: E402
from tests.ui.fake_desk import INFO, FakeDesk  # noqa: E402
from tests.ui.fake_hands import FakeHands  # noqa: E402
from tests.ui.fake_rooms import WORDS, FakeRooms  # noqa: E402
from ui import theme  # noqa: E402
from ui.app import make_app  # noqa: E402
from ui.bridge import Bridge  # noqa: E402
from ui.officer.chair_state import Chair, ChairHands, SignInAsked  # noqa: E402
from ui.officer.crash_dialog import CrashDialog  # noqa: E402
from ui.officer.unlock import UnlockDialog  # noqa: E402
from ui.officer.window import OfficerWindow  # noqa: E402
from ui.setup.window import SetupWindow  # noqa: E402

SIZES = ((1366, 768), (1920, 1080))
FOLDER = "/var/lib/quay-mot-cua/quay-1"
ANSWERS = replace(
    Answers(),
    **{name: text for name, text in WORDS.items() if name in Answers.__dataclass_fields__},  # type: ignore[arg-type]  # all texts
    place="Thử Nghiệm",
    phone="0200 000 0000",
)


class Shot:
    """One window of the setting-up."""

    def __init__(self, bridge: Bridge, answers: Answers, missing: tuple[str, ...] = ()) -> None:
        self.bridge, self.rooms = bridge, FakeRooms()
        self.rooms.draft = answers
        self.window = SetupWindow(
            bridge, self.rooms.hands(), folder=FOLDER, missing=missing, version="Quầy Một Cửa 0.1.0"
        )

    def settle(self) -> None:
        """Wait until everything asked was answered."""
        for _ in range(3):
            answered: list[object] = []
            self.bridge.ask(object, answered.append, answered.append)
            loop, timer = QEventLoop(), QTimer()
            timer.setInterval(5)
            timer.timeout.connect(lambda seen=answered, to=loop: to.quit() if seen else None)
            timer.start()
            loop.exec()

    def go_to(self, step: Step) -> None:
        """Fill every page and go on until *step* is shown."""
        for page in (self.window.people, self.window.key, self.window.portal):
            page.fill(WORDS)
        while self.window.step is not step:
            self.window.go_on()
            self.settle()
        self.window.notice.clear()

    def click(self, name: str) -> None:
        """Press a button."""
        button = self.window.findChild(QPushButton, name)
        assert button is not None, name
        button.click()
        self.settle()


def office_wrong(shot: Shot) -> None:
    """The first page with a mistake."""
    shot.window.office.fill({"agency_code": "xã Thử"})
    shot.window.go_on()


def portal(shot: Shot) -> None:
    """The portal's page after a call that went well."""
    shot.go_to(Step.PORTAL)
    shot.click("call_portal")


def portal_refused(shot: Shot) -> None:
    """The portal's page when its certificate is not believed."""
    shot.rooms.portal_error = PortalSilent()
    portal(shot)


def key_made(shot: Shot) -> None:
    """A passphrase the program has made."""
    shot.go_to(Step.KEY)
    shot.click("make_passphrase")


def devices(shot: Shot) -> None:
    """What is connected."""
    shot.go_to(Step.DEVICES)
    shot.click("find_devices")


def trial(shot: Shot) -> None:
    """The last page with both papers printed."""
    shot.go_to(Step.TRIAL)
    shot.click("trial_receipts")
    shot.click("trial_tickets")


def unlock(shot: Shot) -> None:
    """The passphrase of a moved desk was wrong."""
    UnlockDialog(shot.window, again=True).open()


SCENES: dict[str, tuple[Answers, Callable[[Shot], object]]] = {
    "setup-office": (Answers(), lambda shot: shot.settle()),
    "setup-office-wrong": (ANSWERS, office_wrong),
    "setup-desk": (ANSWERS, lambda shot: shot.go_to(Step.DESK)),
    "setup-people": (ANSWERS, lambda shot: shot.go_to(Step.PEOPLE)),
    "setup-key": (ANSWERS, key_made),
    "setup-portal": (ANSWERS, portal),
    "setup-portal-refused": (ANSWERS, portal_refused),
    "setup-devices": (ANSWERS, devices),
    "setup-trial": (ANSWERS, trial),
    "setup-resumed": (replace(ANSWERS, step=5), lambda shot: shot.settle()),
    "setup-moved": (Answers(), lambda shot: shot.click("setup_moved")),
    "setup-half-copy": (Answers(), lambda shot: shot.settle()),
    "setup-unlock": (ANSWERS, unlock),
}


def people_lines() -> FakeDesk:
    """A desk with five officers."""
    desk = FakeDesk()
    for account, name, title, roles, service in (
        ("cb-0007", "Đỗ Văn Thử", "Công chức tư pháp", {Role.OFFICER, Role.CASHIER}, Service.OPEN),
        ("cb-0009", "Y Ước", "Phó Giám đốc trung tâm", {Role.SUPERVISOR}, Service.OPEN),
        ("buu-dien", "Giàng A Thử", "Nhân viên bưu điện", {Role.POST_OFFICE}, Service.LOCKED),
        ("cb-0002", "Lê Thị Vô Hạn", "Công chức một cửa", {Role.OFFICER}, Service.ENDED),
    ):
        officer = Officer(account, name, title, frozenset(roles))
        desk.roster.lines[account] = OfficerLine(
            officer, service, needs_card=False, must_change=account == INITIAL
        )
    return desk


def people_page(office: Officers) -> None:
    """Who works here."""
    office.window.open_further("people")


def people_add(office: Officers) -> None:
    """The form for a new officer."""
    people_page(office)
    office.settle()
    office.click("people_make")


def people_confirm(office: Officers) -> None:
    """The password once more, typed wrong."""
    people_page(office)
    office.settle()
    office.window.further("people").page.table.selectRow(1)  # type: ignore[attr-defined]
    office.click("people_lock")
    line = office.window.findChild(QLineEdit, "confirm_password")
    assert line is not None
    line.setText("sai")
    office.click("confirm_go")


def audit(office: Officers) -> None:
    """Who did what."""
    office.window.open_further("audit")


def data(office: Officers) -> None:
    """A citizen's data is handed over."""
    office.window.open_further("data")


def data_correct(office: Officers) -> None:
    """One of a citizen's dossiers is chosen to be put right."""
    for _ in range(2):
        office.work.receive(brought("001199012345", office.work.moment))
    data(office)
    office.settle()
    line = office.window.findChild(QLineEdit, "data_number")
    box = office.window.findChild(QCheckBox, "data_checked")
    assert line is not None
    assert box is not None
    line.setText("001199012345")
    box.setChecked(True)
    office.click("data_correct")


def audit_broken(office: Officers) -> None:
    """A chain that was changed from outside, and no entry as asked."""
    office.work.audit_view = replace(
        office.work.audit_view, broken=("731: does not follow from the entry before",), lines=()
    )
    audit(office)


def crash(office: Officers) -> None:
    """What the last run left."""
    text = (
        "Quầy Một Cửa 0.1.0\n2026-11-25T09:12:00+07:00\nbuiltins.KeyError\n"
        "  ui/officer/window.py:120 _called\n  ui/officer/reception_talk.py:88 called\n"
    )
    CrashDialog(office.window, text, f"{FOLDER}/log").open()


def locked(office: Officers) -> None:
    """Nobody sits here."""
    office.window.chair.show_chair(Chair.EMPTY)


def enrol_card(office: Officers) -> None:
    """An officer's own card is enrolled."""
    people_page(office)
    office.settle()
    office.window.further("people").page.table.selectRow(1)  # type: ignore[attr-defined]
    office.click("people_card")


def drop_card(office: Officers) -> None:
    """A lost card is asked for no more."""
    people_page(office)
    office.settle()
    office.window.further("people").page.table.selectRow(0)  # type: ignore[attr-defined]
    office.click("people_card")


def own_card(office: Officers) -> None:
    """The password was right, the card on the reader is another."""
    locked(office)
    sign_in(office, account="cb-0007", password="cổng làng buổi sớm")
    office.window.on_card(CardRead(reading(TON_NU, authenticity=AUTHENTIC)))


def sign_in(office: Officers, **lines: str) -> None:
    """Fill the cover's lines and press its button."""
    for name, word in lines.items():
        line = office.window.findChild(QLineEdit, name)
        assert line is not None
        line.setText(word)
    office.click("sign_in")


def initial_password(office: Officers) -> None:
    """The password was right, but an administrator has set it."""
    locked(office)
    sign_in(office, account=INITIAL, password="cổng làng buổi sớm")


def initial_password_weak(office: Officers) -> None:
    """The own one is too easy."""
    initial_password(office)
    sign_in(office, own_password="12345678", password_again="12345678")


def own_password(office: Officers) -> None:
    """Whoever sits here changes the own password."""
    office.window.open_further("own_password")


def own_password_weak(office: Officers) -> None:
    """The new one is too easy."""
    own_password(office)
    for name, word in (("old", "cổng làng"), ("new", "12345678"), ("again", "12345678")):
        line = office.window.findChild(QLineEdit, f"own_password_{name}")
        assert line is not None
        line.setText(word)
    office.click("own_password_go")


INITIAL = "cb-0009"
"""The account whose password an administrator has set."""

OFFICE: dict[str, Callable[[Officers], None]] = {
    "people": people_page,
    "people-add": people_add,
    "people-confirm": people_confirm,
    "audit": audit,
    "data": data,
    "data-correct": data_correct,
    "crash-report": crash,
    "locked": locked,
    "own-card": own_card,
    "initial-password": initial_password,
    "initial-password-weak": initial_password_weak,
    "own-password": own_password,
    "own-password-weak": own_password_weak,
    "people-card": enrol_card,
    "people-card-dropped": drop_card,
    "audit-broken": audit_broken,
}


def sign_in_with_card(asked: SignInAsked) -> str:
    """Ask for a card, and find that it is another; one account has an initial password."""
    if asked.account == INITIAL and not asked.new:
        raise OwnPasswordFirst
    if asked.new:
        raise WeakPassword
    if asked.card is None:
        raise OfficerCardNeeded
    raise AnotherCard


def refuse_new_password(_old: str, _new: str) -> None:
    """Find the new password too easy."""
    raise WeakPassword


CHAIR = ChairHands(
    sign_in_with_card,
    lambda _name, who, _word: who,
    lambda _paused: None,
    refuse_new_password,
)


class Officers(Shot):
    """One officer's window over a desk with several officers."""

    def __init__(self, bridge: Bridge) -> None:
        self.bridge, self.work = bridge, people_lines()
        self.window: OfficerWindow = OfficerWindow(  # type: ignore[assignment]  # another window
            bridge,
            replace(FakeHands().as_hands(), chair=CHAIR),
            demo=False,
            version="Quầy Một Cửa 0.1.0",
        )


def office_picture(name: str, size: tuple[int, int], folder: Path) -> None:
    """Play one scene of the officer's window and keep what it looks like."""
    with closing(Bridge()) as bridge:
        shot = Officers(bridge)
        shot.window.resize(*size)
        shot.window.show()
        shot.window.activateWindow()
        shot.window.desk_opened(shot.work, replace(INFO, training=False))
        shot.settle()
        OFFICE[name](shot)
        shot.settle()
        keep(QApplication.activeModalWidget() or shot.window, name, size, folder)
        shot.window.close()
        shot.window.deleteLater()


def picture(name: str, size: tuple[int, int], folder: Path) -> None:
    """Play one scene in a new window of *size* and keep what it looks like."""
    answers, scene = SCENES[name]
    missing = ("site.toml", "desk.key") if name == "setup-half-copy" else ()
    with closing(Bridge()) as bridge:
        shot = Shot(bridge, answers, missing)
        shot.window.resize(*size)
        shot.window.show()
        shot.window.activateWindow()
        shot.settle()
        scene(shot)
        shot.settle()
        keep(QApplication.activeModalWidget() or shot.window, name, size, folder)
        shot.window.close()
        shot.settle()
        shot.window.deleteLater()


def keep(shown: QWidget, name: str, size: tuple[int, int], folder: Path) -> None:
    """Write the picture of *shown*, with 256 colours: a third of the size, and nobody sees it."""
    path = folder / f"{name}-{size[0]}x{size[1]}.png"
    shown.grab().save(str(path))
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path}\n")


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Chụp ảnh phần cài đặt và quản lý cán bộ")
    parser.add_argument("--output", type=Path, default=HOUSE / "docs" / "pictures")
    parser.add_argument("--only", default="", metavar="CHỮ")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    app, _run = make_app(sys.argv[:1])
    theme.dress(app)
    own = QSettings.Scope.UserScope
    with TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.NativeFormat, own, home)
        for scenes, take in ((SCENES, picture), (OFFICE, office_picture)):
            for name in scenes:
                if arguments.only in name:
                    for size in SIZES:
                        take(name, size, arguments.output)
    app.closeAllWindows()
    return 0


if __name__ == "__main__":
    sys.exit(main())
