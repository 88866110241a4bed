"""What the kiosk asks of the rooms around it, and the values that come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter.dossier import Status
    from counter.hall import OwnTicket, Service, TicketTaken
    from counter.values import CitizenNumber, PartialDate


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the kiosk, as a card told.

    Attributes:
        name: For the greeting; the number is never shown.
        born: None when only the code on the card was scanned.
        proven: The chip was read and nothing on it is forged; own dossiers need this.
    """

    number: CitizenNumber
    name: str
    born: PartialDate | None
    proven: bool


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """One dossier of the citizen, as the portal holds it now.

    Attributes:
        due_at: None when the portal names no day.
        service: Letter of its field, empty when the procedure is not ours.
    """

    code: str
    procedure_name: str
    status: Status
    due_at: datetime | None
    service: str


class KioskWork(Protocol):
    """The waiting hall behind the kiosk; runs on the ``counter`` thread, may raise a DeskError."""

    def services(self) -> tuple[Service, ...]:
        """Return what a ticket can be taken for and how many wait."""

    def take(self, service: str, person: Person | None, priority: str | None) -> TicketTaken:
        """Give out the next number of a service.

        Raises:
            DeskError: The person has a live number for it, or none can be given out now.
        """

    def own_tickets(self, person: Person) -> tuple[OwnTicket, ...]:
        """Return the live numbers of the person."""

    def check_in(self, code: str) -> TicketTaken:
        """Give the number of a booking or of a dossier handed in online.

        Raises:
            DeskError: Nobody is expected under this code.
        """

    def rate(self, subject: str, score: int) -> None:
        """Keep one answer for a dossier or ticket, 1 (very dissatisfied) to 5.

        Raises:
            DeskError: It was rated before, or nothing of this name was served.
        """


class PortalQuestions(Protocol):
    """What the kiosk asks of the portal; runs on a thread of its own, as it may take seconds."""

    def own_dossiers(self, person: Person) -> tuple[OwnDossier, ...]:
        """Return the person's dossiers, newest first.

        Raises:
            Unavailable: The portal does not answer.
        """
