"""The window of the first setting-up: one page after the other, left and taken up at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from counter.ports import Outcome
from counter.setting_up import Answers, Secrets, Step
from ui import states, texts
from ui.parts.copied import Copied
from ui.parts.keys import KeyButton, on_key
from ui.parts.notice import NoticeBar
from ui.parts.words import set_look, words
from ui.said import said
from ui.setup.moved import MovedPage
from ui.setup.pages import (
    DeskPage,
    DevicesPage,
    KeyPage,
    OfficePage,
    PeoplePage,
    PortalPage,
    TrialPage,
)

if TYPE_CHECKING:
    from counter.desk.first_day import SetUp
    from ui.bridge import Bridge
    from ui.setup.hands import DevicesFound, SetupHands
    from ui.setup.page import SetupPage

SECRET_FIELDS = ("password", "password_again", "passphrase", "passphrase_again", "portal_secret")
WIDEST = 820
TRIAL_TONES = {
    Outcome.PRINTED: "good",
    Outcome.TRAY: "good",
    Outcome.UNKNOWN: "info",
    Outcome.FAILED: "bad",
}


class SetupWindow(QMainWindow):
    """Leads through the setting-up; it decides nothing.

    Signals:
        done: A counter.desk.first_day.SetUp: the desk is made.
        leaving: Nothing; the window was closed before the end, what was answered is kept.
    """

    done = Signal(object)
    leaving = Signal()

    def __init__(
        self,
        bridge: Bridge,
        hands: SetupHands,
        *,
        folder: str,
        missing: tuple[str, ...] = (),
        version: str = "",
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._hands = hands
        self._answers = Answers()
        self._is_done = False
        self._copied = Copied(self)
        self._only_moved = bool(missing)
        self.setWindowTitle(self.tr("Quầy Một Cửa – cài đặt lần đầu"))
        self.setMinimumSize(1100, 640)
        self.resize(1366, 728)
        self.office, self.desk, self.people = OfficePage(), DeskPage(), PeoplePage()
        self.key = KeyPage(hands.asks_passphrase)
        self.portal, self.devices, self.trial = PortalPage(), DevicesPage(), TrialPage()
        self._pages: tuple[SetupPage, ...] = (
            self.office,
            self.desk,
            self.people,
            self.key,
            self.portal,
            self.devices,
            self.trial,
        )
        self.moved = MovedPage(folder, missing)
        self.notice = NoticeBar()
        self._stack = QStackedWidget()
        for page in (*self._pages, self.moved):
            self._stack.addWidget(_scrolled(page))
        self._signs: list[QLabel] = []
        self._build(version)
        self._connect()
        for key, act in (("Ctrl+Return", self.go_on), ("Alt+Left", self.go_back)):
            on_key(key, self, act)
        on_key("Esc", self, self.notice.clear)
        self._fill(Answers())
        self._show(Step.OFFICE)
        if missing:
            self.show_moved()
        else:
            bridge.ask(hands.start, self.resume, self.notice.complain)

    @property
    def step(self) -> Step:
        """The page that is shown."""
        return Step(self._answers.step)

    def resume(self, answers: Answers) -> None:
        """Go on where it was left; with nothing left, what is being typed stays."""
        if answers == Answers():
            return
        self._fill(answers)
        # Secrets are kept nowhere, so whoever comes back types them again on the way.
        first = Step.PEOPLE if answers.step > Step.PEOPLE else Step(answers.step)
        self.notice.say(
            "info",
            self.tr("Tiếp tục phần cài đặt đang làm dở."),
            self.tr("Mật khẩu không được lưu lại nên phải nhập lại từ đây.")
            if first is Step.PEOPLE
            else "",
        )
        self._show(first)

    def _fill(self, answers: Answers) -> None:
        told = {name: str(getattr(answers, name)) for name in Answers.__dataclass_fields__}
        for page in self._pages:
            page.fill(told)
        self._answers = answers

    @Slot()
    def go_on(self) -> None:
        """Check this page and go to the next; on the last make the desk."""
        if self._stack.currentIndex() >= len(self._pages) or not self._next.isEnabled():
            return
        step = self.step
        page = self._pages[step]
        if not self._repeated_right(page):
            return
        self._answers = answers = self._read()
        self._next.setEnabled(False)

        def work() -> tuple[str, ...]:
            self._hands.keep(answers)
            return self._hands.check(answers, step, self._secrets_at(step))

        self._bridge.ask(work, self._checked, self._refused)

    @Slot()
    def go_back(self) -> None:
        """Go to the page before."""
        if self._stack.currentIndex() >= len(self._pages):
            if not self._only_moved:
                self._show(self.step)
            return
        if self.step is not Step.OFFICE:
            self._answers = self._read()
            self._show(Step(self.step - 1))

    @Slot()
    def show_moved(self) -> None:
        """Say what to do when the desk has lived on another computer."""
        self._stack.setCurrentIndex(len(self._pages))
        self._foot.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_done and not self._only_moved:
            answers = self._read()
            self._bridge.ask(
                lambda: self._hands.keep(answers), lambda _none: None, lambda _error: None
            )
        self._forget_secrets()
        if not self._is_done:
            self.leaving.emit()
        super().closeEvent(event)

    # What came of it

    def _checked(self, mistakes: tuple[str, ...]) -> None:
        page = self._pages[self.step]
        rest = page.mark(mistakes)
        self._next.setEnabled(True)
        if mistakes:
            self.notice.say(
                "warn", self.tr("Trang này còn chỗ chưa đúng; hãy xem dòng chữ đỏ."), rest
            )
            return
        self.notice.clear()
        if self.step is not Step.TRIAL:
            self._show(Step(self.step + 1))
            return
        self._next.setEnabled(False)
        self._back.setEnabled(False)
        self.notice.say("info", self.tr("Đang lập quầy…"))
        answers, secrets = self._answers, self._secrets()
        self._bridge.ask(
            lambda: self._hands.finish(answers, secrets), self._finished, self._refused
        )

    def _finished(self, made: SetUp) -> None:
        self._is_done = True
        self._forget_secrets()
        self.done.emit(made)

    def _refused(self, error: BaseException) -> None:
        self._next.setEnabled(True)
        self._back.setEnabled(self.step is not Step.OFFICE)
        self.notice.complain(error)

    @Slot()
    def _call_portal(self) -> None:
        answers, secret = self._read(), self._all()["portal_secret"]
        self._bridge.ask(
            lambda: self._hands.call_portal(answers, secret),
            self.portal.show_answer,
            self.portal.show_refused,
        )

    @Slot()
    def _find_devices(self) -> None:
        def show(found: DevicesFound) -> None:
            self.devices.show_found(found.readers, found.queues, found.ports, found.rolls)

        self._bridge.ask(self._hands.find_devices, show, self.notice.complain)

    @Slot(object)
    def _print_trial(self, role: str) -> None:
        answers = self._read()

        def show(made: tuple[Outcome, str]) -> None:
            outcome, place = made
            told = f"{said(states.OUTCOMES[outcome])}: {place}"
            self.trial.show_outcome(role, TRIAL_TONES[outcome], told)

        def failed(error: BaseException) -> None:
            sentence = texts.sentence(error)
            self.trial.show_outcome(role, "bad", f"{sentence.what} {sentence.advice}")

        self._bridge.ask(lambda: self._hands.print_trial(answers, role), show, failed)

    # What was typed

    def _all(self) -> dict[str, str]:
        told: dict[str, str] = dict.fromkeys(SECRET_FIELDS, "")
        for page in self._pages:
            told |= page.read()
        return told

    def _read(self) -> Answers:
        told = {name: text for name, text in self._all().items() if name not in SECRET_FIELDS}
        return Answers(**told, step=self._answers.step)

    def _secrets(self) -> Secrets:
        told = self._all()
        return Secrets(
            password=told["password"],
            passphrase=told["passphrase"],
            portal=told["portal_secret"].strip(),
        )

    def _secrets_at(self, step: Step) -> Secrets | None:
        """Return what was typed, once all that this page asks for was."""
        if step is Step.PEOPLE:
            return replace(self._secrets(), passphrase="")
        return self._secrets() if step is Step.KEY else None

    def _repeated_right(self, page: SetupPage) -> bool:
        told = page.read()
        for once, again in (("password", "password_again"), ("passphrase", "passphrase_again")):
            if once not in told:
                continue
            if not told[once]:
                self.notice.say("warn", self.tr("Hãy đặt mật khẩu."))
                page.point(once)
                return False
            if told[once] != told[again]:
                self.notice.say("warn", self.tr("Hai lần nhập mật khẩu chưa giống nhau."))
                page.point(again)
                return False
        return True

    def _forget_secrets(self) -> None:
        """Leave no secret in a field, nor a passphrase that was shown and copied."""
        self._copied.forget()
        for page in self._pages:
            page.fill(dict.fromkeys(SECRET_FIELDS, ""))

    # Building

    def _show(self, step: Step) -> None:
        self._answers = replace(self._answers, step=int(step))
        self._foot.show()
        self._stack.setCurrentIndex(step)
        for place, sign in enumerate(self._signs):
            done, here = place < step, place == step
            sign.setText("✓" if done else str(place + 1))
            set_look(sign, tone="good" if done else "" if here else "later")
            set_look(self._captions[place], role="rail-here" if here else "rail-step")
        last = step is Step.TRIAL
        self._next.setText(self.tr("Lập quầy") if last else self.tr("Tiếp tục"))
        self._next.setEnabled(True)
        self._back.setEnabled(step is not Step.OFFICE)
        self._moved.setVisible(step is Step.OFFICE)
        if last:
            self.trial.show_summary(self._summary())
        self._pages[step].focus()

    def _summary(self) -> str:
        answers = self._read()
        lines = (
            (self.tr("Cơ quan"), f"{answers.office_name} ({answers.agency_code})"),
            (self.tr("Quầy"), f"{answers.desk_name} ({answers.desk_id})"),
            (self.tr("Người quản trị"), f"{answers.admin_name}, {answers.admin_account}"),
            (self.tr("Cổng"), answers.portal_url),
        )
        return "\n".join(f"{name}: {value}" for name, value in lines)

    def _build(self, version: str) -> None:
        rail = QFrame()
        rail.setProperty("role", "rail")
        rail.setFixedWidth(264)
        steps = QVBoxLayout(rail)
        steps.setContentsMargins(22, 26, 16, 18)
        steps.setSpacing(14)
        steps.addWidget(words(self.tr("Cài đặt quầy"), "rail-title"))
        steps.addSpacing(10)
        self._captions: list[QLabel] = []
        for number, caption in enumerate(
            (
                self.tr("Cơ quan"),
                self.tr("Quầy"),
                self.tr("Người quản trị"),
                self.tr("Mật khẩu dữ liệu"),
                self.tr("Cổng của tỉnh"),
                self.tr("Thiết bị"),
                self.tr("In thử, hoàn tất"),
            ),
            1,
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            sign, told = words(str(number), "step"), words(caption, "rail-step")
            row.addWidget(sign)
            row.addWidget(told, 1)
            steps.addLayout(row)
            self._signs.append(sign)
            self._captions.append(told)
        steps.addStretch(1)
        steps.addWidget(words(version, "rail-key"))
        self._back = KeyButton(self.tr("Quay lại"), "Alt+←")
        self._back.setObjectName("setup_back")
        self._next = KeyButton(self.tr("Tiếp tục"), "Ctrl+Enter", primary=True)
        self._next.setObjectName("setup_next")
        self._moved = QPushButton(self.tr("Quầy này đã chạy ở &máy khác…"))
        self._moved.setObjectName("setup_moved")
        self._foot = QFrame()
        self._foot.setProperty("role", "foot")
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(24, 10, 24, 10)
        foot.addWidget(self._moved)
        foot.addWidget(
            words(self.tr("Đóng cửa sổ lúc nào cũng được; lần sau làm tiếp từ đây."), "caption")
        )
        foot.addStretch(1)
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self._stack, 1)
        right.addWidget(self._foot)
        whole = QWidget()
        whole.setProperty("role", "page")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._moved.clicked.connect(self.show_moved)
        self.moved.left.connect(self.go_back)
        self.moved.quitting.connect(self.close)
        self.portal.asked.connect(self._call_portal)
        self.devices.asked.connect(self._find_devices)
        self.trial.asked.connect(self._print_trial)
        for page in self._pages:
            page.entered.connect(self._on_enter)

    @Slot()
    def _on_enter(self) -> None:
        """Enter goes to the next field, and after the last to the next page."""
        here = self.focusWidget()
        fields = list(self._pages[self.step].entries())
        place = fields.index(here) if here in fields else -1
        if 0 <= place < len(fields) - 1:
            fields[place + 1].setFocus()
        else:
            self.go_on()


def _scrolled(page: QWidget) -> QScrollArea:
    """Return *page* in the middle of an area that scrolls on small screens."""
    page.setMaximumWidth(WIDEST)
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(24, 18, 24, 18)
    row.addWidget(page, 1)
    row.addStretch()
    row.setAlignment(Qt.AlignmentFlag.AlignTop)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(around)
    return area
