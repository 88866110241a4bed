"""Interrupted visits on the reception page: kept while typed, laid aside, taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from counter.acts import Leader, Relation
from counter.declaring import Answer, Origin
from counter.errors import DiskFull
from counter.hall import QueueTicket
from counter.returning import ReturnTo, ReturnWay
from counter.values import VIETNAM, DossierId, uuid7
from counter.visits import BehalfTyped, PersonTyped, Visit
from counter.work import IdentitySource, PaperBrought
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.fake_desk import MORNING
from tests.ui.test_receive_journey import lay_card
from tests.ui.test_walk_in_forms import BIRTH, begin
from ui.officer.receive.standing import standing

SHIFT = Qt.KeyboardModifier.ShiftModifier


def park(office: Office) -> None:
    office.press(KEYS.Key_F10, SHIFT)
    office.settle()


def resume(office: Office) -> None:
    office.press(KEYS.Key_F10, CONTROL)
    office.settle()


def left_over(*, parked: bool = False) -> Visit:
    """A visit that stood on the page when the program was killed."""
    return Visit(
        id=DossierId(uuid7(MORNING)),
        begun_at=MORNING,
        person=PersonTyped("Nguyen Thi Mau", "001199012345", "31/01/1999", "Nữ", "Thôn 1"),
        ticket="A007",
        procedure_code=BIRTH,
        papers=(PaperBrought(0, 1, 0, 0),),
        phone="0912000001",
        note="cho giay",
        sets=2,
        parked=parked,
    )


def test_what_is_typed_is_on_disk_within_two_seconds(office: Office) -> None:
    begin(office)

    turns = office.window.reception.visits._turns
    for _ in range(2):
        with office.bot.waitSignal(turns.timeout):
            assert turns.isActive()
    office.settle()

    assert 2 * turns.interval() <= 2000
    (visit,) = office.desk.drafts.by_id.values()
    assert visit.person.full_name == "Nguyen Thi Mau"
    assert visit.procedure_code == BIRTH
    assert visit.papers == (PaperBrought(0, 1, 0, 0),)
    assert not visit.parked


def test_a_page_that_does_not_change_is_not_written_again(office: Office) -> None:
    begin(office)
    office.window.reception.visits.keep()
    office.settle()
    written = office.desk.drafts.writes

    office.window.reception.visits.keep()
    office.settle()

    assert office.desk.drafts.writes == written >= 1


def test_after_a_crash_the_visit_stands_there_again_and_is_said(closed_office: Office) -> None:
    visit = left_over()
    closed_office.desk.drafts.keep(visit)

    closed_office.open()
    closed_office.settle()

    page = closed_office.window.receive
    assert closed_office.text("manual_name") == "Nguyen Thi Mau"
    assert page.dossier_id == visit.id
    assert page.procedure.procedure is not None
    assert page.papers.brought() == visit.papers
    assert page.contact.sets == 2
    assert "Số thứ tự: A007" in closed_office.text("visit_ticket")
    assert "Đã khôi phục" in closed_office.window.notice.text
    assert closed_office.hands.secrets[-1] is not None, "the owner's card opens by itself"


def test_the_fields_of_a_restored_visit_show_their_beginnings(closed_office: Office) -> None:
    address = "Số 12, ngõ 345, thôn Trung Tâm, xã Mẫu Sơn Thượng, tỉnh Lạng Sơn"
    person = replace(left_over().person, full_name="Nguyễn Thị Mẫu", address=address)
    closed_office.desk.drafts.keep(
        replace(
            left_over(),
            person=person,
            note=address,
            return_to=ReturnTo(ReturnWay.POST, address=address),
        )
    )

    closed_office.open()
    closed_office.settle()

    fields = [
        field
        for field in closed_office.window.receive.findChildren(QLineEdit)
        if field.text() and field.objectName()
    ]
    assert {"manual_name", "manual_address", "note", "return_address"} <= {
        field.objectName() for field in fields
    }
    assert {field.objectName() for field in fields if field.cursorPosition()} == set()


def test_a_restored_visit_is_received_under_the_identity_it_began_with(
    closed_office: Office,
) -> None:
    visit = left_over()
    closed_office.desk.drafts.keep(visit)
    closed_office.open()
    closed_office.settle()
    closed_office.press(KEYS.Key_E, CONTROL)
    closed_office.settle()

    closed_office.press(KEYS.Key_F9)
    closed_office.settle()

    (asked,) = closed_office.desk.received
    assert asked.dossier_id == visit.id
    assert asked.noticed_at == visit.begun_at
    assert asked.ticket == "A007"
    assert asked.note == "cho giay"
    assert closed_office.desk.drafts.by_id == {}


def test_a_visit_is_laid_aside_and_taken_up_with_one_key(office: Office) -> None:
    begin(office)
    first = office.window.receive.dossier_id

    park(office)
    was_free = not office.window.receive.is_begun
    told = office.text("parked_visits")
    resume(office)

    assert was_free
    assert told == "Đang gác 1 lượt: bấm Ctrl+F10 để làm tiếp."
    assert not office.find("parked_visits").isVisible()
    assert office.window.receive.dossier_id == first
    assert office.text("manual_name") == "Nguyen Thi Mau"
    assert [paper.position for paper in office.window.receive.papers.brought()] == [0]


def test_taking_one_up_lays_the_other_aside(office: Office) -> None:
    begin(office)
    park(office)
    begin(office, name="Tran Van Thu")

    resume(office)
    shown = office.text("manual_name")
    resume(office)

    assert shown == "Nguyen Thi Mau"
    assert office.text("manual_name") == "Tran Van Thu"
    assert len(office.desk.drafts.by_id) == 2


def test_of_several_the_officer_picks_one_by_its_figure(office: Office) -> None:
    for name in ("Nguyen Thi Mau", "Tran Van Thu", "Le Van Ba"):
        begin(office, name=name)
        park(office)

    resume(office)
    menu = office.window.reception.visits._menu
    told = [action.text() for action in menu.actions()]
    menu.actions()[1].trigger()
    office.settle()

    assert [name in line for name, line in zip(("Ba", "Thu", "Mau"), told, strict=True)] == [
        True
    ] * 3
    assert office.text("manual_name") == "Tran Van Thu"


def test_a_visit_and_its_number_wait_and_return_together(office: Office) -> None:
    ticket = QueueTicket("A012", "Hộ tịch", None, MORNING, state="serving", row=12)
    office.desk.current = ticket
    office.window.receive.set_ticket("A012")
    begin(office)
    office.window.receive.set_ticket("A012")

    park(office)
    held = [one.number for one in office.desk.counter.held]
    resume(office)

    assert held == ["A012"]
    assert office.desk.current is not None
    assert office.desk.current.number == "A012"
    assert office.window.receive.ticket == "A012"


def test_holding_the_number_lays_its_visit_aside(office: Office) -> None:
    office.desk.current = QueueTicket("A012", "Hộ tịch", None, MORNING, state="serving", row=12)
    office.window.hall.refresh_queue()
    office.settle()
    begin(office)
    office.window.receive.set_ticket("A012")

    office.press(KEYS.Key_F8, CONTROL)
    office.settle()
    was_begun = office.window.receive.is_begun
    office.window.hall.numbers.resume(12)
    office.settle()

    assert not was_begun
    assert office.text("manual_name") == "Nguyen Thi Mau"
    assert office.window.receive.ticket == "A012"


def test_a_visit_given_up_or_received_leaves_nothing_behind(office: Office) -> None:
    begin(office)
    office.window.reception.visits.keep()
    office.settle()

    office.window.receive.begin_next()
    office.settle()

    assert office.desk.drafts.by_id == {}


@pytest.fixture
def whole(office: Office) -> Office:
    """A visit with everything: another's dossier, a declaration half done, a dossier that waits."""
    begin(office)
    office.press(KEYS.Key_E, CONTROL)
    office.settle()
    office.press(KEYS.Key_F9, CONTROL)
    office.settle()
    page = office.window.receive
    page.identity.manual.document.put("ho_chieu", "C1234567", "LA")
    page.identity.manual.address.setText("Thon 1")
    page.identity.manual.changed.emit()
    owner = PersonTyped("Trần Thị Cụ", "001130000111", "1930", "Nữ", "Thôn 2")
    page.behalf.put_back(BehalfTyped(owner, Relation.AUTHORISED, "Số 12 ngày 20/11/2026"))
    office.settle()
    page.identity.unit.choose_again("00004", "Phường Ba Đình, Thành phố Hà Nội")
    office.choose(BIRTH)
    office.press(KEYS.Key_J, CONTROL)
    office.type("20/10/2021")
    office.press(KEYS.Key_Return)
    office.settle()
    return office


def test_a_visit_with_everything_stands_again_exactly_as_it_was(whole: Office) -> None:
    before = standing(whole.window.receive)

    park(whole)
    was_free = not whole.window.receive.is_begun
    resume(whole)

    assert was_free
    assert before is not None
    assert before.behalf is not None
    assert before.unit_code
    assert [one.procedure_code for one in before.waiting] == [BIRTH]
    assert [answer.value for answer in before.declared] == ["20/10/2021"]
    assert standing(whole.window.receive) == before
    assert whole.text("behalf").startswith("Nộp thay: Trần Thị Cụ")
    assert whole.text("basket_title") == "Hồ sơ trong lượt này: 1"
    assert whole.window.receive.declaring.answer("issued_on") == "20/10/2021"


def test_it_stands_so_after_a_crash_too(closed_office: Office) -> None:
    other = left_over()
    owner = PersonTyped("Trần Thị Cụ", "001130000111", "1930", "Nữ", "Thôn 2")
    visit = replace(
        left_over(),
        behalf=BehalfTyped(owner, Relation.GUARDIAN, ""),
        unit_code="00004",
        unit_name="Phường Ba Đình, Thành phố Hà Nội",
        procedure_name="Đăng ký khai sinh",
        procedure_revision=closed_office.desk.find_procedures("khai sinh")[0].revision,
        declared=(Answer("child_full_name", "Nguyễn Bé Mẫu", Origin.TYPED),),
        waiting=(replace(other, procedure_name="Tên ngắn", ticket=None),),
    )
    closed_office.desk.drafts.keep(visit)

    closed_office.open()
    closed_office.settle()

    assert standing(closed_office.window.receive) == visit


def test_a_card_read_after_resuming_proves_the_person_in_what_waited(office: Office) -> None:
    lay_card(office)
    for words in ("khai sinh", "xac nhan tinh trang"):
        office.choose(words)
        office.press(KEYS.Key_E, CONTROL)
        office.settle()
        office.press(KEYS.Key_F9, CONTROL)
        office.settle()
    park(office)
    resume(office)
    lay_card(office)

    office.press(KEYS.Key_F9)
    office.settle()

    assert [one.applicant.source for one in office.desk.received] == [IdentitySource.CHIP] * 2


def test_without_a_visit_both_keys_say_so(office: Office) -> None:
    park(office)
    nothing_here = office.window.notice.text
    resume(office)

    assert "Không có lượt nào đang làm dở" in nothing_here
    assert "Không có lượt nào đang gác lại" in office.window.notice.text


def test_a_disk_that_is_full_is_said_and_the_visit_kept_when_it_can_be(office: Office) -> None:
    office.desk.drafts.failing = DiskFull()
    begin(office)

    office.bot.waitUntil(lambda: bool(office.window.notice.text))
    told = office.window.notice.text
    office.bot.waitUntil(lambda: bool(office.desk.drafts.by_id))

    assert "Ổ đĩa" in told
    assert office.text("manual_name") == "Nguyen Thi Mau"


def begin_late(office: Office) -> None:
    """Identify a person, choose a procedure, and type what stands on a paper receipt."""
    begin(office)
    office.press(KEYS.Key_E, CONTROL)
    office.settle()
    office.press(KEYS.Key_B, CONTROL | SHIFT)
    office.settle()
    for name, text in (
        ("late_day", "20/11/2026"),
        ("late_clock", "9:15"),
        ("late_paper", "VT-07"),
        ("act_leader", "Le Van Mau"),
    ):
        office.find(name).setFocus()
        office.type(text)


def test_a_paper_receipt_is_keyed_with_its_true_time(office: Office) -> None:
    begin_late(office)

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    ((asked, late, confirmed),) = office.desk.papers_late.keyed
    assert asked.applicant.full_name == "Nguyen Thi Mau"
    assert late.received_at == datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
    assert (late.paper, late.leader) == ("VT-07", Leader("Le Van Mau"))
    assert confirmed is None
    assert office.window.receive.is_done


def test_a_paper_of_another_versions_time_brings_that_versions_checklist(office: Office) -> None:
    now = office.desk.find_procedures(BIRTH)[0]
    then = replace(now, revision="cũ", papers=(*now.papers[:2], replace(now.papers[1], name="Cũ")))
    office.desk.papers_late.then = then
    begin_late(office)

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()
    held, told = office.window.receive.procedure.procedure, office.window.notice.text
    office.window.activateWindow()
    office.settle()
    office.press(KEYS.Key_E, CONTROL)
    office.settle()
    office.press(KEYS.Key_B, CONTROL | SHIFT)
    office.settle()
    back = [office.text(name) for name in ("late_day", "late_clock", "late_paper", "act_leader")]
    office.find("act_leader").setFocus()
    office.type("Le Van Mau")
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert held == then
    assert "Ngày 20/11/2026 thủ tục này theo phiên bản khác" in told
    assert back == ["20/11/2026", "9:15", "VT-07", ""]
    ((asked, _late, _confirmed),) = office.desk.papers_late.keyed
    assert asked.procedure_revision == "cũ"
    assert asked.applicant.full_name == "Nguyen Thi Mau"


def test_a_time_that_is_none_is_said_before_anything_is_asked(office: Office) -> None:
    begin(office)
    office.press(KEYS.Key_E, CONTROL)
    office.press(KEYS.Key_B, CONTROL | SHIFT)
    office.settle()
    office.find("late_day").setFocus()
    office.type("20/11/2026")
    office.find("late_clock").setFocus()
    office.type("25:99")

    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert office.desk.papers_late.keyed == []
    assert "Ngày giờ trên giấy viết tay không hợp lệ" in office.everything_shown()


def test_a_name_with_an_ampersand_stands_in_the_menu_as_it_is(office: Office) -> None:
    for name in ("Cty An & Em", "Tran Van Thu"):
        begin(office, name=name)
        park(office)

    resume(office)

    menu = office.window.reception.visits._menu
    assert "Cty An && Em" in menu.actions()[1].text()
    menu.close()
