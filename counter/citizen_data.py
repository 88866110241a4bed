"""What is done with the desk's data as a whole: given to a citizen, its key and queue renewed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from counter.values import CitizenNumber, PartialDate, tidy_name

if TYPE_CHECKING:
    from pathlib import Path

    from counter.hall import QueueRenewed
    from counter.papers.desk import PersonFacts
    from counter.ports import PrintJob


@dataclass(frozen=True, slots=True)
class OfDossier:
    """The applicant of one dossier, who may have no number; its code names nobody else."""

    code: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name and birth date, as the desk wrote them."""

    name: str = field(repr=False)
    born: PartialDate = field(repr=False)


Citizen = CitizenNumber | OfDossier | Named
"""Whose data is wanted."""


def citizen_of(text: str) -> Citizen:
    """Read whose data is wanted: twelve digits, a dossier's code, or ``name, birth date``.

    Raises:
        BadCitizenNumber: Digits only, and not twelve of them.
        BadName, BadDate: What stands around the comma is no name or no day.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9 ]*", text):
        return CitizenNumber.parse(text)
    name, comma, born = text.rpartition(",")
    if comma:
        return Named(tidy_name(name), PartialDate.parse(born))
    return OfDossier(text.upper())


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
    """Everything the desk keeps about one citizen; each dossier is followed by its parts.

    Attributes:
        citizen: The citizen's number; without one that of another paper, or name and birth.
    """

    citizen: str = field(repr=False)
    count: int
    parts: tuple[KeptPart, ...]
    officer: str


class DataWork(Protocol):
    """What is done with the desk's data as a whole; each wants the password typed once more."""

    def export_person(self, citizen: Citizen, path: Path, *, identity_checked: bool) -> int:
        """Write everything the desk keeps about a citizen to *path*; return how many dossiers.

        Raises:
            IdentityNotChecked: Nobody looked at the citizen's identity card.
            UnknownDossier, OrganisationsDossier: No citizen's dossier here has the code.
            SeveralPeople: Not one person alone has this name and birth date.
            DiskFull, StoreReadOnly: It cannot be written.
        """

    def read_person(self, citizen: Citizen, *, identity_checked: bool) -> KeptRecord:
        """Return everything the desk keeps about a citizen, to be put on paper.

        Raises:
            IdentityNotChecked, UnknownDossier, OrganisationsDossier, SeveralPeople: As above.
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
