"""The legal life of dossiers at the program's own window; one program serves all the stories."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from counter.acts import ActKind, Relation
from counter.desk import checking
from counter.desk.catalogue_desk import CatalogueDesk
from counter.ports import CodeScanned
from counter.procedures import Procedure
from counter.store.tables import DossierRow, OutboxRow
from counter.values import DossierId, local_day, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, ReceptionAsked
from tests.journeys.conftest import Counter, running
from ui.officer.acts.walk_in_form import WalkInForm
from ui.officer.places import CARRY

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BIRTH = "1.001193"
BIRTH_AGAIN = "1.004884"
MARRIAGE = "1.000894"
UNIT = "Cong chuc Tu phap"
THIRTY = 30


@pytest.fixture(scope="module")
def counter(
    demo_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    qapp: QApplication,
) -> Iterator[Counter]:
    """The demonstration desk, open for every story of this file."""
    home = tmp_path_factory.mktemp("window")
    shutil.copytree(demo_folder, home / "desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        QSettings.setPath(
            QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home / "config")
        )
        with running(["--data", str(home / "desk"), "--demo"], QtBot(request)) as opened:
            opened.until(lambda: opened.window.is_open)
            opened.until(opened.numbers_there)
            yield opened


def press(counter: Counter, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Press a key in the program's window; the demonstration's panel stands beside it."""
    counter.window.activateWindow()
    counter.until(counter.window.isActiveWindow)
    counter.press(key, modifier)


def shown(counter: Counter, name: str) -> QWidget:
    """Return the widget called *name* that is seen."""
    counter.until(lambda: any(w.isVisible() for w in counter.window.findChildren(QWidget, name)))
    return next(w for w in counter.window.findChildren(QWidget, name) if w.isVisible())


def fill(counter: Counter, name: str, text: str) -> None:
    field = shown(counter, name)
    if isinstance(field, QComboBox):
        field.setEditText(text)
    else:
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)


def tick(counter: Counter, name: str) -> None:
    box = shown(counter, name)
    assert isinstance(box, QCheckBox)
    box.setChecked(True)


def begin_visit(
    counter: Counter, name: str, letters: str = "dk khai sinh", procedure: str = BIRTH
) -> None:
    """Type a person and choose a procedure, the registration of a birth."""
    window = counter.window
    press(counter, KEY.Key_F2, Qt.KeyboardModifier.NoModifier)
    window.receive.begin_next()
    listed = window.receive.procedure
    counter.until(lambda: (first := listed.first()) is None or first.code != procedure)
    window.receive.identity.type_by_hand()
    counter.type_into("manual_name", name)
    counter.choose(letters, procedure)


def record(counter: Counter, key: Qt.Key) -> str:
    """Press the key that guides or refuses, take the first reason; return what is said."""
    window = counter.window
    window.notice.clear()
    press(counter, key, CONTROL)
    counter.until(lambda: window.findChildren(WalkInForm))
    window.findChildren(WalkInForm)[-1].go()
    counter.until(lambda: "Đã ghi" in window.notice.text)
    return window.notice.text


def open_act(counter: Counter, code: str, kind: ActKind) -> None:
    """Show a dossier and open the form of one act."""
    window = counter.window
    window.dossiers_talk.look_up(code)
    counter.until(lambda: window.dossiers.detail.code == code)
    acts = window.dossiers.detail.acts

    def is_open() -> bool:
        there = acts.possible
        if not window.is_acting and there and there.code == code and kind in there.acts:
            acts.chosen.emit(kind)
        return window.is_acting

    counter.until(is_open)


def do(counter: Counter, code: str) -> int:
    """Do the act whose form is open; return the state the dossier has then."""
    QTest.mouseClick(shown(counter, "act_go"), Qt.MouseButton.LeftButton)
    counter.until(lambda: not counter.window.is_acting)
    return counter.desk_work.show(code).line.status


def received(counter: Counter, name: str) -> str:
    """Receive the birth of *name* at the window; return its code."""
    begin_visit(counter, name)
    return receive_all(counter)


def receive_all(counter: Counter) -> str:
    """Tick what is demanded and receive; a form that has gone leaves the window without keys."""
    counter.window.activateWindow()
    counter.until(counter.window.isActiveWindow)
    counter.tick_demanded()
    return counter.receive()


def test_who_lacked_a_paper_comes_back_and_an_authorised_person_fetches_the_result(
    counter: Counter,
) -> None:
    begin_visit(counter, "NGUYEN THI THIEU")
    counter.window.receive.papers._model.tick(0)
    counter.until(lambda: counter.window.receive.has_plan)
    told = record(counter, KEY.Key_U)
    number = re.search(r"[0-9]+/[0-9]{4}-[^ ]+/HDHS", told)
    assert number is not None, told

    counter.window.on_code(CodeScanned(number[0]))
    name = counter.window.receive.identity.manual.name
    counter.until(lambda: name.text() == "NGUYEN THI THIEU")
    counter.until(lambda: counter.window.receive.has_plan)
    code = receive_all(counter)

    open_act(counter, code, ActKind.HAND_OVER)
    fill(counter, "act_unit", UNIT)
    states = [do(counter, code)]
    open_act(counter, code, ActKind.ASK_SUPPLEMENT)
    fill(counter, "wanted_note_1", "thieu dau")
    states.append(do(counter, code))
    open_act(counter, code, ActKind.TAKE_SUPPLEMENT)
    states.append(do(counter, code))
    open_act(counter, code, ActKind.TAKE_RESULT)
    fill(counter, "act_shelf", "A3")
    states.append(do(counter, code))
    open_act(counter, code, ActKind.RETURN_RESULT)
    fill(counter, "return_receiver", "TRAN VAN THAY")
    relation = shown(counter, "return_relation")
    assert isinstance(relation, QComboBox)
    relation.setCurrentIndex(relation.findData(Relation.AUTHORISED))
    fill(counter, "return_last4", "4321")
    fill(counter, "return_authorisation", "12/UQ")
    for box in ("return_checked", "return_signed"):
        tick(counter, box)
    states.append(do(counter, code))

    assert states == [4, 5, 4, 9, 10]
    assert checking.verify(counter.rooms.context) == ()


def test_a_refusal_is_told_with_its_code_and_ends_there(counter: Counter) -> None:
    begin_visit(counter, "LE THI KHONG")
    counter.window.receive.papers._model.tick(0)
    counter.until(lambda: counter.window.receive.has_plan)

    told = record(counter, KEY.Key_R)

    (line,) = counter.desk_work.find_dossiers("le thi khong")
    assert line.code in told
    assert line.status == 3
    assert counter.desk_work.possible(line.code).acts == ()


def test_a_late_dossier_is_warned_of_apologised_for_and_signed_with_a_number(
    counter: Counter,
) -> None:
    code = received(counter, "PHAM THI MUON")
    open_act(counter, code, ActKind.HAND_OVER)
    fill(counter, "act_unit", UNIT)
    do(counter, code)
    context = counter.rooms.context
    now = context.clock()
    with context.store.writing() as session:  # the days go by
        session.execute(
            update(DossierRow).where(DossierRow.code == code).values(due_at=now - timedelta(days=1))
        )
    counter.window.due_talk.look()
    counter.until(lambda: "1 quá hạn" in counter.find("status_due").accessibleName())

    open_act(counter, code, ActKind.DRAFT_APOLOGY)
    day = (now + timedelta(days=20)).strftime("%d/%m/%Y")
    fill(counter, "act_due_on", day)
    do(counter, code)
    open_act(counter, code, ActKind.SIGN_LETTER)
    fill(counter, "act_number", "15/PXL")
    fill(counter, "act_leader", "Le Van Lanh Dao")
    do(counter, code)

    view = counter.desk_work.show(code)
    assert view.history[-1].event == "due.extended"
    assert "15/PXL" in view.history[-1].text
    assert view.line.due_at is not None
    assert view.line.due_at > now
    counter.until(lambda: "không gấp" in counter.find("status_due").accessibleName())


def in_force(counter: Counter, code: str) -> Procedure:
    today = local_day(counter.rooms.context.clock())
    return counter.rooms.context.catalogue.get(code, today)


def give_back(counter: Counter, code: str, receiver: str) -> list[int]:
    """Take the result and give it to who applied; return the states on the way."""
    open_act(counter, code, ActKind.TAKE_RESULT)
    fill(counter, "act_shelf", "A4")
    states = [do(counter, code)]
    open_act(counter, code, ActKind.RETURN_RESULT)
    fill(counter, "return_receiver", receiver)
    fill(counter, "return_last4", "4321")
    for box in ("return_checked", "return_signed"):
        tick(counter, box)
    return [*states, do(counter, code)]


def test_what_came_under_an_old_version_is_asked_and_given_back_by_it(counter: Counter) -> None:
    begin_visit(counter, "DO THI CU", "dk lai khai sinh", BIRTH_AGAIN)
    old = receive_all(counter)
    before = in_force(counter, BIRTH_AGAIN)
    today = local_day(counter.rooms.context.clock())
    CatalogueDesk(counter.rooms.context).curate(replace(before, papers=before.papers[:1]), today)

    begin_visit(counter, "DO THI MOI", "dk lai khai sinh", BIRTH_AGAIN)
    asked_now = len(counter.window.receive.papers._model.rows)
    new = receive_all(counter)
    open_act(counter, old, ActKind.ASK_SUPPLEMENT)
    last = f"wanted_note_{len(before.papers) - 1}"
    fill(counter, last, "mo, khong doc duoc")
    states = [do(counter, old)]
    open_act(counter, old, ActKind.TAKE_SUPPLEMENT)
    states += [do(counter, old), *give_back(counter, old, "DO THI CU")]

    with counter.rooms.context.store.reading() as session:
        kept = select(DossierRow.procedure_revision).where(DossierRow.code.in_((old, new)))
        revisions = session.scalars(kept.order_by(DossierRow.row)).all()
    assert asked_now == 1 < len(before.papers)
    assert revisions == [before.revision, in_force(counter, BIRTH_AGAIN).revision]
    assert revisions[0] != revisions[1]
    assert states == [5, 2, 9, 10]


def test_another_agency_of_the_province_decides_what_this_desk_received(counter: Counter) -> None:
    there = replace(in_force(counter, MARRIAGE), agency="Sở Tư pháp tỉnh Thử", agency_code="H55.15")
    CatalogueDesk(counter.rooms.context).curate(there, local_day(counter.rooms.context.clock()))

    begin_visit(counter, "HO VAN XA", "dk ket hon", MARRIAGE)
    code = receive_all(counter)
    open_act(counter, code, ActKind.HAND_OVER)
    unit = shown(counter, "act_unit")
    assert isinstance(unit, QComboBox)
    offered = [unit.itemText(place) for place in range(unit.count())]
    unit.setCurrentIndex(offered.index("Sở Tư pháp tỉnh Thử"))
    states = [do(counter, code), *give_back(counter, code, "HO VAN XA")]

    with counter.rooms.context.store.reading() as session:
        bodies = [json.loads(body) for body in session.scalars(select(OutboxRow.body))]
    (told, *_) = [body for body in bodies if body.get("code") == code]
    assert told["competent_agency_code"] == "H55.15" != told["agency_code"]
    assert counter.desk_work.show(code).line.unit == "Sở Tư pháp tỉnh Thử"
    assert states == [4, 9, 10]
    assert checking.verify(counter.rooms.context) == ()


def test_thirty_dossiers_go_out_on_one_list_and_thirty_results_come_in(counter: Counter) -> None:
    window, work = counter.window, counter.desk_work
    moment = counter.rooms.context.clock()
    codes = [
        work.receive(
            ReceptionAsked(
                dossier_id=DossierId(uuid7()),
                applicant=Applicant(
                    *("Nguyễn Văn Danh Sách", None, None, None, None, None, None),
                    source=IdentitySource.MANUAL,
                    verdict=None,
                ),
                procedure_code=BIRTH,
                papers=tuple(PaperBrought(place, 1, 0, 0) for place in range(2)),
                noticed_at=moment,
                ticket="A001",
            )
        ).code
        for _ in range(THIRTY)
    ]

    def list_all(kind: str, field: str, text: str) -> None:
        window.show_page(CARRY)
        way = shown(counter, kind)
        way.setFocus()
        way.click()  # type: ignore[attr-defined]  # a radio button
        for count, code in enumerate(codes, 1):
            window.on_code(CodeScanned(code))
            counter.until(lambda count=count: f"{count} hồ sơ" in window.carry.subtitle.text())  # type: ignore[misc]
        fill(counter, field, text)
        QTest.mouseClick(shown(counter, "carry_go"), Qt.MouseButton.LeftButton)
        counter.until(lambda: window.carry.subtitle.text().startswith("Quét"))

    list_all("carry_out", "carry_unit", UNIT)
    out = {work.show(code).line.status for code in codes}
    list_all("carry_in", "carry_shelf", "B7")

    lines = [work.show(code).line for code in codes]
    assert out == {4}
    assert {(line.status, line.shelf) for line in lines} == {(9, "B7")}
    assert len({work.show(code).history[1].text for code in codes}) == 1, "one list for all"
    counter.until(lambda: len([p for p in counter.tray() if "list" in p.name]) == 2)
    assert checking.verify(counter.rooms.context) == ()
