"""What the portal is told of a dossier, in the words of its contract (``DossierContent``).

The body is built once, in the transaction of the fact, and goes out unchanged with every
attempt; so it is made here and not where it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from counter.acts import Relation
from counter.addresses import Placed
from counter.calendar import DueDate
from counter.cards import Verdict
from counter.money import FeeLine
from counter.parties import Submitter
from counter.procedures import Procedure
from counter.returning import AT_THE_DESK, ReturnTo, ReturnWay
from counter.scans import FileRef
from counter.settings import Settings
from counter.values import Sex, nfc, rfc3339
from counter.work import Applicant, IdentitySource

DIRECT = 1
"""The channel "trực tiếp": the citizen stands at the desk."""

_GENDER = {Sex.MALE: "nam", Sex.FEMALE: "nu", Sex.OTHER: "khac"}
SEXES = {word: sex for sex, word in _GENDER.items()}
"""A person's sex by the portal's word for it."""


@dataclass(frozen=True, slots=True)
class PaperFact:
    """One paper that was received."""

    code: str | None
    name: str
    originals: int
    certified: int
    copies: int


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What a reception knows beyond the dossier's row.

    Attributes:
        due: None when it is refused; then ``refusal`` says why.
        files: The files of each paper, in the papers' order; empty when none was scanned.
        placed: Where the applicant's address lies today.
    """

    applicant: Applicant
    procedure: Procedure
    papers: tuple[PaperFact, ...]
    fees: tuple[FeeLine, ...]
    due: DueDate | None
    rule: str
    calendar_revision: str
    form_set: str
    notice_version: str
    noticed_at: datetime
    refusal: str | None = None
    declared: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: tuple[tuple[FileRef, ...], ...] = ()
    submitter: Submitter | None = None
    placed: Placed | None = None
    return_to: ReturnTo = AT_THE_DESK
    return_placed: Placed | None = None


class DossierNumbers(Protocol):
    """The part of a dossier's row that the portal is told."""

    id: UUID
    code: str | None
    provisional_code: str | None
    subject: str
    status: int
    received_at: datetime
    sets: int
    book_volume: str
    book_number: int
    created_offline: bool
    note: str | None


def dossier_content(
    settings: Settings, row: DossierNumbers, facts: DossierFacts
) -> dict[str, object]:
    """Return a dossier received at the counter as a ``DossierContent`` of the contract."""
    procedure = facts.procedure
    return {
        "id": str(row.id),
        "code": row.code,
        "provisional_code": row.provisional_code,
        "origin": "counter",
        "foreign": None,
        "agency_code": settings.office.agency_code,
        "competent_agency_code": procedure.agency_code,
        "desk_id": settings.desk.id,
        "procedure": {
            "code": procedure.code,
            "name": procedure.name,
            "revision": procedure.revision,
            "case_code": None,
            "field": {"code": procedure.field.code, "name": procedure.field.name},
        },
        "channel": DIRECT,
        "owner": party(facts.applicant, facts.placed),
        "submitter": _submitter(facts.submitter),
        "subject": row.subject,
        "submitted_at": rfc3339(row.received_at),
        "received_at": rfc3339(row.received_at),
        "due": None if facts.due is None else _due(facts, facts.due),
        "initial_status": row.status,
        "refusal_reason": facts.refusal,
        "sets": row.sets,
        "components": [
            _component(paper, facts.files[place] if facts.files else ())
            for place, paper in enumerate(facts.papers)
        ],
        "fees": [fee_line(fee) for fee in facts.fees],
        "return_to": _return_to(facts),
        "form_set": facts.form_set,
        "book": {"volume": row.book_volume, "number": row.book_number},
        "privacy": {
            "notice_version": facts.notice_version,
            "noticed_at": rfc3339(facts.noticed_at),
            "consent_optional": False,
        },
        "officer": officer_of(settings),
        "created_offline": row.created_offline,
        "form_data": dict(facts.declared),
        "note": row.note,
    }


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One thing that happened, in the words of the contract's ``EventBody``.

    Attributes:
        seq: Its place among the dossier's events of this desk, from 1.
        parts: What belongs to this kind only, such as ``supplement`` or ``returned``.
    """

    id: UUID
    seq: int
    kind: str
    at: datetime
    before: int
    after: int
    text: str = field(default="", repr=False)
    unit: str = ""
    due_at: datetime | None = None
    form: str | None = None
    form_number: str = ""
    parts: Mapping[str, object] = field(default_factory=dict)


def event_body(settings: Settings, dossier_id: UUID, facts: EventFacts) -> dict[str, object]:
    """Return *facts* as an ``EventBody`` of the contract."""
    return {
        "event_id": str(facts.id),
        "dossier_id": str(dossier_id),
        "desk_id": settings.desk.id,
        "seq": facts.seq,
        "kind": facts.kind,
        "at": rfc3339(facts.at),
        "officer": officer_of(settings),
        "unit": facts.unit[:300] or None,
        "text": facts.text[:2000] or None,
        "status_before": facts.before,
        "status_after": facts.after,
        "due_at": rfc3339(facts.due_at) if facts.due_at else None,
        "form": facts.form,
        "form_number": facts.form_number or None,
        **facts.parts,
    }


def officer_of(settings: Settings) -> dict[str, object]:
    """Return who sits at the desk as an ``Officer`` of the contract."""
    return {
        "officer_id": settings.desk.officer_id,
        "full_name": settings.desk.officer_name,
        "title": settings.desk.officer_title or None,
    }


def _due(facts: DossierFacts, due: DueDate) -> dict[str, object]:
    return {
        "due_at": rfc3339(due.at),
        "unit": facts.procedure.term.unit,
        "qty": facts.procedure.term.quantity,
        "rule": facts.rule,
        "calendar_revision": facts.calendar_revision,
        "estimated": due.estimated,
    }


AT_DESK, BY_POST = 0, 1
"""How a result is returned in the portal's words (``ReturnTo.method``)."""


def _return_to(facts: DossierFacts) -> dict[str, object]:
    wish, owner = facts.return_to, facts.applicant
    by_post = wish.way is ReturnWay.POST
    place = (wish.address, facts.return_placed) if wish.address else (owner.address, facts.placed)
    return {
        "method": BY_POST if by_post else AT_DESK,
        "receiver_name": nfc(wish.receiver or owner.full_name)[:200] if by_post else None,
        "phone": (wish.phone or owner.phone) if by_post else None,
        "address": address(*place) if by_post else None,
        "electronic": wish.way is ReturnWay.ONLINE,
    }


def address(text: str | None, placed: Placed | None) -> dict[str, object] | None:
    """Return an address as written, with where it lies today, as an ``Address`` of the contract.

    None where there is none.
    """
    if not text:
        return None
    commune = placed.commune if placed else None
    return {
        "province_code": commune.province.code if commune else None,
        "unit_code": commune.code if commune else None,
        "detail": nfc(placed.detail if placed and commune else text)[:300],
        "old_text": nfc(text)[:500],
    }


def _submitter(submitter: Submitter | None) -> dict[str, object]:
    if submitter is None:
        return {"relation": Relation.SELF.value, "party": None, "authorisation": None}
    return {
        "relation": submitter.relation.value,
        "party": party(submitter.person),
        "authorisation": nfc(submitter.authorisation.strip())[:500] or None,
    }


CITIZEN, ENTERPRISE = 1, 2
"""Kinds of applicants in the portal's words."""


def party(applicant: Applicant, placed: Placed | None = None) -> dict[str, object]:
    """Return *applicant* as a ``Party`` of the contract, with where the address lies today."""
    organisation = applicant.organisation
    identity: dict[str, object] | None = None
    if applicant.number is not None:
        identity = {
            "kind": "can_cuoc",
            "number": applicant.number.digits,
            "issued_on": applicant.issued_on.isoformat() if applicant.issued_on else None,
            "source": applicant.source.value,
            "chip_verified": (
                applicant.verdict is Verdict.AUTHENTIC
                if applicant.source is IdentitySource.CHIP
                else None
            ),
        }
    elif applicant.document is not None:
        identity = {
            "kind": applicant.document.kind.value,
            "number": applicant.document.number,
            "issued_on": None,
            "source": IdentitySource.MANUAL.value,
            "chip_verified": None,
        }
    return {
        "subject_type": CITIZEN if organisation is None else ENTERPRISE,
        "full_name": nfc(applicant.full_name),
        "gender": _GENDER[applicant.sex] if applicant.sex else None,
        "birth_date": applicant.birth_date.iso if applicant.birth_date else None,
        "nationality": applicant.nationality or None,
        "identity": identity,
        "address": address(applicant.address, placed),
        "phone": applicant.phone,
        "email": applicant.email,
        "organisation": None
        if organisation is None
        else {
            "registration_no": organisation.tax_code.text,
            "representative": nfc(organisation.representative)[:200] or None,
        },
    }


def _component(paper: PaperFact, files: Sequence[FileRef]) -> dict[str, object]:
    return {
        "component_code": paper.code,
        "name": paper.name,
        "originals": paper.originals,
        "certified": paper.certified,
        "copies": paper.copies,
        "digitised": 1 if files else 0,
        "from_national_store": False,
        "replaced_by_result": None,
        "keep_original": False,
        "files": [
            {"sha256": f.sha256, "filename": f.filename, "mime": f.mime, "size": f.size}
            for f in files
        ],
    }


def fee_line(fee: FeeLine) -> dict[str, object]:
    """Return *fee* as a ``FeeLine`` of the contract."""
    return {
        "fee_code": fee.code,
        "name": fee.name,
        "kind": fee.kind,
        "quantity": fee.quantity,
        "unit_price": fee.unit_price,
        "amount": fee.amount,
        "exempt": fee.exempt_reason is not None,
        "exempt_reason": fee.exempt_reason,
    }
