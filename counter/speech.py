"""What is to be said aloud, as names of clips that a person recorded; no sentence is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from counter.datafiles import checked, in_file, read_toml

CLIPS_FILE = "clips.toml"
LAST_COUNTER = 20
"""Counters up to this number have a clip of their own; higher ones are read digit by digit."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing to say from beginning to end.

    Attributes:
        clips: Names of the clips in their order; ``chime`` is the gong.
        language: Code of the clip pack, such as ``vi``.
    """

    clips: tuple[str, ...]
    language: str = "vi"


class Speaker(Protocol):
    """Says announcements one after the other; none is cut off by the next."""

    @property
    def trouble(self) -> bool:
        """Whether this computer cannot play sound."""

    def say(self, announcement: Announcement) -> None:
        """Say it after everything that still waits; returns at once."""

    def hush(self) -> None:
        """Drop what is being said and what waits: whoever listened has gone."""


@dataclass(frozen=True, slots=True)
class _Lists:
    packs: dict[str, dict[str, str]]


def load_clip_texts(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Read what is spoken in each clip, by language and name: the list for whoever records.

    Raises:
        BadData: The file cannot be read or has mistakes, each named.
    """
    tree = {"packs": read_toml(folder / CLIPS_FILE)}
    return checked(_Lists, tree, in_file(CLIPS_FILE)).packs


def number_clips(number: str) -> tuple[str, ...]:
    """Return the clips of a ticket's number, sign by sign: ``C012`` is C, 0, 1, 2."""
    return tuple(f"sign.{sign}" for sign in number.upper() if sign.isascii() and sign.isalnum())


def call_clips(number: str, counter: str) -> tuple[str, ...]:
    """Return the clips that call *number* to *counter*, gong first.

    A counter whose name holds no number is not read: the board shows it.
    """
    digits = "".join(sign for sign in counter if sign.isascii() and sign.isdigit())
    where: tuple[str, ...] = ("call.board",)
    if digits and 1 <= int(digits) <= LAST_COUNTER:
        where = ("call.counter", f"number.{int(digits)}")
    elif digits:
        where = ("call.counter", *number_clips(digits))
    return ("chime", "call.number", *number_clips(number), *where)
