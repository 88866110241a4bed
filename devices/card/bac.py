"""Basic Access Control: the older way to open a chip, with its machine-readable zone.

Source: ICAO Doc 9303-11, 4.3.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from counter.cards import MrzKey
from counter.errors import CardUnreadable
from devices.card.apdu import Channel, Command
from devices.card.keys import FOR_ENCRYPTION, FOR_SEALING, CipherKind, derive, mrz_information
from devices.card.keys import session_keys as derive_session
from devices.card.messaging import TRIPLE_DES, Keys, pad, retail_mac


class AccessDenied(CardUnreadable):
    """The chip did not accept the password.

    Attributes:
        status: What it said.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"access denied, status {status:04X}")
        self.status = status


RandomBytes = Callable[[int], bytes]


def open_by_bac(channel: Channel, mrz: MrzKey, random: RandomBytes = secrets.token_bytes) -> Keys:
    """Prove to know *mrz* and return the session the chip agreed to.

    Raises:
        AccessDenied: The chip says it is the wrong zone.
        CardUnreadable: It answers nothing that can be used.
    """
    seed = hashlib.sha1(mrz_information(mrz)).digest()[:16]  # noqa: S324 - as the standard says
    encryption = derive(CipherKind.TRIPLE_DES, seed, FOR_ENCRYPTION)
    sealing = derive(CipherKind.TRIPLE_DES, seed, FOR_SEALING)

    challenge = channel.send(Command(0x00, 0x84, 0, 0, le=8)).require_ok()
    if len(challenge) != 8:
        raise CardUnreadable("challenge length")
    nonce, ours = random(8), random(16)
    hidden = TRIPLE_DES.encrypt(encryption, b"", nonce + challenge + ours)
    sealed = hidden + retail_mac(sealing, pad(hidden, 8))
    answer = channel.send(Command(0x00, 0x82, 0, 0, data=sealed, le=40))
    if not answer.ok:
        raise AccessDenied(answer.status)
    if len(answer.data) != 40:
        raise CardUnreadable("answer length")

    hidden, seal = answer.data[:32], answer.data[32:]
    if not hmac.compare_digest(retail_mac(sealing, pad(hidden, 8)), seal):
        raise AccessDenied(answer.status)
    told = TRIPLE_DES.decrypt(encryption, b"", hidden)
    if told[:8] != challenge or told[8:16] != nonce:
        raise AccessDenied(answer.status)
    secret = bytes(a ^ b for a, b in zip(ours, told[16:], strict=True))
    counter = int.from_bytes(challenge[4:] + nonce[4:], "big")
    return derive_session(CipherKind.TRIPLE_DES, secret, counter)
