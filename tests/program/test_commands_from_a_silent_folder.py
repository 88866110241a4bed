"""A file that a command is given lies in a folder that hangs: the command says so and ends."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

import main
from counter import errands
from counter.desk.opening import open_desk
from counter.errors import PlaceSilent
from counter.outside import read_outside, write_outside
from program import VERSION, rooms
from program.commands import update
from ui.command_line import parse

AWAY = 3

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a pipe is what does not answer here")


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose reader waits for a writer who never comes."""
    monkeypatch.setattr(errands, "FILE_S", 0.2)
    monkeypatch.setattr(update, "PATIENCE_S", 0.2)
    (tmp_path / "share").mkdir()
    os.mkfifo(tmp_path / "share" / "given.file")
    return tmp_path / "share" / "given.file"


def let_go(pipe: Path) -> None:
    """Let whoever waits at *pipe* read nothing and end."""
    waiting = [one for one in threading.enumerate() if one.name in {"outside", "update"}]
    os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    for one in waiting:
        one.join(20)


def kept_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "desk.lock")


@pytest.mark.parametrize(
    "words",
    [("trust", "import"), ("units", "import"), ("catalogue", "compare"), ("update",)],
    ids=" ".join,
)
def test_what_a_command_takes_in_is_not_waited_for_for_ever(
    words: tuple[str, ...], pipe: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    start = ["--data", str(tmp_path / "desk"), "--demo"]
    with open_desk(rooms.opening(parse(start, VERSION))):
        pass
    before = kept_in(tmp_path / "desk")
    capfdbinary.readouterr()

    code = main.main([*start, *words, str(pipe), "--json"])

    told: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
    let_go(pipe)
    assert (code, told["error"]["code"]) == (AWAY, "store.place_silent")
    assert str(pipe.parent) in told["error"]["message"]
    assert kept_in(tmp_path / "desk") == before


def test_a_folder_that_still_hangs_is_not_waited_for_again(pipe: Path) -> None:
    with pytest.raises(PlaceSilent):
        read_outside(pipe)
    threads = threading.active_count()

    with pytest.raises(PlaceSilent) as caught:
        write_outside(pipe.with_name("other.file"), b"words")

    again = threading.active_count()
    let_go(pipe)
    assert again == threads
    assert caught.value.fields == {"folder": str(pipe.parent)}
    write_outside(pipe.with_name("other.file"), b"words")
    assert read_outside(pipe.with_name("other.file")) == b"words"


def test_a_file_that_is_given_up_takes_no_place_when_its_folder_answers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "FILE_S", 0.2)
    place, answers, really = tmp_path / "book.xlsx", threading.Event(), os.open
    place.write_bytes(b"before")

    def hang(path: Any, *words: Any, **more: Any) -> int:
        answers.wait(20)
        return really(path, *words, **more)

    with monkeypatch.context() as at_work:
        at_work.setattr("counter.folder.os.open", hang)
        with pytest.raises(PlaceSilent):
            write_outside(place, b"after")
        (waiting,) = [one for one in threading.enumerate() if one.name == "outside"]
        answers.set()
        waiting.join(20)

    assert place.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]
