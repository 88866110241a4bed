"""What the kiosk asks of the rooms around it, and the values that come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
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
        proven: The chip has proved that it is no copy and comes from a trusted issuer; own
            dossiers need this, for a chip that anybody made can tell any number.
    """

    number: CitizenNumber
    name: str = field(repr=False)
    born: PartialDate | None = field(repr=False)
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


class PaperKind(Enum):
    """What was held under the scanner: a booked time, a ticket of today, or a dossier's code."""

    BOOKING = auto()
    TICKET = auto()
    DOSSIER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """A code that is no card's.

    Attributes:
        ticket: The number and how it stands, where it is a ticket that is not over.
        service: Letter of the dossier's field; empty when the office was not told of it.
    """

    code: str
    kind: PaperKind
    ticket: OwnTicket | None = None
    service: str = ""


class KioskWork(Protocol):
    """The waiting hall behind the kiosk; runs on the ``counter`` thread, may raise a DeskError."""

    def services(self) -> tuple[Service, ...]:
        """Return what a ticket can be taken for and how many wait."""

    def take(self, service: str, person: Person | None, priority: str | None) -> TicketTaken:
        """Give out the next number of a service.

        Raises:
            DeskError: The person has a live number for it, or none can be given out now.
        """

    def give_back(self, taken: TicketTaken) -> None:
        """Take back a number that nobody was there to hear.

        Raises:
            DeskError: It stays in the queue.
        """

    def own_tickets(self, person: Person) -> tuple[OwnTicket, ...]:
        """Return the live numbers of the person."""

    def look_at(self, code: str) -> ScannedPaper:
        """Say what a scanned code is."""

    def check_in(self, code: str, service: str = "") -> TicketTaken:
        """Give the number of a booking or a dossier; *service* as the portal told.

        Raises:
            DeskError: Nobody is expected under this code.
        """

    def come_back(self, ticket: int) -> None:
        """Tell the counter that laid a visit aside that its citizen is back.

        Raises:
            DeskError: It is not laid aside.
        """

    def call_helper(self) -> None:
        """Tell every counter that somebody here wants a person.

        Raises:
            DeskError: Nobody hears of it.
        """

    def rate(self, subject: str, score: int, service: str = "") -> None:
        """Keep one answer for a dossier or ticket, 1 (very dissatisfied) to 5.

        Raises:
            DeskError: It was rated before, or nothing of this name was served.
        """


class PortalQuestions(Protocol):
    """What the kiosk asks of the portal; runs on a thread of its own, as it may take seconds."""

    def own_dossiers(self, person: Person) -> tuple[OwnDossier, ...]:
        """Return the person's dossiers, newest first.

        Raises:
            CardNotAuthentic: The card has not proved whose it is.
            Unavailable: The portal does not answer.
        """

    def dossier(self, code: str) -> OwnDossier | None:
        """Return how the dossier on a receipt stands; None when the portal does not know it.

        Raises:
            Unavailable: The portal does not answer.
        """
