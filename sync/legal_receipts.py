"""Legal receipts fetched from the portal and voided there, each exactly once.

The portal knows a repeat by the receipt's id and by the request's key, both computed on the
counter's disk, so a lost answer is asked for again and gives the same number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from counter.errors import PortalConflict, PortalRefusedMessage
from counter.store import legal_receipts
from counter.store.legal_receipts import Issued, LegalErrand
from sync.errands import AtHand

FEATURE = "receipts"


@dataclass(slots=True)
class LegalReceipts:
    """The errands of legal receipts."""

    at_hand: AtHand

    def carry(self, features: tuple[str, ...], go_on: Callable[[], bool]) -> None:
        """Ask the portal whatever is to be asked about legal receipts now.

        A portal without the service is asked nothing; the numbers are keyed by hand there.

        Raises:
            PortalSilent: The rest is asked again; the portal knows a repeat by its id.
        """
        if FEATURE not in features:
            return
        with self.at_hand.store.reading() as session:
            errands = legal_receipts.errands(session)
        while errands:
            for errand in errands:
                if not go_on():
                    return
                self._ask(errand)
            with self.at_hand.store.reading() as session:  # one made only now may have to be voided
                errands = legal_receipts.errands(session)

    def _ask(self, errand: LegalErrand) -> None:
        try:
            if errand.voids:
                self.at_hand.portal.void_receipt(errand.id, errand.body.encode())
            else:
                told = self.at_hand.portal.create_receipt(errand.body.encode())
        except (PortalConflict, PortalRefusedMessage) as refusal:
            trouble = str(refusal.fields["trouble"])
            with self.at_hand.store.writing() as session:
                legal_receipts.note_refused(
                    session,
                    errand.id,
                    reason=reason_in(trouble),
                    trouble=trouble,
                    moment=self.at_hand.clock(),
                )
            self.at_hand.tell((errand.dossier_id,))
            return
        with self.at_hand.store.writing() as session:
            if errand.voids:
                legal_receipts.note_voided(session, errand.id, self.at_hand.clock())
            else:
                issued = Issued(
                    told.template, told.series, told.number, told.lookup_code or "", told.issued_at
                )
                legal_receipts.note_issued(session, errand.id, issued, self.at_hand.clock())
        self.at_hand.tell((errand.dossier_id,))


def reason_in(trouble: str) -> str:
    """Return the portal's word for why it refused, out of its problem as JSON text."""
    try:
        told = json.loads(trouble)
    except ValueError:
        return "—"
    errors = told.get("errors") or [{}]
    return str(errors[0].get("message") or told.get("title") or told.get("type") or "—")
