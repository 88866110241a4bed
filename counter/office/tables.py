"""The rows of the office database."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from counter.database import NAMES, TYPES, row_words


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    """Rows are dataclasses so that the type checker sees their constructors.

    A row shows itself by its key alone: what it holds of a citizen reaches no log and no error.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES

    def __repr__(self) -> str:
        return row_words(self)


class SeriesRow(Base):
    """The last number given out in one series of one day."""

    __tablename__ = "series"
    day: Mapped[date] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class DayKeyRow(Base):
    """The key under which the citizens of one day are known; a later day erases it."""

    __tablename__ = "day_key"
    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes]


class PlaceRow(Base):
    """A desk or kiosk that gives numbers out: its reserved letter, and what it serves.

    Attributes:
        services: Letters of what its own settings say that it serves; empty is all.
        assigned: What a supervisor said that it serves; None when nobody said so.
        closed_at: Since when a supervisor lets it call no numbers.
    """

    __tablename__ = "place"
    desk_id: Mapped[str] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(unique=True)
    counter: Mapped[str]
    services: Mapped[str]
    assigned: Mapped[str | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class TicketRow(Base):
    """One queue ticket. ``state`` repeats the state of its open period, for the queue's order.

    Attributes:
        letter: The series of its number: its first service's, or a reserved letter.
        service: The letter of the service it waits for or is served in now.
        given_by: Desk or kiosk that gave it out.
        ahead: Tickets that stood before it when it was taken; None when nobody knew.
        counter: Where it was called last.
        for_counter: The only counter that may call it; None when any may.
        for_officer: The only officer who may call it.
        comes_back: It comes back to a counter and passes the queue.
        subject: Code of the booking or dossier it was taken for.
        calls: How often it was called, one minute and more apart.
        recalled: It was absent and has been called once more.
        paper: What is known of its paper.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("day", "letter", "number"),
        CheckConstraint(
            "state IN ('waiting', 'called', 'serving', 'held', 'served', 'absent', 'void')",
            name="state",
        ),
        Index(None, "day", "state", "service"),
    )
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    day: Mapped[date]
    letter: Mapped[str]
    number: Mapped[int]
    service: Mapped[str]
    priority: Mapped[str | None]
    issued_at: Mapped[datetime]
    given_by: Mapped[str]
    state: Mapped[str]
    counter: Mapped[str | None]
    officer: Mapped[str | None] = mapped_column(default=None)
    ahead: Mapped[int | None] = mapped_column(default=None)
    for_counter: Mapped[str | None] = mapped_column(default=None)
    for_officer: Mapped[str | None] = mapped_column(default=None)
    comes_back: Mapped[bool] = mapped_column(default=False)
    subject: Mapped[str | None] = mapped_column(default=None)
    calls: Mapped[int] = mapped_column(default=0)
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    recalled: Mapped[bool] = mapped_column(default=False)
    paper: Mapped[str | None] = mapped_column(default=None)


class ErrandRow(Base):
    """One thing a ticket was taken for; a person has at most one open in each service of a day.

    Attributes:
        person: Keyed hash of the citizen number; None when nobody showed a card.
    """

    __tablename__ = "errand"
    __table_args__ = (
        Index(
            "uq_errand_live",
            "day",
            "service",
            "person",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            # The step that makes it says the same to PostgreSQL; here it would load that dialect.
        ),
    )
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    ticket: Mapped[int] = mapped_column(ForeignKey("ticket.row"), index=True)
    position: Mapped[int]
    day: Mapped[date]
    service: Mapped[str]
    person: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class PeriodRow(Base):
    """One state of a ticket from beginning to end; what waiting and service times come from."""

    __tablename__ = "period"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    ticket: Mapped[int] = mapped_column(ForeignKey("ticket.row"), index=True)
    state: Mapped[str]
    service: Mapped[str]
    counter: Mapped[str | None]
    officer: Mapped[str | None]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class CallRow(Base):
    """One call of one ticket, as the board shows and says it; a higher row is later.

    Attributes:
        stream: Letters of what the calling counter serves; counters that serve the same share
            their turns between priority and the others. None for a call outside the order.
    """

    __tablename__ = "call"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    day: Mapped[date] = mapped_column(index=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("ticket.row"), index=True)
    counter: Mapped[str]
    officer: Mapped[str | None]
    stream: Mapped[str | None]
    at: Mapped[datetime]


class BookingRow(Base):
    """Somebody is expected: a booked time, or a dossier that was handed in online.

    Attributes:
        begins_at: The booked time; None for any time of the office.
        ticket: The ticket taken with it.
    """

    __tablename__ = "booking"
    code: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str]
    begins_at: Mapped[datetime | None]
    ticket: Mapped[int | None] = mapped_column(ForeignKey("ticket.row"), default=None)


class HelpRow(Base):
    """Somebody at a kiosk asked for a person; open until an officer says that he is on his way."""

    __tablename__ = "help"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    place: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)


class RatingRow(Base):
    """What a citizen thought of a service; no counter and no officer stands here.

    Attributes:
        subject: Code of the dossier or ticket; each is rated once.
        score: 1 (very dissatisfied) to 5 (very satisfied).
        reasons: Codes of reasons, divided by blanks.
    """

    __tablename__ = "rating"
    subject: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str]
    score: Mapped[int]
    reasons: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)


class TypedCallRow(Base):
    """A number called by typing it, before its ticket was known here.

    Attributes:
        settled_at: When the ticket came and the call was noted on it.
    """

    __tablename__ = "typed_call"
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    id: Mapped[UUID] = mapped_column(unique=True)
    day: Mapped[date] = mapped_column(index=True)
    number: Mapped[str]
    counter: Mapped[str]
    officer: Mapped[str | None]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


class RenewalRow(Base):
    """A day on which this file took the turn of a damaged one.

    Attributes:
        letter: What every number bears that it gives out on that day.
    """

    __tablename__ = "renewal"
    day: Mapped[date] = mapped_column(primary_key=True)
    letter: Mapped[str]


class DoubtRow(Base):
    """A ticket that may or may not be in the office database: the way was cut while it was taken.

    It was never promised to anybody. Kept beside the desk; settled when the office is back.
    """

    __tablename__ = "doubt"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
