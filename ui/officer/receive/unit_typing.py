"""Communes offered while an address is typed, found by a few letters without accents."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from counter.units import Commune

LEAST = 2
"""Letters from which communes are offered."""


@dataclass(frozen=True, slots=True)
class UnitsAsked:
    """Letters typed, and the field that wants to know."""

    text: str = field(repr=False)
    typing: UnitTyping


class UnitFinder(QObject):
    """Asks for communes on behalf of every field for an address.

    Signals:
        asked: A UnitsAsked.
    """

    asked = Signal(object)

    def serve(self, field: QLineEdit) -> UnitTyping:
        """Offer communes while somebody types into *field*."""
        return UnitTyping(field, self)


class UnitTyping(QObject):
    """One field: what stands after its last comma is looked for; the rest stays.

    Signals:
        chosen: A Commune that was taken from the list.
    """

    chosen = Signal(object)

    def __init__(self, field: QLineEdit, finder: UnitFinder) -> None:
        super().__init__(field)
        self._field, self._finder = field, finder
        self._asked = ""
        self._offered: dict[str, Commune] = {}
        self._model = QStringListModel(self)
        field.textEdited.connect(self._on_typed)

    @cached_property
    def completer(self) -> QCompleter:
        """The list below the field; made when there is something to offer."""
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWidget(self._field)
        completer.activated.connect(self._take)
        return completer

    def show_found(self, asked: UnitsAsked, communes: tuple[Commune, ...]) -> None:
        """Offer *communes*, unless more was typed meanwhile."""
        if asked.text == self._asked and self._field.hasFocus():
            self.offer(communes)

    def offer(self, communes: tuple[Commune, ...]) -> None:
        """Show a list of communes below the field."""
        self._offered = {commune.full_name: commune for commune in communes}
        self._model.setStringList(list(self._offered))
        if communes:
            self.completer.complete()
        else:
            self._close()

    def _close(self) -> None:
        if "completer" not in vars(self):
            return
        popup = self.completer.popup()
        if popup is not None:
            popup.hide()

    @Slot()
    def _on_typed(self) -> None:
        self._asked = self._field.text().rpartition(",")[2].strip()
        if len(self._asked) >= LEAST:
            self._finder.asked.emit(UnitsAsked(self._asked, self))
        else:
            self.offer(())

    @Slot(str)
    def _take(self, name: str) -> None:
        before, comma, _typed = self._field.text().rpartition(",")
        self._field.setText(f"{before.strip()}, {name}" if comma else name)
        self._field.end(False)  # the officer may go on typing behind it
        self._asked = ""
        self._field.textEdited.emit(self._field.text())
        self._asked = ""
        self._close()
        commune = self._offered.get(name)
        if commune is not None:
            self.chosen.emit(commune)
