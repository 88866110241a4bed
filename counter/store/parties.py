"""What a dossier's row does not say of people: other papers, an organisation, who brought it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from counter.acts import Relation
from counter.cards import Verdict
from counter.parties import Document, DocumentKind, Organisation, Submitter, TaxCode
from counter.store.dossiers import applicant_of
from counter.store.tables import DossierRow, PartyRow
from counter.values import CitizenNumber, PartialDate, Sex
from counter.work import Applicant, IdentitySource

APPLICANT, SUBMITTER = "applicant", "submitter"

_OF_DOSSIER = select(PartyRow).where(PartyRow.dossier == bindparam("wanted"))
_IS_THERE = select(PartyRow.role).where(PartyRow.dossier == bindparam("wanted")).limit(1)
"""Asked first: most people bring their own dossier, and the whole row costs four times as much."""


def put(
    session: Session, row: DossierRow, applicant: Applicant, submitter: Submitter | None
) -> None:
    """Keep what belongs to the people of a dossier, in the open transaction."""
    if applicant.document or applicant.organisation or applicant.nationality:
        session.add(_row(row, APPLICANT, applicant))
    if submitter is not None:
        session.add(_submitter_row(row, submitter))


def put_submitter(session: Session, row: DossierRow, submitter: Submitter | None) -> None:
    """Let *submitter* be who brought the dossier; what was keyed before stands in its history."""
    was_submitter = PartyRow.role == SUBMITTER
    session.execute(delete(PartyRow).where(PartyRow.dossier == row.row, was_submitter))
    if submitter is not None:
        session.add(_submitter_row(row, submitter))


def of_dossier(session: Session, row: DossierRow) -> tuple[Applicant, Submitter | None]:
    """Return whose a dossier is, and who brought it when that was another."""
    applicant, submitter = applicant_of(row), None
    wanted = {"wanted": row.row}
    if session.connection().execute(_IS_THERE, wanted).first() is None:
        return applicant, submitter
    for kept in session.scalars(_OF_DOSSIER, wanted):
        if kept.role == APPLICANT:
            applicant = replace(
                applicant,
                document=_document(kept),
                organisation=_organisation(kept),
                nationality=kept.nationality,
            )
        else:
            submitter = Submitter(_person(kept), Relation(kept.relation), kept.authorisation)
    return applicant, submitter


def _submitter_row(row: DossierRow, submitter: Submitter) -> PartyRow:
    kept = _row(row, SUBMITTER, submitter.person)
    kept.relation = submitter.relation.value
    kept.authorisation = submitter.authorisation.strip()
    return kept


def _row(row: DossierRow, role: str, person: Applicant) -> PartyRow:
    document, organisation = person.document, person.organisation
    return PartyRow(
        dossier=row.row,
        role=role,
        name=person.full_name,
        number=person.number.digits if person.number else None,
        document_kind=document.kind.value if document else None,
        document_number=document.number if document else None,
        nationality=person.nationality,
        tax_code=organisation.tax_code.text if organisation else None,
        representative=organisation.representative if organisation else "",
        birth_date=person.birth_date.iso if person.birth_date else None,
        sex=person.sex.value if person.sex else None,
        address=person.address,
        phone=person.phone,
        email=person.email,
        source=person.source.value,
        verdict=person.verdict.value if person.verdict else None,
    )


def _person(kept: PartyRow) -> Applicant:
    return Applicant(
        full_name=kept.name,
        number=CitizenNumber(kept.number) if kept.number else None,
        birth_date=PartialDate.from_iso(kept.birth_date) if kept.birth_date else None,
        sex=Sex(kept.sex) if kept.sex else None,
        address=kept.address,
        phone=kept.phone,
        email=kept.email,
        source=IdentitySource(kept.source),
        verdict=Verdict(kept.verdict) if kept.verdict else None,
        document=_document(kept),
        nationality=kept.nationality,
    )


def _document(kept: PartyRow) -> Document | None:
    if kept.document_kind is None or kept.document_number is None:
        return None
    return Document(DocumentKind(kept.document_kind), kept.document_number)


def _organisation(kept: PartyRow) -> Organisation | None:
    if kept.tax_code is None:
        return None
    return Organisation(TaxCode(kept.tax_code), kept.representative)
