"""The form of one act: what it needs and nothing else, worked from the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter.acted import Possible
from counter.acts import (
    Accept,
    Act,
    ActKind,
    AskPayment,
    AskSupplement,
    Collect,
    Confirmation,
    CorrectResult,
    CorrectReturn,
    DraftApology,
    DraftStop,
    GiveBack,
    HandOver,
    HandToPost,
    Move,
    Recall,
    Refuse,
    SettleReceipt,
    SignLetter,
    TakeResult,
    TakeSupplement,
    Void,
    Withdraw,
)
from counter.errors import BadDate, Refused
from counter.reasons import reasons_of
from counter.returning import ReturnWay
from counter.values import Dong
from ui import states, texts, written
from ui.officer.acts.correct_sheet import CorrectSheet
from ui.officer.acts.fields import (
    MOST_IN_NUMBER,
    BroughtField,
    WantedField,
    choice,
    line,
    tick,
)
from ui.officer.acts.leader_field import LeaderField
from ui.officer.acts.return_field import ReturnField
from ui.officer.people_facts import return_words
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.on_screen import fit
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.acts import Leader
    from counter.parties import Submitter
    from counter.values import DossierId
    from counter.work import Applicant

WIDTH = 760
WIDE = 1040
"""Where two people stand side by side with what names them."""
TALL = 600
"""Where the checklist stands; the other forms are as tall as their fields."""
WITH_REASON = frozenset(
    {
        ActKind.ASK_SUPPLEMENT,
        ActKind.DRAFT_APOLOGY,
        ActKind.DRAFT_STOP,
        ActKind.REFUSE,
        ActKind.WITHDRAW,
        ActKind.CORRECT_RESULT,
        ActKind.RECALL,
        ActKind.CORRECT_RETURN,
        ActKind.SETTLE_RECEIPT,
        ActKind.GIVE_BACK,
        ActKind.CORRECT,
        ActKind.VOID,
    }
)
WITH_LEADER = frozenset(
    {
        ActKind.SIGN_LETTER,
        ActKind.CORRECT_RESULT,
        ActKind.RECALL,
        ActKind.CORRECT_RETURN,
        ActKind.GIVE_BACK,
        ActKind.CORRECT,
        ActKind.VOID,
    }
)


@dataclass(frozen=True, slots=True)
class ActAsked:
    """What an officer wants done to which dossier, and how a leader signs in for it."""

    dossier_id: DossierId
    act: Act
    confirmed: Confirmation | None = None


class ActForm(QDialog):
    """Asks for what one act needs.

    Attributes:
        given: Who fetches the result; None unless the act is its return.

    Args:
        people: Whose dossier it is, and who brought it when that was another; None where the
            act asks nothing about them.

    Signals:
        asked: An ActAsked.
    """

    asked = Signal(object)

    def __init__(
        self,
        kind: ActKind,
        possible: Possible,
        people: tuple[Applicant, Submitter | None] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("act_form")
        self.kind = kind
        self.given: ReturnField | None = None
        self.leader: LeaderField | None = None
        self._possible = possible
        self._told_lacking = ""
        self.setWindowTitle(said(states.ACTS[kind]))
        self._fields = QFormLayout()
        self._fields.setVerticalSpacing(10)
        self._fields.setHorizontalSpacing(16)
        self._badge = Badge()
        self._badge.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(said(states.ACTS[kind]), "page-title"))
        column.addWidget(words(f"{possible.code}  ·  {possible.applicant}", "caption"))
        column.addLayout(self._fields)
        self._build(column, people)
        column.addWidget(self._badge)
        column.addLayout(self._buttons())
        if kind is ActKind.ASK_SUPPLEMENT:
            self.setMinimumHeight(TALL)
        fit(self, WIDE if kind is ActKind.CORRECT else WIDTH)

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be done; everything typed stays."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)
        if self.leader is not None:
            self.leader.forget()

    @Slot()
    def go(self) -> None:
        """Ask for the act as the fields say."""
        try:
            act = self._act()
        except Refused as error:
            self.refuse(error)
            return
        if self._lacks(act):
            return
        self._go.setEnabled(False)
        confirmed = None if self.leader is None else self.leader.confirmation()
        self.asked.emit(ActAsked(self._possible.dossier_id, act, confirmed))

    def _lacks(self, act: Act) -> bool:
        """Say once which papers that were asked for did not come; pressed again, it is meant."""
        if not isinstance(act, TakeSupplement) or not act.papers:
            return False
        lacking = "; ".join(self.brought.lacking())
        if not lacking or lacking == self._told_lacking:
            return False
        self._told_lacking = lacking
        told = self.tr(
            "Còn thiếu: %1. Nhận bây giờ thì thời hạn chạy tiếp, muốn yêu cầu lần nữa phải có căn "
            "cứ. Vẫn nhận thì bấm Ghi nhận lần nữa."
        )
        self._badge.say("warn", told.replace("%1", lacking))
        self._badge.show()
        return True

    @property
    def is_again(self) -> bool:
        """Whether the dossier is to be received anew once it is voided."""
        return self.kind is ActKind.VOID and self.again.isChecked()

    def _build(
        self, column: QVBoxLayout, people: tuple[Applicant, Submitter | None] | None
    ) -> None:
        kind, possible = self.kind, self._possible
        self._build_first(column, people)
        if kind in {ActKind.HAND_OVER, ActKind.HAND_TO_POST}:
            self._build_receiver(kind)
        elif kind is ActKind.ASK_SUPPLEMENT:
            self.wanted = WantedField(possible.checklist)
            column.addWidget(self.wanted, 1)
            self.respond_by = DayEdit("act_respond_by", self.tr("Hạn bổ sung"))
            self.cause = line("act_cause", self.tr("Căn cứ nếu yêu cầu lần nữa"))
            below = self._below(column)
            below.addRow(self.tr("Hạn bổ sung"), self.respond_by)
            below.addRow(self.tr("Căn cứ nếu yêu cầu lần nữa"), self.cause)
        elif kind is ActKind.TAKE_SUPPLEMENT:
            self.brought = BroughtField(possible.wanted)
            column.addWidget(self.brought, 1)
        elif kind is ActKind.TAKE_RESULT:
            self.outcome = choice("act_result", self.tr("Kết quả"), possible.results)
            self.number = line("act_number", self.tr("Số, ký hiệu"), most=MOST_IN_NUMBER)
            self._fields.addRow(self.tr("Kết quả"), self.outcome)
            self._fields.addRow(self.tr("Số, ký hiệu"), self.number)
        elif kind is ActKind.ACCEPT:
            self.due_on = DayEdit("act_due_on", self.tr("Ngày hẹn trả"))
            self._fields.addRow(words(self._accept_words(), "caption", wrap=True))
            self._fields.addRow(self.tr("Ngày hẹn trả"), self.due_on)
        elif kind is ActKind.DRAFT_APOLOGY:
            self.due_on = DayEdit("act_due_on", self.tr("Hẹn lại ngày"))
            self._fields.addRow(self.tr("Hẹn lại ngày"), self.due_on)
        elif kind in {ActKind.SETTLE_RECEIPT, ActKind.ASK_PAYMENT}:
            self._build_money(kind)
        if kind in {ActKind.TAKE_RESULT, ActKind.MOVE}:
            self.shelf = line("act_shelf", self.tr("Chỗ để"), possible.shelf, most=MOST_IN_NUMBER)
            self._fields.addRow(self.tr("Chỗ để"), self.shelf)
        elif kind is ActKind.CORRECT:
            assert people is not None  # noqa: S101 - it is begun from the dossier that is shown
            self.sheet = CorrectSheet(*people, possible.received)
            column.addWidget(self.sheet, 1)
        if kind in WITH_LEADER:
            self._build_decision(kind)
            below = self._below(column) if kind is ActKind.CORRECT else self._fields
            self.leader = LeaderField(possible.confirmers, below)
            if kind is ActKind.CORRECT:
                self.sheet.align(self._fields, below)

    def _below(self, column: QVBoxLayout) -> QFormLayout:
        """Return rows below what scrolls."""
        below = QFormLayout()
        below.setVerticalSpacing(self._fields.verticalSpacing())
        below.setHorizontalSpacing(self._fields.horizontalSpacing())
        column.addLayout(below)
        return below

    def _build_first(
        self, column: QVBoxLayout, people: tuple[Applicant, Submitter | None] | None
    ) -> None:
        """Ask who fetches a result, and for which reason an act is done."""
        kind, possible = self.kind, self._possible
        if kind in {ActKind.RETURN_RESULT, ActKind.CORRECT_RETURN}:
            assert people is not None  # noqa: S101 - it is begun from the dossier that is shown
            self.given = ReturnField(possible.applicant, people[0].number)
            self.given.take_up(possible.returned)
            column.insertWidget(column.indexOf(self._fields), self.given)
        if kind in WITH_REASON:
            offered = reasons_of(possible.reasons, kind)
            self.reason = choice("act_reason", self.tr("Lý do"), offered)
            self._fields.addRow(self.tr("Lý do"), self.reason)

    def _build_receiver(self, kind: ActKind) -> None:
        """Ask where papers or results go, and who takes them there."""
        name = self.tr("Nhân viên bưu chính")
        if kind is ActKind.HAND_OVER:
            name = self.tr("Người nhận")
            self.unit = choice("act_unit", self.tr("Đơn vị nhận"), self._possible.units)
            self._fields.addRow(self.tr("Đơn vị nhận"), self.unit)
        elif self._possible.return_to.way is ReturnWay.POST:
            told = words(return_words(self._possible.return_to), "value", wrap=True)
            told.setObjectName("act_post_to")
            self._fields.addRow(self.tr("Phát đến"), told)
        self.receiver = line("act_receiver", name, most=MOST_IN_NUMBER)
        self._fields.addRow(name, self.receiver)

    def _build_money(self, kind: ActKind) -> None:
        """Say what is to be paid, or ask what became of a legal receipt the portal refused."""
        if kind is ActKind.ASK_PAYMENT:
            owed = words(written.money(self._possible.owed), "huge")
            told = self.tr("Hồ sơ chờ đến khi nộp đủ; thời hạn giải quyết tạm dừng.")
            self._fields.addRow(self.tr("Phải nộp"), owed)
            self._fields.addRow(words(told, "caption", wrap=True))
            return
        told = self.tr(
            "Cổng không cấp hoặc không hủy biên lai. Xử lý ở hệ thống biên lai điện tử rồi ghi "
            "lại tại đây, hoặc nhờ cổng lần nữa."
        )
        self._fields.addRow(words(told, "caption", wrap=True))
        self.again = tick("act_again", self.tr("Nhờ cổng lần nữa, chưa coi là xong"))
        self._fields.addRow("", self.again)

    def _build_decision(self, kind: ActKind) -> None:
        """Ask for what a leader decided, and who."""
        if kind is ActKind.SIGN_LETTER:
            self._fields.addRow(self.tr("Văn bản"), words(self._letter(), "value"))
            self.number = line("act_number", self.tr("Số văn bản"), most=MOST_IN_NUMBER)
            self._fields.addRow(self.tr("Số văn bản"), self.number)
            self.approved = tick("act_approved", self.tr("Lãnh đạo đã ký"), on=True)
            self._fields.addRow("", self.approved)
        elif kind is ActKind.GIVE_BACK:
            left = words(written.money(self._possible.repayable), "value")
            left.setObjectName("act_repayable")
            self._fields.addRow(self.tr("Đã thu, chưa trả lại"), left)
            self.excess = tick("act_excess", self._excess_words(), on=True)
            if self._possible.owed < 0:
                self._fields.addRow("", self.excess)
            self.voided = tick("act_voided", self.tr("Phiếu thu lập nhầm, hủy phiếu"))
            self._fields.addRow("", self.voided)
        elif kind is ActKind.VOID:
            told = self.tr("&Tiếp nhận lại ngay: giữ người đã nhập, chọn lại thủ tục và giấy tờ")
            self.again = tick("act_again", told)
            self._fields.addRow("", self.again)
        elif kind is ActKind.CORRECT_RESULT:
            self.record = line("act_record", self.tr("Biên bản"))
            self._fields.addRow(self.tr("Biên bản"), self.record)

    def _accept_words(self) -> str:
        return self.tr("Chỉ ghi ngày khi pháp luật không quy định thời hạn; còn lại để trống.")

    def _excess_words(self) -> str:
        beyond = written.money(Dong(max(0, -self._possible.owed)))
        return self.tr("Chỉ hoàn phần thu thừa %1").replace("%1", beyond)

    def _leader(self) -> Leader:
        assert self.leader is not None  # noqa: S101 - built for these kinds
        return self.leader.leader()

    def _letter(self) -> str:
        letter = self._possible.letter
        return "" if letter is None else said(states.ACTS[letter])

    def _buttons(self) -> QHBoxLayout:
        self._go = KeyButton(self.tr("Ghi nhận"), "Ctrl+Return", primary=True)
        self._go.setObjectName("act_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        return foot(self, KeyButton(self.tr("Thôi"), "Esc"), self._go)

    def _act(self) -> Act:  # noqa: PLR0912 - one answer for each kind of act
        """Return the act as the fields say.

        Raises:
            BadDate: A day was typed that does not exist, or none where one is needed.
        """
        match self.kind:
            case ActKind.ACCEPT:
                return Accept(self.due_on.day())
            case ActKind.COLLECT:
                return Collect()
            case ActKind.ASK_PAYMENT:
                return AskPayment()
            case ActKind.HAND_OVER:
                return HandOver(self.unit.currentText(), self.receiver.text())
            case ActKind.ASK_SUPPLEMENT:
                day = self.respond_by.day()
                return AskSupplement(
                    self.reason.currentText(), self.wanted.papers(), day, self.cause.text()
                )
            case ActKind.TAKE_SUPPLEMENT:
                return TakeSupplement(self.brought.papers())
            case ActKind.TAKE_RESULT:
                return TakeResult(self.outcome.currentText(), self.number.text(), self.shelf.text())
            case ActKind.RETURN_RESULT:
                assert self.given is not None  # noqa: S101 - built for this kind
                return self.given.act()
            case ActKind.DRAFT_APOLOGY:
                due_on = self.due_on.day()
                if due_on is None:
                    raise BadDate
                return DraftApology(self.reason.currentText(), due_on)
            case ActKind.DRAFT_STOP:
                return DraftStop(self.reason.currentText())
            case ActKind.SIGN_LETTER:
                return SignLetter(self._leader(), self.number.text(), self.approved.isChecked())
            case ActKind.REFUSE:
                return Refuse(self.reason.currentText())
            case ActKind.WITHDRAW:
                return Withdraw(self.reason.currentText())
            case ActKind.CORRECT_RESULT:
                return CorrectResult(self.reason.currentText(), self.record.text(), self._leader())
            case ActKind.CORRECT_RETURN:
                assert self.given is not None  # noqa: S101 - built for this kind
                return CorrectReturn(self.given.act(), self.reason.currentText(), self._leader())
            case ActKind.RECALL:
                return Recall(self.reason.currentText(), self._leader())
            case ActKind.GIVE_BACK:
                return GiveBack(
                    self.reason.currentText(),
                    self._leader(),
                    self.voided.isChecked(),
                    excess=self._possible.owed < 0 and self.excess.isChecked(),
                )
            case ActKind.HAND_TO_POST:
                return HandToPost(self.receiver.text())
            case ActKind.SETTLE_RECEIPT:
                return SettleReceipt(self.reason.currentText(), self.again.isChecked())
            case ActKind.MOVE:
                return Move(self.shelf.text())
            case ActKind.VOID:
                return Void(self.reason.currentText(), self._leader())
            case ActKind.CORRECT:
                return self.sheet.act(self.reason.currentText(), self._leader())
            case _:
                assert_never(self.kind)
