"""Which rows are one citizen's: told by number, else by another paper, else by name and birth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self, assert_never

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from counter.citizen_data import Citizen, Named, OfDossier
from counter.errors import BadDate, OrganisationsDossier, SeveralPeople
from counter.parties import Document
from counter.store import parties
from counter.store.dossiers import get_by_code
from counter.store.tables import DossierRow, PartyRow
from counter.values import CitizenNumber, PartialDate, fold
from counter.work import Applicant

_NUMBERS = ("number", "id_number", "document", "document_number")
_BIRTHS = ("birth_date", "date_of_birth")


@dataclass(frozen=True, slots=True)
class Whose:
    """One citizen, by the first of number, other paper, and name with birth that is known.

    Attributes:
        born: ISO, empty where not even the year is known; the name alone then tells nobody
            apart, so that only ``dossier`` is this citizen's.
        dossier: The row of the dossier the citizen was found by.
    """

    number: str = field(default="", repr=False)
    document: Document | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    born: str = field(default="", repr=False)
    dossier: int | None = None

    @classmethod
    def of(cls, person: Applicant, dossier: int | None = None) -> Self:
        """Say how this person is told apart from others."""
        born = person.birth_date.iso if person.birth_date else ""
        if person.number is not None:
            return cls(number=person.number.digits)
        if person.document is not None:
            return cls(document=person.document)
        return cls(name=person.full_name, born=born, dossier=None if born else dossier)

    @property
    def words(self) -> str:
        """What names the citizen: the number, another paper's, or name and birth."""
        if self.number:
            return self.number
        if self.document is not None:
            return self.document.number
        born = PartialDate.from_iso(self.born).written if self.born else ""
        return ", ".join(filter(None, (self.name, born)))

    @property
    def own_number(self) -> str:
        """The number that is handed over whole; empty without one."""
        return self.number or (self.document.number if self.document else "")

    def dossiers(self) -> ColumnElement[bool]:
        """Return what is true of a dossier that may be the citizen's, or was brought by them.

        Names are compared by ``is_of`` once more, for a database folds no accents.
        """
        if self.dossier is not None:
            return DossierRow.row == self.dossier
        if self.number:
            brought = select(PartyRow.dossier).where(PartyRow.number == self.number)
            return or_(DossierRow.applicant_number == self.number, DossierRow.row.in_(brought))
        if self.document is not None:
            has = and_(
                PartyRow.document_number == self.document.number,
                PartyRow.document_kind == self.document.kind.value,
            )
            return DossierRow.row.in_(select(PartyRow.dossier).where(has))
        has = and_(
            PartyRow.birth_date == self.born,
            PartyRow.number.is_(None),
            PartyRow.document_number.is_(None),
        )
        own = and_(
            DossierRow.birth_date == self.born,
            DossierRow.applicant_number.is_(None),
            DossierRow.applicant_folded.startswith(fold(self.name), autoescape=True),
        )
        return or_(own, DossierRow.row.in_(select(PartyRow.dossier).where(has)))

    def is_of(self, person: Applicant) -> bool:
        """Tell whether *person* is this citizen."""
        other = Whose.of(person, self.dossier)
        if self.number or self.document is not None:
            return (other.number, other.document) == (self.number, self.document)
        known = (other.number, other.document, fold(other.name), other.born)
        return known == ("", None, fold(self.name), self.born)

    def owns(self, kind: str, told: dict[str, Any]) -> bool:
        """Tell whether a row about one person, read to be handed over, is about this citizen.

        Args:
            kind: ``dossiers``, of which the applicant is meant, or ``people``.
        """
        if kind == "dossiers":
            if self.number:
                return bool(told.get("applicant_number") == self.number)
            people = told.get("people") or ()
            kept = next((one for one in people if one.get("role") == parties.APPLICANT), None)
            told = kept or {
                "number": told.get("applicant_number"),
                "name": told.get("applicant_name"),
                "birth_date": told.get("birth_date"),
            }
        number, paper = told.get("number") or "", told.get("document_number") or ""
        if self.own_number:
            return self.own_number == (number if self.number else paper)
        known = (number, paper, fold(told.get("name") or ""), told.get("birth_date") or "")
        return known == ("", "", fold(self.name), self.born)

    def stands_in(self, body: str) -> bool:
        """Tell whether a text of the desk or of the portal, in JSON, is about this citizen."""
        if self.own_number:
            return self.own_number in body
        if not self.born:
            return False
        with suppress(ValueError):  # what was erased is no JSON any more
            return any(self._names(one) for one in _people(json.loads(body)))
        return False

    def _names(self, told: dict[str, Any]) -> bool:
        if any(told.get(name) for name in _NUMBERS):
            return False
        born = next((str(told[name]) for name in _BIRTHS if told.get(name)), "")
        return fold(str(told["full_name"])) == fold(self.name) and self.born in _days(born)


def find(session: Session, asked: Citizen) -> Whose:
    """Return how the citizen is told apart who is asked for.

    Raises:
        UnknownDossier: No dossier here has the code.
        OrganisationsDossier: The dossier's applicant is an organisation.
        SeveralPeople: Not one person alone has this name and birth date here.
    """
    match asked:
        case CitizenNumber():
            return Whose(number=asked.digits)
        case OfDossier(code):
            row = get_by_code(session, code)
            applicant, _ = parties.of_dossier(session, row)
            if applicant.organisation is not None:
                raise OrganisationsDossier
            return Whose.of(applicant, row.row)
        case Named():
            return _by_name(session, asked)
        case _:
            assert_never(asked)


def _by_name(session: Session, asked: Named) -> Whose:
    """Return who has this name and birth date; other papers tell people of one name apart."""
    own = and_(
        DossierRow.birth_date == asked.born.iso,
        DossierRow.applicant_folded.startswith(fold(asked.name), autoescape=True),
    )
    brought = select(PartyRow.dossier).where(PartyRow.birth_date == asked.born.iso)
    rows = session.scalars(select(DossierRow).where(or_(own, DossierRow.row.in_(brought))))
    found = {
        Whose.of(person)
        for row in rows
        for person in _people_of(session, row)
        if fold(person.full_name) == fold(asked.name) and person.birth_date == asked.born
    }
    if len({(one.number, one.document) for one in found}) > 1:  # a name is written in many ways
        raise SeveralPeople
    return next(iter(found), Whose(name=asked.name, born=asked.born.iso))


def _people_of(session: Session, row: DossierRow) -> Iterator[Applicant]:
    """Yield the persons of a dossier: whose it is, and who brought it; no organisation."""
    applicant, submitter = parties.of_dossier(session, row)
    if applicant.organisation is None:
        yield applicant
    if submitter is not None:
        yield submitter.person


def _people(told: Any) -> Iterator[dict[str, Any]]:
    """Yield everything within *told* that names somebody."""
    match told:
        case dict():
            if told.get("full_name"):
                yield told
            for one in told.values():
                yield from _people(one)
        case list():
            for one in told:
                yield from _people(one)


def _days(text: str) -> set[str]:
    """Return the ISO forms of a day typed or told; none of what is no day."""
    found = set()
    for read in (PartialDate.from_iso, PartialDate.parse):
        with suppress(BadDate):
            found.add(read(text).iso)
    return found
