"""A bar over the page that says what happened and what to do, without stopping the work.

It goes by itself, but never before it could be read: the time for reading begins with the first
key or touch after it is said, for until then nobody may sit here. Once it was read, what is good to
know goes in the next pause of the hand; a trouble stays until the officer turns to something else
(``move_on``), its cause is gone (``clear``), or Escape; what is held (``hold``) only by these two.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import Drawing, icon
from ui.parts.badge import ICONS, INKS
from ui.parts.words import frame, set_look, words

GLANCE_MS = 2000
SIGN_MS = 60
"""Reading takes a glance at the bar, and so long for each sign of what it says."""
PAUSE_MS = 700
"""Longer than a double click: the page moves up when the bar goes, never under a hand."""
PASSING = frozenset({"good", "info", "muted"})
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.ShortcutOverride,  # a key of the window comes as this alone
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class NoticeBar(QWidget):
    """One notice at a time; hidden when there is none. It never takes the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._passes = self._is_held = self._is_read = self._is_left = False
        self._reading, self._pause = QTimer(self), QTimer(self)
        for timer, over in ((self._reading, self._on_read), (self._pause, self.clear)):
            timer.setSingleShot(True)
            timer.timeout.connect(over)
        self._pause.setInterval(PAUSE_MS)
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
        self._forget_reader()
        self._passes = tone in PASSING
        self._reading.setInterval(GLANCE_MS + SIGN_MS * len(self.accessibleName()))
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
        self._forget_reader()
        self.setAccessibleName("")
        self.hide()

    def hold(self) -> None:
        """Let what was said last stay whatever the officer does: its cause goes on."""
        self._is_held = True

    def move_on(self) -> None:
        """The officer turns to something else: the notice goes, or as soon as it was read."""
        if self._is_held or self.isHidden():
            return
        self._is_left = True
        if self._is_read:
            self.clear()

    def showEvent(self, event: QShowEvent) -> None:
        # Every key and touch passes the window's handle, also those that a shortcut takes.
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self.isVisible():
            self._on_life()
        return False

    def _on_life(self) -> None:
        if not self._is_read:
            if not self._reading.isActive():
                self._reading.start()
        elif self._passes and not self._is_held:
            self._pause.start()

    @Slot()
    def _on_read(self) -> None:
        self._is_read = True
        if self._is_left:
            self.clear()

    def _forget_reader(self) -> None:
        self._is_held = self._is_read = self._is_left = False
        self._reading.stop()
        self._pause.stop()
