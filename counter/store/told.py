"""What the portal tells of dossiers, as values: what was received elsewhere, and what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from counter.acts import PaperWanted
from counter.returning import AT_THE_DESK, ReturnTo
from counter.scans import FileRef
from counter.values import Dong
from counter.work import Applicant


@dataclass(frozen=True, slots=True)
class SisterPaper:
    """One paper of a dossier, with its files."""

    code: str | None
    name: str
    originals: int
    certified: int
    copies: int
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class SisterFee:
    """One fee of a dossier."""

    code: str
    name: str
    kind: str
    quantity: int
    unit_price: Dong
    amount: Dong
    exempt_reason: str | None


@dataclass(frozen=True, slots=True)
class SisterDossier:
    """One dossier as it was received elsewhere.

    Attributes:
        desk_id: The desk that received it, empty while nobody has.
        procedure: Its code, revision and name; ``area`` is code and name of its field.
        status: The one it began with.
        due_rule: How its due date was counted; ``term`` is the time limit in words.
        book: Volume and number, None when it stands in no book.
    """

    id: UUID
    origin: str
    desk_id: str
    code: str | None
    provisional_code: str | None
    procedure: tuple[str, str, str]
    area: tuple[str, str]
    status: int
    subject: str = field(repr=False)
    applicant: Applicant = field(repr=False)
    received_at: datetime
    due_at: datetime | None
    due_rule: str
    term: str
    sets: int
    book: tuple[str, int] | None
    officer: tuple[str, str]
    created_offline: bool
    note: str | None = field(repr=False)
    papers: tuple[SisterPaper, ...]
    fees: tuple[SisterFee, ...]
    return_to: ReturnTo = AT_THE_DESK


@dataclass(frozen=True, slots=True)
class ToldResult:
    """One result that the portal has of a dossier, with its files."""

    name: str
    number: str
    files: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the portal has of a dossier besides its state.

    Attributes:
        received: As it was received; None for one that lies here, or that cannot be read.
        events: What happened to it since the last time.
        sent: Papers that its citizen sent online, with the dossier or as a supplement.
        scanned: Papers that desks scanned, this one among them.
    """

    received: SisterDossier | None = None
    events: tuple[SisterEvent, ...] = ()
    sent: tuple[SisterPaper, ...] = ()
    scanned: tuple[SisterPaper, ...] = ()
    results: tuple[ToldResult, ...] = ()


@dataclass(frozen=True, slots=True)
class SisterEvent:
    """One thing that the portal says happened to a dossier.

    Attributes:
        place: In the portal's list of what happened, from 1.
        id: None when no desk sent it.
        desk_id: The desk that sent it, empty for a unit, a citizen or the portal itself.
        officer: Name of who did it, or of the unit.
        wanted: The papers a request names, with its ``number``, reason and last day.
        last4: Of the paper of the person who fetched the result.
    """

    place: int
    id: UUID | None
    kind: str
    at: datetime
    before: int
    after: int
    desk_id: str = ""
    officer: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    number: str = ""
    unit: str = ""
    shelf: str = ""
    receiver: str = field(default="", repr=False)
    relation: str = ""
    last4: str | None = None
    slip_collected: bool = False
    due_at: datetime | None = None
    wanted: tuple[PaperWanted, ...] = ()
    reason: str = field(default="", repr=False)
    respond_by: date | None = None
