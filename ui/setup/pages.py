"""What each page of the setting-up asks, in the order of the day a desk is put up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from counter.setting_up import make_passphrase
from counter.work import Check, CheckState
from ui import states, texts
from ui.parts.badge import Badge
from ui.parts.layouts import empty
from ui.parts.words import words
from ui.said import said
from ui.setup.page import SetupPage

TONES = {CheckState.OK: "good", CheckState.WARNING: "warn", CheckState.FAILED: "bad"}


class OfficePage(SetupPage):
    """Whose office it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Cơ quan"),
            self.tr("Những điều này in ở đầu mọi giấy tờ. Cán bộ văn phòng của xã biết rõ nhất."),
            parent,
        )
        self.line(
            "agency_code",
            self.tr("Mã cơ quan"),
            self.tr("Mã định danh của xã, ví dụ H55.242."),
            key="office.agency_code",
        )
        self.line(
            "office_name",
            self.tr("Tên cơ quan"),
            self.tr("Viết đủ, ví dụ Ủy ban nhân dân xã …"),
            key="office.name",
        )
        self.line("center_name", self.tr("Tên trung tâm"), key="office.center_name")
        self.line(
            "place",
            self.tr("Địa danh"),
            self.tr("Đứng trước ngày tháng trên giấy; để trống thì lấy tên xã."),
            key="office.place",
        )
        self.line(
            "phone",
            self.tr("Điện thoại"),
            self.tr("Số để người dân gọi hỏi; không bắt buộc."),
            key="office.phone",
        )


class DeskPage(SetupPage):
    """Which desk it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Quầy"),
            self.tr(
                "Mỗi máy là một quầy riêng, có mã riêng do cổng cấp khi đăng ký. Hai máy không "
                "bao giờ dùng chung một mã."
            ),
            parent,
        )
        self.line("desk_id", self.tr("Mã quầy"), self.tr("Ví dụ H55.242-Q01."), key="desk.id")
        self.line(
            "desk_name",
            self.tr("Tên quầy"),
            self.tr("Tên gọi trên bảng gọi số và trên giấy, ví dụ Quầy 1."),
            key="desk.name",
        )


class PeoplePage(SetupPage):
    """Who is the first administrator."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Người quản trị đầu tiên"),
            self.tr(
                "Người này thêm các cán bộ khác và trao việc cho họ. Mật khẩu từ 8 ký tự; một câu "
                "ngắn dễ nhớ, không ai đoán được, là tốt nhất."
            ),
            parent,
        )
        self.line("admin_name", self.tr("Họ và tên"), key="desk.officer_name")
        self.line("admin_title", self.tr("Chức danh"), key="desk.officer_title")
        self.line(
            "admin_account",
            self.tr("Tên đăng nhập"),
            self.tr("Chữ thường không dấu, số, dấu chấm; cũng là mã cán bộ gửi lên cổng."),
            key="desk.officer_id",
        )
        self.line("password", self.tr("Mật khẩu"), secret=True)
        self.line("password_again", self.tr("Nhập lại mật khẩu"), secret=True)


class KeyPage(SetupPage):
    """What opens the desk's data."""

    def __init__(self, asks: bool, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Mật khẩu của dữ liệu"),
            self.tr(
                "Dữ liệu của quầy được mã hóa. Mật khẩu này mở được nó khi máy hỏng và phải chuyển "
                "sang máy khác. Máy tự nhớ, cán bộ không gõ hằng ngày. Hãy chép ra giấy, cho vào "
                "phong bì niêm phong và cất ở két của cơ quan: mất nó là mất dữ liệu."
            )
            if asks
            else self.tr(
                "Máy này đã được giao một tệp chứa mật khẩu của dữ liệu, nên không phải đặt ở đây. "
                "Hãy bảo đảm cơ quan giữ một bản của tệp đó ở nơi khác."
            ),
            parent,
        )
        if not asks:
            return
        self._typed = self.line(
            "passphrase",
            self.tr("Mật khẩu dữ liệu"),
            self.tr("Từ 12 ký tự. Khác với mật khẩu đăng nhập của cán bộ."),
            secret=True,
        )
        self._again = self.line("passphrase_again", self.tr("Nhập lại"), secret=True)
        make = QPushButton(self.tr("&Tạo giúp một mật khẩu khó đoán"))
        make.setObjectName("make_passphrase")
        make.clicked.connect(self._make)
        self._show = QPushButton(self.tr("&Hiện chữ"))
        self._show.setObjectName("show_passphrase")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        row = QHBoxLayout()
        row.addWidget(make)
        row.addWidget(self._show)
        row.addStretch(1)
        self.card.body.addLayout(row)

    @Slot()
    def _make(self) -> None:
        made = make_passphrase()
        self._typed.setText(made)
        self._again.setText(made)
        self._show.setChecked(True)

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._typed.setEchoMode(mode)
        self._again.setEchoMode(mode)


class PortalPage(SetupPage):
    """Where the portal is.

    Signals:
        asked: Nothing; the portal is to be called.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Cổng của tỉnh"),
            self.tr(
                "Trung tâm công nghệ thông tin của tỉnh cấp những điều này. Chưa có mạng cũng cài "
                "tiếp được: quầy vẫn tiếp nhận và gửi sau."
            ),
            parent,
        )
        self.line(
            "portal_url",
            self.tr("Địa chỉ"),
            self.tr("Bắt đầu bằng https:// và kết thúc bằng /motcua/v1."),
            key="portal.url",
        )
        self.line("portal_secret", self.tr("Khóa bí mật của quầy"), secret=True)
        self.line(
            "portal_pin",
            self.tr("Dấu khóa của cổng"),
            self.tr("sha256/… do tỉnh báo; có thì quầy không nhầm với cổng giả."),
            key="portal.pins",
        )
        self.line(
            "portal_ca",
            self.tr("Tệp chứng thư"),
            self.tr("Chỉ khi tỉnh dùng chứng thư riêng: đường dẫn đầy đủ tới tệp .pem."),
            key="portal.ca_file",
        )
        self.line(
            "portal_proxy",
            self.tr("Máy chủ trung gian"),
            self.tr("Để trống nếu máy ra mạng trực tiếp."),
            key="portal.proxy",
        )
        self._call = QPushButton(self.tr("&Thử gọi cổng"))
        self._call.setObjectName("call_portal")
        self._call.clicked.connect(self._on_call)
        self._answers = QVBoxLayout()
        self.card.body.addWidget(self._call, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addLayout(self._answers)

    @Slot()
    def _on_call(self) -> None:
        self._call.setEnabled(False)
        self._clear()
        self._say("info", self.tr("Đang gọi cổng…"))
        self.asked.emit()

    def show_answer(self, checks: tuple[Check, ...]) -> None:
        """Say how portal and clock stand."""
        self._clear()
        self._call.setEnabled(True)
        for check in checks:
            name = said(states.CHECKS[check.name])
            if check.error is None:
                told = f"{name}: {check.facts or said(states.CHECK_STATES[check.state])}"
            else:
                sentence = texts.sentence(check.error)
                told = f"{name}: {sentence.what} {sentence.advice}"
            self._say(TONES[check.state], told)

    def show_refused(self, error: BaseException) -> None:
        """Say why it could not be tried."""
        self._clear()
        self._call.setEnabled(True)
        sentence = texts.sentence(error)
        self._say("bad", f"{sentence.what} {sentence.advice}")

    def _say(self, tone: str, told: str) -> None:
        badge = Badge()
        badge.setObjectName("portal_answer")
        badge.say(tone, told)
        self._answers.addWidget(badge)

    def _clear(self) -> None:
        empty(self._answers)


class DevicesPage(SetupPage):
    """What is connected.

    Signals:
        asked: Nothing; look again what is connected.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Thiết bị"),
            self.tr(
                "Hãy cắm đầu đọc thẻ và máy in rồi tìm. Thiết bị nào chưa có thì để nguyên; giấy "
                "sẽ được lưu vào khay giấy, một thư mục trên máy."
            ),
            parent,
        )
        self.choice(
            "reader",
            self.tr("Đầu đọc thẻ"),
            key="card.reader",
            choices=(("", self.tr("Mọi đầu đọc được cắm")),),
            typed=True,
        )
        self.choice(
            "receipts_kind",
            self.tr("Giấy tiếp nhận"),
            key="printers.receipts.kind",
            choices=(
                ("tray", self.tr("Lưu vào khay giấy, chưa có máy in")),
                ("system", self.tr("Máy in A5 của máy tính")),
            ),
        )
        self.choice(
            "receipts_name",
            self.tr("Tên máy in A5"),
            key="printers.receipts.name",
            choices=(("", ""),),
            typed=True,
        )
        self.choice(
            "tickets_kind",
            self.tr("Phiếu số thứ tự"),
            key="printers.tickets.kind",
            choices=(
                ("tray", self.tr("Lưu vào khay giấy, chưa có máy in")),
                ("escpos", self.tr("Máy in cuộn, nói chuyện trực tiếp")),
                ("system", self.tr("Máy in của máy tính")),
            ),
        )
        self.choice(
            "tickets_name",
            self.tr("Tên máy in phiếu"),
            self.tr("Máy in cuộn: tcp://192.168.1.50:9100, usb: hoặc serial:///dev/ttyUSB0."),
            key="printers.tickets.name",
            choices=(("", ""),),
            typed=True,
        )
        self.choice(
            "tickets_width",
            self.tr("Khổ giấy cuộn"),
            key="printers.tickets.width_dots",
            choices=(("576", self.tr("80 mm")), ("384", self.tr("58 mm"))),
        )
        self.choice(
            "serial_port",
            self.tr("Máy quét mã"),
            key="scanner.serial_port",
            choices=(("", self.tr("Gõ như bàn phím, hoặc chưa có")),),
            typed=True,
        )
        self._look = QPushButton(self.tr("&Tìm thiết bị"))
        self._look.setObjectName("find_devices")
        self._look.clicked.connect(self._on_look)
        self._found = Badge()
        self._found.setObjectName("devices_found")
        self._found.hide()
        row = QHBoxLayout()
        row.addWidget(self._look, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._found, 1)
        self.card.body.addLayout(row)

    @Slot()
    def _on_look(self) -> None:
        self._look.setEnabled(False)
        self._found.say("info", self.tr("Đang tìm…"))
        self._found.show()
        self.asked.emit()

    def show_found(
        self,
        readers: tuple[str, ...],
        queues: tuple[str, ...],
        ports: tuple[str, ...],
        rolls: tuple[str, ...] = (),
    ) -> None:
        """Offer what is connected."""
        self._look.setEnabled(True)
        self.offer("reader", readers)
        self.offer("receipts_name", queues)
        self.offer("tickets_name", (*rolls, *queues))
        self.offer("serial_port", ports)
        told = self.tr("Thấy %1 đầu đọc thẻ, %2 máy in, %3 cổng nối tiếp.")
        for mark, count in (("%1", readers), ("%2", (*rolls, *queues)), ("%3", ports)):
            told = told.replace(mark, str(len(count)))
        self._found.say("good" if readers or queues or rolls else "warn", told)
        self._found.show()


class TrialPage(SetupPage):
    """Papers to try, and what was answered, once more.

    Signals:
        asked: A str: role of the printer to try.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("In thử và hoàn tất"),
            self.tr("Hãy in thử, xem giấy ra có đủ chữ có dấu và mã vạch, rồi hoàn tất."),
            parent,
        )
        self._outcomes: dict[str, Badge] = {}
        self._buttons: dict[str, QPushButton] = {}
        for role, caption in (
            ("receipts", self.tr("In thử giấy tiếp nhận (&1)")),
            ("tickets", self.tr("In thử phiếu số (&2)")),
        ):
            button = QPushButton(caption)
            button.setObjectName(f"trial_{role}")
            button.setMinimumWidth(240)
            outcome = Badge()
            outcome.setObjectName(f"trial_{role}_outcome")
            outcome.hide()
            row = QHBoxLayout()
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            row.addWidget(outcome, 1)
            self.card.body.addLayout(row)
            self._buttons[role], self._outcomes[role] = button, outcome
        self._buttons["receipts"].clicked.connect(self._on_receipts)
        self._buttons["tickets"].clicked.connect(self._on_tickets)
        self.card.body.addSpacing(8)
        self.card.body.addWidget(words(self.tr("Sẽ lập quầy như sau"), "title"))
        self._told = words(wrap=True)
        self._told.setObjectName("summary")
        self.card.body.addWidget(self._told)

    def show_summary(self, told: str) -> None:
        """Say what was answered."""
        self._told.setText(told)

    def show_outcome(self, role: str, tone: str, told: str) -> None:
        """Say what became of a trial paper."""
        self._buttons[role].setEnabled(True)
        self._outcomes[role].say(tone, told)
        self._outcomes[role].show()

    def focus(self) -> None:
        self._buttons["receipts"].setFocus()

    @Slot()
    def _on_receipts(self) -> None:
        self._try("receipts")

    @Slot()
    def _on_tickets(self) -> None:
        self._try("tickets")

    def _try(self, role: str) -> None:
        self._buttons[role].setEnabled(False)
        self._outcomes[role].say("info", self.tr("Đang in…"))
        self._outcomes[role].show()
        self.asked.emit(role)
