"""Only what nobody knows is asked, and what belongs to one event is never taken from another."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from counter.answering import check, fits, unanswered
from counter.cards import ChipText
from counter.catalogue import load_catalogue
from counter.declared_paper import declaration
from counter.declaring import Answer, Kind, Origin, Question, fill, known, load_forms
from counter.errors import BadData, DeclarationOpen, DeclarationWrong
from counter.values import CitizenNumber, PartialDate, Sex
from counter.work import Applicant, IdentitySource

PROCEDURES = Path(__file__).resolve().parents[2] / "resources" / "procedures"
FORMS = load_forms(PROCEDURES / "forms")
COMMONEST = load_catalogue(PROCEDURES).commonest
CHIP = ChipText(
    id_number=CitizenNumber("001190012345"),
    full_name="Nguyễn Thị Hường",
    date_of_birth=PartialDate(1990, 5, 17),
    sex=Sex.FEMALE,
    nationality="Việt Nam",
    ethnicity="Tày",
    religion="Không",
    place_of_origin="xã Bằng Lăng, tỉnh Thái Nguyên",
    place_of_residence="Thôn Nà Pài, xã Bằng Lăng, tỉnh Thái Nguyên",
    identifying_features=None,
    issued_on=date(2021, 5, 10),
    expires_on=date(2030, 5, 17),
    expires_text=None,
    father_name="Nguyễn Văn Mẫu",
    mother_name="Trần Thị Ví Dụ",
    spouse_name="Lê Văn Thử",
    old_id_number=None,
)
PERSON = Applicant.from_chip(CHIP, None, None, None)
OFFICE = "Ủy ban nhân dân xã Thử Nghiệm"
FACTS = known(PERSON, CHIP, OFFICE)


def earlier_of(code: str) -> tuple[Answer, ...]:
    """Every answer of an earlier dossier of the same person, as it was saved."""
    filled = fill(FORMS[code], FACTS)
    return tuple(replace(a, value=a.value or "đã khai", origin=Origin.TYPED) for a in filled)


CONTACT = (Answer("phone", "0900 000 123", Origin.EARLIER),)
"""What every dossier keeps of a person beside its declaration."""


def share(code: str, earlier: tuple[Answer, ...]) -> float:
    """How much of what must be answered is filled in once the card is read."""
    form = FORMS[code]
    required = [question.key for question in form.questions if question.required]
    return 1 - len(unanswered(form, fill(form, FACTS, earlier))) / len(required)


def untyped(code: str, earlier: tuple[Answer, ...]) -> float:
    """How much of it is filled in, or picked from a short list with one key."""
    form = FORMS[code]
    required = [question.key for question in form.questions if question.required]
    picked = {question.key for question in form.questions if question.kind is Kind.CHOICE}
    typed = set(unanswered(form, fill(form, FACTS, earlier))) - picked
    return 1 - len(typed) / len(required)


def test_each_of_the_twenty_commonest_procedures_has_its_form() -> None:
    assert len(COMMONEST) == 20
    assert set(FORMS) == set(COMMONEST)
    assert all(form.code == code for code, form in FORMS.items())


OTHERS = [(code, other) for code in COMMONEST for other in COMMONEST if other != code]
"""Each of the twenty with one earlier dossier of each other kind."""


def test_more_than_four_fifths_is_filled_in_after_an_earlier_dossier_of_the_same_kind() -> None:
    shares = {code: share(code, earlier_of(code) + CONTACT) for code in COMMONEST}

    assert mean(shares.values()) >= 0.85, shares


def test_four_fifths_is_filled_in_after_an_earlier_dossier_of_another_kind() -> None:
    shares = [share(code, earlier_of(other) + CONTACT) for code, other in OTHERS]

    assert mean(shares) >= 0.80


def test_four_fifths_needs_no_typing_whatever_the_earlier_dossier_was() -> None:
    shares = [untyped(code, earlier_of(other) + CONTACT) for code, other in OTHERS]

    assert mean(shares) >= 0.81


def test_without_card_and_history_little_is_known() -> None:
    blank = [len(unanswered(FORMS[c], fill(FORMS[c], {}))) for c in COMMONEST]
    asked = [sum(q.required for q in FORMS[c].questions) for c in COMMONEST]

    assert sum(blank) / sum(asked) > 0.75


def test_a_childs_name_is_never_taken_from_the_dossier_of_another_child() -> None:
    earlier = (Answer("child_full_name", "Lê Văn Anh", Origin.TYPED),)

    answers = {a.key: a for a in fill(FORMS["1.001193"], FACTS, earlier)}

    assert answers["child_full_name"].origin is Origin.UNKNOWN


def test_a_mother_declares_herself_and_the_husband_her_chip_names() -> None:
    answers = {a.key: a for a in fill(FORMS["1.001193"], FACTS)}

    assert answers["mother_full_name"].value == "Nguyễn Thị Hường"
    assert answers["father_full_name"].value == "Lê Văn Thử"
    assert answers["relation"].value == "Mẹ"
    assert answers["mother_ethnicity"].origin is Origin.CHIP


def test_a_marriage_registration_tells_of_the_father_years_later() -> None:
    earlier = (
        Answer("spouse_full_name", "LÊ VĂN THỬ", Origin.TYPED),
        Answer("spouse_birth_date", "02/03/1988", Origin.TYPED),
    )

    answers = {a.key: a for a in fill(FORMS["1.001193"], FACTS, earlier)}

    assert answers["father_full_name"].origin is Origin.CHIP
    assert (answers["father_birth"].value, answers["father_birth"].origin) == (
        "02/03/1988",
        Origin.EARLIER,
    )


def test_a_marriage_to_somebody_the_chip_no_longer_names_tells_nothing() -> None:
    earlier = (
        Answer("spouse_full_name", "Phạm Văn Khác", Origin.TYPED),
        Answer("spouse_birth_date", "02/03/1988", Origin.TYPED),
    )

    answers = {a.key: a for a in fill(FORMS["1.001193"], FACTS, earlier)}

    assert answers["father_birth"].origin is Origin.UNKNOWN


def test_a_childs_birth_tells_of_the_husband_whom_the_chip_names() -> None:
    earlier = (
        Answer("father_full_name", "LÊ VĂN THỬ", Origin.TYPED),
        Answer("father_birth", "02/03/1988", Origin.TYPED),
    )
    unmarried = known(PERSON, replace(CHIP, spouse_name=None), OFFICE)

    answers = {a.key: a for a in fill(FORMS["1.000894"], FACTS, earlier)}
    of_another = {a.key: a for a in fill(FORMS["1.000894"], unmarried, earlier)}

    assert answers["spouse_birth_date"] == Answer("spouse_birth_date", "02/03/1988", Origin.EARLIER)
    assert of_another["spouse_birth_date"].origin is Origin.UNKNOWN


def test_help_for_a_funeral_tells_of_the_death_that_was_registered() -> None:
    registered = (Answer("dead_name", "Nguyễn Văn Mẫu", Origin.TYPED),)
    helped = (Answer("buried_name", "Trần Thị Ví Dụ", Origin.TYPED),)

    after = {a.key: a for a in fill(FORMS["1.001731"], FACTS, registered)}
    again = {a.key: a for a in fill(FORMS["1.001731"], FACTS, helped)}

    assert after["buried_name"].value == "Nguyễn Văn Mẫu"
    assert after["buried_name"].origin is Origin.EARLIER
    assert again["buried_name"].origin is Origin.UNKNOWN


@pytest.mark.parametrize(
    ("issued_on", "issuer"),
    [
        (date(2024, 6, 30), "Cục Cảnh sát quản lý hành chính về trật tự xã hội"),
        (date(2024, 7, 1), "Bộ Công an"),
    ],
)
def test_who_issued_the_card_follows_from_its_day(issued_on: date, issuer: str) -> None:
    facts = known(replace(PERSON, issued_on=issued_on), None)

    assert facts["card.issued_by"] == Answer("card.issued_by", issuer, Origin.CATALOGUE)


def test_of_a_paper_that_was_typed_nobody_knows_who_issued_it() -> None:
    typed = replace(PERSON, issued_on=date(2019, 3, 4), source=IdentitySource.MANUAL)

    assert "card.issued_by" not in known(typed, None)


def test_who_has_a_spouse_on_the_chip_is_taken_for_married() -> None:
    question = next(q for q in FORMS["1.004873"].questions if q.key == "marital")

    answers = {a.key: a for a in fill(FORMS["1.004873"], FACTS)}

    assert answers["marital"].value in question.choices
    assert answers["marital"].origin is Origin.CHIP


def test_this_office_is_named_where_a_record_is_asked_for() -> None:
    answers = {a.key: a for a in fill(FORMS["2.000635"], FACTS)}

    assert (answers["record_place"].value, answers["record_place"].origin) == (
        OFFICE,
        Origin.OFFICE,
    )


def test_an_office_that_is_no_peoples_committee_has_no_health_station() -> None:
    assert "office.health_station" not in known(None, None, "Trung tâm Thử Nghiệm")


def test_without_anybody_only_the_office_is_known() -> None:
    assert set(known(None, None, OFFICE)) == {"office.name", "office.health_station"}


@pytest.mark.parametrize(
    ("kind", "value", "fit"),
    [
        (Kind.DAY, "31/01/1999", True),
        (Kind.DAY, "1950", True),
        (Kind.DAY, "31/02/1999", False),
        (Kind.NUMBER, "12", True),
        (Kind.NUMBER, "mười", False),
        (Kind.MONEY, "200000000", True),
        (Kind.MONEY, "1" * 16, False),
        (Kind.IDENTITY, "001300012345", True),
        (Kind.IDENTITY, "001 300 012 345", True),
        (Kind.IDENTITY, "00130001234", False),
        (Kind.IDENTITY, "012345678", True),
        (Kind.IDENTITY, "c1234567", True),
        (Kind.IDENTITY, "thôn đông", False),
        (Kind.IDENTITY, "thondong", False),
        (Kind.CHOICE, "Nam", True),
        (Kind.CHOICE, "nam", False),
        (Kind.NAME, "Lê Văn Bé", True),
        (Kind.NAME, "Lê Văn 2", False),
        (Kind.TEXT, "gì cũng được 1", True),
        (Kind.ADDRESS, "Thôn 1", True),
        (Kind.DAY, "", True),
    ],
)
def test_an_answer_fits_its_question(kind: Kind, value: str, fit: bool) -> None:
    question = Question(
        key="q", title="Q", group="G", kind=kind, required=True, choices=("Nam", "Nữ")
    )

    assert fits(question, value) is fit


def test_only_a_whole_declaration_passes() -> None:
    form = FORMS["2.000815"]
    whole = tuple(
        replace(a, value=a.value or "0900 000 123", origin=Origin.TYPED) for a in fill(form, FACTS)
    )
    wrong = tuple(replace(a, value="mười") if a.key == "copies" else a for a in whole)

    check(form, whole)
    with pytest.raises(DeclarationOpen) as open_one:
        check(form, fill(form, FACTS))
    with pytest.raises(DeclarationWrong) as wrong_one:
        check(form, wrong)

    assert open_one.value.fields == {"question": "Số điện thoại"}
    assert wrong_one.value.fields == {"question": "Số bản"}


def test_the_card_goes_before_the_earlier_dossier_and_that_before_the_default() -> None:
    form = FORMS["1.004873"]
    earlier = (
        Answer("residence", "nơi cũ", Origin.TYPED),
        Answer("nationality", "Lào", Origin.TYPED),
    )
    no_nationality = {k: v for k, v in FACTS.items() if k != "chip.nationality"}

    answers = {a.key: a for a in fill(form, no_nationality, earlier)}

    assert answers["residence"].origin is Origin.CHIP
    assert (answers["nationality"].value, answers["nationality"].origin) == ("Lào", Origin.EARLIER)
    assert {a.key: a.origin for a in fill(form, {})}["nationality"] is Origin.CATALOGUE


def test_the_newest_earlier_dossier_counts() -> None:
    earlier = (
        Answer("phone", "0900 000 999", Origin.TYPED),
        Answer("phone", "0900 000 111", Origin.TYPED),
    )

    assert {a.key: a.value for a in fill(FORMS["2.000815"], FACTS, earlier)}["phone"].endswith(
        "999"
    )


def test_every_source_is_one_that_the_desk_can_know() -> None:
    male = known(replace(PERSON, sex=Sex.MALE, phone="0", email="a@b"), CHIP, OFFICE)
    names = set(male) | set(known(replace(PERSON, phone="0", email="a@b"), CHIP, OFFICE))

    keys = {q.key for form in FORMS.values() for q in form.questions}
    names |= {f"earlier.{key}" for key in keys}
    names |= {f"spouse.{fact}" for fact in ("birth_date", "ethnicity", "nationality", "residence")}

    asked = {source for form in FORMS.values() for q in form.questions for source in q.sources}

    assert asked <= names


def test_a_default_is_one_of_the_choices() -> None:
    wrong = [
        (form.code, q.key)
        for form in FORMS.values()
        for q in form.questions
        if q.kind is Kind.CHOICE and q.default and q.default not in q.choices
    ]

    assert wrong == []


def test_a_blank_declaration_asks_every_question_under_its_heading() -> None:
    form = FORMS["1.001193"]

    blank = declaration(form, (), addressee="", declarant="")

    lines = [line for line in blank.declared if not line.heading]
    assert [line.label for line in lines] == [question.title for question in form.questions]
    assert {line.value for line in lines} == {""}
    assert [line.label for line in blank.declared if line.heading] == [
        "Người yêu cầu",
        "Người được khai sinh",
        "Người mẹ",
        "Người cha",
    ]


def test_a_question_that_follows_one_the_form_lacks_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "common.json").write_text('{"$defs": {}}', encoding="utf-8")
    asked = {"title": "A", "x-group": "G", "type": "string", "x-with": "nobody"}
    (tmp_path / "x.json").write_text(
        json.dumps({"$id": "x", "title": "X", "properties": {"a": asked}}), encoding="utf-8"
    )

    with pytest.raises(BadData) as refusal:
        load_forms(tmp_path)

    assert refusal.value.mistakes[0].startswith("x.json: a:")


def test_a_form_with_a_mistake_is_told_with_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "common.json").write_text('{"$defs": {}}', encoding="utf-8")
    (tmp_path / "x.json").write_text(
        json.dumps(
            {"$id": "x", "title": "X", "properties": {"a": {"$ref": "common.json#/$defs/a"}}}
        )
    )

    with pytest.raises(BadData) as refusal:
        load_forms(tmp_path)

    assert refusal.value.mistakes[0].startswith("x.json: a:")


def test_an_answer_hides_its_value_from_logs() -> None:
    hidden = {f.name: f.repr for f in fields(Answer)}

    assert not hidden["value"]
    assert "Hường" not in repr(Answer("full_name", "Nguyễn Thị Hường", Origin.CHIP))
