"""What every page of the kiosk has: words above, targets below, and the bar at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.kiosk.measures import TEXT_MM, TITLE_MM, Measures
from ui.kiosk.touch import Touch
from ui.kiosk.wishes import Go, ReadNotice
from ui.parts.words import words

EDGE_MM = 6.0
TOP_MM = 3.0
MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is to be built.

    Attributes:
        other_language: What the next language calls itself; empty when there is only one.
        width: Of the page without its edges, in pixels; ``height``, of the whole page.
        upright: The page is higher than wide.
    """

    measures: Measures
    other_language: str
    width: int
    height: int
    upright: bool


class KioskPage(QWidget):
    """One page, built when it is shown and thrown away when it is left.

    Signals:
        wanted: A ``Wish``.

    Attributes:
        spoken: Clips that read the page aloud.
        body: Where a page puts its targets; it never reaches into the upper third.
    """

    wanted = Signal(object)
    spoken: tuple[str, ...] = ()
    is_home = False

    def __init__(self, look: Look, title: str, caption: str = "") -> None:
        super().__init__()
        self.look = look
        m = look.measures
        edge = m.pixels(EDGE_MM)
        above = QWidget()
        above.setMinimumHeight(ceil(look.height / 3) - m.pixels(TOP_MM) - m.gap)
        self._head = QVBoxLayout(above)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(m.pixels(2))
        self._head.addStretch(1)
        self.title = self.line(title, TITLE_MM, QFont.Weight.Bold)
        self.title.setObjectName("title")
        self._head.addWidget(self.title)
        self.caption = self.line(caption, TEXT_MM)
        self.caption.setObjectName("caption")
        self._head.addWidget(self.caption)
        if not caption:
            self.caption.hide()
        self._head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(m.gap)
        self._bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, m.pixels(TOP_MM), edge, m.pixels(4))
        column.setSpacing(m.gap)
        column.addWidget(above)
        column.addLayout(self.body, 1)
        column.addLayout(self._bar)

    def line(self, text: str, size_mm: float, weight: QFont.Weight = QFont.Weight.Medium) -> QLabel:
        """Return a wrapped line in the middle."""
        label = words(text, wrap=True)
        label.setFont(self.look.measures.font(size_mm, weight))
        label.setAlignment(MIDDLE)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        return label

    def add_to_head(self, widget: QWidget) -> None:
        """Put a picture or a number under the words of the upper third."""
        self._head.insertWidget(self._head.count() - 1, widget, 0, MIDDLE)

    def button(
        self,
        text: str,
        name: str,
        wish: object,
        *,
        kind: str = "plain",
        sign: str = "",
        size_mm: float = TEXT_MM,
    ) -> Touch:
        """Return a button that tells *wish* when it is touched."""
        made = Touch(text, self.look.measures, name, kind=kind, sign=sign, size_mm=size_mm)
        made.setProperty("wish", wish)
        made.clicked.connect(self._on_touch)
        return made

    def _make_bar(self) -> QHBoxLayout:
        m = self.look.measures
        buttons = []
        if not self.is_home:
            buttons.append(self.button(self.tr("Về đầu"), "home", Go.HOME))
            buttons.append(self.button(self.tr("Giúp tôi"), "help", Go.HELP, kind="help"))
        else:
            buttons.append(self.button(self.tr("Dữ liệu của tôi"), "notice", ReadNotice()))
        buttons.append(self.button(self.tr("Nghe"), "read_aloud", Go.READ_ALOUD))
        size = self.tr("Chữ nhỏ") if m.large else self.tr("Chữ to")
        buttons.append(self.button(size, "large_text", Go.LARGE_TEXT))
        if self.look.other_language:
            buttons.append(self.button(self.look.other_language, "language", Go.LANGUAGE))
        widths = _shared([button.width_for_line() for button in buttons], self.look.width, m.gap)
        height = max(b.height_for(width) for b, width in zip(buttons, widths, strict=True))
        bar = QHBoxLayout()
        bar.setSpacing(m.gap)
        for button, width in zip(buttons, widths, strict=True):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(height)
            bar.addWidget(button, width)
        return bar

    @Slot()
    def _on_touch(self) -> None:
        button = self.sender()
        if isinstance(button, Touch):
            self.wanted.emit(button.property("wish"))


def _shared(wanted: Sequence[int], room: int, gap: int) -> list[int]:
    """Return widths that fill *room*: equal where all words fit so, else each by its words."""
    left = room - gap * (len(wanted) - 1)
    equal = left // len(wanted)
    if max(wanted) <= equal:
        return [equal] * len(wanted)
    spare = (left - sum(wanted)) // len(wanted)
    return [max(1, width + spare) for width in wanted]
