"""What an item of the portal's catalogues must say, as far as this desk reads it.

The items are kept whole and read later, when a dossier is received or the program starts; what
could not be read then must not come in. Names are the contract's own (version 1.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from counter.errors import PortalSilent
from sync.contract import Part, places_of


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


Text = Annotated[str, Field(strict=True, max_length=2000)]
Day = Annotated[
    str, Field(strict=True, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)
]


class Listed(Part):
    """What every item of a catalogue may say: the days between which it holds."""

    effective_from: Day | None = None
    effective_to: Day | None = None


class ListedProcedure(Listed):
    """``Procedure``; the rest of it is read when somebody compares it."""

    code: Text


class ListedAgency(Listed):
    """``Agency``."""

    code: Text
    name: Text
    parent_code: Text | None = None


class ListedUnit(Listed):
    """``AdminUnit``; a commune belongs to a province."""

    code: Text
    name: Text
    full_name: Text
    level: Text
    parent_code: Text | None = None

    @model_validator(mode="after")
    def _has_its_province(self) -> Self:
        if self.level == "commune" and not self.parent_code:
            raise ValueError("a commune names no province")
        return self


class ListedDay(Listed):
    """``CalendarDay``."""

    date: Day
    kind: Text
    status: Text | None = None


class ListedForm(Listed):
    """``Form``; a form without a first day could be in force before there was any."""

    form_set: Text
    number: Text
    title: Text
    legal_basis: Text
    page: Text | None = None
    effective_from: Day


class ListedFee(Listed):
    """``Fee``; the rest of it is read when somebody compares it."""

    fee_code: Text
    procedure_code: Text | None = None


_LISTED: dict[str, type[Listed]] = {
    "procedures": ListedProcedure,
    "agencies": ListedAgency,
    "units": ListedUnit,
    "calendar": ListedDay,
    "forms": ListedForm,
    "fees": ListedFee,
}


def must_fit(catalogue: str, items: Sequence[object]) -> None:
    """Let nothing in of which the desk could not read later what it needs.

    Raises:
        PortalSilent: An item does not fit; nothing of the catalogue is kept, and it is asked again.
    """
    shape = _LISTED[catalogue]
    try:
        for item in items:
            shape.model_validate(item)
    except ValidationError as error:
        raise PortalSilent(f"catalogue {catalogue}: {places_of(error)}") from None
