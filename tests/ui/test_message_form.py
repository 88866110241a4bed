"""A message in conflict or refused, decided from the keyboard on the portal's page."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableView

from counter.disputes import Difference, MessageView
from counter.work import MessageLine, SyncStanding
from tests.ui.conftest import CONTROL, KEYS, Office
from ui.officer.message_form import MessageForm

KEY = UUID(int=7)
DIFFERENCES = (
    Difference("/owner/phone", "0912000001", "0987000002", True),
    Difference("/components", "Tờ khai", "", True),
)


def shown(
    office: Office, standing: SyncStanding, *differences: Difference, skew_s: float | None = None
) -> MessageForm:
    """Open the message of a dossier on the portal's page, by keys."""
    view = MessageView(
        key=KEY,
        dossier_code="H55.242-261125-0007",
        kind="dossier",
        event="",
        written_at=office.desk.moment,
        standing=standing,
        attempts=1,
        next_at=None,
        trouble='{"type": "version-conflict"}',
        differences=differences,
        later=0,
        skew_s=skew_s,
    )
    office.desk.whole_messages[KEY] = view
    line = MessageLine(
        view.dossier_code, "dossier", view.written_at, standing, 1, None, view.trouble, KEY
    )
    office.desk.unsent.append(line)
    office.press(KEYS.Key_F6)
    office.settle()
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()
    form = office.window.portal_talk.form
    assert form is not None
    return form


def test_each_field_is_chosen_by_itself_and_the_choice_is_carried_out(office: Office) -> None:
    form = shown(office, SyncStanding.CONFLICT, *DIFFERENCES)

    QTest.keyClick(form, Qt.Key.Key_2, CONTROL)
    table = form.findChild(QTableView, "differences")
    assert isinstance(table, QTableView)
    table.selectRow(1)
    form.turn()
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    office.settle()

    assert office.desk.settled == [(KEY, frozenset({"/components"}))]
    assert office.hands.woken == 1
    assert office.window.portal_talk.form is None


def test_escape_decides_nothing(office: Office) -> None:
    form = shown(office, SyncStanding.CONFLICT, *DIFFERENCES)

    QTest.keyClick(form, Qt.Key.Key_Escape)
    office.settle()

    assert office.desk.settled == []
    assert office.window.portal_talk.form is None


@pytest.mark.parametrize(
    ("standing", "again", "go"),
    [
        (SyncStanding.PARKED, True, False),
        (SyncStanding.CONFLICT, False, True),
        (SyncStanding.WAITING, False, False),
    ],
)
def test_only_what_helps_is_offered(
    office: Office, standing: SyncStanding, again: bool, go: bool
) -> None:
    form = shown(office, standing, Difference("/owner/full_name", "A1", "", False, "Tên có số"))

    assert (form.again.isVisible(), form.go.isVisible()) == (again, go)


def test_what_the_portal_refused_is_typed_anew_and_sent(office: Office) -> None:
    wrong = Difference("/owner/full_name", "A1", "", False, "Tên có số", "A1")
    form = shown(office, SyncStanding.PARKED, wrong)

    form.fields["/owner/full_name"].setText("An")
    QTest.keyClick(form, Qt.Key.Key_Return, CONTROL)
    office.settle()

    assert office.desk.amended == [(KEY, {"/owner/full_name": "An"})]
    assert office.desk.settled == []
    assert office.hands.woken == 1
    assert office.window.portal_talk.form is None


@pytest.mark.parametrize(
    ("skew_s", "told"),
    [(None, ""), (119.0, ""), (300.0, "chậm hơn cổng 5 phút"), (-660.0, "nhanh hơn cổng 11 phút")],
)
def test_a_clock_that_was_wrong_when_it_was_written_is_told(
    office: Office, skew_s: float | None, told: str
) -> None:
    form = shown(office, SyncStanding.CONFLICT, *DIFFERENCES, skew_s=skew_s)

    facts = " ".join(label.text() for label in form.findChildren(QLabel))
    assert told in facts
    assert ("đồng hồ máy" in facts) == bool(told)
