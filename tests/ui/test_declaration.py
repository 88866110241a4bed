"""Declarations on screen: only what nobody knows is asked, and the officer sees who said what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton

from counter.declaring import Answer, Origin
from counter.forms import ReceiptPaper, TicketPaper
from counter.papers.desk import ChecklistFacts, DeclarationFacts
from counter.papers.facts import Facts
from counter.wording import WordedPaper
from tests.ui.citizens import THU
from tests.ui.conftest import CONTROL, Office
from tests.ui.test_receive_journey import lay_card

KEY = Qt.Key
BIRTH = "khai sinh"
PENSION = "huu tri"
BUSINESS = "thanh lap ho kinh doanh"
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOTHER = (
    Answer("mother_full_name", "Trần Thị Mẫu", Origin.TYPED),
    Answer("mother_birth", "1998", Origin.TYPED),
    Answer("mother_ethnicity", "Tày", Origin.TYPED),
    Answer("mother_residence", "Thôn Đông", Origin.TYPED),
)
PHONE = Answer("phone", "0900000123", Origin.EARLIER)


@pytest.fixture
def birth(office: Office) -> Office:
    """A father's card, and the declaration of a birth in the papers' place."""
    office.desk.before[THU.id_number] = MOTHER
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_J, CONTROL)
    return office


def focused(office: Office) -> str:
    here = QApplication.focusWidget()
    return here.objectName() if here else ""


def origin(office: Office, key: str) -> str:
    return office.find(f"declared_{key}").accessibleDescription()


def value(office: Office, key: str) -> str:
    field = office.find(f"declared_{key}")
    assert isinstance(field, QLineEdit)
    return field.text()


def answer_the_child(office: Office) -> None:
    """Type what only the father can tell, from the keyboard."""
    office.type("Nguyễn Trần Bé Mẫu")
    office.press(KEY.Key_Return)
    office.type("20/11/2026")
    office.press(KEY.Key_Return)
    office.press(KEY.Key_Down)
    office.press(KEY.Key_Tab)
    office.type("Trạm y tế xã Thử Nghiệm")
    office.press(KEY.Key_Return)
    office.settle()


def printed(office: Office) -> list[Facts]:
    """Return what the worded papers say."""
    papers = [job.paper for job in office.hands.jobs]
    return [paper.facts for paper in papers if isinstance(paper, WordedPaper)]


def test_only_what_nobody_knows_is_asked_and_the_whole_is_received(birth: Office) -> None:
    answer_the_child(birth)
    birth.press(KEY.Key_Down)
    birth.press(KEY.Key_Space)
    birth.settle()
    birth.press(KEY.Key_F9)
    birth.settle()

    [asked] = birth.desk.received
    assert asked.declared is not None
    said = {answer.key: (answer.value, answer.origin) for answer in asked.declared}
    assert said["child_full_name"] == ("Nguyễn Trần Bé Mẫu", Origin.TYPED)
    assert said["child_sex"] == ("Nam", Origin.TYPED)
    assert said["father_full_name"] == ("Nguyễn Văn Thử", Origin.CHIP)
    assert said["mother_birth"] == ("1998", Origin.EARLIER)
    assert [paper.position for paper in asked.papers] == [0, 1]


def test_the_bar_says_how_many_questions_are_left(office: Office) -> None:
    lay_card(office)
    office.choose(BIRTH)
    bar = office.find("declaration_bar")
    assert isinstance(bar, QPushButton)
    before = bar.text()

    office.press(KEY.Key_E, CONTROL)
    office.settle()

    assert before == "Tờ khai: còn 8 mục phải hỏi"
    assert bar.text() == "Tờ khai: công dân mang bản giấy"


def test_each_answer_says_where_it_came_from(birth: Office) -> None:
    birth.type("Bé")
    birth.settle()

    assert {
        key: origin(birth, key)
        for key in (
            *("full_name", "mother_birth", "child_nationality"),
            *("child_full_name", "child_birth_place"),
        )
    } == {
        "full_name": "Từ chip",
        "mother_birth": "Hồ sơ trước",
        "child_nationality": "Gợi ý sẵn",
        "child_full_name": "Cán bộ nhập",
        "child_birth_place": "Cần hỏi",
    }


def test_the_tab_key_goes_from_one_open_question_to_the_next(birth: Office) -> None:
    seen = [focused(birth)]
    for _ in range(3):
        birth.press(KEY.Key_Tab)
        seen.append(focused(birth))

    assert seen == [
        "declared_child_full_name",
        "declared_child_birth_date",
        "declared_child_sex",
        "declared_child_birth_place",
    ]


def test_what_is_known_can_be_changed_in_the_papers_order(birth: Office) -> None:
    every = birth.find("declaration_every")
    assert isinstance(every, QCheckBox)
    every.setChecked(True)
    birth.find("declared_full_name").setFocus()
    for _ in ("id_number", "issued_on", "issued_by", "residence"):
        birth.press(KEY.Key_Tab)
    office_field = focused(birth)
    birth.type("x")
    birth.settle()

    assert office_field == "declared_residence"
    assert origin(birth, "residence") == "Cán bộ nhập"


def test_what_is_open_stands_in_the_way_in_one_sentence(birth: Office) -> None:
    birth.type("Bé")
    birth.press(KEY.Key_J, CONTROL)
    birth.press(KEY.Key_E, CONTROL)
    birth.settle()
    lacking = birth.text("lacking")
    birth.press(KEY.Key_F9)
    birth.settle()

    assert birth.desk.received == []
    assert lacking == (
        "Tờ khai còn thiếu 3 mục, trước hết: Người được khai sinh – Ngày, tháng, năm sinh (Ctrl+J)"
    )
    assert focused(birth) == "declared_child_birth_date"


def test_a_day_that_does_not_exist_is_marked_and_stands_in_the_way(birth: Office) -> None:
    birth.press(KEY.Key_Tab)
    birth.type("31/02/2026")
    birth.settle()

    assert origin(birth, "child_birth_date") == "Sai dạng"
    assert birth.window.receive.declaring.answers is None


def test_a_declaration_on_paper_needs_nothing_on_screen(office: Office) -> None:
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()

    [asked] = office.desk.received
    assert asked.declared is None


def test_the_citizens_own_paper_takes_the_place_of_what_was_typed(birth: Office) -> None:
    birth.type("Bé")
    birth.bot.mouseClick(birth.find("declaration_on_paper"), Qt.MouseButton.LeftButton)
    birth.press(KEY.Key_E, CONTROL)
    birth.settle()
    birth.press(KEY.Key_F9)
    birth.settle()

    [asked] = birth.desk.received
    assert asked.declared is None
    assert 0 in [paper.position for paper in asked.papers]


def test_one_key_prints_the_declaration_as_far_as_it_is_known(birth: Office) -> None:
    birth.press(KEY.Key_P, CONTROL)
    birth.settle()

    [facts] = printed(birth)
    assert isinstance(facts, DeclarationFacts)
    assert facts.declarant == "Nguyễn Văn Thử"
    assert "Trần Thị Mẫu" in [line.value for line in facts.declared]


def test_who_only_asks_takes_blank_form_and_checklist_home(office: Office) -> None:
    office.choose(BIRTH)
    office.press(KEY.Key_P, CONTROL | SHIFT)
    office.settle()

    blank, checklist = printed(office)
    assert isinstance(blank, DeclarationFacts)
    assert {line.value for line in blank.declared} == {""}
    assert isinstance(checklist, ChecklistFacts)
    assert office.desk.received == []


def test_a_draft_stays_while_another_page_is_looked_at(birth: Office) -> None:
    birth.type("Bé Mẫu")
    birth.press(KEY.Key_F4)
    birth.press(KEY.Key_F2)
    birth.settle()

    assert value(birth, "child_full_name") == "Bé Mẫu"
    assert birth.find("declared_child_full_name").isVisible()


def test_a_draft_stays_while_the_card_tells_more(office: Office) -> None:
    office.choose(BIRTH)
    office.press(KEY.Key_J, CONTROL)
    office.find("declared_child_full_name").setFocus()
    office.type("Bé Mẫu")
    lay_card(office)
    office.settle()

    assert value(office, "child_full_name") == "Bé Mẫu"
    assert value(office, "father_full_name") == "Nguyễn Văn Thử"


def test_who_was_here_before_answers_nothing_and_the_form_counts_as_brought(
    office: Office,
) -> None:
    office.desk.before[THU.id_number] = (PHONE,)
    lay_card(office)
    office.choose(PENSION)
    office.press(KEY.Key_F9)
    office.settle()

    [asked] = office.desk.received
    assert asked.declared is not None
    assert asked.applicant.phone == "0900000123"


def test_a_telephone_number_is_typed_once(office: Office) -> None:
    lay_card(office)
    office.choose(PENSION)
    office.find("phone").setFocus()
    office.type("0912345678")
    office.settle()

    assert office.window.receive.declaring.answer("phone") == "0912345678"
    assert office.window.receive.papers.form_brought is True


def test_an_amount_is_typed_with_the_points_of_its_thousands(office: Office) -> None:
    lay_card(office)
    office.choose(BUSINESS)
    office.press(KEY.Key_J, CONTROL)
    office.find("declared_capital").setFocus()
    office.type("200000000")
    office.settle()

    assert value(office, "capital") == "200.000.000"
    assert office.window.receive.declaring.answer("capital") == "200000000"


def test_a_person_typed_by_hand_fills_the_form_too(office: Office) -> None:
    office.press(KEY.Key_N, CONTROL)
    office.type("Trần Thị Mẫu")
    office.choose(BIRTH)
    office.press(KEY.Key_J, CONTROL)
    office.settle()

    assert value(office, "full_name") == "Trần Thị Mẫu"
    assert origin(office, "full_name") == "Cán bộ nhập"


def test_the_next_visit_finds_nothing_of_the_last_declaration(birth: Office) -> None:
    answer_the_child(birth)
    birth.press(KEY.Key_E, CONTROL)
    birth.settle()
    birth.press(KEY.Key_F9)
    birth.settle()
    birth.press(KEY.Key_F10)
    birth.settle()

    assert "Bé Mẫu" not in birth.everything_shown()
    assert birth.window.receive.declaring.draft is None


def test_what_was_answered_before_is_put_back_once_the_form_is_there(office: Office) -> None:
    lay_card(office)
    declaring = office.window.receive.declaring
    declaring.put_back((Answer("child_full_name", "Bé Mẫu", Origin.TYPED),))
    before = declaring.typed
    office.choose(BIRTH)

    assert declaring.answer("child_full_name") == "Bé Mẫu"
    assert declaring.typed == before


def test_another_procedure_has_another_declaration(birth: Office) -> None:
    birth.type("Bé Mẫu")
    birth.press(KEY.Key_T, CONTROL)
    birth.settle()
    birth.choose(PENSION)

    draft = birth.window.receive.declaring.draft
    assert draft is not None
    assert draft.form.code == "1.014027"
    assert draft.typed == ()


def test_after_the_reception_the_same_key_prints_the_receipt_again(birth: Office) -> None:
    answer_the_child(birth)
    birth.press(KEY.Key_E, CONTROL)
    birth.settle()
    birth.press(KEY.Key_F9)
    birth.settle()
    birth.press(KEY.Key_P, CONTROL)
    birth.settle()

    kinds = [type(job.paper) for job in birth.hands.jobs]
    assert kinds == [ReceiptPaper, TicketPaper, ReceiptPaper]
