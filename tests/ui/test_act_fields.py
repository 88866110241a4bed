"""The fields of an act from the keyboard: their order, their sentences, their lengths."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from counter.acts import ActKind, Confirmer, PaperWanted, TakeSupplement
from counter.declaring import Kind, Question
from counter.errors import DayPassed
from tests.ui.citizens import THU_QR
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_act_forms import at_dossiers, begin, fill
from ui.officer.acts.fields import MOST_IN_NUMBER, MOST_SIGNS, line
from ui.officer.acts.form import ActAsked, ActForm
from ui.officer.receive.contact import MOST_NOTE
from ui.officer.receive.declaration_fields import AnswerLine
from ui.parts.badge import Badge
from ui.parts.count_box import CountBox

__all__ = ["at_dossiers"]


def told(office: Office) -> str:
    """Return what the open form complains of."""
    form = office.window.dossiers_talk.acts.form
    assert form is not None
    return " ".join(badge.text for badge in form.findChildren(Badge) if badge.isVisible())


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (ActKind.ASK_SUPPLEMENT, "act_respond_by"),
        (ActKind.DRAFT_APOLOGY, "act_due_on"),
        (ActKind.ACCEPT, "act_due_on"),
    ],
)
def test_a_day_that_does_not_exist_is_called_so(
    at_dossiers: Office, kind: ActKind, field: str
) -> None:
    begin(at_dossiers, kind)
    fill(at_dossiers, field, "31/02/2027")

    at_dossiers.press(KEYS.Key_Return, CONTROL)

    assert "Ngày này không có thật" in told(at_dossiers)


def test_a_day_that_is_over_is_called_so(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.ASK_SUPPLEMENT)
    at_dossiers.desk.failing = DayPassed()
    fill(at_dossiers, "act_respond_by", "01/01/2020")

    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert "Hạn bổ sung này đã qua." in told(at_dossiers)


def test_papers_that_did_not_come_are_named_once_before_the_rest_is_taken(
    at_dossiers: Office,
) -> None:
    code = at_dossiers.window.dossiers.detail.code
    wanted = (PaperWanted("Giấy chứng sinh", None), PaperWanted("Tờ khai", None))
    possible = replace(at_dossiers.desk.possible(code), wanted=wanted)
    applicant = at_dossiers.desk.views[code].applicant
    form = ActForm(ActKind.TAKE_SUPPLEMENT, possible, (applicant, None), at_dossiers.window)
    asked: list[object] = []
    form.asked.connect(asked.append)
    first = form.findChild(CountBox, "brought_0_0")
    assert first is not None
    first.setValue(0)
    form.open()

    form.go()
    before = list(asked)
    badge = next(one for one in form.findChildren(Badge) if one.isVisible())
    form.go()

    assert before == []
    assert "Giấy chứng sinh" in badge.text
    assert "Tờ khai" not in badge.text
    (act,) = asked
    assert isinstance(act, ActAsked)
    assert isinstance(act.act, TakeSupplement)
    assert [paper.name for paper in act.act.papers] == ["Tờ khai"]
    form.close()


def test_the_first_figure_takes_the_place_of_the_number_that_stood_there(
    at_dossiers: Office,
) -> None:
    begin(at_dossiers, ActKind.TAKE_SUPPLEMENT)

    at_dossiers.type("2")
    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    act = at_dossiers.desk.acted[-1][1]
    assert isinstance(act, TakeSupplement)
    assert [paper.originals for paper in act.papers] == [2]


def test_a_name_typed_over_that_of_a_card_has_to_be_compared_anew(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.RETURN_RESULT)
    form = at_dossiers.window.dossiers_talk.acts.form
    assert form is not None
    assert form.given is not None
    form.given.show_card(THU_QR, proven=True)
    by_card = form.given.checked.isChecked()

    at_dossiers.find("return_receiver").setFocus()
    at_dossiers.type("x")

    assert by_card
    assert not form.given.checked.isChecked()
    assert "Hãy đối chiếu giấy tờ" in told(at_dossiers)


def test_no_field_takes_more_than_the_portal_does(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.TAKE_RESULT)
    for name in ("act_shelf", "act_number"):
        field = at_dossiers.find(name)
        assert isinstance(field, QLineEdit)
        field.clear()
        field.insert("dài " * 300)

        assert len(field.text()) == MOST_IN_NUMBER


def test_a_million_signs_pasted_into_a_reception_are_cut_where_the_portal_ends(
    office: Office,
) -> None:
    office.press(KEYS.Key_N, CONTROL)
    office.choose("khai sinh")
    lengths = {}
    for name in ("manual_address", "note"):
        field = office.window.findChild(QLineEdit, name)
        assert field is not None
        field.insert("Thôn Đông " * 100_000)
        lengths[name] = len(field.text())

    assert lengths == {"manual_address": MOST_SIGNS, "note": MOST_NOTE}


def test_a_field_leaves_what_was_longer_before_as_it_was(at_dossiers: Office) -> None:
    kept = "Thôn Đông " * 90

    field = line("address", "Nơi cư trú", kept)

    assert field.text() == kept


def test_an_answer_of_a_declaration_is_no_longer_than_an_address(dressed: QApplication) -> None:
    answer = AnswerLine(
        Question(key="where", title="Nơi sinh", group="Trẻ", kind=Kind.TEXT, required=True)
    )

    answer.insert("Thôn Đông " * 100_000)

    assert len(answer.text()) == MOST_SIGNS


LOW = 768 * 4 // 5 - 60
"""The height of a small screen whose letters are a quarter larger, less title bar and panel."""


def correction(office: Office) -> ActForm:
    """Open the correction of a dossier that a leader confirms, and have it refused once."""
    office.desk.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu"),)
    begin(office, ActKind.CORRECT)
    fill(office, "correct_number", "12")
    office.press(KEYS.Key_Return, CONTROL)
    form = office.window.dossiers_talk.acts.form
    assert isinstance(form, ActForm)
    return form


def test_a_correction_fits_a_low_screen_with_its_complaint_and_its_buttons(
    at_dossiers: Office,
) -> None:
    form = correction(at_dossiers)

    form.resize(form.width(), LOW)
    at_dossiers.bot.waitUntil(lambda: form.height() == LOW)

    assert told(at_dossiers)
    shown = [at_dossiers.find(name) for name in ("act_reason", "act_password", "act_go")]
    assert all(form.rect().contains(one.geometry()) for one in shown)


def test_a_wrong_field_of_a_correction_is_brought_into_sight(at_dossiers: Office) -> None:
    form = correction(at_dossiers)
    form.resize(form.width(), LOW)
    wrong, sheet = at_dossiers.find("correct_number"), form.sheet
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum())
    hidden = wrong.visibleRegion().isEmpty()

    at_dossiers.find("act_password").setFocus()
    at_dossiers.press(KEYS.Key_Return, CONTROL)

    assert hidden
    assert wrong.visibleRegion().boundingRect() == wrong.rect()
