"""Officers, passwords, keys and backups."""

from __future__ import annotations

from counter.errors.families import Damaged, Refused, Unavailable


class NotSignedIn(Refused):
    """Nobody is signed in at this desk."""

    code = "people.not_signed_in"


class NotAllowed(Refused):
    """None of the officer's roles allows this action."""

    code = "people.not_allowed"


class NotOwnDossier(NotAllowed):
    """Somebody else received this dossier, and this officer handles only the own ones."""

    code = "people.not_own_dossier"


class WrongPassword(Refused):
    """Name, password or card do not belong together; which of them is not told."""

    code = "people.wrong_password"


class AccountClosed(Refused):
    """Too many failed tries; the account opens again after a while."""

    code = "people.closed"


class WeakPassword(Refused):
    """A new password or PIN is too short, too long or too well known."""

    code = "people.weak_password"


class WeakPassphrase(WeakPassword):
    """A new passphrase of the database has less than twelve signs or is too well known."""

    code = "people.weak_passphrase"


class OwnPasswordFirst(Refused):
    """Somebody else has set the password; its owner must choose another before anything else."""

    code = "people.own_password_first"


class SamePassword(Refused):
    """The new password or PIN is the one that held before."""

    code = "people.same_password"


class OfficerCardNeeded(Refused):
    """The account asks for the officer's own card beside the password."""

    code = "people.card_needed"


class CardNeedsPerson(OfficerCardNeeded):
    """A command runs with nobody at the terminal who could put the officer's card on a reader."""

    code = "people.card_needs_person"


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


class BackupOvertaken(Unavailable):
    """A file was erased or moved while a backup was being written; nothing of it is kept."""

    code = "backup.overtaken"


class BackupSpoilt(Unavailable):
    """A backup just written is read back as something else; nothing of it is kept."""

    code = "backup.spoilt"


class BackupFolderSilent(Unavailable):
    """The folder of the hourly backups does not answer."""

    code = "backup.folder_silent"


class BackupNotWritten(Unavailable):
    """The hourly backup cannot be written into its folder."""

    code = "backup.not_written"


class BackupDiskFull(Unavailable):
    """The disk of the hourly backups is full."""

    code = "backup.disk_full"


class BackupOfOther(Refused):
    """The backup is of another desk than the one that lives in the folder."""

    code = "backup.other_desk"


class ReadingOnly(Unavailable):
    """The desk was opened for reading because its disk cannot be written."""

    code = "store.reading_only"
