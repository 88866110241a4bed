"""Who is expected: booked times, and dossiers handed in online. No personal data, only codes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from counter.errors import BookingUsed, UnknownCode, WrongTime
from counter.office.tables import BookingRow, TicketRow
from counter.office.tickets import LIVE

WINDOW = timedelta(minutes=15)
"""How long before and after its time a booking gives priority."""

BOOKED = "HEN"
"""Code of the priority group of those who booked."""

ALPHABET = "0123456789CFGHJKLMNPRTVX"
"""Signs that no Vietnamese input method changes while a scanner types them."""

_LENGTH = 8


def new_code() -> str:
    """Return a code for a booking: seven signs by chance and one that checks them."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH - 1))
    return signs + _check(signs)


def is_booking_code(text: str) -> bool:
    """Tell whether *text* is such a code and not mistyped."""
    return (
        len(text) == _LENGTH
        and all(sign in ALPHABET for sign in text)
        and _check(text[:-1]) == text[-1]
    )


def _check(signs: str) -> str:
    """Return the check sign: a weighted sum that a wrong sign and a swap of neighbours change."""
    total = sum(place * ALPHABET.index(sign) for place, sign in zip(_WEIGHTS, signs, strict=True))
    return ALPHABET[total % len(ALPHABET)]


_WEIGHTS = (1, 5, 7, 11, 13, 17, 19)
"""Prime to 24, so that a wrong sign always shows."""


def expect(session: Session, code: str, service: str, begins_at: datetime | None) -> None:
    """Note that somebody will come with *code*; noting it again changes what is expected."""
    row = session.get(BookingRow, code)
    if row is None:
        session.add(BookingRow(code=code, service=service, begins_at=begins_at))
    else:
        row.service, row.begins_at = service, begins_at


def arrive(session: Session, code: str, moment: datetime) -> BookingRow:
    """Return the booking of somebody who is here now.

    Raises:
        UnknownCode: Nobody is expected with it.
        BookingUsed: A ticket was taken with it that is not over; ``row`` names it.
        WrongTime: It is booked for another day.
    """
    booking = session.get(BookingRow, code)
    if booking is None:
        raise UnknownCode
    if booking.ticket is not None:
        ticket = session.get(TicketRow, booking.ticket)
        if ticket is not None and ticket.state in LIVE:
            raise BookingUsed(number=f"{ticket.letter}{ticket.number:03}")
    if booking.begins_at is not None and abs(moment - booking.begins_at) > timedelta(hours=12):
        raise WrongTime
    return booking


def note_ticket(session: Session, code: str, ticket: int) -> None:
    """Note which ticket was taken with a booking."""
    booking = session.get(BookingRow, code)
    if booking is not None:
        booking.ticket = ticket


def is_on_time(booking: BookingRow, moment: datetime) -> bool:
    """Tell whether *moment* lies within a quarter of an hour of the booked time."""
    return booking.begins_at is not None and abs(moment - booking.begins_at) <= WINDOW
