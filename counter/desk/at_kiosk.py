"""What a citizen does alone at the kiosk: the waiting hall's actions for one who showed a card."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from counter.desk import calls, queueing, waiting_hall
from counter.desk.context import Hall
from counter.errors import TicketsTooFast
from counter.hall import OwnTicket, Service, TicketTaken
from counter.kiosk import Person, ScannedPaper
from counter.priorities import Group, proposed
from counter.procedures import Catalogue
from counter.values import local_day

MOST_WITHOUT_CARD = 10
WITHIN = timedelta(minutes=1)
"""Nobody in a hurry takes more numbers than that; somebody who plays with the screen does."""


@dataclass(frozen=True, slots=True)
class KioskDesk:
    """Implements ``counter.kiosk.KioskWork`` over the office database.

    Attributes:
        groups: The office's priority groups; who shows a card gets the one of their age.
        staffed: An officer gives the numbers out, as fast as people come.
    """

    hall: Hall
    groups: tuple[Group, ...]
    staffed: bool = False
    _without_card: deque[datetime] = field(
        default_factory=lambda: deque(maxlen=MOST_WITHOUT_CARD), init=False, repr=False
    )

    def services(self) -> tuple[Service, ...]:
        """Return what a ticket can be taken for and how many wait."""
        return queueing.services(self.hall)

    def take(self, service: str, person: Person | None, priority: str | None) -> TicketTaken:
        """Give out the next number of a service.

        Raises:
            TicketsTooFast: So many were taken without a card that nobody can want them all.
        """
        if person is None:
            self._check_pace()
            taken = queueing.take_ticket(self.hall, service, priority)
            self._without_card.append(self.hall.clock())
            return taken
        return queueing.take_ticket(
            self.hall, service, priority or self._by_age(person), citizen=person.number
        )

    def give_back(self, taken: TicketTaken) -> None:
        """Take back a number that nobody was there to hear."""
        queueing.give_back(self.hall, taken)

    def own_tickets(self, person: Person) -> tuple[OwnTicket, ...]:
        """Return the live numbers of the person."""
        return queueing.tickets_of(self.hall, person.number)

    def look_at(self, code: str) -> ScannedPaper:
        """Say what a scanned code is."""
        return queueing.look_at(self.hall, code)

    def check_in(self, code: str, service: str = "") -> TicketTaken:
        """Give the number of a booking or of a dossier."""
        return queueing.check_in(self.hall, code, service=service or None)

    def come_back(self, ticket: int) -> None:
        """Tell the counter that laid a visit aside that its citizen is back."""
        calls.come_back(self.hall, ticket)

    def call_helper(self) -> None:
        """Tell every counter that somebody here wants a person."""
        waiting_hall.call_helper(self.hall)

    def rate(self, subject: str, score: int, service: str = "") -> None:
        """Keep one answer for a dossier or ticket, 1 (very dissatisfied) to 5."""
        waiting_hall.rate(self.hall, subject, score, service=service or None)

    def _check_pace(self) -> None:
        moment = self.hall.clock()
        lately = [at for at in self._without_card if timedelta(0) <= moment - at < WITHIN]
        if len(lately) >= MOST_WITHOUT_CARD and not self.staffed:
            raise TicketsTooFast

    def _by_age(self, person: Person) -> str | None:
        """Return the priority group that follows from the birth date on a chip.

        An issuer this office does not know yet makes nobody younger; the counter sees who comes.
        """
        today = local_day(self.hall.clock())
        found = proposed(self.groups, birth=person.born, procedure=None, on=today)
        return found[0].code if found else None


def letters_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the letter of the service of each procedure by the procedure's code."""
    return {procedure.code: procedure.field.letter for procedure in catalogue.procedures}
