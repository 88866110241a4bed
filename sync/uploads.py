"""The files of dossiers carried to the portal and fetched from it, piece by piece.

After any break the portal is asked how far it is and only what lacks goes again. What it has
already is not sent. A file counts as there when the portal itself says it has those bytes under
their hash. No transaction is open while the network is in use.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from counter.errors import DeskError, FileDamaged, PortalRefusedMessage, PortalSilent
from counter.store import files, pieces
from counter.store.files import Unsent
from counter.store.store import Store
from sync.backoff import wait_s
from sync.contract import Limits
from sync.tus import Files

log = logging.getLogger(__name__)

PIECE_BYTES = 256 * 1024


@dataclass(slots=True)
class Uploads:
    """Carries files, one after the other.

    Attributes:
        between: Called after each piece, so that no message waits for a large file.
        uploaded: Files the portal took so far.
        fetched: Files that came so far.
        tell: Called with the dossier that a file came for.
    """

    store: Store
    there: Files
    clock: Callable[[], datetime]
    chance: Random
    between: Callable[[], None]
    uploaded: int = 0
    fetched: int = 0
    tell: Callable[[tuple[UUID, ...]], None] = lambda dossiers: None

    def carry(self, limits: Limits, go_on: Callable[[], bool]) -> None:
        """Send, then fetch, everything that is due, while *go_on* says so.

        Raises:
            PortalSilent: What came through until then stays through.
            PortalRefusedDesk, ClientTooOld: Nothing more may be sent.
        """
        piece_bytes = min(PIECE_BYTES, limits.chunk_bytes)
        while go_on():
            with self.store.reading() as session:
                unsent = files.find_unsent(session, self.clock())
                wanted = None if unsent else files.find_wanted(session, self.clock())
            if unsent is not None:
                self._try(unsent, self._send, piece_bytes, go_on)
            elif wanted is not None:
                self._try(wanted, self._fetch, piece_bytes, go_on)
            else:
                return

    def _try(
        self,
        file: Unsent,
        carry: Callable[[Unsent, int, Callable[[], bool]], None],
        piece_bytes: int,
        go_on: Callable[[], bool],
    ) -> None:
        """Carry one file; note what became of it when it does not come through."""
        try:
            carry(file, piece_bytes, go_on)
        except PortalRefusedMessage as refusal:
            self._park(file, str(refusal.fields["trouble"]))
        except FileDamaged as damage:
            log.error("%s", damage)
            self._park(file, json.dumps({"type": "damaged-here"}))
        except DeskError:
            attempts = file.attempts + 1
            later = self.clock() + timedelta(seconds=wait_s(attempts, self.chance))
            with self.store.writing() as session:
                files.postpone(session, file.sha256, attempts=attempts, next_at=later)
            raise

    def _send(self, file: Unsent, piece_bytes: int, go_on: Callable[[], bool]) -> None:
        with self.store.reading() as session:
            content = files.read(session, self.store.files, file.sha256)
        upload = file.upload
        if upload is None and self.there.has(file.sha256, file.size):
            self._settle(file)
            return
        offset = self.there.offset(upload, file.size) if upload else None
        while offset != file.size:
            if not go_on():
                return
            if upload is None or offset is None:
                upload = self.there.begin(file)
                self._note(file, upload)
                offset = self.there.offset(upload, file.size)
                if offset is None:
                    raise PortalSilent("files: an upload just begun is unknown")
                continue
            piece = content[offset : offset + piece_bytes]
            offset = self.there.send(upload, offset, piece, file.size)
            self.between()
        if not self.there.has(file.sha256, file.size):
            self._note(file, None)
            raise PortalSilent("files: an upload came whole, but the file is not there")
        self._settle(file)

    def _fetch(self, file: Unsent, piece_bytes: int, go_on: Callable[[], bool]) -> None:
        """Fetch a file; each piece is on disk before the next is asked for."""
        with self.store.reading() as session:
            come = bytearray(pieces.come(session, file.sha256))
        while len(come) < file.size:
            if not go_on():
                return
            begin = len(come)
            end = min(begin + piece_bytes, file.size)
            come += self.there.fetch(file.sha256, begin, end, file.size)
            if end < file.size:
                with self.store.writing() as session:
                    pieces.keep(session, file.sha256, begin, bytes(come[begin:]))
            self.between()
        try:
            with self.store.writing() as session:
                files.bring_in(session, self.store.files, file.sha256, bytes(come), self.clock())
        except FileDamaged as damage:
            with self.store.writing() as session:
                pieces.drop(session, file.sha256)
            raise PortalSilent(str(damage)) from damage
        self.fetched += 1
        self.tell((file.dossier_id,))

    def _note(self, file: Unsent, upload: str | None) -> None:
        with self.store.writing() as session:
            files.note_upload(session, file.sha256, upload)

    def _settle(self, file: Unsent) -> None:
        with self.store.writing() as session:
            files.settle(session, file.sha256, self.clock())
        self.uploaded += 1
        log.info("a file of %d bytes is at the portal", file.size)

    def _park(self, file: Unsent, trouble: str) -> None:
        log.info("a file of %d bytes is parked", file.size)
        with self.store.writing() as session:
            files.park(session, file.sha256, trouble)
