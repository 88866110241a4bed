"""Files of a dossier after its reception: attached, fetched, written out, tried again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.receipts import note_history
from counter.desk.reception import SUFFIX
from counter.errors import FileRefused, UnknownDossier
from counter.folder import folder_error
from counter.outside import write_outside
from counter.scans import Judged
from counter.store import file_lines, files, outbox, trail
from counter.store.dossiers import find_row
from counter.store.tables import CopyRow, DossierRow, PaperRow
from counter.values import DossierId, uuid7
from counter.work import Change


def attach_file(context: Context, dossier_id: DossierId, paper: int, judged: Judged) -> Change:
    """Keep a file as paper number *paper* (from 0) of a dossier; the portal is told.

    Raises:
        UnknownDossier: This desk does not hold it.
        FileRefused: It lies there already, or this desk does not know the dossier whole.
        StoreReadOnly, DiskFull: It cannot be kept.
    """
    content, mime = judged.content, judged.mime
    moment = context.clock()
    with context.store.writing() as session:
        row = _row(session, dossier_id)
        papers = session.scalars(
            select(PaperRow).where(PaperRow.dossier == row.row).order_by(PaperRow.position)
        ).all()
        known = {file.sha256 for file in files.of_dossier(session, row)}
        told = _content(session, row)
        if not 0 <= paper < len(papers) or hashlib.sha256(content).hexdigest() in known:
            raise FileRefused
        code = papers[paper].code
        stem = (code or f"TP{paper + 1}").rsplit(".", 1)[-1]
        name = f"{row.code or row.provisional_code}_{stem}_{len(known) + 1:02}"
        kept = files.attach(
            session,
            context.store.files,
            row,
            content,
            filename=name + SUFFIX.get(mime, ""),
            mime=mime,
            paper_code=code,
            moment=moment,
        )
        components = told["components"]
        components += map(_component, papers[len(components) : paper + 1])
        components[paper]["files"].append(
            {"sha256": kept.sha256, "filename": kept.filename, "mime": mime, "size": kept.size}
        )
        components[paper]["digitised"] = 1
        outbox.put(
            session,
            key=uuid7(moment),
            dossier_id=row.id,
            kind=outbox.DOSSIER,
            facts=told,
            moment=moment,
            base_version=_base(session, row),
        )
        note_history(
            context, session, row, event="file.attached", moment=moment, text=papers[paper].name
        )
    return Change.DOSSIERS


def save_file(context: Context, dossier_id: DossierId, sha256: str, path: Path) -> None:
    """Write a dossier's file to *path*, readable by anybody who can read there; that is noted.

    Raises:
        UnknownDossier: This desk holds no such dossier, or the file is not one of its.
        FileDamaged: It is missing, or was changed.
        StoreReadOnly, DiskFull: It cannot be written there.
    """
    with context.store.noting() as session:
        row = _row(session, dossier_id)
        if sha256 not in {file.sha256 for file in files.of_dossier(session, row)}:
            raise UnknownDossier
        content = files.read(session, context.store.files, sha256)
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="file.saved",
            moment=context.clock(),
            subject=row.id.hex,
            detail=sha256,
        )
    try:
        write_outside(path, content)
    except OSError as error:
        raise folder_error(error) from error


def fetch_files(context: Context, dossier_id: DossierId) -> int:
    """Let the files that a sister desk scanned be fetched; return how many, and note it.

    Raises:
        UnknownDossier: This desk does not hold it.
    """
    with context.store.writing() as session:
        row = _row(session, dossier_id)
        count = file_lines.ask_for(session, row)
        if count:
            trail.note(
                session,
                officer=context.settings.settings.desk.officer_id,
                action="files.fetched",
                moment=context.clock(),
                subject=row.id.hex,
                detail=str(count),
            )
    return count


def try_again(context: Context, dossier_id: DossierId) -> int:
    """Put a dossier's refused files back into the line; return how many.

    Raises:
        UnknownDossier: This desk does not hold it.
    """
    with context.store.writing() as session:
        return file_lines.try_again(session, _row(session, dossier_id))


def _row(session: Session, dossier_id: UUID) -> DossierRow:
    row = find_row(session, dossier_id)
    if row is None:
        raise UnknownDossier
    return row


def _content(session: Session, row: DossierRow) -> dict[str, Any]:
    """Return the dossier's content in the portal's words, as this desk knows it best.

    What lies in the outbox is newer than what the portal said before it; what the portal said
    after it, and the dossier was brought up to, is newer still.

    Raises:
        FileRefused: Neither is here.
    """
    own = outbox.last_content(session, row.id)
    copy = session.get(CopyRow, row.id)
    found: Any = None
    if own is not None and (own[1] is None or copy is None or own[1] > copy.applied_version):
        found = json.loads(own[0] or "null")
    elif copy is not None and copy.body is not None and copy.applied_version == copy.version:
        found = json.loads(copy.body)["content"]
    if not isinstance(found, dict) or not isinstance(found.get("components"), list):
        raise FileRefused
    return found


def _component(paper: PaperRow) -> dict[str, Any]:
    """Return a paper that came later, as the portal is told of papers."""
    return {
        "component_code": paper.code,
        "name": paper.name,
        "originals": paper.originals,
        "certified": paper.certified,
        "copies": paper.copies,
        "digitised": 0,
        "files": [],
    }


def _base(session: Session, row: DossierRow) -> int | None:
    """Return the version that a change of a dossier made elsewhere rests on."""
    if outbox.last_content(session, row.id) is not None:
        return None
    copy = session.get(CopyRow, row.id)
    return None if copy is None else copy.applied_version
