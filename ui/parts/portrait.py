"""The face on the card, or a quiet outline while there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.icons import pixmap
from ui.theme import SIZES, colour

if TYPE_CHECKING:
    from counter.cards import Portrait


class PortraitView(QWidget):
    """Shows a portrait of three by four, cropped to fill, with round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self.setFixedSize(QSize(108, 144))
        self.setAccessibleName(self.tr("Ảnh chân dung: chưa có"))

    def show_portrait(self, portrait: Portrait | None) -> None:
        """Show *portrait*; None, or a picture that cannot be decoded, shows the outline."""
        image = QImage.fromData(portrait.data) if portrait else QImage()
        self._picture = None if image.isNull() else QPixmap.fromImage(image)
        named = self.tr("Ảnh chân dung: chưa có") if image.isNull() else self.tr("Ảnh chân dung")
        self.setAccessibleName(named)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(area, SIZES.radius_small, SIZES.radius_small)
        painter.fillPath(path, colour("sunken"))
        if self._picture is None:
            side = 44
            outline = pixmap("person", "line_strong", side, self.devicePixelRatioF())
            left, top = (self.width() - side) // 2, (self.height() - side) // 2
            painter.drawPixmap(left, top, outline)
        else:
            painter.setClipPath(path)
            scaled = self._picture.scaled(
                self.size(),
                Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawPixmap(
                (self.width() - scaled.width()) // 2, (self.height() - scaled.height()) // 2, scaled
            )
            painter.setClipping(False)
        painter.setPen(colour("line_strong"))
        painter.drawPath(path)
        painter.end()
