"""The rows of officers, their failed tries, and what they are typing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from counter.store.tables import Base


class OfficerRow(Base):
    """One person who may sign in; never deleted, since records name it.

    ``roles`` are words of ``counter.people.Role`` parted by commas; ``password`` is an argon2id
    string; ``card`` is the keyed digest of the officer's own card. An ``initial`` password was set
    by somebody else, who knows it; it opens nothing until its owner has chosen another.
    """

    __tablename__ = "officer"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    title: Mapped[str]
    roles: Mapped[str]
    password: Mapped[str]
    card: Mapped[str | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    initial: Mapped[bool] = mapped_column(default=False, server_default=false())


class TryRow(Base):
    """Failed tries to sign in under one name; of one that is no account a digest stands here."""

    __tablename__ = "sign_in_try"
    account: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    closed_until: Mapped[datetime | None] = mapped_column(default=None)


class DraftRow(Base):
    """What an officer has typed and not yet received, as JSON."""

    __tablename__ = "draft"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    body: Mapped[str]
