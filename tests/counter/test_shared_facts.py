"""The reference data beside the repository and the office's own files say the same.

Deadlines, the calendar, dossier codes, VietQR, states, units, the national catalogue and its
messages are compared where each is used; here is the rest.
"""

from __future__ import annotations

import json
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter.catalogue import load_catalogue
from counter.declaring import Question, _letters, chosen, load_forms
from counter.dossier import Status
from counter.messages import DIRECT
from counter.papers.form import Form
from counter.priorities import AGED, IN_A_ROW, load_groups
from counter.procedures import Catalogue
from counter.values import fold
from counter.wording import load_wordings
from tests.counter.test_priorities import called
from ui import states

RESOURCES = Path(__file__).parents[2] / "resources"
FORMS = {
    "giay_tiep_nhan": Form.RECEIPT,
    "phieu_bo_sung": Form.SUPPLEMENT,
    "phieu_tu_choi": Form.REFUSAL,
    "xin_loi": Form.APOLOGY,
    "thong_bao_dung": Form.STOP,
    "phieu_kiem_soat": Form.CONTROL,
    "so_theo_doi": Form.REGISTER,
}
DAYS = {"TT01/2018": date(2025, 9, 14), "TT03/2025": date(2025, 9, 15)}
NOT_AT_EVERY_COMMUNE = {"1.003622", "1.013792"}
"""A festival and a games room: the office adds them where it has them."""


def read(shared: Path, name: str) -> Any:
    return json.loads((shared / "domain" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue(RESOURCES / "procedures")


@pytest.mark.parametrize("basis", DAYS)
def test_every_statutory_form_has_its_number_and_title_in_each_circular(
    shared: Path, basis: str
) -> None:
    wordings, day = load_wordings(RESOURCES / "papers"), DAYS[basis]
    spec = {form["id"]: form for form in read(shared, "forms_spec.json")["forms"]}
    (circular,) = [s for s in read(shared, "forms_spec.json")["sets"] if s["id"] == basis]
    wanted, worded = {}, {}
    for name, form in FORMS.items():
        number, title = spec[name]["mau"][basis], spec[name]["title"]
        wanted[name] = (number, title[basis] if isinstance(title, dict) else title)
        known = [w for w in wordings.wordings if w.form is form and w.holds(day)]
        numbers = [w for w in known if w.number_under(wordings.circular(day)) is not None]
        worded[name] = (
            numbers[-1].number_under(wordings.circular(day)) if numbers else None,
            " ".join((numbers or known)[-1].title.split()),
        )

    assert set(spec) == set(FORMS)
    assert wordings.circular(day) == circular["name"].replace("Thông tư", "TT")
    assert worded == wanted


def test_the_ten_states_have_the_portals_numbers_and_words(shared: Path) -> None:
    national = read(shared, "channels_and_codes.json")["trang_thai_ho_so"]

    assert {str(status): word for status, word in states.STATUSES.items()} == national
    assert {str(status.value) for status in Status} == set(national)


def test_who_stands_at_the_desk_comes_by_the_direct_channel(shared: Path) -> None:
    assert read(shared, "channels_and_codes.json")["kenh_thuc_hien"][str(DIRECT)] == "Trực tiếp"


def test_the_priority_groups_and_ages_are_the_agreed_ones(shared: Path) -> None:
    agreed = read(shared, "queue_priority.json")["groups"]
    ours = load_groups(RESOURCES / "queue")

    assert [group.code for group in ours][: len(agreed)] == [group["code"] for group in agreed]
    assert {g.code: g.ages for g in ours if g.ages} == {
        g["code"]: g["default_min_age"] for g in agreed if "default_min_age" in g
    }


def test_two_of_priority_go_first_then_one_and_nobody_waits_beyond_the_third_call(
    shared: Path,
) -> None:
    rule = read(shared, "queue_priority.json")["algorithm"]

    assert f"{IN_A_ROW} priority then 1 ordinary" in rule["default"]
    assert f"> {AGED // timedelta(minutes=1)} min" in rule["default"]
    assert "no later than the third call" in rule["starvation_test"]
    assert called("a P1 P2 P3 P4 P5 P6").split().index("a") == 2


def test_the_procedures_people_come_for_most_are_shipped(shared: Path, shipped: Catalogue) -> None:
    common = {
        one["code"] for one in read(shared, "procedures_commune_supplement.json")["procedures"]
    }

    missing = common - {procedure.code for procedure in shipped.procedures}

    assert missing == NOT_AT_EVERY_COMMUNE


def test_a_procedure_that_got_another_code_is_known_by_the_old_or_the_new_one(
    shared: Path, shipped: Catalogue
) -> None:
    codes = {procedure.code for procedure in shipped.procedures}
    replaced = read(shared, "procedure_code_changes_2026.json")["replaced"]

    assert [old for old, new in replaced.items() if not ({old, *new.split()} & codes)] == [
        "2.001023"
    ], "the group for births is shipped under 2.000986, which 3.000722 replaces as well"


def test_what_is_named_an_essential_service_is_marked_as_one(
    shared: Path, shipped: Catalogue
) -> None:
    essential = {fold(one["name"]) for one in read(shared, "essential_services.json")["items"]}
    named = [
        procedure
        for procedure in shipped.procedures
        if {fold(text) for text in (procedure.short_name, procedure.name, *procedure.aliases)}
        & essential
    ]

    assert len(named) >= 10
    assert [procedure.code for procedure in named if not procedure.essential] == []


def ethnic_question() -> Question:
    form = load_forms(RESOURCES / "procedures" / "forms")["1.001193"]
    return next(question for question in form.questions if question.key == "child_ethnicity")


def test_every_ethnic_group_can_be_chosen_and_no_other(shared: Path) -> None:
    named = [one["name"] for one in read(shared, "ethnic_groups.json")["items"]]

    assert list(ethnic_question().choices) == named
    assert len({_letters(name) for name in named}) == len(named) == 56


def test_each_way_to_write_an_ethnic_group_means_that_group(shared: Path) -> None:
    agreed = read(shared, "ethnic_groups.json")
    by_code = {one["code"]: one["name"] for one in agreed["items"]}
    question = ethnic_question()

    meant = {
        alias: (chosen(question, alias), by_code[code])
        for code, aliases in agreed["aliases"].items()
        for alias in (*aliases, *(alias.upper() for alias in aliases), by_code[code].lower())
    }

    assert [alias for alias, (ours, theirs) in meant.items() if ours != theirs] == []
    assert chosen(question, "Người Việt") == "Người Việt"


def test_every_form_that_asks_for_an_ethnic_group_offers_them_all(shared: Path) -> None:
    named = tuple(one["name"] for one in read(shared, "ethnic_groups.json")["items"])
    forms = load_forms(RESOURCES / "procedures" / "forms").values()
    asked = [q for form in forms for q in form.questions if "ân tộc" in q.title]

    assert len(asked) >= 15
    assert [question.key for question in asked if question.choices != named] == []


def test_the_invented_citizens_are_of_known_groups_and_religions(shared: Path) -> None:
    religions = {one["name"] for one in read(shared, "religions.json")["items"]}
    question = ethnic_question()
    cards = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((RESOURCES / "demo" / "cards").glob("*.toml"))
    ]

    assert len(cards) >= 9
    assert [card["religion"] for card in cards if card["religion"] not in religions] == []
    fitting = {chosen(question, card["ethnicity"]) for card in cards}
    assert fitting <= set(question.choices)
