"""Who sits at the desk: signs in, leaves, is locked out after a pause, gives way to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from counter.errors import AnotherCard, CardNotAuthentic, OfficerCardNeeded
from ui.officer.chair_state import Chair, ChairHands
from ui.officer.idle import Idle
from ui.officer.over_pages import OverPages
from ui.officer.sign_in import SignInAsked, SignInCover
from ui.parts.copied import Copied
from ui.parts.own_card import OwnCardTalk

if TYPE_CHECKING:
    from counter.cards import CardReading
    from ui.bridge import Bridge
    from ui.officer.surroundings import Surroundings

PAUSE_MS = 5 * 60 * 1000
"""The screen is locked after so long without a key or a touch."""

CARD_PAUSE_MS = 2 * 60 * 1000
"""So long the window waits for a card after the password; then the password is forgotten."""

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class ChairTalk(QObject):
    """Covers the window while the chair is empty.

    Args:
        seated: Called with the officer's name each time somebody has sat down.
        around: Reaches the card reader.
    """

    def __init__(
        self,
        bridge: Bridge,
        hands: ChairHands,
        stack: QStackedWidget,
        seated: Callable[[str], object],
        around: Surroundings,
        *,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        super().__init__(stack)
        self._bridge = bridge
        self._hands = hands
        self._stack = stack
        self._seated = seated
        self._cards, self._expect = around.cards, around.expect
        self._account = ""
        self._waiting: SignInAsked | None = None
        behind = stack.widget(0)
        assert behind is not None  # noqa: S101 - the window has put it there
        self._behind = behind
        # While it is out of the window nobody owns it; it must not outlive the window and be
        # collected on a thread that may not touch it.
        stack.destroyed.connect(behind.deleteLater)
        self.cover = SignInCover(stack)
        self.cover.asked.connect(self._on_asked)
        self.cover.card_left.connect(self._on_card_left)
        self._card = OwnCardTalk(self.cover.own_card, around.expect, self._on_own_card)
        self._card_pause = QTimer(self)
        self._card_pause.setSingleShot(True)
        self._card_pause.setInterval(CARD_PAUSE_MS)
        self._card_pause.timeout.connect(self._on_card_left)
        stack.addWidget(self.cover)
        self._over = OverPages(behind, self.cover)
        self.copied = Copied(self)
        self.idle = Idle(self, pause_ms)
        self.idle.over.connect(self._on_pause)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @property
    def is_locked(self) -> bool:
        """Whether the window is covered."""
        return self._stack.currentWidget() is self.cover

    def show_chair(self, chair: Chair) -> None:
        """Cover the window until somebody sits down."""
        self.idle.end()
        self.cover.show_chair(chair, account=self._account)
        self._show(self.cover)

    @Slot()
    def leave(self) -> None:
        """Leave the chair, by hand: another officer may sit down."""
        self._leave(paused=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and self.is_locked:
            self._over.keep_off(watched)
        # What is typed after the pause was over locks the screen and reaches no page.
        return event.type() in _SIGNS_OF_LIFE and self.idle.touch()

    @Slot(object)
    def _on_asked(self, asked: SignInAsked) -> None:
        self._account = asked.account

        def work() -> str:
            if asked.name:
                return self._hands.make_first(asked.account, asked.name, asked.password)
            return self._hands.sign_in(asked.account, asked.password, None)

        def refused(error: BaseException) -> None:
            if isinstance(error, OfficerCardNeeded):
                self._waiting = asked
                self._cards.take(self._card.on_card)
                self._card_pause.start()
                self.cover.ask_card()
            else:
                self.cover.show_refused(error)

        self._bridge.ask(work, self._on_seated, refused)

    def _on_own_card(self, reading: CardReading) -> None:
        asked = self._waiting
        if asked is None:
            return
        self._card_pause.start()

        def refused(error: BaseException) -> None:
            if isinstance(error, AnotherCard | CardNotAuthentic):
                self._card.refused(error)
            else:
                self._forget_password()
                self.cover.show_refused(error)

        self._bridge.ask(
            lambda: self._hands.sign_in(asked.account, asked.password, reading),
            self._on_seated,
            refused,
        )

    @Slot()
    def _on_card_left(self) -> None:
        if self._waiting is not None:
            self._forget_password()
            self._expect(None)
            self.cover.show_chair(Chair.EMPTY, account=self._account)
            self.cover.take_keyboard()

    def _forget_password(self) -> None:
        if self._waiting is not None:
            self._cards.give_back()
        self._waiting = None
        self._card_pause.stop()

    def _on_seated(self, name: str) -> None:
        self._forget_password()
        self.cover.forget()
        self._show(self._behind)
        self.idle.begin()
        self._seated(name)

    @Slot()
    def _on_pause(self) -> None:
        self._leave(paused=True)

    def _leave(self, *, paused: bool) -> None:
        if self.is_locked:
            return
        self.show_chair(Chair.EMPTY)
        self._bridge.ask(
            lambda: self._hands.leave(paused), lambda _none: None, self.cover.show_refused
        )

    def _show(self, widget: QWidget | None) -> None:
        if widget is None:
            return
        locking = widget is self.cover
        if not locking and self._stack.indexOf(widget) < 0:
            self._stack.insertWidget(0, widget)
        self._stack.setCurrentWidget(widget)
        window = self._stack.window()
        for key in window.findChildren(QShortcut):
            owner = key.parent()
            if not (isinstance(owner, QWidget) and self.cover.isAncestorOf(owner)):
                key.setEnabled(not locking)
        if locking:
            self.copied.forget()
            self._over.close()
            # Taken out of the window, its words are out of reach of screen readers too.
            self._stack.removeWidget(self._behind)
            self._behind.setParent(None)
