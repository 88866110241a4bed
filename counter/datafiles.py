"""The office's own data in TOML, checked whole against the value it becomes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from counter.errors import BadData
from counter.values import nfc

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
TOO_DEEP = "các dấu ngoặc lồng nhau quá sâu"
Place = tuple[str | int, ...]
"""A path of keys and positions in a file's tree."""


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tree of the file at *path*, every text in it composed (NFC).

    Raises:
        BadData: It cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(nfc(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        raise BadData((f"{path.name}: không đọc được tệp",)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadData((f"{path.name}: không đúng cú pháp TOML ({error})",)) from error
    except RecursionError as error:
        raise BadData((f"{path.name}: {TOO_DEEP}",)) from error


def checked(kind: type[T], tree: object, name: Callable[[Place], str]) -> T:
    """Return *tree* as a *kind*, a dataclass of dataclasses; keys it does not know are mistakes.

    Args:
        name: Says in words where in the file a place is.

    Raises:
        BadData: It has mistakes, all of them told.
    """
    from pydantic import ValidationError

    from counter.mistakes import mistakes

    try:
        # JSON, so that strict types still take a list for a tuple and a text for a day
        checker = _checker(kind)  # type: ignore[arg-type]  # classes are hashable
        value: T = checker.validate_json(json.dumps([tree], default=str))[0]
    except ValidationError as error:
        raise BadData(mistakes(error, lambda place: name(place[1:]))) from error
    return value


def foreign(kind: type[T], tree: object) -> T:
    """Return *tree*, JSON of another system, as a *kind*; what we do not know is passed over.

    Raises:
        BadData: What we need is not there, or is something else.
    """
    from pydantic import ConfigDict, TypeAdapter, ValidationError

    from counter.mistakes import mistakes

    # the list carries the settings to the dataclass and to those inside it
    checker: TypeAdapter[list[T]] = TypeAdapter(list[kind], config=ConfigDict(extra="ignore"))  # type: ignore[valid-type]  # a class known at run time
    try:
        return checker.validate_python([tree])[0]
    except ValidationError as error:
        raise BadData(mistakes(error, lambda place: dotted(place[1:]))) from error


def dotted(place: Place) -> str:
    """Return *place* as keys joined by dots, lists counted from 1; empty for the whole file."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)


def in_file(file: str) -> Callable[[Place], str]:
    """Return what names a place in *file*: its name, then the keys."""
    return lambda place: f"{file}: {dotted(place)}".removesuffix(": ")


@cache
def _checker(kind: Any) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    # the list carries the settings to the dataclass and to those inside it
    return TypeAdapter(list[kind], config=ConfigDict(extra="forbid", strict=True))
