"""The library of reasons: what officers most often have to write, one file the office edits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter.acts import ActKind, Reason
from counter.datafiles import checked, in_file, read_toml

FILE = "reasons.toml"


@dataclass(frozen=True, slots=True)
class _File:
    reason: tuple[Reason, ...]


def load_reasons(folder: Path) -> tuple[Reason, ...]:
    """Read the reasons of every act from *folder*, in the order the office wrote them.

    Raises:
        BadData: The file cannot be read, or has mistakes; each line names file and key.
    """
    return checked(_File, read_toml(folder / FILE), in_file(FILE)).reason


def reasons_of(reasons: tuple[Reason, ...], act: ActKind) -> tuple[str, ...]:
    """Return the words of those that fit *act*."""
    return tuple(reason.text for reason in reasons if reason.act is act)
