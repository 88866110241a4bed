"""The rows of what happens to a dossier after its reception; facts are added, never edited."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from counter.store.tables import Base
from counter.values import Dong


class DueRow(Base):
    """One change of a due date: what it was, what it is, and why."""

    __tablename__ = "due_change"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    at: Mapped[datetime]
    before: Mapped[datetime | None]
    after: Mapped[datetime]
    reason: Mapped[str]
    form: Mapped[str | None]


class SupplementRow(Base):
    """One request for papers (form 02); ``answered_at`` stays empty until they are brought."""

    __tablename__ = "supplement"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    reason: Mapped[str]
    cause: Mapped[str]
    respond_by: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)


class WantedRow(Base):
    """One paper a supplement asks for."""

    __tablename__ = "wanted_paper"
    __table_args__ = (UniqueConstraint("supplement", "position"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    supplement: Mapped[int] = mapped_column(ForeignKey("supplement.row"))
    position: Mapped[int]
    code: Mapped[str | None]
    name: Mapped[str]
    note: Mapped[str]


class HandOverRow(Base):
    """One way of the papers to a unit (form 06)."""

    __tablename__ = "hand_over"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    at: Mapped[datetime]
    unit: Mapped[str]
    receiver: Mapped[str]
    sheet: Mapped[str] = mapped_column(index=True)


class ResultRow(Base):
    """One result that came to the desk; the newest is the one that counts."""

    __tablename__ = "result"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    at: Mapped[datetime]
    name: Mapped[str]
    number: Mapped[str]


class ReturnRow(Base):
    """One return of a result; ``recalled_at`` says that it was noted by mistake.

    Where only its receiver was wrong, another row of the same ``at`` stands for it.
    """

    __tablename__ = "result_return"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    at: Mapped[datetime]
    receiver: Mapped[str]
    relation: Mapped[str]
    last4: Mapped[str | None]
    authorisation: Mapped[str]
    slip_collected: Mapped[bool]
    undertaking: Mapped[bool]
    recalled_at: Mapped[datetime | None] = mapped_column(default=None)


class LetterRow(Base):
    """A draft that waits for the leader, and what the leader decided."""

    __tablename__ = "letter"
    __table_args__ = (CheckConstraint("kind IN ('apology', 'stop')", name="kind"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    due_at: Mapped[datetime | None]
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    approved: Mapped[bool | None] = mapped_column(default=None)
    leader: Mapped[str | None] = mapped_column(default=None)
    number: Mapped[str | None] = mapped_column(default=None)


class MoneyRow(Base):
    """One fact of money: a receipt, its void or its refund; sums of the last two are negative.

    ``of`` names the receipt a void or refund belongs to.
    """

    __tablename__ = "money"
    __table_args__ = (CheckConstraint("kind IN ('receipt', 'void', 'refund')", name="kind"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[Dong]
    method: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    officer_id: Mapped[str]
    officer_name: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    of: Mapped[UUID | None] = mapped_column(default=None)
    leader: Mapped[str | None] = mapped_column(default=None)
    official_number: Mapped[str | None] = mapped_column(default=None)


class GuidanceRow(Base):
    """What was told to a person whose papers were missing: no dossier, and never sent.

    ``body`` is the person and what was brought, as JSON text, to begin from when they come back.
    """

    __tablename__ = "guidance"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    number: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    procedure_code: Mapped[str]
    reason: Mapped[str]
    body: Mapped[str]
    officer_id: Mapped[str]
    officer_name: Mapped[str]
