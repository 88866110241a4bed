"""The truth about the portal: what waits, since when, what it gave back and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from counter.ports import SyncState
from counter.work import MessageLine, SerialsView, SyncStanding
from ui import states, texts, written
from ui.officer.dossiers_page import STANDING_TONES
from ui.officer.page import Page
from ui.officer.reasons import reason_of_trouble
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton
from ui.said import said

if TYPE_CHECKING:
    from counter.people import Action


class PortalPage(Page):
    """Shows how the desk and the portal stand.

    Signals:
        send_asked: Nothing; try the portal now.
        again_asked: A str: code of the dossier whose messages go again unchanged.
        opened: A UUID: key of a message that is to be shown whole.
    """

    send_asked = Signal()
    again_asked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Gửi cổng"), "", parent)
        self.subtitle.setObjectName("portal_subtitle")
        self.subtitle.setWordWrap(True)  # what is for others takes two lines beside the buttons
        self._sends = True
        self._again = KeyButton(self.tr("Gửi lại hồ sơ đã chọn"), "Ctrl+G", sign="refresh")
        self._again.setObjectName("send_again")
        self._again.clicked.connect(self.send_again)
        self._again.setEnabled(False)
        send = KeyButton(self.tr("Gửi ngay"), "F5", sign="send", primary=True)
        send.setObjectName("send_now")
        send.clicked.connect(self.send_asked)
        self._open = KeyButton(self.tr("Xem, quyết định"), "Ctrl+Return", sign="search")
        self._open.setObjectName("message_open")
        self._open.clicked.connect(self.open_chosen)
        self._open.setEnabled(False)
        self.buttons.addWidget(self._open)
        self.buttons.addWidget(self._again)
        self.buttons.addWidget(send)
        self._reach, self._unsent, self._serials = Badge(), Badge(), Badge()
        badges = QHBoxLayout()
        badges.setSpacing(10)
        for badge in (self._reach, self._unsent, self._serials):
            badges.addWidget(badge, 1)
        self._model: LinesModel[MessageLine] = LinesModel(
            (
                Column(self.tr("Mã hồ sơ"), lambda m: m.dossier_code or "—", 200),
                Column(self.tr("Ghi lúc"), lambda m: written.moment(m.written_at), 172),
                Column(
                    self.tr("Tình trạng"),
                    lambda m: said(states.STANDINGS[m.standing]),
                    130,
                    lambda m: STANDING_TONES[m.standing],
                ),
                Column(self.tr("Đã thử"), lambda m: str(m.attempts), 84),
                Column(self.tr("Lý do, việc cần làm"), reason_of, 0),
            ),
            self,
        )
        self._table = LinesTable(self._model, "messages")
        self._table.setAccessibleName(self.tr("Những gì cổng chưa nhận"))
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._table.activated.connect(self.open_chosen)
        empty = Empty(
            "good",
            self.tr("Cổng đã nhận tất cả"),
            self.tr("Không còn gì chờ gửi. Hồ sơ mới sẽ được gửi tự động."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self._table)
        self.body.addLayout(badges)
        self.body.addWidget(listed, 1)
        self.show_state(SyncState(None, 0, None, 0, None, None))
        self.show_serials(None)
        self.show_allowed(None)

    def show_state(self, state: SyncState) -> None:
        """Show whether the portal answers and how much waits."""
        if state.reachable is None:
            self._reach.say("muted", self.tr("Đang liên lạc với cổng…"), icon="portal")
        elif state.error is not None:
            said = texts.sentence(state.error)
            self._reach.say("warn", f"{said.what} {said.advice}", icon="portal-off")
        else:
            when = written.clock(state.last_contact_at) if state.last_contact_at else ""
            told = self.tr("Cổng đang trả lời. Lần cuối: %1").replace("%1", when)
            self._reach.say("good", told, icon="portal")
        if state.unsent and state.oldest_unsent_at is not None:
            told = self.tr("%1 hồ sơ chờ gửi, lâu nhất từ %2")
            since = written.moment(state.oldest_unsent_at)
            told = told.replace("%1", str(state.unsent)).replace("%2", since)
            self._unsent.say("warn", told, icon="send")
        elif state.parked:
            told = self.tr("%1 hồ sơ bị cổng trả lại, cần cán bộ xem")
            self._unsent.say("bad", told.replace("%1", str(state.parked)))
        else:
            self._unsent.say("good", self.tr("Không còn gì chờ gửi"))

    def show_serials(self, serials: SerialsView | None) -> None:
        """Show how many dossier numbers are in store."""
        if serials is None:
            self._serials.say("muted", self.tr("Chưa biết còn bao nhiêu số hồ sơ"), icon="database")
        elif serials.left_today:
            told = self.tr("Còn %1 số hồ sơ hôm nay, đã giữ trước %2 ngày")
            told = told.replace("%1", str(serials.left_today)).replace(
                "%2", str(serials.days_ahead)
            )
            self._serials.say("good", told, icon="database")
        else:
            self._serials.say(
                "warn", self.tr("Hết số hôm nay: hồ sơ mới mang mã tạm cho đến khi có mạng")
            )

    def show_allowed(self, allowed: frozenset[Action] | None) -> None:
        """Offer what whoever sits here may do, and say what is for others; None: not yet asked."""
        told = self.tr("Mọi hồ sơ đã an toàn trên máy này; cổng nhận được ngay khi có mạng.")
        self._sends = True
        if allowed is not None:
            from counter.people import Action

            self._sends = Action.SEND in allowed
            if Action.READ not in allowed:
                told = self.tr(
                    "Vai trò của anh/chị chỉ thấy còn bao nhiêu và từ bao giờ; mã hồ sơ và lý do "
                    "dành cho người được xem hồ sơ."
                )
            elif not self._sends:
                told = self.tr(
                    "Vai trò của anh/chị xem được lý do; gửi lại, quyết định là việc của cán bộ "
                    "tiếp nhận."
                )
        self.subtitle.setText(told)
        self._on_row()

    def show_messages(self, messages: tuple[MessageLine, ...]) -> None:
        """Show what the portal has not acknowledged."""
        self._model.show(messages)
        self._sides.setCurrentIndex(1 if messages else 0)
        self._on_row()

    def _chosen(self) -> MessageLine | None:
        row = self._table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def _on_row(self) -> None:
        chosen = self._chosen()
        self._open.setEnabled(chosen is not None and chosen.key is not None)
        self._again.setEnabled(
            self._sends and chosen is not None and chosen.standing is SyncStanding.PARKED
        )

    @Slot()
    def open_chosen(self) -> None:
        """Ask for the chosen message, whole; the first one when none is chosen."""
        chosen = self._chosen() or next(iter(self._model.lines), None)
        if chosen is not None and chosen.key is not None:
            self.opened.emit(chosen.key)

    @Slot()
    def send_again(self) -> None:
        """Ask for the chosen dossier's messages to go again, where the portal gave them back."""
        chosen = self._chosen()
        if chosen is not None and self._again.isEnabled():
            self.again_asked.emit(chosen.dossier_code)


def reason_of(message: MessageLine) -> str:
    """Return in words why a message is still here."""
    return reason_of_trouble(message.trouble)
