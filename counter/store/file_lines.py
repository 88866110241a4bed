"""The files of one dossier as an officer sees them, and what is asked of those elsewhere."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy import update as change
from sqlalchemy.orm import Session

from counter.scans import FileLine, FileStanding
from counter.store.files import AttachmentRow, FileRow
from counter.store.tables import DossierRow

_STANDINGS = {
    "waiting": FileStanding.WAITING,
    "settled": FileStanding.SETTLED,
    "parked": FileStanding.REFUSED,
    "wanted": FileStanding.COMING,
}


def lines_of(session: Session, dossier: DossierRow) -> tuple[FileLine, ...]:
    """Return the files of a dossier with how each stands, in the order they came."""
    rows = session.execute(
        select(
            AttachmentRow.sha256,
            AttachmentRow.filename,
            AttachmentRow.kind,
            AttachmentRow.paper_code,
            FileRow.size,
            FileRow.state,
            case(
                (FileRow.trouble.is_not(None), FileStanding.REFUSED.value),
                (FileRow.on_demand, FileStanding.ELSEWHERE.value),
                *((FileRow.state == state, told.value) for state, told in _STANDINGS.items()),
            ),
        )
        .join(FileRow, FileRow.sha256 == AttachmentRow.sha256)
        .where(AttachmentRow.dossier == dossier.row)
        .order_by(AttachmentRow.position)
    )
    return tuple(
        FileLine(
            sha256=sha256,
            filename=filename,
            size=size,
            is_result=kind == "result",
            paper_code=code,
            standing=FileStanding(standing),
            is_here=state != "wanted",
        )
        for sha256, filename, kind, code, size, state, standing in rows
    )


def ask_for(session: Session, dossier: DossierRow) -> int:
    """Let the listed files of a dossier be fetched; return how many there are."""
    of = select(AttachmentRow.sha256).where(AttachmentRow.dossier == dossier.row)
    asked = session.scalars(
        change(FileRow)
        .where(FileRow.sha256.in_(of), FileRow.on_demand)
        .values(on_demand=False)
        .returning(FileRow.sha256)
    )
    return len(asked.all())


def try_again(session: Session, dossier: DossierRow) -> int:
    """Put a dossier's files that were taken out of the line back into it; return how many."""
    of = select(AttachmentRow.sha256).where(AttachmentRow.dossier == dossier.row)
    changed = session.scalars(
        change(FileRow)
        .where(FileRow.sha256.in_(of), FileRow.trouble.is_not(None))
        .values(
            state=case((FileRow.state == "parked", "waiting"), else_=FileRow.state),
            trouble=None,
            next_at=None,
        )
        .returning(FileRow.sha256)
    )
    return len(changed.all())
