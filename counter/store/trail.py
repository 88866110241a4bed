"""The audit chain on disk: entries are added and read, never changed.

A line of a dossier's history adds its own entry by a trigger of the database, in the same
transaction, so no officer's act can be written without one. What leaves no history line, such as
reading a citizen's record, is noted with ``note``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.audit import (
    GENESIS,
    SEALED_EVERY,
    Break,
    Entry,
    Seal,
    breaks,
    link_of,
    make_seed,
    seal,
)
from counter.database import UtcText
from counter.store.store import find_mark, note_mark
from counter.store.tables import Base, DossierRow, HistoryRow

RETURNED = ("desk.restored", "desk.moved")
"""What is done when a desk goes on from what it knew earlier, as another installation."""
SEED = "audit_seed"
"""Names the mark that holds the signing key; it lies only in the encrypted database."""

TAIL_BYTES = 64 << 10
"""Of a file of seals that are looked at when only its end is asked for: some two hundred."""

LINE = "line "
"""Begins the detail of an entry that the database made for a line of history."""


class AuditRow(Base):
    """One entry; the database refuses to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy reads it
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    officer: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[str]
    link: Mapped[str]


class SealRow(Base):
    """One seal of the chain."""

    __tablename__ = "audit_seal"
    seq: Mapped[int] = mapped_column(primary_key=True)
    link: Mapped[str]
    at: Mapped[str]
    public_key: Mapped[str]
    signature: Mapped[str]


_HEAD = select(AuditRow.seq, AuditRow.link).order_by(AuditRow.seq.desc()).limit(1)
_ADD = insert(AuditRow)
_ENTRIES = select(
    AuditRow.seq,
    AuditRow.at,
    AuditRow.officer,
    AuditRow.action,
    AuditRow.subject,
    AuditRow.detail,
    AuditRow.link,
)
_SEALS = select(
    SealRow.seq, SealRow.link, SealRow.at, SealRow.public_key, SealRow.signature
).order_by(SealRow.seq)


def note(
    session: Session,
    *,
    officer: str,
    action: str,
    moment: datetime,
    subject: str = "",
    detail: str = "",
) -> None:
    """Add an entry to the transaction the caller has open."""
    connection = session.connection()
    head = connection.execute(_HEAD).first()
    seq, before = (head.seq + 1, head.link) if head else (1, GENESIS)
    at = _text(moment)
    connection.execute(
        _ADD,
        {
            "seq": seq,
            "at": at,
            "officer": officer,
            "action": action,
            "subject": subject,
            "detail": detail,
            "link": link_of(before, seq, at, officer, action, subject, detail),
        },
    )


def seal_up(session: Session, moment: datetime) -> bool:
    """Seal the chain as it stands; False when nothing came since the last seal."""
    head = session.execute(_HEAD).first()
    sealed = session.scalar(select(func.max(SealRow.seq))) or 0
    if head is None or head.seq == sealed:
        return False
    made = seal(_seed(session), seq=head.seq, link=head.link, at=_text(moment))
    session.add(SealRow(**asdict(made)))
    return True


def is_long_unsealed(session: Session) -> bool:
    """Tell whether as many entries wait for a seal as one seal covers."""
    head = session.execute(_HEAD).first()
    sealed = session.scalar(select(func.max(SealRow.seq))) or 0
    return head is not None and head.seq - sealed >= SEALED_EVERY


def entries(session: Session, *, newest: int, subject: str = "") -> list[Entry]:
    """Return the *newest* entries, last first; only those of *subject* when it is given."""
    query = _ENTRIES.order_by(AuditRow.seq.desc()).limit(newest)
    if subject:
        query = query.where(AuditRow.subject == subject)
    return [Entry(*row) for row in session.execute(query)]


def find_entries(
    session: Session,
    *,
    newest: int,
    subject: str = "",
    officer: str = "",
    action: str = "",
    begin: datetime | None = None,
    end: datetime | None = None,
) -> list[Entry]:
    """Return the *newest* entries for which everything given holds, last first."""
    query = _ENTRIES.order_by(AuditRow.seq.desc()).limit(newest)
    for column, wanted in (
        (AuditRow.subject, subject),
        (AuditRow.officer, officer),
        (AuditRow.action, action),
    ):
        if wanted:
            query = query.where(column == wanted)
    if begin is not None:
        query = query.where(AuditRow.at >= _text(begin))
    if end is not None:
        query = query.where(AuditRow.at < _text(end))
    return [Entry(*row) for row in session.execute(query)]


def kinds(session: Session) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Return how many entries there are, who ever acted, and what was ever done."""
    count = session.scalar(select(func.count()).select_from(AuditRow)) or 0
    who = session.scalars(select(AuditRow.officer).distinct().order_by(AuditRow.officer))
    what = session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action))
    return count, tuple(who), tuple(what)


def seals(session: Session) -> list[Seal]:
    """Return every seal, oldest first."""
    return [Seal(*row) for row in session.execute(_SEALS)]


def find_sealed_at(session: Session) -> str | None:
    """Return when the newest seal was made; None when there is none."""
    return session.scalar(select(SealRow.at).order_by(SealRow.seq.desc()).limit(1))


def newest_seals(session: Session, most: int) -> list[Seal]:
    """Return the newest seals, at most *most*, oldest first."""
    newest = _SEALS.order_by(None).order_by(SealRow.seq.desc()).limit(most)
    return [Seal(*row) for row in session.execute(newest)][::-1]


def seals_after(session: Session, seq: int, most: int) -> list[Seal]:
    """Return at most *most* seals of places after *seq*, oldest first."""
    return [Seal(*row) for row in session.execute(_SEALS.where(SealRow.seq > seq).limit(most))]


def find_breaks(session: Session, outside: Iterable[Seal]) -> Iterator[Break]:
    """Yield where the chain does not hold, seen with the seals kept outside too."""
    last = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'"))
    chain = (Entry(*row) for row in session.execute(_ENTRIES.order_by(AuditRow.seq)))
    known = {*seals(session), *outside}
    yield from breaks(chain, sorted(known, key=lambda s: s.seq), last=last or 0)
    yield from _untold(session)


def _untold(session: Session) -> Iterator[Break]:
    """Yield lines of history that the chain does not tell of, and entries without their line."""
    told = func.lower(func.hex(DossierRow.id)).label("subject")
    lines = select(
        told,
        HistoryRow.event,
        HistoryRow.officer_id,
        HistoryRow.at,
        HistoryRow.position,
        HistoryRow.status,
    ).join(DossierRow, DossierRow.row == HistoryRow.dossier)
    in_history = {
        (
            row.subject,
            row.event,
            row.officer_id,
            _text(row.at),
            f"{LINE}{row.position} {row.status}",
        )
        for row in session.execute(lines)
    }
    in_chain = {
        (row.subject, row.action, row.officer, row.at, row.detail): row.seq
        for row in session.execute(_ENTRIES.where(AuditRow.detail.startswith(LINE)))
    }
    for line in sorted(in_history - in_chain.keys()):
        yield Break(0, f"history {line[4]} of dossier {line[0]} was never noted")
    for line in sorted(in_chain.keys() - in_history):
        yield Break(in_chain[line], f"its history {line[4]} is gone or was changed")


def write_seals(path: Path, known: Iterable[Seal]) -> None:
    """Add to the file *path* the seals it does not hold yet, a JSON object a line."""
    there = {one.seq for one in read_seals(path)}
    add_seals(path, [one for one in known if one.seq not in there])


def add_seals(path: Path, fresh: Sequence[Seal]) -> None:
    """Add the seals *fresh*, which the file *path* does not hold, to its end."""
    if not fresh:
        return
    with path.open("a", encoding="ascii") as file:
        # At once: another thread may be reading, and half a line is no seal.
        file.write("".join(json.dumps(asdict(one)) + "\n" for one in fresh))


def keep_seals(path: Path, held: Iterable[Seal]) -> None:
    """Put *held* in place of what the file *path* holds, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text("".join(json.dumps(asdict(one)) + "\n" for one in held), encoding="ascii")
    fresh.replace(path)


def install_of(session: Session) -> str:
    """Return which installation's chain this is: a restored desk goes on as another."""
    return (find_mark(session, "install_id") or "")[:8]


def portal_seals(folder: Path, install: str) -> Path:
    """Return where the seals lie that the portal was seen to hold of this installation."""
    return folder / f"audit-seals-portal-{install}.jsonl"


def told_seals(session: Session, folder: Path) -> list[Seal]:
    """Return the seals in *folder* that the portal was seen to hold, of each installation.

    What an earlier one sealed after the backup that this one began with is no part of this chain.
    A chain that never says it was restored has had one installation only.
    """
    own = portal_seals(folder, install_of(session))
    returned = session.scalar(select(func.min(AuditRow.seq)).where(AuditRow.action.in_(RETURNED)))
    return [
        seal
        for path in sorted(folder.glob(portal_seals(folder, "*").name))
        for seal in read_seals(path)
        if path == own or returned is None or seal.seq < returned
    ]


def read_seals(path: Path) -> list[Seal]:
    """Return the seals of the file *path*; a line that is none counts as a broken seal."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [_read_seal(line) or Seal(place, "", "", "", "") for place, line in enumerate(lines, 1)]


def read_last_seals(path: Path) -> list[Seal]:
    """Return the seals at the end of the file *path*, oldest first, without what is none."""
    try:
        with path.open("rb") as file:
            begin = max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES)
            file.seek(begin)
            lines = file.read().decode("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    told = (_read_seal(line) for line in lines[1 if begin else 0 :])
    return [one for one in told if one is not None]


def _read_seal(line: str) -> Seal | None:
    try:
        found = Seal(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    words = (found.link, found.at, found.public_key, found.signature)
    is_one = type(found.seq) is int and all(isinstance(word, str) for word in words)
    return found if is_one else None


def secret(session: Session) -> bytes:
    """Return 32 bytes that digests of officers' cards are keyed with; they never leave the desk."""
    return hashlib.sha256(b"officer card" + _seed(session)).digest()


def _seed(session: Session) -> bytes:
    kept = find_mark(session, SEED)
    if kept is None:
        kept = make_seed().hex()
        note_mark(session, SEED, kept)
    return bytes.fromhex(kept)


def _text(moment: datetime) -> str:
    return UtcText().process_bind_param(moment, None) or ""
