"""The audit chain read by a supervisor; that it was read stands in it too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.audit import Entry, newest_seal_at
from counter.auditing import AuditAsked, AuditLine, AuditView
from counter.desk import papers
from counter.desk.checking import seals_outside
from counter.desk.context import Context
from counter.errors import UnknownDossier
from counter.papers.desk import SealFacts
from counter.ports import PrintJob
from counter.store import trail
from counter.store.people_tables import OfficerRow
from counter.store.tables import DossierRow
from counter.values import VIETNAM, uuid7

MOST_BREAKS = 20
_DOSSIER = re.compile(r"[0-9a-f]{32}")
"""How an entry names a dossier; counters and accounts may be as long."""


def look(context: Context, asked: AuditAsked) -> AuditView:
    """Return the entries asked for, and check the whole chain with every seal that is known.

    Raises:
        UnknownDossier: No dossier here has that code.
    """
    code = asked.dossier.strip().upper()
    with context.store.noting() as session:
        subject = _subject(session, code) if code else ""
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="audit.read",
            moment=context.clock(),
            subject=subject,
            detail=" ".join(filter(None, (asked.officer, str(asked.day or ""), asked.action))),
        )
    begin = end = None
    if asked.day is not None:
        begin = datetime.combine(asked.day, time(), VIETNAM).astimezone(UTC)
        end = begin + timedelta(days=1)
    with context.store.reading() as session:
        found = trail.find_entries(
            session,
            newest=asked.newest,
            subject=subject,
            officer=asked.officer,
            action=asked.action,
            begin=begin,
            end=end,
        )
        outside = seals_outside(context, session)
        at_portal = trail.read_seals(
            trail.portal_seals(context.hall.folder.root, trail.install_of(session))
        )
        broken = [f"{one.seq}: {one.reason}" for one in trail.find_breaks(session, outside)]
        sealed = trail.seals(session)
        count, who, what = trail.kinds(session)
        return AuditView(
            lines=_lines(session, found),
            officers=who,
            actions=what,
            count=count,
            broken=tuple(broken[:MOST_BREAKS]),
            sealed_at=datetime.fromisoformat(sealed[-1].at) if sealed else None,
            told_at=newest_seal_at(at_portal),
        )


def seal_paper(context: Context) -> PrintJob:
    """Seal the chain as it stands, and return the seal as a paper to keep elsewhere.

    Raises:
        DiskFull, StoreReadOnly: It cannot be sealed.
    """
    moment, desk = context.clock(), context.settings.settings.desk
    with context.store.writing() as session:
        trail.note(session, officer=desk.officer_id, action="audit.seal_printed", moment=moment)
        trail.seal_up(session, moment)
        newest = trail.seals(session)[-1]
    facts = SealFacts(
        desk=desk.id,
        count=newest.seq,
        sealed_at=datetime.fromisoformat(newest.at),
        link=newest.link,
        qr=f"{newest.seq} {newest.link}",
        officer=desk.officer_name,
    )
    paper = context.wordings.word(papers.letterhead(context, moment), facts)
    return PrintJob(uuid7(moment), f"seal_{newest.seq}", paper)


def _subject(session: Session, code: str) -> str:
    row = session.scalar(
        select(DossierRow.id).where(
            (DossierRow.code == code) | (DossierRow.provisional_code == code)
        )
    )
    if row is None:
        raise UnknownDossier
    return row.hex


def _lines(session: Session, found: list[Entry]) -> tuple[AuditLine, ...]:
    names: dict[str, str] = {row.id: row.name for row in session.scalars(select(OfficerRow))}
    ids = {UUID(one.subject) for one in found if _DOSSIER.fullmatch(one.subject)}
    codes = {
        row.id.hex: row.code or row.provisional_code or ""
        for row in session.execute(
            select(DossierRow.id, DossierRow.code, DossierRow.provisional_code).where(
                DossierRow.id.in_(ids)
            )
        )
    }
    return tuple(
        AuditLine(
            seq=one.seq,
            at=datetime.fromisoformat(one.at),
            officer=one.officer,
            name=names.get(one.officer, ""),
            action=one.action,
            subject=codes.get(one.subject, one.subject),
            detail=one.detail,
        )
        for one in found
    )
