"""How long data is kept: every kind has a term, the office changes it, the page tells the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.errors import BadData
from counter.retention import FILE, Retention, load_retention, load_terms
from counter.settings import RetentionSettings

HOUSE = Path(__file__).resolve().parents[2]
SHIPPED = HOUSE / "resources" / "retention"
PAGE = (HOUSE / "docs" / "security.md").read_text(encoding="utf-8")


def test_what_ships_holds_where_the_office_says_nothing() -> None:
    assert load_retention(SHIPPED, RetentionSettings()) == Retention(24, 12, 3, 30)


def test_what_the_office_says_goes_first_kind_by_kind() -> None:
    told = RetentionSettings(dossier_months=60, visit_days=1, paper_days=7)

    assert load_retention(SHIPPED, told) == Retention(60, 12, 1, 7)


def test_every_term_says_what_it_rests_on_and_the_page_tells_the_same() -> None:
    lines = [
        f"| `{term.code}` | {term.months or term.days} {'tháng' if term.months else 'ngày'} "
        f"| {term.what} |"
        for term in load_terms(SHIPPED)
    ]

    assert [line for line in lines if line not in PAGE] == []
    assert [term.code for term in load_terms(SHIPPED) if "91/2025/QH15" not in term.source] == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('code = "visit"', 'code = "another"', "thiếu hạn lưu visit"),
        ("days = 30", "days = 0", "paper: days phải từ 1"),
        ("months = 24", "days = 24", "dossier: months phải từ 1"),
    ],
)
def test_a_file_that_would_keep_nothing_or_for_ever_is_refused(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    text = (SHIPPED / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace(was, becomes), encoding="utf-8")

    with pytest.raises(BadData) as refusal:
        load_retention(tmp_path, RetentionSettings())

    assert any(said in mistake for mistake in refusal.value.mistakes)
