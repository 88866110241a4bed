"""The desk's data behind a window without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from counter.errors import IdentityNotChecked
from counter.values import CitizenNumber


@dataclass
class FakeData:
    """What ``DataWork`` promises, in memory."""

    exported: list[tuple[str, Path]] = field(default_factory=list)
    keys_asked: int = 0

    def export_person(self, citizen: CitizenNumber, path: Path, *, identity_checked: bool) -> int:
        if not identity_checked:
            raise IdentityNotChecked
        self.exported.append((citizen.digits, path))
        return 2

    def ask_for_new_key(self) -> None:
        self.keys_asked += 1
