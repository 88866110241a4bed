"""What is done with the desk's data as a whole: given to a citizen, its key and queue renewed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from counter.hall import QueueRenewed
    from counter.papers.desk import PersonFacts
    from counter.ports import PrintJob
    from counter.values import CitizenNumber


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One piece of what is kept about a citizen, such as a dossier or a paper of it.

    Attributes:
        kind: What it is, in the program's word: ``dossier``, ``people``, ``papers`` and so on.
        lines: Name of each thing that is kept, and what it says; nothing that is empty.
    """

    kind: str
    lines: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Everything the desk keeps about one citizen; each dossier is followed by its parts."""

    citizen: CitizenNumber
    count: int
    parts: tuple[KeptPart, ...]
    officer: str


class DataWork(Protocol):
    """What is done with the desk's data as a whole; each wants the password typed once more."""

    def export_person(self, citizen: CitizenNumber, path: Path, *, identity_checked: bool) -> int:
        """Write everything the desk keeps about a citizen to *path*; return how many dossiers.

        Raises:
            IdentityNotChecked: Nobody looked at the citizen's identity card.
            DiskFull, StoreReadOnly: It cannot be written.
        """

    def read_person(self, citizen: CitizenNumber, *, identity_checked: bool) -> KeptRecord:
        """Return everything the desk keeps about a citizen, to be put on paper.

        Raises:
            IdentityNotChecked: Nobody looked at the citizen's identity card.
            DiskFull, StoreReadOnly: That it was read cannot be noted.
        """

    def job(self, facts: PersonFacts) -> PrintJob:
        """Return the paper that says what is kept."""

    def renew_queue(self) -> QueueRenewed:
        """Let a new file take the turn of the queue's damaged one, which stays where it is.

        Raises:
            QueueSound: It is not damaged.
            NoReserve, StoreBusy, DiskFull, StoreReadOnly: It cannot be done now.
        """

    def ask_for_new_key(self) -> None:
        """Let the desk's key be changed when the program is opened next.

        Raises:
            DiskFull, StoreReadOnly: It cannot be noted.
        """
