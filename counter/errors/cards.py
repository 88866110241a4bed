"""Cards, their chips and readers, and who vouches for them."""

from __future__ import annotations

from counter.errors.families import Damaged, Refused, Unavailable


class NoCardService(Unavailable):
    """The smart card service of the operating system is not running."""

    code = "card.no_service"


class NoReader(Unavailable):
    """No card reader is connected."""

    code = "card.no_reader"


class ReaderDriverMissing(Unavailable):
    """A card reader is plugged in, but the smart card service cannot use it."""

    code = "card.driver_missing"


class ReaderGone(Unavailable):
    """The card reader was unplugged while it was in use."""

    code = "card.reader_gone"


class ReaderBusy(Unavailable):
    """Another program holds the card reader."""

    code = "card.reader_busy"


class WhichReader(Refused):
    """Several card readers have a name like the one asked for."""

    code = "card.which_reader"


class CardAbsent(Unavailable):
    """No card was laid on the reader in time."""

    code = "card.absent"


class CardPulled(Unavailable):
    """The card was taken away before it was read to the end."""

    code = "card.pulled"


class CardSilent(Unavailable):
    """The chip or its reader did not answer within the time allowed."""

    code = "card.silent"


class CardUnreadable(Unavailable):
    """The chip answered something that no citizen card should answer."""

    code = "card.unreadable"


class CardSwapped(Refused):
    """A different card lies on the reader now."""

    code = "card.swapped"


class WrongCan(Refused):
    """The chip did not open with these six digits."""

    code = "card.wrong_can"


class WrongMrz(Refused):
    """The chip did not open with this machine-readable zone."""

    code = "card.wrong_mrz"


class CardNeedsSecret(Refused):
    """The chip opens only with the six digits or the machine-readable zone."""

    code = "card.needs_secret"


class NotACitizenCard(Refused):
    """The card on the reader is not a citizen card with a chip."""

    code = "card.not_citizen_card"


class BadTrustFile(Refused):
    """A file holds no issuer certificate, master list or revocation list that can be read."""

    code = "trust.bad_file"


class UpdateRefused(Refused):
    """An update package is not signed by a known key, or is not what its signature covers."""

    code = "update.refused"


class UpdateNotOurs(Refused):
    """An update package is for another kind of computer."""

    code = "update.not_ours"


class UpdateTooOld(Refused):
    """A package as new as this one, or newer, was taken before."""

    code = "update.too_old"


class UpdateSerialUnread(Refused):
    """The serial of the package that was taken last cannot be read."""

    code = "update.serial_unread"


class UpdateKeyLost(Refused):
    """Settings of the province would do away with the very key that signed them."""

    code = "update.key_lost"


class UpdateWentBack(Unavailable):
    """The program taken last does not come up here; the one before it runs.

    Attributes:
        version: Of the program that does not come up.
    """

    code = "update.went_back"


class WentBackTooFar(Damaged):
    """The program taken last does not come up, and the one before cannot read what it wrote.

    Attributes:
        version: Of the program that does not come up.
    """

    code = "update.went_back_too_far"


class UpdateNotYet(Refused):
    """Other desks take this update package first."""

    code = "update.not_yet"


class BundleNotVouched(Refused):
    """A bundle of issuers is signed by somebody whom the desk's settings do not name."""

    code = "trust.unknown_signer"


class OlderBundle(Refused):
    """A bundle of issuers is older than the one that is installed; nothing was changed."""

    code = "trust.older_bundle"


class NoIssuers(Unavailable):
    """No issuer certificate is installed, so no card's issuer can be checked."""

    code = "trust.none"


class RevocationsMissing(Unavailable):
    """No revocation list of some trusted issuers is installed.

    Attributes:
        issuers: How many.
    """

    code = "trust.revocations_missing"


class RevocationsOverdue(Unavailable):
    """Revocation lists are older than their makers promised to renew them.

    Attributes:
        lists: How many.
    """

    code = "trust.revocations_overdue"


class UnknownCertificate(Refused):
    """No trusted certificate has this fingerprint."""

    code = "trust.unknown_certificate"
