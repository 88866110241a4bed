"""Who sits at the desk: signs in, leaves, is locked out after a pause, gives way to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from counter.errors import (
    AnotherCard,
    CardNotAuthentic,
    OfficerCardNeeded,
    OwnPasswordFirst,
    SamePassword,
    WeakPassword,
)
from ui.officer.chair_state import Chair, ChairHands, SignInAsked
from ui.officer.idle import Idle
from ui.officer.over_pages import OverPages
from ui.officer.sign_in import SignInCover
from ui.parts.copied import Copied
from ui.parts.own_card import OwnCardTalk

if TYPE_CHECKING:
    from counter.cards import CardReading
    from ui.bridge import Bridge
    from ui.officer.surroundings import Surroundings

PAUSE_MS = 5 * 60 * 1000
"""The screen is locked after so long without a key or a touch."""

HALF_WAY_MS = 2 * 60 * 1000
"""So long the window waits for card or own password after the password; then it is forgotten."""

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
        self.cover.chosen.connect(self._on_chosen)
        self.cover.card_left.connect(self._on_card_left)
        self._card = OwnCardTalk(self.cover.own_card, around.expect, self._on_own_card)
        self._half_way = QTimer(self)
        self._half_way.setSingleShot(True)
        self._half_way.setInterval(HALF_WAY_MS)
        self._half_way.timeout.connect(self._on_card_left)
        stack.addWidget(self.cover)
        self._over = OverPages(behind, self.cover)
        self.copied = Copied(self)
        self.idle = Idle(self, pause_ms)
        self.idle.over.connect(self._on_pause)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    @property
    def account(self) -> str:
        """The account that was typed last."""
        return self._account

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
        if event.type() not in _SIGNS_OF_LIFE:
            return False
        # What is typed after the pause was over locks the screen and reaches no page.
        if isinstance(event, QKeyEvent) and event.isAutoRepeat():
            return self.idle.check()  # something lies on a key: nobody's hand
        return self.idle.touch()

    @Slot(object)
    def _on_asked(self, asked: SignInAsked) -> None:
        self._account = asked.account
        if asked.name:
            self._bridge.ask(
                lambda: self._hands.make_first(asked.account, asked.name, asked.password),
                self._on_seated,
                self.cover.show_refused,
            )
        else:
            self._try(asked)

    @Slot(object)
    def _on_chosen(self, own: str) -> None:
        if self._waiting is not None:
            self._try(replace(self._waiting, new=own))

    def _on_own_card(self, reading: CardReading) -> None:
        if self._waiting is not None:
            self._try(replace(self._waiting, card=reading))

    def _try(self, asked: SignInAsked) -> None:
        """Let somebody sit down; what is still missing is asked for, the password kept so long."""
        self._half_way.stop()

        def refused(error: BaseException) -> None:
            if self._waiting is None and (asked.new or asked.card):
                return  # given up meanwhile
            match error:
                case OwnPasswordFirst():
                    self._wait(asked)
                    self.cover.ask_own_password()
                case SamePassword() | WeakPassword():
                    self._wait(replace(asked, new=""))
                    self.cover.choose_again(error)
                case OfficerCardNeeded():
                    self._wait(asked)
                    self._cards.take(self._card.on_card)
                    self.cover.ask_card()
                case AnotherCard() | CardNotAuthentic():
                    self._wait(replace(asked, card=None))
                    self._card.refused(error)
                case _:
                    self._forget_password()
                    self.cover.show_refused(error)

        self._bridge.ask(lambda: self._hands.sign_in(asked), self._on_seated, refused)

    def _wait(self, asked: SignInAsked) -> None:
        self._waiting = asked
        self._half_way.start()

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
        self._half_way.stop()

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
        if not paused:
            self.cover.ask_who()
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
