"""Answers of the first setting-up become a settings file, and are kept until then."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadSettings
from counter.folder import DataFolder
from counter.setting_up import (
    Answers,
    Found,
    Step,
    find_draft,
    forget_draft,
    keep_draft,
    look_at,
    make_passphrase,
    missing_from,
    mistakes_at,
    settings_of,
    settings_text,
)
from counter.settings import check_settings

WHOLE = Answers(
    agency_code="H55.242",
    office_name='Ủy ban nhân dân xã "Thử" Nghiệm',
    place="Thử Nghiệm",
    desk_id="H55.242-Q01",
    admin_name="Lý Thị Mẫu",
    admin_account="truong",
    portal_url="https://cong.example/motcua/v1",
    portal_pin=f"sha256/{'A' * 43}=",
    tickets_kind="escpos",
    tickets_name="tcp://192.0.2.7:9100",
    tickets_width="384",
    step=int(Step.TRIAL),
)


def test_answers_become_settings_the_desk_accepts() -> None:
    settings = settings_of(WHOLE)

    assert settings.office.name == WHOLE.office_name
    assert (settings.desk.id, settings.desk.officer_name) == ("H55.242-Q01", "Lý Thị Mẫu")
    assert settings.portal.pins == (WHOLE.portal_pin,)
    assert (settings.printers.tickets.kind, settings.printers.tickets.width_dots) == ("escpos", 384)
    assert settings.printers.receipts.kind == "tray"


@given(name=st.text(min_size=1, max_size=60))
def test_whatever_is_typed_ends_in_settings_or_in_a_named_mistake(name: str) -> None:
    text = settings_text(replace(WHOLE, office_name=name, place=name))

    assert outcome(text) in {"settings", "mistakes with keys"}


def outcome(text: str) -> str:
    try:
        settings = check_settings(text)
    except BadSettings as error:
        named = all(":" in mistake for mistake in error.mistakes)
        return "mistakes with keys" if named else "mistakes without"
    same = settings.office.name == settings.office.place
    return "settings" if same else "other settings"


@pytest.mark.parametrize(
    ("wrong", "step", "key"),
    [
        ({"agency_code": "xã thử"}, Step.OFFICE, "office.agency_code"),
        ({"office_name": " "}, Step.OFFICE, "office.name"),
        ({"desk_id": "quay 1"}, Step.DESK, "desk.id"),
        ({"admin_account": "ông trưởng"}, Step.PEOPLE, "desk.officer_id"),
        ({"portal_url": "http://cong.example"}, Step.PORTAL, "portal.url"),
        ({"portal_pin": "sha256/ngắn"}, Step.PORTAL, "portal.pins.1"),
        ({"tickets_width": "rộng"}, Step.DEVICES, "printers.tickets.width_dots"),
    ],
)
def test_a_mistake_is_said_on_its_own_page_and_on_no_earlier(
    wrong: dict[str, str], step: Step, key: str
) -> None:
    answers = replace(WHOLE, **wrong)  # type: ignore[arg-type]  # names of texts

    assert [line.split(":")[0] for line in mistakes_at(answers, step)] == [key]
    assert [mistakes_at(answers, before) for before in Step if before < step] == [()] * step


def test_what_was_answered_is_taken_up_again(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "desk")

    keep_draft(folder, WHOLE)

    assert find_draft(folder) == WHOLE
    assert stat.S_IMODE(folder.draft.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "told", ["", "{", "[]", '{"step": 99}', '{"step": "2"}', '{"colour": "x"}']
)
def test_a_draft_that_cannot_be_read_is_no_draft(tmp_path: Path, told: str) -> None:
    folder = DataFolder(tmp_path)
    folder.draft.write_text(told, encoding="utf-8")

    assert find_draft(folder) == Answers()


def test_a_folder_is_told_apart_by_what_lies_in_it(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    seen = [look_at(folder)]
    for path in (folder.key, folder.settings, folder.store):
        path.write_text("", encoding="ascii")
        seen.append(look_at(folder))
    folder.key.unlink()
    seen.append(look_at(folder))

    assert seen == [Found.NOTHING, Found.HALF, Found.DESK, Found.DESK, Found.HALF]
    assert missing_from(folder) == ("desk.key",)


def test_a_folder_that_is_being_set_up_is_not_yet_a_desk(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    keep_draft(folder, WHOLE)
    folder.settings.write_text(settings_text(WHOLE), encoding="utf-8")
    before = look_at(folder)

    forget_draft(folder)

    assert (before, look_at(folder)) == (Found.NOTHING, Found.DESK)


def test_a_made_passphrase_is_long_readable_and_never_the_same() -> None:
    made = {make_passphrase() for _ in range(50)}

    assert len(made) == 50
    assert all(len(one) == 24 and not set(one) & set("0O1lIo") for one in made)
