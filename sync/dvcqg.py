"""The national interface (DVCQG, through VXP/LGSP), asked with what the outbox holds.

It knows no idempotency keys, no order and no feed, and answers a whole list with one code. What
makes every fact arrive once all the same:

- a dossier is found by its code: "đã tồn tại" is answered by the same record as an update;
- a line of progress, which would stand there twice, is looked for with ``TraCuuHoSo`` before it
  goes again, and which lines are in doubt is on disk before they leave;
- a list that is refused is halved by ``Delivery`` until the wrong dossier stands alone.

It lends no numbers: each desk of the office has its own range of every day, by its settings.
"""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from counter.errors import (
    FileDamaged,
    PortalConflict,
    PortalRefusedDesk,
    PortalRefusedMessage,
    PortalSilent,
)
from counter.store import files, whole
from counter.store.dossiers import code_of
from counter.store.outbox import DOSSIER, Message
from counter.store.store import RESTORED_AT, Store, find_mark, note_mark
from counter.values import DossierCode, local_day
from sync.batches import Batch, key_of
from sync.contract import SerialLease
from sync.dvcqg_answers import Kind, Reply, read_reply
from sync.dvcqg_words import (
    Office,
    Told,
    body_of,
    has_record,
    is_forbidden,
    progress,
    record,
)
from sync.trust import Trust
from sync.verdicts import Later, Lost, Taken, Verdict, Wrong, on_answer
from sync.wire import Answer, Wire

log = logging.getLogger(__name__)

MOST_AT_ONCE = 10
"""Dossiers, or lines of progress, in one call."""

DOUBTFUL = "national_in_doubt"
"""Mark of the lines of progress that left and were not seen to arrive."""

KEPT_OPEN = timedelta(days=1)
WIDTH = 4


@dataclass(frozen=True, slots=True)
class NationalAccess:
    """How this desk reaches the national interface.

    Attributes:
        url: Base address of the province's adapter.
        login, integration, share: Paths below it, for signing in, for telling and for asking.
        destination: Code of the destination on the exchange axis, sent as ``dstcode``.
        unit: Code of this unit, sent as ``madonvi``.
        first, last: This desk's own range of dossier numbers of every day.
    """

    url: str
    username: str
    password: str = field(repr=False)
    destination: str
    unit: str
    login: str
    integration: str
    share: str
    desk_id: str
    first: int
    last: int
    version: str
    timeout_s: float = 60.0
    trust: Trust = field(default_factory=Trust)
    proxy: str = field(default="", repr=False)


class National:
    """The national interface, asked from one thread."""

    def __init__(
        self,
        access: NationalAccess,
        store: Store,
        office: Office,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the line; nothing is sent yet.

        Raises:
            PortalSilent: A certificate or key of *access* cannot be used.
        """
        self._access = access
        self._store = store
        self._office = office
        self._clock = clock
        self._monotonic = monotonic
        self._wire = Wire(
            url=access.url,
            agent=f"motcua-quay/{access.version}",
            timeout_s=access.timeout_s,
            trust=access.trust,
            proxy=access.proxy,
        )
        self._session = ""
        self._lent: set[date] = set()
        self._doubtful: set[UUID] | None = None
        self.heard_at = float("-inf")
        self.skew_s: float | None = None

    # What the rounds ask

    def sign_in(self) -> None:
        """Sign in anew.

        Raises:
            PortalSilent: No answer that can be used.
            PortalRefusedDesk: Name or password are not known there.
        """
        told = {"username": self._access.username, "password": self._access.password}
        reply = self._ask(self._access.login, json.dumps(told).encode())
        if reply.kind is Kind.BUSY:
            raise PortalSilent(f"sign-in: error code {reply.error_code}")
        if reply.kind is not Kind.DONE:
            raise PortalRefusedDesk(f"sign-in: error code {reply.error_code}")
        if not reply.session:
            raise PortalSilent("sign-in: the answer names no session")
        self._session = reply.session

    def lease(self, key: UUID, agency: str, day: date, count: int) -> SerialLease:
        """Return this desk's own range of *day*, once in the life of this object.

        Asked again after a restart it is the same block, which the store knows already.

        Raises:
            PortalConflict: The range of that day was given already, and there is no other; or the
                desk was restored that day or later, and does not know what it used.
        """
        with self._store.reading() as session:
            restored = find_mark(session, RESTORED_AT)
        is_forgotten = restored and day <= local_day(datetime.fromisoformat(restored))
        if day in self._lent or is_forgotten:
            raise PortalConflict("the desk has no further numbers", trouble="{}")
        self._lent.add(day)
        access = self._access
        first = DossierCode.of(agency=agency, day=day, serial=access.first, width=WIDTH)
        ends = datetime.combine(day, datetime.min.time(), self._clock().tzinfo) + 2 * KEPT_OPEN
        return SerialLease(
            lease_id=key_of("own range", access.desk_id, agency, day.isoformat()),
            agency_code=agency,
            desk_id=access.desk_id,
            date=day,
            first=access.first,
            last=access.last,
            width=WIDTH,
            prefix=first.text[:-WIDTH],
            expires_at=ends,
        )

    def deliver(self, batch: Batch) -> tuple[Verdict, ...]:
        """Tell what *batch* holds; return what became of each message, in order.

        Raises:
            PortalRefusedMessage: The list was not taken; which message is the reason is not said.
            PortalSilent: What arrived is unknown.
            PortalRefusedDesk: The desk is not let in.
        """
        messages = batch.messages
        try:
            told = [self._told(message) for message in messages]
        except FileDamaged as damage:
            log.error("%s", damage)
            if len(messages) == 1:
                return (Wrong(json.dumps({"type": "damaged-here"})),)
            raise _refused("damaged-here") from damage
        known = [(m, t) for m, t in zip(messages, told, strict=True) if t is not None]
        if len(known) < len(messages):
            if len(messages) == 1:
                return (Later(json.dumps({"type": "no-number"})),)
            raise _refused("no-number")
        if batch.kind == DOSSIER:
            return self._tell_dossiers(known)
        return self._tell_events(known)

    def look_up(self, code: str) -> dict[str, Any] | None:
        """Ask what the interface holds of one dossier; None when it has none of this code."""
        reply = self._call(self._access.share, "TraCuuHoSo", mahoso=code)
        if reply.kind is Kind.NOT_THERE:
            return None
        if reply.kind is not Kind.DONE:
            raise PortalSilent(f"TraCuuHoSo: error code {reply.error_code}")
        return next((line for line in reply.result if line.get("MaHoSo") == code), None)

    def procedure(self, code: str) -> dict[str, Any] | None:
        """Ask for one procedure (``LayThuTuc``); None when the national list has none.

        Raises:
            PortalRefusedMessage: The interface shows this desk no procedures.
            PortalSilent: It is busy, or what it said is unknown.
        """
        reply = self._call(self._access.share, "LayThuTuc", maTTHC=code)
        if reply.kind is Kind.NOT_THERE:
            return None
        if reply.kind is Kind.WRONG:
            raise _refused(reply.error_code)
        if reply.kind is not Kind.DONE:
            raise PortalSilent(f"LayThuTuc: error code {reply.error_code}")
        return next((line for line in reply.result if line.get("MATTHC") == code), None)

    def interrupt(self) -> None:
        """Do nothing: here nobody ever waits for news."""

    def cut(self) -> None:
        """End any exchange at once. Safe from any thread."""
        self._wire.cut()

    def close(self) -> None:
        """Give the connection back."""
        self._wire.close()

    # Telling

    def _tell_dossiers(self, known: Sequence[tuple[Message, Told]]) -> tuple[Verdict, ...]:
        """Send whole records: first those the interface cannot have, then the changed ones."""
        for is_update in (False, True):
            some = [t for m, t in known if (m.dossier_seq > 1 or bool(t.there)) is is_update]
            if not some:
                continue
            reply = self._send_records(some, is_update)
            if reply.kind in {Kind.THERE, Kind.NOT_THERE} and len(known) == 1:
                reply = self._send_records(some, reply.kind is Kind.THERE)
            if reply.kind is not Kind.DONE:
                return self._verdict(reply, len(known))
        return tuple(Taken(message.dossier_seq, told.code) for message, told in known)

    def _tell_events(self, known: Sequence[tuple[Message, Told]]) -> tuple[Verdict, ...]:
        """Send the records that changed, then the lines of progress that are not there yet."""
        if any(is_forbidden(told.events[-1]) for _, told in known):
            return self._verdict(Reply("status-9", "", (), "", Kind.WRONG), len(known))
        changed = [told for _, told in known if has_record(told.events[-1])]
        if changed:
            reply = self._send_records(changed, is_update=True)
            if reply.kind is not Kind.DONE:
                return self._verdict(reply, len(known), is_event=True)
        lines = self._missing_lines(known)
        if lines is None:
            return (Lost(json.dumps({"type": "not-there"})),)
        if lines:
            reply = self._call(self._access.integration, "CapNhatTienDoHoSoMC", data=lines)
            if reply.kind is not Kind.DONE:
                return self._verdict(reply, len(known), is_event=True)
        return tuple(Taken(None) for _ in known)

    def _missing_lines(self, known: Sequence[tuple[Message, Told]]) -> list[dict[str, str]] | None:
        """Return the lines of progress to send; None when the one dossier asked about is gone.

        Those in doubt from an earlier try are looked for; all that leave now are in doubt first.
        """
        leaving = {message.key for message, _ in known}
        doubtful = self._in_doubt()
        lines = []
        for message, told in known:
            line = progress(told, self._office)
            if message.key in doubtful:
                found = self.look_up(told.code)
                if found is None and len(known) == 1:
                    return None
                if found is None:
                    raise _refused("not-there")
                if _holds(found, line):
                    continue
            lines.append(line)
        with self._store.writing() as session:
            self._doubtful = whole.unsettled_among(session, doubtful) | leaving
            noted = json.dumps(sorted(str(key) for key in self._doubtful))
            note_mark(session, DOUBTFUL, noted)
        return lines

    def _in_doubt(self) -> set[UUID]:
        if self._doubtful is None:
            with self._store.reading() as session:
                noted = json.loads(find_mark(session, DOUBTFUL) or "[]")
            self._doubtful = {UUID(key) for key in noted}
        return self._doubtful

    def _send_records(self, told: Sequence[Told], is_update: bool) -> Reply:
        return self._call(
            self._access.integration,
            "DongBoHoSoMC",
            isUpdating="True" if is_update else "False",
            data=[record(one, self._office) for one in told],
        )

    def _told(self, message: Message) -> Told | None:
        """Return the dossier as told up to *message*; None while it has no official code."""
        with self._store.reading() as session:
            earlier = whole.until(session, message.dossier_id, message.dossier_seq)
            sister = whole.sister_content(session, message.dossier_id)
        bodies = [(one.kind, json.loads(one.body)) for one in earlier]
        own = [body for kind, body in bodies if kind == DOSSIER]
        content: Any = own[-1] if own else sister
        events = [body for kind, body in bodies if kind != DOSSIER]
        code = content["code"] or self._official_code(message.dossier_id, content["agency_code"])
        if code is None:
            return None
        is_record = message.kind == DOSSIER or has_record(events[-1])
        attached = self._attached(content) if is_record else {}
        there = self.look_up(code) if sister is not None and is_record else None
        return Told(content, events, code, attached, there or {})

    def _official_code(self, dossier_id: UUID, agency: str) -> str | None:
        """Return the code of a dossier received without one, giving it a number of today's.

        It is on disk before it is told, so that a lost answer never costs a second one.
        """
        with self._store.writing() as session:
            return code_of(session, dossier_id, agency, self._clock())

    def _attached(self, content: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in content["components"]:
            for file in part["files"]:
                with self._store.reading() as session:
                    raw = files.read(session, self._store.files, file["sha256"])
                found[file["sha256"]] = base64.b64encode(raw).decode()
        return found

    def _verdict(self, reply: Reply, many: int, *, is_event: bool = False) -> tuple[Verdict, ...]:
        """Judge a list of *many* that was not taken."""
        if reply.kind is Kind.BUSY:
            raise PortalSilent(f"error code {reply.error_code}")
        if many > 1:
            raise _refused(reply.error_code)
        if reply.kind is Kind.NOT_THERE and is_event:
            return (Lost(_trouble(reply)),)
        return (Wrong(_trouble(reply)),)

    # The line

    def _call(self, path: str, service: str, **told: object) -> Reply:
        """Call a service with this desk's session, and once more with a new one if it ended.

        Raises:
            PortalRefusedDesk: The interface does not take the new session either.
        """
        if not self._session:
            self.sign_in()
        for is_last in (False, True):
            reply = self._ask(
                path,
                body_of(session=self._session, unit=self._access.unit, service=service, **told),
            )
            if reply.kind is not Kind.SESSION_ENDED:
                return reply
            if not is_last:
                self.sign_in()
        self._session = ""
        raise PortalRefusedDesk(f"{service}: a new session is not taken")

    def _ask(self, path: str, body: bytes) -> Reply:
        answer = self._wire.ask(
            "POST",
            path,
            headers={
                "Accept": "application/json",
                "Content-Type": "application/json",
                "Charset": "utf-8",
                "dstcode": self._access.destination,
            },
            body=body,
        )
        if answer.status == 401:
            return Reply("401", "", (), "", Kind.SESSION_ENDED)
        if answer.status != 200:
            raise _silent(answer)
        reply = read_reply(answer.body)
        self.heard_at = self._monotonic()
        if answer.date is not None:
            self.skew_s = (answer.date - self._clock()).total_seconds()
        return reply


def _holds(found: dict[str, Any], line: dict[str, str]) -> bool:
    """Say whether what the interface told of a dossier holds this line of progress."""
    same = ("ThoiDiemXuLy", "TrangThai", "NoiDungXuLy", "NguoiXuLy")
    there = found.get("DanhSachTienDo")
    return isinstance(there, list) and any(
        isinstance(one, dict) and all(one.get(name) == line[name] for name in same) for one in there
    )


def _refused(error_code: str) -> PortalRefusedMessage:
    return PortalRefusedMessage(
        f"a list was not taken: {error_code}", trouble=json.dumps({"type": error_code})
    )


def _trouble(reply: Reply) -> str:
    """Return the interface's reason for the officer as JSON, as the contract's are kept."""
    return json.dumps(
        {
            "type": f"national-{reply.error_code}",
            "status": 200,
            "errors": [{"pointer": "", "code": reply.error_code, "message": reply.message[:500]}],
        },
        ensure_ascii=False,
    )


def _silent(answer: Answer) -> PortalSilent:
    """Return what an answer that is no 200 means: a proxy's page, or an exchange out of order."""
    error = on_answer(answer)
    if isinstance(error, PortalSilent):
        return error
    return PortalSilent(f"status {answer.status}", status=answer.status)
