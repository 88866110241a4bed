"""Every error the desk knows is explained in docs/errors.md, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.errors import DeskError

HOUSE = Path(__file__).resolve().parents[2]
QUESTIONS = ("Nghĩa là gì", "Nên làm gì", "Gọi ai")


def kinds(family: type[DeskError]) -> Iterator[type[DeskError]]:
    """Yield every error class below *family*."""
    for kind in family.__subclasses__():
        yield kind
        yield from kinds(kind)


def entries() -> dict[str, str]:
    """Return the text of each entry of the page by its code."""
    page = (HOUSE / "docs" / "errors.md").read_text(encoding="utf-8")
    parts = re.split(r"^### `([a-z_.]+)`\n", page, flags=re.MULTILINE)[1:]
    assert len(parts[::2]) == len(set(parts[::2])), "a code is explained twice"
    return dict(zip(parts[::2], parts[1::2], strict=True))


CODES = sorted(kind.code for kind in kinds(DeskError) if "code" in vars(kind))


def test_every_error_the_desk_knows_is_explained_and_no_other() -> None:
    assert sorted(entries()) == CODES


def test_no_two_errors_share_a_code() -> None:
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize("code", CODES)
def test_an_entry_says_what_it_means_what_to_do_and_whom_to_call(code: str) -> None:
    entry = entries()[code]

    answers = [
        re.search(rf"^- {question}: (\S.+[.])$", entry, re.MULTILINE) for question in QUESTIONS
    ]

    assert all(answers)
