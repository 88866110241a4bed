"""People who cannot be received, worked from the keyboard."""

from __future__ import annotations

from counter.ports import CodeScanned
from counter.work import PaperBrought
from tests.ui.conftest import CONTROL, KEYS, Office

BIRTH = "1.001193"
NUMBER = "12/2026-Q01/HDHS"


def begin(office: Office, *, name: str = "Nguyen Thi Mau") -> None:
    """Type a person, choose a procedure and tick its first paper."""
    office.press(KEYS.Key_N, CONTROL)
    office.find("manual_name").setFocus()
    office.type(name)
    office.choose(BIRTH)
    office.window.receive.papers._model.tick(0)
    office.settle()


def go(office: Office) -> None:
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()


def test_guidance_takes_its_reason_from_the_library_and_ends_the_visit(office: Office) -> None:
    begin(office)
    office.press(KEYS.Key_U, CONTROL)
    office.settle()

    go(office)

    ((asked, reason),) = office.desk.guided
    assert asked.applicant.full_name == "Nguyen Thi Mau"
    assert reason == "Thành phần hồ sơ chưa đủ theo quy định của thủ tục"
    assert NUMBER in office.window.notice.text
    assert not office.window.receive.is_begun
    assert office.desk.received == []


def test_the_barcode_of_guidance_brings_back_what_was_typed(office: Office) -> None:
    begin(office)
    office.press(KEYS.Key_U, CONTROL)
    office.settle()
    go(office)

    office.window.on_code(CodeScanned(NUMBER))
    office.settle()

    page = office.window.receive
    assert office.text("manual_name") == "Nguyen Thi Mau"
    assert page.procedure.procedure is not None
    assert page.procedure.procedure.code == BIRTH
    assert [paper.position for paper in page.papers.brought()] == [0]
    assert isinstance(page.papers.brought()[0], PaperBrought)


def test_a_declaration_half_done_comes_back_with_the_guidance(office: Office) -> None:
    begin(office)
    office.press(KEYS.Key_J, CONTROL)
    office.type("Nguyen Be Mau")
    office.press(KEYS.Key_Return)
    office.settle()
    office.press(KEYS.Key_U, CONTROL)
    office.settle()
    go(office)

    office.window.on_code(CodeScanned(NUMBER))
    office.settle()

    assert [answer.value for answer in office.desk.begun] == ["Nguyen Be Mau"]
    assert office.window.receive.declaring.typed == office.desk.begun


def test_a_number_nobody_gave_is_said(office: Office) -> None:
    office.window.on_code(CodeScanned(NUMBER))
    office.settle()

    assert "Quầy này không có phiếu hướng dẫn mang số đó." in office.window.notice.text


def test_a_refusal_is_recorded_with_its_reason(office: Office) -> None:
    begin(office)
    office.press(KEYS.Key_R, CONTROL)
    office.settle()

    go(office)

    ((_asked, reason),) = office.desk.refused
    assert reason == "Việc yêu cầu không thuộc thẩm quyền giải quyết của cơ quan"
    assert "H55.242-261125-0099" in office.window.notice.text


def test_without_a_person_there_is_nobody_to_guide(office: Office) -> None:
    office.press(KEYS.Key_U, CONTROL)
    office.settle()

    assert office.desk.guided == []
