"""Who fetches a result: filled by a tap of the card, or by hand with the paper compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from counter.acts import Relation, ReturnResult
from counter.values import CitizenNumber
from ui import states
from ui.officer.acts.fields import line, tick
from ui.parts.badge import Badge
from ui.said import said

if TYPE_CHECKING:
    from counter.cards import ChipText, QrText

LAST = 4


class ReturnField(QWidget):
    """What form 07 wants to know of the person who fetches a result.

    Args:
        applicant: Name of the applicant, who is expected to come.
        number: The applicant's number, None when there is none.
    """

    def __init__(
        self, applicant: str, number: CitizenNumber | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._applicant, self._number = applicant, number
        self._proven = False
        self._told = Badge()
        self._told.say("info", self.tr("Đặt thẻ của người nhận lên đầu đọc, hoặc nhập bằng tay."))
        self.receiver = line("return_receiver", self.tr("Người nhận"), applicant)
        self.relation = QComboBox()
        self.relation.setObjectName("return_relation")
        self.relation.setAccessibleName(self.tr("Quan hệ với chủ hồ sơ"))
        for relation, name in states.RELATIONS.items():
            self.relation.addItem(said(name), relation)
        self.last4 = line("return_last4", self.tr("Bốn số cuối giấy tờ"))
        self.last4.setMaxLength(LAST)
        if number is not None:
            self.last4.setText(number.digits[-LAST:])
        self.authorisation = line("return_authorisation", self.tr("Giấy ủy quyền"))
        self.authorisation.setPlaceholderText(self.tr("Số hoặc ngày, khi người khác nhận thay"))
        self.checked = tick("return_checked", self.tr("Đã đối chiếu giấy tờ của người nhận"))
        self.slip = tick("return_slip", self.tr("Đã thu lại giấy tiếp nhận"), on=True)
        self.undertaking = tick(
            "return_undertaking", self.tr("Mất giấy tiếp nhận, người nhận đã ký cam kết")
        )
        self.undertaking.toggled.connect(lambda lost: self.slip.setChecked(not lost))
        self.receiver.textEdited.connect(self._on_typed)
        self.last4.textEdited.connect(self._on_typed)
        self.signed = tick("return_signed", self.tr("Người nhận đã ký nhận"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.addRow(self._told)
        form.addRow(self.tr("Người nhận"), self.receiver)
        form.addRow(self.tr("Quan hệ"), self.relation)
        form.addRow(self.tr("Bốn số cuối giấy tờ"), self.last4)
        form.addRow(self.tr("Giấy ủy quyền"), self.authorisation)
        for box in (self.checked, self.slip, self.undertaking, self.signed):
            form.addRow("", box)

    def take_up(self, returned: ReturnResult | None) -> None:
        """Show how a result was given out, to be put right; None where it was not yet.

        What was checked and signed then is no longer asked.
        """
        if returned is None:
            return
        self.receiver.setText(returned.receiver)
        self.relation.setCurrentIndex(self.relation.findData(returned.relation))
        self.last4.setText(returned.last4 or "")
        self.authorisation.setText(returned.authorisation)
        self._told.say("info", self.tr("Sửa người nhận cho đúng; ngày giờ trả giữ nguyên."))
        for box in (self.checked, self.slip, self.undertaking, self.signed):
            box.hide()

    def show_card(self, text: ChipText | QrText, *, proven: bool) -> None:
        """Take name and number from a card; its chip is a comparison, its QR is not."""
        own = text.id_number == self._number
        self.receiver.setText(text.full_name)
        self.last4.setText(text.id_number.digits[-LAST:])
        wanted = Relation.SELF if own else Relation.AUTHORISED
        self.relation.setCurrentIndex(self.relation.findData(wanted))
        self._proven = proven
        self.checked.setChecked(proven)
        if own:
            self._told.say("good", self.tr("Đúng là chủ hồ sơ."))
        else:
            told = self.tr("Người này không phải chủ hồ sơ; cần giấy ủy quyền.")
            self._told.say("warn", told)
            self.authorisation.setFocus()

    def _on_typed(self) -> None:
        """Somebody else is meant than the card said: it proves nothing any more."""
        if not self._proven:
            return
        self._proven = False
        self.checked.setChecked(False)
        told = self.tr("Đã sửa tay, khác với thẻ. Hãy đối chiếu giấy tờ rồi đánh dấu lại.")
        self._told.say("warn", told)

    def act(self) -> ReturnResult:
        """Return what the fields say."""
        last4 = self.last4.text().strip().upper()
        return ReturnResult(
            receiver=self.receiver.text(),
            relation=Relation(self.relation.currentData()),
            last4=last4 if len(last4) == LAST else None,
            identity_checked=self.checked.isChecked(),
            slip_collected=self.slip.isChecked(),
            signed=self.signed.isChecked(),
            undertaking=self.undertaking.isChecked(),
            authorisation=self.authorisation.text(),
        )
