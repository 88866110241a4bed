"""The paper a citizen gets says in words everything that the desk keeps about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter.citizen_data import KeptRecord
from counter.desk import walk_ins
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.store import about
from counter.store.life_tables import GuidanceRow, WantedRow
from counter.store.payments import PaymentRow
from counter.store.tables import CopyRow, DossierRow
from counter.values import CitizenNumber, DossierId, uuid7
from counter.visits import BehalfTyped, PersonTyped, Visit
from counter.wording import WordedPaper
from counter.work import FeeQuantity, PaperBrought
from program.files import save_paper
from tests.counter.desk import conftest as desks
from tests.counter.desk.conftest import SetClock, asked, person
from ui.officer.data import kept_words
from ui.officer.data.captions import CAPTIONS, KINDS, LEFT_OUT

NUMBER = CitizenNumber("001199012345")
OTHER = "079188055501"

clock = desks.clock
opening = desks.opening
context = desks.context
set_up_desk = desks.set_up_desk


def kept_names() -> Iterator[tuple[str, str]]:
    """Yield kind and name of everything that may be kept about a citizen."""
    rows: dict[str, Any] = {
        "dossier": DossierRow,
        "payments": PaymentRow,
        "guidance": GuidanceRow,
        "wanted_papers": WantedRow,
        "told_by_the_portal": CopyRow,
    }
    for kind, row in (rows | dict(about._PARTS)).items():
        for column in row.__table__.columns:
            yield kind, column.key
    for typed in (Visit, PersonTyped, BehalfTyped, PaperBrought, FeeQuantity):
        for part in fields(typed):
            yield "visits", part.name


def without_words() -> set[str]:
    inside = {"person", "behalf", "owner", "declared", "papers", "quantities", "waiting"}
    return {
        name
        for kind, name in kept_names()
        if kind != "declared"  # told by the titles of its form
        and not {name, f"{kind}.{name}"} & (CAPTIONS.keys() | LEFT_OUT | inside)
    }


def words_of(record: KeptRecord) -> str:
    facts = kept_words.person_facts(record)
    return "\n".join(f"{line.label}: {line.value}" for line in facts.declared)


def test_everything_that_may_be_kept_has_a_name_on_the_paper() -> None:
    kinds = {kind for kind, _ in kept_names()}

    assert without_words() == set()
    assert kinds | {"told_to_the_portal", "who_saw_it"} <= KINDS.keys()


def test_a_column_without_a_name_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CAPTIONS, "phone")

    assert without_words() == {"phone"}


def test_a_dossier_and_guidance_are_told_whole_and_in_words(
    context: Context, clock: SetClock
) -> None:
    desk = Desk(context)
    desk.receive(asked(clock))
    walk_ins.guide(context, replace(asked(clock), papers=()), "Thiếu giấy chứng sinh")

    told = words_of(desk.data().read_person(NUMBER, identity_checked=True))

    for kept in ("Nguyễn Thị Mẫu", NUMBER.digits, "0912000001", "Thôn 1, xã Thử Nghiệm"):
        assert kept in told
    for word in ("Trạng thái: Được tiếp nhận", "việc: Tiếp nhận hồ sơ", "Lý do: Thiếu giấy"):
        assert word in told
    assert "dossier.received" not in told
    assert "2026-11-25" not in told


def test_a_visit_laid_aside_is_told(context: Context, clock: SetClock) -> None:
    desk = Desk(context)
    typed = PersonTyped(full_name="Người Đang Chờ", number=NUMBER.digits)
    desk.visits().keep(Visit(DossierId(uuid7()), clock(), typed))

    told = words_of(desk.data().read_person(NUMBER, identity_checked=True))

    assert "Lượt đến đang làm dở" in told
    assert f"Họ và tên: Người Đang Chờ\nSố định danh: {NUMBER.digits}" in told


def test_the_paper_is_written_as_a_pdf_that_only_this_account_reads(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    desk = Desk(context)
    other = person("Phan Văn Khác", OTHER)
    desk.receive(asked(clock))
    desk.receive(asked(clock, applicant=other))
    record = desk.data().read_person(NUMBER, identity_checked=True)
    job = desk.data().job(kept_words.person_facts(record))

    save_paper(job, tmp_path / "out.pdf")

    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    assert isinstance(job.paper, WordedPaper)
    assert (tmp_path / "out.pdf").stat().st_mode & 0o077 == 0
    assert "Nguyễn Thị Mẫu" in text
    assert "0912000001" in text
    assert "Phan Văn Khác" not in text
