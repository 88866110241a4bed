"""Papers, tax codes and submitters are checked before they become part of a dossier."""

from __future__ import annotations

import pytest

from counter.acts import Relation
from counter.errors import BadDocument, BadTaxCode, SubmitterUnproven
from counter.parties import Document, DocumentKind, Submitter, TaxCode
from counter.work import Applicant, IdentitySource

SOMEBODY = Applicant(
    full_name="Trần Thị Mẫu",
    number=None,
    birth_date=None,
    sex=None,
    address=None,
    phone=None,
    email=None,
    source=IdentitySource.MANUAL,
    verdict=None,
)


def sound_code(nine: str) -> str:
    """Return a made-up tax code whose tenth digit fits."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    return f"{nine}{10 - sum(int(d) * w for d, w in zip(nine, weights, strict=True)) % 11}"


CODE = sound_code("010010911")


def test_a_tax_code_is_read_with_and_without_its_signs() -> None:
    assert TaxCode.parse(f" {CODE[:4]} {CODE[4:]} ").text == CODE
    assert TaxCode.parse(f"{CODE}001").text == f"{CODE}-001"
    assert TaxCode.parse(f"{CODE}-001").text == f"{CODE}-001"


@pytest.mark.parametrize("place", range(10))
def test_one_wrong_digit_of_a_tax_code_is_noticed(place: int) -> None:
    wrong = CODE[:place] + str((int(CODE[place]) + 1) % 10) + CODE[place + 1 :]

    with pytest.raises(BadTaxCode):
        TaxCode.parse(wrong)


@pytest.mark.parametrize("text", ["", "123", CODE[:9], f"{CODE}-01", "abcdefghij"])
def test_what_has_another_form_is_no_tax_code(text: str) -> None:
    with pytest.raises(BadTaxCode):
        TaxCode.parse(text)


def test_a_passport_number_is_read_in_capitals() -> None:
    assert Document.parse(DocumentKind.PASSPORT, "c 123.4567").number == "C1234567"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DocumentKind.PASSPORT, "C12"),
        (DocumentKind.PASSPORT, "Đ1234567"),
        (DocumentKind.OLD_CARD, "12345678"),
        (DocumentKind.OTHER, ""),
    ],
)
def test_a_number_of_another_form_names_nobody(kind: DocumentKind, text: str) -> None:
    with pytest.raises(BadDocument):
        Document.parse(kind, text)


def test_paper_and_log_do_not_show_a_whole_number() -> None:
    document = Document(DocumentKind.PASSPORT, "C1234567")

    assert document.masked == "C1••••567"
    assert "C1234567" not in repr(document)


def test_an_authorised_person_names_the_paper_that_authorises() -> None:
    with pytest.raises(SubmitterUnproven):
        Submitter(SOMEBODY, Relation.AUTHORISED, "  ")

    assert Submitter(SOMEBODY, Relation.RELATIVE).authorisation == ""


def test_the_applicant_in_person_is_no_submitter_for_another() -> None:
    with pytest.raises(SubmitterUnproven):
        Submitter(SOMEBODY, Relation.SELF, "giấy số 1")
