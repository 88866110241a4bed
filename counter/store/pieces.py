"""What has come so far of a wanted file, kept until it is whole.

Pieces lie in the encrypted database and not beside it: they are few, short-lived and no file yet.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.store.tables import Base


class PieceRow(Base):
    """One part of a file, and the place it begins at."""

    __tablename__ = "file_piece"
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), primary_key=True)
    begin: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


def keep(session: Session, sha256: str, begin: int, content: bytes) -> None:
    """Keep a part of a wanted file, so that a later run of the program goes on behind it."""
    session.add(PieceRow(sha256=sha256, begin=begin, content=content))


def come(session: Session, sha256: str) -> bytes:
    """Return what has come of a wanted file, from its first byte on."""
    found = bytearray()
    rows = select(PieceRow.begin, PieceRow.content).where(PieceRow.sha256 == sha256)
    for begin, content in session.execute(rows.order_by(PieceRow.begin)):
        if begin != len(found):
            break
        found += content
    return bytes(found)


def drop(session: Session, sha256: str) -> None:
    """Forget what has come of a file: it is whole, or is no part of the file it should be."""
    session.execute(delete(PieceRow).where(PieceRow.sha256 == sha256))
