"""What the kiosk's window reaches the other rooms with; ``program/`` gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.cards import CardSecrets
    from counter.errors import DeskError
    from counter.kiosk import KioskWork, PortalQuestions
    from counter.notice import Notice
    from counter.ports import CodeEvent, PrintJob
    from counter.speech import Speaker


@dataclass(frozen=True, slots=True)
class KioskHands:
    """Calls that return at once, on whatever thread they do their work.

    Attributes:
        expect: Opens the card that lies there or comes next; None forgets.
        read_code: Says what a scanned text is.
        put: Makes a paper.
        ask_printer: Asks the ticket printer how it is and tells it, None when it is ready.
    """

    expect: Callable[[CardSecrets | None], None]
    read_code: Callable[[str], CodeEvent]
    put: Callable[[PrintJob], None]
    ask_printer: Callable[[Callable[[DeskError | None], None]], None]
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class KioskInfo:
    """The kiosk as it is set up.

    Attributes:
        office: The office as citizens know it.
        priorities: Name of each priority group by its code, for the staffed mode.
        staffed: An officer at the door works it; nothing is reset while nobody touches.
        idle_s: Seconds without a touch before the question; ``warn_s``, how long it counts down.
        notice: What becomes of personal data, to be read page by page.
        may_close: The window may be closed by hand: only in the demonstration.
    """

    office: str
    priorities: tuple[tuple[str, str], ...]
    staffed: bool
    idle_s: int
    notice: Notice
    warn_s: int = 15
    may_close: bool = False


@dataclass(frozen=True, slots=True)
class KioskRooms:
    """What is behind the window once it is open."""

    work: KioskWork
    portal: PortalQuestions
    info: KioskInfo
