"""The province's bundle of card issuers, fetched where the portal offers one."""

from __future__ import annotations

import logging
from collections.abc import Callable

from counter.errors import DeskError, PortalRefusedDesk, PortalSilent
from sync.contract import Capabilities
from sync.portal import Portal

log = logging.getLogger(__name__)

FEATURE = "trust-bundle"
"""How a portal names it among its features; the contract has no operation for it yet."""


class Bundles:
    """One desk's errand for the bundle.

    Args:
        install: Checks a bundle and takes it in; None where the settings name nobody who may sign.

    Attributes:
        trouble: Why the last bundle was not taken; the desk goes on with the one it has.
    """

    def __init__(self, portal: Portal, install: Callable[[bytes], object] | None) -> None:
        self._portal = portal
        self._install = install
        self._asked_by: Capabilities | None = None
        self.trouble: DeskError | None = None

    def fetch(self, allowed: Capabilities) -> None:
        """Fetch the bundle, once for each time the portal says what it can do.

        Raises:
            PortalSilent, PortalRefusedDesk: As ``Portal`` says; nothing was changed.
        """
        if self._install is None or FEATURE not in allowed.features or allowed is self._asked_by:
            return
        try:
            self._install(self._portal.trust_bundle())
        except (PortalSilent, PortalRefusedDesk):
            raise
        except DeskError as error:
            log.warning("the bundle of card issuers was not taken: %s", error.code)
            self.trouble = error.with_traceback(None)
        else:
            self.trouble = None
        self._asked_by = allowed
