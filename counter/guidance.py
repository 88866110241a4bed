"""Guidance for a person whose papers are missing: given with a number, reopened by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.ports import PrintJob
    from counter.procedures import Procedure
    from counter.visits import Visit


@dataclass(frozen=True, slots=True)
class Guided:
    """Guidance that is on disk: its number, and form 02 to print now."""

    number: str
    jobs: tuple[PrintJob, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """What was typed when guidance was given; who comes is identified anew."""

    number: str
    procedure: Procedure
    visit: Visit = field(repr=False)
