"""What stands on the screen once a dossier is on disk, large enough for two."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from counter.addresses import Placed
from counter.values import Dong, DossierId, uuid7
from counter.work import Change, Reception
from tests.ui.conftest import Office
from tests.ui.fake_desk import MORNING
from tests.ui.test_receive_journey import lay_card, receive


def is_whole(office: Office, name: str) -> bool:
    found = office.find(name)
    assert isinstance(found, QLabel)
    return found.isVisible() and found.width() >= found.sizeHint().width()


@pytest.mark.parametrize("code", ["H55.242-261127-0002", "000.00.01.H55-261127-0001"])
def test_the_code_is_whole_before_and_after_the_fee_is_taken(office: Office, code: str) -> None:
    office.window.resize(1366, 728)
    receive(office)
    panel = office.window.receive.received
    owing = Reception(
        dossier_id=DossierId(uuid7(MORNING)),
        code=code,
        provisional=False,
        applicant_name="Nguyễn Văn Thử",
        procedure_name="Cấp bản sao",
        due_at=MORNING,
        total=Dong(12_345_000),
        ticket="A002",
        jobs=(),
        changed=Change.DOSSIERS,
    )
    panel.show_received(owing)
    office.settle()
    before = is_whole(office, "received_code")

    panel.show_paid(code)
    office.settle()

    assert before
    assert is_whole(office, "received_code")
    assert is_whole(office, "received_ticket")
    assert (office.text("received_to_pay"), office.text("received_total")) == (
        "Đã thu",
        "12.345.000 đ",
    )


def test_nothing_more_is_asked_of_the_person_once_the_dossier_is_on_disk(office: Office) -> None:
    lay_card(office)
    unit = office.window.receive.identity.unit
    unit.ask("Thôn Đông")
    unit.show_placed("Thôn Đông", Placed((), "Thôn Đông", is_old=False))
    was_asked = unit.field.isVisible()

    office.window.receive.identity.lock(True)

    assert was_asked
    assert not unit.isVisible()
