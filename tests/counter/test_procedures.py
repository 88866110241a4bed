"""The shipped catalogue is sound, and a few letters find a procedure."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from counter.calendar import DAY, HOUR, OTHER, SAME_DAY, WORKING_DAY
from counter.catalogue import load_catalogue
from counter.errors import UnknownProcedure
from counter.procedures import Catalogue, Fee, Owner, PaperKind, Procedure, Term, term_words

HOUSE = Path(__file__).parents[2]
TODAY = date(2026, 11, 25)
TO_CONFIRM = {"1.010945", "2.002501", "2.002913"}
"""Codes from memory or from one province's decision; the office confirms them."""


@cache
def catalogue() -> Catalogue:
    return load_catalogue(HOUSE / "resources" / "procedures")


def fees() -> list[tuple[Procedure, Fee]]:
    return [(p, fee) for p in catalogue().procedures for fee in p.fees]


def found(text: str, limit: int = 5) -> list[str]:
    return [p.short_name for p in catalogue().find(text, TODAY, limit)]


def test_a_commune_finds_its_work_in_the_shipped_catalogue() -> None:
    names = " / ".join(p.name for p in catalogue().in_force(TODAY))

    asked = (
        "khai sinh|khai tử|kết hôn|tình trạng hôn nhân|Trích lục hộ tịch|bản sao từ bản chính|"
        "chữ ký|giao dịch|thường trú|tạm trú|trợ cấp xã hội|khuyết tật|hộ nghèo|tranh chấp đất đai|"
        "hộ kinh doanh|giám hộ|nuôi con nuôi|Liên thông: đăng ký khai sinh|"
        "Liên thông: đăng ký khai tử|người có công|dịch bệnh|Tiếp công dân|Xử lý đơn"
    )
    assert [words for words in asked.split("|") if words not in names] == []
    assert len(catalogue().in_force(TODAY)) >= 45


def test_each_code_is_one_of_the_national_catalogue(shared: Path) -> None:
    path = shared / "domain" / "procedures_commune_catalogue.csv"
    with path.open(encoding="utf-8", newline="") as file:
        national = {row["code"] for row in csv.DictReader(file)}

    strangers = {p.code for p in catalogue().procedures} - national

    assert strangers == TO_CONFIRM
    assert all(catalogue().get(code, TODAY).unverified for code in TO_CONFIRM)


def test_a_checklist_is_short_enough_to_tick_at_the_desk() -> None:
    long = [(p.code, paper.name) for p in catalogue().procedures for paper in p.papers]

    assert [entry for entry in long if len(entry[1]) > 90] == []
    assert [p.code for p in catalogue().procedures if not 1 <= len(p.papers) <= 8] == []
    assert [p.code for p in catalogue().procedures if len(set(p.papers)) < len(p.papers)] == []


def test_something_is_always_demanded_and_a_result_always_given() -> None:
    demanded = [p.code for p in catalogue().procedures if not any(x.required for x in p.papers)]
    given = [p.code for p in catalogue().procedures if not p.results or not p.legal_basis]

    assert (demanded, given) == ([], [])


def test_a_desk_s_own_declaration_is_one_original() -> None:
    forms = [x for p in catalogue().procedures for x in p.papers if x.kind is PaperKind.FORM]

    assert forms
    assert all((x.originals, x.certified, x.copies) == (1, 0, 0) for x in forms)


def test_one_fee_code_has_one_price_wherever_it_is_asked() -> None:
    prices = {(fee.code, fee.amount, fee.per, fee.later and fee.later.amount) for _, fee in fees()}

    assert len(prices) == len({code for code, *_ in prices})


def test_who_pays_nothing_is_said_in_few_and_equal_words() -> None:
    groups = {group for _, fee in fees() for group in fee.exemptions}

    assert len(groups) <= 9
    assert "Gia đình có công với cách mạng" in groups


def test_a_rate_the_province_sets_is_unknown_and_never_zero() -> None:
    status = next(p for p in catalogue().procedures if p.code == "1.004873")

    assert [(fee.amount, fee.free) for fee in status.fees] == [(None, False)]
    assert all(fee.free == (fee.amount == 0) for _, fee in fees())


def test_residence_belongs_to_the_ministry_s_system_and_names_it() -> None:
    residence = [p for p in catalogue().procedures if p.field.letter == "C"]

    assert residence
    assert all(p.owner is Owner.MINISTRY and p.system for p in residence)


def test_a_service_of_the_queue_is_a_field_with_a_letter_of_its_own() -> None:
    letters = [letter for letter, _ in catalogue().services()]

    assert letters == sorted(set(letters))
    assert catalogue().services()[:3] == (("A", "Hộ tịch"), ("B", "Chứng thực"), ("C", "Cư trú"))
    assert not set(letters) & set("FIOW")  # read wrongly, or absent from the Vietnamese alphabet


def test_twenty_procedures_are_the_commonest_and_come_first() -> None:
    first = [p.code for p in catalogue().in_force(TODAY)[:20]]

    assert len(set(catalogue().commonest)) == 20
    assert first == list(catalogue().commonest)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ks", "Đăng ký khai sinh"),
        ("dk khai sinh", "Đăng ký khai sinh"),
        ("dkks", "Đăng ký khai sinh"),
        ("Khai sinh", "Đăng ký khai sinh"),
        ("chung thuc ban sao", "Chứng thực bản sao từ bản chính"),
        ("chứng thực", "Chứng thực bản sao từ bản chính"),
        ("sao y", "Chứng thực bản sao từ bản chính"),
        ("doc than", "Xác nhận tình trạng hôn nhân"),
        ("ket hon", "Đăng ký kết hôn"),
        ("kh", "Đăng ký khai sinh"),
        ("khai tu", "Đăng ký khai tử"),
        ("trich luc", "Bản sao trích lục hộ tịch, khai sinh"),
        ("so do", "Cấp Giấy chứng nhận đất lần đầu (sổ đỏ)"),
        ("hkd", "Đăng ký thành lập hộ kinh doanh"),
        ("1.000894", "Đăng ký kết hôn"),
        ("2.0008", "Chứng thực bản sao từ bản chính"),
        ("", "Chứng thực bản sao từ bản chính"),
    ],
)
def test_a_few_letters_bring_the_procedure_to_the_top(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_letters_that_fit_nothing_find_nothing() -> None:
    assert found("zzz") == []


def test_a_search_shows_no_more_lines_than_asked() -> None:
    assert len(found("dang ky", limit=3)) == 3


def test_a_dossier_is_received_under_the_version_of_its_day() -> None:
    base = catalogue().get("1.001193", TODAY)
    old = _version(base, "cũ", date(2024, 1, 1), date(2026, 2, 28))
    new = _version(base, "mới", date(2026, 3, 1), None)
    two = Catalogue((new, old))

    assert two.get("1.001193", date(2026, 2, 28)).revision == "cũ"
    assert two.get("1.001193", date(2026, 3, 1)).revision == "mới"
    assert [p.revision for p in two.find("khai sinh", date(2026, 2, 1))] == ["cũ"]
    assert two.in_force(date(2023, 12, 31)) == ()
    with pytest.raises(UnknownProcedure):
        two.get("1.001193", date(2023, 12, 31))


def _version(base: Procedure, revision: str, start: date, end: date | None) -> Procedure:
    return Procedure(
        code=base.code,
        name=base.name,
        short_name=base.short_name,
        field=base.field,
        revision=revision,
        effective_from=start,
        effective_to=end,
        papers=base.papers,
        term=base.term,
        results=base.results,
    )


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (Term(1, WORKING_DAY), "01 ngày làm việc"),
        (Term(7.5, WORKING_DAY), "7,5 ngày làm việc"),
        (Term(0.5, WORKING_DAY), "0,5 ngày làm việc"),
        (Term(30, DAY), "30 ngày"),
        (Term(8, HOUR), "08 giờ làm việc"),
        (Term(0, SAME_DAY), "Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo"),
        (Term(0, OTHER), "Theo ngày hẹn của cán bộ"),
    ],
)
def test_a_time_limit_is_written_as_papers_write_it(term: Term, words: str) -> None:
    assert term_words(term) == words


def test_every_term_of_the_catalogue_can_be_written() -> None:
    terms = [t for p in catalogue().procedures for t in (p.term, *(c.term for c in p.cases))]

    assert all(re.fullmatch(r"[0-9]{2}.*|Trong ngày.*|Theo ngày.*", term_words(t)) for t in terms)
