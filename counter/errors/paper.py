"""Printers, papers, scans and files."""

from __future__ import annotations

from counter.errors.families import Damaged, Refused, Unavailable


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


class PapersStay(Unavailable):
    """Papers in the tray whose term has passed cannot be removed; somebody may have one open."""

    code = "printer.papers_stay"


class NoWording(Refused):
    """The form sets of that day know no such paper."""

    code = "paper.no_wording"


class ProcedureChanged(Refused):
    """The checklist that was ticked is another version's than the one in force."""

    code = "desk.procedure_changed"


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


class FontsMissing(Damaged):
    """A font of the program is missing."""

    code = "fonts.missing"


class ScannerAbsent(Unavailable):
    """The code reader named in the settings is not connected."""

    code = "scanner.absent"
