"""The morning page, and lists of dossiers that travel together, worked from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QRadioButton

from counter.acts import ActKind, GiveBack, HandOver, HandToPost, Leader, TakeResult
from counter.errors import UnitNeeded
from counter.ports import CodeScanned
from counter.today import Group
from counter.values import DossierId, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked
from tests.ui.conftest import ALT, CONTROL, KEYS, Office
from ui import written
from ui.officer.places import CARRY, DOSSIERS, TODAY

BIRTH = "1.001193"


@pytest.fixture
def three(office: Office) -> tuple[str, ...]:
    """The codes of three dossiers, the newest first."""
    for _ in range(3):
        office.desk.receive(
            ReceptionAsked(
                dossier_id=DossierId(uuid7(office.desk.moment)),
                applicant=Applicant(
                    full_name="Nguyễn Thị Mẫu",
                    number=None,
                    birth_date=None,
                    sex=None,
                    address=None,
                    phone=None,
                    email=None,
                    source=IdentitySource.MANUAL,
                    verdict=None,
                ),
                procedure_code=BIRTH,
                papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0)),
                noticed_at=office.desk.moment,
            )
        )
    return tuple(line.code for line in office.desk.lines)


def scan(office: Office, *codes: str) -> None:
    for code in codes:
        office.window.on_code(CodeScanned(code))
        office.settle()


def on_list(office: Office) -> list[str]:
    return [there.possible.code for there in office.window.carry._model.lines]


def test_the_morning_page_names_what_is_overdue_and_opens_it(
    office: Office, three: tuple[str, ...]
) -> None:
    late = office.desk.moment - timedelta(days=1)
    office.desk.lines[1] = replace(office.desk.lines[1], due_at=late)

    office.press(KEYS.Key_N, ALT)
    office.settle()
    said = office.everything_shown()
    office.find("today_dossiers").setFocus()
    office.press(KEYS.Key_Return)
    office.settle()

    assert "Quá hạn – tại quầy (Lê Thị Tập Sự): 1" in said
    assert office.window.frame.shown == DOSSIERS
    assert office.text("dossier_search") == three[1]


def test_a_group_without_work_says_so(office: Office, three: tuple[str, ...]) -> None:
    office.press(KEYS.Key_N, ALT)
    office.settle()
    office.window.today.groups.selectRow(1)

    assert office.window.frame.shown == TODAY
    assert office.find("today_dossiers").isHidden()


@pytest.mark.parametrize(("which", "given"), [("absent_one", 1), ("absent_all", 3)])
def test_an_absent_colleagues_dossiers_are_given_to_another(
    office: Office, three: tuple[str, ...], which: str, given: int
) -> None:
    office.press(KEYS.Key_N, ALT)
    office.settle()
    office.window.today.groups.selectRow(
        [view.group for view in office.desk.today().groups].index(Group.TO_HAND_OVER)
    )
    office.find("today_dossiers").setFocus()
    office.press(KEYS.Key_C, ALT)
    office.settle()
    choice = office.find(which)
    assert isinstance(choice, QRadioButton)
    told = office.find("absent_all").property("text")
    choice.setChecked(True)

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert told == "Tất cả 3 hồ sơ đang giải quyết do Lê Thị Tập Sự phụ trách"
    assert [line.officer for line in office.desk.lines].count("Vũ Văn Thay") == given
    assert f"Đã giao lại {given} hồ sơ cho Vũ Văn Thay." in office.window.notice.text
    assert len({line.officer for line in office.window.today.chosen_lines}) == (2, 1)[given == 3]


def give_back_of_first(office: Office) -> None:
    """Choose what is to be given back and press its one key."""
    office.press(KEYS.Key_N, ALT)
    office.settle()
    office.window.today.groups.selectRow(
        [view.group for view in office.desk.today().groups].index(Group.GIVE_BACK)
    )
    office.find("today_dossiers").setFocus()
    office.press(KEYS.Key_T, ALT)
    office.settle()


def test_a_voided_dossiers_money_is_given_back_by_one_key(
    office: Office, three: tuple[str, ...]
) -> None:
    office.desk.can = (ActKind.GIVE_BACK,)
    give_back_of_first(office)
    reason = office.find("act_reason")
    assert isinstance(reason, QComboBox)
    reason.setCurrentText("Hồ sơ bị hủy")
    told = office.text("act_repayable")
    office.find("act_leader").setProperty("text", "Lê Văn Mẫu")

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    (done,) = office.desk.acted
    assert told == written.money(office.desk.views[three[0]].total)
    assert done == (office.desk.lines[0].id, GiveBack("Hồ sơ bị hủy", Leader("Lê Văn Mẫu")))
    assert office.window.frame.shown == TODAY
    assert office.find("today_money_back").isVisible()


def test_giving_money_back_reads_no_dossier_into_a_page_that_is_not_shown(
    office: Office, three: tuple[str, ...]
) -> None:
    office.desk.can = (ActKind.GIVE_BACK,)
    detail = office.window.dossiers.detail

    give_back_of_first(office)

    assert office.find("act_form").isVisible()
    assert office.desk.read == []
    assert detail.view is None


def test_who_may_not_give_money_back_is_told_who_may(
    office: Office, three: tuple[str, ...]
) -> None:
    office.desk.can = ()
    give_back_of_first(office)

    assert "việc trả lại tiền do người thu tiền" in office.window.notice.text


def test_the_key_of_giving_back_does_nothing_in_another_group(
    office: Office, three: tuple[str, ...]
) -> None:
    office.press(KEYS.Key_N, ALT)
    office.settle()
    office.window.today.groups.selectRow(
        [view.group for view in office.desk.today().groups].index(Group.LETTERS)
    )

    office.window.today.give_money_back()
    office.settle()

    assert office.find("today_money_back").isHidden()
    assert office.window.notice.text == ""


def test_where_nobody_else_works_the_form_says_so(office: Office, three: tuple[str, ...]) -> None:
    office.desk.absent.names = {"cb-tap-su": "Lê Thị Tập Sự"}
    office.press(KEYS.Key_N, ALT)
    office.settle()
    office.window.today.reassign()
    office.settle()

    assert "Chưa có cán bộ nào khác nhận được hồ sơ" in office.everything_shown()
    assert not office.find("absent_go").isEnabled()


def test_dossiers_are_scanned_onto_a_list_and_handed_over_once(
    office: Office, three: tuple[str, ...]
) -> None:
    office.press(KEYS.Key_B, CONTROL)
    scan(office, *three)
    office.find("carry_receiver").setFocus()
    office.type("Pham Van Mau")

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    acts = {act for _, act in office.desk.acted}
    assert acts == {HandOver("Công chức Tư pháp - hộ tịch", "Pham Van Mau")}
    assert [dossier for dossier, _ in office.desk.acted] == [d.id for d in office.desk.lines]
    assert on_list(office) == []
    assert "Đã ghi 3 hồ sơ." in office.everything_shown()


def test_all_that_an_officer_received_goes_onto_the_list_by_one_key(
    office: Office, three: tuple[str, ...]
) -> None:
    office.desk.passed_on.own = list(three)
    office.press(KEYS.Key_B, CONTROL)
    scan(office, three[1])

    office.press(KEYS.Key_M, ALT)
    office.settle()
    listed = on_list(office)
    office.press(KEYS.Key_M, ALT)
    office.settle()

    assert listed == on_list(office) == [three[1], three[0], three[2]]
    assert "đều đã bàn giao hoặc đã ở danh sách" in office.everything_shown()


def test_what_another_received_is_refused_in_a_sentence(
    office: Office, three: tuple[str, ...]
) -> None:
    office.desk.passed_on.of_others = {three[0]}
    office.press(KEYS.Key_B, CONTROL)

    scan(office, *three[:2])

    assert on_list(office) == [three[1]]
    scan(office, three[0])
    assert "do người khác ghi nhận." in office.everything_shown()


def test_own_dossiers_are_offered_only_where_something_is_handed_over(office: Office) -> None:
    office.press(KEYS.Key_B, CONTROL)
    first = office.find("carry_own").isVisibleTo(office.window)
    office.find("carry_in").setFocus()
    office.press(KEYS.Key_Space)

    office.press(KEYS.Key_M, ALT)
    office.settle()

    assert first
    assert not office.find("carry_own").isVisibleTo(office.window)
    assert on_list(office) == []


def test_results_are_taken_in_by_list_with_their_place(
    office: Office, three: tuple[str, ...]
) -> None:
    office.press(KEYS.Key_B, CONTROL)
    office.find("carry_in").setFocus()
    office.press(KEYS.Key_Space)
    scan(office, *three[:2])
    office.find("carry_shelf").setFocus()
    office.type("A3")

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert {act for _, act in office.desk.acted} == {TakeResult("Giấy khai sinh", shelf="A3")}


def test_results_are_handed_to_the_post_by_list(office: Office, three: tuple[str, ...]) -> None:
    office.desk.can = (ActKind.HAND_TO_POST,)
    office.press(KEYS.Key_B, CONTROL)
    office.find("carry_post").setFocus()
    office.press(KEYS.Key_Space)
    scan(office, *three)
    office.find("carry_receiver").setFocus()
    office.type("Dinh Thi Buu Ta")

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert [act for _, act in office.desk.acted] == [HandToPost("Dinh Thi Buu Ta")] * 3
    assert on_list(office) == []


def test_what_is_on_the_list_or_may_not_be_there_is_said(
    office: Office, three: tuple[str, ...]
) -> None:
    office.press(KEYS.Key_B, CONTROL)
    scan(office, three[0], three[0])
    twice = office.everything_shown()
    office.desk.can = (ActKind.RETURN_RESULT,)
    scan(office, three[1])
    wrong = office.everything_shown()
    scan(office, "H55.242-999999-0001")

    assert f"{three[0]} đã có trong danh sách." in twice
    assert f"Không đưa {three[1]} vào danh sách được" in wrong
    assert "Quầy này không có hồ sơ mang mã đó." in office.everything_shown()
    assert on_list(office) == [three[0]]


def test_a_list_that_is_refused_stays(office: Office, three: tuple[str, ...]) -> None:
    office.press(KEYS.Key_B, CONTROL)
    office.find("carry_code").setFocus()
    office.type(three[0])
    office.press(KEYS.Key_Return)
    office.settle()
    office.desk.failing = UnitNeeded()

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert on_list(office) == [three[0]]
    assert "Chưa ghi đơn vị nhận hồ sơ." in office.everything_shown()
    assert office.find("carry_go").isEnabled()


def test_what_was_scanned_last_is_taken_off_by_its_key_without_leaving_the_field(
    office: Office, three: tuple[str, ...]
) -> None:
    office.press(KEYS.Key_B, CONTROL)
    scan(office, *three)

    office.press(KEYS.Key_B, Qt.KeyboardModifier.AltModifier)
    office.press(KEYS.Key_B, Qt.KeyboardModifier.AltModifier)

    assert on_list(office) == [three[0]]
    scan(office, three[2])
    assert on_list(office) == [three[0], three[2]]


def test_a_dossier_is_taken_off_the_list(office: Office, three: tuple[str, ...]) -> None:
    office.press(KEYS.Key_B, CONTROL)
    scan(office, *three)
    office.window.carry._table.selectRow(1)

    office.window.carry.take_off()

    assert on_list(office) == [three[0], three[2]]
    assert office.window.frame.shown == CARRY
