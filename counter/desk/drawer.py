"""The cash drawer looked into, closed with a count sheet, and bound to legal receipts."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.money_papers import receipt_again
from counter.desk.papers import letterhead
from counter.desk.receipts import note_history
from counter.drawer import CASH, NOTES, VIETQR, Closed, Counted, DrawerView, total_of
from counter.errors import (
    BadAmount,
    OfficialNeeded,
    OfficialTaken,
    RemarkNeeded,
    UnknownReceipt,
)
from counter.papers.desk import CountFacts, CountLine
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.store import drawer, leases, trail
from counter.store.tables import DossierRow
from counter.values import Dong, uuid7

LONGEST = 60


@dataclass(frozen=True, slots=True)
class DrawerDesk:
    """What is done with the drawer; see ``counter.drawer.DrawerWork``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.REPORT)
    def look(self) -> DrawerView:
        """Return what was taken since the drawer was last closed."""
        with self.context.store.reading() as session:
            return _look(session)

    @may(Action.COLLECT)
    def close(self, counts: tuple[Counted, ...], remark: str = "") -> Closed:
        """Close the drawer with what was counted; when this returns the count is on disk.

        Raises:
            BadAmount: A note is none, or was counted fewer than no times.
            RemarkNeeded: The count differs and nothing says why.
        """
        if any(one.note not in NOTES or one.count < 0 for one in counts):
            raise BadAmount
        context, moment = self.context, self.context.clock()
        desk = context.settings.settings.desk
        remark = " ".join(remark.split())
        counted = total_of(counts)
        with context.store.writing() as session:
            view = _look(session)
            difference = Dong(counted - view.cash)
            if difference and not remark:
                raise RemarkNeeded
            number = leases.number_of(
                session, book="drawer", mark="KK", desk_id=desk.id, moment=moment
            )
            opened = view.since or (view.lines[0].at if view.lines else moment)
            session.add(
                drawer.DrawerRow(
                    id=uuid7(moment),
                    number=number,
                    opened_at=opened,
                    closed_at=max([moment, *(line.at for line in view.lines)]),
                    expected=view.cash,
                    counted=counted,
                    by_transfer=view.by_transfer,
                    counts=json.dumps({str(one.note): one.count for one in counts if one.count}),
                    remark=remark,
                    officer_id=desk.officer_id,
                    officer_name=desk.officer_name,
                )
            )
            trail.note(
                session,
                officer=desk.officer_id,
                action="drawer.closed",
                moment=moment,
                subject=number,
                detail=f"{view.cash} {counted}",
            )
        facts = CountFacts(
            desk=desk.name,
            opened_at=opened,
            counts=tuple(CountLine(one.note, one.count) for one in counts if one.count),
            counted=counted,
            expected=view.cash,
            difference=difference,
            by_transfer=view.by_transfer,
            receipts=view.receipts,
            voided=view.undone,
            remark=remark,
            officer=desk.officer_name,
        )
        paper = context.wordings.word(letterhead(context, moment, number=number), facts)
        stem = number.replace("/", "-")
        return Closed(number, difference, PrintJob(uuid7(moment), f"{stem}_count", paper))

    @may(Action.COLLECT)
    def bind(self, number: str, official: str) -> None:
        """Keep the legal receipt's number with an internal receipt; it is never replaced.

        Raises:
            UnknownReceipt: No receipt here has that number.
            OfficialNeeded: The legal number is empty or too long.
            OfficialTaken: The receipt has another one, or another receipt has this one.
        """
        told = " ".join(official.split()).upper()
        if not 0 < len(told) <= LONGEST:
            raise OfficialNeeded
        with self.context.store.writing() as session:
            receipt = drawer.find_receipt(session, number.strip().upper())
            if receipt is None:
                raise UnknownReceipt
            if receipt.official_number == told:
                return
            if receipt.official_number is not None or drawer.is_bound(session, told):
                raise OfficialTaken
            receipt.official_number = told
            trail.note(
                session,
                officer=self.context.settings.settings.desk.officer_id,
                action="receipt.bound",
                moment=self.context.clock(),
                subject=receipt.number,
                detail=told,
            )

    @may(Action.PRINT)
    def reprint(self, number: str) -> PrintJob:
        """Return the receipt *number* once more, marked as a reprint, and note it.

        Raises:
            UnknownReceipt: No receipt here has that number.
        """
        with self.context.store.noting() as session:
            receipt = drawer.find_receipt(session, number.strip().upper())
            row = None if receipt is None else session.get(DossierRow, receipt.dossier)
            if receipt is None or row is None:
                raise UnknownReceipt
            note_history(
                self.context,
                session,
                row,
                event="money.reprinted",
                moment=self.context.clock(),
                text=receipt.number,
            )
            return receipt_again(self.context, session, row, receipt)


def _look(session: Session) -> DrawerView:
    since = drawer.last_closed(session)
    lines = drawer.taken_since(session, since)
    return DrawerView(
        since=since,
        lines=lines,
        cash=Dong(sum(line.amount for line in lines if line.method == CASH)),
        by_transfer=Dong(sum(line.amount for line in lines if line.method == VIETQR)),
    )
