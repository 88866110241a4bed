"""Shows who the card or the QR says it is, text first, and how far that was proven."""

from __future__ import annotations

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
from counter.values import PartialDate, Sex
from ui import texts, written
from ui.parts.badge import Badge
from ui.parts.portrait import PortraitView
from ui.parts.words import words

TONES = {Verdict.AUTHENTIC: "good", Verdict.UNVERIFIED: "warn", Verdict.FORGED: "bad"}


class PersonView(QWidget):
    """One person with portrait, number, birth date, sex, address and a badge for the proof.

    Signals:
        again: Nothing; the officer wants to begin with another card.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._portrait = PortraitView()
        self._name = words(role="name", wrap=True)
        self._name.setObjectName("person_name")
        self._number = words(role="number")
        self._number.setObjectName("person_number")
        self._born = words(role="value")
        self._sex = words(role="value")
        self._address = words(role="value", wrap=True)
        self._badge = Badge()
        self._badge.setObjectName("verdict")
        self._conflicts = Badge()
        self._conflicts.setObjectName("conflicts")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 100)
        self._progress.setAccessibleName(self.tr("Đang đọc thẻ"))
        self._again = QPushButton(self.tr("Đổi thẻ"))
        self._again.setObjectName("another_card")
        self._again.setToolTip(self.tr("Bỏ người này và đọc thẻ khác (Ctrl+D)"))
        self._again.clicked.connect(self.again)

        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
        facts = QGridLayout()
        facts.setHorizontalSpacing(14)
        facts.setVerticalSpacing(3)
        facts.setColumnStretch(1, 1)
        rows = (
            (self.tr("Số định danh"), self._number),
            (self.tr("Ngày sinh"), self._born),
            (self.tr("Giới tính"), self._sex),
            (self.tr("Nơi cư trú"), self._address),
        )
        for place, (caption, value) in enumerate(rows):
            facts.addWidget(words(caption, "caption"), place, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(value, place, 1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(facts)
        column.addWidget(self._progress)
        column.addWidget(self._badge)
        column.addWidget(self._conflicts)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def show_opening(self, part: float) -> None:
        """Show that the chip is being read, *part* of it so far."""
        self._progress.show()
        self._progress.setValue(round(part * 100))

    def show_chip_text(self, text: ChipText) -> None:
        """Show name, number and address while the photo still comes."""
        self._fill(text.full_name, text.id_number.digits, text.date_of_birth, text.sex)
        self._number.setText(written.number(text.id_number))
        self._address.setText(text.place_of_residence or self.tr("Không ghi trên thẻ"))
        self._portrait.show_portrait(None)
        self._badge.say("info", self.tr("Đang đọc ảnh và chữ ký của thẻ…"), icon="card")
        self._conflicts.hide()

    def show_reading(self, reading: CardReading) -> None:
        """Show the whole reading with its verdict."""
        if reading.text is not None:
            self.show_chip_text(reading.text)
        else:
            mrz = reading.mrz
            self._fill(mrz.full_name, mrz.personal_number or "", mrz.date_of_birth, None)
            self._address.setText(self.tr("Không ghi trên thẻ"))
        self._portrait.show_portrait(reading.portrait)
        self._progress.hide()
        truth = reading.authenticity
        self._badge.say(TONES[truth.verdict], verdict_words(truth), icon="shield")
        self._show_conflicts(reading.conflicts)

    def show_qr(self, qr: QrText) -> None:
        """Show what the QR says; nothing of it is proven."""
        self._fill(qr.full_name, qr.id_number.digits, qr.date_of_birth, qr.sex)
        self._number.setText(written.number(qr.id_number))
        self._address.setText(qr.place_of_residence or self.tr("Không ghi trên thẻ"))
        self._portrait.show_portrait(None)
        self._progress.hide()
        self._badge.say(
            "warn",
            self.tr("Mới quét mã QR, CHƯA XÁC THỰC. Đặt thẻ lên đầu đọc để xác thực bằng chip."),
            icon="qr",
        )
        self._conflicts.hide()

    def show_interrupted(self, sentence: str) -> None:
        """Say why the reading stopped, keeping what is here."""
        self._progress.hide()
        self._badge.say("warn", sentence)

    def clear(self) -> None:
        """Forget the person: nothing of them stays in a widget."""
        self._fill("", "", None, None)
        self._address.clear()
        self._portrait.show_portrait(None)
        self._progress.hide()
        self._badge.say("muted", "")
        self._conflicts.hide()

    def _fill(self, name: str, number: str, born: PartialDate | None, sex: Sex | None) -> None:
        self._name.setText(name)
        self._number.setText(number)
        self._born.setText(born.written if born else "")
        self._sex.setText(sex.value if sex else "")

    def _show_conflicts(self, conflicts: tuple[FieldConflict, ...]) -> None:
        named = [texts.said(texts.FIELDS.get(c.name, c.name)) for c in conflicts]
        told = self.tr("Các nguồn trên thẻ không khớp nhau: %1. Hãy so với thẻ.")
        self._conflicts.say("bad", told.replace("%1", ", ".join(named)))
        self._conflicts.setVisible(bool(named))


def verdict_words(truth: Authenticity) -> str:
    """Return the verdict with its reasons, in one line."""
    reasons = [texts.said(texts.REASONS[r]) for r in truth.reasons if r in texts.REASONS]
    verdict = texts.said(texts.VERDICTS[truth.verdict])
    return f"{verdict}: {', '.join(reasons)}" if reasons else verdict
