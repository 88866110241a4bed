"""What the list of procedures says, as it is put up in the hall or carried to a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from counter.papers.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One procedure of the list.

    Attributes:
        time_limit: In words; ``fees`` too, one after the other.
        online: How far it can be done online, in words.
    """

    code: str
    name: str
    field: str
    time_limit: str
    fees: str
    online: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFacts:
    """The procedures in force on the paper's day.

    Attributes:
        narrowed: The words the list was narrowed by; empty for all procedures.
        count: How many procedures are listed.
    """

    form: ClassVar[Form] = Form.CATALOGUE
    narrowed: str = ""
    count: int
    procedures: tuple[ListedLine, ...]
    web: str = ""
