"""The page where whoever sits here changes the own password: the old one, the new one twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from ui.officer.page import Page
from ui.parts.keys import KeyButton, on_key
from ui.parts.notice import NoticeBar
from ui.parts.section import Section
from ui.parts.words import words

FIELD_WIDTH = 340


@dataclass(frozen=True, slots=True)
class OwnPasswordAsked:
    """The password that holds now and the one that is to come."""

    old: str = field(repr=False)
    new: str = field(repr=False)


class OwnPasswordPage(Page):
    """Takes the passwords; forgets them once they were handed on, or nobody sees the page.

    Signals:
        asked: An OwnPasswordAsked.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Mật khẩu của tôi"),
            self.tr("Đổi mật khẩu hoặc mã PIN của người đang ngồi ở quầy."),
            parent,
        )
        self.notice = NoticeBar(self)
        if (frame := self.notice.layout()) is not None:
            frame.setContentsMargins(0, 0, 0, 0)  # in line with the card below
        card = Section(self.tr("Đổi mật khẩu"))
        card.body.addWidget(
            words(
                self.tr(
                    "Mật khẩu từ 8 ký tự, có thể là một câu ngắn dễ nhớ; mã PIN từ 6 chữ số không "
                    "liền nhau. Không dùng tên của mình, ngày sinh hay số điện thoại."
                ),
                wrap=True,
            )
        )
        rows = QFormLayout()
        rows.setVerticalSpacing(10)
        rows.setHorizontalSpacing(16)
        self._old = self._field(rows, "own_password_old", self.tr("Mật khẩu đang dùng"))
        self._new = self._field(rows, "own_password_new", self.tr("Mật khẩu mới"))
        self._again = self._field(rows, "own_password_again", self.tr("Nhập lại mật khẩu mới"))
        card.body.addLayout(rows)
        self._go = KeyButton(self.tr("Đổi mật khẩu"), "Ctrl+S", sign="tick", primary=True)
        self._go.setObjectName("own_password_go")
        self._go.clicked.connect(self._on_go)
        row = QHBoxLayout()
        row.addWidget(self._go)
        row.addStretch(1)
        card.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.body.addWidget(card)
        self.body.addStretch(1)
        key = on_key("Ctrl+S", self, self._on_go)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self, *, has_account: bool) -> None:
        """Empty the page for whoever sits here now; the demonstration's officer has no account."""
        self._forget()
        self.notice.clear()
        for part in (*self._lines(), self._go):
            part.setEnabled(has_account)
        if has_account:
            self._old.setFocus()
        else:
            self.notice.say("info", self.tr("Quầy trình diễn không có tài khoản."))

    def show_changed(self) -> None:
        """It is changed and holds from the next sign-in on."""
        self._end()
        self.notice.say("good", self.tr("Đã đổi mật khẩu. Từ nay đăng nhập bằng mật khẩu mới."))
        self._old.setFocus()

    def show_refused(self, error: BaseException) -> None:
        """Nothing was changed; everything is typed again."""
        self._end()
        self.notice.complain(error)
        self._old.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # another page, another officer, or the locked screen
            self._forget()

    @Slot()
    def _on_go(self) -> None:
        if not self._go.isEnabled():
            return
        empty = next((line for line in self._lines() if not line.text()), None)
        if empty is not None:
            empty.setFocus()
        elif self._new.text() != self._again.text():
            self._retype(self.tr("Hai lần nhập mật khẩu mới chưa giống nhau."), self._again)
        elif self._new.text() == self._old.text():
            self._retype(self.tr("Mật khẩu mới phải khác mật khẩu đang dùng."), self._new)
        else:
            self._go.setEnabled(False)
            self.asked.emit(OwnPasswordAsked(self._old.text(), self._new.text()))

    def _retype(self, told: str, line: QLineEdit) -> None:
        self.notice.say("warn", told)
        self._again.clear()
        line.clear()
        line.setFocus()

    def _end(self) -> None:
        self._forget()
        self._go.setEnabled(True)

    def _forget(self) -> None:
        for line in self._lines():
            line.clear()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self._old, self._new, self._again

    def _field(self, rows: QFormLayout, name: str, caption: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(caption)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setFixedWidth(FIELD_WIDTH)
        line.returnPressed.connect(self._on_go)
        label = words(caption, "strong")
        label.setBuddy(line)
        rows.addRow(label, line)
        return line
