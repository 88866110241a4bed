"""The keys of the day, and what to do when something stops."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.officer.page import Page
from ui.parts.words import words


class HelpPage(Page):
    """A cheat-sheet: nothing to press; the arrows move it where the screen is small."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Trợ giúp"), self.tr("Mọi việc trong ngày đều làm được bằng bàn phím."), parent
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
            row.addLayout(column, 1)
        left.addWidget(
            self._keys(
                self.tr("Tiếp nhận"),
                (
                    (self.tr("6 chữ số"), self.tr("Gõ sáu số cuối trên thẻ; chip sẽ mở")),
                    ("F12", self.tr("Quét mã QR trên thẻ, mã vạch trên giấy hẹn")),
                    ("Ctrl+N", self.tr("Không có thẻ: nhập tay, ghi rõ chưa xác thực")),
                    ("Ctrl+Shift+N", self.tr("Người này nộp thay: nhập chủ hồ sơ, giấy ủy quyền")),
                    ("Ctrl+D", self.tr("Bỏ người đang hiện, đọc thẻ khác")),
                    ("Ctrl+T", self.tr("Tìm thủ tục; ↑ ↓ để chọn, Enter để lấy")),
                    (self.tr("Phím cách"), self.tr("Đánh dấu giấy tờ đã có")),
                    ("+  −  0–9", self.tr("Đổi số bản của giấy tờ đang chọn")),
                    ("Ctrl+E", self.tr("Đánh dấu mọi giấy tờ bắt buộc")),
                    ("Ctrl+J", self.tr("Tờ khai trên máy, và quay lại giấy tờ")),
                    ("Ctrl+U", self.tr("Thiếu giấy tờ: in phiếu hướng dẫn, quét lại để mở")),
                    ("Ctrl+R", self.tr("Từ chối tiếp nhận, ghi lý do")),
                    ("F9", self.tr("Tiếp nhận hồ sơ; Ctrl+Enter cũng được")),
                    ("F11", self.tr("Vừa tiếp nhận xong: thu tiền của hồ sơ ấy")),
                    ("Ctrl+F9", self.tr("Thêm hồ sơ nữa của cùng người nộp, nhận một lần")),
                    ("Ctrl+P", self.tr("In tờ khai đã điền; nhận rồi thì in lại giấy tiếp nhận")),
                    ("Ctrl+Shift+P", self.tr("Chỉ hỏi: in mẫu trống và danh mục giấy tờ")),
                    ("F10", self.tr("Lượt tiếp theo, xóa hết dữ liệu trên màn hình")),
                    (
                        "Ctrl+Shift+B",
                        self.tr("Nhập bù giấy viết tay lúc mất điện, tính từ giờ thật"),
                    ),
                    ("Shift+F10", self.tr("Gác lượt đang dở; Ctrl+F10 làm tiếp lượt đã gác")),
                ),
            )
        )
        left.addStretch(1)
        right.addWidget(
            self._keys(
                self.tr("Các trang"),
                (
                    ("F1", self.tr("Trợ giúp này")),
                    ("F2", self.tr("Tiếp nhận")),
                    ("F3", self.tr("Hàng đợi; Ctrl+L cấp một số, Ctrl+Shift+H ghi giờ hẹn")),
                    ("F4", self.tr("Hồ sơ; Ctrl+Enter làm bước tiếp theo, F11 việc khác")),
                    ("Ctrl+Shift+F", self.tr("Tệp đính kèm; Ctrl+Shift+C chép sang hệ thống kia")),
                    (
                        "Ctrl+Shift+R",
                        self.tr("In lại phiếu thu, kèm số biên lai điện tử nếu đã có"),
                    ),
                    ("Alt+N", self.tr("Hôm nay: quá hạn, đến hạn, chờ ký; Alt+C giao lại")),
                    ("Ctrl+B", self.tr("Giao nhận nhiều hồ sơ bằng máy quét")),
                    ("F6", self.tr("Gửi cổng; F5 để gửi ngay, Ctrl+G để gửi lại")),
                    (
                        "Ctrl+M",
                        self.tr("Việc khác; Ctrl+1 đến Ctrl+9 rồi Ctrl+0 mở thẳng từng trang"),
                    ),
                    ("F7", self.tr("Kiểm tra thiết bị; Ctrl+K kiểm tra lại, Ctrl+I nơi cấp thẻ")),
                    ("Ctrl+Shift+L", self.tr("Khóa màn hình, đổi người ngồi quầy")),
                    ("F8", self.tr("Gọi số tiếp theo; Shift+F8 gọi lại, Ctrl+F8 tạm gác")),
                    ("Ctrl+Shift+F8", self.tr("Chuyển số; Alt+F8 xong, Ctrl+Shift+F9 vắng mặt")),
                    ("Alt+H", self.tr("Đến giúp người gọi ở máy lấy số")),
                    ("Esc", self.tr("Đóng thông báo")),
                ),
            )
        )
        right.addWidget(
            self._keys(
                self.tr("Khi có sự cố"),
                (
                    (self.tr("Mất mạng"), self.tr("Cứ làm tiếp. Hồ sơ tự gửi khi có mạng lại.")),
                    (self.tr("Hết giấy"), self.tr("Hồ sơ đã lưu. Nạp giấy rồi bấm In lại.")),
                    (self.tr("Rút thẻ sớm"), self.tr("Đặt lại thẻ; chương trình đọc tiếp.")),
                    (self.tr("Máy tắt"), self.tr("Mở lại: mọi hồ sơ đã tiếp nhận vẫn còn.")),
                ),
            )
        )
        right.addStretch(1)
        whole = QWidget()
        whole.setProperty("role", "page")
        whole.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(whole)
        self.body.addWidget(area, 1)
        self.setFocusProxy(area)

    def _keys(self, title: str, lines: tuple[tuple[str, str], ...]) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(18, 14, 18, 16)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(words(title, "title"), 0, 0, 1, 2)
        for place, (key, meaning) in enumerate(lines, 1):
            grid.addWidget(words(key, "key"), place, 0)
            grid.addWidget(words(meaning, wrap=True), place, 1)
        return card
