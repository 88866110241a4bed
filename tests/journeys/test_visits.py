"""Visits from the first tap to the last paper, at the whole program."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from counter.values import CitizenNumber
from devices.card.demo import demo_cards
from tests.journeys.conftest import Counter
from tests.journeys.test_card_at_the_counter import slot_of

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
RESOURCES = Path(__file__).parents[2] / "resources"
MOTHER = demo_cards(RESOURCES / "demo" / "cards")[1]
PENSION = "1.014027"


def tap(counter: Counter) -> None:
    """Lay the mother's card on the reader and open it."""
    slot_of(counter).insert(MOTHER.chip())
    counter.type_into("card_digits", MOTHER.number.last_six)
    counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)


def leave(counter: Counter) -> None:
    """End the visit."""
    slot_of(counter).remove()
    counter.press(KEY.Key_F10)
    counter.until(counter.window.receive.identity.is_empty)
    counter.until(lambda: not counter.window.receive.identity.waiting.text)


def is_whole(paper: Path) -> bool:
    """Tell whether the printer has written the paper to its end."""
    return paper.read_bytes().rstrip().endswith(b"%%EOF")


def words_in(paper: Path) -> str:
    pages = PdfReader(BytesIO(paper.read_bytes())).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def answer(counter: Counter, key: str, text: str) -> None:
    counter.type_into(f"declared_{key}", text)
    counter.until(lambda: counter.window.receive.declaring.answer(key) == text)


def test_a_birth_from_the_card_over_the_declaration_to_the_receipt(counter: Counter) -> None:
    tap(counter)
    counter.choose("dk khai sinh", "1.001193")
    declaring = counter.window.receive.declaring
    counter.until(lambda: declaring.draft is not None)
    counter.press(KEY.Key_J, CONTROL)
    for key, text in (
        ("child_full_name", "Phạm Trần Bé Mẫu"),
        ("child_birth_date", "20/11/2026"),
        ("child_birth_place", "Trạm y tế xã Thử Nghiệm"),
        ("father_birth", "1985"),
        ("father_ethnicity", "Kinh"),
    ):
        answer(counter, key, text)
    counter.find("declared_child_sex").setFocus()
    counter.press(KEY.Key_Down)
    counter.until(lambda: declaring.answers is not None)
    counter.press(KEY.Key_P, CONTROL)
    counter.until(lambda: len(counter.tray()) == 1)
    [declaration] = counter.tray()
    counter.until(lambda: is_whole(declaration))
    printed = words_in(declaration).upper()
    counter.press(KEY.Key_J, CONTROL)
    counter.tick_demanded()
    code = counter.receive()
    counter.until(lambda: len(counter.tray()) == 3)

    assert "PHẠM TRẦN BÉ MẪU" in printed
    assert "PHẠM VĂN CHỒNG" in printed
    assert any(code in paper.name for paper in counter.tray())
    earlier = counter.desk_work.declare("2.000986", counter.desk_work.show(code).applicant, None)
    assert earlier is not None
    known = {one.key: one.value for one in earlier.answers}
    assert (known["father_birth"], known["child_full_name"]) == ("1985", "")


@pytest.mark.parametrize(
    ("letters", "code", "phone"),
    [("ban sao tu ban chinh", "2.000815", ""), ("huu tri xa hoi", PENSION, "0900000123")],
)
def test_a_repeat_visitors_procedure_takes_three_actions_after_the_tap(
    counter: Counter, letters: str, code: str, phone: str
) -> None:
    tap(counter)
    counter.choose(letters, code)
    if phone:
        counter.type_into("phone", phone)
    counter.tick_demanded()
    counter.receive()
    leave(counter)
    tap(counter)
    panel = counter.window.receive.procedure
    counter.until(lambda: (first := panel.first()) is not None and first.code == code)
    actions = 0

    def act(key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        nonlocal actions
        actions += 1
        counter.press(key, modifier)

    act(KEY.Key_Return)
    counter.until(lambda: counter.window.receive.has_plan)
    counter.until(lambda: counter.window.receive.declaring.draft is not None)
    if not counter.window.receive.summary.button.isEnabled():
        act(KEY.Key_E, CONTROL)
    counter.until(counter.window.receive.summary.button.isEnabled)
    act(KEY.Key_F9)
    counter.until(lambda: counter.window.receive.is_done)

    assert actions <= 3
    number = CitizenNumber(MOTHER.number.digits)
    assert [procedure.code for procedure in counter.desk_work.usual(number)] == [code]
    assert len(counter.desk_work.find_dossiers(number.digits)) == 2


def test_one_submitter_with_five_dossiers_has_one_ticket_and_one_receipt(
    counter: Counter,
) -> None:
    chosen = (
        ("dk khai sinh", "1.001193"),
        ("xac nhan tinh trang hon nhan", "1.004873"),
        ("dang ky thuong tru", "1.004222"),
        ("dang ky tam tru", "1.004194"),
        ("dang ky khai tu", "1.000656"),
    )
    tap(counter)
    receive = counter.window.receive
    for place, (letters, code) in enumerate(chosen, 1):
        counter.choose(letters, code)
        counter.tick_demanded()
        counter.until(receive.summary.button.isEnabled)
        if place < len(chosen):
            counter.press(KEY.Key_F9, CONTROL)
            counter.until(lambda place=place: len(receive.summary.waiting) == place)  # type: ignore[misc]
    counter.press(KEY.Key_F9)
    counter.until(lambda: receive.is_done)
    counter.until(lambda: len(counter.tray()) == 2)

    lines = counter.desk_work.find_dossiers()
    counter.until(lambda: is_whole(counter.tray()[0]))
    receipt = words_in(counter.tray()[0])
    assert len(lines) == 5
    assert all(line.code in receipt for line in lines)
    assert len({counter.desk_work.show(line.code).ticket for line in lines}) == 1
    assert counter.desk_work.verify() == ()
