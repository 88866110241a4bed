"""How wide the roll printer prints: print the ruler, read off the last whole mark, keep it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter.errors import DeskError
from counter.trial_papers import WIDTHS
from ui import texts
from ui.officer.page import Page
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.section import Section
from ui.parts.words import words


class RulerPage(Page):
    """Two steps and what became of them.

    Signals:
        print_asked: Nothing.
        kept: The width that was read off, in dots, as int.
    """

    print_asked = Signal()
    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Đo khổ giấy máy in phiếu"),
            self.tr("Làm một lần khi lắp máy in: phiếu số sẽ vừa khổ giấy và không bị cắt mép."),
            parent,
        )
        self._told = Badge()
        self._told.setObjectName("ruler_told")
        self._told.hide()
        self.body.addWidget(self._told)
        self.body.addWidget(self._printing())
        self.body.addWidget(self._reading())
        self.body.addStretch(1)
        for key, act in (("Alt+P", self.print_asked.emit), ("Ctrl+S", self._on_keep)):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _printing(self) -> Section:
        card = Section(self.tr("In trang thước"), step="1")
        card.body.addWidget(
            words(
                self.tr(
                    "Máy in phiếu in ra nhiều dòng, mỗi dòng có một số ở đầu và một ô đen ở cuối "
                    "bên phải. Dòng rộng hơn khổ in sẽ mất ô đen hoặc bị gãy."
                ),
                wrap=True,
            )
        )
        self._print = KeyButton(self.tr("In trang thước"), "Alt+P", sign="printer", primary=True)
        self._print.setObjectName("ruler_print")
        self._print.clicked.connect(self.print_asked)
        row = QHBoxLayout()
        row.addWidget(self._print)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _reading(self) -> Section:
        card = Section(self.tr("Ghi lại số đọc được"), step="2")
        card.body.addWidget(
            words(
                self.tr(
                    "Tìm dòng dài nhất còn đủ ô đen. Chọn số ở đầu dòng ấy rồi ghi. Giấy 58 mm "
                    "thường là 384; giấy 80 mm thường là 576, máy Epson đời cũ là 512."
                ),
                wrap=True,
            )
        )
        self._width = QComboBox()
        self._width.setObjectName("ruler_width")
        self._width.setAccessibleName(self.tr("Số của dòng dài nhất còn đủ ô đen"))
        self._width.addItem(self.tr("Chọn số ở đầu dòng…"), 0)
        for width in WIDTHS:
            self._width.addItem(str(width), width)
        self._width.setFixedWidth(220)
        self._keep = KeyButton(self.tr("Ghi khổ này"), "Ctrl+S", sign="tick")
        self._keep.setObjectName("ruler_keep")
        self._keep.clicked.connect(self._on_keep)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._width)
        row.addWidget(self._keep)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def focus(self) -> None:
        """Give the first step the keyboard."""
        self._print.setFocus()

    def show_sent(self) -> None:
        """Say that the page is on its way, and go on to the second step."""
        self._say("info", self.tr("Đã gửi trang thước tới máy in phiếu. Lấy giấy ra và đọc số."))
        self._width.setFocus()

    def show_kept(self, width: int) -> None:
        """Say that the width is kept, and from when it holds."""
        told = self.tr("Đã ghi khổ %1 điểm. Đóng rồi mở lại chương trình để dùng khổ mới.")
        self._say("good", told.replace("%1", str(width)))

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done."""
        if isinstance(error, DeskError):
            told = texts.sentence(error)
            self._say("bad", f"{told.what} {told.advice}")
        else:
            self._say("bad", self.tr("Chưa làm được. Hãy thử lại."))

    def _say(self, tone: str, text: str) -> None:
        self._told.say(tone, text)
        self._told.show()

    @Slot()
    def _on_keep(self) -> None:
        width = self._width.currentData()
        if width:
            self.kept.emit(width)
        else:
            self._say("warn", self.tr("Hãy chọn số ở đầu dòng dài nhất còn đủ ô đen."))
            self._width.setFocus()
