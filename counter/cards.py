"""What a citizen's chip card tells, in the counter's words.

Texts are as the chip gives them, composed (NFC); what is absent is None. Where a value comes from
and what was proven about it stands beside it, because an officer answers for what is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from counter.errors import (
    RevocationsMissing,
    RevocationsOverdue,
    Unavailable,
    WrongCan,
    WrongMrz,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from counter.values import CitizenNumber, PartialDate, Sex


@dataclass(frozen=True, slots=True)
class Can:
    """The card access number: the last six of the twelve digits (ICAO Doc 9303-11, 4.4).

    Raises:
        WrongCan: It is not six ASCII digits.
    """

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{6}", self.digits):
            raise WrongCan

    @classmethod
    def of(cls, number: CitizenNumber) -> Can:
        """Return the card access number of the card of *number*."""
        return cls(number.last_six)


@dataclass(frozen=True, slots=True)
class MrzKey:
    """The three fields of the machine-readable zone that open a chip (ICAO Doc 9303-11, 4.3).

    Attributes:
        document_number: As printed, without filler; nine characters on a Vietnamese card.
        date_of_birth: ``YYMMDD``.
        date_of_expiry: ``YYMMDD``.

    Raises:
        WrongMrz: A field does not have that form.
    """

    document_number: str = field(repr=False)
    date_of_birth: str = field(repr=False)
    date_of_expiry: str = field(repr=False)

    def __post_init__(self) -> None:
        if not (
            re.fullmatch(r"[0-9A-Z]{1,22}", self.document_number)
            and re.fullmatch(r"[0-9]{6}", self.date_of_birth)
            and re.fullmatch(r"[0-9]{6}", self.date_of_expiry)
        ):
            raise WrongMrz

    @classmethod
    def parse(cls, text: str) -> MrzKey:
        """Read the 90 characters of a TD1 zone, or ``DOCUMENT,YYMMDD,YYMMDD``.

        A document number of more than nine characters goes on in the optional data, ended by its
        check digit and a filler (ICAO Doc 9303-5, 4.2.2, note j).

        Raises:
            WrongMrz: It is neither.
        """
        if text.count(",") == 2:
            return cls(*(part.strip().upper() for part in text.split(",")))
        zone = "".join(text.split()).upper()
        if len(zone) != 90:
            raise WrongMrz
        number = zone[5:14]
        if zone[14] == "<":
            number += zone[15:30].split("<", 1)[0][:-1]
        return cls(number.rstrip("<"), zone[30:36], zone[38:44])


@dataclass(frozen=True, slots=True)
class CardSecrets:
    """What may open the chip, tried once each: PACE with CAN, PACE with MRZ, then BAC.

    Attributes:
        told: The QR or number they came from; what the chip says is compared with it.
    """

    can: Can | None = None
    mrz: MrzKey | None = None
    told: QrText | CitizenNumber | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class ChipText:
    """Data group 13 of the Vietnamese card: the sixteen fields, field 16 left raw and unused.

    Attributes:
        expires_on: None when the card never expires or its text is no date.
        expires_text: The card's own words when they are no date, such as "Không thời hạn".
    """

    id_number: CitizenNumber
    full_name: str
    date_of_birth: PartialDate | None
    sex: Sex | None
    nationality: str | None
    ethnicity: str | None
    religion: str | None
    place_of_origin: str | None
    place_of_residence: str | None
    identifying_features: str | None
    issued_on: date | None
    expires_on: date | None
    expires_text: str | None
    father_name: str | None
    mother_name: str | None
    spouse_name: str | None
    old_id_number: str | None


@dataclass(frozen=True, slots=True, repr=False)
class MrzText:
    """Data group 1: the machine-readable zone, TD1 (ICAO Doc 9303-5).

    Attributes:
        document_number: Nine digits on a Vietnamese card: the last nine of the twelve.
        personal_number: The optional data: the twelve digits on a Vietnamese card.
        full_name: Surname first, without accents, spaces for filler.
        sex: ``M``, ``F`` or ``X``.
    """

    document_number: str
    personal_number: str | None
    full_name: str
    date_of_birth: PartialDate | None
    sex: str
    expires_on: date | None
    nationality: str


@dataclass(frozen=True, slots=True)
class HolderDetails:
    """Data groups 11 and 12, which the Vietnamese card lacks and passports may have.

    Attributes:
        full_name: In the letters of the country.
        endorsements: Remarks of the issuer.
    """

    full_name: str | None = field(repr=False)
    other_names: tuple[str, ...] = field(repr=False)
    personal_number: str | None = field(repr=False)
    date_of_birth: PartialDate | None = field(repr=False)
    place_of_birth: str | None = field(repr=False)
    address: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    profession: str | None = field(repr=False)
    title: str | None = field(repr=False)
    issuing_authority: str | None
    issued_on: date | None
    endorsements: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """The face of data group 2: an encoded picture that the screen can show.

    Attributes:
        mime: ``image/jpeg`` or ``image/png``; JPEG 2000 was already converted to PNG.
        sha256: Of ``data``, lower-case hexadecimal.
    """

    mime: str
    width: int
    height: int
    data: bytes = field(repr=False)
    sha256: str


class Access(StrEnum):
    """The way the chip was opened."""

    PACE_CAN = "pace-can"
    PACE_MRZ = "pace-mrz"
    BAC = "bac"


class Groups(StrEnum):
    """Whether the read groups hash to the values the issuer signed."""

    MATCH = "match"
    MISMATCH = "mismatch"


class Signature(StrEnum):
    """Whether the issuer's signature over the hashes is right."""

    VALID = "valid"
    INVALID = "invalid"
    MISSING = "missing"


class Issuer(StrEnum):
    """Whether the signer leads to an issuer certificate this desk trusts."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Chip(StrEnum):
    """Whether the chip proved to be the one the issuer made."""

    GENUINE = "genuine"
    CLONE = "clone"
    NOT_SUPPORTED = "not_supported"
    NOT_CHECKED = "not_checked"


class Verdict(StrEnum):
    """Three words for the officer."""

    AUTHENTIC = "authentic"
    UNVERIFIED = "unverified"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Authenticity:
    """What was proven about a card.

    Attributes:
        reasons: Stable codes for what could not be checked or is wrong, such as
            ``issuer.unknown``; empty for an authentic card, unless it was opened the older way
            (``access.older``).
    """

    groups: Groups
    signature: Signature
    issuer: Issuer
    chip: Chip
    reasons: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Forged when something is wrong, unverified when something could not be checked."""
        if (
            self.groups is Groups.MISMATCH
            or self.signature is Signature.INVALID
            or self.issuer is Issuer.REVOKED
            or self.chip is Chip.CLONE
        ):
            return Verdict.FORGED
        if (
            self.signature is Signature.VALID
            and self.issuer is Issuer.TRUSTED
            and self.chip is Chip.GENUINE
        ):
            return Verdict.AUTHENTIC
        return Verdict.UNVERIFIED

    @property
    def is_forged(self) -> bool:
        """Whether something about the card is wrong."""
        return self.verdict is Verdict.FORGED


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that the sources tell differently.

    Attributes:
        name: The field as in ``read-card --json``, such as ``date_of_birth``.
        values: Pairs of source (``mrz``, ``dg13``, ``qr``, ``given``) and text.
    """

    name: str
    values: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadTiming:
    """How long a reading took and how many commands the card was sent from power-on."""

    apdus: int
    apdus_to_first_text: int
    bytes_read: int
    first_text_ms: int
    total_ms: int


@dataclass(frozen=True, slots=True)
class CardReading:
    """Everything one card told, and what was proven about it.

    Attributes:
        text: None when the card has no data group 13 (a passport, say).
        details: None when it has neither data group 11 nor 12, as every Vietnamese card.
        notify: Data group 16 as it is, persons to notify; None when there is none.
        chip_key: SHA-256 over data groups 14 and 15, which hold the chip's public keys; it says
            something of the card only where that is authentic. Empty when there is neither.
    """

    text: ChipText | None
    mrz: MrzText
    portrait: Portrait | None
    access: Access
    authenticity: Authenticity
    conflicts: tuple[FieldConflict, ...]
    timing: ReadTiming
    details: HolderDetails | None = None
    notify: bytes | None = field(default=None, repr=False)
    chip_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class QrText:
    """The QR printed on the card: seven fields in 2021, eleven in 2024. It is not signed.

    Attributes:
        extra: Fields 8 to 11 of the card of 2024 as they are; their meaning is not proven.
    """

    id_number: CitizenNumber
    old_id_number: str | None
    full_name: str
    date_of_birth: PartialDate | None
    sex: Sex | None
    place_of_residence: str | None
    issued_on: date | None
    extra: tuple[str, ...] = ()


class IssuerKind(StrEnum):
    """What an entry of the trust store is."""

    CSCA = "csca"
    LINK = "link"
    CRL = "crl"


@dataclass(frozen=True, slots=True)
class IssuerEntry:
    """One certificate or revocation list of a card issuer that this desk trusts.

    Attributes:
        sha256: Of its bytes, lower-case hexadecimal; its name for ``trust remove``.
        subject: The issuer's name, or for a revocation list the name of who made it.
        country: Two or three capital letters; empty when the certificate names none.
        not_before: First moment of validity, or when the revocation list was made.
        not_after: Last moment of validity, or when a newer list is due; None when it is not said.
        source: Name of the file it came from.
    """

    sha256: str
    subject: str
    country: str
    not_before: datetime
    not_after: datetime | None
    source: str
    kind: IssuerKind


@dataclass(frozen=True, slots=True)
class RejectedEntry:
    """One certificate or revocation list of a file that was not taken, and why.

    Attributes:
        reason: ``not_an_issuer``, ``unknown_key``, ``wrong_signature``, ``unknown_issuer``,
            ``older`` or ``demonstration``.
    """

    subject: str
    reason: str


def revocation_gap(entries: Collection[IssuerEntry], moment: datetime) -> Unavailable | None:
    """Return what the desk cannot know about revoked certificates at *moment*, None if nothing.

    A list is overdue when its maker promised a newer one before (RFC 5280, 5.1.2.5).
    """
    lists = [entry for entry in entries if entry.kind is IssuerKind.CRL]
    overdue = sum(one.not_after is not None and one.not_after < moment for one in lists)
    if overdue:
        return RevocationsOverdue(lists=overdue)
    issuers = {entry.subject for entry in entries if entry.kind is not IssuerKind.CRL}
    missing = len(issuers - {one.subject for one in lists})
    return RevocationsMissing(issuers=missing) if missing else None
