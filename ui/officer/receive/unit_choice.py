"""Where the applicant's address lies today: said when it is known, asked when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.parts.words import set_look, words

if TYPE_CHECKING:
    from counter.addresses import Placed
    from counter.units import Commune
    from ui.officer.receive.unit_typing import UnitFinder


class UnitChoice(QWidget):
    """One line below the person. It may stay open: the address is kept as it is written.

    Signals:
        asked: A str: an address to place.
    """

    asked = Signal(object)

    def __init__(self, finder: UnitFinder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = self.name = ""
        self._address = ""
        self._placed: Placed | None = None
        self._told = words(role="caption", wrap=True)
        self._told.setObjectName("unit_told")
        self.field = QLineEdit()
        self.field.setObjectName("unit_today")
        self.field.setAccessibleName(self.tr("Xã, phường hiện nay của nơi cư trú"))
        self.field.setPlaceholderText(self.tr("vài chữ không dấu, ví dụ: ba dinh"))
        self._typing = finder.serve(self.field)
        self._typing.chosen.connect(self._choose)
        self.field.textEdited.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._told)
        column.addWidget(self.field)
        self.forget()

    def ask(self, address: str) -> None:
        """Ask where *address* lies; the same is asked once."""
        if address == self._address:
            return
        self.forget()
        self._address = address
        if address:
            self.asked.emit(address)

    def show_placed(self, address: str, placed: Placed) -> None:
        """Say where the address lies, or ask for it."""
        if address != self._address:
            return
        self._placed = placed
        if self.code:
            self.field.show()
            return
        commune = placed.commune
        if commune is not None:
            self._say(self.tr("Nay thuộc: %1").replace("%1", commune.full_name), tone="good")
            self.field.hide()
        elif placed.communes:
            names = "; ".join(commune.full_name for commune in placed.communes)
            self._say(self.tr("Xã cũ đã chia, hãy chọn: %1").replace("%1", names), tone="warn")
            self.field.show()
        else:
            self._say(self.tr("Nay thuộc xã, phường nào? Chọn nếu biết."), tone="")
            self.field.show()
        self.show()

    def choose_again(self, code: str, name: str) -> None:
        """Let the commune stand that was chosen before."""
        self.code, self.name = code, name
        if code:
            self._say(self.tr("Nay thuộc: %1").replace("%1", name), tone="good")
            self.show()

    def ask_no_more(self) -> None:
        """The dossier is on disk: say where the address lies, where that is known."""
        self.field.hide()
        if not self.code and (self._placed is None or self._placed.commune is None):
            self.hide()

    def forget(self) -> None:
        """Leave nothing of this address."""
        self.code, self.name, self._address, self._placed = "", "", "", None
        self.field.clear()
        self.hide()

    def _say(self, told: str, *, tone: str) -> None:
        self._told.setText(told)
        set_look(self._told, tone=tone)

    @Slot(object)
    def _choose(self, commune: Commune) -> None:
        self.choose_again(commune.code, commune.full_name)

    @Slot()
    def _on_typed(self) -> None:
        self.code = self.name = ""
