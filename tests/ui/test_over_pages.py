"""What stands over a page when the screen is locked, or comes only then, is gone with it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)

from counter.errors import NoReader, NotAllowed
from counter.ports import CardPlaced, CardTextRead, ReadersChanged
from counter.visits import VisitWork
from counter.work import DeskWork
from tests.ui.citizens import THU
from tests.ui.conftest import ALT, CONTROL, KEYS, Office
from tests.ui.fake_chair import FakeChair, sit_down, type_in
from tests.ui.test_receive_journey import receive
from tests.ui.test_visit_page import park, resume
from ui import texts
from ui.officer.chair_state import Chair
from ui.officer.crash_dialog import CrashDialog
from ui.parts.confirm import ConfirmDialog

Locked = Callable[[Chair], Office]


def over(office: Office) -> list[QWidget]:
    """Return every window on the screen that is not the officer's own."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return [one for one in shown if one is not office.window]


def listed(office: Office) -> list[str]:
    """Return every cell of every table of the window."""
    models = [table.model() for table in office.window.findChildren(QTableView)]
    return [
        str(model.index(row, column).data())
        for model in models
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]


def words_of(widget: QWidget) -> str:
    return "\n".join(
        [label.text() for label in widget.findChildren(QLabel)]
        + [button.text() for button in widget.findChildren(QPushButton)]
    )


def refuse_visits() -> VisitWork:
    raise NotAllowed


def is_painted(window: QWidget) -> bool:
    handle = window.windowHandle()
    return handle is not None and handle.isVisible()


def lay_two_aside(office: Office) -> None:
    for name in ("Nguyễn Văn Thử", "Trần Thị Mẫu"):
        office.press(KEYS.Key_N, CONTROL)
        type_in(office, manual_name=name)
        office.settle()
        park(office)


def lock(office: Office) -> None:
    office.window.leave_chair()
    office.settle()


def test_a_menu_that_names_citizens_goes_when_the_screen_is_locked(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    lay_two_aside(office)
    resume(office)
    menu = office.window.reception.visits._menu
    named = menu.isVisible() and "Trần Thị Mẫu" in menu.actions()[0].text()

    lock(office)

    assert named
    assert over(office) == []


def test_a_menu_closed_by_the_lock_opens_again_for_who_sits_down(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    lay_two_aside(office)
    resume(office)
    menu = office.window.reception.visits._menu
    lock(office)
    menu.popup(office.window.pos())
    was_painted = is_painted(menu)
    office.bot.waitUntil(lambda: not menu.isVisible())
    sit_down(office)

    resume(office)

    assert not was_painted
    assert is_painted(menu)
    menu.close()


def test_the_menu_of_a_field_can_copy_nothing_once_the_screen_is_locked(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.press(KEYS.Key_N, CONTROL)
    type_in(office, manual_number="024166903318")
    field = office.find("manual_number")
    assert isinstance(field, QLineEdit)
    menu = field.createStandardContextMenu()
    menu.popup(field.mapToGlobal(field.rect().center()))
    was_shown = menu.isVisible()

    lock(office)

    assert was_shown
    assert over(office) == []


def test_a_list_that_completes_what_is_typed_goes_with_the_lock(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    popup = office.window.receive.identity.unit._typing.completer.popup()
    assert popup is not None
    popup.show()
    office.settle()
    was_shown = popup in over(office)

    lock(office)

    assert was_shown
    assert over(office) == []


def test_a_form_that_comes_late_is_not_painted_over_the_cover(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    held = threading.Event()
    painted: list[bool] = []

    def work(_desk: DeskWork) -> None:
        held.wait(60)

    def show(_none: None) -> None:
        late = ConfirmDialog(office.window)
        late.open()
        painted.append(is_painted(late))

    office.window._asking.ask(work, show)
    office.window.leave_chair()
    held.set()
    office.bot.waitUntil(lambda: bool(painted))

    assert painted == [False]
    office.bot.waitUntil(lambda: over(office) == [])


def test_a_form_over_a_page_that_is_out_of_the_window_is_not_painted(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    lock(office)

    late = QDialog(office.window.receive)
    late.open()

    assert not is_painted(late)
    office.bot.waitUntil(lambda: over(office) == [])


def test_the_cover_keeps_the_menu_of_its_own_field(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    field = office.find("password")

    menu = QMenu(field)
    menu.addAction("Dán")
    menu.popup(field.mapToGlobal(field.rect().center()))
    office.settle()

    assert over(office) == [menu]
    menu.close()


def test_the_report_of_a_fault_which_names_nobody_is_still_offered(locked: Locked) -> None:
    office = locked(Chair.EMPTY)

    report = CrashDialog(office.window, "ValueError ở counter/values.py", "/srv/quay")
    report.open()
    office.settle()

    assert over(office) == [report]
    report.close()


def test_another_officer_finds_no_notice_of_whom_the_first_has_served(
    locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    lay_two_aside(office)
    before = office.window.notice.text
    lock(office)
    monkeypatch.setattr(FakeChair, "name", "Tạ Thị Thử")

    sit_down(office)

    assert "Trần Thị Mẫu" in before
    assert "Trần Thị Mẫu" not in office.window.notice.text


def test_who_may_not_read_finds_nothing_that_the_officer_before_has_read(
    locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_asked: object, **_more: object) -> None:
        raise NotAllowed

    office = locked(Chair.EMPTY)
    sit_down(office)
    receive(office)
    for key in (KEYS.Key_F4, KEYS.Key_F6):
        office.press(key)
        office.settle()
    office.press(KEYS.Key_N, ALT)
    office.window.open_further("registers")
    office.settle()
    code, name = office.desk.lines[0].code, office.desk.lines[0].applicant_name
    before = "\n".join([office.everything_shown(), *listed(office)])
    lock(office)
    monkeypatch.setattr(FakeChair, "name", "Tạ Thị Thử")
    for work in ("find_dossiers", "show", "messages", "today", "registers", "visits"):
        monkeypatch.setattr(office.desk, work, refused)

    sit_down(office)
    office.press(KEYS.Key_F4)
    office.settle()

    after = "\n".join([office.everything_shown(), *listed(office)])
    assert code in before
    assert name in before
    assert code not in after
    assert name not in after


def test_a_visit_half_typed_leaves_the_page_for_another_officer_and_stays_kept(
    locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.press(KEYS.Key_N, CONTROL)
    type_in(office, manual_name="Nguyễn Văn Thử")
    lock(office)
    monkeypatch.setattr(FakeChair, "name", "Tạ Thị Thử")
    work = office.desk.visits
    with monkeypatch.context() as may_not:
        may_not.setattr(office.desk, "visits", refuse_visits)
        sit_down(office)
    seen_by_another = office.text("manual_name")
    lock(office)
    monkeypatch.setattr(FakeChair, "name", "Đỗ Văn Thử")

    sit_down(office)

    assert seen_by_another == ""
    assert [kept.visit.person.full_name for kept in work().kept()] == ["Nguyễn Văn Thử"]
    assert office.text("manual_name") == "Nguyễn Văn Thử"


def test_the_same_officer_finds_the_dossier_still_shown(locked: Locked) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    receive(office)
    office.press(KEYS.Key_F4)
    office.settle()
    lock(office)

    sit_down(office)

    assert office.window.dossiers.detail.code == office.desk.lines[0].code


def test_a_card_and_a_reader_are_known_of_that_came_while_the_screen_was_locked(
    locked: Locked,
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    lock(office)
    office.window.on_card(ReadersChanged((), NoReader()))
    office.window.on_card(CardPlaced("reader"))
    office.window.on_card(CardTextRead(THU, None))
    while_locked = words_of(office.window.receive)

    sit_down(office)

    shown = words_of(office.window.receive)
    assert THU.full_name not in while_locked + shown
    assert "Đã có thẻ. Gõ sáu số cuối để mở chip." in shown
    assert texts.sentence(NoReader()).what in words_of(office.window.status)
