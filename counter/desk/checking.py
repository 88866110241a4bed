"""The desk's own check of what it keeps; each finding names the invariant it breaks.

The invariants are numbered as in docs/invariants.md: I2 a fact has its message, I3 messages of a
dossier count 1..n, I4 a message hashes to its digest, I7 no serial twice and every number of a
lease used, still leased or void, I9 the current state is the one the
history leads to and the audit chain tells of every line, I10 the file itself is sound, I11 every
attachment hashes to its name, and none is missing or nobody's.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.audit import Seal
from counter.desk import hourly
from counter.desk.context import Context, Hall
from counter.desk.housekeeping import copies_folder
from counter.errands import carry_out
from counter.errors import BadDossierCode, DeskError, DiskLow, QueueDamaged, StoreDamaged
from counter.office import renewing
from counter.office.tables import TicketRow
from counter.store import files, trail
from counter.store.outbox import DOSSIER, ERASED_BODY, digest_of
from counter.store.tables import DossierRow, HistoryRow, LeaseRow, OutboxRow
from counter.values import DossierCode, ProvisionalCode
from counter.work import Check, CheckState, Violation

SEALS_S = 2.0
"""How long the folder of the backups may take to show its seals."""

LEAST_ROOM_MB = 200
CALM_ROOM_MB = 2000


def verify(context: Context) -> tuple[Violation, ...]:
    """Check the desk's database whole; empty when all is well."""
    found = [Violation("I10", "desk.db", problem) for problem in context.store.problems()]
    with context.store.reading() as session:
        found += _messages(session)
        found += _codes(session)
        found += _leases(session)
        found += _states(session)
        found += [
            Violation("I11", fault.where, fault.message)
            for fault in files.faults(session, context.store.files)
        ]
        outside = seals_outside(context, session)
        found += [
            Violation("I9", f"audit {broken.seq}", broken.reason)
            for broken in trail.find_breaks(session, outside)
        ]
    return tuple(found)


def verify_printed(context: Context, seq: int, link: str) -> tuple[Violation, ...]:
    """Compare the chain with a seal on paper: the entry it names, and that entry's link."""
    with context.store.reading() as session:
        found = session.scalar(select(trail.AuditRow.link).where(trail.AuditRow.seq == seq))
    if found is None:
        return (Violation("I9", f"audit {seq}", "was sealed on paper and is gone"),)
    if found != link:
        return (Violation("I9", f"audit {seq}", "is not what was sealed on paper"),)
    return ()


def seals_outside(context: Context, session: Session) -> list[Seal]:
    """Return the seals kept beside the database, beside the backups, and by the portal.

    Those beside the backups are none while that disk is away or does not answer.
    """
    folder = context.hall.folder
    found = trail.read_seals(folder.seals)
    found += trail.told_seals(session, folder.root)
    copies = copies_folder(context)
    place = hourly.seals_beside(session, copies)
    try:
        return found + carry_out(
            copies, lambda _step: trail.read_seals(place), name="seals", patience_s=SEALS_S
        )
    except OSError:
        return found


def counted(context: Context) -> dict[str, int]:
    """Return how many things ``verify`` looks at, by kind."""
    with context.store.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in (
                ("dossiers", DossierRow),
                ("history", HistoryRow),
                ("messages", OutboxRow),
                ("leases", LeaseRow),
                ("files", files.FileRow),
                ("audit", trail.AuditRow),
            )
        }


def _messages(session: Session) -> Iterator[Violation]:
    told = set(session.scalars(select(OutboxRow.dossier_id).where(OutboxRow.kind == DOSSIER)))
    own = select(DossierRow.id, DossierRow.row, DossierRow.system).where(
        DossierRow.elsewhere == "", DossierRow.origin == "counter"
    )
    for row in session.execute(own):
        if row.system:
            if row.id in told:
                yield Violation("I2", f"dossier {row.id}", "is another system's, yet told")
        elif row.id not in told:
            yield Violation("I2", f"dossier {row.id}", "no message tells the portal of it")
    known = set(session.scalars(select(DossierRow.id)))
    rows = session.scalars(select(OutboxRow).order_by(OutboxRow.dossier_id, OutboxRow.dossier_seq))
    for dossier_id, messages in groupby(rows, key=lambda row: row.dossier_id):
        if dossier_id not in known:
            yield Violation("I5", f"dossier {dossier_id}", "a message tells of no dossier here")
        for expected, message in enumerate(messages, 1):
            where = f"message {message.key}"
            if message.dossier_seq != expected:
                yield Violation("I3", where, f"is {message.dossier_seq}, should be {expected}")
            digest = digest_of(message.key, dossier_id, message.dossier_seq, message.body)
            is_erased = message.body == ERASED_BODY and message.state == "settled"
            if message.digest != digest and not is_erased:
                yield Violation("I4", where, "does not hash to its digest")


def _codes(session: Session) -> Iterator[Violation]:
    for row in session.execute(select(DossierRow.id, DossierRow.code, DossierRow.provisional_code)):
        try:
            if row.code is not None:
                DossierCode(row.code)
            if row.provisional_code is not None:
                ProvisionalCode(row.provisional_code)
        except BadDossierCode:
            yield Violation("I7", f"dossier {row.id}", "its code has not the form of the law")


def _leases(session: Session) -> Iterator[Violation]:
    codes = set(session.scalars(select(DossierRow.code).where(DossierRow.code.is_not(None))))
    leased: set[str] = set()
    for lease in session.scalars(select(LeaseRow).order_by(LeaseRow.day, LeaseRow.first)):
        where = f"lease {lease.id}"
        if not lease.first <= lease.next <= lease.last + 1:
            yield Violation("I7", where, "its next number lies outside the block")
        for serial in range(lease.first, lease.last + 1):
            code = f"{lease.prefix}{serial:0{lease.width}}"
            if code in leased:
                yield Violation("I7", where, f"{code} was leased twice")
            leased.add(code)
            if serial < lease.next and code not in codes:
                yield Violation("I7", where, f"{code} was taken but no dossier has it")
            if serial >= lease.next and code in codes:
                yield Violation("I7", where, f"{code} is used but still free in its lease")


def _states(session: Session) -> Iterator[Violation]:
    last = (
        select(HistoryRow.dossier, func.max(HistoryRow.position).label("position"))
        .group_by(HistoryRow.dossier)
        .subquery()
    )
    states = {
        dossier: status
        for dossier, status in session.execute(
            select(HistoryRow.dossier, HistoryRow.status).join(
                last,
                (HistoryRow.dossier == last.c.dossier) & (HistoryRow.position == last.c.position),
            )
        )
    }
    for row in session.execute(select(DossierRow.row, DossierRow.id, DossierRow.status)):
        if states.get(row.row) != row.status:
            yield Violation("I9", f"dossier {row.id}", "its state is not what its history says")


def check_database(context: Context) -> Check:
    """Let the database check its own pages, for the doctor."""
    problems = context.store.problems()
    if problems:
        return Check("database", CheckState.FAILED, error=StoreDamaged(problems[0]))
    return Check("database", CheckState.OK, str(counted(context)["dossiers"]))


def check_queue(hall: Hall) -> Check:
    """Read the queue's file whole, or ask its server, for the doctor."""
    try:
        with hall.office.reading() as session:
            session.execute(select(TicketRow.row).limit(1))
    except DeskError as error:
        return Check("queue", CheckState.FAILED, error=error)
    if hall.office.path is None:
        return Check("queue", CheckState.OK, "PostgreSQL")
    if renewing.is_damaged(hall.office):
        return Check("queue", CheckState.FAILED, error=QueueDamaged())
    return Check("queue", CheckState.OK, hall.office.path.name)


def check_disk(folder: Path) -> Check:
    """Look how much room is left where the data lies."""
    left = shutil.disk_usage(folder).free // 1_000_000
    if left < LEAST_ROOM_MB:
        return Check("disk", CheckState.FAILED, error=DiskLow(left=left))
    if left < CALM_ROOM_MB:
        return Check("disk", CheckState.WARNING, error=DiskLow(left=left))
    return Check("disk", CheckState.OK, f"{left:,} MB".replace(",", "."))
