"""Opening the chip: PACE with the CAN, PACE with the machine-readable zone, then BAC.

Each secret is tried once. A way that the chip does not know is passed by; a secret that it
refuses is an error with the secret's name.
"""

from __future__ import annotations

import logging

from counter.cards import Access, CardSecrets
from counter.errors import (
    CardNeedsSecret,
    CardUnreadable,
    NotACitizenCard,
    WrongCan,
    WrongMrz,
)
from devices.card.apdu import Channel, Command, PlainChannel
from devices.card.bac import AccessDenied, open_by_bac
from devices.card.files import File, Habits, read_file
from devices.card.infos import pace_offers
from devices.card.keys import Password, can_password, mrz_password
from devices.card.messaging import SecureChannel
from devices.card.pace import PaceInfo, PaceRefused, find_offer, open_by_pace

logger = logging.getLogger(__name__)

AID = bytes.fromhex("A0000002471001")
"""The application of travel documents (ICAO Doc 9303-10, 3.3)."""
SHORT_FIRST_READ = 256


def open_chip(
    plain: PlainChannel, secrets: CardSecrets, habits: Habits
) -> tuple[SecureChannel, Access]:
    """Open the chip and select its application; return the protected channel and the way in.

    Raises:
        WrongCan: The chip did not open with the six digits, and nothing else was given.
        WrongMrz: It did not open with the machine-readable zone.
        CardNeedsSecret: Nothing that was given fits the ways this chip knows.
        NotACitizenCard: It has no application of travel documents.
        CardUnreadable: It answers nothing that can be used.
    """
    offers = _offers(plain, habits)
    offer = find_offer(offers)
    refusal: CardUnreadable | None = None if offer or not offers else PaceRefused("unknown kind")
    for password in _passwords(secrets):
        if offer is None:
            break
        try:
            keys = open_by_pace(plain, offer, password, several=len(offers) > 1)
        except AccessDenied as denied:
            logger.info("%s denied, status %04X", password.access, denied.status)
            refusal = denied
            if password.access is Access.PACE_MRZ:
                raise WrongMrz from denied
        except PaceRefused as refused:
            logger.info("%s refused: %s", password.access, refused)
            refusal = refused
        else:
            secure = SecureChannel(plain, keys)
            select_application(secure)
            return secure, password.access
    if secrets.mrz:
        select_application(plain)
        try:
            return SecureChannel(plain, open_by_bac(plain, secrets.mrz)), Access.BAC
        except AccessDenied as denied:
            raise WrongMrz from denied
    if isinstance(refusal, AccessDenied):
        raise WrongCan from refusal
    if refusal:
        raise refusal
    select_application(plain)
    raise CardNeedsSecret


def _passwords(secrets: CardSecrets) -> list[Password]:
    given = [can_password(secrets.can)] if secrets.can else []
    return given + ([mrz_password(secrets.mrz)] if secrets.mrz else [])


def _offers(plain: PlainChannel, habits: Habits) -> tuple[PaceInfo, ...]:
    """Return what EF.CardAccess offers; a chip without that file knows no PACE."""
    try:
        return pace_offers(read_file(plain, File.CARD_ACCESS, habits, block=SHORT_FIRST_READ))
    except CardUnreadable as error:
        logger.info("no EF.CardAccess: %s", error)
        return ()


def select_application(channel: Channel) -> None:
    """Select the application of travel documents.

    Raises:
        NotACitizenCard: The card has none.
    """
    answer = channel.send(Command(0x00, 0xA4, 0x04, 0x0C, data=AID))
    if not answer.ok:
        raise NotACitizenCard(f"SELECT application, status {answer.status:04X}")
