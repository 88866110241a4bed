"""The desk's data behind a window without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from counter.citizen_data import Citizen, KeptPart, KeptRecord
from counter.errors import IdentityNotChecked
from counter.hall import QueueRenewed
from counter.papers.desk import PersonFacts
from counter.ports import PrintJob
from counter.values import CitizenNumber
from tests.devices.paper.worded_samples import PAPERS


@dataclass
class FakeData:
    """What ``DataWork`` promises, in memory."""

    exported: list[tuple[str, Path]] = field(default_factory=list)
    printed: list[PersonFacts] = field(default_factory=list)
    asked_for: list[Citizen] = field(default_factory=list)
    keys_asked: int = 0
    queues_renewed: int = 0

    def read_person(self, citizen: Citizen, *, identity_checked: bool) -> KeptRecord:
        if not identity_checked:
            raise IdentityNotChecked
        self.asked_for.append(citizen)
        lines = (("code", "H55.242-261123-0001"), ("applicant_number", _words(citizen)))
        return KeptRecord(_words(citizen), 1, (KeptPart("dossier", lines),), "Trần Thị Mẫu")

    def job(self, facts: PersonFacts) -> PrintJob:
        self.printed.append(facts)
        return PrintJob(uuid4(), "person_261123", PAPERS["person"])

    def export_person(self, citizen: Citizen, path: Path, *, identity_checked: bool) -> int:
        if not identity_checked:
            raise IdentityNotChecked
        self.exported.append((_words(citizen), path))
        return 2

    def renew_queue(self) -> QueueRenewed:
        self.queues_renewed += 1
        return QueueRenewed("F", ("office.db",), lost_tickets=True, lost_bookings=False)

    def ask_for_new_key(self) -> None:
        self.keys_asked += 1


def _words(citizen: Citizen) -> str:
    return citizen.digits if isinstance(citizen, CitizenNumber) else str(citizen)
