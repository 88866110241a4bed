"""Lists of results handed to the public post, as the portal is told of each: once, whole.

A list is written with the acts it belongs to and never changed; the courier moves it on. One that
the portal refuses is put right by handing its results over anew, on another list. One of whose
dossiers some wait for an officer is parted before anything of it is told.
"""

from __future__ import annotations

import json
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
from counter.values import uuid7

PORTAL = "portal"

SET_ASIDE = ("parked", "conflict")
"""How the message that makes a dossier stands while it waits for an officer."""


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
    untold = _made().where(ParcelRow.post_list == PostListRow.id, OutboxRow.state != "settled")
    lists = session.scalars(_wanted().where(~exists(untold)).order_by(PostListRow.id)).all()
    return [PostErrand(one.id, _dossiers(session, one.id), one.body) for one in lists]


def has_held(session: Session) -> bool:
    """Say whether a list waits for a dossier that is set aside while it holds others, too."""
    return session.execute(_held().limit(1)).first() is not None


def part(session: Session, moment: datetime) -> None:
    """Take the results of dossiers that are set aside off their lists, so that the others go.

    They wait on a list of their own under the same number. Nothing of either was told yet: a
    list is told only once the portal has all of its dossiers, and it loses none of them again.
    """
    for row in session.scalars(_held()).all():
        aside = set(
            session.scalars(
                _made().where(ParcelRow.post_list == row.id, OutboxRow.state.in_(SET_ASIDE))
            )
        )
        body = json.loads(row.body)
        apart = uuid7(moment)
        stays = [one for one in body["parcels"] if UUID(one["parcel_id"]) not in aside]
        leaves = [one for one in body["parcels"] if UUID(one["parcel_id"]) in aside]
        row.body = _written(body | {"parcels": stays})
        want(
            session,
            apart,
            row.sheet,
            _written(body | {"manifest_id": str(apart), "parcels": leaves}),
            (),
        )
        session.execute(update(ParcelRow).where(ParcelRow.id.in_(aside)).values(post_list=apart))


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


def _wanted() -> Select[PostListRow]:
    """Select the lists that are still to be told."""
    return select(PostListRow).where(
        PostListRow.state == ListState.WANTED.value, PostListRow.body != ERASED_BODY
    )


def _made() -> Select[UUID]:
    """Select the parcels of dossiers that this desk made, beside the message that makes each."""
    return (
        select(ParcelRow.id)
        .join(DossierRow, DossierRow.row == ParcelRow.dossier)
        .join(OutboxRow, OutboxRow.dossier_id == DossierRow.id)
        .where(OutboxRow.kind == DOSSIER, OutboxRow.dossier_seq == 1)
    )


def _held() -> Select[PostListRow]:
    """Select the lists that hold a dossier that is set aside and another that is not."""
    of_list = ParcelRow.post_list == PostListRow.id
    aside = _made().where(OutboxRow.state.in_(SET_ASIDE))
    other = select(ParcelRow.id).where(of_list, ParcelRow.id.not_in(aside))
    return _wanted().where(exists(aside.where(of_list)), exists(other))


def _written(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _dossiers(session: Session, list_id: UUID) -> tuple[UUID, ...]:
    wanted = select(DossierRow.id).join(ParcelRow, ParcelRow.dossier == DossierRow.row)
    return tuple(session.scalars(wanted.where(ParcelRow.post_list == list_id)))
