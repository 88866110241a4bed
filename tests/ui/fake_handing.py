"""What is passed on to the resolving unit, played in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter.errors import NotOwnDossier

if TYPE_CHECKING:
    from counter.acted import Acted, Possible
    from counter.acts import HandOver
    from counter.values import DossierId
    from counter.work import DossierView
    from tests.ui.fake_desk import FakeDesk


@dataclass
class FakeHanding:
    """What ``HandingWork`` promises, in memory.

    Attributes:
        own: Codes of what the officer received and nobody passed on.
        of_others: Codes of what this officer may not touch.
    """

    desk: FakeDesk
    own: list[str] = field(default_factory=list)
    of_others: set[str] = field(default_factory=set)

    def waiting(self) -> tuple[str, ...]:
        return tuple(self.own)

    def scan(self, code: str) -> tuple[Possible, DossierView]:
        if code in self.of_others:
            raise NotOwnDossier
        return self.desk.possible(code), self.desk.show(code)

    def hand_over(self, dossiers: tuple[DossierId, ...], asked: HandOver) -> tuple[Acted, ...]:
        return self.desk.act_all(dossiers, asked)
