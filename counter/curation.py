"""What is asked of the catalogue page, and what is answered: versions, proposals and their parts.

Who curates changes nothing that was: an edit is a new version with the day it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    from counter.editions import Origin
    from counter.ports import PrintJob
    from counter.procedures import Procedure


class Part(StrEnum):
    """One part of a procedure that can be taken over by itself."""

    NAME = "name"
    PAPERS = "papers"
    TERM = "term"
    FEES = "fees"
    RESULTS = "results"
    AGENCY = "agency"
    LEGAL_BASIS = "legal_basis"
    NOTES = "notes"


class Doubt(StrEnum):
    """What an official catalogue leaves open, so that somebody must look."""

    NOTES_LEFT_OUT = "notes_left_out"
    """Lines that are notes and no papers were left out of the checklist."""
    NO_COUNTS = "no_counts"
    """It says of no paper how many are wanted."""
    LONG_NAMES = "long_names"
    """Names were too long for a receipt and were shortened."""
    CODE_TWICE = "code_twice"
    """Two papers have one code; the second was taken without."""
    SEVERAL_CASES = "several_cases"
    """Papers of one case only are demanded in that case only."""
    TIMES_DIFFER = "times_differ"
    """Its channels or cases give different times."""
    NO_TIME = "no_time"
    """It gives no time that can be counted."""
    FEE_UNKNOWN = "fee_unknown"
    """A fee stands as 0 without saying that it is free: the rate is not known."""


PARTS: dict[Part, tuple[str, ...]] = {
    Part.NAME: ("name", "short_name"),
    Part.PAPERS: ("papers",),
    Part.TERM: ("term", "cases"),
    Part.FEES: ("fees",),
    Part.RESULTS: ("results",),
    Part.AGENCY: ("agency", "agency_code", "level", "owner", "system"),
    Part.LEGAL_BASIS: ("legal_basis",),
    Part.NOTES: ("notes",),
}
"""Which attributes of a procedure make each part."""


def changed_parts(before: Procedure, after: Procedure) -> tuple[Part, ...]:
    """Return the parts in which two versions differ."""
    return tuple(
        part
        for part, names in PARTS.items()
        if any(getattr(before, name) != getattr(after, name) for name in names)
    )


def with_parts(before: Procedure, after: Procedure, parts: tuple[Part, ...]) -> Procedure:
    """Return *before* with those *parts* of *after*."""
    taken = {name: getattr(after, name) for part in parts for name in PARTS[part]}
    return replace(before, **taken)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a procedure as the catalogue page shows it.

    Attributes:
        batch: Names what can be undone; None for what ships with the program.
        published_at: When the notice was put up; None when it was not.
        used: How many dossiers were received under it.
    """

    procedure: Procedure
    origin: Origin
    batch: UUID | None
    kept_at: datetime | None
    published_at: datetime | None
    used: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One procedure in the list: the version in force, or the next one to come.

    Attributes:
        versions: How many versions there are.
        is_published: The version shown was put up for everybody to read.
    """

    procedure: Procedure
    versions: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an official catalogue says of one procedure, beside what stands here.

    Attributes:
        current: None when the procedure is new to this office.
        parts: The parts that differ; of a new procedure all.
        sure: Those of them that leave no doubt.
    """

    current: Procedure | None
    proposed: Procedure
    origin: Origin
    parts: tuple[Part, ...]
    sure: tuple[Part, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a file or the portal proposes.

    Attributes:
        same: How many procedures stand here just so.
        unplaced: Codes whose field this office has no service for.
    """

    offered: tuple[Proposal, ...]
    same: int
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One proposal the office accepts, in these parts."""

    proposal: Proposal
    parts: tuple[Part, ...]


class CurationWork(Protocol):
    """The catalogue as the office keeps it. Runs on the ``counter`` thread."""

    def search(self, text: str) -> tuple[Listed, ...]:
        """Return what *text* finds, best first; everything for an empty text."""

    def versions(self, code: str) -> tuple[Version, ...]:
        """Return every version of a procedure, the newest first."""

    def curate(self, edited: Procedure, begins: date) -> Version:
        """Keep *edited* as a new version from that day on."""

    def propose(self, path: Path) -> Proposals:
        """Read an official catalogue and say where it differs; nothing is changed."""

    def propose_told(self) -> Proposals:
        """Say where the portal's catalogue, as last fetched, differs; nothing is changed."""

    def accept(self, taken: tuple[Taken, ...], begins: date) -> int:
        """Keep what was accepted as new versions, all or none; return how many."""

    def undo(self, batch: UUID) -> int:
        """Take back what was kept together; return how many versions."""

    def print_list(self, text: str) -> PrintJob:
        """Return the list of what *text* finds as a paper; everything for an empty text."""

    def publish(self, code: str, revision: str) -> PrintJob:
        """Note that a version is put up for everybody to read, and return its notice."""
