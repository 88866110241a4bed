"""A message that waits for an officer: both versions compared, and the choice carried out.

What was sent is never changed. A choice makes a new message, under a new key; the old one is kept
as replaced by it, and those that waited behind it are put after it, in their order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.receipts import note_history
from counter.disputes import (
    NAME,
    STATUS,
    Difference,
    MessageView,
    masked,
    merged,
    parts_of,
    reasons_in,
    reworded,
    trouble_of,
    typed_of,
    words_of,
)
from counter.errors import NothingToCorrect, UnknownMessage
from counter.messages import SEXES
from counter.store import outbox, parties, trail
from counter.store.dossiers import find_row
from counter.store.tables import CopyRow, DossierRow, OutboxRow
from counter.values import CitizenNumber, PartialDate, fold, tidy_name, tidy_text, uuid7
from counter.work import Change, IdentitySource, SyncStanding

AMENDED = "message.amended"
_COLUMNS = {
    NAME: "applicant_name",
    "/owner/phone": "phone",
    "/owner/email": "email",
    "/subject": "subject",
    "/note": "note",
}
"""The desk's own column for what may be typed anew in a dossier's message."""


def message(context: Context, key: UUID) -> MessageView:
    """Return one message that the portal has not taken, compared with what the portal has.

    That the dossier was read is noted.

    Raises:
        UnknownMessage: It is settled, or there is none.
    """
    with context.store.noting() as session:
        row = _row(session, key)
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="dossier.read",
            moment=context.clock(),
            subject=row.dossier_id.hex,
        )
        dossier = find_row(session, row.dossier_id)
        copy = session.get(CopyRow, row.dossier_id)
        ours = json.loads(row.body)
        differences = (
            _of_event(ours, copy, row) if row.kind == outbox.EVENT else _of_content(ours, copy, row)
        )
        if row.state == "parked":
            differences = tuple(
                replace(d, typed=_typed(ours, d.pointer, dossier)) if d.reason else d
                for d in differences
            )
        return MessageView(
            key=row.key,
            dossier_code=(dossier.code or dossier.provisional_code or "") if dossier else "",
            kind=row.kind,
            event=str(ours.get("kind", "")) if row.kind == outbox.EVENT else "",
            written_at=row.written_at,
            standing=SyncStanding(row.state),
            attempts=row.attempts,
            next_at=row.next_at,
            trouble=row.trouble,
            differences=differences,
            later=len(_behind(session, row)),
            skew_s=None if row.skew_ms is None else row.skew_ms / 1000,
        )


def settle(context: Context, key: UUID, keep: frozenset[str]) -> Change:
    """Carry out what an officer chose for a message in conflict.

    Args:
        keep: Pointers of the fields that stay as this desk says; the others become the portal's.

    Raises:
        UnknownMessage: It is not in conflict, or what the portal has is not known here yet.
    """
    moment = context.clock()
    with context.store.writing() as session:
        row = _row(session, key)
        dossier = find_row(session, row.dossier_id)
        copy = session.get(CopyRow, row.dossier_id)
        if row.state != "conflict" or dossier is None or copy is None or copy.body is None:
            raise UnknownMessage
        ours, base = json.loads(row.body), None
        if row.kind == outbox.EVENT:
            facts: dict[str, Any] | None = _event(ours, copy, bool(keep), uuid7(moment))
        else:
            theirs = json.loads(copy.body)["content"]
            facts = merged(ours, theirs, keep)
            base = copy.version
            _give_way(session, dossier, theirs, _differing(ours, theirs) - keep)
            if facts == theirs:
                facts = None
        behind = _behind(session, row)
        _replace(session, row, facts, moment=moment, base=base)
        for later in behind:
            _replace(session, later, json.loads(later.body), moment=moment, base=None)
        text = ", ".join(sorted(keep))
        event = "conflict.kept" if keep else "conflict.given_way"
        note_history(context, session, dossier, event=event, moment=moment, text=text)
    return Change.DOSSIERS


def amend(context: Context, key: UUID, words: Mapping[str, str]) -> Change:
    """Send a refused message with other words where the portal named a mistake.

    The refused one stays as it was sent; the new one takes its place in the dossier's line.

    Raises:
        UnknownMessage: It is not refused.
        BadName: A name cannot be this one.
        NothingToCorrect: These words stand there already, or may not be typed.
    """
    moment = context.clock()
    with context.store.writing() as session:
        row = _row(session, key)
        dossier = find_row(session, row.dossier_id)
        if row.state != "parked" or dossier is None:
            raise UnknownMessage
        ours = json.loads(row.body)
        tidied = {at: (tidy_name if at == NAME else tidy_text)(said) for at, said in words.items()}
        fresh = {
            at: said for at, said in tidied.items() if _typed(ours, at, dossier) not in {None, said}
        }
        if not fresh:
            raise NothingToCorrect
        facts = reworded(ours, fresh)
        if row.kind == outbox.EVENT:
            facts["event_id"] = str(uuid7(moment))
        behind = _behind(session, row)
        _replace(session, row, facts, moment=moment, base=row.base_version)
        for later in behind:
            told = json.loads(later.body)
            if later.kind == row.kind == outbox.DOSSIER:
                told = reworded(told, fresh)
            _replace(session, later, told, moment=moment, base=None)
        if row.kind == outbox.DOSSIER:
            _reword_here(session, dossier, fresh)
        text = ", ".join(sorted(fresh))
        note_history(context, session, dossier, event=AMENDED, moment=moment, text=text)
    return Change.DOSSIERS


def _typed(ours: Mapping[str, Any], pointer: str, dossier: DossierRow | None) -> str | None:
    """Return the words that may be typed anew; a name that a chip proved is none of them."""
    proven = dossier is not None and dossier.identity_source == IdentitySource.CHIP.value
    return None if pointer == NAME and proven else typed_of(ours, pointer)


def _reword_here(session: Session, dossier: DossierRow, fresh: Mapping[str, str]) -> None:
    """Let the desk's own dossier say what the new message says."""
    for pointer, column in _COLUMNS.items():
        if pointer in fresh:
            setattr(dossier, column, fresh[pointer] or None)
    if NAME in fresh:
        _fold_anew(session, dossier)


def _fold_anew(session: Session, dossier: DossierRow) -> None:
    """Let a dossier be found by the name it has now."""
    _owner, submitter = parties.of_dossier(session, dossier)
    brought_by = submitter.person.full_name if submitter else ""
    dossier.applicant_folded = fold(f"{dossier.applicant_name} {brought_by}")


def _text(told: Any) -> str | None:
    return tidy_text(str(told)) if told else None


def _born(told: Any) -> str | None:
    return PartialDate.from_iso(str(told)).iso if told else None


def _sex(told: Any) -> str | None:
    return SEXES[told].value if told in SEXES else None


def _address(told: Any) -> str | None:
    return _text(told.get("old_text") or told.get("detail")) if isinstance(told, dict) else None


def _number(told: Any) -> str | None:
    is_citizens = isinstance(told, dict) and told.get("kind") == "can_cuoc"
    return CitizenNumber(str(told["number"])).digits if is_citizens else None


_HERE: Mapping[str, tuple[str, Callable[[Any], str | None]]] = {
    NAME: ("applicant_name", _text),
    "/owner/birth_date": ("birth_date", _born),
    "/owner/gender": ("sex", _sex),
    "/owner/identity": ("applicant_number", _number),
    "/owner/address": ("address", _address),
    "/owner/phone": ("phone", _text),
    "/owner/email": ("email", _text),
    "/subject": ("subject", _text),
    "/note": ("note", _text),
}
"""Where the desk's own dossier keeps what the portal's words say, and how they are read."""

_PROVEN = frozenset({NAME, "/owner/birth_date", "/owner/gender", "/owner/identity"})
_ALWAYS = frozenset({"applicant_name", "subject"})
"""Columns that are never empty."""


def _give_way(
    session: Session, dossier: DossierRow, theirs: Mapping[str, Any], pointers: set[str]
) -> None:
    """Let the desk's own dossier say what the portal's does at *pointers*.

    What was proven of a card is not proven of other words for the person.
    """
    there = parts_of(theirs)
    for pointer in pointers & _HERE.keys():
        column, read = _HERE[pointer]
        said = read(there.get(pointer))
        if said is not None or column not in _ALWAYS:
            setattr(dossier, column, said)
    if pointers & _PROVEN:
        dossier.identity_source, dossier.verdict = IdentitySource.PORTAL.value, None
    if NAME in pointers:
        _fold_anew(session, dossier)


def _row(session: Session, key: UUID) -> OutboxRow:
    row = session.scalar(select(OutboxRow).where(OutboxRow.key == key))
    if row is None or row.state == "settled":
        raise UnknownMessage
    return row


def _behind(session: Session, row: OutboxRow) -> list[OutboxRow]:
    later = select(OutboxRow).where(
        OutboxRow.dossier_id == row.dossier_id,
        OutboxRow.dossier_seq > row.dossier_seq,
        OutboxRow.state != "settled",
    )
    return list(session.scalars(later.order_by(OutboxRow.dossier_seq)))


def _replace(
    session: Session,
    row: OutboxRow,
    facts: dict[str, Any] | None,
    *,
    moment: datetime,
    base: int | None,
) -> None:
    key = uuid7(moment)
    row.state, row.replaced_by = "settled", key if facts is not None else row.key
    row.settled_at, row.next_at = moment, None
    session.flush()
    if facts is not None:
        outbox.put(
            session,
            key=key,
            dossier_id=row.dossier_id,
            kind=row.kind,
            facts=facts,
            moment=moment,
            base_version=base,
        )


def _event(ours: dict[str, Any], copy: CopyRow, keep: bool, event_id: UUID) -> dict[str, Any]:
    """Return the event that takes the place, and the number, of one the portal did not take."""
    now = copy.status or ours["status_before"]
    if keep:
        return {**ours, "event_id": str(event_id), "status_before": now}
    return {
        **{name: ours[name] for name in ("dossier_id", "desk_id", "seq", "at", "officer")},
        "event_id": str(event_id),
        "kind": "note",
        "status_before": now,
        "status_after": now,
        "text": f"{ours['kind']}: {ours.get('text') or ''}"[:2000],
    }


def _of_event(ours: dict[str, Any], copy: CopyRow | None, row: OutboxRow) -> tuple[Difference, ...]:
    told = trouble_of(row.trouble)
    theirs = told.get("current_status") or (copy.status if copy else None)
    reasons = reasons_in(row.trouble)
    own = Difference(
        pointer=STATUS,
        ours=str(ours["status_after"]),
        theirs=str(theirs or ""),
        differs=row.state == "conflict",
        reason=reasons.get("/status_after", ""),
    )
    wrong = tuple(
        Difference(pointer, masked(str(ours.get(pointer.strip("/")) or "")), "", False, reason)
        for pointer, reason in reasons.items()
        if pointer != "/status_after"
    )
    return (own, *wrong)


def _differing(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> set[str]:
    """Return the pointers at which two contents do not say the same."""
    here, there = parts_of(ours), parts_of(theirs)
    return {p for p in {**here, **there} if (here.get(p) or None) != (there.get(p) or None)}


def _of_content(
    ours: dict[str, Any], copy: CopyRow | None, row: OutboxRow
) -> tuple[Difference, ...]:
    reasons = reasons_in(row.trouble)
    theirs = json.loads(copy.body)["content"] if copy is not None and copy.body else {}
    there, here = parts_of(theirs), parts_of(ours)
    contested = row.state == "conflict" and bool(theirs)
    differing = _differing(ours, theirs) if contested else set()
    found = []
    for pointer in {**here, **there}:
        reason = next((r for p, r in reasons.items() if p.startswith(pointer)), "")
        differs = pointer in differing
        if differs or reason:
            mine, its = words_of(here.get(pointer)), words_of(there.get(pointer))
            found.append(Difference(pointer, mine, its, differs, reason))
    return tuple(found)
