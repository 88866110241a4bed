"""The form for one officer: who it is, what for, and at the start a password."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.people import Role
from counter.roster import Account, OfficerLine
from ui import states
from ui.parts.foot import foot
from ui.parts.layouts import tab_through
from ui.parts.line import Line
from ui.parts.notice import NoticeBar
from ui.parts.words import words
from ui.said import said

ROLES = (
    Role.OFFICER,
    Role.CASHIER,
    Role.SUPERVISOR,
    Role.POST_OFFICE,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, slots=True)
class AccountAsked:
    """What the form holds; the password is empty where the account keeps its own."""

    account: Account
    password: str = field(default="", repr=False)


class PeopleForm(QDialog):
    """Takes what an administrator says of one officer; with a line given it changes that one.

    Signals:
        asked: An AccountAsked.
    """

    asked = Signal(object)

    def __init__(
        self, parent: QWidget, line: OfficerLine | None = None, *, only_password: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("people_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self._line = line
        new = line is None
        if only_password:
            title = self.tr("Đặt lại mật khẩu")
        else:
            title = self.tr("Thêm cán bộ") if new else self.tr("Sửa cán bộ")
        self.setWindowTitle(title)
        self.notice = NoticeBar(self)
        self._name = self._field("people_name", self.tr("Họ và tên"))
        self._title = self._field("people_title", self.tr("Chức danh"))
        self._account = self._field("people_account", self.tr("Tên đăng nhập"))
        self._password = self._field("people_password", self.tr("Mật khẩu hoặc PIN"), secret=True)
        self._again = self._field("people_again", self.tr("Nhập lại"), secret=True)
        self._title.setText(self.tr("Công chức một cửa"))
        self._roles: dict[Role, QCheckBox] = {}
        self._rows = QFormLayout()
        self._rows.setVerticalSpacing(10)
        self._rows.setHorizontalSpacing(16)
        if not only_password:
            for entry in (self._name, self._title, self._account):
                self._add(entry)
            ticks = QVBoxLayout()
            for role in ROLES:
                tick = QCheckBox(said(states.ROLES[role]))
                tick.setObjectName(f"role_{role.name.lower()}")
                self._roles[role] = tick
                ticks.addWidget(tick)
            self._rows.addRow(words(self.tr("Việc được làm"), "strong"), ticks)
        if new or only_password:
            for entry in (self._password, self._again):
                self._add(entry)
        self._fill(line)
        self._has_password = new or only_password
        self._build(title)
        tab_through(self._account, *self._roles.values(), self._password, self._again)
        (self._password if only_password else self._name).setFocus()

    def _fill(self, line: OfficerLine | None) -> None:
        if line is not None:
            self._name.setText(line.officer.name)
            self._title.setText(line.officer.title)
            self._account.setText(line.officer.id)
            self._account.setReadOnly(True)
        held = {Role.OFFICER} if line is None else line.officer.roles
        for role, tick in self._roles.items():
            tick.setChecked(role in held)

    def _build(self, title: str) -> None:
        self._go = QPushButton(self.tr("Lưu"))
        self._go.setObjectName("people_go")
        self._go.setProperty("role", "primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._on_go)
        buttons = foot(self, QPushButton(self.tr("Thôi")), self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(title, "page-title"))
        if self._line is not None:
            officer = self._line.officer
            column.addWidget(words(f"{officer.name} · {officer.id}", "caption"))
        column.addWidget(self.notice)
        column.addLayout(self._rows)
        column.addLayout(buttons)

    def show_refused(self, error: BaseException) -> None:
        """Nothing was changed; it can be mended."""
        self._go.setEnabled(True)
        self.notice.complain(error)

    @Slot()
    def _on_go(self) -> None:
        if self._has_password and self._password.text() != self._again.text():
            self.notice.say("warn", self.tr("Hai lần nhập mật khẩu chưa giống nhau."))
            self._again.setFocus()
            return
        roles = frozenset(role for role, tick in self._roles.items() if tick.isChecked())
        if self._roles and not roles:
            self.notice.say("warn", self.tr("Hãy chọn ít nhất một việc được làm."))
            return
        self._go.setEnabled(False)
        account = Account(
            id=self._account.text().strip().lower(),
            name=self._name.text(),
            title=self._title.text(),
            roles=roles,
        )
        self.asked.emit(AccountAsked(account, self._password.text()))

    def _add(self, entry: QLineEdit) -> None:
        label = words(entry.accessibleName(), "strong")
        label.setBuddy(entry)
        self._rows.addRow(label, entry)

    def _field(self, name: str, caption: str, *, secret: bool = False) -> QLineEdit:
        entry = Line(parent=self)
        entry.setObjectName(name)
        entry.setAccessibleName(caption)
        if secret:
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        return entry
