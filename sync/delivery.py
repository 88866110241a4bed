"""The outbox carried to the portal: in batches, in order, each message settled by its own answer.

No transaction is open while the network is in use. What the portal answered to one batch is kept
in one transaction; when that fails, the batch simply goes again, and the portal knows it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Protocol, assert_never
from uuid import UUID

from counter.errors import PortalConflict, PortalRefusedMessage, PortalSilent
from counter.store import copies, files, outbox, reopening
from counter.store.dossiers import note_official_code
from counter.store.outbox import DOSSIER, Message
from counter.store.store import Store, Transaction
from sync.backoff import wait_s
from sync.batches import MOST_BYTES, MOST_MESSAGES, Batch, fitting, is_whole, pack
from sync.contract import Limits
from sync.feed import as_value
from sync.verdicts import Contested, Gap, Later, Lost, Taken, Verdict, Wrong

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one batch.

    Attributes:
        dossiers: Whose standing changed.
    """

    sent: int
    parked: int
    conflicts: int
    dossiers: tuple[UUID, ...]


class Receiver(Protocol):
    """Whoever takes what the outbox holds."""

    def deliver(self, batch: Batch) -> tuple[Verdict, ...]:
        """Take *batch*; say what became of each message, in order.

        Raises:
            PortalRefusedMessage, PortalConflict: Not taken as a whole, without saying why.
            PortalSilent: Nothing is known of it.
        """


@dataclass(slots=True)
class Delivery:
    """Carries what is due.

    A batch that gets no answer goes again unchanged. When that fails too it is halved with each
    further try, so that a thin line can carry it, and so that one message the portal stumbles
    over ends up alone: it then travels by itself and no longer holds up the others.

    Attributes:
        tell: Called after each batch was settled on disk.
        failures: Batches without an answer, in a row.
        stumbling: Keys of the messages that travel alone.
    """

    store: Store
    portal: Receiver
    clock: Callable[[], datetime]
    chance: Random
    tell: Callable[[Delivered], None]
    failures: int = 0
    unanswered: Batch | None = None
    stumbling: set[UUID] = field(default_factory=set)

    def carry(self, limits: Limits, go_on: Callable[[], bool]) -> None:
        """Send everything that is due, batch by batch, while *go_on* says so.

        Raises:
            PortalSilent: What was sent last is unknown and stays in the outbox.
            PortalRefusedDesk, ClientTooOld: Nothing more may be sent.
        """
        while go_on():
            batch = self.unanswered or self._next(limits)
            if batch is None:
                return
            self._send(batch)

    def _next(self, limits: Limits) -> Batch | None:
        with self.store.reading() as session:
            due = outbox.due(session, self.clock(), 2 * MOST_MESSAGES)
        whole = [message for message in due if is_whole(message)]
        if len(whole) < len(due):
            self._park_damaged([message for message in due if message not in whole])
        fresh = [message for message in whole if message.key not in self.stumbling]
        if not fresh:
            return pack(self._based(whole[:1])) if whole else None
        halvings = max(0, self.failures - 1)
        most = min(MOST_MESSAGES, limits.bulk_dossiers, limits.bulk_events) >> halvings
        most_bytes = min(MOST_BYTES, limits.json_bytes) >> halvings
        return pack(self._based(fitting(fresh, max(1, most), most_bytes)))

    def _based(self, messages: list[Message]) -> list[Message]:
        """Fix what each change rests on before it is sent for the first time."""
        if all(m.kind != DOSSIER or m.dossier_seq == 1 or m.base_version for m in messages):
            return messages
        with self.store.writing() as session:
            return outbox.with_bases(session, messages)

    def _send(self, batch: Batch) -> None:
        try:
            verdicts = self.portal.deliver(batch)
        except (PortalRefusedMessage, PortalConflict) as refusal:
            self.unanswered = None
            if len(batch.messages) > 1:
                middle = len(batch.messages) // 2
                self._send(pack(batch.messages[:middle]))
                self._send(pack(batch.messages[middle:]))
                return
            trouble = str(refusal.fields["trouble"])
            contested = isinstance(refusal, PortalConflict)
            verdicts = (Contested(trouble) if contested else Wrong(trouble),)
        except PortalSilent as silence:
            self._note_silence(batch, silence)
            return
        self.failures = 0
        self.unanswered = None
        self._settle(batch, verdicts)

    def _note_silence(self, batch: Batch, silence: PortalSilent) -> None:
        """Prepare the next try; raise *silence* unless only a stumbling message met it."""
        alone = len(batch.messages) == 1
        if alone and silence.fields.get("status") == 500:
            message = batch.messages[0]
            known = message.key in self.stumbling
            self.stumbling.add(message.key)
            with self.store.writing() as session:
                outbox.postpone(session, message, self._later(message), str(silence))
            self.unanswered = None
            if known:
                return
        self.failures += 1
        self.unanswered = batch if self.failures == 1 else None
        raise silence

    def _settle(self, batch: Batch, verdicts: tuple[Verdict, ...]) -> None:
        judged = list(zip(batch.messages, verdicts, strict=True))
        taken = [(m, verdict) for m, verdict in judged if isinstance(verdict, Taken)]
        with self.store.writing() as session:
            versions = [(message, verdict.version) for message, verdict in taken]
            outbox.settle_all(session, versions, self.clock())
            for message, verdict in taken:
                self._note_code(session, batch, message, verdict)
            files.send_again(session, [name for _, v in taken for name in v.missing_blobs])
            for message, other in judged:
                if not isinstance(other, Taken):
                    self._note(session, message, other)
        self.stumbling.difference_update(message.key for message in batch.messages)
        done = Delivered(
            sent=sum(isinstance(v, Taken) for v in verdicts),
            parked=sum(isinstance(v, Wrong) for v in verdicts),
            conflicts=sum(isinstance(v, Contested) for v in verdicts),
            dossiers=tuple(
                message.dossier_id
                for message, verdict in zip(batch.messages, verdicts, strict=True)
                if isinstance(verdict, Taken | Wrong | Contested)
            ),
        )
        log.info("sent %d, parked %d, in conflict %d", done.sent, done.parked, done.conflicts)
        self.tell(done)

    def _note_code(
        self, session: Transaction, batch: Batch, message: Message, verdict: Taken
    ) -> None:
        """Keep the official code of a dossier that went out without one."""
        code = verdict.code
        if code is None or code in batch.codes:
            return
        if not note_official_code(session, message.dossier_id, code):
            log.error("the portal gave a code that another dossier here carries")

    def _note(
        self,
        session: Transaction,
        message: Message,
        verdict: Later | Wrong | Contested | Lost | Gap,
    ) -> None:
        match verdict:
            case Later():
                outbox.postpone(session, message, self._later(message), verdict.trouble)
            case Wrong():
                outbox.set_aside(session, message, "parked", verdict.trouble)
            case Contested():
                if verdict.current is not None and verdict.current.id == message.dossier_id:
                    copies.keep(session, as_value(verdict.current))
                outbox.set_aside(session, message, "conflict", verdict.trouble)
            case Lost():
                reopening.reopen(session, message.dossier_id)
                copies.forget_versions(session, message.dossier_id)
                outbox.postpone(session, message, self._later(message), verdict.trouble)
            case Gap():
                expected = verdict.expected_seq
                if reopening.reopen_events(session, message.dossier_id, expected):
                    outbox.postpone(session, message, self._later(message), verdict.trouble)
                else:
                    outbox.set_aside(session, message, "conflict", verdict.trouble)
            case _:
                assert_never(verdict)

    def _park_damaged(self, messages: list[Message]) -> None:
        log.error("%d messages in the outbox do not hash to their digest", len(messages))
        trouble = json.dumps({"type": "damaged-here"})
        with self.store.writing() as session:
            for message in messages:
                outbox.set_aside(session, message, "parked", trouble)
        self.tell(Delivered(0, len(messages), 0, tuple(m.dossier_id for m in messages)))

    def _later(self, message: Message) -> datetime:
        return self.clock() + timedelta(seconds=wait_s(message.attempts + 1, self.chance))
