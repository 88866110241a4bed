"""Levers of the demonstration's board: take a number, call the next one to a counter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget


class BoardDemoPanel(QWidget):
    """A small window beside the board; only with ``--demo``."""

    def __init__(
        self,
        *,
        take: Callable[[str], None],
        call: Callable[[str], None],
        services: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(self.tr("Bảng trình diễn"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._take, self._call = take, call
        self._service = QComboBox()
        self._service.setObjectName("demo_service")
        for letter, name in services:
            self._service.addItem(f"{letter}   {name}", letter)
        self._counter = QComboBox()
        self._counter.setObjectName("demo_counter")
        self._counter.addItems([self.tr("Quầy 1"), self.tr("Quầy 2"), self.tr("Quầy 3")])
        column = QVBoxLayout(self)
        column.addWidget(self._service)
        column.addWidget(self._button(self.tr("Lấy một số"), "demo_take", self._on_take))
        column.addWidget(self._counter)
        column.addWidget(self._button(self.tr("Gọi số tiếp theo"), "demo_call", self._on_call))
        self.setFixedWidth(300)

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    @Slot()
    def _on_take(self) -> None:
        self._take(str(self._service.currentData()))

    @Slot()
    def _on_call(self) -> None:
        self._call(self._counter.currentText())
