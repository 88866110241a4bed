"""What citizens are told of their data names the terms in force, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.errors import BadData
from counter.notice import Notice, Told, load_notice
from counter.retention import Retention

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "notice"
TOLD = Told("Trung tâm xã Thử Nghiệm", "0200 000 000", Retention(31, 7))


def load(office: Path, told: Told = TOLD) -> Notice:
    return load_notice(SHIPPED, office, told)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Where the office may lay its own words."""
    return tmp_path / "notice.toml"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_notice_tells_who_how_long_and_whom_to_ask(office: Path, language: str) -> None:
    notice = load(office)

    told = " ".join(words for part in notice.part for words in part.in_language(language))
    assert all(word in told for word in (TOLD.office, TOLD.phone, "31", "7"))
    assert "31 tháng" in notice.receipt
    assert "{" not in told + notice.receipt


def test_every_page_has_its_own_english(office: Path) -> None:
    notice = load(office)

    assert all(part.in_language("en") != part.in_language("vi") for part in notice.part)


def test_the_offices_own_words_replace_ours(office: Path) -> None:
    office.write_text(
        'receipt = "Giữ {dossier_months} tháng."\n[[part]]\ntitle = "Hỏi"\nwords = "Đáp"\n',
        encoding="utf-8",
    )

    notice = load(office)

    assert notice.receipt == "Giữ 31 tháng."
    assert [part.in_language("en") for part in notice.part] == [("Hỏi", "Đáp")]


@pytest.mark.parametrize(
    "words",
    [
        'receipt = "{number}"\n[[part]]\ntitle = "Hỏi"\nwords = "Đáp"\n',
        'receipt = "Giữ"\n[[part]]\ntitle = "Hỏi"\nwords = "{name}"\n',
        'receipt = "Giữ"\npart = []\n',
        'receipt = "Giữ {"\n[[part]]\ntitle = "Hỏi"\nwords = "Đáp"\n',
        'receipt = "{office.x}"\n[[part]]\ntitle = "Hỏi"\nwords = "Đáp"\n',
    ],
)
def test_words_that_name_what_is_not_known_are_refused(office: Path, words: str) -> None:
    office.write_text(words, encoding="utf-8")

    with pytest.raises(BadData):
        load(office)
