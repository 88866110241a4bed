"""What stands on the reception page as one value, and the page filled from such a value again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.visits import Visit, identified

if TYPE_CHECKING:
    from counter.procedures import Procedure
    from counter.visits import KeptVisit
    from counter.work import ReceptionAsked
    from ui.officer.receive.page import ReceivePage


def standing(page: ReceivePage) -> Visit | None:
    """Return what would be lost with the page, None when nothing would."""
    if not page.is_begun or page.is_saving:
        return None
    procedure, contact, unit = page.procedure.procedure, page.contact, page.identity.unit
    return Visit(
        id=page.dossier_id,
        begun_at=page.noticed_at,
        person=page.identity.typed(),
        ticket=page.ticket,
        behalf=page.behalf.typed(),
        unit_code=unit.code,
        unit_name=unit.name,
        procedure_code=None if procedure is None else procedure.code,
        procedure_name="" if procedure is None else procedure.short_name,
        procedure_revision="" if procedure is None else procedure.revision,
        declared=page.declaring.typed,
        papers=page.papers.brought(),
        quantities=page.summary.fees.quantities(),
        phone=contact.phone_typed,
        email=contact.email or "",
        note=contact.note or "",
        sets=contact.sets,
        due_on=page.summary.day.text(),
        return_to=page.summary.returns.wish(),
        waiting=_waiting(page),
    )


def put_back(page: ReceivePage, kept: KeptVisit) -> None:
    """Let the page stand as it did; the person is to be identified anew."""
    visit = kept.visit
    page.begin_next()
    page.dossier_id, page.noticed_at = visit.id, visit.begun_at
    page.set_ticket(visit.ticket)
    fill(page, visit, kept.procedure)
    for one in visit.waiting:
        page.summary.basket.put(one.read(), one.procedure_name)
    page.focus()


def fill(page: ReceivePage, visit: Visit, procedure: Procedure | None) -> None:
    """Type *visit* into an empty page; what waits beside it is left out."""
    page.identity.take_up(visit.person)
    page.behalf.put_back(visit.behalf)
    page.identity.unit.choose_again(visit.unit_code, visit.unit_name)
    if procedure is not None:
        page.procedure.hold(procedure)
        page.papers.show_brought(visit.papers)
        page.summary.fees.show_quantities(visit.quantities)
        page.summary.day.setText(visit.due_on)
        page.declaring.put_back(visit.declared)
    page.summary.returns.put_back(visit.return_to)
    page.contact.fill(visit.phone, visit.email, note=visit.note, sets=visit.sets)


def identified_waiting(page: ReceivePage) -> tuple[ReceptionAsked, ...]:
    """Return what waits, of the person as identified now where it was laid aside meanwhile."""
    if not page.summary.waiting:
        return ()
    person = page.identity.so_far(None, None)
    return tuple(identified(one, person) for one in page.summary.waiting)


def _waiting(page: ReceivePage) -> tuple[Visit, ...]:
    if not page.summary.waiting:
        return ()
    basket = page.summary.basket
    return tuple(map(Visit.of, basket.asked, basket.names))
