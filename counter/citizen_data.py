"""What is done with the desk's data as a whole: handed to a citizen, and its key changed."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from counter.values import CitizenNumber


class DataWork(Protocol):
    """What is done with the desk's data as a whole; each wants the password typed once more."""

    def export_person(self, citizen: CitizenNumber, path: Path, *, identity_checked: bool) -> int:
        """Write everything the desk keeps about a citizen to *path*; return how many dossiers.

        Raises:
            IdentityNotChecked: Nobody looked at the citizen's identity card.
            DiskFull, StoreReadOnly: It cannot be written.
        """

    def ask_for_new_key(self) -> None:
        """Let the desk's key be changed when the program is opened next.

        Raises:
            DiskFull, StoreReadOnly: It cannot be noted.
        """
