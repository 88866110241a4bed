"""Files that belong to dossiers: encrypted beside the database, named by what they hold.

A file's name is the SHA-256 of its content; the same paper scanned twice lies here once. Each is
encrypted by itself (AES-256-GCM) under a key of its own, derived (HKDF, RFC 5869) from a secret
that lies only in the encrypted database, so a new key for the desk leaves the files as they are.

The bytes are on disk as ``NAME.new`` before the transaction of their fact ends and get their name
after it. Whatever moment the machine stops at, ``tidy`` finds either a row, whose file then gets
its name, or none, and drops what never became a fact.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, func, or_, select
from sqlalchemy import update as change
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.errors import FileDamaged, FileRefused
from counter.folder import folder_error
from counter.scans import BEGINS, MOST_BYTES, FileRef
from counter.store.store import find_mark, note_mark
from counter.store.tables import Base, DossierRow

SECRET = "file_secret"  # noqa: S105 - names the mark, is not it
NONCE_BYTES = 12
NEW = ".new"
LONGEST_DELAY = timedelta(minutes=10)


class FileRow(Base):
    """One file, by the hash of what it holds.

    It is ``waiting`` for the portal, ``settled`` on both sides, ``parked`` for a person, or
    ``wanted``: the portal has it and it is still to be fetched.
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
    if session.get(FileRow, sha256) is None:
        session.add(FileRow(sha256=sha256, size=len(content), mime=mime, noted_at=moment))
        session.flush()
    _write(session, folder, sha256, content)
    _add(session, dossier, "paper", FileRef(sha256, filename, mime, len(content)), paper_code)
    return FileRef(sha256, filename, mime, len(content))


def want(session: Session, dossier: DossierRow, wanted: FileRef, moment: datetime) -> bool:
    """Note that the portal has a result of *dossier* in a file; say whether that is news."""
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
            )
        )
        session.flush()
    _add(session, dossier, "result", wanted, None)
    return True


def bring_in(session: Session, folder: Path, sha256: str, content: bytes, moment: datetime) -> None:
    """Keep a wanted file that came whole from the portal.

    Raises:
        FileDamaged: It is not the file it should be.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(f"file {sha256[:12]} came as another one")
    _write(session, folder, sha256, content)
    settle(session, sha256, moment)


def read(session: Session, folder: Path, sha256: str) -> bytes:
    """Return what a file holds, checked against its name.

    Raises:
        FileDamaged: It is missing, or was changed.
    """
    for place in (folder / sha256, folder / (sha256 + NEW)):
        if place.exists():
            return _open(_secret(session), place, sha256)
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
            state="settled", settled_at=moment, upload=None, attempts=0, next_at=None, trouble=None
        )
    )


def postpone(session: Session, sha256: str, *, attempts: int, next_at: datetime) -> None:
    """Note a try that was broken off; the file may go again at *next_at*."""
    session.execute(
        change(FileRow).where(FileRow.sha256 == sha256).values(attempts=attempts, next_at=next_at)
    )


def park(session: Session, sha256: str, trouble: str) -> None:
    """Take a file out of the line for a person; *trouble* as JSON text."""
    session.execute(
        change(FileRow).where(FileRow.sha256 == sha256).values(state="parked", trouble=trouble)
    )


def send_again(session: Session, hashes: Iterable[str]) -> None:
    """Put settled files that the portal says it lacks back into the line."""
    session.execute(
        change(FileRow)
        .where(FileRow.sha256.in_(list(hashes)), FileRow.state == "settled")
        .values(state="waiting", settled_at=None, next_at=None)
    )


def next_due_at(session: Session) -> datetime | None:
    """Return when the earliest delayed file may go again, None when none is delayed."""
    return session.scalar(
        select(func.min(FileRow.next_at)).where(FileRow.state.in_(("waiting", "wanted")))
    )


def count(session: Session) -> FileCount:
    """Return how many files lie here and since when the oldest waits."""
    numbers: dict[str, int] = {
        state: number
        for state, number in session.execute(
            select(FileRow.state, func.count()).group_by(FileRow.state)
        )
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
    secret = find_mark(session, SECRET)
    known = {row.sha256: row for row in session.scalars(select(FileRow))}
    for sha256, row in known.items():
        if row.state == "wanted":
            continue
        place = folder / sha256
        if secret is None or not place.exists():
            yield Fault(f"file {sha256}", "is missing")
            continue
        try:
            content = _open(bytes.fromhex(secret), place, sha256)
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


def _write(session: Session, folder: Path, sha256: str, content: bytes) -> None:
    """Put the encrypted bytes on disk; they get their name when the transaction has ended."""
    place, new = folder / sha256, folder / (sha256 + NEW)
    if place.exists():
        return
    nonce = os.urandom(NONCE_BYTES)
    name = bytes.fromhex(sha256)
    sealed = nonce + AESGCM(_key(_secret(session), name)).encrypt(nonce, content, name)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(new, _FLAGS, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(folder)
    except OSError as error:
        raise folder_error(error) from error

    def get_name(_session: Session) -> None:
        with suppress(OSError):  # tidy does it at the next start; read finds it until then
            new.replace(place)

    event.listen(session, "after_commit", get_name, once=True)


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    """Bring the folder's own list to the disk; Windows does that by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _open(secret: bytes, place: Path, sha256: str) -> bytes:
    name = bytes.fromhex(sha256)
    sealed = place.read_bytes()
    try:
        content = AESGCM(_key(secret, name)).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name
        )
    except (InvalidTag, ValueError) as error:
        raise FileDamaged(f"file {sha256[:12]} was changed") from error
    if hashlib.sha256(content).digest() != name:
        raise FileDamaged(f"file {sha256[:12]} does not hash to its name")
    return content


def _secret(session: Session) -> bytes:
    """Return the secret that every file's key is derived from, made with the first file."""
    found = find_mark(session, SECRET)
    if found is None:
        found = os.urandom(32).hex()
        note_mark(session, SECRET, found)
    return bytes.fromhex(found)


def _key(secret: bytes, name: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"file " + name).derive(secret)
