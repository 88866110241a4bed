"""The dossier's panel says who brought it and what names people without a card."""

from __future__ import annotations

from dataclasses import replace

from counter.acts import Relation
from counter.parties import Document, DocumentKind, Organisation, Submitter, TaxCode
from tests.counter.test_parties import CODE, SOMEBODY
from tests.ui.conftest import Office
from tests.ui.test_receive_journey import receive
from ui.officer.people_facts import other_people


def test_who_came_in_person_with_a_card_adds_nothing(office: Office) -> None:
    receive(office)
    [view] = office.desk.views.values()

    assert other_people(view) == ()


def test_an_organisations_dossier_names_code_speaker_and_bringer(office: Office) -> None:
    receive(office)
    [view] = office.desk.views.values()
    company = replace(SOMEBODY, organisation=Organisation(TaxCode(CODE), "Phạm Thị Đại Diện"))
    brought = Submitter(SOMEBODY, Relation.AUTHORISED, "Số 12")

    facts = dict(other_people(replace(view, applicant=company, submitter=brought)))

    assert facts == {
        "Mã số thuế": CODE,
        "Người đại diện": "Phạm Thị Đại Diện",
        "Người nộp": "Trần Thị Mẫu (Người được ủy quyền)",
        "Giấy ủy quyền": "Số 12",
    }


def test_a_passport_is_shown_without_its_middle(office: Office) -> None:
    receive(office)
    [view] = office.desk.views.values()
    foreigner = replace(SOMEBODY, document=Document(DocumentKind.PASSPORT, "C1234567"))

    assert other_people(replace(view, applicant=foreigner)) == (("Hộ chiếu", "C1••••567"),)
