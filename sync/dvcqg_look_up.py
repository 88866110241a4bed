"""A dossier that this desk did not receive, asked of the national interface and brought home.

The interface shows by its code what any desk of the unit told of a dossier. It comes as a sister
desk's does from a gateway, with the files that lie inside its record, and the desk goes on with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter.store import copies, files, whole
from counter.store.dossiers import find_row
from counter.store.erasing import ERASED
from counter.store.store import Store, Transaction
from counter.store.told import Told
from sync.contents import sister_dossier
from sync.dvcqg import National
from sync.dvcqg_found import Found, id_of, read_record
from sync.dvcqg_words import line_key
from sync.feed import as_value


@dataclass(frozen=True, slots=True)
class NationalLookUp:
    """Brings dossiers home by their code.

    Attributes:
        tell: Called with the dossier that changed here.
    """

    store: Store
    national: National
    agency: str
    clock: Callable[[], datetime]
    tell: Callable[[tuple[UUID, ...]], None]

    def look_up(self, code: str) -> bool:
        """Bring the dossier with an official code here; say whether there is one.

        One that this desk received is its own truth already, and stays as it is.

        Raises:
            PortalSilent: Nothing is known of it.
        """
        told = self.national.look_up(code)
        if told is None:
            return False
        with self.store.reading() as session:
            known = whole.id_called(session, code)
            if known is not None and known != id_of(code):
                return True
            version = copies.next_version(session, id_of(code))
            own = [line_key(event) for event in whole.events_written(session, id_of(code))]
        found = read_record(told, agency=self.agency, version=version, own=own)
        with self.store.writing() as session:
            is_changed = self._keep(session, found)
        if is_changed:
            self.tell((found.dossier.id,))
        return True

    def _keep(self, session: Transaction, found: Found) -> bool:
        copies.keep(session, as_value(found.dossier))
        late = copies.find_behind(session, found.dossier.id)
        if late is None:
            return False
        received = None if late.known else sister_dossier(found.dossier)
        told = Told(received=received, events=found.events)
        if not copies.bring_up(session, late, told, self.clock()):
            return False
        self._keep_files(session, found)
        return True

    def _keep_files(self, session: Transaction, found: Found) -> None:
        """Keep the files that came inside the record; the interface has them, so none is sent."""
        row = find_row(session, found.dossier.id)
        if row is None or row.applicant_name == ERASED:
            return
        here = {file.sha256 for file in files.of_dossier(session, row)}
        for file in found.files:
            if hashlib.sha256(file.content).hexdigest() in here:
                continue
            kept = files.attach(
                session,
                self.store.files,
                row,
                file.content,
                filename=file.filename,
                mime=file.mime,
                paper_code=file.paper_code,
                moment=self.clock(),
            )
            files.settle(session, kept.sha256, self.clock())
