"""A number need not stand on the command line, where other accounts of the computer read it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from counter.cards import Can
from counter.citizen_data import Named, OfDossier
from counter.errors import BadDate, NotTold, SecretSeen
from counter.values import CitizenNumber, PartialDate
from program import VERSION
from program.commands.person import whose
from program.commands.read_card import card_at_hand
from ui.command_line import parse

NUMBER = "001199012345"


def file_of(tmp_path: Path, text: str, mode: int = 0o600) -> str:
    path = tmp_path / "number"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return f"@{path}"


def person_of(*words: str) -> object:
    return whose(parse(["person", *words, "--output", "p.json"], VERSION))


def test_a_number_is_taken_as_it_was_typed() -> None:
    assert person_of("--id", NUMBER) == CitizenNumber(NUMBER)


def test_a_number_is_read_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    kept = file_of(tmp_path, f"{NUMBER}\nghi chú\n")

    assert person_of("--id", kept) == CitizenNumber(NUMBER)


def test_a_number_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))

    assert person_of("--id", "-") == CitizenNumber(NUMBER)


def test_a_card_is_opened_by_what_stands_in_a_file(tmp_path: Path) -> None:
    kept = file_of(tmp_path, "012345\n")

    _readers, secrets = card_at_hand(parse(["--demo", "read-card", "--can", kept], VERSION))

    assert secrets.can == Can("012345")


def test_somebody_without_a_number_is_named_by_dossier_or_by_name_and_day(tmp_path: Path) -> None:
    kept = file_of(tmp_path, "Sùng Thị Mẩy, 3/1947\n")

    assert person_of("--dossier", "h55.242-261125-0001") == OfDossier("H55.242-261125-0001")
    assert person_of("--named", kept) == Named("Sùng Thị Mẩy", PartialDate(1947, 3))
    with pytest.raises(BadDate):
        person_of("--named", "Sùng Thị Mẩy")


@pytest.mark.skipif(os.name != "posix", reason="Windows tells no such thing of a file")
def test_a_file_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    kept = file_of(tmp_path, NUMBER, mode=0o644)

    with pytest.raises(SecretSeen):
        person_of("--id", kept)


@pytest.mark.parametrize("text", ["", "\n001199012345\n"])
def test_an_empty_first_line_and_an_absent_file_are_told(tmp_path: Path, text: str) -> None:
    kept = file_of(tmp_path, text)

    with pytest.raises(NotTold):
        person_of("--id", kept)
    with pytest.raises(NotTold):
        person_of("--id", f"@{tmp_path / 'absent'}")
