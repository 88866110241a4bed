"""The encrypted desk database as a whole: made, opened, brought up to date, checked, closed.

SQLCipher with a raw 256-bit key, write-ahead log and ``synchronous=FULL``: what a finished
transaction holds is on the disk when the next line of code runs, also after a power cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Engine, bindparam, create_engine, delete, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from counter import spare
from counter.audit import link_of
from counter.database import Database, begin_immediate, migrate, place_of, store_error
from counter.errors import DiskFull, ReadingOnly, StoreDamaged, StoreReadOnly
from counter.store.clocks import CLOCKS, Clocks
from counter.store.tables import MarkRow

Transaction = Session
"""What ``Store.writing`` and ``Store.reading`` open, for rooms that only hand it on."""

SCRIPTS = Path(__file__).parent / "migrations"

RESTORED_AT = "restored_at"
"""Names the mark of when the desk was restored from a backup, absent when it never was."""

BUSY_MS = 5000
"""How long an act waits for another program at the database."""

CACHE_KIB = 1024
"""How much of the file each connection keeps deciphered; SQLite's own measure is twice as much."""

FORGETTING_MS = 40
"""How long emptying the log waits for a reader; a backup reads longer, and the next turn comes
soon."""


class Store(Database):
    """One desk's database, open.

    Attributes:
        key: The 32 bytes it is encrypted with.
        clocks: What a message notes of this computer's clocks.
        is_reading_only: No act is taken; only what was read is noted.
        trouble: Why the last transaction could not be kept, None when the disk takes them.
    """

    def __init__(
        self, path: Path, key: bytes, *, reading_only: bool = False, files: Path | None = None
    ) -> None:
        """Open or make the database at *path* with the 32 bytes of *key*.

        Args:
            reading_only: It is a copy of a desk whose disk cannot be written: no act is taken,
                only what was read of whom is noted in it.
            files: Where the files of dossiers lie when not beside the database.

        Raises:
            WrongKey: The key does not open this file.
            StoreTooNew: The file was made by a newer program.
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: It cannot be used now.
        """
        self.key = key
        self._path = path
        self._files = files
        self.is_reading_only = reading_only
        self.clocks = Clocks()
        self.trouble: DiskFull | StoreReadOnly | None = None
        super().__init__(_engine(path, key), path, info={CLOCKS: self.clocks})
        migrate(self, SCRIPTS)

    @property
    def files(self) -> Path:
        """Where the files of dossiers lie, beside the database."""
        return self._files or self._path.with_name("files")

    def beside(self, name: str) -> Path:
        """Return the place *name* beside the database."""
        return self._path.with_name(name)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction, as every database does.

        When the disk is full the spare space is given up, so that the next try can be kept.

        Raises:
            ReadingOnly: This one was opened for reading.
        """
        if self.is_reading_only:
            raise ReadingOnly
        with self.noting() as session:
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """Open one transaction that notes who read what, and changes no dossier.

        It is open to a desk that only reads as well: who reads a citizen's record is noted there
        too, in the copy, and carried over when the disk can be written again.
        """
        try:
            with super().writing() as session:
                yield session
        except DiskFull as error:
            # What the spare space gives back is enough to go on; without it nothing more is kept.
            self.trouble = None if spare.give_up(self._path.parent) else error
            raise
        except StoreReadOnly as error:
            self.trouble = error
            raise
        self.trouble = None

    def copy_to(self, target: Path) -> None:
        """Copy the whole database, as it is at this moment, to the new file *target*.

        The copy is encrypted with the same key. Others may read and write meanwhile.
        """
        source = self.engine.raw_connection()
        try:
            with closing(sqlcipher3.dbapi2.connect(str(target))) as copy:
                copy.execute(f"PRAGMA key = \"x'{_with_salt(self.key)}'\"")
                driver = source.driver_connection
                if driver is None:
                    raise StoreDamaged("no connection to copy from")
                driver.backup(copy)
        except sqlcipher3.dbapi2.Error as error:
            raise store_error(error) from error
        finally:
            source.close()

    def forget_deleted(self) -> bool:
        """Fold the write-ahead log into the file and empty it, so what was deleted is gone.

        ``secure_delete`` has overwritten it in the file; the log still held the older pages.

        Returns:
            Whether the log is empty now; not while another program reads an older moment.
        """
        if not self._log_bytes():
            return True
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {FORGETTING_MS}").fetchall()
            busy: int = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}").fetchall()
        except sqlcipher3.dbapi2.Error as error:
            raise store_error(error) from error
        finally:
            connection.close()
        return not busy

    def _log_bytes(self) -> int:
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except OSError:
            return 0

    def change_key(self, key: bytes) -> None:
        """Encrypt the whole file anew with the 32 bytes of *key*; whole or not at all.

        The store must be opened again with the new key afterwards.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy: The key of before holds.
        """
        self.forget_deleted()
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.cursor().execute(f"PRAGMA rekey = \"x'{_with_salt(key)}'\"")
        except sqlcipher3.dbapi2.Error as error:
            raise store_error(error) from error
        finally:
            connection.close()
        self.close()

    def problems(self) -> list[str]:
        """Return what the database itself finds wrong: pages, indexes, foreign keys.

        A connection of its own is asked: one that searched before remembers an older state of the
        search index and takes it for damaged (SQLite 3.53).
        """
        engine = _engine(self._path, self.key)
        try:
            with engine.connect().execution_options(reads_only=True) as asked:
                found = [str(row[0]) for row in asked.execute(text("PRAGMA integrity_check"))]
                broken = [
                    f"foreign key: {row[0]} row {row[1]}"
                    for row in asked.execute(text("PRAGMA foreign_key_check"))
                ]
        except DBAPIError as error:
            raise self.meaning(error) from error
        finally:
            engine.dispose()
        return [line for line in found if line != "ok"] + broken


def _engine(path: Path, key: bytes) -> Engine:
    """Return what opens connections to the file at *path*, each set as all are."""
    engine = create_engine(
        place_of(path),
        module=sqlcipher3.dbapi2,
        hide_parameters=True,
        pool_use_lifo=True,  # else every connection fills its cache in turn
    )
    spoken = _spoken(path, key)

    @event.listens_for(engine, "connect", insert=True)
    def _unlock(connection: Any, _record: object) -> None:
        connection.create_function("audit_link", 7, link_of, deterministic=True)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA key = \"x'{spoken}'\"")
        cursor.execute("PRAGMA cipher_log_level = NONE")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.close()

    begin_immediate(engine)
    return engine


def _with_salt(key: bytes) -> str:
    """Return the key as SQLCipher takes it, in hexadecimal, with a salt that follows from it.

    SQLCipher would read the salt from the first sixteen bytes of the file. A power cut in the
    middle of a checkpoint can spoil that sector; the log still holds its page, but without the
    salt nothing can be read any more.
    """
    return key.hex() + hashlib.sha256(b"desk.db salt" + key).digest()[:16].hex()


def _spoken(path: Path, key: bytes) -> str:
    """Return the key for the file at *path*; one made before salts were ours keeps its own."""
    told = _with_salt(key)
    try:
        with path.open("rb") as file:
            head = file.read(16).hex()
    except OSError:
        return told  # there is none yet, or opening it will say what is wrong
    if not head or told.endswith(head):
        return told
    return told if _opens(str(path), told) else key.hex()


def opens(path: Path, key: bytes) -> bool:
    """Tell whether *key* opens the database at *path*; nothing is changed.

    One made before salts were ours is opened with its own.
    """
    if not path.exists():
        return False
    place = f"{path.absolute().as_uri()}?mode=ro"
    return any(_opens(place, spoken, uri=True) for spoken in (_with_salt(key), key.hex()))


def _opens(place: str, spoken: str, *, uri: bool = False) -> bool:
    with closing(sqlcipher3.dbapi2.connect(place, uri=uri)) as connection:
        connection.execute(f"PRAGMA key = \"x'{spoken}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher3.dbapi2.Error:
            return False
    return True


_MARK = select(MarkRow.value).where(MarkRow.name == bindparam("wanted"))


def find_mark(session: Session, name: str) -> str | None:
    """Return the fact *name* about the whole desk, None when it was never noted."""
    return session.connection().execute(_MARK, {"wanted": name}).scalar()


def note_mark(session: Session, name: str, value: str) -> None:
    """Note the fact *name* about the whole desk; ``find_mark`` finds it at once."""
    session.merge(MarkRow(name=name, value=value))
    session.flush()


def forget_mark(session: Session, name: str) -> None:
    """Forget the fact *name* about the whole desk."""
    session.execute(delete(MarkRow).where(MarkRow.name == name))
