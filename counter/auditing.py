"""What a supervisor asks of the audit chain, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """Which entries are wanted; what is left empty leaves nothing out.

    Attributes:
        officer: Code of who acted.
        dossier: A dossier's code, official or provisional.
        day: A day in Vietnam.
        action: What was done, such as ``dossier.read``.
        newest: At most so many, the last first.
    """

    officer: str = ""
    dossier: str = ""
    day: date | None = None
    action: str = ""
    newest: int = 500


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act.

    Attributes:
        officer: Code of who acted, and the name as it stands today; empty for the program.
        subject: A dossier's code, or the account that was acted on.
    """

    seq: int
    at: datetime
    officer: str
    name: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditView:
    """The entries that were asked for, and how the whole chain stands.

    Attributes:
        officers: Every code that ever acted; ``actions``, everything that was ever done.
        count: Entries of the whole chain.
        broken: Place and reason, in English, of each entry that does not hold; empty when all do.
        sealed_at: When the chain was last sealed; None when it never was.
        told_at: When the newest seal was made that the portal holds too; None without any.
    """

    lines: tuple[AuditLine, ...]
    officers: tuple[str, ...]
    actions: tuple[str, ...]
    count: int
    broken: tuple[str, ...]
    sealed_at: datetime | None
    told_at: datetime | None = None
