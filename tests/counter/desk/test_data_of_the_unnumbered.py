"""A citizen without a twelve-digit number gets everything about them, nothing of another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter.acts import Relation
from counter.citizen_data import Citizen, Named, OfDossier, citizen_of
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import (
    BadCitizenNumber,
    BadDate,
    OrganisationsDossier,
    SeveralPeople,
    UnknownDossier,
)
from counter.parties import Document, DocumentKind, Organisation, Submitter, TaxCode
from counter.store import trail
from counter.values import CitizenNumber, DossierId, PartialDate, uuid7
from counter.visits import PersonTyped, Visit
from counter.work import Applicant
from tests.counter.desk.conftest import SetClock, asked, person

BORN = PartialDate(1947, 3)
OTHER = "079188055501"


def unnumbered(name: str = "Sùng Thị Mẩy", **more: Any) -> Applicant:
    return replace(person(name), number=None, birth_date=BORN, phone="0912777888", **more)


def passport(number: str) -> Document:
    return Document(DocumentKind.PASSPORT, number)


@pytest.fixture
def desk(context: Context, clock: SetClock) -> Desk:
    """A desk that keeps a dossier of somebody with a number, for nobody's data to fall into."""
    desk = Desk(context)
    desk.receive(asked(clock, applicant=person("Phan Văn Khác", OTHER)))
    return desk


def told(desk: Desk, citizen: Citizen, path: Path) -> dict[str, Any]:
    desk.data().export_person(citizen, path, identity_checked=True)
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def codes(kept: dict[str, Any]) -> list[str]:
    return [one["code"] or one["provisional_code"] for one in kept["dossiers"]]


@pytest.mark.parametrize("typed", ["sung thi may, 3/1947", "  SÙNG THỊ MẨY , 03.1947"])
def test_name_and_birth_date_find_all_dossiers_of_somebody_without_a_number(
    desk: Desk, clock: SetClock, tmp_path: Path, typed: str
) -> None:
    first, second = (desk.receive(asked(clock, applicant=unnumbered())).code for _ in range(2))
    desk.receive(asked(clock, applicant=replace(unnumbered(), birth_date=PartialDate(1951))))
    desk.receive(asked(clock, applicant=unnumbered("Sùng Thị Mẩy Hoa")))

    kept = told(desk, citizen_of(typed), tmp_path / "out.json")

    assert codes(kept) == [first, second]
    assert kept["citizen"].endswith(", 03/1947")
    assert kept["dossiers"][0]["phone"] == "0912777888"


def test_the_code_of_one_dossier_finds_the_others_of_the_same_passport(
    desk: Desk, clock: SetClock, tmp_path: Path, context: Context
) -> None:
    mine, other = passport("C7402918"), passport("C7402919")
    first = desk.receive(asked(clock, applicant=unnumbered(document=mine))).code
    desk.receive(asked(clock, applicant=unnumbered(document=other)))
    again = unnumbered("Sung Thi May", document=mine)
    second = desk.receive(asked(clock, applicant=again)).code

    kept = told(desk, OfDossier(first), tmp_path / "out.json")

    assert (codes(kept), kept["citizen"]) == ([first, second], "C7402918")
    assert "C7402919" not in json.dumps(kept)
    assert kept["dossiers"][0]["people"][0]["document_number"] == "C7402918"
    with context.store.reading() as session:
        assert trail.entries(session, newest=1)[0].action == "person.exported"


def test_the_code_of_somebody_with_a_number_is_as_good_as_the_number(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    number = "001199012345"
    code = desk.receive(asked(clock, applicant=person("Nguyễn Thị Mẫu", number))).code

    by_code = told(desk, OfDossier(code), tmp_path / "code.json")

    assert by_code["citizen"] == number
    assert codes(by_code) == codes(told(desk, CitizenNumber(number), tmp_path / "number.json"))


def test_what_was_brought_for_another_hides_that_persons_numbers(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    mine = passport("C7402918")
    brought = Submitter(unnumbered(document=mine), Relation.RELATIVE)
    child = person("Phan Văn Khác", OTHER)
    code = desk.receive(replace(asked(clock, applicant=child), submitter=brought)).code
    own = desk.receive(asked(clock, applicant=unnumbered(document=mine))).code

    kept = told(desk, OfDossier(own), tmp_path / "out.json")

    assert codes(kept) == [code, own]
    assert OTHER not in json.dumps(kept)
    assert child.phone is not None
    assert child.phone not in json.dumps(kept["dossiers"][0])
    assert "C7402918" in json.dumps(kept["dossiers"][0])


def test_who_only_brought_another_persons_dossier_is_found_by_name_and_day(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    brought = Submitter(unnumbered(document=passport("C7402918")), Relation.RELATIVE)
    child = person("Phan Văn Khác", OTHER)
    code = desk.receive(replace(asked(clock, applicant=child), submitter=brought)).code

    kept = told(desk, Named("Sùng Thị Mẩy", BORN), tmp_path / "out.json")

    assert (codes(kept), kept["citizen"]) == ([code], "C7402918")
    assert OTHER not in json.dumps(kept)


def test_two_people_of_one_name_and_day_are_not_mixed(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    desk.receive(asked(clock, applicant=unnumbered(document=passport("C7402918"))))
    desk.receive(asked(clock, applicant=unnumbered(document=passport("C7402919"))))

    with pytest.raises(SeveralPeople):
        told(desk, Named("Sùng Thị Mẩy", BORN), tmp_path / "out.json")

    assert not (tmp_path / "out.json").exists()


def test_without_a_birth_date_only_the_dossier_itself_is_told(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    nobody_knows = replace(unnumbered(), birth_date=None)
    desk.receive(asked(clock, applicant=nobody_knows))
    code = desk.receive(asked(clock, applicant=nobody_knows)).code

    assert codes(told(desk, OfDossier(code), tmp_path / "out.json")) == [code]


def test_a_visit_that_waits_is_told_by_name_and_day(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    for typed in (
        PersonTyped(full_name="Sùng Thị Mẩy", birth_date="03/1947"),
        PersonTyped(full_name="Sùng Thị Mẩy", birth_date="1951"),
        PersonTyped(full_name="Sùng Thị Mẩy", birth_date="03/1947", number=OTHER),
    ):
        desk.visits().keep(Visit(DossierId(uuid7()), clock(), typed))

    kept = told(desk, Named("Sùng Thị Mẩy", BORN), tmp_path / "out.json")

    assert len(kept["visits"]) == 1


def test_an_organisations_dossier_and_an_unknown_code_name_no_citizen(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    company = replace(
        unnumbered("Hợp tác xã Bản Mẫu", organisation=Organisation(TaxCode("0100109106"))),
        birth_date=None,
    )
    code = desk.receive(asked(clock, applicant=company)).code

    with pytest.raises(OrganisationsDossier):
        told(desk, OfDossier(code), tmp_path / "out.json")
    with pytest.raises(UnknownDossier):
        told(desk, OfDossier("H55-KHONG-CO"), tmp_path / "out.json")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("0011990123", BadCitizenNumber), ("Sùng Thị Mẩy, hôm nào", BadDate)],
)
def test_what_names_nobody_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        citizen_of(typed)
