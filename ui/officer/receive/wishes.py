"""What the page wants to know of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.procedures import Procedure
    from counter.work import FeeQuantity, PaperBrought


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """What the desk needs to say fee, due date and missing papers.

    Attributes:
        procedure: The version that is shown.
    """

    procedure: Procedure
    papers: tuple[PaperBrought, ...]
    quantities: tuple[FeeQuantity, ...]
