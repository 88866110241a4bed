"""The administrator keeps the officers' accounts, and every change wants the password again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QPushButton

from counter.people import Officer, Role
from counter.ports import CardRead
from counter.roster import CardGone, OfficerLine, Service
from tests.ui.citizens import AUTHENTIC, THU, UNVERIFIED, reading
from tests.ui.conftest import KEYS, Office
from tests.ui.fake_people import PASSWORD

OFFICER = OfficerLine(
    Officer("cb-0007", "Đỗ Văn Thử", "Công chức một cửa", frozenset({Role.OFFICER})),
    Service.OPEN,
    needs_card=False,
)


def open_page(office: Office, *lines: OfficerLine) -> None:
    office.desk.roster.lines |= {line.officer.id: line for line in lines}
    office.window.open_further("people")
    office.settle()


def choose(office: Office, row: int) -> None:
    office.window.further("people").page.table.selectRow(row)  # type: ignore[attr-defined]


def press(office: Office, name: str) -> None:
    button = office.find(name)
    assert isinstance(button, QPushButton)
    button.click()
    office.settle()


def put(office: Office, **fields: str) -> None:
    for name, text in fields.items():
        line = office.find(name)
        assert isinstance(line, QLineEdit)
        line.setText(text)


def confirm(office: Office, password: str = PASSWORD) -> None:
    put(office, confirm_password=password)
    press(office, "confirm_go")


def gone(office: Office, name: str) -> bool:
    found = office.window.findChild(QDialog, name)
    return found is None or not found.isVisible()


def test_an_officer_is_added_after_the_password_was_typed_once_more(office: Office) -> None:
    open_page(office)
    press(office, "people_make")
    put(
        office,
        people_name="Y Ước",
        people_account=" CB-0009 ",
        people_password="con đò sang ngang",
        people_again="con đò sang ngang",
    )
    cashier = office.find("role_cashier")
    assert isinstance(cashier, QCheckBox)
    cashier.setChecked(True)
    press(office, "people_go")
    assert "cb-0009" not in office.desk.roster.lines

    confirm(office)

    made = office.desk.roster.lines["cb-0009"].officer
    assert made.roles == {Role.OFFICER, Role.CASHIER}
    assert gone(office, "people_form")
    assert "Y Ước" in office.find("people_outcome").accessibleName()


def test_a_wrong_password_changes_nothing_and_can_be_typed_again(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_lock")

    confirm(office, "sai")
    before = office.desk.roster.lines["cb-0007"].service
    confirm(office)

    assert before is Service.OPEN
    assert office.desk.roster.lines["cb-0007"].service is Service.LOCKED


def test_leaving_the_question_changes_nothing(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_lock")

    office.bot.keyClick(office.find("confirm_password"), KEYS.Key_Escape)
    office.settle()

    assert office.desk.roster.lines["cb-0007"].service is Service.OPEN
    assert "mật khẩu" in office.window.notice.text


def test_a_locked_account_is_opened_with_the_same_key(office: Office) -> None:
    open_page(office, replace(OFFICER, service=Service.LOCKED))
    choose(office, 1)

    press(office, "people_lock")
    confirm(office)

    assert office.desk.roster.lines["cb-0007"].service is Service.OPEN


def test_a_password_is_set_anew_when_both_are_alike(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_reset")
    put(office, people_password="con đò sang ngang", people_again="khác")
    press(office, "people_go")
    assert not gone(office, "people_form")

    put(office, people_again="con đò sang ngang")
    press(office, "people_go")
    confirm(office)

    assert office.desk.roster.passwords == {"cb-0007": "con đò sang ngang"}


def test_roles_are_changed_and_an_officer_keeps_at_least_one(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_change")
    tick, other = office.find("role_officer"), office.find("role_supervisor")
    assert isinstance(tick, QCheckBox)
    assert isinstance(other, QCheckBox)
    tick.setChecked(False)
    press(office, "people_go")
    assert office.window.findChild(QDialog, "confirm_again") is None

    other.setChecked(True)
    press(office, "people_go")
    confirm(office)

    assert office.desk.roster.lines["cb-0007"].officer.roles == {Role.SUPERVISOR}


@pytest.mark.parametrize(("answer", "service"), [("go", Service.ENDED), ("stay", Service.OPEN)])
def test_the_end_of_service_is_asked_and_never_undone(
    office: Office, answer: str, service: Service
) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    office.desk.roster.confirmed = True

    press(office, "people_end")
    press(office, f"question_{answer}")

    assert office.desk.roster.lines["cb-0007"].service is service
    assert office.find("people_change").isEnabled() is (service is Service.OPEN)


def test_an_own_card_is_enrolled_only_when_it_has_proved_itself(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_card")

    office.window.on_card(CardRead(reading(THU, authenticity=UNVERIFIED)))
    office.settle()
    assert "thẻ thật" in office.text("own_card_told")
    office.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))
    office.settle()
    confirm(office)

    assert office.desk.roster.lines["cb-0007"].needs_card
    assert gone(office, "enrol_card")
    assert office.window.receive.identity.is_empty()


def test_after_the_form_was_left_the_reception_hears_of_cards_again(office: Office) -> None:
    open_page(office, OFFICER)
    choose(office, 1)
    press(office, "people_card")
    press(office, "enrol_stay")

    office.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))
    office.settle()

    assert not office.window.receive.identity.is_empty()
    assert not office.desk.roster.lines["cb-0007"].needs_card


def test_a_lost_card_is_dropped_with_a_reason(office: Office) -> None:
    open_page(office, replace(OFFICER, needs_card=True))
    choose(office, 1)
    press(office, "people_card")
    assert not office.find("drop_go").isEnabled()

    office.find("gone_lost").click()  # type: ignore[attr-defined]  # a radio button
    press(office, "drop_go")
    confirm(office)

    assert office.desk.roster.dropped == [CardGone.LOST]
    assert not office.desk.roster.lines["cb-0007"].needs_card
