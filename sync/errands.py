"""What every errand about money needs at hand on the courier's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter.store.store import Store
from sync.portal import Portal


@dataclass(frozen=True, slots=True)
class AtHand:
    """The desk's database, the portal, the clock, and who is told.

    Attributes:
        tell: Called with the dossiers that changed here.
    """

    store: Store
    portal: Portal
    clock: Callable[[], datetime]
    tell: Callable[[tuple[UUID, ...]], None]
