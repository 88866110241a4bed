"""What the small files of a chip say, in every layout that was seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from counter.errors import CardUnreadable
from counter.values import PartialDate, Sex
from devices.card.groups import chip_text, listed_groups, mrz_text, parse_mrz
from devices.card.infos import pace_offers
from devices.card.keys import CipherKind
from devices.card.pace import Mapping
from devices.card.simulator.ber import integer, obj
from devices.card.simulator.citizen import CARD_ACCESS

TODAY = date(2026, 11, 25)


def dg13(*fields: bytes) -> bytes:
    """Return data group 13 with the given fields after number and name."""
    always = (
        obj(0x30, integer(1), obj(0x13, b"001099012345")),
        obj(0x30, integer(2), obj(0x0C, "Nguyễn Văn Thử".encode())),
    )
    return obj(0x6D, obj(0x30, integer(1), obj(0x31, *always, *fields)))


def test_the_card_offers_pace_with_generic_mapping() -> None:
    (offer,) = pace_offers(CARD_ACCESS)

    assert (offer.mapping, offer.cipher) == (Mapping.ECDH_GENERIC, CipherKind.AES_128)
    assert offer.parameter == 13


@pytest.mark.parametrize(
    ("file", "spouse"), [("A_married", "Lê Thị Vợ"), ("B_single", None)], ids=["apart", "together"]
)
def test_both_layouts_of_the_parents_are_read(shared: Path, file: str, spouse: str | None) -> None:
    text = chip_text((shared / "card" / "vn" / f"synthetic_dg13_{file}.bin").read_bytes())

    assert (text.father_name, text.mother_name) == ("Nguyễn Văn Cha", "Trần Thị Mẹ")
    assert text.spouse_name == spouse
    assert text.sex is Sex.MALE
    assert text.issued_on == date(2021, 5, 20)


def test_fields_are_found_by_their_number_in_any_order() -> None:
    text = chip_text(
        dg13(
            obj(0x30, integer(7), obj(0x0C, "Không".encode())),
            obj(0x30, integer(3), obj(0x13, b"15/08/1999")),
            obj(0x30, integer(99), obj(0x0C, b"later")),
        )
    )

    assert text.religion == "Không"
    assert text.date_of_birth == PartialDate(1999, 8, 15)


def test_what_is_missing_or_empty_is_absent() -> None:
    text = chip_text(dg13(obj(0x30, integer(14)), obj(0x30, integer(15), obj(0x13, b""))))

    assert text.spouse_name is None
    assert text.old_id_number is None
    assert text.place_of_residence is None


def test_a_mother_alone_is_not_taken_for_the_father() -> None:
    family = obj(0x30, obj(0x0C, b"")), obj(0x30, obj(0x0C, "Trần Thị Mẹ".encode()))

    text = chip_text(dg13(obj(0x30, integer(13), *family)))

    assert (text.father_name, text.mother_name) == (None, "Trần Thị Mẹ")


def test_a_long_address_and_decomposed_letters_come_out_whole() -> None:
    address = "Thôn Đông, " * 40
    spread = "Việt Nam"

    text = chip_text(
        dg13(
            obj(0x30, integer(9), obj(0x0C, address.encode())),
            obj(0x30, integer(5), obj(0x0C, spread.encode())),
        )
    )

    assert text.place_of_residence == address.strip()
    assert text.nationality == "Việt Nam"


def test_words_in_place_of_an_expiry_are_kept() -> None:
    text = chip_text(dg13(obj(0x30, integer(12), obj(0x0C, "Không thời hạn".encode()))))

    assert (text.expires_on, text.expires_text) == (None, "Không thời hạn")


def nested(depth: int) -> bytes:
    return obj(0x30, nested(depth - 1)) if depth else obj(0x0C, b"deep")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x6d",
        obj(0x6D, b"\x30\x80\x00\x00"),
        obj(0x6D, obj(0x30, obj(0x31, obj(0x30, obj(0x0C, b"no number"))))),
        obj(0x6D, obj(0x30, integer(1), obj(0x31))),
        dg13(obj(0x30, integer(8), obj(0x0C, b"\xff\xfe"))),
        dg13(obj(0x30, integer(13), nested(9))),
        obj(0x6D, b"\0" * 9000),
    ],
)
def test_a_broken_group_13_is_unreadable_and_nothing_else(content: bytes) -> None:
    with pytest.raises(CardUnreadable):
        chip_text(content)


def test_the_zone_of_the_citizen_card_tells_both_numbers() -> None:
    zone = (
        "IDVNM0990123454001099012345<<19901318M3901311VNM<<<<<<<<<<<8NGUYEN<<VAN<THU<<<<<<<<<<<<<<<"
    )

    mrz = parse_mrz(zone, today=TODAY)

    assert (mrz.document_number, mrz.personal_number) == ("099012345", "001099012345")
    assert mrz.full_name == "NGUYEN VAN THU"
    assert mrz.date_of_birth == PartialDate(1999, 1, 31)
    assert mrz.expires_on == date(2039, 1, 31)
    assert mrz.nationality == "VNM"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("500000", PartialDate(1950)),
        ("50<<<<", PartialDate(1950)),
        ("120601", PartialDate(2012, 6, 1)),
        ("<<<<<<", None),
    ],
)
def test_a_birth_date_known_in_part_stays_so(written: str, meant: PartialDate | None) -> None:
    zone = f"IDVNM0990123454001099012345<<1{written}0M9912314VNM<<<<<<<<<<<8" + "A<<B".ljust(
        30, "<"
    )

    mrz = parse_mrz(zone, today=TODAY)

    assert mrz.date_of_birth == meant
    assert mrz.expires_on is None


def test_the_reference_data_set_is_read(shared: Path) -> None:
    folder = shared / "card" / "specimen_bsi"

    mrz = mrz_text((folder / "Datagroup1.bin").read_bytes(), today=TODAY)

    assert mrz.full_name == "MUSTERMANN ERIKA"
    assert listed_groups((folder / "EF_COM.bin").read_bytes()) == (1, 2, 3, 4, 14)
