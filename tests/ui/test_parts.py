"""Small widgets: the six digits, the checklist, a day, a notice, the pad of the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextDocument
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QApplication, QCheckBox, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter.errors import DiskFull
from counter.procedures import Paper, PaperKind
from counter.values import CitizenNumber, Dong
from counter.work import PaperBrought, SyncStanding
from tests.ui.citizens import THU_QR_TEXT
from tests.ui.conftest import CONTROL
from tests.ui.fake_desk import MORNING
from ui import written
from ui.demo_panel import DemoCitizen, DemoLevers, DemoPanel
from ui.officer.dossiers_page import STANDING_TONES
from ui.officer.newest import Newest
from ui.officer.receive.papers_table import CERTIFIED, COPIES, NAME, Need, PapersModel
from ui.officer.receive.papers_view import PapersTable
from ui.officer.table import Column, LinesModel
from ui.parts.day_edit import DayEdit
from ui.parts.notice import NoticeBar
from ui.parts.question import Question, ask
from ui.parts.six_digits import BURST_MS, Pad, SixDigits
from ui.parts.words import tip

KEY = Qt.Key
FORM = Paper(name="Tờ khai", kind=PaperKind.FORM, originals=1)
COPY = Paper(name="Bản sao hộ chiếu", certified=1, copies=2)
MAYBE = Paper(name="Văn bản ủy quyền", originals=1, required=False, when="Khi ủy quyền")


@pytest.fixture
def digits(qtbot: QtBot, dressed: QApplication) -> SixDigits:
    """Six boxes with the keyboard."""
    boxes = SixDigits()
    qtbot.addWidget(boxes)
    with qtbot.waitActive(boxes):
        boxes.show()
        boxes.activateWindow()
    boxes.setFocus()
    return boxes


def test_six_digits_go_by_themselves(qtbot: QtBot, digits: SixDigits) -> None:
    with qtbot.waitSignal(digits.entered) as told:
        qtbot.keyClicks(digits, "012345")

    assert told.args == ["012345"]


def test_five_digits_wait_for_the_sixth(qtbot: QtBot, digits: SixDigits) -> None:
    with qtbot.assertNotEmitted(digits.entered, wait=300):
        qtbot.keyClicks(digits, "01234")

    assert digits.digits == "01234"


def test_a_scanner_that_types_into_the_boxes_is_no_officer(qtbot: QtBot, digits: SixDigits) -> None:
    text = "001099012345|012345678|Nguyen Van Thu|31011999|Nam|Thon Dong|10052021"

    with (
        qtbot.assertNotEmitted(digits.entered),
        qtbot.waitSignal(digits.scanned) as told,
    ):
        qtbot.keyClicks(digits, text)
        qtbot.keyClick(digits, KEY.Key_Return)

    assert told.args == [text]
    assert digits.digits == ""
    assert text.count("|") == THU_QR_TEXT.count("|")


@pytest.mark.parametrize(("gap_ms", "is_scan"), [(BURST_MS, True), (BURST_MS + 1, False)])
def test_a_scanner_is_known_by_when_it_typed_and_not_by_when_the_window_had_time(
    qtbot: QtBot, digits: SixDigits, gap_ms: int, is_scan: bool
) -> None:
    scans: list[object] = []
    digits.scanned.connect(scans.append)
    kind, key, none = QEvent.Type.KeyPress, KEY.Key_1, Qt.KeyboardModifier.NoModifier
    keys = [QKeyEvent(kind, key, none, text) for text in "H55-01234567"]
    for place, event in enumerate(keys):
        event.setTimestamp(1000 + place * gap_ms)

    QApplication.sendEvent(digits, keys[0])
    Event().wait(2 * BURST_MS / 1000)
    for event in keys[1:]:
        QApplication.sendEvent(digits, event)
    qtbot.keyClick(digits, KEY.Key_Return)

    assert scans == (["H55-01234567"] if is_scan else [])


def test_a_digit_is_taken_back(qtbot: QtBot, digits: SixDigits) -> None:
    qtbot.keyClicks(digits, "019")
    qtbot.keyClick(digits, KEY.Key_Backspace)

    assert digits.digits == "01"


def test_letters_are_no_digits(qtbot: QtBot, digits: SixDigits) -> None:
    qtbot.keyClicks(digits, "a1b")

    assert digits.digits == "1"


def test_the_pad_types_with_the_mouse(qtbot: QtBot, dressed: QApplication) -> None:
    pad = Pad()
    qtbot.addWidget(pad)

    with qtbot.waitSignal(pad.boxes.entered) as told:
        for digit in "907531":
            button = pad.findChild(QPushButton, f"digit-{digit}")
            assert button is not None
            button.click()

    assert told.args == ["907531"]


@pytest.fixture
def papers(qtbot: QtBot, dressed: QApplication) -> tuple[PapersModel, PapersTable]:
    """A checklist of three papers."""
    model = PapersModel()
    table = PapersTable(model)
    qtbot.addWidget(table)
    model.show_papers((FORM, COPY, MAYBE))
    table.show()
    return model, table


def test_the_space_key_ticks_what_the_procedure_wants(
    qtbot: QtBot, papers: tuple[PapersModel, PapersTable]
) -> None:
    model, table = papers
    qtbot.keyClick(table, KEY.Key_Down)
    qtbot.keyClick(table, KEY.Key_Space)

    assert model.brought() == (PaperBrought(1, 0, 1, 2),)

    qtbot.keyClick(table, KEY.Key_Space)

    assert model.brought() == ()


def test_counts_are_changed_with_plus_minus_and_digits(
    qtbot: QtBot, papers: tuple[PapersModel, PapersTable]
) -> None:
    model, table = papers
    table.setCurrentIndex(model.index(1, COPIES))
    qtbot.keyClicks(table, "5+-")
    qtbot.keyClicks(table, "+")
    table.setCurrentIndex(model.index(0, NAME))
    qtbot.keyClicks(table, "3")

    assert model.brought() == (PaperBrought(0, 3, 0, 0), PaperBrought(1, 0, 0, 6))


def test_one_key_ticks_all_that_is_demanded_and_nothing_else(
    papers: tuple[PapersModel, PapersTable],
) -> None:
    model, _table = papers

    model.tick_all()

    assert [paper.position for paper in model.brought()] == [0, 1]


def test_each_paper_says_in_words_how_it_stands(papers: tuple[PapersModel, PapersTable]) -> None:
    model, _table = papers
    model.tick(0)
    model.mark_missing((1,))

    assert [row.need for row in model.rows] == [Need.BROUGHT, Need.MISSING, Need.OPTIONAL]
    told = model.data(model.index(1, NAME), Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Bản sao hộ chiếu, Bắt buộc – còn thiếu"


def test_the_mouse_ticks_and_counts_too(
    qtbot: QtBot, papers: tuple[PapersModel, PapersTable]
) -> None:
    model, table = papers
    name = table.visualRect(model.index(0, NAME))
    count = table.visualRect(model.index(1, CERTIFIED))
    left = Qt.MouseButton.LeftButton

    qtbot.mouseClick(table.viewport(), left, pos=name.center())
    plus = count.center()
    plus.setX(count.right() - 10)
    qtbot.mouseClick(table.viewport(), left, pos=plus)

    assert model.brought() == (PaperBrought(0, 1, 0, 0), PaperBrought(1, 0, 1, 0))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/01/2027", date(2027, 1, 31)),
        ("1-2-2027", date(2027, 2, 1)),
        ("31/02/2027", None),
        ("2027", None),
        ("", None),
        ("mai", None),
    ],
)
def test_a_day_is_read_as_papers_write_it(
    qtbot: QtBot, dressed: QApplication, text: str, day: date | None
) -> None:
    field = DayEdit("day", "Ngày")
    qtbot.addWidget(field)
    field.setText(text)

    assert field.find_day() == day


def test_a_notice_says_what_happened_and_what_to_do_without_taking_the_keyboard(
    qtbot: QtBot, dressed: QApplication
) -> None:
    notice = NoticeBar()
    qtbot.addWidget(notice)

    notice.complain(DiskFull())

    assert notice.text.startswith("Ổ đĩa đã đầy nên chưa lưu được. Những gì đã nhập vẫn còn")
    assert not notice.hasFocus()
    notice.clear()
    assert notice.text == ""


def test_of_questions_asked_while_one_is_on_its_way_only_the_newest_is_asked() -> None:
    asked: list[str] = []
    answers: list[Callable[[str], object]] = []
    shown: list[str] = []

    def ask(text: str, done: Callable[[str], object], _failed: object) -> None:
        asked.append(text)
        answers.append(done)

    newest: Newest[str, str] = Newest(ask, shown.append, lambda _error: None)

    for text in ("k", "kh", "kha", "khai"):
        newest.ask(text)
    answers[0]("old")
    answers[1]("new")

    assert asked == ["k", "khai"]
    assert shown == ["new"]


@given(st.integers(min_value=0, max_value=10**14))
def test_money_is_written_in_threes(amount: int) -> None:
    text = written.money(Dong(amount))

    assert int(text.removesuffix(" đ").replace(".", "")) == amount
    assert all(len(part) == 3 for part in text.removesuffix(" đ").split(".")[1:])


def test_days_and_moments_are_written_as_the_country_does() -> None:
    assert written.moment(MORNING) == "09:12 25/11/2026"
    assert written.near(MORNING) == "09:12 25/11"
    assert written.near_day(date(2026, 11, 5)) == "05/11"
    assert written.weekday(date(2026, 11, 22)) == "Chủ Nhật"
    assert written.number(CitizenNumber("001099012345")) == "001 099 012 345"


def panel_of(pulled: list[object], desk: QWidget | None = None) -> DemoPanel:
    return DemoPanel(
        DemoLevers(
            citizens=(DemoCitizen("Nguyễn Văn Thử", "012345"), DemoCitizen("Y Ước", "000777")),
            lay_card=lambda place: pulled.append(("lay", place)),
            lift_card=lambda: pulled.append("lift"),
            scan_qr=lambda place: pulled.append(("scan", place)),
            reader=lambda there: pulled.append(("reader", there)),
            portal=lambda there: pulled.append(("portal", there)),
            paper=lambda there: pulled.append(("paper", there)),
        ),
        desk,
    )


def test_the_demonstration_lays_cards_and_cuts_the_network(
    qtbot: QtBot, dressed: QApplication
) -> None:
    pulled: list[object] = []
    panel = panel_of(pulled)
    qtbot.addWidget(panel)

    for name in ("demo_lay", "demo_lift", "demo_scan"):
        button = panel.findChild(QPushButton, name)
        assert button is not None
        button.click()
    portal = panel.findChild(QCheckBox, "demo_portal")
    assert portal is not None
    portal.click()

    assert pulled == [("lay", 0), "lift", ("scan", 0), ("portal", False)]


@pytest.fixture
def desk(qtbot: QtBot, dressed: QApplication) -> QWidget:
    """A window of the least size a desk has, in the corner of the screen."""
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(0, 0, 1366, 728)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def shown_panel(qtbot: QtBot, desk: QWidget) -> DemoPanel:
    panel = panel_of([], desk)
    panel.show()
    qtbot.waitUntil(lambda: panel.size() == panel.sizeHint())
    return panel


def test_a_long_name_makes_the_panel_no_wider(qtbot: QtBot, desk: QWidget) -> None:
    wide = shown_panel(qtbot, desk).width()
    levers = replace(
        panel_of([])._levers, citizens=(DemoCitizen("H’Hen Niê Kdăm Nguyễn Thị " * 4, "012345"),)
    )

    panel = DemoPanel(levers, desk)
    panel.show()
    qtbot.waitUntil(lambda: panel.size() == panel.sizeHint())

    assert panel.width() == wide == 360


def test_the_panel_is_folded_by_a_key_of_the_desk_and_stays_so(qtbot: QtBot, desk: QWidget) -> None:
    panel = shown_panel(qtbot, desk)
    whole = panel.geometry()

    qtbot.keyClick(desk, Qt.Key.Key_D, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: panel.height() < whole.height() / 3)

    assert panel.is_folded
    assert panel.geometry().bottom() == whole.bottom()
    panel.close()
    again = shown_panel(qtbot, desk)
    assert again.is_folded
    again.fold()
    qtbot.waitUntil(lambda: again.geometry() == whole)


def test_the_panel_is_dragged_and_found_where_it_was_left(qtbot: QtBot, desk: QWidget) -> None:
    panel = shown_panel(qtbot, desk)
    begun, grip = panel.pos(), QPoint(4, 4)

    qtbot.mousePress(panel, Qt.MouseButton.LeftButton, pos=grip)
    with qtbot.waitSignal(panel._moving.timeout):
        qtbot.mouseMove(panel, grip + QPoint(-80, -60))
    qtbot.mouseRelease(panel, Qt.MouseButton.LeftButton, pos=grip)

    left = panel.pos()
    assert left == begun + QPoint(-80, -60)
    panel.close()
    assert shown_panel(qtbot, desk).pos() == left


def test_the_panel_stands_on_the_screen_wherever_it_was_left(qtbot: QtBot, desk: QWidget) -> None:
    QSettings().setValue("demo/place", QPoint(9000, 9000))

    panel = shown_panel(qtbot, desk)

    assert panel.screen().availableGeometry().contains(panel.geometry())


@pytest.mark.parametrize("standing", SyncStanding)
def test_a_table_has_ink_for_every_standing_with_the_portal(
    qapp: QApplication, standing: SyncStanding
) -> None:
    toned: Column[SyncStanding] = Column("", str, 0, STANDING_TONES.__getitem__)
    model = LinesModel((toned,))
    model.show((standing,))

    ink = model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole)

    assert isinstance(ink, QColor)
    assert ink.isValid()


MARKED = ["NGUYỄN <b>VĂN</b> A", "<img src='file:///etc/hostname'>", "A &lt;b&gt;", "dưới\n<i>dòng"]


def drawn(text: str) -> str:
    """What Qt shows where it decides by itself whether a text is markup."""
    page = QTextDocument()
    if Text.mightBeRichText(text):
        page.setHtml(text)
    else:
        page.setPlainText(text)
    return page.toPlainText()


@pytest.mark.parametrize("text", [*MARKED, "Nguyễn Văn A & con", "số < 5"])
def test_what_looks_like_markup_is_shown_as_it_was_written(qapp: QApplication, text: str) -> None:
    model = LinesModel((Column("", str, 0),))
    model.show((text,))

    shown = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)

    assert drawn(tip(text)) == text
    assert drawn(str(shown)) == text


@pytest.mark.parametrize("text", MARKED[:3])  # Qt looks at the first line only
def test_a_tool_tip_that_is_not_asked_to_be_plain_is_found_out(
    qapp: QApplication, text: str
) -> None:
    assert drawn(text) != text


def test_a_question_about_markup_shows_it_as_it_was_written(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    ask(window, Question(MARKED[0], MARKED[1], go="Bỏ", stay="Giữ"), lambda: None)

    [box] = window.findChildren(QMessageBox)
    assert [drawn(box.text()), drawn(box.informativeText())] == MARKED[:2]
