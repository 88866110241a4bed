"""Data groups 11, 12 and 16: what other documents than the Vietnamese card tell."""

from __future__ import annotations

from datetime import date

import pytest

from counter.cards import CardSecrets, Verdict
from counter.errors import CardUnreadable
from counter.values import PartialDate
from devices.card.demo import DemoCard
from devices.card.details import holder_details
from devices.card.simulator.ber import obj
from devices.card.simulator.chip import SimulatedChip
from devices.card.simulator.citizen import make_chip
from tests.devices.card.conftest import Desk

DG11 = obj(
    0x6B,
    obj(0x5C, bytes.fromhex("5F0EA05F105F2B5F115F42")),
    obj(0x5F0E, "Nguyễn<<Văn<Thử".encode()),
    obj(0xA0, obj(0x02, b"\x01"), obj(0x5F0F, "Thử<<Tèo".encode())),
    obj(0x5F10, b"001099012345"),
    obj(0x5F2B, bytes.fromhex("19990131")),
    obj(0x5F11, "Xã Mẫu<Tỉnh Ví Dụ".encode()),
    obj(0x5F42, "Thôn Đông<Xã Mẫu".encode()),
)
DG12 = obj(
    0x6C,
    obj(0x5C, bytes.fromhex("5F195F26")),
    obj(0x5F19, "Cục Thử Nghiệm".encode()),
    obj(0x5F26, b"20240701"),
)


def test_names_dates_and_places_are_read() -> None:
    details = holder_details(DG11, DG12)

    assert details is not None
    assert details.full_name == "Nguyễn Văn Thử"
    assert details.other_names == ("Thử Tèo",)
    assert details.personal_number == "001099012345"
    assert details.date_of_birth == PartialDate(1999, 1, 31)
    assert details.place_of_birth == "Xã Mẫu, Tỉnh Ví Dụ"
    assert details.address == "Thôn Đông, Xã Mẫu"
    assert details.issuing_authority == "Cục Thử Nghiệm"
    assert details.issued_on == date(2024, 7, 1)
    assert details.phone is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"19990131", PartialDate(1999, 1, 31)),
        (b"19990000", PartialDate(1999)),
        (b"19990600", PartialDate(1999, 6)),
        (b"19993101", None),
        (b"unknown", None),
    ],
)
def test_a_birth_date_may_be_known_in_part(written: bytes, meant: PartialDate | None) -> None:
    details = holder_details(obj(0x6B, obj(0x5F2B, written)), None)

    assert details is not None
    assert details.date_of_birth == meant


def test_older_letters_than_utf_8_are_read() -> None:
    details = holder_details(obj(0x6B, obj(0x5F0E, b"M\xdcLLER<<ANNA")), None)

    assert details is not None
    assert details.full_name == "MÜLLER ANNA"


def test_a_document_without_these_groups_has_no_details() -> None:
    assert holder_details(None, None) is None


def test_another_group_in_their_place_is_refused() -> None:
    with pytest.raises(CardUnreadable):
        holder_details(DG12, None)


def test_groups_that_the_issuer_lists_are_read_and_checked(desk: Desk, card: DemoCard) -> None:
    notify = obj(0x70, obj(0x02, b"\x01"), obj(0xA1, obj(0x51, b"TRAN<<THI<ME")))
    more = {11: DG11, 12: DG12, 16: notify}

    reading = desk.read(
        SimulatedChip(make_chip(card.citizen, more=more)), CardSecrets(can=card.can)
    )

    assert reading.details == holder_details(DG11, DG12)
    assert reading.notify == notify
    assert reading.authenticity.verdict is Verdict.UNVERIFIED


def test_a_vietnamese_card_is_not_asked_for_what_it_lacks(desk: Desk, card: DemoCard) -> None:
    reading = desk.read(card.chip(), CardSecrets(can=card.can))

    assert reading.details is None
    assert reading.notify is None


def test_a_group_13_of_another_state_is_not_taken_for_vietnamese(
    desk: Desk, card: DemoCard
) -> None:
    zone = "IDD<<099012345" + "<" * 76
    more = {1: obj(0x61, obj(0x5F1F, zone.encode())), 13: obj(0x6D, b"something of their own")}

    reading = desk.read(
        SimulatedChip(make_chip(card.citizen, more=more)), CardSecrets(can=card.can)
    )

    assert reading.text is None
    assert reading.mrz.document_number == "099012345"
