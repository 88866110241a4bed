"""Every error the desk knows has its Vietnamese sentence in ui/texts.py, and nothing else has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from counter.errors import DeskError
from ui.texts import ERRORS


def codes(family: type[DeskError] = DeskError) -> Iterator[str]:
    """Yield the code of every error class."""
    for kind in family.__subclasses__():
        if "code" in vars(kind):
            yield kind.code
        yield from codes(kind)


def test_every_error_has_a_sentence_and_no_other() -> None:
    assert sorted(ERRORS) == sorted(codes())


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_a_sentence_says_what_happened_and_what_to_do(code: str) -> None:
    said = ERRORS[code]

    assert said.what.endswith((".", "!", ":", "}"))
    assert said.advice.endswith(".")
    assert all(unicodedata.is_normalized("NFC", words) for words in (said.what, said.advice))
