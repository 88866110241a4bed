"""The leader who confirms: signs in here for one act, or is named where nobody has an account."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit

from counter.acts import Confirmation, Confirmer, Leader
from ui.officer.acts.fields import line


class LeaderField:
    """Two rows of a form: who confirms, and that person's password; or one row for a name."""

    def __init__(self, confirmers: Sequence[Confirmer], form: QFormLayout) -> None:
        self.name = line("act_leader", _tr("Lãnh đạo"))
        self.who = QComboBox()
        self.who.setObjectName("act_confirmer")
        self.who.setAccessibleName(_tr("Lãnh đạo xác nhận"))
        for one in confirmers:
            self.who.addItem(one.name, one.account)
        self.password = line("act_password", _tr("Mật khẩu, mã PIN"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._signs_in = bool(confirmers)
        shown = (self.who, self.password) if self._signs_in else (self.name,)
        for field in shown:
            form.addRow(field.accessibleName(), field)

    def leader(self) -> Leader:
        """Return who confirms, by name."""
        return Leader(self.who.currentText() if self._signs_in else self.name.text())

    def confirmation(self) -> Confirmation | None:
        """Return how the leader signs in; None where the leader is only named."""
        if not self._signs_in:
            return None
        return Confirmation(str(self.who.currentData()), self.password.text())

    def forget(self) -> None:
        """Forget the password; it is typed anew after a refusal."""
        self.password.clear()
        if self._signs_in:
            self.password.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("LeaderField", text)
