"""What stands on the reception page as one value, and the page filled from such a value again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.visits import Visit

if TYPE_CHECKING:
    from counter.visits import KeptVisit
    from ui.officer.receive.page import ReceivePage


def standing(page: ReceivePage) -> Visit | None:
    """Return what would be lost with the page, None when nothing would."""
    if not page.is_begun or page.is_saving:
        return None
    procedure, contact = page.procedure.procedure, page.contact
    return Visit(
        id=page.dossier_id,
        begun_at=page.noticed_at,
        person=page.identity.typed(),
        ticket=page.ticket,
        procedure_code=None if procedure is None else procedure.code,
        papers=page.papers.brought(),
        quantities=page.summary.fees.quantities(),
        phone=contact.phone_typed,
        email=contact.email or "",
        note=contact.note or "",
        sets=contact.sets,
        due_on=page.summary.day.text(),
    )


def put_back(page: ReceivePage, kept: KeptVisit) -> None:
    """Let the page stand as it did; the person is to be identified anew."""
    visit = kept.visit
    page.begin_next()
    page.dossier_id, page.noticed_at = visit.id, visit.begun_at
    page.set_ticket(visit.ticket)
    page.identity.take_up(visit.person)
    if kept.procedure is not None:
        page.procedure.hold(kept.procedure)
        page.papers.show_brought(visit.papers)
        page.summary.fees.show_quantities(visit.quantities)
        page.summary.day.setText(visit.due_on)
    page.contact.fill(visit.phone, visit.email, note=visit.note, sets=visit.sets)
    page.focus()
