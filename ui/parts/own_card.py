"""Asks an officer for the own card: the six digits that open it, then the card on the reader."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.cards import Can, CardReading, CardSecrets
from counter.ports import CardEvent, CardFailed, CardOpening, CardRead, CardTextRead
from ui import texts
from ui.parts.badge import Badge
from ui.parts.six_digits import SixDigits


class OwnCard(QWidget):
    """Six boxes, and under them what to do next.

    Signals:
        given: A str: six digits, or the text of a scanned code.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = SixDigits()
        self._boxes.setObjectName("own_card_digits")
        self._boxes.setAccessibleName(self.tr("Sáu số cuối của dãy 12 số trên thẻ"))
        self._boxes.entered.connect(self.given)
        self._boxes.scanned.connect(self.given)
        self._told = Badge()
        self._told.setObjectName("own_card_told")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._boxes)
        column.addWidget(self._told)
        self.setFocusProxy(self._boxes)
        self.ask()

    def ask(self) -> None:
        """Begin anew, with nothing typed."""
        self._boxes.clear()
        self.say("info", self.tr("Gõ sáu số cuối của dãy 12 số trên thẻ."))

    def say(self, tone: str, told: str) -> None:
        """Say what happens, or what to do next."""
        self._told.say(tone, told)

    def wrong(self, told: str) -> None:
        """Say why it did not do, and ask again."""
        self._boxes.clear()
        self.say("warn", told)
        self._boxes.setFocus()


class OwnCardTalk(QObject):
    """Joins the panel with the reader.

    Args:
        expect: Opens the card that lies there or comes next; None forgets.
        read: Takes what the card told.
    """

    def __init__(
        self,
        panel: OwnCard,
        expect: Callable[[CardSecrets | None], object],
        read: Callable[[CardReading], object],
    ) -> None:
        super().__init__(panel)
        self._panel, self._expect, self._read = panel, expect, read
        panel.given.connect(self._given)

    def on_card(self, event: CardEvent) -> bool:
        """Hear of a card; true when nobody else is to hear of it."""
        match event:
            case CardTextRead():
                pass
            case CardOpening():
                self._panel.say("info", self.tr("Đang đọc chip, xin giữ yên thẻ…"))
            case CardRead(reading):
                self._expect(None)
                self._panel.say("info", self.tr("Đã đọc xong, đang kiểm tra…"))
                self._read(reading)
            case CardFailed(error):
                self._expect(None)
                self.refused(error)
            case _:
                return False
        return True

    def refused(self, error: BaseException) -> None:
        """Say why the card did not do, and ask for the digits again."""
        said = texts.sentence(error)
        self._panel.wrong(f"{said.what} {said.advice}")

    @Slot(object)
    def _given(self, text: str) -> None:
        # Six digits, the whole number, or the QR of the card, which begins with it.
        found = re.match(r"(?:[0-9]{6})?([0-9]{6})(?:\||$)", text)
        if found is None:
            self._panel.wrong(self.tr("Chưa nhận ra thẻ. Hãy gõ sáu số cuối trên thẻ."))
            return
        self._panel.say("info", self.tr("Hãy đặt thẻ của mình lên đầu đọc và giữ yên."))
        self._expect(CardSecrets(can=Can(found[1])))
