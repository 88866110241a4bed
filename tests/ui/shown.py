"""Everything that a window lets somebody read, and where."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

READ = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def shown_in(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield the name of each visible part of *window* and what it says, tables line by line."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisibleTo(window):
            for text in _of(widget):
                yield place_of(widget), text


def place_of(widget: QWidget) -> str:
    """Return a part's own name, else that of the part it stands in."""
    named: QWidget | None = widget
    while named is not None and not named.objectName():
        named = named.parentWidget()
    return named.objectName() if named is not None else type(widget).__name__


def _of(widget: QWidget) -> Iterator[str]:
    if widget.isWindow():
        yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    match widget:
        case QLabel() | QAbstractButton() | QLineEdit():
            yield widget.text()
        case QPlainTextEdit() | QTextEdit():
            yield widget.toPlainText()
        case QComboBox():
            yield from _lines(widget.model())
        case QAbstractItemView():
            yield from _lines(widget.model())
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
        completer = widget.completer()
        if completer is not None:
            yield from _lines(completer.model())


def _lines(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    is_list = isinstance(model, QAbstractListModel)  # whose columns Qt counts for itself alone
    for row in range(model.rowCount(QModelIndex())):
        for column in range(1 if is_list else model.columnCount(QModelIndex())):
            for role in READ:
                yield str(model.data(model.index(row, column), role) or "")
