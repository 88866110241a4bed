"""What can go wrong at the desk: four families, and one class with one code for each case.

The message inside an exception is English, for the log, and holds no personal data. The sentence
for people stands in ``ui/texts.py`` under the same code; ``docs/errors.md`` explains each one. A
field given by keyword (``where="quầy 1"``) may be named in that sentence.

    DeskError
    ├── Refused      a rule says no; nothing was changed
    ├── Unavailable  a device or the network does not answer now; the work can be repeated
    ├── Conflict     the portal disagrees about one dossier; a person decides
    └── Damaged      local data cannot be trusted; stop and call support
"""

from __future__ import annotations

from typing import ClassVar


class DeskError(Exception):
    """Something could not be done, for a reason the desk knows.

    Attributes:
        code: Stable name of the case, such as ``card.wrong_can``.
        fields: Facts for the sentence shown to people; never personal data.
    """

    code: ClassVar[str]

    def __init__(self, detail: str = "", **fields: str | int) -> None:
        super().__init__(detail or self.code)
        self.fields = fields


class Refused(DeskError):
    """A rule says no; nothing was changed."""


class Unavailable(DeskError):
    """A device or the network does not answer now; the same work can be tried again."""


class Conflict(DeskError):
    """The portal disagrees about one dossier; a person decides."""


class Damaged(DeskError):
    """Local data cannot be trusted; stop and call support."""


# What is typed or scanned


class BadCitizenNumber(Refused):
    """A citizen number is not twelve digits."""

    code = "value.citizen_number"


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


# Cards


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


# Paper


class NoPrinter(Unavailable):
    """The printer named in the settings is not connected."""

    code = "printer.absent"


class PrinterSilent(Unavailable):
    """The printer does not answer."""

    code = "printer.silent"


class PrinterOutOfPaper(Unavailable):
    """The printer has no paper."""

    code = "printer.out_of_paper"


class PrinterCoverOpen(Unavailable):
    """The printer's cover is open."""

    code = "printer.cover_open"


class PrinterFault(Unavailable):
    """The printer reports a fault that a person must clear."""

    code = "printer.fault"


class TrayFull(Unavailable):
    """The paper tray's folder cannot be written."""

    code = "printer.tray"


# The portal


class PortalSilent(Unavailable):
    """The portal cannot be reached or answers nothing that can be used."""

    code = "portal.silent"


class PortalRefusedDesk(Refused):
    """The portal does not let this desk in."""

    code = "portal.refused_desk"


class PortalRefusedMessage(Refused):
    """The portal calls a message wrong; its dossier waits for an officer."""

    code = "portal.refused_message"


class PortalConflict(Conflict):
    """The portal holds another version of the dossier."""

    code = "portal.conflict"


class ClientTooOld(Refused):
    """The portal wants a newer version of this program."""

    code = "portal.client_too_old"


# The store


class WrongKey(Refused):
    """The passphrase does not open the desk's database."""

    code = "store.wrong_key"


class NoKey(Unavailable):
    """No passphrase was given and the operating system keeps none."""

    code = "store.no_key"


class DiskFull(Unavailable):
    """The disk is full; nothing was saved."""

    code = "store.disk_full"


class StoreReadOnly(Unavailable):
    """The data folder cannot be written."""

    code = "store.read_only"


class StoreBusy(Unavailable):
    """Another program holds the database too long."""

    code = "store.busy"


class StoreTooNew(Damaged):
    """The database was made by a newer version of this program."""

    code = "store.too_new"


class StoreDamaged(Damaged):
    """The database is damaged."""

    code = "store.damaged"


class FileDamaged(Damaged):
    """A file of a dossier is missing or was changed; the rest of the desk is sound."""

    code = "store.file_damaged"


class SecondInstance(Unavailable):
    """Another program already works on this data folder."""

    code = "store.second_instance"


class WrongFolder(Refused):
    """A demonstration was asked for in a real desk's folder, or the reverse."""

    code = "store.wrong_folder"


# People and copies


class NotSignedIn(Refused):
    """Nobody is signed in at this desk."""

    code = "people.not_signed_in"


class NotAllowed(Refused):
    """None of the officer's roles allows this action."""

    code = "people.not_allowed"


class WrongPassword(Refused):
    """Name, password or card do not belong together; which of them is not told."""

    code = "people.wrong_password"


class AccountClosed(Refused):
    """Too many failed tries; the account opens again after a while."""

    code = "people.closed"


class WeakPassword(Refused):
    """A new password or PIN is too short, too long or too well known."""

    code = "people.weak_password"


class OfficerCardNeeded(Refused):
    """The account asks for the officer's own card beside the password."""

    code = "people.card_needed"


class ConfirmAgain(Refused):
    """Something grave is to be done; the officer must type the password once more first."""

    code = "people.confirm_again"


class NotYourself(Refused):
    """An administrator cannot lock, or end the service of, the own account."""

    code = "people.not_yourself"


class ServiceEnded(Refused):
    """The account's service has ended; it is kept for the records and never opens again."""

    code = "people.service_ended"


class CardNotAuthentic(Refused):
    """A card that is to serve for signing in could not prove that it is no copy."""

    code = "people.card_not_authentic"


class AnotherCard(Refused):
    """The card on the reader is not the one that was enrolled for this account."""

    code = "people.another_card"


class CardOfOnlyAdministrator(Refused):
    """Nobody else could drop the card of a desk's only administrator when it is lost."""

    code = "people.card_of_only_administrator"


class BadAccount(Refused):
    """A sign-in name has a wrong form, is taken, or names nobody."""

    code = "people.bad_account"


class IdentityNotChecked(Refused):
    """Nobody looked at the identity card of the citizen whose data is wanted."""

    code = "people.identity_not_checked"


class LastAdministrator(Refused):
    """The desk would be left without an administrator."""

    code = "people.last_administrator"


class BadBackup(Damaged):
    """A file is not a backup of a desk, or was changed or cut since."""

    code = "backup.bad"


class BackupExists(Refused):
    """The file to write a backup to is already there; a backup is never written over."""

    code = "backup.exists"


class BackupOfOther(Refused):
    """The backup is of another desk than the one that lives in the folder."""

    code = "backup.other_desk"


class ReadingOnly(Unavailable):
    """The desk was opened for reading because its disk cannot be written."""

    code = "store.reading_only"


# Settings


class BadSettings(Refused):
    """The settings file has mistakes.

    Attributes:
        mistakes: One line for each mistake, beginning with its key.
    """

    code = "settings.bad"

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes), mistakes="\n".join(mistakes))
        self.mistakes = mistakes


class CatalogueNotTold(Refused):
    """The portal has told nothing of its catalogue yet."""

    code = "catalogue.not_told"


class BadOfficial(Refused):
    """A file is no official catalogue of procedures.

    Attributes:
        fields: ``file`` is its name.
    """

    code = "catalogue.bad_file"


class DocumentWrong(Refused):
    """A document to copy has no name, or its pages or copies cannot be."""

    code = "certify.document_wrong"


class NoCopyFee(Refused):
    """The catalogue names no fee by the page for certifying copies."""

    code = "certify.no_fee"


class RemarkNeeded(Refused):
    """What was counted differs from the receipts, and nothing says why."""

    code = "drawer.remark_needed"


class UnknownReceipt(Refused):
    """No internal receipt of this desk has that number."""

    code = "drawer.unknown_receipt"


class OfficialNeeded(Refused):
    """The legal receipt's number is empty, or longer than 60 letters."""

    code = "drawer.official_needed"


class OfficialTaken(Refused):
    """The receipt already has a legal number, or another receipt has this one."""

    code = "drawer.official_taken"


class ExemptionUnknown(Refused):
    """The catalogue exempts no such group from that fee."""

    code = "money.exemption_unknown"


class NotElsewhere(Refused):
    """This desk owns the dossier; there is nothing to copy into another system."""

    code = "system.not_elsewhere"


class CodeNeeded(Refused):
    """The other system's code is empty, or longer than 64 letters."""

    code = "system.code_needed"


class CodeElsewhereTaken(Refused):
    """Another dossier of that system already carries this code here."""

    code = "system.code_taken"


class EditionTooEarly(Refused):
    """A version may not begin before today, nor on or before the day another one begins."""

    code = "catalogue.too_early"


class EditionUsed(Refused):
    """Dossiers were received under a version; it can no longer be undone."""

    code = "catalogue.used"


class EditionWrong(Refused):
    """An edited version breaks a rule, such as a paper without a count.

    Attributes:
        fields: ``mistakes`` says which.
    """

    code = "catalogue.wrong"


class BadData(Refused):
    """A data file of the office (procedures, calendar, priorities, units) has mistakes.

    Attributes:
        mistakes: One line for each mistake, beginning with its file.
    """

    code = "data.bad"

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes), mistakes="\n".join(mistakes))
        self.mistakes = mistakes


class NoSettings(Refused):
    """The data folder is empty and no settings were given."""

    code = "settings.missing"


# The desk's rules


class NoWording(Refused):
    """The form sets of that day know no such paper."""

    code = "paper.no_wording"


class UnknownProcedure(Refused):
    """No procedure in force has this code."""

    code = "desk.unknown_procedure"


class FileRefused(Refused):
    """A file is empty, larger than 50 MB, or not the kind it calls itself."""

    code = "desk.file_refused"


class FileTooLong(Refused):
    """A file has more than 300 pages."""

    code = "desk.file_too_long"


class FileTooLarge(Refused):
    """A page of a file has more than 80 million pixels."""

    code = "desk.file_too_large"


class FileLocked(Refused):
    """A PDF opens with a password only."""

    code = "desk.file_locked"


class FileCarriesMore(Refused):
    """A PDF holds scripts or other files."""

    code = "desk.file_carries_more"


class FileUnreadable(Refused):
    """A file is damaged, or drawing it takes more memory or time than is given."""

    code = "desk.file_unreadable"


class PaperMissing(Refused):
    """A paper that the procedure demands was not ticked."""

    code = "desk.paper_missing"


class BadDocument(Refused):
    """The number of a passport or another paper has another form."""

    code = "value.document"


class BadTaxCode(Refused):
    """A tax code has another form, or its check digit does not fit."""

    code = "value.tax_code"


class SubmitterUnproven(Refused):
    """Somebody brings another's dossier and no paper that authorises was named."""

    code = "desk.submitter_unproven"


class DeclarationOpen(Refused):
    """A declaration was made on screen and something that must be answered is not."""

    code = "desk.declaration_open"


class DeclarationWrong(Refused):
    """An answer of a declaration cannot be one: no such day, no number, none of the choices."""

    code = "desk.declaration_wrong"


class WrongStep(Refused):
    """A dossier in this state cannot go to that one."""

    code = "desk.wrong_step"


class WrongActor(Refused):
    """This step of a dossier is not this person's to take."""

    code = "desk.wrong_actor"


class NobodyTakesOver(Refused):
    """Who should take dossiers over is no officer who may process them."""

    code = "desk.nobody_takes_over"


class NothingToReassign(Refused):
    """No open dossier of those that should go to somebody else."""

    code = "desk.nothing_to_reassign"


class ReasonNeeded(Refused):
    """An act that must say why was asked for without a reason."""

    code = "desk.reason_needed"


class ReasonShort(Refused):
    """A reason that the books of money keep says too little."""

    code = "desk.reason_short"


class PapersNeeded(Refused):
    """A supplement was asked for, or taken, without naming a paper."""

    code = "desk.papers_needed"


class AskedBefore(Refused):
    """Papers were asked for once already, and no cause for a second time was given."""

    code = "desk.asked_before"


class SupplementNotOverdue(Refused):
    """The citizen still has time to bring what was asked for."""

    code = "desk.supplement_not_overdue"


class UnitNeeded(Refused):
    """A hand-over did not say to which unit."""

    code = "desk.unit_needed"


class ReceiverNotChecked(Refused):
    """Nobody compared the papers of the person who fetches the result."""

    code = "desk.receiver_not_checked"


class AuthorisationNeeded(Refused):
    """Somebody else fetches the result and no authorisation was named."""

    code = "desk.authorisation_needed"


class CarrierNeeded(Refused):
    """Results go to the post and nobody of the post is named."""

    code = "desk.carrier_needed"


class PostAddressNeeded(Refused):
    """A result cannot go by post: the dossier lacks an address or a telephone number."""

    code = "desk.post_address"


class SlipMissing(Refused):
    """Neither the receipt was taken back nor an undertaking for a lost one signed."""

    code = "desk.slip_missing"


class SignatureMissing(Refused):
    """The person who fetches the result did not sign for it."""

    code = "desk.signature_missing"


class FeesNotCollected(Refused):
    """Money is still owed for the dossier."""

    code = "desk.fees_not_collected"


class NothingOwed(Refused):
    """Nothing is left to be paid for the dossier."""

    code = "desk.nothing_owed"


class PaymentOpen(Refused):
    """A payment code of the dossier may still be paid with; it must be taken back first."""

    code = "payment.open"


class PaymentCame(Refused):
    """The portal has told that the dossier was paid by transfer."""

    code = "payment.came"


class NotPaid(Refused):
    """The portal has not told that this payment was made."""

    code = "payment.not_paid"


class OnlyCash(Refused):
    """The dossier cannot be paid by a code: the sum or its system does not allow it."""

    code = "payment.only_cash"


class NoPaymentCode(Refused):
    """The code of a payment is not there yet, was taken back, or has ended."""

    code = "payment.no_code"


class UnknownPayment(Refused):
    """No payment here has that id."""

    code = "payment.unknown"


class NothingPaid(Refused):
    """There is no receipt of the dossier whose money could be given back."""

    code = "desk.nothing_paid"


class NoReceiptTrouble(Refused):
    """The portal refused no legal receipt of the dossier, or it is put right already."""

    code = "desk.no_receipt_trouble"


class ReceiptByHand(Refused):
    """A legal receipt was keyed by hand, so the portal cannot void it."""

    code = "desk.receipt_by_hand"


class LeaderNeeded(Refused):
    """A leader's decision was noted without the leader's name or the number of the paper."""

    code = "desk.leader_needed"


class ConfirmationNeeded(Refused):
    """Only a leader decides this, and none signed in for it."""

    code = "desk.confirmation_needed"


class LateTimeWrong(Refused):
    """A paper receipt cannot be of this moment: it lies ahead, or more than thirty days ago."""

    code = "desk.late_time"


class PaperKeyed(Refused):
    """A paper receipt of this number was keyed before."""

    code = "desk.paper_keyed"


class NothingToCorrect(Refused):
    """A correction says what stands there already."""

    code = "desk.nothing_to_correct"


class DayNotLater(Refused):
    """An apology names no day after the one that was promised, or none was promised."""

    code = "desk.day_not_later"


class LetterWaits(Refused):
    """A letter of this dossier already waits for the leader."""

    code = "desk.letter_waits"


class NoLetter(Refused):
    """No letter of this dossier waits for the leader."""

    code = "desk.no_letter"


class ExtendedBefore(Refused):
    """The time was extended once already."""

    code = "desk.extended_before"


class TooLate(Refused):
    """A return noted by mistake can be taken back on the same day only."""

    code = "desk.too_late"


class UnknownGuidance(Refused):
    """No guidance on this desk has this number."""

    code = "desk.unknown_guidance"


class UnknownDossier(Refused):
    """No dossier on this desk has this code."""

    code = "desk.unknown_dossier"


class UnknownMessage(Refused):
    """The message was settled meanwhile, or what the portal has is not known here yet."""

    code = "desk.unknown_message"


class DueDateNeeded(Refused):
    """The procedure sets no time limit; the officer must give the due date."""

    code = "desk.due_date_needed"


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


class UnknownTicket(Refused):
    """Nobody has this number today."""

    code = "queue.unknown_ticket"


class AlreadyWaiting(Refused):
    """This citizen has a live number for the same service.

    Attributes:
        fields: ``number`` is that number.
    """

    code = "queue.already_waiting"


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


class SerialsUsedUp(Refused):
    """The day's serial numbers are used up."""

    code = "serials.used_up"


class ClockWrong(Unavailable):
    """This computer's clock and the portal's differ by more than two minutes."""

    code = "clock.wrong"


class DiskLow(Unavailable):
    """The disk is nearly full."""

    code = "disk.low"


class FontsMissing(Damaged):
    """A font of the program is missing."""

    code = "fonts.missing"


class ScannerAbsent(Unavailable):
    """The code reader named in the settings is not connected."""

    code = "scanner.absent"


class SoftwareFault(Damaged):
    """The program itself failed; not a known case."""

    code = "software.fault"
