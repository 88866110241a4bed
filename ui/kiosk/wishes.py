"""What a citizen can want at the kiosk; pages tell these, the window answers them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.kiosk import OwnDossier


class Go(Enum):
    """Lead to another page, or do one of the things every page offers."""

    HOME = auto()
    BACK = auto()
    SERVICES = auto()
    DIGITS = auto()
    DOSSIERS = auto()
    RATE = auto()
    HELP = auto()
    READ_ALOUD = auto()
    LARGE_TEXT = auto()
    LANGUAGE = auto()
    STILL_HERE = auto()


@dataclass(frozen=True, slots=True)
class TakeTicket:
    """A number is wanted for the service with this letter."""

    service: str
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Six digits were touched; they open the card that lies there or comes."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """One answer about one dossier or ticket; a score of 0 asks for the page to answer on.

    Attributes:
        service: Letter of a dossier's field, where it is known.
    """

    subject: str
    score: int
    service: str = ""


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """One of the citizen's own dossiers was touched; the portal has told it just now."""

    dossier: OwnDossier = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A number is wanted for a dossier that was scanned."""

    code: str
    service: str


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Somebody whose visit was laid aside is here again."""

    ticket: int


@dataclass(frozen=True, slots=True)
class PrintAgain:
    """The ticket on the screen did not come out of the printer."""


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """The page of the notice on personal data with this number, from 0, is wanted."""

    page: int = 0


Wish = (
    Go | TakeTicket | OpenCard | OpenDossier | Rate | CheckIn | ComeBack | PrintAgain | ReadNotice
)
