"""What an act did, as history and portal are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter.errors import LeaderNeeded, ReasonNeeded, ReasonShort

if TYPE_CHECKING:
    from counter.acts import Leader

SHORTEST_REASON = 3
"""Letters; the portal voids no receipt for less."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an act did: an event of the history, and a kind of event in the portal's words.

    Attributes:
        told: What the portal reads where the history keeps less, for it never shows numbers whole.
    """

    event: str
    kind: str
    text: str = ""
    form: str | None = None
    number: str = ""
    parts: Mapping[str, object] = field(default_factory=dict)
    told: str = field(default="", repr=False)


def reason_of(text: str) -> str:
    """Return a reason in one line.

    Raises:
        ReasonNeeded: There is none.
    """
    text = " ".join(text.split())
    if not text:
        raise ReasonNeeded
    return text


def long_reason_of(text: str) -> str:
    """Return a reason that the books and the portal keep of money: three letters at least.

    Raises:
        ReasonNeeded: There is none.
        ReasonShort: It says too little.
    """
    reason = reason_of(text)
    if len(reason) < SHORTEST_REASON:
        raise ReasonShort
    return reason


def name_of(leader: Leader) -> str:
    """Return who decided.

    Raises:
        LeaderNeeded: Nobody is named.
    """
    name = " ".join(leader.name.split())
    if not name:
        raise LeaderNeeded
    return name
