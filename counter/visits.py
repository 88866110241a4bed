"""A visit as it stands on the reception page: kept while it is typed, laid aside, taken up again.

Everything is as the officer typed it, checked only when the dossier is received. Who comes back is
identified anew, so neither photo nor verdict of a card is part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol, Self

from counter.acts import Relation
from counter.declaring import Answer
from counter.errors import Refused
from counter.parties import Document, DocumentKind, Organisation, Submitter, TaxCode
from counter.procedures import Procedure
from counter.returning import AT_THE_DESK, ReturnTo
from counter.values import CitizenNumber, DossierId, PartialDate, Sex
from counter.work import Applicant, FeeQuantity, IdentitySource, PaperBrought, ReceptionAsked


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """Who sits there, in the words of card or keyboard; nothing of it is proven."""

    full_name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    document_kind: str = ""
    document: str = field(default="", repr=False)
    nationality: str = ""

    @classmethod
    def of(cls, person: Applicant) -> Self:
        """Put a person into words; what a card proved of them is left behind."""
        return cls(
            full_name=person.full_name,
            number=person.number.digits if person.number else "",
            birth_date=person.birth_date.written if person.birth_date else "",
            sex=person.sex.value if person.sex else "",
            address=person.address or "",
            document_kind=person.document.kind.value if person.document else "",
            document=person.document.number if person.document else "",
            nationality=person.nationality,
        )

    def find_number(self) -> CitizenNumber | None:
        """Return the number of their card, None when none was told whole."""
        try:
            return CitizenNumber.parse(self.number)
        except Refused:
            return None

    def read(self, phone: str, email: str) -> Applicant:
        """Return the person as somebody typed by hand.

        Raises:
            BadCitizenNumber, BadDate, BadDocument: The words say no such thing.
        """
        kind = self.document_kind
        return Applicant(
            full_name=self.full_name,
            number=CitizenNumber.parse(self.number) if self.number else None,
            birth_date=PartialDate.parse(self.birth_date) if self.birth_date else None,
            sex=Sex(self.sex) if self.sex else None,
            address=self.address or None,
            phone=phone or None,
            email=email or None,
            source=IdentitySource.MANUAL,
            verdict=None,
            document=Document.parse(DocumentKind(kind), self.document) if kind else None,
            nationality=self.nationality,
        )


@dataclass(frozen=True, slots=True)
class BehalfTyped:
    """Whose dossier the person brings, and by what right.

    Attributes:
        tax_code: Set when the owner is an organisation; ``owner`` has its name and address then.
    """

    owner: PersonTyped
    relation: Relation
    authorisation: str = field(default="", repr=False)
    tax_code: str = ""
    representative: str = field(default="", repr=False)

    @classmethod
    def of(cls, owner: Applicant, relation: Relation, authorisation: str) -> Self:
        """Put the owner into words."""
        organisation = owner.organisation
        return cls(
            owner=PersonTyped.of(owner),
            relation=relation,
            authorisation=authorisation,
            tax_code=organisation.tax_code.text if organisation else "",
            representative=organisation.representative if organisation else "",
        )

    def read(self) -> Applicant:
        """Return whose dossier it is.

        Raises:
            BadCitizenNumber, BadDate, BadDocument, BadTaxCode: The words say no such thing.
        """
        owner = self.owner.read("", "")
        if not self.tax_code:
            return owner
        organisation = Organisation(TaxCode.parse(self.tax_code), self.representative)
        return replace(owner, organisation=organisation)


@dataclass(frozen=True, slots=True)
class Visit:
    """What would be lost with the page.

    Attributes:
        id: The identity the dossier will have; receiving it ends the visit.
        begun_at: When the notice about personal data stood before the citizen.
        person: Who sits here.
        behalf: Whose dossier they bring, None when it is their own.
        unit_code: The commune of today the officer chose for the address, and its name.
        declared: Answers to the declaration; of a visit on the page only those the officer gave.
        waiting: Dossiers of the same visit that wait to be received with this one.
        parked: The officer laid it aside; else it stood on the page.
        return_to: Where the citizen wants the result.
    """

    id: DossierId
    begun_at: datetime
    person: PersonTyped = PersonTyped()
    ticket: str | None = None
    behalf: BehalfTyped | None = None
    unit_code: str = ""
    unit_name: str = ""
    procedure_code: str | None = None
    procedure_name: str = ""
    procedure_revision: str = ""
    declared: tuple[Answer, ...] = ()
    papers: tuple[PaperBrought, ...] = ()
    quantities: tuple[FeeQuantity, ...] = ()
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    sets: int = 1
    due_on: str = ""
    waiting: tuple[Visit, ...] = ()
    parked: bool = False
    return_to: ReturnTo = AT_THE_DESK

    @classmethod
    def of(cls, asked: ReceptionAsked, procedure_name: str) -> Self:
        """Put one reception that is not made yet into words."""
        brings, behalf = asked.applicant, None
        if asked.submitter is not None:
            brings = asked.submitter.person
            right = asked.submitter
            behalf = BehalfTyped.of(asked.applicant, right.relation, right.authorisation)
        return cls(
            id=asked.dossier_id,
            begun_at=asked.noticed_at,
            person=PersonTyped.of(brings),
            ticket=asked.ticket,
            behalf=behalf,
            unit_code=asked.unit_code,
            procedure_code=asked.procedure_code,
            procedure_name=procedure_name,
            procedure_revision=asked.procedure_revision,
            declared=asked.declared or (),
            papers=asked.papers,
            quantities=asked.quantities,
            phone=brings.phone or "",
            email=brings.email or "",
            note=asked.note or "",
            sets=asked.sets,
            due_on=_day(asked.due_on),
            return_to=asked.return_to,
        )

    def read(self) -> ReceptionAsked:
        """Return the reception these words ask for; nobody in it is proven.

        Raises:
            BadCitizenNumber, BadDate, BadDocument, BadTaxCode, SubmitterUnproven: The words say no
                such thing.
        """
        person, submitter = self.person.read(self.phone, self.email), None
        applicant = person
        if self.behalf is not None:
            applicant = self.behalf.read()
            submitter = Submitter(person, self.behalf.relation, self.behalf.authorisation)
        return ReceptionAsked(
            dossier_id=self.id,
            applicant=applicant,
            submitter=submitter,
            procedure_code=self.procedure_code or "",
            procedure_revision=self.procedure_revision,
            papers=self.papers,
            noticed_at=self.begun_at,
            sets=self.sets,
            due_on=_read_day(self.due_on),
            ticket=self.ticket,
            note=self.note or None,
            quantities=self.quantities,
            declared=self.declared or None,
            unit_code=self.unit_code,
            return_to=self.return_to,
        )


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """A visit on disk.

    Attributes:
        at: When it was kept last.
        officer: Who typed it.
        procedure: None before one was chosen, or when no version of it is in force any more.
    """

    visit: Visit
    at: datetime
    officer: str
    procedure: Procedure | None


def identified(asked: ReceptionAsked, person: Applicant | None) -> ReceptionAsked:
    """Return *asked* with *person* as identified now, if it is who was only typed in it."""
    brings = asked.submitter.person if asked.submitter else asked.applicant
    is_same = person is not None and person.number is not None and person.number == brings.number
    if person is None or not is_same or brings.source is not IdentitySource.MANUAL:
        return asked
    proven = replace(person, phone=brings.phone, email=brings.email)
    if asked.submitter is None:
        return replace(asked, applicant=proven)
    return replace(asked, submitter=replace(asked.submitter, person=proven))


def _day(day: date | None) -> str:
    return PartialDate(day.year, day.month, day.day).written if day else ""


def _read_day(text: str) -> date | None:
    day = PartialDate.parse(text) if text else None
    return date(day.year, day.month, day.day) if day and day.month and day.day else None


class VisitWork(Protocol):
    """What is done with visits that are not yet dossiers."""

    def keep(self, visit: Visit) -> None:
        """Keep *visit* as it stands now; when this returns it is on disk."""

    def forget(self, visit_id: DossierId) -> None:
        """Forget a visit that was given up."""

    def kept(self) -> tuple[KeptVisit, ...]:
        """Return every visit that waits, the latest first."""

    def again(self, code: str) -> KeptVisit:
        """Lay the people of a voided dossier aside as a visit, to be received anew."""
