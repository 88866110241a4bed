"""The rows of the desk database. They never leave ``counter/store`` and ``counter/desk``.

Texts that the portal or the law may ask for again are kept as they were at reception; a later
change is a new history line, never an edit.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from counter.database import NAMES, TYPES, row_words
from counter.values import Dong


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    """Rows are dataclasses so that the type checker sees their constructors.

    A row shows itself by its key alone: what it holds of a citizen reaches no log and no error.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES

    def __repr__(self) -> str:
        return row_words(self)


class MarkRow(Base):
    """A fact about the whole desk: its id, whether it is for training, when it was made."""

    __tablename__ = "mark"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class DossierRow(Base):
    """One dossier. ``row`` grows with time; ``id`` is its identity everywhere.

    ``left_status`` is the state that was left for a supplement or payment, and ``suspended_at``
    when the clock stopped then; ``unit`` resolves the dossier, ``shelf`` is where its papers lie.
    ``serial`` is the end of its code, as people read it out. ``system`` names the system that owns
    the dossier, empty when it is this desk, and ``system_code`` is its code there. ``origin`` is
    how it came (``counter`` or ``portal``), ``elsewhere`` the sister desk that received it, empty
    for one of this desk. ``charge_id`` and ``charge_name`` are who looks after it instead of the
    officer who received it, empty while that is the same one.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        CheckConstraint("code IS NOT NULL OR provisional_code IS NOT NULL", name="has_code"),
        CheckConstraint("status BETWEEN 1 AND 10", name="status"),
        UniqueConstraint("book_volume", "book_number"),
        Index("ix_dossier_status_procedure", "status", "procedure_code"),
        Index("ix_dossier_status_name", "status", "applicant_folded"),
    )
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    provisional_code: Mapped[str | None] = mapped_column(unique=True)
    procedure_code: Mapped[str] = mapped_column(index=True)
    procedure_revision: Mapped[str]
    procedure_name: Mapped[str]
    field_code: Mapped[str]
    field_name: Mapped[str]
    status: Mapped[int] = mapped_column(index=True)
    subject: Mapped[str]
    applicant_name: Mapped[str]
    applicant_folded: Mapped[str]
    applicant_number: Mapped[str | None] = mapped_column(index=True)
    birth_date: Mapped[str | None]
    sex: Mapped[str | None]
    address: Mapped[str | None]
    phone: Mapped[str | None] = mapped_column(index=True)
    email: Mapped[str | None]
    identity_source: Mapped[str]
    verdict: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    time_limit_words: Mapped[str]
    sets: Mapped[int]
    book_volume: Mapped[str]
    book_number: Mapped[int]
    officer_id: Mapped[str]
    officer_name: Mapped[str]
    ticket: Mapped[str | None]
    fee_total: Mapped[Dong]
    created_offline: Mapped[bool]
    note: Mapped[str | None]
    due_rule: Mapped[str] = mapped_column(default="same_clock_time")
    left_status: Mapped[int | None] = mapped_column(default=None)
    suspended_at: Mapped[datetime | None] = mapped_column(default=None)
    unit: Mapped[str] = mapped_column(default="")
    shelf: Mapped[str] = mapped_column(default="")
    system: Mapped[str] = mapped_column(default="")
    system_code: Mapped[str | None] = mapped_column(default=None, index=True)
    origin: Mapped[str] = mapped_column(default="counter")
    elsewhere: Mapped[str] = mapped_column(default="")
    charge_id: Mapped[str] = mapped_column(default="", server_default="")
    charge_name: Mapped[str] = mapped_column(default="", server_default="")
    serial: Mapped[str | None] = mapped_column(
        Computed("substr(coalesce(code, provisional_code), -4)", False),
        index=True,
        init=False,
        deferred=True,
    )


class PartyRow(Base):
    """One person or organisation of a dossier.

    The applicant has a row only for what the dossier's own cannot hold: another paper, a
    nationality, an organisation.
    """

    __tablename__ = "party"
    __table_args__ = (UniqueConstraint("dossier", "role"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    role: Mapped[str]
    name: Mapped[str]
    number: Mapped[str | None] = mapped_column(default=None, index=True)
    document_kind: Mapped[str | None] = mapped_column(default=None)
    document_number: Mapped[str | None] = mapped_column(default=None, index=True)
    nationality: Mapped[str] = mapped_column(default="")
    tax_code: Mapped[str | None] = mapped_column(default=None, index=True)
    representative: Mapped[str] = mapped_column(default="")
    birth_date: Mapped[str | None] = mapped_column(default=None)
    sex: Mapped[str | None] = mapped_column(default=None)
    address: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None, index=True)
    email: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="manual")
    verdict: Mapped[str | None] = mapped_column(default=None)
    relation: Mapped[str] = mapped_column(default="")
    authorisation: Mapped[str] = mapped_column(default="")


class PaperRow(Base):
    """One paper that came with a dossier."""

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("dossier", "position"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    position: Mapped[int]
    code: Mapped[str | None]
    name: Mapped[str]
    originals: Mapped[int]
    certified: Mapped[int]
    copies: Mapped[int]


class FeeRow(Base):
    """One fee of a dossier; an exempted fee keeps its price and says why nothing was asked."""

    __tablename__ = "fee"
    __table_args__ = (UniqueConstraint("dossier", "position"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    quantity: Mapped[int]
    unit_price: Mapped[Dong]
    amount: Mapped[Dong]
    exempt_reason: Mapped[str | None]


class HistoryRow(Base):
    """One line of a dossier's history, append-only; ``status`` is the state it left behind.

    ``text`` holds the reason or the number, as the register shows it.
    """

    __tablename__ = "history"
    __table_args__ = (UniqueConstraint("dossier", "position"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    position: Mapped[int]
    at: Mapped[datetime]
    event: Mapped[str]
    status: Mapped[int]
    officer_id: Mapped[str]
    officer_name: Mapped[str]
    text: Mapped[str] = mapped_column(default="")


class OutboxRow(Base):
    """One message for the portal, immutable but for its delivery columns.

    ``seq`` is the order it was written in; ``dossier_seq`` counts per dossier on this desk.
    ``replaced_by`` is the key of the message that an officer chose in place of this one, its own
    when the portal's version was taken; a replaced message is never sent again.
    ``boot``, ``uptime_ms`` and ``skew_ms`` are what ``clocks.ClockReading`` says.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("dossier_id", "dossier_seq"),
        CheckConstraint("state IN ('waiting', 'settled', 'parked', 'conflict')", name="state"),
    )
    seq: Mapped[int] = mapped_column(primary_key=True, init=False)
    key: Mapped[UUID] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(index=True)
    dossier_seq: Mapped[int]
    kind: Mapped[str]
    body: Mapped[str]
    digest: Mapped[str]
    written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    portal_version: Mapped[int | None] = mapped_column(default=None)
    base_version: Mapped[int | None] = mapped_column(default=None)
    trouble: Mapped[str | None] = mapped_column(default=None)
    replaced_by: Mapped[UUID | None] = mapped_column(default=None)
    boot: Mapped[str | None] = mapped_column(default=None)
    uptime_ms: Mapped[int | None] = mapped_column(default=None)
    skew_ms: Mapped[int | None] = mapped_column(default=None)


class CopyRow(Base):
    """What the portal last said of a dossier: of this desk, of a sister desk, or sent online.

    ``body`` is the whole dossier in the portal's words, None while only its version is known.
    ``wanted_version`` is the newest version heard of; a lower ``version`` means: ask again.
    ``applied_version`` is the one the dossier here was brought up to, ``events_seen`` the place in
    the portal's list of what happened to it.
    """

    __tablename__ = "portal_copy"
    dossier_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    wanted_version: Mapped[int] = mapped_column(default=0)
    applied_version: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(default=None, index=True)
    status: Mapped[int | None] = mapped_column(default=None, index=True)
    status_at: Mapped[datetime | None] = mapped_column(default=None)
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    unit: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None] = mapped_column(default=None)
    email: Mapped[str | None] = mapped_column(default=None)
    answer_by: Mapped[datetime | None] = mapped_column(default=None)
    portal_state: Mapped[str | None] = mapped_column(default=None)
    events_seen: Mapped[int] = mapped_column(default=0)
    body: Mapped[str | None] = mapped_column(default=None)


class ChangeRow(Base):
    """One piece of the portal's news that was taken in; the same news again changes nothing."""

    __tablename__ = "portal_change"
    change_id: Mapped[UUID] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)


class LeaseRow(Base):
    """A block of serial numbers the portal lent this desk for one agency and day.

    ``next`` is the number to be taken next; it passes ``last`` when the block is used up.
    ``voided_at`` is when ``next`` to ``last`` were recorded as void, because their day was over.
    """

    __tablename__ = "lease"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    first: Mapped[int]
    last: Mapped[int]
    next: Mapped[int]
    width: Mapped[int]
    prefix: Mapped[str]
    expires_at: Mapped[datetime]
    returned: Mapped[bool] = mapped_column(default=False)
    voided_at: Mapped[datetime | None] = mapped_column(default=None)


class LeaseRequestRow(Base):
    """A block that was asked for: on disk before it is sent, so that a repeat is the same ask."""

    __tablename__ = "lease_request"
    key: Mapped[UUID] = mapped_column(primary_key=True)
    agency: Mapped[str]
    day: Mapped[date]
    count: Mapped[int]
    asked_at: Mapped[datetime]
    granted: Mapped[UUID | None] = mapped_column(default=None)
    refused: Mapped[str | None] = mapped_column(default=None)


class CountRow(Base):
    """A number that only grows: a book's last entry, a day's last provisional code."""

    __tablename__ = "count"
    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class PrintRow(Base):
    """A paper that was asked for, and what is known of it."""

    __tablename__ = "print"
    job: Mapped[UUID] = mapped_column(primary_key=True)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    kind: Mapped[str]
    reprint: Mapped[bool]
    asked_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
