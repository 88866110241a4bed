"""Mistakes that real programs of this kind made, to be built in on purpose.

Each one is a small change to the running program. The harness has to find every one of them;
a harness that finds nothing proves nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from counter.desk import reception
from counter.desk.context import Context
from counter.errors import PortalSilent
from counter.store import leases, outbox, payments, sealed
from counter.store.files import Unsent
from counter.store.outbox import Message
from counter.store.tables import OutboxRow
from counter.values import uuid7
from counter.work import Reception, ReceptionAsked
from sync import batches, delivery, portal, tus, uploads, verdicts
from sync.batches import Batch
from sync.verdicts import Taken, Verdict

GAP_S = 0.15
"""How long a mistake that needs a crash at the right moment keeps the door open."""

LONG_GAP_S = 1.0
"""The same for what happens more rarely."""


def none() -> None:
    """Build in nothing."""


def believes_any_answer() -> None:
    """Settle what was sent whether or not the answer was the portal's."""
    honest = portal.Portal.deliver

    def deliver(self: portal.Portal, batch: Batch) -> tuple[Verdict, ...]:
        try:
            return honest(self, batch)
        except PortalSilent:
            return tuple(Taken(1) for _ in batch.messages)

    portal.Portal.deliver = deliver  # type: ignore[method-assign]


def new_identity_with_every_try() -> None:
    """Give a dossier another id each time it is sent."""

    def pack(messages: Sequence[Message]) -> Batch:
        renamed = []
        for message in messages:
            identity = uuid7()
            body = message.body.replace(str(message.dossier_id), str(identity))
            renamed.append(replace(message, dossier_id=identity, body=body))
        packed = batches.pack(renamed if messages[0].kind == outbox.DOSSIER else list(messages))
        return replace(packed, messages=tuple(messages))

    vars(delivery)["pack"] = pack


def newest_first() -> None:
    """Send what was written last first, whatever came before it."""

    def due(session: Session, moment: datetime, limit: int) -> list[Message]:
        rows = session.execute(
            select(*outbox._MESSAGE)
            .where(OutboxRow.state == "waiting")
            .order_by(OutboxRow.seq.desc())
            .limit(limit)
        )
        seen: dict[UUID, Message] = {}
        for row in rows:
            seen.setdefault(row.dossier_id, Message(*row))
        return list(seen.values())

    outbox.due = due


def fact_and_message_apart() -> None:
    """Keep the dossier in one transaction and its message in the next."""
    honest_put, honest_receive = outbox.put, reception.receive
    held: list[dict[str, Any]] = []

    def put(session: Session, **message: Any) -> None:
        if message["kind"] == outbox.DOSSIER:
            held.append(message)
        else:
            honest_put(session, **message)

    def receive(context: Context, asked: ReceptionAsked) -> Reception:
        received = honest_receive(context, asked)
        threading.Event().wait(GAP_S)
        with context.store.writing() as session:
            for message in held:
                honest_put(session, **message)
        held.clear()
        return received

    outbox.put = put
    reception.receive = receive


def number_and_dossier_apart() -> None:
    """Take the serial number in a transaction of its own."""
    honest_take, honest_receive = leases.take_code, reception.receive
    contexts: list[Context] = []

    def receive(context: Context, asked: ReceptionAsked) -> Reception:
        with context.store.writing() as session:
            code = honest_take(session, context.settings.settings.office.agency_code, now_of())
        threading.Event().wait(GAP_S)
        leases.take_code = lambda *_: code
        return honest_receive(context, asked)

    def now_of() -> datetime:
        return contexts[0].clock()

    def remember(context: Context, asked: ReceptionAsked) -> Reception:
        contexts[:] = [context]
        return receive(context, asked)

    reception.receive = remember


def refused_for_ever() -> None:
    """Send what the portal calls wrong again and again instead of asking an officer."""
    vars(verdicts)["Wrong"] = vars(delivery)["Wrong"] = verdicts.Later


def paper_before_disk() -> None:
    """Let the receipt come out of the printer before its transaction has ended."""
    honest = vars(reception)["_keep"]

    def keep(*words: Any, **more: Any) -> Any:
        row, contents = honest(*words, **more)
        print(row.code or row.provisional_code, flush=True)  # noqa: T201 - the printer
        threading.Event().wait(GAP_S)
        return row, contents

    vars(reception)["_keep"] = keep


def fact_before_its_file() -> None:
    """Commit that a file is here before its bytes are."""
    honest = sealed.put

    def write(session: Session, folder: Path, sha256: str, content: bytes) -> None:
        honest(session, folder, sha256, content)
        held = folder.with_name(sha256)
        (folder / (sha256 + sealed.NEW)).replace(held)

        def bring(_session: Session) -> None:
            threading.Event().wait(LONG_GAP_S)
            held.replace(folder / sha256)

        event.listen(session, "after_commit", bring, once=True)

    sealed.put = write


def a_code_is_money() -> None:
    """Count a payment as made once its code is shown."""
    honest = payments.note_code

    def note_code(session: Session, payment: UUID, code: payments.Code, moment: datetime) -> None:
        honest(session, payment, code, moment)
        row = session.get(payments.PaymentRow, payment)
        if row is not None:
            money = payments.Money(payment, row.dossier_id, row.amount, moment, None)
            payments.note_money(session, money)

    payments.note_code = note_code


def files_from_the_start() -> None:
    """Forget how far a file was whenever the program starts."""
    honest = uploads.Uploads._send

    def send(
        self: uploads.Uploads, file: Unsent, piece_bytes: int, go_on: Callable[[], bool]
    ) -> None:
        if file.upload is not None:
            self.there.portal.exchange(
                "DELETE", f"/files/{file.upload}", headers=tus.VERSION, ok={204, 404, 410}
            )
        honest(self, replace(file, upload=None), piece_bytes, go_on)

    uploads.Uploads._send = send  # type: ignore[method-assign]


BUGS: dict[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (
        none,
        believes_any_answer,
        new_identity_with_every_try,
        newest_first,
        fact_and_message_apart,
        number_and_dossier_apart,
        refused_for_ever,
        paper_before_disk,
        fact_before_its_file,
        files_from_the_start,
        a_code_is_money,
    )
}
