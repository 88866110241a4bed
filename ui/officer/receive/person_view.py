"""Shows who the card or the QR says it is, text first, and how far that was proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.cards import Authenticity, CardReading, ChipText, FieldConflict, QrText, Verdict
from ui import states, texts, written
from ui.parts.badge import Badge
from ui.parts.portrait import PortraitView
from ui.parts.scrolled import scrolled
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.values import CitizenNumber, PartialDate, Sex

TONES = {Verdict.AUTHENTIC: "good", Verdict.UNVERIFIED: "info", Verdict.FORGED: "bad"}
"""Unverified is calm: where no issuer certificates are installed it is every card."""
UNTOLD = "—"


class PersonView(QWidget):
    """One person with portrait, number, birth date, sex, address and a badge for the proof.

    Signals:
        again: Nothing; the officer wants to begin with another card.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._citizen: CitizenNumber | None = None
        self._locked = False
        self._portrait = PortraitView()
        self._name = words(role="name", wrap=True)
        self._name.setObjectName("person_name")
        self._number = words(role="number")
        self._number.setObjectName("person_number")
        self._born = words(role="value")
        self._sex = words(role="value")
        self._issued = words(role="value")
        self._expires = words(role="value", wrap=True)
        self._address = words(role="value", wrap=True)
        self._address.setObjectName("person_address")
        self._badge = Badge()
        self._badge.setObjectName("verdict")
        self._conflicts = Badge()
        self._conflicts.setObjectName("conflicts")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 100)
        self._progress.setAccessibleName(self.tr("Đang đọc thẻ"))
        self._again = QPushButton(self.tr("Đổi người (Ctrl+D)"))
        self._again.setObjectName("another_card")
        self._again.setProperty("role", "quiet")
        self._again.setAccessibleName(self.tr("Bỏ người này và đọc thẻ khác"))
        self._again.clicked.connect(self.again)

        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top())
        column.addWidget(self._progress)
        column.addWidget(self._badge)
        column.addWidget(self._conflicts)
        column.addLayout(self._facts())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(sheet), 1)
        whole.addWidget(self._again)
        self.clear()

    @property
    def name(self) -> str:
        """The name that is shown, empty for nobody."""
        return self._name.text()

    def show_opening(self, part: float) -> None:
        """Show that the chip is being read, *part* of it so far."""
        self._progress.show()
        self._progress.setValue(round(part * 100))

    def show_chip_text(self, text: ChipText) -> None:
        """Show name, number and address while the photo still comes."""
        self._fill(text.full_name, text.id_number, text.date_of_birth, text.sex)
        self._address.setText(text.place_of_residence or UNTOLD)
        self._issued.setText(written.day(text.issued_on) if text.issued_on else UNTOLD)
        lasting = text.expires_text or UNTOLD
        self._expires.setText(written.day(text.expires_on) if text.expires_on else lasting)
        self._portrait.show_portrait(None)
        self._badge.say("info", self.tr("Đang đọc ảnh và chữ ký của thẻ…"), icon="card")
        self._conflicts.hide()

    def show_reading(self, reading: CardReading) -> None:
        """Show the whole reading with its verdict."""
        if reading.text is not None:
            self.show_chip_text(reading.text)
        else:
            mrz = reading.mrz
            self._fill(mrz.full_name, None, mrz.date_of_birth, None)
            self._number.setText(mrz.personal_number or mrz.document_number)
        self._portrait.show_portrait(reading.portrait)
        self._progress.hide()
        truth = reading.authenticity
        sign = "shield" if truth.verdict is Verdict.AUTHENTIC else ""
        self._badge.say(TONES[truth.verdict], verdict_words(truth), icon=sign)
        self._show_conflicts(reading.conflicts)

    def show_qr(self, qr: QrText) -> None:
        """Show what the QR says; nothing of it is proven."""
        self._fill(qr.full_name, qr.id_number, qr.date_of_birth, qr.sex)
        self._address.setText(qr.place_of_residence or UNTOLD)
        self._issued.setText(written.day(qr.issued_on) if qr.issued_on else UNTOLD)
        self._expires.setText(UNTOLD)
        self._portrait.show_portrait(None)
        self._progress.hide()
        self._badge.say(
            "warn",
            self.tr("CHƯA XÁC THỰC – mới quét mã QR. Đặt thẻ lên đầu đọc để xác thực bằng chip."),
            icon="qr",
        )
        self._conflicts.hide()

    def lock(self, locked: bool) -> None:
        """Hide the way to another person, and the middle of the number, while *locked*.

        The whole number is for comparing with the card; once the dossier is kept nobody needs it.
        """
        self._again.setVisible(not locked)
        self._locked = locked
        self._show_number()

    def show_interrupted(self, sentence: str) -> None:
        """Say why the reading stopped, keeping what is here."""
        self._progress.hide()
        self._badge.say("warn", sentence)

    def clear(self) -> None:
        """Forget the person: nothing of them stays in a widget."""
        self._fill("", None, None, None)
        for label in (self._address, self._issued, self._expires):
            label.clear()
        self._portrait.show_portrait(None)
        self._progress.hide()
        self._badge.say("muted", "")
        self._conflicts.say("muted", "")
        self._conflicts.hide()

    def _top(self) -> QHBoxLayout:
        beside = QVBoxLayout()
        beside.setSpacing(1)
        beside.addWidget(words(self.tr("Họ và tên"), "caption"))
        beside.addWidget(self._name)
        beside.addSpacing(6)
        beside.addWidget(words(self.tr("Số định danh"), "caption"))
        beside.addWidget(self._number)
        beside.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        return top

    def _facts(self) -> QGridLayout:
        facts = QGridLayout()
        facts.setHorizontalSpacing(14)
        facts.setVerticalSpacing(1)
        facts.setColumnStretch(0, 1)
        facts.setColumnStretch(1, 1)
        for row, column, caption, value in (
            (0, 0, self.tr("Ngày sinh"), self._born),
            (0, 1, self.tr("Giới tính"), self._sex),
            (3, 0, self.tr("Ngày cấp"), self._issued),
            (3, 1, self.tr("Có giá trị đến"), self._expires),
        ):
            facts.addWidget(words(caption, "caption"), row, column)
            facts.addWidget(value, row + 1, column, Qt.AlignmentFlag.AlignTop)
        facts.setRowMinimumHeight(2, 8)
        facts.setRowMinimumHeight(5, 8)
        facts.addWidget(words(self.tr("Nơi cư trú"), "caption"), 6, 0, 1, 2)
        facts.addWidget(self._address, 7, 0, 1, 2)
        return facts

    def _fill(
        self, name: str, number: CitizenNumber | None, born: PartialDate | None, sex: Sex | None
    ) -> None:
        self._name.setText(name)
        self._citizen = number
        self._show_number()
        self._born.setText(born.written if born else UNTOLD)
        self._sex.setText(sex.value if sex else UNTOLD)

    def _show_number(self) -> None:
        number = self._citizen
        if number is None:
            self._number.clear()
        else:
            self._number.setText(number.masked if self._locked else written.number(number))

    def _show_conflicts(self, conflicts: tuple[FieldConflict, ...]) -> None:
        told = [self._conflict_words(conflict) for conflict in conflicts]
        self._conflicts.say("bad", "\n".join(told))
        self._conflicts.setVisible(bool(told))

    def _conflict_words(self, conflict: FieldConflict) -> str:
        values = "; ".join(
            self.tr("%1 ghi %2")
            .replace("%1", said(states.FIELD_SOURCES.get(source, source)))
            .replace("%2", told)
            for source, told in conflict.values
        )
        name = said(states.FIELDS.get(conflict.name, conflict.name))
        return self.tr("%1 không khớp: %2").replace("%1", name).replace("%2", values)


def verdict_words(truth: Authenticity) -> str:
    """Return the verdict with its reasons, in one line; the same reason is said once."""
    verdict = said(states.VERDICTS[truth.verdict])
    reasons = dict.fromkeys(texts.reason(code) for code in truth.reasons)
    return f"{verdict}: {', '.join(reasons)}" if reasons else verdict
