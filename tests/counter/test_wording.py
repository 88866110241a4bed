"""Each paper has the words and the number of its own day; an office may replace the words."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from counter.errors import BadData, NoWording
from counter.papers.facts import FACTS
from counter.papers.form import Form, Letterhead
from counter.papers.law import StopFacts
from counter.values import VIETNAM
from counter.wording import load_wordings

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "papers"
WORDINGS = load_wordings(SHIPPED)
BEFORE, SINCE = date(2025, 9, 14), date(2025, 9, 15)


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        (Form.RECEIPT, "01", "01"),
        (Form.SUPPLEMENT, "02", "02"),
        (Form.REFUSAL, "03", "03"),
        (Form.APOLOGY, "04", "04"),
        (Form.CONTROL, "05", "06"),
        (Form.REGISTER, "06", "07"),
    ],
)
def test_a_form_has_the_number_of_the_circular_in_force_on_its_day(
    form: Form, old: str, new: str
) -> None:
    assert WORDINGS.basis(form, BEFORE) == f"Mẫu số {old} - TT 01/2018/TT-VPCP"
    assert WORDINGS.basis(form, SINCE) == f"Mẫu số {new} - TT 03/2025/TT-VPCP"


def test_the_notice_of_stopping_exists_since_the_new_circular_only() -> None:
    assert WORDINGS.basis(Form.STOP, SINCE) == "Mẫu số 05 - TT 03/2025/TT-VPCP"
    with pytest.raises(NoWording):
        WORDINGS.get(Form.STOP, BEFORE)


def test_the_apology_has_another_title_since_the_new_circular() -> None:
    titles = [WORDINGS.get(Form.APOLOGY, day).title for day in (BEFORE, SINCE)]

    assert titles[0] == "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    assert titles[1].replace("\n", " ") == (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"
    )


@pytest.mark.parametrize("form", list(Form))
def test_every_paper_is_worded_today(form: Form) -> None:
    assert WORDINGS.get(form, date(2026, 11, 25)).title


def test_every_paper_but_the_receipt_has_its_facts() -> None:
    assert set(FACTS) == set(Form) - {Form.RECEIPT}


def test_papers_of_the_desk_are_no_statutory_forms() -> None:
    assert WORDINGS.basis(Form.CASH, SINCE) == ""


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.name)
def test_no_template_names_an_agency(path: Path) -> None:
    words = re.sub(r"(?m)^#.*$", "", path.read_text(encoding="utf-8")).lower()

    assert (
        re.findall(r"ủy ban nhân dân|trung tâm|\bsở |\bxã |\bphường |\btỉnh |thành phố", words)
        == []
    )


OFFICE = """
[[form]]
form = "stop"
title = "THÔNG BÁO DỪNG"
numbers = [{ basis = "TT 03/2025/TT-VPCP", number = "05" }]
effective_from = 2026-12-01
body = "Lý do: {reason}"
"""


def test_the_offices_own_words_hold_from_their_day_on(tmp_path: Path) -> None:
    own = tmp_path / "papers.toml"
    own.write_text(OFFICE, encoding="utf-8")
    wordings = load_wordings(SHIPPED, own)
    facts = StopFacts(
        addressee="Ông A",
        procedure="B",
        received_at=datetime(2026, 11, 1, 8, tzinfo=VIETNAM),
        reason="C",
    )

    said = [
        wordings.word(
            Letterhead(
                parent_agency="", agency="", place="", at=datetime(2026, *day, 8, tzinfo=VIETNAM)
            ),
            facts,
        ).wording
        for day in ((11, 30), (12, 1))
    ]

    assert [words.title for words in said] == ["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "THÔNG BÁO DỪNG"]
    assert [words.unverified for words in said] == [True, False]


@pytest.mark.parametrize(
    ("body", "told"), [("{nothing}", "{nothing}"), ("{reason:loud}", "{reason:loud}")]
)
def test_a_word_that_no_paper_knows_is_told_with_its_file(
    tmp_path: Path, body: str, told: str
) -> None:
    own = tmp_path / "papers.toml"
    own.write_text(OFFICE.replace("{reason}", body), encoding="utf-8")

    with pytest.raises(BadData) as refusal:
        load_wordings(SHIPPED, own)

    assert refusal.value.mistakes[0].startswith("papers.toml")
    assert told in refusal.value.mistakes[0]


def test_an_office_without_words_of_its_own_uses_the_shipped_ones(tmp_path: Path) -> None:
    assert load_wordings(SHIPPED, tmp_path / "papers.toml") == WORDINGS
