"""The doctor is asked most of all when the desk does not open, and answers then too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import main
from counter.desk.opening import open_desk
from program import VERSION, rooms
from ui.command_line import parse

DOES_NOT_HOLD = 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a training desk that was set up."""
    root = tmp_path / "desk"
    with open_desk(rooms.opening(parse(["--data", str(root), "--demo"], VERSION))):
        return root


def doctor(folder: Path, captured: pytest.CaptureFixture[bytes]) -> tuple[int, dict[str, Any]]:
    code = main.main(["--demo", "--data", str(folder), "doctor", "--json"])
    told = json.loads(captured.readouterr().out)
    assert told["ok"] is False
    return code, {check["name"]: check for check in told["checks"]}


def test_a_damaged_desk_is_one_line_beside_the_others(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    database = bytearray((folder / "desk.db").read_bytes())
    for place in range(8192, len(database), 4096):  # a spoilt first page looks like a wrong key
        database[place + 2048] ^= 1
    (folder / "desk.db").write_bytes(database)

    code, found = doctor(folder, capfdbinary)

    assert code == DOES_NOT_HOLD
    assert found["database"]["state"] == "failed"
    assert "hỏng" in found["database"]["message"]
    assert {found[name]["state"] for name in ("reader", "disk", "fonts")} == {"ok"}


def test_a_folder_that_cannot_be_written_is_one_line_beside_the_others(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "desk.lock").unlink(missing_ok=True)
    (folder / "desk.lock").mkdir()  # refuses whoever runs this, the administrator too

    code, found = doctor(folder, capfdbinary)

    assert code == DOES_NOT_HOLD
    assert found["disk"]["state"] == "failed"
    assert "Không ghi được" in found["disk"]["message"]
    assert {found[name]["state"] for name in ("reader", "fonts")} == {"ok"}
