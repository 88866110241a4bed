"""Opening the chip: PACE with the CAN, PACE with the machine-readable zone, then BAC.

Each secret is tried once. A way that the chip does not know is passed by; a secret that it
refuses is an error with the secret's name.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

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
from devices.card.pace import MappingProof, PaceRefused, find_offer, open_by_pace

logger = logging.getLogger(__name__)

AID = bytes.fromhex("A0000002471001")
"""The application of travel documents (ICAO Doc 9303-10, 3.3)."""
SHORT_FIRST_READ = 256


@dataclass(frozen=True, slots=True)
class OpenChip:
    """A chip that lets itself be read.

    Attributes:
        access: The way in.
        proof: Of its own key, where opening it brought one.
    """

    channel: SecureChannel
    access: Access
    proof: MappingProof | None = None


def open_chip(plain: PlainChannel, secrets: CardSecrets, habits: Habits) -> OpenChip:
    """Open the chip and select its application.

    Raises:
        WrongCan: The chip did not open with the six digits, and nothing else was given.
        WrongMrz: It did not open with the machine-readable zone.
        CardNeedsSecret: Nothing that was given fits the ways this chip knows.
        NotACitizenCard: It has no application of travel documents.
        CardUnreadable: It answers nothing that can be used.
    """
    if habits.card_access is not None:
        try:
            return _by_pace(plain, secrets, habits.card_access)
        except PaceRefused as refused:
            logger.info("another series of cards: %s", refused)
            habits.card_access = None
    refusal: PaceRefused | None = None
    card_access = _find_card_access(plain, habits)
    if card_access is not None:
        try:
            opened = _by_pace(plain, secrets, card_access)
        except PaceRefused as refused:
            refusal = refused
        else:
            habits.card_access = card_access
            return opened
    if secrets.mrz:
        select_application(plain)
        try:
            return OpenChip(SecureChannel(plain, open_by_bac(plain, secrets.mrz)), Access.BAC)
        except AccessDenied as denied:
            raise WrongMrz from denied
    if refusal:
        raise refusal
    select_application(plain)
    raise CardNeedsSecret


def _by_pace(plain: PlainChannel, secrets: CardSecrets, card_access: bytes) -> OpenChip:
    """Open the chip by what it offers.

    Raises:
        WrongCan, WrongMrz: The last password that was given is not the chip's.
        PaceRefused: It offers nothing that can be used, or refuses what it offers.
    """
    offers = pace_offers(card_access)
    offer = find_offer(offers)
    passwords = _passwords(secrets)
    if offer is None or not passwords:
        raise PaceRefused("nothing both sides know")
    for password in passwords:
        try:
            opened = open_by_pace(plain, offer, password, several=len(offers) > 1)
        except AccessDenied as denied:
            logger.info("%s denied, status %04X", password.access, denied.status)
            if password is passwords[-1]:
                wrong = WrongCan if password.access is Access.PACE_CAN else WrongMrz
                raise wrong from denied
        else:
            secure = SecureChannel(plain, opened.keys)
            select_application(secure)
            return OpenChip(secure, password.access, opened.proof)
    raise PaceRefused("no password")


def _passwords(secrets: CardSecrets) -> list[Password]:
    given = [can_password(secrets.can)] if secrets.can else []
    return given + ([mrz_password(secrets.mrz)] if secrets.mrz else [])


def _find_card_access(plain: PlainChannel, habits: Habits) -> bytes | None:
    """Return EF.CardAccess; a chip without that file knows no PACE."""
    try:
        content = read_file(plain, File.CARD_ACCESS, habits, block=SHORT_FIRST_READ)
        return content if pace_offers(content) else None
    except CardUnreadable as error:
        logger.info("no EF.CardAccess: %s", error)
        return None


def select_application(channel: Channel) -> None:
    """Select the application of travel documents.

    Raises:
        NotACitizenCard: The card has none.
    """
    answer = channel.send(Command(0x00, 0xA4, 0x04, 0x0C, data=AID))
    if not answer.ok:
        raise NotACitizenCard(f"SELECT application, status {answer.status:04X}")
