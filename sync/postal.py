"""Lists of results handed to the public post, told to the portal, each exactly once.

The portal knows a repeat by the list's id and by the request's key, both computed on the
counter's disk, so a lost answer is simply asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter.errors import PortalConflict, PortalRefusedMessage, PortalSilent
from counter.store import post_lists
from counter.store.post_lists import PostErrand
from sync.batches import key_of
from sync.contract import PostalManifest, read
from sync.errands import AtHand
from sync.legal_receipts import reason_in

FEATURE = "postal"
PATH = "/postal/manifests"


@dataclass(slots=True)
class Postal:
    """The errands of lists for the post."""

    at_hand: AtHand

    def carry(self, features: tuple[str, ...], go_on: Callable[[], bool]) -> None:
        """Tell the portal of every list it does not know yet.

        A portal without the service is told nothing; the paper that was signed stands. A dossier
        that waits for an officer holds none of the others on its list back.

        Raises:
            PortalSilent: The rest is told again; the portal knows a repeat by its id.
        """
        if FEATURE not in features:
            return
        with self.at_hand.store.reading() as session:
            is_held = post_lists.has_held(session)
        if is_held:
            with self.at_hand.store.writing() as session:
                post_lists.part(session, self.at_hand.clock())
        with self.at_hand.store.reading() as session:
            errands = post_lists.errands(session)
        for errand in errands:
            if not go_on():
                return
            self._tell(errand)

    def _tell(self, errand: PostErrand) -> None:
        body = errand.body.encode()
        headers = {"Idempotency-Key": str(key_of(PATH, body)), "Content-Type": "application/json"}
        reason = trouble = ""
        try:
            answer = self.at_hand.portal.exchange(
                "POST", PATH, headers=headers, body=body, ok={200, 201}
            )
            if read(PostalManifest, answer.body).manifest_id != errand.id:
                raise PortalSilent("postal: the answer names another list")
        except (PortalConflict, PortalRefusedMessage) as refusal:
            trouble = str(refusal.fields["trouble"])
            reason = reason_in(trouble)
        with self.at_hand.store.writing() as session:
            post_lists.settle(
                session, errand.id, self.at_hand.clock(), reason=reason, trouble=trouble
            )
        self.at_hand.tell(errand.dossiers)
