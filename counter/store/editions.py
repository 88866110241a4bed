"""The office's versions of procedures on disk: kept together, undone together, put up to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.editions import Edition, Origin, read_back, written_out
from counter.store.tables import Base, DossierRow


class EditionRow(Base):
    """One version of a procedure, whole; ``undone_at`` says that it counts no more."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("code", "revision"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    batch: Mapped[UUID] = mapped_column(index=True)
    code: Mapped[str]
    revision: Mapped[str]
    origin: Mapped[str]
    kept_at: Mapped[datetime]
    officer: Mapped[str]
    body: Mapped[str]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)


class PublicationRow(Base):
    """A version whose notice was put up for everybody to read."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("code", "revision"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str]
    revision: Mapped[str]
    at: Mapped[datetime]
    officer: Mapped[str]


def keep(session: Session, editions: Sequence[Edition]) -> None:
    """Keep *editions* in the open transaction."""
    session.add_all(
        EditionRow(
            id=edition.id,
            batch=edition.batch,
            code=edition.procedure.code,
            revision=edition.procedure.revision,
            origin=edition.origin.value,
            kept_at=edition.kept_at,
            officer=edition.officer,
            body=written_out(edition.procedure),
        )
        for edition in editions
    )
    session.flush()


def kept(session: Session) -> tuple[Edition, ...]:
    """Return every version that counts, in the order they were kept."""
    rows = session.scalars(
        select(EditionRow)
        .where(EditionRow.undone_at.is_(None))
        .order_by(EditionRow.kept_at, EditionRow.id)
    )
    return tuple(
        Edition(
            id=row.id,
            batch=row.batch,
            origin=Origin(row.origin),
            kept_at=row.kept_at,
            officer=row.officer,
            procedure=read_back(row.body),
        )
        for row in rows
    )


def revisions(session: Session, code: str) -> frozenset[str]:
    """Return every revision of a procedure that was ever kept here, undone ones too."""
    return frozenset(session.scalars(select(EditionRow.revision).where(EditionRow.code == code)))


def undo(session: Session, batch: UUID, moment: datetime) -> int:
    """Let what was kept together count no more; return how many versions."""
    changed = session.execute(
        update(EditionRow)
        .where(EditionRow.batch == batch, EditionRow.undone_at.is_(None))
        .values(undone_at=moment)
        .returning(EditionRow.id)
    )
    return len(changed.all())


def uses(session: Session, code: str) -> dict[str, int]:
    """Return how many dossiers were received under each revision of a procedure."""
    rows = session.execute(
        select(DossierRow.procedure_revision, func.count())
        .where(DossierRow.procedure_code == code)
        .group_by(DossierRow.procedure_revision)
    )
    return {revision: count for revision, count in rows}


def publish(session: Session, code: str, revision: str, moment: datetime, officer: str) -> None:
    """Note that a version is put up; putting it up again changes nothing."""
    if (code, revision) not in published(session):
        session.add(PublicationRow(code=code, revision=revision, at=moment, officer=officer))
        session.flush()


def published(session: Session) -> dict[tuple[str, str], datetime]:
    """Return when each version was put up, by code and revision."""
    rows = session.execute(select(PublicationRow.code, PublicationRow.revision, PublicationRow.at))
    return {(code, revision): at for code, revision, at in rows}
