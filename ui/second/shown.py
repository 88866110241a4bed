"""What the screen that faces the citizen can be told to show; nothing on it names a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from counter.values import Dong


@dataclass(frozen=True, slots=True)
class Resting:
    """Nobody's business is open.

    Attributes:
        number: The number that is called to this counter; empty when none is.
    """

    number: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A dossier was received here, or its result was given back.

    Attributes:
        code: Also what an answer about the service is tied to.
        due_at: When its result is due; None when it was given back or no day could be told.
        returned: The result was given back.
    """

    code: str
    due_at: datetime | None = None
    returned: bool = False


@dataclass(frozen=True, slots=True)
class ToPay:
    """A picture to pay by, with the amount in words beside it.

    Attributes:
        picture: The code as the portal gave it, black on white, drawn without smoothing.
    """

    amount: Dong
    picture: QImage
    code: str


Shown = Resting | Served | ToPay
