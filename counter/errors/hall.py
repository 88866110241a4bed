"""Tickets, calls, bookings and ratings."""

from __future__ import annotations

from counter.errors.families import Damaged, Refused, Unavailable


class NotTraining(Refused):
    """Rehearsal was asked for on a desk that serves real citizens."""

    code = "desk.not_training"


class UnknownService(Refused):
    """No service has this letter."""

    code = "queue.unknown_service"


class UnknownPriority(Refused):
    """No priority group has this code."""

    code = "queue.unknown_priority"


class UnknownCounter(Refused):
    """A counter's name is empty or too long."""

    code = "queue.unknown_counter"


class CounterClosed(Refused):
    """A supervisor lets this counter call no numbers."""

    code = "queue.counter_closed"


class QueueAway(Unavailable):
    """The office database cannot be reached."""

    code = "queue.away"


class QueueDamaged(Damaged):
    """The office database's file is no database or damaged; the desk's own is another file."""

    code = "queue.damaged"


class QueueSound(Refused):
    """The office database's file is not damaged, or is none of this computer."""

    code = "queue.sound"


class UnknownTicket(Refused):
    """Nobody has this number today."""

    code = "queue.unknown_ticket"


class AlreadyWaiting(Refused):
    """This citizen has a live number for the same service.

    Attributes:
        fields: ``number`` is that number.
    """

    code = "queue.already_waiting"


class TicketsTooFast(Refused):
    """The kiosk gave out as many numbers without a card as it gives in one minute."""

    code = "queue.too_fast"


class WrongQueueStep(Refused):
    """A number cannot be called, held or ended from where it is.

    Attributes:
        fields: ``state`` is where it is.
    """

    code = "queue.wrong_step"


class CounterTaken(Refused):
    """Another number stands at the counter.

    Attributes:
        fields: ``number`` is that number.
    """

    code = "queue.counter_taken"


class TooFewCalls(Refused):
    """A number is absent only after three calls, one minute apart.

    Attributes:
        fields: ``calls`` were made, ``needed`` are wanted.
    """

    code = "queue.too_few_calls"


class RecalledBefore(Refused):
    """A missed number was called once more before and was absent again."""

    code = "queue.recalled_before"


class UnknownCode(Refused):
    """Nobody is expected with this code."""

    code = "queue.unknown_code"


class BookingUsed(Refused):
    """A number was taken with this code and is not over.

    Attributes:
        fields: ``number`` is that number.
    """

    code = "queue.booking_used"


class WrongTime(Refused):
    """A booking is for another day."""

    code = "queue.wrong_time"


class AlreadyRated(Refused):
    """This dossier or ticket was rated before."""

    code = "queue.already_rated"


class NoReserve(Unavailable):
    """The office database is away, and this place has no letter of its own yet."""

    code = "queue.no_reserve"
