"""A message that waits for an officer: what it says, what the portal has, and what was chosen.

The two versions are compared field by field. A field is named by its JSON pointer; words for
people are in ``ui/``. Numbers that name a person are masked before they leave the desk's room.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from counter.values import CLOCK_WRONG_S
from counter.work import SyncStanding

STATUS = "/status"
"""Stands for what an event does: it is done as a whole or not at all."""

_PARTED = frozenset({"owner"})
"""Parts of a dossier that are compared piece by piece; the others as a whole."""

_NUMBER = re.compile(r"\d{9,12}")


NAME = "/owner/full_name"
TYPED = frozenset({NAME, "/owner/phone", "/owner/email", "/subject", "/note", "/text"})
"""Where an officer may type other words; codes, days and proven numbers are none of them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field.

    Attributes:
        pointer: Where it stands in the message, such as ``/owner/phone``.
        ours: What this desk says; empty when it says nothing.
        theirs: What the portal has.
        differs: The two are not the same, so an officer may choose.
        reason: Why the portal does not take it, in its words; empty when it does.
        typed: What an officer may type anew in a refused message; None where that cannot be.
    """

    pointer: str
    ours: str = field(repr=False)
    theirs: str = field(repr=False)
    differs: bool
    reason: str = ""
    typed: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message with everything known of it.

    Attributes:
        event: Kind of the event it tells of, empty for the dossier itself.
        trouble: The portal's reason, as JSON text.
        later: How many messages of the same dossier wait behind it.
        skew_s: How many seconds the portal's clock was ahead of this one when it was written; None
            when the portal had not answered since the program started.
    """

    key: UUID
    dossier_code: str
    kind: str
    event: str
    written_at: datetime
    standing: SyncStanding
    attempts: int
    next_at: datetime | None
    trouble: str | None
    differences: tuple[Difference, ...]
    later: int
    skew_s: float | None = None

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the clocks were so far apart that its time is to be doubted."""
        return self.skew_s is not None and abs(self.skew_s) > CLOCK_WRONG_S


def parts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dossier's content by pointer."""
    parts: dict[str, Any] = {}
    for name, value in content.items():
        if name in _PARTED and isinstance(value, dict):
            parts |= {f"/{name}/{inner}": part for inner, part in value.items()}
        else:
            parts[f"/{name}"] = value
    return parts


def typed_of(message: Mapping[str, Any], pointer: str) -> str | None:
    """Return the words of *message* at *pointer* where an officer may type others."""
    return str(parts_of(message).get(pointer) or "") if pointer in TYPED else None


def reworded(message: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """Return *message* with other *words* at their pointers; empty ones say nothing."""
    found: dict[str, Any] = json.loads(json.dumps(message))
    for pointer, said in words.items():
        *above, name = pointer.split("/")[1:]
        place = found
        for step in above:
            place = place[step]
        place[name] = said or None
    return found


def merged(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], keep: frozenset[str]
) -> dict[str, Any]:
    """Return *theirs* with the fields of *keep* as they are in *ours*."""
    found: dict[str, Any] = json.loads(json.dumps(theirs))
    for pointer, value in parts_of(ours).items():
        if pointer in keep:
            *above, name = pointer.split("/")[1:]
            place = found
            for step in above:
                place = place.setdefault(step, {})
            place[name] = value
    return found


def words_of(value: object) -> str:
    """Return a field's value for an officer to read, numbers of people masked."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(words_of(part) for part in value)
    if isinstance(value, dict):
        named = value.get("name") or value.get("detail") or value.get("full_name")
        told = named or ", ".join(words_of(part) for part in value.values() if part is not None)
        return masked(str(told))
    return masked(str(value))


def masked(text: str) -> str:
    """Return *text* with the middle of every long number hidden."""
    return _NUMBER.sub(lambda found: f"{found[0][:3]}••••••{found[0][-3:]}", text)


def reasons_in(trouble: str | None) -> dict[str, str]:
    """Return the portal's reason by pointer, from its trouble as JSON text."""
    told = trouble_of(trouble)
    errors = told.get("errors")
    return {
        str(error.get("pointer", "")): str(error.get("message") or error.get("code") or "")
        for error in (errors if isinstance(errors, list) else [])
        if isinstance(error, dict)
    }


def trouble_of(trouble: str | None) -> dict[str, Any]:
    """Return the portal's trouble parsed; empty when it is none."""
    try:
        told = json.loads(trouble or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
