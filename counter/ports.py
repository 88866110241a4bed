"""What the counter asks of the rooms around it, and what they tell back.

A room is started with a function it may call from its own thread with frozen values; whoever
starts it carries those calls to the right thread. ``stop`` returns after that thread has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from pathlib import Path

    from counter.cards import (
        CardReading,
        CardSecrets,
        ChipText,
        IssuerEntry,
        MrzText,
        QrText,
        RejectedEntry,
    )
    from counter.errors import DeskError
    from counter.forms import ReceiptPaper, RulerPaper, TicketPaper
    from counter.wording import WordedPaper

# Cards


@dataclass(frozen=True, slots=True)
class ReadersChanged:
    """The card readers that are connected now.

    Attributes:
        names: As the system calls them; empty when there is none.
        error: Why none can be used, such as a stopped service; None when all is well.
    """

    names: tuple[str, ...]
    error: DeskError | None = None


@dataclass(frozen=True, slots=True)
class CardPlaced:
    """A card lies on a reader. It opens when secrets for it are given."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card was taken away; what was read stays valid."""

    reader: str


@dataclass(frozen=True, slots=True)
class CardOpening:
    """The chip is being opened or read.

    Attributes:
        part: 0.0 to 1.0 of the bytes expected.
    """

    part: float


@dataclass(frozen=True, slots=True)
class CardTextRead:
    """Name, number and address are here; the photo still comes."""

    text: ChipText
    mrz: MrzText | None


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card was read to the end."""

    reading: CardReading


@dataclass(frozen=True, slots=True)
class CardFailed:
    """The card could not be read; the error says why and what can be done."""

    error: DeskError


CardEvent = (
    ReadersChanged | CardPlaced | CardRemoved | CardOpening | CardTextRead | CardRead | CardFailed
)


class CardReader(Protocol):
    """Watches every reader and reads the card that lies on one. Thread name ``reader``."""

    def start(self, tell: Callable[[CardEvent], None]) -> None:
        """Begin to watch; *tell* is called on the ``reader`` thread."""

    def stop(self) -> None:
        """End the watch; returns after the thread has ended."""

    def expect(self, secrets: CardSecrets | None) -> None:
        """Use *secrets* for the card that lies there or comes next; None forgets them.

        Safe from any thread. Secrets are used for one reading and one try of each.
        """


class Issuers(Protocol):
    """The issuers of cards that this desk trusts. Asked on one thread at a time; slow."""

    def list(self) -> tuple[IssuerEntry, ...]:
        """Return everything the desk trusts."""

    def import_file(self, path: Path) -> tuple[int, tuple[RejectedEntry, ...]]:
        """Take in a file; return how many entries were new, and those that were not taken.

        Raises:
            BadTrustFile: It holds nothing of the kind, or was changed.
            StoreReadOnly: It cannot be kept.
        """

    def remove(self, sha256: str) -> None:
        """Trust the entry with this fingerprint no more.

        Raises:
            UnknownCertificate: There is none.
        """


# Codes


@dataclass(frozen=True, slots=True)
class CardQrScanned:
    """The QR of a citizen card was scanned."""

    qr: QrText


@dataclass(frozen=True, slots=True)
class CodeScanned:
    """A barcode or QR that is no citizen card: a dossier code, a ticket, anything."""

    text: str = field(repr=False)


CodeEvent = CardQrScanned | CodeScanned


# Paper


class Outcome(StrEnum):
    """What is known of a paper."""

    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"
    TRAY = "tray"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper to make.

    Attributes:
        name: File name stem in ASCII, such as ``H55.242-261123-0051_receipt``.
        copies: Two for a receipt: one kept, one given; for a worded paper as many of its named
            copies.
    """

    id: UUID
    name: str
    paper: ReceiptPaper | TicketPaper | RulerPaper | WordedPaper
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A paper was made.

    Attributes:
        place: Printer name or file path.
        outcome: ``UNKNOWN`` when the way to the printer tells nothing back, such as a spooler.
    """

    job: UUID
    outcome: Outcome
    place: str


@dataclass(frozen=True, slots=True)
class PaperFailed:
    """A paper could not be made; the job is kept and can be asked for again."""

    job: UUID
    error: DeskError


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a printer last said.

    Attributes:
        role: ``receipts`` or ``tickets``.
        error: None when it is ready.
    """

    role: str
    name: str
    error: DeskError | None


PaperEvent = PaperMade | PaperFailed | PrinterState


class Printer(Protocol):
    """Makes paper, one job after the other. Thread name ``printer``."""

    def start(self, tell: Callable[[PaperEvent], None]) -> None:
        """Begin; *tell* is called on the ``printer`` thread."""

    def stop(self) -> None:
        """Finish the job in hand and end; returns after the thread has ended."""

    def put(self, job: PrintJob) -> None:
        """Queue *job*. Safe from any thread; never waits."""

    def ask(self, role: str, heard: Callable[[DeskError | None], None]) -> None:
        """Ask a printer how it is now. Safe from any thread; never waits.

        Args:
            role: ``receipts`` or ``tickets``.
            heard: Told what a person must do before it can print, None when it is ready; called on
                the ``printer`` thread.
        """


# The portal


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the desk and the portal stand.

    Attributes:
        reachable: None before the first contact was tried.
        unsent: Messages the portal has not acknowledged, parked ones left out.
        oldest_unsent_at: When the oldest of them was written.
        parked: Messages that wait for an officer.
        error: Why the last contact failed; None when it did not.
    """

    reachable: bool | None
    unsent: int
    oldest_unsent_at: datetime | None
    parked: int
    last_contact_at: datetime | None
    error: DeskError | None


@dataclass(frozen=True, slots=True)
class DossiersSettled:
    """The portal took news of these dossiers, or gave some; windows ask again.

    Attributes:
        dossiers: Their ids.
    """

    dossiers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class DossierLookedUp:
    """The portal was asked for a dossier that this desk did not know.

    Attributes:
        found: It lies here now.
        error: Why the portal could not be asked; None when it answered.
    """

    code: str
    found: bool
    error: DeskError | None = None


SyncEvent = SyncState | DossiersSettled | DossierLookedUp


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came of the rounds so far, in the words of the command ``sync``.

    Attributes:
        reached: The portal answered at least once.
        idle: Nothing is left to send or to fetch.
    """

    sent: int
    fetched: int
    uploaded_files: int
    parked: int
    conflicts: int
    waiting: int
    oldest_waiting_at: datetime | None
    reached: bool
    idle: bool


class Courier(Protocol):
    """Carries the outbox to the portal and the portal's news home. Thread name ``sync``."""

    def start(self, tell: Callable[[SyncEvent], None]) -> None:
        """Begin; *tell* is called on the ``sync`` thread."""

    def stop(self) -> None:
        """End after the request in hand; returns after the thread has ended."""

    def wake(self) -> None:
        """There is something to send. Safe from any thread; never waits."""

    def look_up(self, code: str) -> None:
        """Ask the portal for the dossier with this code, at once, and tell what came of it.

        Safe from any thread; never waits.
        """
