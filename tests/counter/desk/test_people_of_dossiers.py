"""Who brings a dossier, passports and organisations: on disk, on paper, found, told the portal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from counter.acts import Relation
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.forms import ReceiptPaper
from counter.parties import Document, DocumentKind, Organisation, Submitter, TaxCode
from counter.store.tables import OutboxRow
from counter.work import Applicant, IdentitySource, Reception, ReceptionAsked
from sync.sandbox.contract_check import faults_of
from tests.counter.desk.conftest import SetClock, asked, person
from tests.counter.test_parties import CODE

BROUGHT = Submitter(
    person("Lê Văn Nộp", "001188000777"), Relation.AUTHORISED, "Giấy ủy quyền số 12 ngày 20/11/2026"
)
FOREIGNER = replace(
    person("Khách Thử Nghiệm"),
    number=None,
    source=IdentitySource.MANUAL,
    verdict=None,
    document=Document(DocumentKind.PASSPORT, "C1234567"),
    nationality="LA",
)
COMPANY = Applicant(
    full_name="Công ty TNHH Thử Nghiệm",
    number=None,
    birth_date=None,
    sex=None,
    address="Thôn 2, xã Thử Nghiệm, tỉnh Mẫu",
    phone=None,
    email=None,
    source=IdentitySource.MANUAL,
    verdict=None,
    organisation=Organisation(TaxCode(CODE), "Phạm Thị Giám Đốc"),
)


def receipt_of(received: Reception) -> ReceiptPaper:
    paper = received.jobs[0].paper
    assert isinstance(paper, ReceiptPaper)
    return paper


def told(context: Context) -> dict[str, object]:
    with context.store.reading() as session:
        body: dict[str, object] = json.loads(session.scalars(select(OutboxRow.body)).one())
    return body


@pytest.fixture
def brought(clock: SetClock) -> ReceptionAsked:
    return replace(asked(clock), submitter=BROUGHT)


def test_who_brought_a_dossier_is_shown_with_it(desk: Desk, brought: ReceptionAsked) -> None:
    received = desk.receive(brought)

    view = desk.show(received.code)

    assert view.submitter is not None
    assert view.submitter.person.full_name == "Lê Văn Nộp"
    assert view.submitter.relation is Relation.AUTHORISED
    assert view.submitter.authorisation.startswith("Giấy ủy quyền số 12")
    assert view.applicant.full_name == "Nguyễn Thị Mẫu"


def test_the_receipt_names_both_and_hides_the_middle_of_numbers(
    desk: Desk, brought: ReceptionAsked
) -> None:
    paper = receipt_of(desk.receive(brought))

    assert (paper.applicant, paper.submitter) == ("Nguyễn Thị Mẫu", "Lê Văn Nộp")
    assert paper.brought_as == "người được ủy quyền, Giấy ủy quyền số 12 ngày 20/11/2026"
    assert paper.applicant_masked_number == "001••••••777"
    assert paper.owner_number == "001••••••345"


def test_a_receipt_printed_again_still_names_who_brought_it(
    desk: Desk, brought: ReceptionAsked
) -> None:
    received = desk.receive(brought)

    again = desk.reprint(received.dossier_id).paper

    assert isinstance(again, ReceiptPaper)
    assert again.submitter == "Lê Văn Nộp"


@pytest.mark.parametrize("applicant", [person(), FOREIGNER, COMPANY], ids=lambda p: p.full_name)
@pytest.mark.parametrize("submitter", [None, BROUGHT], ids=["in person", "brought"])
def test_a_receipt_printed_again_says_what_the_first_one_said(
    desk: Desk, clock: SetClock, applicant: Applicant, submitter: Submitter | None
) -> None:
    received = desk.receive(replace(asked(clock, applicant=applicant), submitter=submitter))

    again = desk.reprint(received.dossier_id).paper

    assert isinstance(again, ReceiptPaper)
    assert replace(again, reprint=False) == receipt_of(received)


@pytest.mark.parametrize("text", ["le van nop", "001188000777", "nguyen thi mau"])
def test_a_dossier_is_found_by_who_brought_it(
    desk: Desk, brought: ReceptionAsked, text: str
) -> None:
    received = desk.receive(brought)

    assert [line.id for line in desk.find_dossiers(text)] == [received.dossier_id]


def test_a_foreigner_is_known_by_the_passport(desk: Desk, clock: SetClock) -> None:
    received = desk.receive(replace(asked(clock), applicant=FOREIGNER))

    view = desk.show(received.code)

    assert view.applicant.document == FOREIGNER.document
    assert view.applicant.nationality == "LA"
    assert receipt_of(received).applicant_masked_number == "C1••••567"
    assert [line.id for line in desk.find_dossiers("c1234567")] == [received.dossier_id]


def test_an_organisation_is_known_by_its_tax_code(desk: Desk, clock: SetClock) -> None:
    received = desk.receive(replace(asked(clock), applicant=COMPANY, submitter=BROUGHT))

    view = desk.show(received.code)

    assert view.applicant.organisation == COMPANY.organisation
    assert receipt_of(received).owner_number == f"MST {CODE}"
    assert [line.id for line in desk.find_dossiers(CODE)] == [received.dossier_id]


def test_a_branch_is_found_by_its_whole_code(desk: Desk, clock: SetClock) -> None:
    branch = replace(COMPANY, organisation=Organisation(TaxCode(f"{CODE}-001")))
    received = desk.receive(replace(asked(clock), applicant=branch))

    assert [line.id for line in desk.find_dossiers(f"{CODE}-001")] == [received.dossier_id]


@pytest.mark.parametrize(
    ("applicant", "submitter"),
    [(person(), BROUGHT), (FOREIGNER, None), (COMPANY, BROUGHT), (person(), None)],
)
def test_the_portal_is_told_of_everybody_as_its_contract_wants(
    desk: Desk,
    context: Context,
    clock: SetClock,
    applicant: Applicant,
    submitter: Submitter | None,
) -> None:
    desk.receive(replace(asked(clock), applicant=applicant, submitter=submitter))

    assert faults_of(told(context), "DossierContent") == []


def test_the_portal_hears_the_old_address_as_written_and_the_commune_of_today(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    written = "Thôn 1, xã Cũ, huyện Mẫu, tỉnh Ví Dụ"
    applicant = replace(person(), address=written)

    desk.receive(replace(asked(clock), applicant=applicant, unit_code="00004"))

    owner = told(context)["owner"]
    assert isinstance(owner, dict)
    assert owner["address"] == {
        "province_code": "01",
        "unit_code": "00004",
        "detail": "Thôn 1",
        "old_text": written,
    }
    assert desk.find_dossiers() != ()


def test_the_portal_hears_tax_code_passport_and_authorisation(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.receive(replace(asked(clock), applicant=COMPANY, submitter=BROUGHT))

    body = json.dumps(told(context), ensure_ascii=False)

    assert f'"registration_no": "{CODE}"' in body
    assert '"relation": "authorised"' in body
    assert "Giấy ủy quyền số 12" in body
