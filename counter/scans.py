"""Papers as files: what is brought in, how it is named from then on, and what is not taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MOST_BYTES = 50 * 1024 * 1024
"""Of one file (``FileRef.size`` of the contract)."""

MOST_PAGES = 300
"""Of one PDF or TIFF: a bound land file has about 200."""

MOST_PIXELS = 80_000_000
"""Of one page: A3 at 600 dots per inch has 70 million."""

BEGINS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\x00", b"MM\x00*"),
}
"""The first bytes of the kinds that are taken in; a file's name says nothing."""


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


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that may be taken in.

    Attributes:
        content: What is kept. A picture was drawn anew, so that nothing hides behind it; a PDF is
            kept as it came, because a change would break its signature.
        mime: Its kind, by its first bytes.
        pages: How many it has.
    """

    content: bytes = field(repr=False)
    mime: str
    pages: int


def kind_of(content: bytes) -> str | None:
    """Return the kind of a file by its first bytes; None when it is not taken in."""
    for mime, begins in BEGINS.items():
        if content.startswith(begins):
            return mime
    return None


class FileStanding(StrEnum):
    """How a file stands between the desk and the portal."""

    WAITING = "waiting"
    SETTLED = "settled"
    COMING = "coming"
    ELSEWHERE = "elsewhere"
    """The portal has it from a sister desk; it is fetched when somebody asks for it."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a dossier in a list.

    Attributes:
        size: In bytes.
        is_result: It is a result; else a paper that was brought or sent.
        is_here: Its bytes lie at this desk.
    """

    sha256: str
    filename: str
    size: int
    is_result: bool
    paper_code: str | None
    standing: FileStanding
    is_here: bool
