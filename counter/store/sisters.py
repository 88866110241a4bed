"""Dossiers that a sister desk received or a citizen sent online, kept here from the portal's words.

Any desk of the agency finds, supplements and returns any dossier, so what was received elsewhere
lies here as this desk's own dossiers do: with its papers, its fees, and the history that others
made. What this desk itself told the portal is never taken a second time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid5

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from counter.dossier import Status
from counter.drawer import SISTER
from counter.store import files, leases, life, results, return_wishes
from counter.store.life_tables import (
    HandOverRow,
    MoneyRow,
    ResultRow,
    ReturnRow,
    SupplementRow,
    WantedRow,
)
from counter.store.outbox import ERASED_BODY, EVENT
from counter.store.tables import ChangeRow, DossierRow, FeeRow, HistoryRow, OutboxRow, PaperRow
from counter.store.told import SisterDossier, SisterEvent, SisterPaper, Told
from counter.values import Dong, fold

PORTAL = "portal"
"""Stands for the officer in history lines that tell of others, and names dossiers sent online."""

ONLINE_BOOK = "online"
"""The book of a dossier that nobody has received yet."""

RECEIVED = "dossier.received"
SENT_ONLINE = "dossier.sent_online"
STATUS_CHANGED = "portal.status_changed"
NOTED = "portal.noted"
RESULT_GIVEN = "portal.result_given"
SUPPLEMENT_SENT = "portal.supplement_sent"

_EVENTS = {
    "accepted": RECEIVED,
    "refused": "dossier.refused",
    "handed_over": "papers.handed_over",
    "supplement_requested": "supplement.asked",
    "supplement_received": "supplement.taken",
    "payment_done": "money.collected",
    "due_extended": "due.extended",
    "withdrawn": "dossier.withdrawn",
    "stopped": "dossier.stopped",
    "completed": "result.taken",
    "result_received": "result.taken",
    "result_corrected": "result.corrected",
    "returned": "result.returned",
    "return_recalled": "return.recalled",
    "storage_moved": "papers.moved",
    "note": NOTED,
}
"""What a desk's event is called in the history; another kind is a new state the portal tells."""


def adopt(session: Session, said: SisterDossier, moment: datetime) -> DossierRow | None:
    """Keep a dossier that was received elsewhere; None when its code belongs to another here."""
    named = [code for code in (said.code, said.provisional_code) if code]
    taken = select(DossierRow.row).where(
        or_(DossierRow.code.in_(named), DossierRow.provisional_code.in_(named))
    )
    if not named or session.scalar(taken.limit(1)) is not None:
        return None
    volume, number = _book(session, said)
    person = said.applicant
    row = DossierRow(
        id=said.id,
        code=said.code,
        provisional_code=said.provisional_code,
        procedure_code=said.procedure[0],
        procedure_revision=said.procedure[1],
        procedure_name=said.procedure[2],
        field_code=said.area[0],
        field_name=said.area[1],
        status=said.status,
        subject=said.subject,
        applicant_name=person.full_name,
        applicant_folded=fold(person.full_name),
        applicant_number=person.number.digits if person.number else None,
        birth_date=person.birth_date.iso if person.birth_date else None,
        sex=person.sex.value if person.sex else None,
        address=person.address,
        phone=person.phone,
        email=person.email,
        identity_source=person.source.value,
        verdict=person.verdict.value if person.verdict else None,
        received_at=said.received_at,
        due_at=said.due_at,
        time_limit_words=said.term,
        sets=said.sets,
        book_volume=volume,
        book_number=number,
        officer_id=said.officer[0],
        officer_name=said.officer[1],
        ticket=None,
        fee_total=Dong(sum(fee.amount for fee in said.fees if fee.exempt_reason is None)),
        created_offline=said.created_offline,
        note=said.note,
        due_rule=said.due_rule,
        origin=said.origin,
        elsewhere=said.desk_id,
    )
    session.add(row)
    session.flush()
    return_wishes.put(session, row, said.return_to)
    for place, paper in enumerate(said.papers):
        session.add(
            PaperRow(
                dossier=row.row,
                position=place,
                code=paper.code,
                name=paper.name,
                originals=paper.originals,
                certified=paper.certified,
                copies=paper.copies,
            )
        )
    for place, fee in enumerate(said.fees):
        session.add(
            FeeRow(
                dossier=row.row,
                position=place,
                code=fee.code,
                name=fee.name,
                kind=fee.kind,
                quantity=fee.quantity,
                unit_price=fee.unit_price,
                amount=fee.amount,
                exempt_reason=fee.exempt_reason,
            )
        )
    event = RECEIVED if said.desk_id else SENT_ONLINE
    if said.status == Status.REFUSED:
        event = "dossier.refused"
    note(session, row, event, moment=said.received_at, officer=_by(said.officer[1], said.desk_id))
    return row


def take_events(
    session: Session, row: DossierRow, events: Iterable[SisterEvent], moment: datetime
) -> None:
    """Let *row* live through what others did to it, each thing once."""
    ours = {
        json.loads(body)["event_id"]
        for body in session.scalars(
            select(OutboxRow.body).where(
                OutboxRow.dossier_id == row.id,
                OutboxRow.kind == EVENT,
                OutboxRow.body != ERASED_BODY,
            )
        )
    }
    news = [
        event
        for event in sorted(events, key=lambda event: event.place)
        if str(event.id) not in ours and _is_news(session, row, event, moment)
    ]
    for event in news:
        if event.before != event.after:
            _enter(row, event)
        _keep(session, row, event)
        note(
            session,
            row,
            _EVENTS.get(event.kind, STATUS_CHANGED) if event.desk_id else STATUS_CHANGED,
            moment=event.at,
            officer=_by(event.officer, event.desk_id),
            text=event.text,
        )


def take_files(session: Session, row: DossierRow, told: Told, moment: datetime) -> None:
    """Note papers and results that the portal has, and that their files are still to come.

    What a sister desk scanned is listed, and comes when somebody here asks for it.
    """
    for result in told.results:
        known = select(ResultRow.row).where(
            ResultRow.dossier == row.row,
            ResultRow.name == result.name,
            ResultRow.number == result.number,
        )
        if session.scalar(known) is None:
            session.add(
                ResultRow(dossier=row.row, at=moment, name=result.name, number=result.number)
            )
            words = " · ".join(filter(None, (result.name, result.number)))
            note(session, row, RESULT_GIVEN, moment=moment, officer=row.unit, text=words)
        for file in result.files:
            files.want(session, row, file, moment)
    for paper in told.scanned:
        _want_paper(session, row, paper, moment, on_demand=True)
    fresh = [paper.name for paper in told.sent if _want_paper(session, row, paper, moment)]
    if fresh and row.status != Status.FILED:
        words = "; ".join(fresh)
        note(session, row, SUPPLEMENT_SENT, moment=moment, officer="", text=words)


def _want_paper(
    session: Session,
    row: DossierRow,
    paper: SisterPaper,
    moment: datetime,
    *,
    on_demand: bool = False,
) -> bool:
    """Want the files of a paper; say whether any was news."""
    wanted = [
        files.want(
            session,
            row,
            file,
            moment,
            kind="paper",
            paper_code=paper.code,
            on_demand=on_demand,
        )
        for file in paper.files
    ]
    return any(wanted)


def note(
    session: Session,
    row: DossierRow,
    event: str,
    *,
    moment: datetime,
    officer: str,
    text: str = "",
) -> None:
    """Add a line that tells of others to a dossier's history."""
    last = session.scalar(
        select(func.max(HistoryRow.position)).where(HistoryRow.dossier == row.row)
    )
    session.add(
        HistoryRow(
            dossier=row.row,
            position=(last or 0) + 1,
            at=moment,
            event=event,
            status=row.status,
            officer_id=PORTAL,
            officer_name=officer,
            text=text,
        )
    )
    session.flush()


def _is_news(session: Session, row: DossierRow, event: SisterEvent, moment: datetime) -> bool:
    """Note that an event is taken in; False when it was before, whatever its place is now.

    A portal restored from a backup counts places anew, and desks tell it everything again.
    """
    told = f"{row.id} {event.kind} {event.at.isoformat()} {event.before} {event.after} {event.text}"
    known = event.id or uuid5(row.id, told)
    if session.get(ChangeRow, known) is not None:
        return False
    session.add(ChangeRow(change_id=known, taken_at=moment))
    return True


def _by(name: str, desk_id: str) -> str:
    return f"{name} ({desk_id})" if name and desk_id else name or desk_id


def _book(session: Session, said: SisterDossier) -> tuple[str, int]:
    """Return where it stands in the books; one without a place of its own gets one here."""
    if said.book is not None:
        volume, number = said.book
        taken = select(DossierRow.row).where(
            DossierRow.book_volume == volume, DossierRow.book_number == number
        )
        if session.scalar(taken) is None:
            return volume, number
    return ONLINE_BOOK, leases.next_of(session, f"book:{ONLINE_BOOK}")


def _enter(row: DossierRow, event: SisterEvent) -> None:
    before, end = Status(event.before), Status(event.after)
    if end.stops_clock and not before.stops_clock:
        row.left_status, row.suspended_at = before.value, event.at
    elif before.stops_clock and not end.is_final:
        row.left_status = row.suspended_at = None
    row.status = end.value


def _keep(session: Session, row: DossierRow, event: SisterEvent) -> None:
    """Keep what a sister desk's act brought, as this desk's own acts keep it."""
    if not event.desk_id:
        return
    if event.kind == "accepted" and _waits_for_reception(row):
        life.take_supplement(session, row, (), event.at)
        row.elsewhere, row.received_at = event.desk_id, event.at
        row.officer_name = event.officer or row.officer_name
        row.due_at = event.due_at or row.due_at
    elif event.kind == "handed_over" and event.unit:
        row.unit = event.unit
        row.shelf = event.shelf or row.shelf
        session.add(
            HandOverRow(
                dossier=row.row,
                at=event.at,
                unit=event.unit,
                receiver=event.receiver,
                sheet=event.number,
            )
        )
    elif event.kind == "supplement_requested":
        _keep_request(session, row, event)
    elif event.kind == "supplement_received":
        life.take_supplement(session, row, (), event.at)
    elif event.kind == "payment_done":
        _keep_payment(session, row, event)
    elif event.kind == "completed":
        session.add(ResultRow(dossier=row.row, at=event.at, name=event.text, number=event.number))
    elif event.kind == "returned":
        session.add(
            ReturnRow(
                dossier=row.row,
                at=event.at,
                receiver=event.receiver,
                relation=event.relation,
                last4=event.last4,
                authorisation=event.text,
                slip_collected=event.slip_collected,
                undertaking=False,
            )
        )
    elif event.kind == "return_recalled":
        results.recall(session, row, event.at)
    elif event.kind == "storage_moved":
        row.shelf = event.text or row.shelf
    elif event.kind == "due_extended" and event.due_at is not None:
        life.change_due(session, row, event.due_at, reason=event.text, moment=event.at, form="04")


def _waits_for_reception(row: DossierRow) -> bool:
    """Tell whether a dossier was sent online and no desk has received it yet."""
    return row.book_volume == ONLINE_BOOK and row.elsewhere == ""


def _keep_request(session: Session, row: DossierRow, event: SisterEvent) -> None:
    number = event.number or f"{event.desk_id}/{event.id}"
    if session.scalar(select(SupplementRow.row).where(SupplementRow.number == number)) is not None:
        return
    request = SupplementRow(
        dossier=row.row,
        number=number,
        asked_at=event.at,
        reason=event.reason,
        cause="",
        respond_by=event.respond_by,
    )
    session.add(request)
    session.flush()
    session.add_all(
        WantedRow(
            supplement=request.row,
            position=place,
            code=paper.code,
            name=paper.name,
            note=paper.note,
        )
        for place, paper in enumerate(event.wanted)
    )


def _keep_payment(session: Session, row: DossierRow, event: SisterEvent) -> None:
    """Keep that a sister desk was paid all that was owed; a desk never takes a part."""
    amount = life.owed(session, row)
    number = event.number or f"{event.desk_id}/{event.id}"
    if amount <= 0 or event.id is None:
        return
    if session.scalar(select(MoneyRow.id).where(MoneyRow.number == number)) is None:
        life.add_receipt(
            session,
            row,
            receipt_id=event.id,
            number=number,
            amount=amount,
            method=SISTER,
            moment=event.at,
            officer=(PORTAL, _by(event.officer, event.desk_id)),
        )
