"""What the portal says of the statutory forms, laid over the words that ship."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter.errors import NoWording
from counter.papers.form import Form
from counter.told_forms import ToldForm, with_told_forms
from counter.wording import PageSize, Wordings, load_wordings

NOW = "TT 03/2025/TT-VPCP"
NEXT = "TT 09/2027/TT-VPCP"
TODAY, LATER = date(2026, 11, 25), date(2027, 7, 1)
RECEIPT = ToldForm(
    NOW, "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "A5", date(2025, 9, 15), None
)
NEW_RECEIPT = ToldForm(NEXT, "01", "Phiếu hẹn", "", LATER, None)


@pytest.fixture(scope="module")
def shipped() -> Wordings:
    return load_wordings(Path(__file__).parents[2] / "resources" / "papers")


def test_what_the_portal_says_as_it_ships_changes_no_paper(shipped: Wordings) -> None:
    found = with_told_forms(shipped, [RECEIPT])

    before, after = shipped.get(Form.RECEIPT, TODAY), found.get(Form.RECEIPT, TODAY)
    assert (after.title, after.page, after.body) == (before.title, before.page, before.body)
    assert found.basis(Form.RECEIPT, TODAY) == "Mẫu số 01 - TT 03/2025/TT-VPCP"


def test_title_and_sheet_are_the_portals_for_the_days_it_names(shipped: Wordings) -> None:
    told = ToldForm(NOW, "05", "Thông báo {mới}", "A4", date(2026, 12, 1), date(2026, 12, 31))

    found = with_told_forms(shipped, [RECEIPT, told])

    before, during = found.get(Form.STOP, TODAY), found.get(Form.STOP, date(2026, 12, 15))
    assert before == shipped.get(Form.STOP, TODAY)
    assert (during.title, during.page) == ("THÔNG BÁO {{MỚI}}", PageSize.A4)
    assert during.body == before.body
    assert found.get(Form.STOP, date(2027, 1, 1)) == before


def test_a_sheet_may_lie_as_it_lay(shipped: Wordings) -> None:
    register = ToldForm(NOW, "07", "Sổ theo dõi hồ sơ", "A4", date(2025, 9, 15), None)

    found = with_told_forms(shipped, [RECEIPT, register])

    assert found.get(Form.REGISTER, TODAY).page is PageSize.A4_WIDE


def test_a_new_circular_takes_over_on_its_day_with_its_own_titles_and_numbers(
    shipped: Wordings,
) -> None:
    moved = ToldForm(NEXT, "03", "Thông báo dừng giải quyết hồ sơ", "", LATER, None)

    found = with_told_forms(shipped, [NEW_RECEIPT, moved])

    assert found.circular(TODAY) == NOW
    assert found.told_name(LATER) == "TT09/2027"
    assert found.get(Form.RECEIPT, LATER).title == "PHIẾU HẸN"
    assert found.basis(Form.STOP, LATER) == "Mẫu số 03 - TT 09/2027/TT-VPCP"
    with pytest.raises(NoWording):
        found.get(Form.CONTROL, LATER)
    assert found.basis(Form.CONTROL, TODAY) == "Mẫu số 06 - TT 03/2025/TT-VPCP"


@pytest.mark.parametrize("number", ["02", "09"])
def test_a_new_circular_without_the_receipt_stops_no_reception(
    shipped: Wordings, number: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = with_told_forms(shipped, [replace(NEW_RECEIPT, number=number, title="Phiếu khác")])

    assert found.circular(LATER) == NOW
    assert found.get(Form.RECEIPT, LATER) == shipped.get(Form.RECEIPT, LATER)
    assert "names no receipt" in caplog.text
    caplog.clear()


def test_an_offices_own_words_stand_above_the_portals(shipped: Wordings, tmp_path: Path) -> None:
    own = tmp_path / "papers.toml"
    own.write_text(
        "[[form]]\n"
        'form = "stop"\n'
        'title = "THÔNG BÁO CỦA XÃ"\n'
        'numbers = [{ basis = "TT 03/2025/TT-VPCP", number = "05" }]\n',
        encoding="utf-8",
    )
    told = ToldForm(NOW, "05", "Thông báo của cổng", "", date(2025, 9, 15), None)
    laid = load_wordings(Path(__file__).parents[2] / "resources" / "papers", own)

    found = with_told_forms(laid, [RECEIPT, told])

    assert found.get(Form.STOP, TODAY).title == "THÔNG BÁO CỦA XÃ"


def test_the_days_of_a_circular_are_those_of_its_forms(shipped: Wordings) -> None:
    ended = replace(RECEIPT, effective_to=date(2027, 6, 30))

    found = with_told_forms(shipped, [ended, NEW_RECEIPT])

    assert (found.circular(date(2027, 6, 30)), found.circular(LATER)) == (NOW, NEXT)
    assert with_told_forms(shipped, [ended]).circular(LATER) == ""
