"""The page behind "Việc khác": everything that is wanted now and then, a tile for each."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import Drawing
from ui.officer.further import Further, key_of
from ui.officer.page import Page
from ui.parts.words import words

COLUMNS = 3


class Tile(QPushButton):
    """One page: its sign, name, key and what is done there."""

    def __init__(self, page: Further, key: str) -> None:
        super().__init__()
        self.setObjectName(f"further_{page.name}")
        self.setProperty("role", "tile")
        self.setAccessibleName(f"{page.word} ({key})" if key else page.word)
        self.setAccessibleDescription(page.meaning)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Drawing(page.icon, "primary", 28), 0, top)
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(words(page.word, "strong"), 1)
        if key:
            head.addWidget(words(key, "key"))
        column.addLayout(head)
        self._meaning = page.meaning
        self._told = words(page.meaning, "caption", wrap=True)
        column.addWidget(self._told, 1, top)
        row.addLayout(column, 1)

    def offer(self, *, is_for_me: bool) -> None:
        """Offer the page, or say that it is for others."""
        told = self._meaning if is_for_me else self.tr("Không thuộc vai trò của anh/chị.")
        self._told.setText(told)
        self.setAccessibleDescription(told)
        self.setEnabled(is_for_me)


class MorePage(Page):
    """Shows a tile for each page.

    Signals:
        chosen: A str: the name of a page.
    """

    chosen = Signal(object)

    def __init__(self, pages: tuple[Further, ...], parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Việc khác"),
            self.tr("Bấm phím của trang, hoặc chọn bằng mũi tên rồi Enter."),
            parent,
        )
        grid = QGridLayout()
        grid.setSpacing(12)
        self._tiles: list[Tile] = []
        for number, page in enumerate(pages):
            tile = Tile(page, key_of(number))
            tile.setProperty("page", page.name)
            tile.clicked.connect(self._on_clicked)
            tile.setAutoDefault(True)
            self._tiles.append(tile)
            grid.addWidget(tile, number // COLUMNS, number % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def show_others(self, names: Collection[str]) -> None:
        """Offer every page but those of these *names*, which are for other roles."""
        for tile in self._tiles:
            tile.offer(is_for_me=tile.property("page") not in names)

    def focus(self) -> None:
        """Give the first tile that is offered the keyboard."""
        first = next((tile for tile in self._tiles if tile.isEnabled()), None)
        if first is not None:
            first.setFocus()

    @Slot()
    def _on_clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            self.chosen.emit(tile.property("page"))
