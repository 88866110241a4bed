"""The office's own versions of procedures, laid over those that ship with the program.

An edition begins on a day and ends the version before it; that one stays, so that a dossier
received under it is finished under it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from counter.datafiles import checked, dotted
from counter.procedures import Catalogue, Procedure


class Origin(StrEnum):
    """Where a version comes from."""

    SHIPPED = "shipped"
    OFFICE = "office"
    NATIONAL = "national"
    PORTAL = "portal"


_MARKS = {Origin.OFFICE: "xa", Origin.NATIONAL: "qg", Origin.PORTAL: "tinh"}


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a procedure that this office keeps.

    Attributes:
        batch: What was accepted together, and is undone together.
    """

    id: UUID
    batch: UUID
    origin: Origin
    kept_at: datetime
    officer: str
    procedure: Procedure


def written_out(procedure: Procedure) -> str:
    """Return *procedure* as JSON text."""
    return json.dumps(asdict(procedure), ensure_ascii=False, sort_keys=True, default=str)


def read_back(text: str) -> Procedure:
    """Return the procedure that ``written_out`` wrote.

    Raises:
        BadData: It is none, or breaks a rule that versions must keep.
    """
    return checked(Procedure, json.loads(text), dotted)


def laid_over(shipped: Catalogue, editions: Iterable[Edition]) -> Catalogue:
    """Return the catalogue with *editions* in it; each ends what was in force before it."""
    versions: dict[str, dict[date, Procedure]] = defaultdict(dict)
    for procedure in (*shipped.procedures, *(edition.procedure for edition in editions)):
        versions[procedure.code][procedure.effective_from] = procedure
    laid: list[Procedure] = []
    for of_code in versions.values():
        by_day = [of_code[day] for day in sorted(of_code)]
        for earlier, later in pairwise(by_day):
            last = later.effective_from - timedelta(days=1)
            ended = earlier.effective_to
            laid.append(replace(earlier, effective_to=last if ended is None else min(ended, last)))
        laid.append(by_day[-1])
    return Catalogue(laid, shipped.commonest)


def new_revision(origin: Origin, begins: date, taken: Iterable[str]) -> str:
    """Return a name for a version that no other version of the procedure has."""
    used, number = set(taken), 1
    while (name := f"{_MARKS[origin]}-{begins.isoformat()}.{number}") in used:
        number += 1
    return name
