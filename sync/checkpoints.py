"""The seals of the audit chain, put where nobody at the desk can reach them: at the portal."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from counter.audit import Seal
from counter.errors import PortalConflict, PortalRefusedMessage, PortalSilent
from counter.folder import folder_error
from counter.store import trail
from counter.store.store import Store
from sync import contract
from sync.contract import Capabilities, read
from sync.portal import Portal

log = logging.getLogger(__name__)

FEATURE = "audit-checkpoints"
"""How a portal names it among its features; the contract has no operation for it yet."""

MOST = 100
"""Seals of one request; each speaks for everything before it, so an older one may wait."""


def told(portal: Portal, install: str, seals: Sequence[Seal]) -> tuple[Seal, ...]:
    """Tell the portal *seals*, none to ask only; only where it names the feature.

    A repeat is harmless: what the portal holds stays.

    Returns:
        The newest that the portal holds of this installation, oldest first.

    Raises:
        PortalConflict: It holds another seal at one of their places.
        PortalSilent, PortalRefusedDesk: As ``Portal`` says.
    """
    body = json.dumps({"install": install, "seals": [asdict(one) for one in seals]}).encode()
    kind = {"Content-Type": "application/json"}
    answer = portal.exchange("POST", "/audit-checkpoints", headers=kind, body=body, ok={200})
    held = read(contract.Checkpoints, answer.body)
    if held.install != install:
        raise PortalSilent("audit-checkpoints: the answer names another installation")
    return tuple(Seal(**one.model_dump()) for one in held.seals)


class Checkpoints:
    """One desk's errand for its seals.

    Args:
        folder: Where what the portal holds is kept for ``verify``; None keeps and sends nothing.
    """

    def __init__(self, store: Store, portal: Portal, folder: Path | None) -> None:
        self._store = store
        self._portal = portal
        self._folder = folder
        self._asked_by: Capabilities | None = None
        self._contested_by: Capabilities | None = None
        self._last = 0

    def carry(self, allowed: Capabilities, go_on: Callable[[], bool]) -> None:
        """Send the seals that the portal lacks, and keep beside the database what it holds.

        The portal is asked once for each time it says what it can do, and then only told. What it
        holds is never written over there, so a chain that was rewritten here is found by it.

        Raises:
            PortalSilent, PortalRefusedDesk: As ``Portal`` says; the seals wait.
            DiskFull, StoreReadOnly: What the portal holds cannot be kept.
        """
        if self._folder is None or FEATURE not in allowed.features:
            return
        if allowed is self._contested_by:
            return  # asked again when the portal says anew what it can do
        with self._store.reading() as session:
            install = trail.install_of(session)
        if allowed is not self._asked_by:
            self._last = 0
            self._tell(install, ())
            self._asked_by = allowed
        while fresh := self._fresh():
            if not go_on():
                return
            if not self._tell(install, fresh):
                self._contested_by = allowed
                return

    def _fresh(self) -> list[Seal]:
        with self._store.reading() as session:
            return trail.seals_after(session, self._last, MOST)

    def _tell(self, install: str, seals: Sequence[Seal]) -> bool:
        """Send *seals*, none to ask only; return whether the portal took them."""
        try:
            held = told(self._portal, install, seals)
        except (PortalConflict, PortalRefusedMessage) as refusal:
            log.warning("the portal holds other seals of this desk: %s", refusal.code)
            return False
        last = max((one.seq for one in held), default=0)
        if seals and last < seals[-1].seq:
            raise PortalSilent("audit-checkpoints: the answer lacks what was told")
        self._last = last
        if self._folder is not None and held:
            try:
                trail.keep_seals(trail.portal_seals(self._folder, install), held)
            except OSError as error:
                raise folder_error(error) from error
        return True
