"""What covers the window while nobody sits at the desk: sign in, or make the first account."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from counter.errors import AccountClosed
from ui.officer.chair_state import Chair, SignInAsked
from ui.parts.notice import NoticeBar
from ui.parts.own_card import OwnCard
from ui.parts.section import Section
from ui.parts.words import words

WIDTH = 460


class SignInCover(QWidget):
    """Stands before everything else; what was shown there can be neither read nor reached.

    Signals:
        asked: A SignInAsked.
        chosen: A str: the own password, in place of the one that an administrator has set.
        card_left: Nothing; the officer gives up half-way, before card or own password.
    """

    asked = Signal(object)
    chosen = Signal(object)
    card_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.notice = NoticeBar(self)
        self._closed_for_s, self._told_closed = 0, ""
        self._second = self._each_second()
        self._chair = Chair.EMPTY
        self._name = self._field("first_name", self.tr("Họ và tên"))
        self._account = self._field("account", self.tr("Tên đăng nhập"))
        self._password = self._field("password", self.tr("Mật khẩu hoặc mã PIN"), secret=True)
        self._own = self._field("own_password", self.tr("Mật khẩu mới của tôi"), secret=True)
        self._again = self._field("password_again", self.tr("Nhập lại mật khẩu"), secret=True)
        self._lay = words(role="caption", wrap=True)
        self._button = self._go_button()
        self._box = Section("", parent=self)
        self._title = words(self.tr("Đăng nhập"), "page-title")
        self._box.head.insertWidget(1, self._title)
        self._box.body.addWidget(self._lay)
        self._fields = QGridLayout()
        self._fields.setVerticalSpacing(4)
        self._captions: dict[QLineEdit, QWidget] = {}
        lines = (self._name, self._account, self._password, self._own, self._again)
        for row, line in enumerate(lines):
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
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._box, self.card_left.emit)
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
        wanted = (self._account, self._password)
        self._show_only(*((self._name, *wanted, self._again) if new else wanted))
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
        self._show_only()
        self._title.setText(self.tr("Thẻ của cán bộ"))
        self._lay.setText(
            self.tr(
                "Mật khẩu đã đúng. Hãy gõ sáu số cuối trên thẻ căn cước của chính anh/chị, rồi đặt "
                "thẻ lên đầu đọc."
            )
        )
        self.own_card.ask()
        self.own_card.setFocus()

    def ask_own_password(self) -> None:
        """The password was right; but an administrator has set it, and so knows it."""
        self._clear_secrets()
        self.notice.clear()
        self._show_only(self._own, self._again)
        self._title.setText(self.tr("Đặt mật khẩu của mình"))
        self._button.setText(self.tr("Đổi và vào quầy"))
        self._lay.setText(
            self.tr(
                "Mật khẩu vừa gõ do người quản trị đặt. Trước khi làm việc, hãy đặt mật khẩu chỉ "
                "mình anh/chị biết: từ 8 ký tự, có thể là một câu ngắn dễ nhớ; mã PIN từ 6 chữ số "
                "không liền nhau."
            )
        )
        self._own.setFocus()

    def choose_again(self, error: BaseException) -> None:
        """The own password was refused; another is typed."""
        self._clear_secrets()
        self._button.setEnabled(True)
        self.notice.complain(error)
        self._own.setFocus()

    def ask_who(self) -> None:
        """Somebody left by hand: the next name is typed over the last, or Enter keeps it."""
        self._account.setFocus()
        self._account.selectAll()

    def take_keyboard(self) -> None:
        """Give the keyboard to the first field that is still empty."""
        (self._password if self._account.text() else self._account).setFocus()

    def _show_only(self, *lines: QLineEdit) -> None:
        """Show these lines and the button for them; the card's panel where there are none."""
        is_card = not lines
        self.own_card.setVisible(is_card)
        self._again_button.setVisible(is_card or self._own in lines)
        self._button.setVisible(not is_card)
        self._button.setEnabled(True)
        for line, caption in self._captions.items():
            line.setVisible(line in lines)
            caption.setVisible(line in lines)

    def show_refused(self, error: BaseException) -> None:
        """It was refused; the name stays, the password is typed again."""
        if not self._again_button.isHidden():
            self.show_chair(self._chair, account=self._account.text())
        self._clear_secrets()
        self._button.setEnabled(True)
        self.notice.complain(error)
        self._password.setFocus()
        if isinstance(error, AccountClosed):
            self._closed_for_s = int(error.fields.get("seconds", 0))
            self._told_closed = self.notice.text
            self._second.start()

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
        first = self._password if self._own.isHidden() else self._own
        if not self._again.isHidden() and first.text() != self._again.text():
            self._again.clear()
            self._again.setFocus()
            self.notice.say("warn", self.tr("Hai lần nhập mật khẩu chưa giống nhau."))
            return
        self._button.setEnabled(False)
        if not self._own.isHidden():
            self.chosen.emit(self._own.text())
            return
        name = self._name.text() if self._chair is Chair.NEW else ""
        self.asked.emit(
            SignInAsked(self._account.text().strip().lower(), self._password.text(), name)
        )

    def _go_button(self) -> QPushButton:
        button = QPushButton()
        button.setObjectName("sign_in")
        button.setProperty("role", "primary")
        button.setProperty("size", "tall")
        button.setAutoDefault(True)  # Enter presses it where the keyboard is on it
        button.clicked.connect(self._on_go)
        return button

    def _each_second(self) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(1000)
        timer.timeout.connect(self._on_second)
        return timer

    @Slot()
    def _on_second(self) -> None:
        """Tell how long it still is, unless something else was said meanwhile."""
        self._closed_for_s -= 1
        if self.notice.text != self._told_closed:
            self._second.stop()
        elif self._closed_for_s > 0:
            self.notice.complain(AccountClosed(seconds=self._closed_for_s))
            self._told_closed = self.notice.text
        else:
            self._second.stop()
            self.notice.say("info", self.tr("Đã thử lại được; hãy gõ lại mật khẩu."))

    def _clear_secrets(self) -> None:
        for line in (self._password, self._own, self._again):
            line.clear()

    def _field(self, name: str, caption: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(caption)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        return line
