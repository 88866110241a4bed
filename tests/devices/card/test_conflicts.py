"""Chip, zone, QR and typed number are compared; what differs is shown with every source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter.cards import CardSecrets, ChipText, MrzText, QrText
from counter.values import CitizenNumber, PartialDate, Sex
from devices.card.conflicts import cross_check
from devices.card.demo import DemoCard
from devices.codes import parse_card_qr
from tests.devices.card.conftest import Desk

CHIP = ChipText(
    id_number=CitizenNumber("001099012345"),
    full_name="Nguyễn Văn Thử",
    date_of_birth=PartialDate(1999, 1, 31),
    sex=Sex.MALE,
    nationality="Việt Nam",
    ethnicity="Kinh",
    religion="Không",
    place_of_origin=None,
    place_of_residence=None,
    identifying_features=None,
    issued_on=date(2021, 5, 10),
    expires_on=date(2039, 1, 31),
    expires_text=None,
    father_name=None,
    mother_name=None,
    spouse_name=None,
    old_id_number=None,
)
ZONE = MrzText(
    document_number="099012345",
    personal_number="001099012345",
    full_name="NGUYEN VAN THU",
    date_of_birth=PartialDate(1999, 1, 31),
    sex="M",
    expires_on=date(2039, 1, 31),
    nationality="VNM",
)
QR = QrText(
    id_number=CitizenNumber("001099012345"),
    old_id_number=None,
    full_name="Nguyễn Văn Thử",
    date_of_birth=PartialDate(1999, 1, 31),
    sex=Sex.MALE,
    place_of_residence=None,
    issued_on=None,
)


def test_sources_that_agree_have_no_conflict() -> None:
    assert cross_check(CHIP, ZONE, QR) == ()
    assert cross_check(CHIP, ZONE, CHIP.id_number) == ()


def test_a_conflict_names_the_field_and_what_every_source_says() -> None:
    (conflict,) = cross_check(CHIP, ZONE, replace(QR, date_of_birth=PartialDate(1998, 1, 31)))

    assert conflict.name == "date_of_birth"
    assert dict(conflict.values) == {
        "mrz": "1999-01-31",
        "dg13": "1999-01-31",
        "qr": "1998-01-31",
    }


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        pytest.param("id_number", replace(ZONE, personal_number="001099012346"), id="number"),
        pytest.param("full_name", replace(ZONE, full_name="NGUYEN VAN THA"), id="name"),
        pytest.param("date_of_birth", replace(ZONE, date_of_birth=PartialDate(1998)), id="birth"),
        pytest.param("sex", replace(ZONE, sex="F"), id="sex"),
        pytest.param("expires_on", replace(ZONE, expires_on=date(2039, 2, 1)), id="expiry"),
    ],
)
def test_each_field_of_the_zone_is_compared(name: str, zone: MrzText) -> None:
    assert [conflict.name for conflict in cross_check(CHIP, zone)] == [name]


def test_a_typed_number_of_somebody_else_is_a_conflict() -> None:
    (conflict,) = cross_check(CHIP, ZONE, CitizenNumber("079099012345"))

    assert dict(conflict.values)["given"] == "079099012345"


@pytest.mark.parametrize(
    ("chip", "zone"),
    [
        ("Đặng Thị Ước", "DANG THI UOC"),
        ("H'Mẹ Niê", "HME NIE"),
        ("Công Tằng Tôn Nữ Thử Nghiệm Hoàng Diệu", "CONG TANG TON NU THU NGHIEM H"),
    ],
    ids=["accents", "signs", "cut off"],
)
def test_names_are_compared_as_far_as_the_zone_can_write_them(chip: str, zone: str) -> None:
    text = replace(CHIP, full_name=chip)

    assert cross_check(text, replace(ZONE, full_name=zone)) == ()


def test_a_short_name_is_not_taken_for_one_that_was_cut_off() -> None:
    zone = replace(ZONE, full_name="NGUYEN VAN")

    assert [conflict.name for conflict in cross_check(CHIP, zone)] == ["full_name"]


def test_a_year_of_birth_agrees_with_any_day_of_that_year() -> None:
    text = replace(CHIP, date_of_birth=PartialDate(1999))

    assert cross_check(text, ZONE, QR) == ()


def test_what_a_source_leaves_open_cannot_differ() -> None:
    zone = replace(ZONE, sex="X", expires_on=None, personal_number=None, date_of_birth=None)
    text = replace(CHIP, expires_on=None, expires_text="Không thời hạn")

    assert cross_check(CHIP, zone) == ()
    assert cross_check(text, ZONE) == ()


def test_the_scanned_qr_is_compared_with_the_chip_it_opened(desk: Desk, card: DemoCard) -> None:
    qr = parse_card_qr(card.qr_text)
    renamed = replace(qr, full_name="Nguyễn Văn Khác")

    agreed = desk.read(card.chip(), CardSecrets(can=card.can, told=qr))
    differing = desk.read(card.chip(), CardSecrets(can=card.can, told=renamed))

    assert agreed.conflicts == ()
    assert [conflict.name for conflict in differing.conflicts] == ["full_name"]
