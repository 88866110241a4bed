"""docs/glossary.md gives one English word to one Vietnamese thing, and the code keeps to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.trees import nodes

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("counter", "devices", "sync", "ui")
SAID_BY_THE_LAW = {"charge"}  # the law tells charges from fees; the catalogue names both


def rows() -> list[list[str]]:
    """Return English, Vietnamese, meaning and refused words of every row."""
    page = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if re.match(r"\| (?!English)[a-z]", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names() -> Iterator[tuple[str, str]]:
    """Yield file and every name that the program gives to something."""
    for path in (path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))):
        for node in nodes(path):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                    yield path.name, name
                case ast.Name(id=name, ctx=ast.Store()):
                    yield path.name, name
                case _:
                    continue


def words(name: str) -> str:
    """Return a name as small words with an underscore around each."""
    return f"_{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower().strip('_')}_"


def test_one_word_stands_for_one_thing_in_both_languages() -> None:
    english = [row[0] for row in rows()]
    vietnamese = [row[1] for row in rows()]

    assert len(english) == len(set(english))
    assert len(vietnamese) == len(set(vietnamese))
    assert all(len(row) == 4 and row[2] for row in rows())


def test_no_name_in_the_program_uses_a_refused_word() -> None:
    refused = [word.strip() for row in rows() for word in row[3].split(",") if word.strip()]

    found = [
        f"{file}: {name}" for file, name in names() for word in refused if f"_{word}" in words(name)
    ]

    assert found == []


def test_every_word_of_the_glossary_is_a_word_of_the_program() -> None:
    spoken = " ".join(words(name) for _, name in names())

    unused = {row[0] for row in rows() if row[0].replace(" ", "_") not in spoken}

    assert unused <= SAID_BY_THE_LAW
