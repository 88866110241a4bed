"""A new desk is set up page by page from the keyboard, and taken up again where it was left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter.errors import PortalSilent, PrinterOutOfPaper
from counter.setting_up import Answers, Step, mistakes_at
from tests.ui.fake_rooms import WORDS, FakeRooms
from ui.bridge import Bridge
from ui.officer.unlock import PassphraseGiven, UnlockDialog
from ui.setup.window import SetupWindow

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Setting:
    """One window of the setting-up, worked from the keyboard."""

    def __init__(self, bot: QtBot, bridge: Bridge, rooms: FakeRooms) -> None:
        self.bot, self.bridge, self.rooms = bot, bridge, rooms
        self.window = SetupWindow(bridge, rooms.hands(), folder="/du-lieu")
        bot.addWidget(self.window)
        with bot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            answered: list[object] = []
            self.bridge.ask(object, answered.append, answered.append)
            self.bot.waitUntil(lambda heard=answered: bool(heard))  # type: ignore[misc]

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), name
        return found

    def put(self, name: str, text: str) -> None:
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)

    def fill(self, **other: str) -> None:
        for name, text in {**WORDS, **other}.items():
            self.put(name, text)

    def go_on(self) -> None:
        self.bot.keyClick(self.window, Qt.Key.Key_Return, CONTROL)
        self.settle()

    def click(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton)
        button.click()
        self.settle()

    def go_to(self, step: Step) -> None:
        while self.window.step is not step:
            before = self.window.step
            self.go_on()
            assert self.window.step > before, self.window.notice.text

    def wrong(self) -> list[str]:
        labels = self.window.findChildren(QLabel)
        return [one.text() for one in labels if one.property("role") == "wrong" and one.isVisible()]


@pytest.fixture
def rooms() -> FakeRooms:
    return FakeRooms()


@pytest.fixture
def setting(qtbot: QtBot, bridge: Bridge, rooms: FakeRooms) -> Setting:
    return Setting(qtbot, bridge, rooms)


def test_a_desk_is_made_from_the_first_page_to_the_last(setting: Setting, rooms: FakeRooms) -> None:
    setting.fill()
    setting.go_to(Step.TRIAL)

    with setting.bot.waitSignal(setting.window.done):
        setting.go_on()

    answers, secrets = rooms.made[0]
    assert mistakes_at(answers, Step.TRIAL) == ()
    assert (answers.desk_id, answers.reader, answers.tickets_width) == ("H55.242-Q01", "", "576")
    assert (secrets.password, secrets.portal) == (WORDS["password"], "khoa")


def test_enter_walks_through_the_fields_and_then_to_the_next_page(setting: Setting) -> None:
    setting.fill()
    walked = []
    for _ in range(5):
        here = setting.window.focusWidget()
        assert here is not None
        walked.append(here.objectName())
        setting.bot.keyClick(here, Qt.Key.Key_Return)
        setting.settle()

    assert walked == ["agency_code", "office_name", "center_name", "place", "phone"]
    assert setting.window.step is Step.DESK


def test_what_is_wrong_is_said_below_its_field_and_the_page_stays(setting: Setting) -> None:
    setting.fill(agency_code="xã thử")

    setting.go_on()

    assert setting.window.step is Step.OFFICE
    assert setting.wrong() == ["Không đúng dạng."]
    assert setting.find("agency_code").hasFocus()


def test_one_goes_back_without_losing_what_was_typed(setting: Setting) -> None:
    setting.fill()
    setting.go_to(Step.PEOPLE)
    setting.put("admin_name", "Người Khác")

    setting.bot.keyClick(setting.window, Qt.Key.Key_Left, ALT)
    setting.go_on()

    assert setting.window.step is Step.PEOPLE
    assert setting.find("admin_name").text() == "Người Khác"  # type: ignore[attr-defined]


@pytest.mark.parametrize("again", ["password_again", "passphrase_again"])
def test_a_password_is_typed_twice_alike(setting: Setting, again: str) -> None:
    setting.fill(**{again: "khác"})

    with pytest.raises(AssertionError, match="chưa giống nhau"):
        setting.go_to(Step.PORTAL)


def test_an_easy_password_is_refused_on_its_page(setting: Setting, rooms: FakeRooms) -> None:
    rooms.weak = True
    setting.fill()
    setting.go_to(Step.PEOPLE)

    setting.go_on()

    assert setting.window.step is Step.PEOPLE
    assert "dễ đoán" in setting.window.notice.text


def test_closing_keeps_the_answers_and_no_secret(setting: Setting, rooms: FakeRooms) -> None:
    setting.fill()
    setting.go_to(Step.PORTAL)

    setting.window.close()
    setting.settle()

    assert rooms.kept[-1].step == Step.PORTAL
    assert not any(WORDS["password"] in str(vars_of(one)) for one in rooms.kept)
    shown = [line.text() for line in setting.window.findChildren(QLineEdit)]
    assert WORDS["password"] not in shown
    assert WORDS["passphrase"] not in shown


def vars_of(answers: Answers) -> list[object]:
    return [getattr(answers, name) for name in Answers.__dataclass_fields__]


def test_what_was_left_is_taken_up_where_secrets_are_typed_again(
    qtbot: QtBot, bridge: Bridge, rooms: FakeRooms
) -> None:
    rooms.draft = replace(Answers(), agency_code="H55.242", reader="ACR", step=int(Step.DEVICES))

    setting = Setting(qtbot, bridge, rooms)

    assert setting.window.step is Step.PEOPLE
    assert setting.find("agency_code").text() == "H55.242"  # type: ignore[attr-defined]
    assert setting.window.devices.read()["reader"] == "ACR"
    assert "làm dở" in setting.window.notice.text


def test_the_portal_is_called_with_what_was_typed(setting: Setting, rooms: FakeRooms) -> None:
    setting.fill()
    setting.go_to(Step.PORTAL)

    setting.click("call_portal")

    assert rooms.tried == ["khoa"]
    assert "H55.242-Q01" in setting.find("portal_answer").accessibleName()


def test_a_silent_portal_says_why_and_keeps_nobody_from_going_on(
    setting: Setting, rooms: FakeRooms
) -> None:
    rooms.portal_error = PortalSilent()
    setting.fill()
    setting.go_to(Step.PORTAL)

    setting.click("call_portal")
    told = setting.find("portal_answer").accessibleName()
    setting.go_on()

    assert "Cổng" in told
    assert setting.window.step is Step.DEVICES


def test_devices_are_found_and_offered_and_what_was_typed_stays(setting: Setting) -> None:
    setting.fill()
    setting.go_to(Step.DEVICES)
    port = setting.find("serial_port")
    assert isinstance(port, QComboBox)
    port.setEditText("COM7")

    setting.click("find_devices")

    reader = setting.find("reader")
    assert isinstance(reader, QComboBox)
    assert [reader.itemText(n) for n in range(reader.count())][1:] == ["ACR1252 00"]
    assert setting.window.devices.read()["reader"] == ""
    assert setting.window.devices.read()["serial_port"] == "COM7"


def test_a_trial_paper_says_what_became_of_it(setting: Setting, rooms: FakeRooms) -> None:
    setting.fill()
    setting.go_to(Step.TRIAL)

    setting.click("trial_receipts")
    good = setting.find("trial_receipts_outcome").accessibleName()
    rooms.paper_error = PrinterOutOfPaper()
    setting.click("trial_tickets")
    bad = setting.find("trial_tickets_outcome").accessibleName()

    assert "/khay/receipts.pdf" in good
    assert "giấy" in bad


def test_a_passphrase_is_made_shown_and_repeated_by_itself(setting: Setting) -> None:
    setting.fill()
    setting.go_to(Step.KEY)

    setting.click("make_passphrase")

    told = setting.window.key.read()
    assert len(told["passphrase"]) == 24
    assert told["passphrase"] == told["passphrase_again"]


def test_a_passphrase_that_was_copied_leaves_the_clipboard_with_the_window(
    setting: Setting,
) -> None:
    setting.click("make_passphrase")
    field = setting.find("passphrase")
    assert isinstance(field, QLineEdit)
    made = field.text()
    field.selectAll()
    field.copy()
    copied = QGuiApplication.clipboard().text()

    setting.window.close()

    assert copied == made
    assert QGuiApplication.clipboard().text() == ""


def test_half_a_copy_of_a_desk_is_not_written_over(
    qtbot: QtBot, bridge: Bridge, rooms: FakeRooms
) -> None:
    window = SetupWindow(bridge, rooms.hands(), folder="/du-lieu", missing=("site.toml",))
    qtbot.addWidget(window)
    window.show()
    told = window.findChild(QWidget, "moved_missing")
    back = window.findChild(QWidget, "moved_back")

    qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)

    assert isinstance(told, QWidget)
    assert "site.toml" in told.accessibleName()
    assert isinstance(back, QWidget)
    assert not back.isVisible()
    assert window.moved.isVisible()
    window.close()
    assert rooms.kept == []


def test_one_can_read_how_a_desk_moves_and_come_back(setting: Setting) -> None:
    setting.click("setup_moved")
    shown = setting.window.moved.isVisible()

    setting.click("moved_back")

    assert shown
    assert setting.window.office.isVisible()


def test_the_passphrase_of_a_moved_desk_is_asked_and_leaves_the_field(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = UnlockDialog(parent, again=True)
    heard: list[object] = []
    dialog.given.connect(heard.append)
    dialog.open()
    line = dialog.findChild(QLineEdit, "unlock_passphrase")
    assert line is not None
    assert dialog.findChild(QWidget, "unlock_wrong").isVisible()  # type: ignore[union-attr]

    qtbot.keyClicks(line, "7k3f-9xqm")
    qtbot.keyClick(line, Qt.Key.Key_Return)

    assert heard == [PassphraseGiven("7k3f-9xqm", remember=True)]
    assert "7k3f" not in repr(heard)
