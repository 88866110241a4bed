"""What the portal may answer, as far as this desk reads it; everything else is ignored.

The contract is ``portal/openapi.yaml``, version 1.0; names are the contract's own. An answer
counts only when it fits here and names the ids that were sent: anything else, from a truncated
body to the login page of a hotel, is as good as no answer.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from counter.errors import PortalSilent

VERSION = "1.0"


class Part(BaseModel):
    """One part of an answer; what is not named is ignored."""

    # Values stay out of error texts: an answer may hold citizens' data, a log may not.
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


MOST = 2**63 - 1
"""The largest whole number a database keeps."""

Whole = Annotated[int, Field(strict=True, ge=-MOST, le=MOST)]
Positive = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Count = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Cursor = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9._~=-]+$")]


class Token(Part):
    """``TokenResponse``."""

    access_token: Annotated[str, Field(min_length=16, max_length=4096, repr=False)]
    token_type: Annotated[str, Field(pattern="^[Bb]earer$")]
    expires_in: Positive


class TokenRefused(Part):
    """``OAuthError``."""

    error: Annotated[str, Field(max_length=64)]


class Gateway(Part):
    """Who answers; ``epoch`` changes when the province restored a backup."""

    epoch: Annotated[str, Field(min_length=1, max_length=64)]


class Enrolled(Part):
    """The desk as the portal knows it."""

    desk_id: str
    agency_code: str


class Limits(Part):
    """What one request may hold."""

    bulk_dossiers: Positive
    bulk_events: Positive
    json_bytes: Positive
    chunk_bytes: Positive
    wait_seconds: Annotated[int, Field(strict=True, ge=0, le=30)]


class SerialPolicy(Part):
    """How dossier numbers are given out; blocks are lent only in mode ``leased``."""

    mode: str
    max_block: Positive
    max_days_ahead: Annotated[int, Field(strict=True, ge=0, le=366)]


class Capabilities(Part):
    """``Capabilities``: what the portal can do and allows."""

    contract: Annotated[str, Field(pattern=r"^1[.][0-9]+$")]
    min_client: Annotated[str, Field(pattern=r"^[0-9]+[.][0-9]+[.][0-9]+$")]
    server_time: AwareDatetime
    gateway: Gateway
    desk: Enrolled
    limits: Limits
    serial_policy: SerialPolicy
    features: tuple[str, ...]


class SerialLease(Part):
    """``SerialLease``: a block of numbers lent to this desk for one day."""

    lease_id: UUID
    agency_code: str
    desk_id: str
    date: date
    first: Positive
    last: Positive
    width: Annotated[int, Field(strict=True, ge=4, le=7)]
    prefix: Annotated[str, Field(max_length=60)]
    expires_at: AwareDatetime


class Checkpoint(Part):
    """A seal of this desk's audit chain, as the portal holds it; beyond the contract."""

    seq: Positive
    link: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    at: Annotated[str, Field(max_length=40)]
    public_key: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]


class Checkpoints(Part):
    """The newest seals that the portal holds of one installation, oldest first."""

    install: Annotated[str, Field(max_length=8)]
    seals: Annotated[tuple[Checkpoint, ...], Field(max_length=200)]


class FieldError(Part):
    """One wrong place in what was sent."""

    pointer: Annotated[str, Field(max_length=500)]
    code: Annotated[str, Field(max_length=64)]
    message: Annotated[str, Field(max_length=500)] = ""


class Problem(Part):
    """``Problem`` with what conflicts and events add to it."""

    type: Annotated[str, Field(pattern=r"^urn:motcua:problem:[a-z0-9-]+$")]
    status: Annotated[int, Field(strict=True, ge=400, le=599)]
    trace_id: Annotated[str, Field(max_length=64)]
    errors: tuple[FieldError, ...] = ()
    changed_fields: tuple[str, ...] = ()
    expected_seq: Positive | None = None
    current_status: Positive | None = None
    current: dict[str, JsonValue] | None = None

    @property
    def name(self) -> str:
        """The last part of ``type``, such as ``version-conflict``."""
        return self.type.rsplit(":", 1)[-1]


class Contact(Part):
    """The part of an owner that citizens may change online."""

    phone: str | None = None
    email: str | None = None


class Dossier(Part):
    """``Dossier``: one whole dossier as the portal holds it; unknown fields are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    id: UUID
    version: Positive
    content_version: Positive
    code: Annotated[str, Field(max_length=60)] | None
    status: Annotated[int, Field(strict=True, ge=1, le=10)]
    status_at: AwareDatetime
    due_at: AwareDatetime | None
    next_seq: Positive
    missing_blobs: tuple[str, ...]
    updated_at: AwareDatetime
    processing_unit: Annotated[str, Field(max_length=300)] | None = None
    content: dict[str, JsonValue]

    @property
    def contact(self) -> Contact:
        """How the citizen is reached now."""
        return Contact.model_validate(self.content.get("owner") or {})


class Beneficiary(Part):
    """The account a payment goes to, for the officer to compare."""

    bin: Annotated[str, Field(pattern="^[0-9]{6}$")]
    account: Annotated[str, Field(max_length=19)]
    name: Annotated[str, Field(max_length=100)] = ""


class Payment(Part):
    """``Payment``: a payment by VietQR as the portal sees it."""

    payment_id: UUID
    dossier_id: UUID | None
    amount: Count
    state: Annotated[str, Field(pattern="^(pending|paid|expired|cancelled|refunded)$")]
    vietqr: Annotated[str, Field(max_length=512, repr=False)]
    beneficiary: Beneficiary | None = None
    created_at: AwareDatetime
    expires_at: AwareDatetime
    paid_at: AwareDatetime | None = None
    bank_ref: Annotated[str, Field(max_length=100)] | None = None

    @property
    def receiver(self) -> str:
        """Who receives it, in one line."""
        told = self.beneficiary
        return "" if told is None else " · ".join(filter(None, (told.name, told.account, told.bin)))


class LegalReceipt(Part):
    """``Receipt``: the legal receipt of money that a desk took."""

    receipt_id: UUID
    state: Annotated[str, Field(pattern="^(issued|voided)$")]
    template: Annotated[str, Field(min_length=1, max_length=20)]
    series: Annotated[str, Field(min_length=1, max_length=20)]
    number: Annotated[str, Field(pattern="^[0-9]{7}$")]
    lookup_code: Annotated[str, Field(max_length=40)] | None = None
    issued_at: AwareDatetime
    total: Count


class PostalManifest(Part):
    """``PostalManifest``: a list the portal has."""

    manifest_id: UUID
    accepted_at: AwareDatetime


class DossierPage(Part):
    """``DossierPage``."""

    items: tuple[Dossier, ...]
    next: Cursor | None


class Change(Part):
    """One item of the feed; what ``data`` holds depends on ``kind``."""

    change_id: UUID
    kind: Annotated[str, Field(max_length=64)]
    dossier_id: UUID | None = None
    dossier_version: Positive | None = None
    data: dict[str, JsonValue] = {}


class WholeNews(Part):
    """What a change holds that brings the whole dossier with it."""

    dossier: Dossier
    answer_by: AwareDatetime | None = None


class ChangePage(Part):
    """``ChangePage``."""

    items: tuple[Change, ...]
    cursor: Cursor
    more: bool


class CursorExpired(Part):
    """``CursorExpiredProblem``: the feed no longer reaches back to where this desk stood."""

    restart_cursor: Cursor
    resync_since: AwareDatetime


class CataloguePage(Part):
    """A page of any catalogue; what its items hold depends on which."""

    items: tuple[dict[str, JsonValue], ...]
    removed: tuple[Annotated[str, Field(max_length=100)], ...]
    next: Cursor | None
    since: Cursor | None


class DossierResult(Part):
    """One item of ``DossierBulkResult``."""

    index: Whole
    id: UUID | None
    status: Whole
    version: Positive | None = None
    code: Annotated[str, Field(max_length=60)] | None = None
    missing_blobs: tuple[str, ...] = ()
    problem: Problem | None = None


class DossierResults(Part):
    """``DossierBulkResult``."""

    results: tuple[DossierResult, ...]


class EventResult(Part):
    """``EventResult``."""

    index: Whole
    event_id: UUID
    outcome: Annotated[str, Field(max_length=20)]
    position: Positive | None
    version: Positive | None = None
    status: Positive | None = None
    problem: Problem | None = None


class EventResults(Part):
    """``EventsBulkResult``."""

    results: tuple[EventResult, ...]


Model = TypeVar("Model", bound=Part)


def read(shape: type[Model], body: bytes) -> Model:
    """Read the JSON *body* as *shape*.

    Raises:
        PortalSilent: It is no JSON or has another shape, so nothing is known of what was sent.
            The text names places, never values.
    """
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        raise PortalSilent(f"{shape.__name__}: {places_of(error)}") from None


def places_of(error: ValidationError) -> str:
    """Return where something is wrong, never what stands there."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    places = (".".join(str(part) for part in fault["loc"]) or fault["type"] for fault in faults)
    return ", ".join(places)[:300]


def payment_news(data: object) -> Payment | None:
    """Return the payment that a change tells of, None when it does not fit the contract."""
    try:
        return Payment.model_validate(data)
    except ValidationError:
        return None


def whole_news(change: Change) -> WholeNews | None:
    """Return the whole dossier *change* brings; None when it brings none that fits."""
    try:
        return WholeNews.model_validate(change.data)
    except ValidationError:
        return None


def current_in(problem: Problem) -> Dossier | None:
    """Return the dossier the portal holds instead; None when it names none that fits."""
    try:
        return Dossier.model_validate(problem.current)
    except ValidationError:
        return None


def find(shape: type[Model], body: bytes) -> Model | None:
    """Read the JSON *body* as *shape*; None when it is something else."""
    try:
        return read(shape, body)
    except PortalSilent:
        return None
