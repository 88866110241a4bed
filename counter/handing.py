"""What was received on its way to the resolving unit: what crosses the door to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.acted import Acted, Possible
    from counter.acts import HandOver
    from counter.values import DossierId
    from counter.work import DossierView


class HandingWork(Protocol):
    """What is done to pass on what was received.

    Who may not read dossiers (a post-office clerk) is given only the own ones: those that this
    officer received at this desk.
    """

    def waiting(self) -> tuple[str, ...]:
        """Return the codes of what this officer received and nobody passed on, longest first."""

    def scan(self, code: str) -> tuple[Possible, DossierView]:
        """Return what can be done with a dossier, and the dossier; that it was read is noted.

        Raises:
            UnknownDossier: No dossier here has this code.
            NotOwnDossier: Somebody else received it, and this officer handles only the own ones.
        """

    def hand_over(self, dossiers: tuple[DossierId, ...], asked: HandOver) -> tuple[Acted, ...]:
        """Pass on each of *dossiers*, all of them or none; then it is on disk with its messages.

        Raises:
            NotOwnDossier: As ``scan``.
            UnknownDossier, UnitNeeded, WrongStep: One of them cannot be passed on.
        """
