"""Files that belong to dossiers: encrypted beside the database, named by what they hold.

A file's name is the SHA-256 of its content; the same paper scanned twice lies here once. How its
bytes are kept is ``counter.store.sealed``.

The bytes are on disk as ``NAME.new`` before the transaction of their fact ends and get their name
after it. Whatever moment the machine stops at, ``tidy`` finds either a row, whose file then gets
its name, or none, and drops what never became a fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    UniqueConstraint,
    case,
    false,
    func,
    or_,
    select,
)
from sqlalchemy import update as change
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.errors import FileDamaged, FileRefused
from counter.scans import BEGINS, MOST_BYTES, FileRef
from counter.store import pieces, sealed
from counter.store.sealed import NEW
from counter.store.store import find_mark
from counter.store.tables import Base, DossierRow

LONGEST_DELAY = timedelta(minutes=10)


class FileRow(Base):
    """One file, by the hash of what it holds.

    It is ``waiting`` for the portal, ``settled`` on both sides, ``parked`` for a person, or
    ``wanted``: the portal has it and it is still to be fetched. One that is wanted and in
    ``trouble`` is not asked for by itself again, nor is one that waits ``on_demand``.
    ``upload`` is the portal's name of the upload begun for it.
    """

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'settled', 'parked', 'wanted')", name="state"),
    )
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    mime: Mapped[str]
    noted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    upload: Mapped[str | None] = mapped_column(default=None)
    trouble: Mapped[str | None] = mapped_column(default=None)
    on_demand: Mapped[bool] = mapped_column(default=False, server_default=false())


class AttachmentRow(Base):
    """One file of one dossier: a paper that was brought, or a result."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("dossier", "position"),
        CheckConstraint("kind IN ('paper', 'result')", name="kind"),
    )
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    position: Mapped[int]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), index=True)
    filename: Mapped[str]
    paper_code: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A file that waits to be carried, and the dossier it is carried for.

    Attributes:
        upload: The portal's name of the upload begun for it.
        attempts: Tries in a row that brought nothing further.
    """

    sha256: str
    size: int
    mime: str
    filename: str
    dossier_id: UUID
    paper_code: str | None
    upload: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class FileCount:
    """What still lies here: ``waiting`` to be carried either way, ``parked`` for a person."""

    waiting: int
    parked: int
    oldest_waiting_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file."""

    where: str
    message: str


def attach(
    session: Session,
    folder: Path,
    dossier: DossierRow,
    content: bytes,
    *,
    filename: str,
    mime: str,
    paper_code: str | None,
    moment: datetime,
) -> FileRef:
    """Keep *content* as a paper of *dossier* in the transaction the caller has open.

    Its bytes are on disk when this returns; they count from the end of the transaction on.

    Raises:
        FileRefused: It is empty, too large, or not of the kind *mime* names.
        DiskFull, StoreReadOnly: It cannot be written.
    """
    if not 0 < len(content) <= MOST_BYTES or not content.startswith(BEGINS.get(mime, ())):
        raise FileRefused
    sha256 = hashlib.sha256(content).hexdigest()
    known = session.get(FileRow, sha256)
    if known is None:
        session.add(FileRow(sha256=sha256, size=len(content), mime=mime, noted_at=moment))
        session.flush()
    elif known.state == "wanted":  # the portal has had it from another desk
        settle(session, sha256, moment)
    sealed.put(session, folder, sha256, content)
    _add(session, dossier, "paper", FileRef(sha256, filename, mime, len(content)), paper_code)
    return FileRef(sha256, filename, mime, len(content))


def want(
    session: Session,
    dossier: DossierRow,
    wanted: FileRef,
    moment: datetime,
    *,
    kind: str = "result",
    paper_code: str | None = None,
    on_demand: bool = False,
) -> bool:
    """Note that the portal has a file of *dossier*; say whether that is news.

    Args:
        kind: ``result``, or ``paper`` for what a citizen sent or a sister desk scanned.
        on_demand: It is only listed, and fetched once ``file_lines.ask_for`` was called.
    """
    known = select(AttachmentRow.row).where(
        AttachmentRow.dossier == dossier.row, AttachmentRow.sha256 == wanted.sha256
    )
    if session.scalar(known) is not None:
        return False
    if session.get(FileRow, wanted.sha256) is None:
        session.add(
            FileRow(
                sha256=wanted.sha256,
                size=wanted.size,
                mime=wanted.mime,
                noted_at=moment,
                state="wanted",
                on_demand=on_demand,
            )
        )
        session.flush()
    elif not on_demand:
        session.execute(
            change(FileRow).where(FileRow.sha256 == wanted.sha256).values(on_demand=False)
        )
    _add(session, dossier, kind, wanted, paper_code)
    return True


def bring_in(session: Session, folder: Path, sha256: str, content: bytes, moment: datetime) -> None:
    """Keep a wanted file that came whole from the portal.

    Raises:
        FileDamaged: It is not the file it should be.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(f"file {sha256[:12]} came as another one")
    sealed.put(session, folder, sha256, content)
    pieces.drop(session, sha256)
    settle(session, sha256, moment)


def read(session: Session, folder: Path, sha256: str) -> bytes:
    """Return what a file holds, checked against its name.

    Raises:
        FileDamaged: It is missing, or was changed.
    """
    for place in (folder / sha256, folder / (sha256 + NEW)):
        if place.exists():
            return sealed.unseal(sealed.secrets_of(session), place, sha256)
    raise FileDamaged(f"file {sha256[:12]} is missing")


def of_dossier(session: Session, dossier: DossierRow) -> tuple[FileRef, ...]:
    """Return the files of a dossier, in the order they came."""
    rows = session.execute(
        select(AttachmentRow.sha256, AttachmentRow.filename, FileRow.mime, FileRow.size)
        .join(FileRow, FileRow.sha256 == AttachmentRow.sha256)
        .where(AttachmentRow.dossier == dossier.row)
        .order_by(AttachmentRow.position)
    )
    return tuple(FileRef(*row) for row in rows)


def find_unsent(session: Session, moment: datetime) -> Unsent | None:
    """Return the file to be sent next at *moment*, None when none is due."""
    return _find(session, "waiting", moment)


def find_wanted(session: Session, moment: datetime) -> Unsent | None:
    """Return the file to be fetched next at *moment*, None when none is due."""
    return _find(session, "wanted", moment)


def _find(session: Session, state: str, moment: datetime) -> Unsent | None:
    found = session.execute(
        select(
            FileRow.sha256,
            FileRow.size,
            FileRow.mime,
            AttachmentRow.filename,
            DossierRow.id,
            AttachmentRow.paper_code,
            FileRow.upload,
            FileRow.attempts,
        )
        .join(AttachmentRow, AttachmentRow.sha256 == FileRow.sha256)
        .join(DossierRow, DossierRow.row == AttachmentRow.dossier)
        .where(
            FileRow.state == state,
            DossierRow.system == "",  # what another system owns is not the portal's
            FileRow.trouble.is_(None),
            FileRow.on_demand.is_(False),
            or_(
                FileRow.next_at.is_(None),
                FileRow.next_at <= moment,
                FileRow.next_at > moment + LONGEST_DELAY,  # the clock was set back meanwhile
            ),
        )
        .order_by(FileRow.next_at.is_not(None), FileRow.noted_at, AttachmentRow.row)
        .limit(1)
    ).first()
    return None if found is None else Unsent(*found)


def note_upload(session: Session, sha256: str, upload: str | None) -> None:
    """Keep the portal's name of the upload begun for a file; None when it has ended."""
    session.execute(change(FileRow).where(FileRow.sha256 == sha256).values(upload=upload))


def settle(session: Session, sha256: str, moment: datetime) -> None:
    """Note that both sides have the file; settling twice changes nothing."""
    session.execute(
        change(FileRow)
        .where(FileRow.sha256 == sha256, FileRow.state != "settled")
        .values(
            state="settled",
            settled_at=moment,
            upload=None,
            attempts=0,
            next_at=None,
            trouble=None,
            on_demand=False,
        )
    )


def postpone(session: Session, sha256: str, *, attempts: int, next_at: datetime) -> None:
    """Note a try that was broken off; the file may go again at *next_at*."""
    session.execute(
        change(FileRow).where(FileRow.sha256 == sha256).values(attempts=attempts, next_at=next_at)
    )


def park(session: Session, sha256: str, trouble: str) -> None:
    """Take a file out of the line for a person; *trouble* as JSON text.

    One that was to be fetched stays wanted: there is nothing of it here.
    """
    pieces.drop(session, sha256)
    state = case((FileRow.state == "wanted", "wanted"), else_="parked")
    session.execute(
        change(FileRow).where(FileRow.sha256 == sha256).values(state=state, trouble=trouble)
    )


def send_again(session: Session, hashes: Iterable[str]) -> None:
    """Put settled files that the portal says it lacks back into the line."""
    session.execute(
        change(FileRow)
        .where(FileRow.sha256.in_(list(hashes)), FileRow.state == "settled")
        .values(state="waiting", settled_at=None, next_at=None)
    )


def next_due_at(session: Session) -> datetime | None:
    """Return when the earliest delayed file may go again, None when none is delayed.

    One that was taken out of the line may not, however long ago its delay was over.
    """
    return session.scalar(
        select(func.min(FileRow.next_at)).where(
            FileRow.state.in_(("waiting", "wanted")), FileRow.trouble.is_(None)
        )
    )


def count(session: Session) -> FileCount:
    """Return how many files lie here and since when the oldest waits."""
    standing = case(
        (FileRow.trouble.is_not(None), "parked"),
        (FileRow.on_demand, "listed"),
        else_=FileRow.state,
    )
    numbers: dict[str, int] = {
        state: number
        for state, number in session.execute(select(standing, func.count()).group_by(standing))
    }
    oldest = session.scalar(select(func.min(FileRow.noted_at)).where(FileRow.state == "waiting"))
    return FileCount(
        waiting=numbers.get("waiting", 0) + numbers.get("wanted", 0),
        parked=numbers.get("parked", 0),
        oldest_waiting_at=oldest,
    )


def tidy(session: Session, folder: Path) -> None:
    """Give facts their files and drop what a stopped machine left without a fact."""
    for place in folder.glob("*" + NEW):
        name = place.name.removesuffix(NEW)
        if session.get(FileRow, name) is None:
            place.unlink()
        else:
            place.replace(folder / name)


def faults(session: Session, folder: Path) -> Iterator[Fault]:
    """Yield everything that is wrong: missing, changed, belonging to nothing, or nobody's."""
    secrets = sealed.secrets_of(session) if find_mark(session, sealed.SECRET) else ()
    known = {row.sha256: row for row in session.scalars(select(FileRow))}
    for sha256, row in known.items():
        if row.state == "wanted":  # there may be nothing of it yet
            continue
        place = folder / sha256
        if not secrets or not place.exists():
            yield Fault(f"file {sha256}", "is missing")
            continue
        try:
            content = sealed.unseal(secrets, place, sha256)
        except FileDamaged:
            yield Fault(f"file {sha256}", "does not hash to its name")
            continue
        if len(content) != row.size:
            yield Fault(f"file {sha256}", "has another size than noted")
    attached = set(session.scalars(select(AttachmentRow.sha256)))
    yield from (Fault(f"file {name}", "belongs to no dossier") for name in known.keys() - attached)
    if folder.exists():
        for name in sorted(place.name for place in folder.iterdir()):
            if name not in known:
                yield Fault(f"file {name}", "lies in the folder, but nothing tells of it")


def _add(
    session: Session, dossier: DossierRow, kind: str, of: FileRef, paper_code: str | None
) -> None:
    last = session.scalar(
        select(func.max(AttachmentRow.position)).where(AttachmentRow.dossier == dossier.row)
    )
    session.add(
        AttachmentRow(
            dossier=dossier.row,
            position=(last or 0) + 1,
            kind=kind,
            sha256=of.sha256,
            filename=of.filename,
            paper_code=paper_code,
        )
    )
    session.flush()
