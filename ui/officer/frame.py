"""What stands around every page: band, rail, header with the queue, notice and status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.officer.help_bar import HelpBar
from ui.officer.kept_focus import KeptFocus
from ui.officer.queue_strip import QueueStrip
from ui.officer.rail import Place, Rail
from ui.officer.scan_bar import ScanBar
from ui.officer.status_line import StatusLine
from ui.parts.notice import NoticeBar
from ui.parts.words import frame, words

if TYPE_CHECKING:
    from counter.errors import DeskError
    from ui.officer.hands import DeskInfo


class Frame(QWidget):
    """Shows one page at a time. Pages are made with ``pages`` as their parent, then put there."""

    def __init__(
        self, places: tuple[Place, ...], parent: QWidget, *, demo: bool, version: str
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self._band = words(
            self.tr("TRÌNH DIỄN – công dân hư cấu, giấy tờ không có giá trị"), "band"
        )
        self._band.setObjectName("band")
        self._only_reads = words(role="alarm", wrap=True)
        self._only_reads.setObjectName("only_reads")
        self._only_reads.hide()
        self.rail = Rail(places, self)
        self._office = words(self.tr("Đang mở quầy…"), "strong")
        self._office.setObjectName("office")
        self._where = words(role="caption")
        self._where.hide()
        self._desk = ""
        self.strip = QueueStrip(self)
        self.helps = HelpBar(self)
        self.notice = NoticeBar(self)
        self.scan = ScanBar(self)
        self.pages = QStackedWidget(self)
        KeptFocus(self.pages)
        for _place in places:
            self.pages.addWidget(QWidget(self.pages))
        self.status = StatusLine(version, self)
        column.addWidget(self._band)
        self._band.setVisible(demo)
        column.addWidget(self._only_reads)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        middle.addWidget(self._header())
        middle.addWidget(self.scan)
        middle.addWidget(self.helps)
        middle.addWidget(self.notice)
        middle.addWidget(self.pages, 1)

    @property
    def shown(self) -> int:
        """The number of the page that is shown."""
        return self.pages.currentIndex()

    def put(self, number: int, page: QWidget) -> None:
        """Put *page* at its place, where an empty one stood."""
        empty = self.pages.widget(number)
        self.pages.insertWidget(number, page)
        if empty is not None:
            self.pages.removeWidget(empty)
            empty.deleteLater()

    def show_page(self, number: int, page: QWidget) -> None:
        """Show *page*, which stands at place *number*; what was told of another page goes."""
        if page is not self.pages.currentWidget():
            self.notice.move_on()
        self.pages.setCurrentWidget(page)
        self.rail.mark(number)

    def show_desk(self, info: DeskInfo) -> None:
        """Say whose desk it is; a desk for training keeps its band."""
        self._office.setText(info.office)
        self._desk = info.desk
        self.show_officer(info.officer)
        self._where.show()
        self._band.setVisible(info.training)
        self._only_reads.setVisible(info.trouble is not None)
        if info.trouble is not None:
            self._only_reads.setText(self._why_only_read(info.trouble))
        if info.is_moved:
            self._tell_at_first(
                self.tr("Dữ liệu của quầy này được chép từ máy khác sang."),
                self.tr(
                    "Máy cũ không được mở quầy này nữa: hai máy cùng làm thì trùng số phiếu. "
                    "Quầy đã bỏ các số thuê dở và đang xin số mới."
                ),
            )
        elif info.kept_old_key:
            self._tell_at_first(
                self.tr("Chưa đổi được khóa mã hóa; khóa cũ vẫn dùng."),
                self.tr("Hãy xem trang Thiết bị (ổ đĩa, dữ liệu), rồi yêu cầu đổi khóa lại."),
            )
        elif info.went_back is not None:
            from ui import texts

            said = texts.sentence(info.went_back)
            self._tell_at_first(said.what, said.advice)
        elif info.forgets_passphrase:
            self._tell_at_first(
                self.tr("Máy này chưa nhớ được mật khẩu của dữ liệu."),
                self.tr(
                    "Máy không có kho khóa của hệ điều hành, hoặc kho đang khóa; lần mở sau quầy "
                    "sẽ hỏi lại mật khẩu ở phong bì niêm phong."
                ),
            )

    def _tell_at_first(self, what: str, advice: str) -> None:
        """Say what whoever opens the desk must know; it stays until it was read."""
        self.notice.say("warn", what, advice)
        self.notice.hold()

    def show_officer(self, name: str) -> None:
        """Say who sits at the desk now."""
        self._where.setText(f"{self._desk}  ·  {name}")

    def show_closed(self) -> None:
        """Say that the desk could not be opened."""
        self._office.setText(self.tr("Quầy chưa mở được"))

    def _why_only_read(self, trouble: DeskError) -> str:
        from counter.errors import StoreDamaged
        from ui import texts

        if isinstance(trouble, StoreDamaged):
            end = self.tr("Hãy gọi hỗ trợ để khôi phục từ bản sao lưu, rồi mở lại chương trình.")
        else:
            end = self.tr("Ghi được trở lại thì quầy tự làm việc như thường.")
        what = self.tr(
            "CHỈ ĐỌC – %1 Vẫn tra cứu, in lại và gọi số được; hồ sơ mới xin ghi vào sổ giấy, "
            "chưa có gì được lưu hay gửi đi."
        ).replace("%1", texts.sentence(trouble).what)
        return f"{what} {end}"

    def _header(self) -> QWidget:
        header = frame("header")
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(self._office)
        named.addWidget(self._where)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 7, 14, 7)
        row.addLayout(named, 1)
        row.addWidget(self.strip)
        return header
