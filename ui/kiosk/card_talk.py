"""The citizen's card: opened with six digits or the code on it, only when somebody asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal

from counter.cards import Can, CardSecrets, Verdict
from counter.kiosk import Person
from counter.ports import (
    CardFailed,
    CardOpening,
    CardPlaced,
    CardRead,
    CardRemoved,
    CardTextRead,
    ReadersChanged,
)
from ui.kiosk import pages
from ui.kiosk.sentences import fault_words
from ui.kiosk.wishes import Go

if TYPE_CHECKING:
    from counter.cards import CardReading
    from counter.errors import DeskError
    from counter.ports import CardEvent
    from ui.kiosk.page import KioskPage
    from ui.kiosk.stage import Stage


class CardTalk(QObject):
    """Follows the card of whoever asked to have it read; other cards are nobody's business.

    Signals:
        met: The ``Person`` whose card was read.
    """

    met = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._opening = False
        self._can: Can | None = None

    def forget(self) -> None:
        """Read no card any more, and forget the six digits."""
        self._opening, self._can = False, None
        self._stage.hands.expect(None)

    def ask_digits(self) -> None:
        """Ask for the six digits."""
        self.forget()
        self._stage.show_page(self._digits)

    def expect(self, can: Can, error: DeskError | None = None) -> None:
        """Wait for the card that *can* opens; *error* is why it was not read before."""
        stage = self._stage
        self._opening, self._can = True, can
        said = fault_words(error) if error else None
        stage.show_page(lambda: pages.LayPage(stage.look(), said))
        stage.hands.expect(CardSecrets(can=can))

    def on_card(self, event: CardEvent) -> None:
        """Follow a card that is being opened."""
        if not self._opening:
            return
        page = self._stage.page
        match event:
            case CardOpening(part):
                if isinstance(page, pages.LayPage):
                    page.reading(part)
            case CardRead(reading):
                self._read(reading)
            case CardFailed(error):
                self._failed(error)
            case CardPlaced() | CardRemoved() | CardTextRead() | ReadersChanged():
                self._stage.touched()
            case _:
                assert_never(event)

    def _read(self, reading: CardReading) -> None:
        self._opening, self._can = False, None
        text = reading.text
        if text is None or reading.authenticity.verdict is Verdict.FORGED:
            self._stage.say(
                lambda: (
                    self.tr("Máy chưa xác nhận được thẻ này"),
                    self.tr("Xin gặp cán bộ. Ông bà vẫn lấy được số."),
                ),
                spoken="kiosk.trouble",
                ways=lambda: (self._stage.take_way(),),
            )
        else:
            is_proven = reading.authenticity.verdict is Verdict.AUTHENTIC
            self.met.emit(Person(text.id_number, text.full_name, text.date_of_birth, is_proven))

    def _failed(self, error: DeskError) -> None:
        can = self._can
        self._opening = False
        self._stage.hands.expect(None)
        if error.code == "card.pulled" and can is not None:
            self.expect(can, error)  # laid back, it goes on without the six digits
        elif error.code == "card.wrong_can":
            self._stage.show_page(partial(self._digits, error))
        else:
            self._stage.say(
                lambda: fault_words(error),
                spoken="kiosk.trouble",
                ways=lambda: (
                    (self.tr("Thử lại"), "card", Go.DIGITS),
                    self._stage.take_way(),
                ),
            )

    def _digits(self, error: DeskError | None = None) -> KioskPage:
        caption = ". ".join(fault_words(error)) if error else ""
        return pages.DigitsPage(self._stage.look(), caption)
