"""What the window does with cards and codes: which secret opens, what is shown, what is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.cards import Can, CardSecrets, ChipText, QrText
from counter.errors import (
    CardNeedsSecret,
    CardPulled,
    DeskError,
    ReaderGone,
    Refused,
    WrongCan,
    WrongMrz,
)
from counter.ports import (
    CardEvent,
    CardFailed,
    CardOpening,
    CardPlaced,
    CardQrScanned,
    CardRead,
    CardRemoved,
    CardTextRead,
    CodeEvent,
    CodeScanned,
    ReadersChanged,
)
from counter.values import CitizenNumber
from ui import texts

if TYPE_CHECKING:
    from ui.officer.hands import Hands
    from ui.officer.receive.identity import IdentityPanel
    from ui.officer.status_line import StatusLine
    from ui.parts.notice import NoticeBar


class CardTalk(QObject):
    """Between the identity panel and the card reader.

    Args:
        look_up: Shows the dossiers that a scanned code finds.
    """

    def __init__(
        self,
        panel: IdentityPanel,
        hands: Hands,
        notice: NoticeBar,
        look_up: Callable[[str], None],
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._hands = hands
        self._notice = notice
        self._look_up = look_up
        self._lies_there = False
        self._expected: CardSecrets | None = None
        self._is_known = False
        self._say_state()

    def on_card(self, event: CardEvent, status: StatusLine) -> None:
        """Hear of a reader or a card."""
        match event:
            case ReadersChanged():
                status.show_readers(event)
            case CardPlaced():
                self._lies_there = True
                self._say_state()
            case CardRemoved():
                self._lies_there = False
                self._say_state()
            case CardOpening(part):
                told = self.tr("Đang đọc chip, xin giữ yên thẻ…") if self._panel.is_empty() else ""
                self._panel.show_waiting("info", told)
                self._panel.show_opening(part)
            case CardTextRead(text, _):
                self._show_text(text)
            case CardRead(reading):
                self._expected = None
                self._notice.clear()
                self._panel.show_reading(reading)
                self._panel.show_waiting("good", self.tr("Đã đọc xong, có thể lấy thẻ ra."))
            case CardFailed(error):
                self._failed(error)

    @Slot(object)
    def given(self, text: str) -> None:
        """Use what was typed or scanned into the card field."""
        try:
            if re.fullmatch(r"[0-9]{6}", text):
                self._expect(CardSecrets(can=Can(text)))
            elif re.fullmatch(r"[0-9 ]{12,15}", text):
                number = CitizenNumber.parse(text)
                self._expect(CardSecrets(can=Can.of(number), told=number))
            else:
                self.on_code(self._hands.read_code(text))
        except Refused as refusal:
            said = texts.sentence(refusal)
            self._panel.ask_card.wrong(f"{said.what} {said.advice}")

    def on_code(self, event: CodeEvent) -> None:
        """Use a scanned code: the QR of a card opens its chip, another is looked up."""
        match event:
            case CardQrScanned(qr):
                self._show_qr(qr)
            case CodeScanned(text):
                self._panel.ask_card.ask()
                self._look_up(text)

    def know(self, number: CitizenNumber | None) -> None:
        """The dossier of *number* is open: its owner's card opens without typing.

        What was typed, scanned or read counts more. None: nobody's dossier is open any more.
        """
        is_asked_for = self._expected is not None and not self._is_known
        if is_asked_for or self._panel.is_from_card:
            return
        if number is None:
            self.forget()
            return
        self._is_known = True
        self._await(CardSecrets(can=Can.of(number), told=number))

    def forget(self) -> None:
        """The visit is over: no secret is kept and none is used for the next card."""
        self._is_known = False
        self._expected = None
        self._hands.expect(None)
        self._say_state()

    def _show_text(self, text: ChipText) -> None:
        self._panel.show_waiting("info", "")
        self._panel.show_chip_text(text)

    def _show_qr(self, qr: QrText) -> None:
        self._panel.show_qr(qr)
        self._expect(CardSecrets(can=Can.of(qr.id_number), told=qr))

    def _expect(self, secrets: CardSecrets) -> None:
        self._is_known = False
        self._notice.clear()
        self._await(secrets)

    def _await(self, secrets: CardSecrets) -> None:
        self._expected = secrets
        self._hands.expect(secrets)
        self._say_state()

    def _failed(self, error: DeskError) -> None:
        if self._is_known and isinstance(error, WrongCan):
            self._is_known = False
            self._expected = None
            self._say_state()
            self._notice.say(
                "info",
                self.tr("Thẻ này không phải của người trong hồ sơ đang mở."),
                self.tr("Muốn đọc thẻ này thì gõ sáu số cuối của dãy 12 số trên thẻ."),
            )
            return
        said = texts.sentence(error)
        told = f"{said.what} {said.advice}"
        if isinstance(error, WrongCan | WrongMrz | CardNeedsSecret):
            self._expected = None
            self._panel.show_waiting("muted", "")
            self._panel.ask_card.wrong(told)
            return
        if isinstance(error, CardPulled | ReaderGone):
            self._panel.show_waiting("muted", "")
            self._panel.show_interrupted(said.what)
        else:
            self._expected = None
            self._panel.show_waiting("muted", "")
            self._panel.show_interrupted(said.what)
        self._notice.say("warn", said.what, said.advice)

    def _say_state(self) -> None:
        if self._expected is not None and not self._lies_there:
            self._panel.show_waiting("info", self.tr("Hãy đặt thẻ lên đầu đọc."))
        elif self._expected is not None:
            self._panel.show_waiting("info", self.tr("Đang mở chip…"))
        elif self._lies_there and self._panel.is_empty():
            self._panel.show_waiting("info", self.tr("Đã có thẻ. Gõ sáu số cuối để mở chip."))
        else:
            self._panel.show_waiting("muted", "")
