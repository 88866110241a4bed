"""What the officer's window reaches the other rooms with; main.py gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter.values import now
from ui.officer.chair_state import Chair, ChairHands

if TYPE_CHECKING:
    from pathlib import Path

    from counter.cards import CardSecrets
    from counter.errors import DeskError
    from counter.ports import CodeEvent, Issuers, PrintJob
    from counter.scans import Judged
    from counter.work import Check


@dataclass(frozen=True, slots=True)
class Hands:
    """Calls that return at once, on whatever thread they do their work.

    Attributes:
        expect: Opens the card that lies there or comes next; None forgets.
        read_code: Says what a scanned or typed text is.
        put: Makes a paper.
        save: Writes a paper as PDF into a file that only this account reads; runs on the
            ``counter`` thread; StoreReadOnly or DiskFull where it cannot.
        wake: Tells the courier that there is something to send.
        send_now: Lets the courier set out at once, asked for by hand.
        checks: Asks every room how it is; runs on the ``counter`` thread.
        issuers: The issuers of cards that the desk trusts; called on the ``counter`` thread.
        judge: Looks at a file before it is taken; runs on the ``counter`` thread.
        look_up: Lets the courier ask the portal for a dossier that is not known here.
        encode: Encodes a text as a QR: for each row its dark runs, each a begin and a length.
        clock: Tells the moment.
        chair: Signs officers in and out; None where nobody has to.
    """

    expect: Callable[[CardSecrets | None], None]
    read_code: Callable[[str], CodeEvent]
    put: Callable[[PrintJob], None]
    save: Callable[[PrintJob, Path], None]
    wake: Callable[[], None]
    send_now: Callable[[], None]
    checks: Callable[[], tuple[Check, ...]]
    issuers: Callable[[], Issuers]
    judge: Callable[[Path], Judged]
    look_up: Callable[[str], None]
    encode: Callable[[str], Sequence[Sequence[tuple[int, int]]]]
    clock: Callable[[], datetime] = now
    chair: ChairHands | None = None


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What the window says about the desk it stands on.

    Attributes:
        chair: Whether somebody sits at the desk already.
        settings_text: The settings as they are on disk, and ``settings_path``, where.
        trouble: Why the desk can only be read; None when it works as always.
        is_moved: Its folder came from another computer within the last day.
        kept_old_key: Its key was to be changed within the last day and could not be.
        went_back: That the program taken last does not come up, and this one was started instead.
        forgets_passphrase: The passphrase was to be remembered, and this computer cannot.
    """

    office: str
    agency_code: str
    desk: str
    officer: str
    training: bool
    version: str
    tray: str
    settings_path: str
    settings_text: str
    chair: Chair = Chair.TAKEN
    trouble: DeskError | None = None
    is_moved: bool = False
    kept_old_key: bool = False
    went_back: DeskError | None = None
    forgets_passphrase: bool = False
