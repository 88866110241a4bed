"""The register holds every dossier once, and other programs open what is written of it."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from counter.acts import HandOver, TakeResult
from counter.desk import papers
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DeskError
from counter.papers.law import RegisterLine
from counter.store import trail
from counter.values import local_day
from counter.workbook import REGISTER_HEAD, Cell, register_rows, write_csv, write_xlsx
from tests.counter.desk.conftest import SetClock, asked

EVIL = '=HYPERLINK("http://x.example","bấm")'


def test_the_register_holds_each_dossier_of_its_days_once_in_order(
    desk: Desk, clock: SetClock, context: Context
) -> None:
    first = local_day(clock())
    codes = []
    for _ in range(3):
        codes.append(desk.receive(asked(clock)).code)
        clock.move(minutes=1)
    clock.move(days=1)
    later = desk.receive(asked(clock)).code

    today = papers.register(context, first, first)
    both = papers.register(context, first, first + timedelta(days=1))

    assert [line.code for line in today.lines] == codes
    assert [line.code for line in both.lines] == [*codes, later]


def test_the_register_follows_a_dossier_to_its_unit_and_back(
    desk: Desk, clock: SetClock, context: Context
) -> None:
    dossier = desk.receive(asked(clock)).dossier_id
    clock.move(minutes=10)
    passed = clock()
    desk.act(dossier, HandOver("Công chức Tư pháp - hộ tịch"))
    clock.move(hours=1)
    desk.act(dossier, TakeResult("Giấy khai sinh", "214/2026"))

    (line,) = papers.register(context, local_day(passed), local_day(passed)).lines

    assert line.passed_at == passed
    assert line.result_at == clock()
    assert line.returned_at is None
    assert line.agency == "Công chức Tư pháp - hộ tịch"
    assert line.note == ""


def test_a_dossier_whose_day_has_passed_is_noted_as_overdue(
    desk: Desk, clock: SetClock, context: Context
) -> None:
    desk.receive(asked(clock))
    day = local_day(clock())
    clock.move(days=30)

    (line,) = papers.register(context, day, day).lines

    assert line.note == "Quá hạn"


def test_reading_the_register_is_noted(desk: Desk, clock: SetClock, context: Context) -> None:
    papers.register(context, local_day(clock()), local_day(clock()))

    with context.store.reading() as session:
        (newest,) = trail.entries(session, newest=1)
    assert newest.action == "register.read"


LINE = RegisterLine(
    code="H55.242-261123-0051",
    procedure="Đăng ký khai sinh",
    sets=1,
    applicant=EVIL,
    contact="Thôn Nà Pài; 0900 000 123",
    agency="Tư pháp",
    received_at=datetime.fromisoformat("2026-11-23T02:05:00+00:00"),
)


def test_a_spreadsheet_shows_names_moments_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"

    write_xlsx(path, "Sổ", REGISTER_HEAD, register_rows((LINE,)))

    sheet = load_workbook(path)["Sổ"]
    head, row = tuple(sheet.iter_rows())
    assert [cell.value for cell in head] == list(REGISTER_HEAD)
    assert (row[4].value, row[4].data_type) == (EVIL, "s")
    assert row[7].value == datetime.fromisoformat("2026-11-23T09:05:00")
    assert sheet.freeze_panes == "A2"


def test_while_a_spreadsheet_is_written_nothing_of_it_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    lying: list[Path] = []

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield from register_rows((LINE,))
        lying.extend(passing.iterdir())

    write_xlsx(tmp_path / "so.xlsx", "Sổ", REGISTER_HEAD, rows())

    assert lying == []
    assert list(load_workbook(tmp_path / "so.xlsx")["Sổ"].values)[1][4] == EVIL


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights with the folder")
def test_a_register_is_this_accounts_alone_whatever_lay_there(tmp_path: Path) -> None:
    sheet, text = tmp_path / "so.xlsx", tmp_path / "so.csv"
    for path in (sheet, text):
        path.write_bytes(b"")
        path.chmod(0o644)

    write_xlsx(sheet, "Sổ", REGISTER_HEAD, register_rows((LINE,)))
    write_csv(text, REGISTER_HEAD, register_rows((LINE,)))

    assert [path.stat().st_mode & 0o777 for path in (sheet, text)] == [0o600, 0o600]


def test_a_text_file_shows_the_same_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"

    write_csv(path, REGISTER_HEAD, register_rows((LINE,)))

    with path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert head == list(REGISTER_HEAD)
    assert row[4] == f"'{EVIL}"
    assert row[7] == "23/11/2026 09:05"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_program_would_calculate_is_marked_as_text(tmp_path: Path, begins: str) -> None:
    path = tmp_path / "so.csv"

    write_csv(path, REGISTER_HEAD, ((f"{begins}cmd|' /C calc'!A0", "Nguyễn Thị Mẫu"),))

    with path.open(encoding="utf-8-sig", newline="") as file:
        _head, row = csv.reader(file)
    assert row == [f"'{begins}cmd|' /C calc'!A0", "Nguyễn Thị Mẫu"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeskError):
        write_csv(tmp_path / "none" / "so.csv", REGISTER_HEAD, ())
    with pytest.raises(DeskError):
        write_xlsx(tmp_path / "none" / "so.xlsx", "Sổ", REGISTER_HEAD, ())


def test_the_register_is_a_form_with_its_number(context: Context) -> None:
    facts = papers.register(context, date(2026, 11, 1), date(2026, 11, 30))

    paper = papers.register_paper(context, facts)

    assert paper.basis == "Mẫu số 07 - TT 03/2025/TT-VPCP"
    assert paper.head.training
