"""A bar over the page that says what happened and what to do, without stopping the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import Drawing, icon
from ui.parts.badge import ICONS, INKS
from ui.parts.words import frame, set_look, words


class NoticeBar(QWidget):
    """One notice at a time; hidden when there is none. It never takes the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._ground = frame("notice")
        self._icon = Drawing("info", "primary", 22)
        self._what = words(role="strong", wrap=True)
        self._advice = words(wrap=True)
        close = QPushButton()
        close.setProperty("role", "quiet")
        close.setIcon(icon("close", "muted", 16))
        close.setIconSize(QSize(16, 16))
        close.setFixedWidth(36)
        close.setAccessibleName(self.tr("Đóng thông báo"))
        close.setToolTip(self.tr("Đóng thông báo (Esc)"))
        close.clicked.connect(self.clear)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._what)
        text.addWidget(self._advice)
        around = QVBoxLayout(self)
        around.setContentsMargins(14, 12, 14, 0)
        around.addWidget(self._ground)
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(text, 1)
        row.addWidget(close)
        self.hide()

    def say(self, tone: str, what: str, advice: str = "") -> None:
        """Show what happened and what to do."""
        set_look(self._ground, tone=tone)
        self._icon.draw(ICONS[tone], INKS[tone])
        self._what.setText(what)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(f"{what} {advice}".strip())
        self.show()

    def complain(self, error: BaseException) -> None:
        """Show the sentence of *error*."""
        from ui import texts

        said = texts.sentence(error)
        self.say("bad", said.what, said.advice)

    @property
    def text(self) -> str:
        """What it says now; empty when it is hidden."""
        return "" if self.isHidden() else self.accessibleName()

    @Slot()
    def clear(self) -> None:
        """Take the notice away."""
        self.setAccessibleName("")
        self.hide()
