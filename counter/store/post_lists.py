"""Lists of results handed to the public post, as the portal is told of each: once, whole.

A list is written with the acts it belongs to and never changed; the courier moves it on. One that
the portal refuses is put right by handing its results over anew, on another list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, exists, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from counter.dossier import Status
from counter.store.outbox import DOSSIER, ERASED_BODY
from counter.store.sisters import note
from counter.store.tables import Base, DossierRow, OutboxRow

PORTAL = "portal"


class ListState(StrEnum):
    """How a list stands with the portal."""

    WANTED = "wanted"
    TAKEN = "taken"
    REFUSED = "refused"


class PostListRow(Base):
    """One list. ``body`` is what the portal is told, unchanged in every repeat."""

    __tablename__ = "post_list"
    __table_args__ = (CheckConstraint("state IN ('wanted', 'taken', 'refused')", name="state"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sheet: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    trouble: Mapped[str | None] = mapped_column(default=None)


class ParcelRow(Base):
    """One result on a list, under the id the portal knows the parcel by."""

    __tablename__ = "post_parcel"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    post_list: Mapped[UUID] = mapped_column(ForeignKey("post_list.id"), index=True)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)


@dataclass(frozen=True, slots=True)
class PostErrand:
    """One list the portal is to be told of."""

    id: UUID
    dossiers: tuple[UUID, ...]
    body: str = field(repr=False)


def want(
    session: Session, list_id: UUID, sheet: str, body: str, parcels: Sequence[tuple[UUID, int]]
) -> None:
    """Keep that the portal is to be told of a list.

    Args:
        parcels: Of each result the parcel's id and the row of its dossier.
    """
    session.add(PostListRow(id=list_id, sheet=sheet, state=ListState.WANTED.value, body=body))
    session.flush()
    for parcel, dossier in parcels:
        session.add(ParcelRow(id=parcel, post_list=list_id, dossier=dossier))
    session.flush()


def errands(session: Session) -> list[PostErrand]:
    """Return the lists to be told now: those of whose dossiers the portal has every one."""
    untold = (
        select(ParcelRow.id)
        .join(DossierRow, DossierRow.row == ParcelRow.dossier)
        .join(OutboxRow, OutboxRow.dossier_id == DossierRow.id)
        .where(
            ParcelRow.post_list == PostListRow.id,
            OutboxRow.kind == DOSSIER,
            OutboxRow.dossier_seq == 1,
            OutboxRow.state != "settled",
        )
    )
    lists = session.scalars(
        select(PostListRow)
        .where(
            PostListRow.state == ListState.WANTED.value,
            PostListRow.body != ERASED_BODY,
            ~exists(untold),
        )
        .order_by(PostListRow.id)
    ).all()
    return [PostErrand(one.id, _dossiers(session, one.id), one.body) for one in lists]


def settle(
    session: Session, list_id: UUID, moment: datetime, *, reason: str = "", trouble: str = ""
) -> None:
    """Keep that the portal took a list, or refused it for *reason*; settling twice is nothing."""
    row = session.get(PostListRow, list_id)
    if row is None or row.state != ListState.WANTED.value:
        return
    row.state = (ListState.REFUSED if reason else ListState.TAKEN).value
    row.trouble = trouble or None
    event = "post.refused" if reason else "post.taken"
    told = f"{row.sheet} · {reason}" if reason else row.sheet
    wanted = select(DossierRow).join(ParcelRow, ParcelRow.dossier == DossierRow.row)
    for dossier in session.scalars(wanted.where(ParcelRow.post_list == list_id)).all():
        note(session, dossier, event, moment=moment, officer=PORTAL, text=told)


def refused_dossiers() -> Select[int]:
    """Return, as a subquery, the dossiers whose last list was refused while they wait here."""
    later = aliased(ParcelRow)
    return (
        select(ParcelRow.dossier)
        .join(PostListRow, PostListRow.id == ParcelRow.post_list)
        .join(DossierRow, DossierRow.row == ParcelRow.dossier)
        .where(
            PostListRow.state == ListState.REFUSED.value,
            DossierRow.status == Status.DONE.value,
            ~exists().where(later.dossier == ParcelRow.dossier, later.id > ParcelRow.id),
        )
    )


def erase(session: Session, dossier: int) -> None:
    """Erase what lists say of a dossier; what the portal was told of others goes with it.

    A list the portal was never told of can be told no more: it counts as refused, so that the
    others on it are handed over anew.
    """
    lists = select(ParcelRow.post_list).where(ParcelRow.dossier == dossier)
    touched = update(PostListRow).where(PostListRow.id.in_(lists))
    session.execute(
        touched.where(PostListRow.state == ListState.WANTED.value).values(
            state=ListState.REFUSED.value
        )
    )
    session.execute(touched.values(body=ERASED_BODY, trouble=None))


def _dossiers(session: Session, list_id: UUID) -> tuple[UUID, ...]:
    wanted = select(DossierRow.id).join(ParcelRow, ParcelRow.dossier == DossierRow.row)
    return tuple(session.scalars(wanted.where(ParcelRow.post_list == list_id)))
