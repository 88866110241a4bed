"""The portal in the contract's words: one method for each thing it can be asked.

Every answer is judged here, once. What comes out is a value that fits the contract, or one of a
few errors: ``PortalSilent`` (nothing is known, ask again later), ``PortalRefusedDesk`` and
``ClientTooOld`` (stop), ``PortalRefusedMessage`` and ``PortalConflict`` (about this request only).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from urllib.parse import urlencode
from uuid import UUID

from counter.errors import BadDossierCode, PortalRefusedDesk, PortalRefusedMessage, PortalSilent
from counter.store.outbox import DOSSIER
from counter.store.told import SisterEvent
from counter.values import DossierCode, rfc3339
from sync.batches import Batch, key_of
from sync.contents import StoredEvents, sister_event
from sync.contract import (
    Capabilities,
    CataloguePage,
    ChangePage,
    CursorExpired,
    Dossier,
    DossierPage,
    DossierResults,
    EventResults,
    LegalReceipt,
    Payment,
    Problem,
    SerialLease,
    Token,
    TokenRefused,
    find,
    read,
)
from sync.trust import Trust
from sync.verdicts import Verdict, on_answer, on_dossier, on_event
from sync.wire import Answer, Interrupted, Wire

RENEW_S = 60
PAGE = 100


@dataclass(frozen=True, slots=True)
class Access:
    """How this desk reaches its portal.

    Attributes:
        url: Base address of the contract, ending in ``/motcua/v1``.
        secret: What the portal gave at enrolment.
        trust: Whom it believes to be the portal, and what it shows of itself.
        proxy: Address of a proxy; empty uses none.
        version: Of this program, ``x.y.z``.
    """

    url: str
    desk_id: str
    secret: str = field(repr=False)
    version: str
    timeout_s: float = 20.0
    trust: Trust = field(default_factory=Trust)
    proxy: str = field(default="", repr=False)


class NoPage(Enum):
    """Why the portal gave no page of a catalogue."""

    SAME = auto()
    SINCE_EXPIRED = auto()


CATALOGUE_PAGE = 200


class Portal:
    """One portal, asked from one thread."""

    def __init__(
        self,
        access: Access,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare the line; nothing is sent yet.

        Raises:
            PortalSilent: A certificate or key of *access* cannot be used.
        """
        self._access = access
        self._clock = clock
        self._monotonic = monotonic
        self._wire = Wire(
            url=access.url,
            agent=f"motcua-quay/{access.version}",
            timeout_s=access.timeout_s,
            trust=access.trust,
            proxy=access.proxy,
        )
        self._token = ""
        self._renew_at = float("-inf")
        self._skew_s: float | None = None

    @property
    def skew_s(self) -> float | None:
        """Seconds the portal's clock is ahead of this machine's; None before the first answer."""
        return self._skew_s

    def capabilities(self) -> Capabilities:
        """Ask what the portal can do and allows."""
        return read(Capabilities, self._get("/capabilities").body)

    def trust_bundle(self) -> bytes:
        """Ask for the province's bundle of card issuers; only where it is named as a feature."""
        return self._get("/trust-bundle").body

    def lease(self, key: UUID, agency: str, day: date, count: int) -> SerialLease:
        """Ask for *count* numbers of *day*; the same *key* gives the same block again.

        Raises:
            PortalConflict: None are left, or the day is not open yet.
            PortalRefusedMessage: The portal calls the request wrong.
        """
        body = json.dumps(
            {"agency_code": agency, "count": count, "date": day.isoformat()}, sort_keys=True
        ).encode()
        try:
            answer = self._post("/serial-leases", key, body, ok={200, 201})
        except PortalRefusedMessage as refusal:
            if refusal.fields.get("status") == 403:
                raise PortalRefusedDesk("no numbers for this agency") from refusal
            raise
        lease = read(SerialLease, answer.body)
        ours = (lease.agency_code, lease.desk_id, lease.date) == (agency, self._access.desk_id, day)
        if not (ours and 0 < lease.last - lease.first + 1 <= count and _names(lease)):
            raise PortalSilent("serial-leases: the block is not the one asked for")
        return lease

    def deliver(self, batch: Batch) -> tuple[Verdict, ...]:
        """Send *batch*; return what became of each message, in order.

        Raises:
            PortalRefusedMessage, PortalConflict: The request as a whole was not taken; which of
                its messages is the reason is not said.
        """
        answer = self._post(batch.path, batch.key, batch.body, ok={200})
        if batch.kind == DOSSIER:
            dossiers = read(DossierResults, answer.body).results
            _must_name(batch, [(r.index, r.id) for r in dossiers])
            for sent, result in zip(batch.codes, dossiers, strict=True):
                if sent and result.code and result.code != sent:
                    raise PortalSilent(f"{batch.path}: the answer names another code")
            return tuple(on_dossier(result) for result in dossiers)
        events = read(EventResults, answer.body).results
        _must_name(batch, [(r.index, r.event_id) for r in events])
        return tuple(on_event(result) for result in events)

    def changes(
        self, cursor: str | None, *, wait_s: int, unless: Callable[[], bool]
    ) -> ChangePage | CursorExpired | None:
        """Ask what happened on the portal's side since *cursor*; from its oldest news when None.

        With *wait_s* the portal may take that long to have something to tell.

        Returns:
            None when ``interrupt`` was called, or *unless* already held.
        """
        query = {"limit": PAGE, "wait": wait_s} | ({"cursor": cursor} if cursor else {})
        path = f"/changes?{urlencode(query)}"

        def ask(headers: Mapping[str, str]) -> Answer:
            return self._wire.ask_patiently(path, headers=headers, wait_s=wait_s, unless=unless)

        try:
            answer = self._authorised(ask, ok={200, 410})
        except Interrupted:
            return None
        if answer.status == 410:
            return read(CursorExpired, answer.body)
        return read(ChangePage, answer.body)

    def find_dossier(self, dossier_id: UUID) -> Dossier | None:
        """Ask for one whole dossier; None when this desk may not see it or it is not there."""
        try:
            dossier = read(Dossier, self._get(f"/dossiers/{dossier_id}").body)
        except PortalRefusedMessage:
            return None
        if dossier.id != dossier_id:
            raise PortalSilent("dossiers: the answer names another dossier")
        return dossier

    def find_code(self, code: str) -> Dossier | None:
        """Ask for the whole dossier with an official code; None when this desk may see none."""
        query = urlencode({"code": code, "limit": 1})
        try:
            items = read(DossierPage, self._get(f"/dossiers?{query}").body).items
        except PortalRefusedMessage:
            return None
        if items and items[0].code != code:
            raise PortalSilent("dossiers: the answer names another code")
        return items[0] if items else None

    def events_of(self, dossier_id: UUID, after: int) -> tuple[SisterEvent, ...]:
        """Ask what happened to a dossier since place *after* of the portal's list."""
        events: list[SisterEvent] = []
        place: int | None = after
        while place is not None:
            query = urlencode({"after": place, "limit": PAGE})
            try:
                answer = self._get(f"/dossiers/{dossier_id}/events?{query}")
            except PortalRefusedMessage:
                break
            page = read(StoredEvents, answer.body)
            events += map(sister_event, page.items)
            if page.next_position is not None and page.next_position <= place:
                raise PortalSilent("events: the list does not go on")
            place = page.next_position
        return tuple(events)

    def dossiers_since(self, since: datetime, cursor: str | None) -> DossierPage:
        """Ask for dossiers changed since *since*, page by page, the longest unchanged first."""
        query = {"updated_since": rfc3339(since), "limit": PAGE}
        query |= {"cursor": cursor} if cursor else {}
        return read(DossierPage, self._get(f"/dossiers?{urlencode(query)}").body)

    def catalogue(
        self, name: str, *, since: str | None, cursor: str | None = None, etag: str | None = None
    ) -> tuple[CataloguePage, str | None] | NoPage:
        """Ask for one page of a catalogue: of all of it, or of what changed after *since*.

        Args:
            etag: Of the same question's last answer.

        Returns:
            The page with its ETag.
        """
        query: dict[str, object] = {"limit": CATALOGUE_PAGE}
        query |= {"since": since} if since else {}
        query |= {"cursor": cursor} if cursor else {}
        told = {"If-None-Match": etag} if etag else {}
        path = f"/catalogue/{name}?{urlencode(query)}"
        answer = self._authorised(
            lambda own: self._wire.ask("GET", path, headers={**own, **told}), ok={200, 304, 410}
        )
        if answer.status == 304 and etag:
            return NoPage.SAME
        if answer.status == 410:
            return NoPage.SINCE_EXPIRED
        return read(CataloguePage, answer.body), answer.headers.get("etag")

    def dossier_called(self, code: str) -> DossierPage:
        """Ask for the dossier with a code, as a receipt shows it; an empty page when unknown."""
        return read(DossierPage, self._get(f"/dossiers?{urlencode({'code': code})}").body)

    def open_payment(self, body: bytes) -> Payment:
        """Ask for a payment by VietQR with a ``PaymentRequest``; the same bytes, the same payment.

        Raises:
            PortalConflict, PortalRefusedMessage: There will be no such payment.
        """
        path = "/payments"
        payment = read(Payment, self._post(path, key_of(path, body), body, ok={200, 201}).body)
        asked = json.loads(body)
        if (str(payment.payment_id), str(payment.dossier_id)) != (
            asked["payment_id"],
            asked["dossier_id"],
        ):
            raise PortalSilent("payments: the answer names another payment")
        return payment

    def find_payment(self, payment: UUID) -> Payment | None:
        """Ask how a payment stands; None when the portal knows none."""
        try:
            found = read(Payment, self._get(f"/payments/{payment}").body)
        except PortalRefusedMessage as refusal:
            if refusal.fields.get("status") == 404:
                return None
            raise
        return _named(found, payment)

    def cancel_payment(self, payment: UUID) -> Payment | None:
        """Take a payment back; None when the portal knows none.

        Raises:
            PortalConflict: It is closed already: paid, cancelled or expired.
        """
        try:
            answer = self._authorised(
                lambda own: self._wire.ask("DELETE", f"/payments/{payment}", headers=own), ok={200}
            )
        except PortalRefusedMessage as refusal:
            if refusal.fields.get("status") == 404:
                return None
            raise
        return _named(read(Payment, answer.body), payment)

    def create_receipt(self, body: bytes) -> LegalReceipt:
        """Ask for a legal receipt with a ``ReceiptRequest``; the same bytes, the same number.

        Raises:
            PortalConflict, PortalRefusedMessage: There will be no such receipt.
        """
        path = "/receipts"
        told = read(LegalReceipt, self._post(path, key_of(path, body), body, ok={200, 201}).body)
        asked = json.loads(body)
        if (str(told.receipt_id), told.total) != (asked["receipt_id"], asked["total"]):
            raise PortalSilent("receipts: the answer names another receipt")
        return told

    def void_receipt(self, receipt: UUID, body: bytes) -> LegalReceipt:
        """Ask with a ``ReceiptVoidRequest`` that a legal receipt be voided; a repeat is harmless.

        Raises:
            PortalConflict, PortalRefusedMessage: It will not be voided.
        """
        path = f"/receipts/{receipt}/void"
        told = read(LegalReceipt, self._post(path, key_of(path, body), body, ok={200}).body)
        if told.receipt_id != receipt or told.state != "voided":
            raise PortalSilent("receipts: the answer names another receipt")
        return told

    def search(self, asked: bytes) -> DossierPage:
        """Ask for a citizen's dossiers with a ``DossierSearchRequest``: no number is in a URL."""
        kind = {"Content-Type": "application/json"}
        answer = self._authorised(
            lambda headers: self._wire.ask(
                "POST", "/dossiers/search", headers={**headers, **kind}, body=asked
            ),
            ok={200},
        )
        return read(DossierPage, answer.body)

    def exchange(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        ok: set[int],
        body: bytes | None = None,
    ) -> Answer:
        """Ask with this desk's token; return an answer whose status is in *ok*.

        Raises:
            PortalRefusedMessage, PortalConflict: About this request only.
        """
        return self._authorised(
            lambda own: self._wire.ask(method, path, headers={**own, **headers}, body=body), ok=ok
        )

    def interrupt(self) -> None:
        """End a long poll at once. Safe from any thread."""
        self._wire.interrupt()

    def cut(self) -> None:
        """End any exchange at once. Safe from any thread."""
        self._wire.cut()

    def close(self) -> None:
        """Give the connection back."""
        self._wire.close()

    def _get(self, path: str) -> Answer:
        return self._authorised(
            lambda headers: self._wire.ask("GET", path, headers=headers), ok={200}
        )

    def _post(self, path: str, key: UUID, body: bytes, *, ok: set[int]) -> Answer:
        own = {"Idempotency-Key": str(key), "Content-Type": "application/json"}
        return self._authorised(
            lambda headers: self._wire.ask("POST", path, headers={**headers, **own}, body=body),
            ok=ok,
        )

    def _authorised(self, ask: Callable[[Mapping[str, str]], Answer], *, ok: set[int]) -> Answer:
        """Ask with a token, and once more with a new one if the portal no longer knows it."""
        answer = ask(self._headers())
        if answer.status == 401 and (not answer.body or find(Problem, answer.body)):
            self._renew_at = float("-inf")
            answer = ask(self._headers())
        if answer.status not in ok:
            raise on_answer(answer)
        self._note_time(answer)
        return answer

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._fresh_token()}", "Accept": "application/json"}

    def _fresh_token(self) -> str:
        if self._monotonic() < self._renew_at:
            return self._token
        asked_at = self._monotonic()
        form = {
            "grant_type": "client_credentials",
            "client_id": self._access.desk_id,
            "client_secret": self._access.secret,
            "scope": "sync",
        }
        answer = self._wire.ask(
            "POST",
            "/oauth2/token",
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            },
            body=urlencode(form).encode(),
        )
        if answer.status in {400, 401}:
            refused = find(TokenRefused, answer.body)
            if refused is not None:
                raise PortalRefusedDesk(f"no token: {refused.error}")
        if answer.status != 200:
            raise on_answer(answer)
        token = read(Token, answer.body)
        self._token = token.access_token
        self._renew_at = asked_at + token.expires_in - min(RENEW_S, token.expires_in / 2)
        return self._token

    def _note_time(self, answer: Answer) -> None:
        if answer.date is not None:
            self._skew_s = (answer.date - self._clock()).total_seconds()


def _named(found: Payment, payment: UUID) -> Payment:
    if found.payment_id != payment:
        raise PortalSilent("payments: the answer names another payment")
    return found


def _names(lease: SerialLease) -> bool:
    """Say whether the block's prefix makes codes of its own agency and day."""
    try:
        code = DossierCode(f"{lease.prefix}{lease.first:0{lease.width}}")
    except BadDossierCode:
        return False
    return (code.agency, code.day) == (lease.agency_code, lease.date)


def _must_name(batch: Batch, named: list[tuple[int, UUID | None]]) -> None:
    if named != list(enumerate(batch.ids)):
        raise PortalSilent(f"{batch.path}: the answer names other messages")
