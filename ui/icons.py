"""The program's icons: one set of line drawings, painted in a colour of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from ui.theme import RESOURCES, chosen


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Paint the drawing *name* in the colour of *role*, *size* device-independent pixels wide."""
    ink = str(getattr(chosen(), role))
    key = f"{name}/{ink}/{size}/{ratio}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))
    side = round(size * ratio)
    painted = QPixmap(QSize(side, side))
    painted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(painted)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    painted.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, painted)
    return painted


def icon(name: str, role: str = "primary", size: int = 20) -> QIcon:
    """Return the drawing *name* as an icon that is sharp on every screen connected now."""
    made = QIcon()
    for ratio in {1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}:
        made.addPixmap(pixmap(name, role, size, ratio))
        made.addPixmap(pixmap(name, "faint", size, ratio), QIcon.Mode.Disabled)
    return made


class Drawing(QWidget):
    """Shows one icon. It is never the only sign: words stand beside it."""

    def __init__(self, name: str, role: str, size: int = 20) -> None:
        super().__init__()
        self._drawn = (name, role)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self, name: str, role: str) -> None:
        """Show *name* in the colour of *role*."""
        self._drawn = (name, role)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        name, role = self._drawn
        painter.drawPixmap(0, 0, pixmap(name, role, self.width(), self.devicePixelRatioF()))
        painter.end()
