"""The rows of the office database."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from counter.database import NAMES, TYPES


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Rows are dataclasses so that the type checker sees their constructors."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


class SeriesRow(Base):
    """The last number given out in one series of one day."""

    __tablename__ = "series"
    day: Mapped[date] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class TicketRow(Base):
    """One queue ticket. ``state`` repeats the state of its open period, for the queue's order."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("day", "letter", "number"),
        CheckConstraint("state IN ('waiting', 'called', 'served', 'absent')", name="state"),
    )
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    day: Mapped[date] = mapped_column(index=True)
    letter: Mapped[str]
    number: Mapped[int]
    service: Mapped[str]
    priority: Mapped[str | None]
    issued_at: Mapped[datetime]
    state: Mapped[str]
    counter: Mapped[str | None]


class PeriodRow(Base):
    """One state of a ticket from beginning to end; what waiting and service times come from."""

    __tablename__ = "period"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    ticket: Mapped[int] = mapped_column(ForeignKey("ticket.row"), index=True)
    state: Mapped[str]
    counter: Mapped[str | None]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
