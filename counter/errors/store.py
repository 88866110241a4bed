"""The desk's own disk, database, numbers and clock."""

from __future__ import annotations

from counter.errors.families import Damaged, Refused, Unavailable


class WrongKey(Refused):
    """The passphrase does not open the desk's database."""

    code = "store.wrong_key"


class NoKey(Unavailable):
    """No passphrase was given and the operating system keeps none."""

    code = "store.no_key"


class SecretUnread(NoKey):
    """A file that was named for a passphrase or a password cannot be read as text."""

    code = "store.secret_unread"


class SecretSeen(Refused):
    """Other accounts of this computer can read a file that holds a passphrase or a password."""

    code = "store.secret_seen"


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


class PlaceMissing(Refused):
    """The file to read, or the folder to write into, is not there."""

    code = "place.missing"


class NoDisplay(Unavailable):
    """There is no screen here for a window to open on."""

    code = "screen.none"


class WrongFolder(Refused):
    """A demonstration was asked for in a real desk's folder, or the reverse."""

    code = "store.wrong_folder"


class PlaceSilent(Unavailable):
    """A folder on another disk or computer does not answer; what was asked for is not done."""

    code = "store.place_silent"


class KeyUnbacked(Unavailable):
    """The desk's key is another now, and no backup of the desk under it could be made yet."""

    code = "store.key_unbacked"


class SerialsUsedUp(Refused):
    """The day's serial numbers are used up."""

    code = "serials.used_up"


class ClockWrong(Unavailable):
    """This computer's clock and the portal's differ by more than two minutes."""

    code = "clock.wrong"


class DiskLow(Unavailable):
    """The disk is nearly full."""

    code = "disk.low"


class HealthNotTold(Unavailable):
    """How the desk is could not be written into the shared folder of the settings."""

    code = "health.not_told"


class FleetFolderAway(Unavailable):
    """The folder where desks tell how they are cannot be read."""

    code = "health.folder_away"


class SoftwareFault(Damaged):
    """The program itself failed; not a known case."""

    code = "software.fault"
