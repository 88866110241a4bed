"""What a dossier says beside the applicant's name: other papers, who brought it, where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from counter.returning import ReturnTo, ReturnWay
from ui import states
from ui.said import said

if TYPE_CHECKING:
    from counter.work import DossierView


def other_people(view: DossierView) -> tuple[tuple[str, str], ...]:
    """Return captions and facts; none for somebody with a number who came in person."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("DossierPanel", text)

    person, submitter = view.applicant, view.submitter
    facts = []
    if person.organisation is not None:
        facts.append((tr("Mã số thuế"), person.organisation.tax_code.text))
        if person.organisation.representative:
            facts.append((tr("Người đại diện"), person.organisation.representative))
    if person.document is not None:
        kind = said(states.DOCUMENTS[person.document.kind])
        facts.append((kind, person.document.masked))
    if submitter is not None:
        relation = said(states.RELATIONS[submitter.relation])
        facts.append((tr("Người nộp"), f"{submitter.person.full_name} ({relation})"))
        if submitter.authorisation:
            facts.append((tr("Giấy ủy quyền"), submitter.authorisation))
    if view.return_to.way is not ReturnWay.DESK:
        facts.append((tr("Nhận kết quả"), return_words(view.return_to)))
    return tuple(facts)


def return_words(wish: ReturnTo) -> str:
    """Return where a result is to go, with receiver and address where it is posted.

    The telephone stands on the list that the post signs; on the screen nobody needs it.
    """
    told = (said(states.RETURN_WAYS[wish.way]), wish.receiver, wish.address)
    return " · ".join(part for part in told if part)
