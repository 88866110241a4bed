"""Papers as files: what is brought in, and how it is named from then on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file of a dossier as papers and the portal name it (``FileRef`` of the contract)."""

    sha256: str
    filename: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Scan:
    """One paper of a dossier as a file.

    Attributes:
        position: Of the paper among those of the procedure.
        mime: Its kind, such as ``application/pdf``; the first bytes of *content* must agree.
    """

    position: int
    content: bytes = field(repr=False)
    mime: str
