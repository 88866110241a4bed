"""What is typed or scanned and cannot be so."""

from __future__ import annotations

from counter.errors.families import Refused


class BadCitizenNumber(Refused):
    """A citizen number is not twelve digits."""

    code = "value.citizen_number"


class NotTold(Refused):
    """What ``option`` of the command line points to, a file or standard input, tells nothing."""

    code = "value.not_told"


class BadDate(Refused):
    """A date does not exist or is not written as dd/mm/yyyy."""

    code = "value.date"


class BadName(Refused):
    """A name is empty or holds signs that no name has."""

    code = "value.name"


class BadPhone(Refused):
    """A telephone number is not 8 to 15 digits."""

    code = "value.phone"


class BadDossierCode(Refused):
    """A dossier code does not have the form of the law."""

    code = "value.dossier_code"


class BadQrText(Refused):
    """The scanned text is not the QR of a citizen card."""

    code = "value.qr_text"


class BadAmount(Refused):
    """An amount of money is negative or too large."""

    code = "value.amount"


class BadPaymentQr(Refused):
    """A payment code cannot be made of this, or what was scanned is none.

    Attributes:
        fields: ``reason`` names what is wrong, such as ``account`` or ``crc``.
    """

    code = "value.payment_qr"
