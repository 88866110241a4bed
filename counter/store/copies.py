"""What the portal says of dossiers, kept beside the desk's own facts and brought into them.

News comes late, twice and out of order; only a higher version changes anything here. A dossier
that still has a message on the way keeps its own facts until the portal has that message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select
from sqlalchemy.orm import Session

from counter.dossier import Status
from counter.store import sisters
from counter.store.dossiers import find_row, note_official_code
from counter.store.erasing import ERASED
from counter.store.sisters import STATUS_CHANGED
from counter.store.tables import ChangeRow, CopyRow, DossierRow, OutboxRow
from counter.store.told import Told

DUE_CHANGED = "portal.due_changed"
CONTACT_CHANGED = "portal.contact_changed"


@dataclass(frozen=True, slots=True)
class PortalDossier:
    """One whole dossier as the portal holds it.

    Attributes:
        version: Grows with every change by anybody.
        unit: Who works on it, empty when nobody is named.
        phone: Of the applicant; citizens may change it online, as ``email``.
        body: Everything the portal said, as JSON text.
    """

    id: UUID
    version: int
    code: str | None
    status: int
    status_at: datetime
    due_at: datetime | None
    unit: str
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    body: str = field(repr=False)


def take_in(session: Session, change_id: UUID, moment: datetime) -> bool:
    """Note that a piece of news is being taken in; False when it was before."""
    if session.get(ChangeRow, change_id) is not None:
        return False
    session.add(ChangeRow(change_id=change_id, taken_at=moment))
    return True


def forget_changes(session: Session, before: datetime) -> None:
    """Forget which news was taken in before a moment the portal no longer tells of."""
    session.execute(delete(ChangeRow).where(ChangeRow.taken_at < before))


def keep(session: Session, said: PortalDossier, answer_by: datetime | None = None) -> bool:
    """Keep *said* if it is newer than what is here; say whether it was."""
    row = _row(session, said.id)
    if answer_by is not None:
        row.answer_by = answer_by
    if said.version <= row.version:
        return False
    row.version = said.version
    row.wanted_version = max(row.wanted_version, said.version)
    row.code, row.status, row.status_at = said.code, said.status, said.status_at
    row.due_at, row.unit = said.due_at, said.unit
    row.phone, row.email = said.phone, said.email
    row.body = said.body
    return True


def next_version(session: Session, dossier_id: UUID) -> int:
    """Return what to count a dossier as that comes from where nobody counts versions."""
    own = session.scalar(
        select(func.max(OutboxRow.portal_version)).where(OutboxRow.dossier_id == dossier_id)
    )
    row = session.get(CopyRow, dossier_id)
    return max(own or 0, row.version if row else 0) + 1


def want(session: Session, dossier_id: UUID, version: int) -> None:
    """Note that the portal has *version* of a dossier, which is not here yet."""
    row = _row(session, dossier_id)
    row.wanted_version = max(row.wanted_version, version)


def wanted(session: Session, limit: int) -> list[UUID]:
    """Return at most *limit* dossiers of which a newer version was heard of than is here.

    What this desk itself did is not told to it again: an older copy of it is asked for anew.
    """
    return list(
        session.scalars(
            select(CopyRow.dossier_id)
            .where(
                or_(
                    CopyRow.wanted_version > CopyRow.version,
                    (CopyRow.version > CopyRow.applied_version) & _was_passed(),
                )
            )
            .order_by(CopyRow.dossier_id)
            .limit(limit)
        )
    )


def give_up(session: Session, dossier_id: UUID) -> None:
    """Stop asking for a dossier the portal no longer shows this desk."""
    row = _row(session, dossier_id)
    row.wanted_version = row.version


def note_portal_state(session: Session, dossier_id: UUID, version: int, state: str) -> None:
    """Keep how the national portal stands to a dossier (JSON text), without asking for it.

    This news changes nothing else, so the version after it is as good as a full copy.
    """
    row = _row(session, dossier_id)
    if version <= row.version:
        return
    if row.body is not None and version == row.version + 1:
        row.version = version
        row.wanted_version = max(row.wanted_version, version)
        if row.applied_version == version - 1:
            row.applied_version = version
    row.portal_state = state


def forget_versions(session: Session, dossier_id: UUID) -> None:
    """Start counting versions anew for a dossier the portal lost and gets again."""
    row = _row(session, dossier_id)
    row.version = row.wanted_version = row.applied_version = row.events_seen = 0


@dataclass(frozen=True, slots=True)
class Behind:
    """A dossier the portal knows more of than this desk.

    Attributes:
        body: The whole dossier in the portal's words, as JSON text.
        version: The newest one here; ``applied_version`` is the one already brought in.
        events_seen: Place in the portal's list of what happened to it.
        known: It lies here already.
    """

    dossier_id: UUID
    body: str = field(repr=False)
    version: int
    applied_version: int
    events_seen: int
    known: bool


def find_behind(session: Session, dossier_id: UUID) -> Behind | None:
    """Return a dossier, open or closed, that can be brought up; None when it cannot."""
    row = session.execute(_late().where(CopyRow.dossier_id == dossier_id)).first()
    return None if row is None else _behind(row)


def behind(session: Session, limit: int) -> list[Behind]:
    """Return at most *limit* dossiers that could be brought up to what the portal says.

    One that does not lie here is brought in by itself while it is open.
    """
    is_open = CopyRow.status.not_in([status for status in Status if status.is_final])
    rows = session.execute(
        _late()
        .where(or_(DossierRow.row.is_not(None), is_open))
        .order_by(CopyRow.dossier_id)
        .limit(limit)
    )
    return [_behind(row) for row in rows]


def _late() -> Select[*tuple[Any, ...]]:
    return (
        select(
            CopyRow.dossier_id,
            CopyRow.body,
            CopyRow.version,
            CopyRow.applied_version,
            CopyRow.events_seen,
            DossierRow.row.is_not(None),
        )
        .outerjoin(DossierRow, DossierRow.id == CopyRow.dossier_id)
        .where(_is_behind())
    )


def _behind(row: Row[*tuple[Any, ...]]) -> Behind:
    dossier, body, version, applied, seen, known = row
    return Behind(dossier, body or "", version, applied, seen, known)


def bring_up(
    session: Session,
    found: Behind,
    told: Told,
    moment: datetime,
) -> bool:
    """Bring one dossier up to what the portal says of it; say whether it lies here now.

    Status, due date and official code are the portal's; telephone and e-mail were changed by the
    citizen, since the portal has everything this desk wrote. Each change leaves a history line.
    A dossier on which this desk worked meanwhile is left for the next time. Of one whose term has
    passed only where it stands is taken in: what was erased does not come back.
    """
    copy = session.scalar(
        select(CopyRow).where(
            CopyRow.dossier_id == found.dossier_id, CopyRow.version == found.version, _is_behind()
        )
    )
    if copy is None:
        return False
    copy.applied_version = copy.version
    row = find_row(session, found.dossier_id)
    if row is None:
        row = sisters.adopt(session, told.received, moment) if told.received else None
        if row is None:
            return False
    elif copy.code is not None:
        note_official_code(session, row.id, copy.code)
    copy.events_seen = max((event.place for event in told.events), default=copy.events_seen)
    if row.applicant_name == ERASED:
        copy.body = copy.phone = copy.email = None
    else:
        sisters.take_events(session, row, told.events, moment)
        sisters.take_files(session, row, told, moment)
    for event in _apply(copy, row):
        moment_there = copy.status_at or moment
        sisters.note(session, row, event, moment=moment_there, officer=copy.unit)
    return True


def _was_passed() -> ColumnElement[bool]:
    """Select copies that are older than what the portal made of this desk's own messages."""
    return (
        select(OutboxRow.seq)
        .where(
            OutboxRow.dossier_id == CopyRow.dossier_id, OutboxRow.portal_version > CopyRow.version
        )
        .exists()
    )


def _is_behind() -> ColumnElement[bool]:
    """Select copies newer than the dossier here, but of none with a message on the way."""
    unsettled = (
        select(OutboxRow.seq)
        .where(OutboxRow.dossier_id == CopyRow.dossier_id, OutboxRow.state != "settled")
        .exists()
    )
    return (
        CopyRow.body.is_not(None)
        & (CopyRow.version > CopyRow.applied_version)
        & ~(unsettled | _was_passed())
    )


def _apply(copy: CopyRow, dossier: DossierRow) -> list[str]:
    """Bring the fields the portal owns into *dossier*; return what happened, for its history."""
    happened = []
    if copy.status is not None and copy.status != dossier.status:
        if Status(copy.status).stops_clock and not Status(dossier.status).stops_clock:
            dossier.left_status, dossier.suspended_at = dossier.status, copy.status_at
        dossier.status = copy.status
        happened.append(STATUS_CHANGED)
    if copy.due_at is not None and copy.due_at != dossier.due_at:
        dossier.due_at = copy.due_at
        happened.append(DUE_CHANGED)
    if (copy.phone, copy.email) != (dossier.phone, dossier.email):
        dossier.phone, dossier.email = copy.phone, copy.email
        happened.append(CONTACT_CHANGED)
    return happened


def _row(session: Session, dossier_id: UUID) -> CopyRow:
    row = session.get(CopyRow, dossier_id)
    if row is None:
        row = CopyRow(dossier_id=dossier_id)
        session.add(row)
    return row
