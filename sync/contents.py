"""What the portal says of a dossier that this desk did not receive, in the counter's words.

The whole of it is read here, once, as far as a desk needs it to go on with the dossier. What does
not fit the contract brings nothing: the dossier then stays known by its code and state only.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, ValidationError

from counter.acts import PaperWanted
from counter.cards import Verdict
from counter.errors import DeskError
from counter.messages import BY_POST, SEXES
from counter.procedures import Term, term_words
from counter.returning import ReturnTo, ReturnWay
from counter.scans import FileRef
from counter.store.told import (
    SisterDossier,
    SisterEvent,
    SisterFee,
    SisterPaper,
    Told,
    ToldResult,
)
from counter.values import CitizenNumber, Dong, PartialDate, tidy_text
from counter.work import Applicant, IdentitySource
from sync.contract import Count, Dossier, Part, Positive

CITIZEN_CARD = "can_cuoc"
ONLINE = "portal"


class _Code(Part):
    code: Annotated[str, Field(min_length=1, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=2000)]


class _Procedure(_Code):
    revision: Annotated[str, Field(max_length=40)]
    field: _Code


class _Identity(Part):
    kind: str
    number: Annotated[str, Field(max_length=60, repr=False)]
    source: str = "portal"
    chip_verified: bool | None = None
    issued_on: date | None = None


class _Address(Part):
    detail: str = ""
    old_text: str | None = None


class _Owner(Part):
    full_name: Annotated[str, Field(min_length=1, max_length=300, repr=False)]
    gender: str | None = None
    birth_date: str | None = None
    identity: _Identity | None = None
    address: _Address | None = None
    phone: str | None = None
    email: str | None = None


class _Due(Part):
    due_at: AwareDatetime
    unit: str
    qty: float | None = None
    rule: str = "same_clock_time"


class _File(Part):
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    filename: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$")]
    mime: Annotated[str, Field(max_length=60)]
    size: Annotated[int, Field(strict=True, ge=1, le=50 * 1024 * 1024)]


class _Component(Part):
    component_code: str | None = None
    name: Annotated[str, Field(min_length=1, max_length=2000)]
    originals: Annotated[int, Field(ge=0, le=999)] = 0
    certified: Annotated[int, Field(ge=0, le=999)] = 0
    copies: Annotated[int, Field(ge=0, le=999)] = 0
    files: tuple[_File, ...] = ()


class _Fee(Part):
    fee_code: str
    name: str
    kind: str
    quantity: Positive
    unit_price: Count
    amount: Count
    exempt: bool = False
    exempt_reason: str | None = None


class _ReturnTo(Part):
    method: Annotated[int, Field(strict=True, ge=0, le=1)] = 0
    receiver_name: Annotated[str | None, Field(max_length=200, repr=False)] = None
    phone: Annotated[str | None, Field(repr=False)] = None
    address: _Address | None = None
    electronic: bool = False


class _Book(Part):
    volume: Annotated[str, Field(min_length=1, max_length=20)]
    number: Positive


class _Officer(Part):
    officer_id: Annotated[str, Field(max_length=64)]
    full_name: Annotated[str, Field(max_length=100, repr=False)]


class Content(Part):
    """``DossierContent``, as far as a desk goes on with it."""

    origin: str
    desk_id: str | None = None
    provisional_code: str | None = None
    procedure: _Procedure
    owner: _Owner
    subject: Annotated[str, Field(min_length=1, max_length=1000)]
    submitted_at: AwareDatetime
    received_at: AwareDatetime | None = None
    due: _Due | None = None
    initial_status: Annotated[int, Field(strict=True, ge=1, le=3)]
    sets: Annotated[int, Field(ge=1, le=100)] = 1
    components: tuple[_Component, ...] = ()
    fees: tuple[_Fee, ...] = ()
    return_to: _ReturnTo = _ReturnTo()
    book: _Book | None = None
    officer: _Officer | None = None
    created_offline: bool = False
    note: str | None = None


class _Item(Part):
    component_code: str | None = None
    name: Annotated[str, Field(min_length=1, max_length=2000)]
    note: str | None = None


class _Supplement(Part):
    reason: str
    respond_by: date | None = None
    items: tuple[_Item, ...] = ()


class _HandOver(Part):
    to_unit: str
    receiver: str | None = None
    sheet_no: str | None = None
    storage: str | None = None


class _Returned(Part):
    receiver_name: str
    relation: str
    identity_last4: str | None = None
    slip_collected: bool = False


class _EventBody(Part):
    event_id: UUID
    desk_id: str
    officer: _Officer
    form_number: str | None = None
    due_at: AwareDatetime | None = None
    due: _Due | None = None
    supplement: _Supplement | None = None
    handover: _HandOver | None = None
    returned: _Returned | None = None


class _Stored(Part):
    position: Positive
    origin: str
    kind: Annotated[str, Field(max_length=40)]
    at: AwareDatetime
    status_before: Annotated[int, Field(strict=True, ge=1, le=10)]
    status_after: Annotated[int, Field(strict=True, ge=1, le=10)]
    text: Annotated[str, Field(max_length=2000)] | None = None
    event: _EventBody | None = None


class StoredEvents(Part):
    """``StoredEventPage``."""

    items: tuple[_Stored, ...]
    next_position: Positive | None = None


class _Result(Part):
    name: Annotated[str, Field(min_length=1, max_length=2000)]
    number: str | None = None
    files: tuple[_File, ...] = ()


class _Extras(Part):
    """What a ``Dossier`` holds beside its content."""

    results: tuple[_Result, ...] = ()
    supplements: tuple[_Component, ...] = ()


def told_of(dossier: Dossier, events: tuple[SisterEvent, ...], *, known: bool) -> Told:
    """Return what the portal has of a dossier, *known* when it lies here already.

    Files that a citizen sent and results are wanted; those that a desk scanned are listed.
    """
    try:
        extras = _Extras.model_validate(dossier.model_extra or {})
    except ValidationError:
        extras = _Extras()
    received = sister_dossier(dossier)
    papers = received.papers if received else ()
    is_online = received is not None and received.origin == ONLINE
    return Told(
        received=None if known else received,
        events=events,
        sent=(papers if is_online else ())
        + tuple(_paper(component) for component in extras.supplements),
        scanned=() if is_online else papers,
        results=tuple(
            ToldResult(result.name, result.number or "", tuple(map(_ref, result.files)))
            for result in extras.results
        ),
    )


def sister_dossier(dossier: Dossier) -> SisterDossier | None:
    """Return *dossier* as it was received; None when it does not fit the contract."""
    try:
        content = Content.model_validate(dossier.content)
        applicant = _applicant(content.owner)
    except (ValidationError, DeskError):
        return None
    procedure, officer = content.procedure, content.officer
    due = content.due
    return SisterDossier(
        id=dossier.id,
        origin=content.origin,
        desk_id=content.desk_id or "",
        code=dossier.code,
        provisional_code=content.provisional_code,
        procedure=(procedure.code, procedure.revision, procedure.name),
        area=(procedure.field.code, procedure.field.name),
        status=content.initial_status,
        subject=content.subject,
        applicant=applicant,
        received_at=content.received_at or content.submitted_at,
        due_at=due.due_at if due else None,
        due_rule=due.rule if due else "same_clock_time",
        term=_term(due),
        sets=content.sets,
        book=(content.book.volume, content.book.number) if content.book else None,
        officer=(officer.officer_id, officer.full_name) if officer else ("", ""),
        created_offline=content.created_offline,
        note=content.note,
        papers=tuple(_paper(component) for component in content.components),
        fees=tuple(_fee(fee) for fee in content.fees),
        return_to=_wish(content.return_to),
    )


def _wish(wanted: _ReturnTo) -> ReturnTo:
    """Return where the citizen wants the result."""
    if wanted.method == BY_POST:
        place = wanted.address
        return ReturnTo(
            ReturnWay.POST,
            receiver=tidy_text(wanted.receiver_name or ""),
            phone=wanted.phone or "",
            address=tidy_text((place.old_text or place.detail) if place else ""),
        )
    return ReturnTo(ReturnWay.ONLINE if wanted.electronic else ReturnWay.DESK)


def sister_event(stored: _Stored) -> SisterEvent:
    """Return one thing that happened to a dossier."""
    told = stored.event
    if told is None:
        return SisterEvent(
            place=stored.position,
            id=None,
            kind=stored.kind,
            at=stored.at,
            before=stored.status_before,
            after=stored.status_after,
            text=stored.text or "",
        )
    asked, passed, returned = told.supplement, told.handover, told.returned
    receiver = (passed.receiver if passed else None) or (returned.receiver_name if returned else "")
    due_at = told.due.due_at if told.due else told.due_at
    items = asked.items if asked else ()
    return SisterEvent(
        place=stored.position,
        id=told.event_id,
        kind=stored.kind,
        at=stored.at,
        before=stored.status_before,
        after=stored.status_after,
        desk_id=told.desk_id,
        officer=told.officer.full_name,
        text=stored.text or "",
        number=told.form_number or (passed.sheet_no if passed else None) or "",
        unit=passed.to_unit if passed else "",
        shelf=(passed.storage if passed else None) or "",
        receiver=receiver,
        relation=returned.relation if returned else "",
        last4=returned.identity_last4 if returned else None,
        slip_collected=bool(returned and returned.slip_collected),
        due_at=due_at,
        wanted=tuple(PaperWanted(i.name, i.component_code, i.note or "") for i in items),
        reason=asked.reason if asked else "",
        respond_by=asked.respond_by if asked else None,
    )


def _applicant(owner: _Owner) -> Applicant:
    identity = owner.identity
    is_citizen = identity is not None and identity.kind == CITIZEN_CARD
    source = IdentitySource.PORTAL
    verdict = None
    if identity is not None and identity.source in set(IdentitySource):
        source = IdentitySource(identity.source)
    if identity is not None and source is IdentitySource.CHIP:
        verdict = Verdict.AUTHENTIC if identity.chip_verified else Verdict.UNVERIFIED
    address = owner.address
    return Applicant(
        full_name=tidy_text(owner.full_name),
        number=CitizenNumber(identity.number) if identity and is_citizen else None,
        birth_date=PartialDate.from_iso(owner.birth_date) if owner.birth_date else None,
        sex=SEXES.get(owner.gender or ""),
        address=(address.old_text or address.detail or None) if address else None,
        phone=owner.phone,
        email=owner.email,
        source=source,
        verdict=verdict,
        issued_on=identity.issued_on if identity else None,
    )


def _term(due: _Due | None) -> str:
    if due is None or due.qty is None:
        return ""
    try:
        return term_words(Term(due.qty, due.unit))
    except ValueError:  # a unit that only the portal knows
        return ""


def _paper(component: _Component) -> SisterPaper:
    return SisterPaper(
        code=component.component_code,
        name=component.name,
        originals=component.originals,
        certified=component.certified,
        copies=component.copies,
        files=tuple(map(_ref, component.files)),
    )


def _ref(file: _File) -> FileRef:
    return FileRef(file.sha256, file.filename, file.mime, file.size)


def _fee(fee: _Fee) -> SisterFee:
    reason = (fee.exempt_reason or "—") if fee.exempt else None
    return SisterFee(
        code=fee.fee_code,
        name=fee.name,
        kind=fee.kind,
        quantity=fee.quantity,
        unit_price=Dong(fee.unit_price),
        amount=Dong(fee.amount),
        exempt_reason=reason,
    )
