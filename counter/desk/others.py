"""What a citizen is handed about their dossiers names other people, and not their numbers."""

from __future__ import annotations

import re
from typing import Any

from counter.disputes import masked
from counter.store.whose import Whose

_SPACED = r"\d{3}(?:[ .]?\d{3}){3}"
"""Twelve digits, as somebody types them who puts them in groups of three."""

IDENTITY = re.compile(rf"(?<![\w-]){_SPACED}(?!\w)")
"""An identity number; not the end of a UUID."""

ANY = re.compile(
    rf"(?<![\w-])(?:[A-Z]{{1,2}}\d{{6,9}}|\d{{9,12}}|{_SPACED}|(?:84|0)(?:[ .]?\d){{8,10}})(?!\w)"
)
"""What can be an identity number, an older one of nine digits, a passport's or a telephone."""

_PERSON = frozenset({"dossiers", "people"})
"""Rows about one person."""

_PARCEL = "return_wish"
"""Where a parcel goes; whoever gets it for the citizen is named there with a telephone."""


def hide_others(told: Any, citizen: Whose, kind: str = "") -> Any:
    """Return *told* with the middle of every number hidden that is not the citizen's.

    In a row about another person, and in what hangs on another's dossier, every long number is;
    elsewhere identity numbers are, and a telephone stays, which may be the citizen's own.

    Args:
        told: Rows by name, as ``counter.store.about`` reads them; lists of rows lie within.
        kind: The name *told* stands under.
    """
    return _hidden(told, citizen, kind, is_other=False)


def _hidden(told: Any, citizen: Whose, kind: str, *, is_other: bool) -> Any:
    match told:
        case dict():
            is_other = not citizen.owns(kind, told) if kind in _PERSON else is_other
            is_other = is_other or (kind == _PARCEL and bool(told.get("receiver")))
            return {
                name: _hidden(value, citizen, name, is_other=is_other)
                for name, value in told.items()
            }
        case list():
            return [_hidden(one, citizen, kind, is_other=is_other) for one in told]
        case str():
            return (ANY if is_other else IDENTITY).sub(
                lambda found: _unless_own(found[0], citizen), told
            )
    return told


def _unless_own(found: str, citizen: Whose) -> str:
    number = re.sub("[ .]", "", found)
    return found if number == citizen.own_number else _masked(number)


def _masked(number: str) -> str:
    """Hide the middle of a number; a passport's is shorter than the others."""
    return masked(number) if number.isdigit() else f"{number[:2]}••••{number[-3:]}"
