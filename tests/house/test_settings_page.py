"""Every key of the settings stands in docs/settings.md with type and default, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from counter.settings import Settings, check_settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
TYPE_WORDS = {str: "chữ", int: "số nguyên", float: "số", bool: "`true` hoặc `false`"}


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield key, type and default of everything in *model*, in the page's words."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from keys(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", type_words(kind), default_words(field.default)


def type_words(kind: object) -> str:
    """Return how the page names a type."""
    if get_origin(kind) is Literal:
        return "một trong: " + ", ".join(f"`{choice}`" for choice in get_args(kind))
    if get_origin(kind) is tuple:
        return "danh sách chữ"
    assert isinstance(kind, type)
    return TYPE_WORDS[kind]


def default_words(default: object) -> str:
    """Return how the page writes a default."""
    if default is PydanticUndefined:
        return "bắt buộc"
    return f"`{default}`" if default not in ("", ()) else "trống"


def rows() -> list[tuple[str, ...]]:
    """Return key, type, default and meaning of every row of the page."""
    table = re.findall(
        r"^\| `([a-z_]+\.[a-z_.]+)` \| (.+?) \| (.+?) \| (.+?) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return [tuple(row) for row in table]


def test_the_page_describes_every_setting_and_no_other() -> None:
    assert [row[:3] for row in rows()] == list(keys(Settings))


def test_every_setting_has_a_meaning() -> None:
    assert all(len(row[3]) > 5 for row in rows())


@pytest.mark.parametrize("document", ["docs/settings.md", "README.md"])
def test_the_sample_files_are_settings_the_desk_accepts(document: str) -> None:
    text = (PAGE.parent.parent / document).read_text(encoding="utf-8")
    samples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)

    names = [check_settings(sample).office.name for sample in samples]

    assert len(names) > 0
