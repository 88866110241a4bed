"""What covers the window while nobody sits at the desk: sign in, or make the first account."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from ui.officer.chair_state import Chair
from ui.parts.notice import NoticeBar
from ui.parts.own_card import OwnCard
from ui.parts.section import Section
from ui.parts.words import words

WIDTH = 460


@dataclass(frozen=True, slots=True)
class SignInAsked:
    """Somebody wants to sit down; ``name`` is given for a new desk's first account only."""

    account: str
    password: str = field(repr=False)
    name: str = field(default="", repr=False)


class SignInCover(QWidget):
    """Stands before everything else; what was shown there can be neither read nor reached.

    Signals:
        asked: A SignInAsked.
        card_left: Nothing; the officer gives up before the card was read.
    """

    asked = Signal(object)
    card_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.notice = NoticeBar(self)
        self._chair = Chair.EMPTY
        self._name = self._field("first_name", self.tr("Họ và tên"))
        self._account = self._field("account", self.tr("Tên đăng nhập"))
        self._password = self._field("password", self.tr("Mật khẩu hoặc mã PIN"), secret=True)
        self._again = self._field("password_again", self.tr("Nhập lại mật khẩu"), secret=True)
        self._lay = words(role="caption", wrap=True)
        self._button = QPushButton()
        self._button.setObjectName("sign_in")
        self._button.setProperty("role", "primary")
        self._button.setProperty("size", "tall")
        self._button.clicked.connect(self._on_go)
        self._box = Section("", parent=self)
        self._title = words(self.tr("Đăng nhập"), "page-title")
        self._box.head.insertWidget(1, self._title)
        self._box.body.addWidget(self._lay)
        self._fields = QGridLayout()
        self._fields.setVerticalSpacing(4)
        self._captions: dict[QLineEdit, QWidget] = {}
        for row, line in enumerate((self._name, self._account, self._password, self._again)):
            caption = words(line.accessibleName(), "caption")
            caption.setBuddy(line)
            self._captions[line] = caption
            self._fields.addWidget(caption, 2 * row, 0)
            self._fields.addWidget(line, 2 * row + 1, 0)
            line.returnPressed.connect(self._on_go)
        self._box.body.addLayout(self._fields)
        bar = self.notice.layout()
        if bar is not None:
            bar.setContentsMargins(0, 4, 0, 4)
        self._box.body.addWidget(self.notice)
        self._box.body.addWidget(self._button)
        self.own_card = OwnCard()
        self._again_button = QPushButton(self.tr("Đăng nhập lại từ đầu (Esc)"))
        self._again_button.setObjectName("card_left")
        self._again_button.clicked.connect(self.card_left)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.own_card, self.card_left.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.setObjectName("cover_leave")
        self._box.body.addWidget(self.own_card)
        self._box.body.addWidget(self._again_button)
        self._box.setFixedWidth(WIDTH)
        room = QGridLayout(self)
        room.addWidget(self._box, 0, 0, Qt.AlignmentFlag.AlignCenter)
        self.show_chair(Chair.EMPTY)

    def show_chair(self, chair: Chair, *, account: str = "") -> None:
        """Ask for what is needed: a first account, or an officer of this desk."""
        self._chair = chair
        new = chair is Chair.NEW
        self._show_card(asked=False)
        for line in (self._name, self._again):
            line.setVisible(new)
            self._captions[line].setVisible(new)
        self._title.setText(self.tr("Người quản trị đầu tiên") if new else self.tr("Đăng nhập"))
        self._button.setText(self.tr("Tạo và bắt đầu") if new else self.tr("Vào quầy"))
        if new:
            self._lay.setText(
                self.tr(
                    "Quầy này chưa có ai. Hãy tạo tài khoản cho người quản trị; người đó sẽ thêm "
                    "các cán bộ khác. Mật khẩu từ 8 ký tự, có thể là một câu ngắn dễ nhớ."
                )
            )
        else:
            self._lay.setText(
                self.tr("Hãy đăng nhập bằng tên của mình; việc ở quầy ghi tên người đang ngồi.")
            )
        self._account.setText(account)
        self._clear_secrets()
        self.notice.clear()

    def ask_card(self) -> None:
        """The password was right; the officer's own card is missing."""
        self._clear_secrets()
        self.notice.clear()
        self._show_card(asked=True)
        self._title.setText(self.tr("Thẻ của cán bộ"))
        self._lay.setText(
            self.tr(
                "Mật khẩu đã đúng. Hãy gõ sáu số cuối trên thẻ căn cước của chính anh/chị, rồi đặt "
                "thẻ lên đầu đọc."
            )
        )
        self.own_card.ask()
        self.own_card.setFocus()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first field that is still empty."""
        (self._password if self._account.text() else self._account).setFocus()

    def _show_card(self, *, asked: bool) -> None:
        self.own_card.setVisible(asked)
        self._again_button.setVisible(asked)
        self._button.setVisible(not asked)
        self._button.setEnabled(True)
        for line in (self._account, self._password):
            line.setVisible(not asked)
            self._captions[line].setVisible(not asked)

    def show_refused(self, error: BaseException) -> None:
        """It was refused; the name stays, the password is typed again."""
        if not self.own_card.isHidden():
            self.show_chair(self._chair, account=self._account.text())
        self._clear_secrets()
        self._button.setEnabled(True)
        self.notice.complain(error)
        self._password.setFocus()

    def forget(self) -> None:
        """Forget what was typed."""
        self._clear_secrets()
        self._button.setEnabled(True)
        self.notice.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self._name if self._chair is Chair.NEW else self._account
        (self._password if self._account.text() and first is self._account else first).setFocus()

    @Slot()
    def _on_go(self) -> None:
        if not self._button.isEnabled():
            return
        wanted = [line for line in self._captions if line.isVisibleTo(self)]
        empty = next((line for line in wanted if not line.text().strip()), None)
        if empty is not None:
            empty.setFocus()
            return
        if self._chair is Chair.NEW and self._password.text() != self._again.text():
            self._again.clear()
            self._again.setFocus()
            self.notice.say("warn", self.tr("Hai lần nhập mật khẩu chưa giống nhau."))
            return
        self._button.setEnabled(False)
        name = self._name.text() if self._chair is Chair.NEW else ""
        self.asked.emit(
            SignInAsked(self._account.text().strip().lower(), self._password.text(), name)
        )

    def _clear_secrets(self) -> None:
        self._password.clear()
        self._again.clear()

    def _field(self, name: str, caption: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(caption)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line
