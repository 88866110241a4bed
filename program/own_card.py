"""An officer's own card, read for a command that the officer answers for."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from counter.errors import NoReader
from counter.values import local_day, now
from program.rooms import anchors_of
from ui import terminal

if TYPE_CHECKING:
    from counter.cards import CardReading
    from counter.desk.context import Context

PATIENCE_S = 60.0
"""So long the card may take to lie on the reader."""


def read_own_card(context: Context) -> CardReading:
    """Ask the person at the terminal for the six digits and read the card.

    Raises:
        NoReader, NoCardService: None is there, so nothing is asked.
        DeskError: The card cannot be read, for the reason its class names.
    """
    from counter.cards import Can, CardSecrets
    from devices.card.apart import ApartReaders
    from devices.card.once import read_card

    told = context.settings.settings.card
    with closing(ApartReaders(told.silence_s)) as readers:
        if not readers.look():
            raise NoReader
        return read_card(
            readers,
            CardSecrets(can=Can(terminal.ask_own_card())),
            anchors_of(context.hall.folder),
            today=local_day(now()),
            reader=told.reader,
            wait_s=PATIENCE_S,
        )
