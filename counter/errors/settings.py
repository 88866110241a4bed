"""Settings, the office's data and what belongs to the program."""

from __future__ import annotations

from counter.errors.families import Refused

MOST_MISTAKES, LONGEST_MISTAKE = 12, 160
"""Nobody puts more right at a time, nor reads a longer line; the next look tells the others."""


def shortened(mistakes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first mistakes, each as one line that can be read."""
    told = tuple(
        line if len(line) <= LONGEST_MISTAKE else f"{line[:LONGEST_MISTAKE]}…"
        for line in (" ".join(mistake.split()) for mistake in mistakes[:MOST_MISTAKES])
    )
    left = len(mistakes) - len(told)
    return (*told, f"… và {left} chỗ nữa") if left else told


class BadSettings(Refused):
    """The settings file has mistakes.

    Attributes:
        mistakes: One line for each mistake, beginning with its key.
    """

    code = "settings.bad"

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        told = shortened(mistakes)
        super().__init__("; ".join(told), mistakes="\n".join(told))
        self.mistakes = mistakes


class BadUsage(Refused):
    """A command was typed in a way that the program does not know.

    Attributes:
        fields: ``mistake`` says where, in Vietnamese.
    """

    code = "usage.bad"


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
        told = shortened(mistakes)
        super().__init__("; ".join(told), mistakes="\n".join(told))
        self.mistakes = mistakes


class NoSettings(Refused):
    """The data folder is empty and no settings were given."""

    code = "settings.missing"
