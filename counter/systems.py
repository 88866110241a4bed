"""Systems of the province and of ministries that own some dossiers, and what they ask for.

Such a dossier is received and printed here, but counted there: nothing of it goes to the portal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData

ANY = "*"
"""Stands for a system without an entry of its own."""


class CopyField(StrEnum):
    """What can be copied into another system."""

    PROCEDURE_CODE = "procedure_code"
    PROCEDURE_NAME = "procedure_name"
    APPLICANT_NAME = "applicant_name"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    PAPERS = "papers"
    RECEIVED_AT = "received_at"
    DUE_AT = "due_at"
    FEES = "fees"
    RECEIPT = "receipt"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class System:
    """One system, and the order in which its screen asks."""

    name: str
    fields: tuple[CopyField, ...]

    def __post_init__(self) -> None:
        if not self.name.strip():
            message = "tên hệ thống để trống"
            raise ValueError(message)
        if len(set(self.fields)) != len(self.fields) or not self.fields:
            message = "mỗi mục ghi đúng một lần, ít nhất một mục"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One field to enter there."""

    name: CopyField
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CopySheet:
    """What must be entered into another system for one dossier, in that system's order.

    Attributes:
        code: Its code there; None until the officer noted it.
    """

    system: str
    code: str | None
    lines: tuple[CopyLine, ...]


@dataclass(frozen=True, slots=True)
class _File:
    system: tuple[System, ...]


def load_systems(path: Path) -> Mapping[str, System]:
    """Read the systems by their names.

    Raises:
        BadData: The file cannot be read, has mistakes, or says nothing of ``ANY``.
    """
    read = checked(_File, read_toml(path), in_file(path.name)).system
    systems = {system.name: system for system in read}
    if ANY not in systems:
        raise BadData((f"{path.name}: thiếu hệ thống {ANY}",))
    return systems


def fields_of(systems: Mapping[str, System], name: str) -> tuple[CopyField, ...]:
    """Return the order in which the system called *name* asks."""
    return (systems.get(name) or systems[ANY]).fields
