"""An officer's own chip card as a second factor: when it counts, and what is kept of it."""

from __future__ import annotations

from counter import passwords
from counter.cards import CardReading, Verdict
from counter.errors import CardNotAuthentic


def is_own_proof(reading: CardReading) -> bool:
    """Tell whether the chip has proved that it is no copy, and whose it is."""
    authentic = reading.authenticity.verdict is Verdict.AUTHENTIC
    return authentic and reading.text is not None and bool(reading.chip_key)


def digest(reading: CardReading, secret: bytes) -> str:
    """Return what is kept of the card; neither number nor key can be had from it."""
    if reading.text is None:
        raise CardNotAuthentic
    return passwords.digest_of_card(reading.text.id_number.digits, reading.chip_key, secret)
