"""Where the kiosk's pages stand: one at a time, for one citizen at a time, with no way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter.speech import Announcement
from ui.kiosk import pages
from ui.kiosk.keyboard import ScannerKeys
from ui.kiosk.language import SOURCE, Tongue
from ui.kiosk.measures import Measures
from ui.kiosk.page import EDGE_MM, KioskPage, Look
from ui.kiosk.quiet import Quiet
from ui.kiosk.sentences import fault_words
from ui.kiosk.still_here import StillHerePage
from ui.kiosk.wishes import Go

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter.kiosk import Person
    from ui.bridge import Bridge
    from ui.kiosk.hands import KioskHands, KioskRooms

SHOWN_S = 15
"""How long a finished page stays before the kiosk begins anew."""

Way = tuple[str, str, Go]
"""A button of a page that says one thing: its words, its name, where it leads."""

IN_FRONT_MS = 1000
"""How soon the window is back when something got before it."""

TOUCHES = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchEnd,
}


class Stage(QWidget):
    """Shows pages, asks the rooms for them, and throws away what the last citizen left.

    What is known of a citizen is one ``Person`` here and the page on the screen; both go when the
    visit ends, and an answer that comes later is for nobody and dropped.

    Attributes:
        rooms: What is behind the window; None until it is open.
        person: Whoever showed a card in this visit.
        page: What is on the screen.

    Signals:
        closed: Nothing; only where the window may be closed.
        wanted: A ``Wish`` of the page on the screen.
        left: Nothing; nobody has touched for so long that the visit is over.
        typed: What a scanner that is a keyboard has read.
    """

    closed = Signal()
    wanted = Signal(object)
    left = Signal()
    typed = Signal(object)

    def __init__(self, bridge: Bridge, portal: Bridge, hands: KioskHands) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.bridge = bridge
        self.hands = hands
        self.rooms: KioskRooms | None = None
        self.person: Person | None = None
        self.page: KioskPage | None = None
        self.visit = 0
        self.tongue = Tongue(self)
        self._portal = portal
        self._large = False
        self._measures: Measures | None = None
        self._build: Callable[[], KioskPage] = self._starting
        self._turn = self._pressed_in = 0  # pages are counted, not kept
        self._question: StillHerePage | None = None
        self._done_s: int | None = None
        self.quiet = Quiet(self)
        self.quiet.asked.connect(self._ask_still_here)
        self.quiet.ended.connect(self.left)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._keys = ScannerKeys(self)
        self._keys.scanned.connect(self.typed)
        self._in_front = QTimer(self)
        self._in_front.setInterval(IN_FRONT_MS)
        self._in_front.timeout.connect(self._come_to_the_front)
        application = QApplication.instance()
        assert application is not None  # noqa: S101 - a window has one
        application.installEventFilter(self)

    def measure(self, measures: Measures) -> None:
        """Use *measures* instead of the screen's own."""
        self._measures = measures.enlarged(self._large)

    # The page on the screen

    def show_page(self, build: Callable[[], KioskPage], *, done_s: int | None = None) -> None:
        """Put a new page in place of the old one, which is thrown away with all it held.

        Args:
            build: Makes the page; called again for another language or size of letters.
            done_s: Seconds after which the visit is over, for a page that ends it.
        """
        self.touched()
        self._done_s = done_s
        self._build = build
        self.rebuild()
        self._watch()

    def say(
        self,
        words: Callable[[], tuple[str, str]],
        *,
        spoken: str,
        ways: Callable[[], tuple[Way, ...]] = tuple,
        done_s: int | None = None,
        sign: str = "",
    ) -> None:
        """Show one thing to know; *words* and *ways* are asked again in another language."""
        self.show_page(
            lambda: pages.SayPage(self.look(), *words(), spoken=spoken, ways=ways(), sign=sign),
            done_s=done_s,
        )

    def say_failed(self, error: BaseException) -> None:
        """Say what went wrong, and that somebody can be called."""
        self.say(
            lambda: fault_words(error),
            spoken="kiosk.trouble",
            ways=lambda: ((self.tr("Gọi người giúp"), "help_now", Go.HELP),),
        )

    def wait(self) -> None:
        """Show that an answer is awaited."""
        self.show_page(lambda: pages.WaitPage(self.look()))

    def take_way(self) -> Way:
        """Return the button that leads to a number without a card."""
        return (self.tr("Lấy số, không cần thẻ"), "take", Go.SERVICES)

    def done_way(self) -> tuple[Way, ...]:
        """Return the only button of a page that ends a visit."""
        return ((self.tr("Xong"), "done", Go.HOME),)

    def rebuild(self) -> None:
        """Make the page on the screen anew, as it is to be now."""
        self._turn += 1
        old, self.page = self.page, self._build()
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.page.wanted.connect(self.wanted)
        self._column.addWidget(self.page)
        self.page.show()

    def look(self) -> Look:
        """Return how a page is to be built now."""
        if self._measures is None:
            self._measures = Measures.of(self.screen())
        measures = self._measures.enlarged(self._large)
        width = self.width() - 2 * measures.pixels(EDGE_MM)
        height = self.height()
        return Look(measures, self.tongue.other_name, width, height, upright=height > self.width())

    def turn_letters(self) -> None:
        """Show the page in large letters, or in small ones again."""
        self._large = not self._large
        self.rebuild()
        self._watch()

    def turn_language(self) -> None:
        """Show the page in the next language."""
        self.tongue.use(self.tongue.following)
        self.rebuild()
        self._watch()

    def read_aloud(self) -> None:
        """Let the voice read the page; what it was saying goes on first."""
        self._read(self.page)

    # The visit

    def forget(self) -> None:
        """End the visit: forget the citizen, the language and the large letters."""
        self.visit += 1
        self.person = None
        self._keys.forget()
        self.hands.speaker.hush()
        self._large = False
        self.tongue.use(SOURCE)

    def touched(self) -> None:
        """Somebody is here: count the quiet seconds anew and take the question away."""
        self.quiet.touched()
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None
            if self.page is not None:
                self.page.show()

    def ask(
        self,
        work: Callable[[], object],
        done: Callable[..., object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Do *work* on the counter's thread and tell *done*, unless the citizen has left."""
        self.bridge.ask(work, self.for_visit(done), self.for_visit(failed or self.say_failed))

    def ask_portal(
        self,
        work: Callable[[], object],
        done: Callable[..., object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Do *work* where the portal may keep it waiting; else as ``ask``."""
        self._portal.ask(work, self.for_visit(done), self.for_visit(failed))

    def for_visit(self, hear: Callable[..., object]) -> Callable[[object], None]:
        """Return *hear* for the citizen who is here now; it hears nothing once they have left."""
        visit = self.visit

        def heard(answer: object) -> None:
            if visit == self.visit:
                hear(answer)

        return heard

    def _starting(self) -> KioskPage:
        return pages.WaitPage(self.look())

    def _watch(self) -> None:
        """Count quiet seconds, unless there is nothing to end: the first page, as it began."""
        plain = isinstance(self.page, pages.HomePage) and self.tongue.is_source
        if self.rooms is None or self.rooms.info.staffed or (plain and not self._large):
            self.quiet.rest()
        elif self._done_s is not None:
            self.quiet.end_after(self._done_s)
        else:
            info = self.rooms.info
            self.quiet.watch(ask_s=info.idle_s, warn_s=info.warn_s)

    @Slot(object)
    def _ask_still_here(self, seconds: int) -> None:
        if self._question is None:
            self._question = StillHerePage(self.look(), seconds)
            self._question.wanted.connect(self.wanted)
            if self.page is not None:
                self.page.hide()
            self._column.addWidget(self._question)
            self._question.show()
            self._read(self._question)
        self._question.count(seconds)

    def _read(self, page: KioskPage | None) -> None:
        clips = tuple(clip for clip in page.spoken if clip) if page is not None else ()
        if clips:
            self.hands.speaker.say(Announcement(clips, self.tongue.code))

    # No way out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in TOUCHES and self._question is None:
            self.quiet.touched()
        if kind == QEvent.Type.MouseButtonPress and watched.isWidgetType():
            # Qt tells the bare window of a second press too, before it calls it a double one
            self._pressed_in = self._turn
        elif kind == QEvent.Type.MouseButtonDblClick and self._turn != self._pressed_in:
            return True  # the second tap was meant for the page that was there before
        return super().eventFilter(watched, event)

    def stay_in_front(self) -> None:
        """From now on come back when a key of the system or another program hides the window."""
        self._in_front.start()

    @Slot()
    def _come_to_the_front(self) -> None:
        if self.isMinimized() or not self.isVisible():
            self.showFullScreen()
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keys.hear(event.text())
        event.accept()

    def release(self) -> None:
        """Watch the application no more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._in_front.stop()
        self.quiet.rest()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.rooms is not None and not self.rooms.info.may_close:
            event.ignore()
            return
        self.closed.emit()
        event.accept()
