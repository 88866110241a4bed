"""The catalogue curated: versions kept, taken back, put up to read; nothing that was is edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from counter.curation import Listed, Proposals, Taken, Version, with_parts
from counter.desk.context import Context
from counter.desk.declaring import fees_in_words, papers_in_words
from counter.desk.papers import letterhead
from counter.editions import Edition, Origin, laid_over, new_revision
from counter.errors import EditionTooEarly, EditionUsed, UnknownProcedure
from counter.official.comparing import proposals
from counter.official.lines import Official
from counter.official.reading import read_official
from counter.papers.catalogue import CatalogueFacts, ListedLine
from counter.papers.desk import NoticeFacts
from counter.ports import PrintJob
from counter.procedures import OnlineLevel, Procedure, term_words
from counter.store import editions, trail
from counter.values import local_day, uuid7

EVERYTHING = 1000
ONLINE = {
    OnlineLevel.FULL: "Toàn trình",
    OnlineLevel.PARTIAL: "Một phần",
    OnlineLevel.NONE: "Chưa thực hiện trực tuyến",
}


def search(context: Context, text: str) -> tuple[Listed, ...]:
    """Return what *text* finds among the procedures in force, best first."""
    today = local_day(context.clock())
    with context.store.reading() as session:
        published = editions.published(session)
    counts: dict[str, int] = {}
    for procedure in context.catalogue.procedures:
        counts[procedure.code] = counts.get(procedure.code, 0) + 1
    return tuple(
        Listed(p, counts[p.code], (p.code, p.revision) in published)
        for p in context.catalogue.find(text, today, EVERYTHING)
    )


def versions(context: Context, code: str) -> tuple[Version, ...]:
    """Return every version of a procedure, the newest first.

    Raises:
        UnknownProcedure: There is none.
    """
    with context.store.reading() as session:
        kept = {e.procedure.revision: e for e in editions.kept(session) if e.procedure.code == code}
        published = editions.published(session)
        uses = editions.uses(session, code)
    found = [p for p in context.catalogue.procedures if p.code == code]
    if not found:
        raise UnknownProcedure(code=code)
    made = []
    for procedure in sorted(found, key=lambda p: p.effective_from, reverse=True):
        edition = kept.get(procedure.revision)
        made.append(
            Version(
                procedure=procedure,
                origin=edition.origin if edition else Origin.SHIPPED,
                batch=edition.batch if edition else None,
                kept_at=edition.kept_at if edition else None,
                published_at=published.get((code, procedure.revision)),
                used=uses.get(procedure.revision, 0),
            )
        )
    return tuple(made)


def curate(context: Context, edited: Procedure, begins: date) -> Version:
    """Keep *edited* as a new version from the day *begins* on.

    Raises:
        EditionTooEarly: That is before today, or not after the newest version's first day.
    """
    _keep(context, [(edited, Origin.OFFICE)], begins)
    return next(v for v in versions(context, edited.code) if v.procedure.effective_from == begins)


def propose(context: Context, path: Path) -> Proposals:
    """Read an official catalogue from a file and say where it differs.

    Raises:
        BadOfficial: It is none.
    """
    return compare(context, read_official(path))


def compare(context: Context, official: Iterable[Official]) -> Proposals:
    """Say where *official* differs from what is in force here; nothing is changed."""
    today = local_day(context.clock())
    return proposals(context.catalogue, official, today, today)


def accept(context: Context, taken: Sequence[Taken], begins: date) -> int:
    """Keep what was accepted as new versions, all or none; return how many.

    Raises:
        EditionTooEarly: A version would not begin after the newest one.
    """
    made = []
    for one in taken:
        proposal = one.proposal
        if one.parts:
            whole = (
                proposal.proposed
                if proposal.current is None
                else with_parts(proposal.current, proposal.proposed, one.parts)
            )
            made.append((whole, proposal.origin))
    return _keep(context, made, begins)


def undo(context: Context, batch: UUID) -> int:
    """Take back what was kept together; return how many versions.

    Raises:
        EditionUsed: A dossier was received under one of them.
    """
    moment = context.clock()
    with context.store.writing() as session:
        of_batch = [e.procedure for e in editions.kept(session) if e.batch == batch]
        for procedure in of_batch:
            if editions.uses(session, procedure.code).get(procedure.revision):
                raise EditionUsed
        count = editions.undo(session, batch, moment)
        _note(context, session, "catalogue.undone", moment, of_batch)
    _refresh(context)
    return count


def publish(context: Context, code: str, revision: str) -> PrintJob:
    """Note that a version is put up for everybody to read, and return its notice.

    Raises:
        UnknownProcedure: There is no such version.
    """
    procedure = context.catalogue.find_revision(code, revision)
    if procedure is None:
        raise UnknownProcedure(code=code)
    moment = context.clock()
    officer = context.settings.settings.desk.officer_id
    with context.store.writing() as session:
        editions.publish(session, code, revision, moment, officer)
        _note(context, session, "catalogue.published", moment, [procedure])
    paper = context.wordings.word(letterhead(context, moment), _notice(context, procedure))
    return PrintJob(uuid7(moment), f"{code}_notice", paper)


def print_list(context: Context, text: str) -> PrintJob:
    """Return the list of what *text* finds among the procedures in force, best first.

    An empty text lists all of them.
    """
    moment = context.clock()
    found = context.catalogue.find(text, local_day(moment), EVERYTHING)
    facts = CatalogueFacts(
        narrowed=" ".join(text.split()),
        count=len(found),
        procedures=tuple(
            ListedLine(
                code=one.code,
                name=one.name,
                field=one.field.name,
                time_limit=term_words(one.term),
                fees=fees_in_words(one),
                online=ONLINE[one.online],
                decided_by=one.agency,
            )
            for one in found
        ),
        web=context.settings.settings.office.look_up_url,
    )
    paper = context.wordings.word(letterhead(context, moment), facts)
    return PrintJob(uuid7(moment), "catalogue", paper)


def _keep(context: Context, made: Sequence[tuple[Procedure, Origin]], begins: date) -> int:
    moment = context.clock()
    if begins < local_day(moment):
        raise EditionTooEarly
    batch = uuid7(moment)
    officer = context.settings.settings.desk.officer_id
    with context.store.writing() as session:
        kept = []
        for procedure, origin in made:
            known = [p for p in context.catalogue.procedures if p.code == procedure.code]
            if any(begins <= p.effective_from for p in known):
                raise EditionTooEarly
            taken = {p.revision for p in known} | editions.revisions(session, procedure.code)
            version = replace(
                procedure,
                revision=new_revision(origin, begins, taken),
                effective_from=begins,
                effective_to=None,
            )
            kept.append(Edition(uuid7(moment), batch, origin, moment, officer, version))
        editions.keep(session, kept)
        _note(context, session, "catalogue.kept", moment, [e.procedure for e in kept])
    _refresh(context)
    return len(kept)


def _refresh(context: Context) -> None:
    """Let the desk use from now on what is on disk."""
    with context.store.reading() as session:
        kept = editions.kept(session)
    context.shelf.catalogue = laid_over(context.hall.catalogue, kept)


def _note(
    context: Context,
    session: Session,
    action: str,
    moment: datetime,
    procedures: Iterable[Procedure],
) -> None:
    for procedure in procedures:
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action=action,
            moment=moment,
            subject=procedure.code,
            detail=procedure.revision,
        )


def _notice(context: Context, procedure: Procedure) -> NoticeFacts:
    office = context.settings.settings.office
    return NoticeFacts(
        procedure=procedure.name,
        procedure_code=procedure.code,
        field=procedure.field.name,
        revision=procedure.revision,
        begins=procedure.effective_from,
        ends=procedure.effective_to,
        papers=papers_in_words(procedure),
        conditions=" ".join(procedure.notes),
        time_limit=term_words(procedure.term),
        fees=fees_in_words(procedure, exemptions=True),
        results="; ".join(result.name for result in procedure.results),
        decided_by=procedure.agency,
        online=ONLINE[procedure.online],
        legal_basis="; ".join(procedure.legal_basis),
        web=office.look_up_url,
        phone=office.phone,
    )
