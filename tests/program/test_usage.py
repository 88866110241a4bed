"""What is typed wrongly, or names a place that is not there, is told like every other error."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import main

USAGE = 2
WRONG = {
    "fly": "LỆNH không nhận 'fly'",
    "rehearse": "còn thiếu --dossiers",
    "rehearse --dossiers 0": "--dossiers: cần một số nguyên từ 1",
    "rehearse --dossiers x": "--dossiers: cần một số nguyên từ 1",
    "rehearse --dossiers 1 --attachments 21": "--attachments: cần một số nguyên từ 0 đến 20",
    "sync --once --until-idle": "--until-idle không đi cùng --once",
    "sync --timeout soon": "--timeout không nhận 'soon'",
    "verify --bogus": "không có mục --bogus",
    "verify --seal": "--seal cần một giá trị",
    "verify --seal 12": "--seal: cần số việc, một dấu cách, rồi 64 chữ số hệ 16",
    "export register --from 30/11/2026": "--from: cần một ngày viết như 2026-11-25",
    "export register --from 2026-02-30": "--from: cần một ngày viết như 2026-11-25",
    "catalogue import x --begins 20261125": "--begins: cần một ngày viết như 2026-11-25",
    "person --output x": "cần một trong các mục --id --dossier --named",
    "show": "còn thiếu MÃ",
    "show \udcff --bogus": "không có mục --bogus",
    "\udcff": "LỆNH không nhận '\\udcff'",
}
WORDS_OF_ARGPARSE = re.compile(r"argument|required|invalid|expected|allowed|choose|recogni")


@pytest.mark.parametrize(("typed", "mistake"), WRONG.items())
def test_wrong_usage_is_one_object_in_vietnamese(
    typed: str, mistake: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = main.main([*typed.split(), "--json"])

    told = json.loads(capfdbinary.readouterr().out)["error"]
    assert (code, told["code"]) == (USAGE, "usage.bad")
    assert told["message"].startswith(f"Lệnh gõ chưa đúng: {mistake}")
    assert not WORDS_OF_ARGPARSE.search(told["message"])


def test_a_person_is_shown_how_the_command_is_written(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    code = main.main(["rehearse"])

    out, said = capfdbinary.readouterr()
    assert (code, out) == (USAGE, b"")
    assert said.decode().startswith("usage: main.py rehearse")


NOWHERE = ("backup {}", "restore {}")


@pytest.mark.parametrize("command", NOWHERE)
def test_a_place_that_is_not_there_is_not_blamed_on_the_data_folder(
    command: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    absent = str(tmp_path / "absent" / "file")
    words = [absent if word == "{}" else word for word in command.split()]

    code = main.main(["--demo", "--data", str(tmp_path / "desk"), *words, "--json"])

    told: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
    assert (code, told["error"]["code"]) == (USAGE, "place.missing")
