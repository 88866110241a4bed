"""Who did what at this desk, and whether the record of it still holds."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedLayout, QWidget

from counter.auditing import AuditAsked, AuditLine, AuditView
from ui import written
from ui.officer.audit import words as audit_words
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words


class AuditPage(Page):
    """Shows the newest entries first, and asks for those of an officer, a dossier, a day, an act.

    Signals:
        asked: An AuditAsked.
        seal_asked: Nothing; the newest seal is wanted on paper.
    """

    asked = Signal(object)
    seal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Nhật ký"),
            self.tr("Ai đã làm gì, lúc nào. Việc xem trang này cũng được ghi lại."),
            parent,
        )
        self._again = KeyButton(self.tr("Xem lại"), "Alt+X", sign="refresh", primary=True)
        self._again.setObjectName("audit_again")
        self._again.clicked.connect(self.ask)
        self._seal = KeyButton(self.tr("In dấu niêm phong"), "Alt+I", sign="printer")
        self._seal.setObjectName("audit_seal")
        self._seal.clicked.connect(self.seal_asked)
        self.buttons.addWidget(self._seal)
        self.buttons.addWidget(self._again)
        self._chain = Badge()
        self._chain.setObjectName("audit_chain")
        self._officer = self._list("audit_officer", self.tr("Cán bộ"))
        self._action = self._list("audit_action", self.tr("Việc"))
        self._dossier = QLineEdit()
        self._dossier.setObjectName("audit_dossier")
        self._dossier.setAccessibleName(self.tr("Mã hồ sơ"))
        self._dossier.returnPressed.connect(self.ask)
        self._day = DayEdit("audit_day", self.tr("Ngày"))
        self._day.returnPressed.connect(self.ask)
        self._day.setFixedWidth(180)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for field, stretch in (
            (self._officer, 2),
            (self._dossier, 2),
            (self._day, 0),
            (self._action, 3),
        ):
            label = words(field.accessibleName(), "caption")
            label.setBuddy(field)
            filters.addWidget(label)
            filters.addWidget(field, stretch)
        self._model: LinesModel[AuditLine] = LinesModel(
            (
                Column(self.tr("Số"), lambda one: written.grouped(one.seq), 84, right=True),
                Column(self.tr("Lúc"), lambda one: written.moment(one.at), 160),
                Column(self.tr("Cán bộ"), audit_words.who, 220),
                Column(self.tr("Việc"), lambda one: audit_words.act(one.action), 0),
                Column(self.tr("Hồ sơ, tài khoản"), lambda one: one.subject, 200),
                Column(self.tr("Chi tiết"), audit_words.detail, 230),
            ),
            self,
        )
        self.table = LinesTable(self._model, "audit")
        self.table.setAccessibleName(self.tr("Các việc đã ghi, mới nhất trước"))
        empty = Empty(
            "search",
            self.tr("Không có việc nào như vậy"),
            self.tr("Hãy bỏ bớt điều kiện: để trống mã hồ sơ và ngày, chọn mọi cán bộ, mọi việc."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self.table)
        self.body.addWidget(self._chain)
        self.body.addLayout(filters)
        self.body.addWidget(listed, 1)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        on_key("Alt+X", self, self.ask).setContext(here)
        on_key("Alt+I", self, self._seal.click).setContext(here)

    @Slot()
    def ask(self) -> None:
        """Ask for what the fields say; a day that is none is said and asks for nothing."""
        day = self._day.find_day()
        if self._day.text().strip() and day is None:
            self._chain.say("warn", self.tr("Ngày chưa đúng; hãy viết như 25/11/2026."))
            self._day.setFocus()
            return
        self._chain.say("info", self.tr("Đang kiểm tra cả chuỗi…"))
        self.asked.emit(
            AuditAsked(
                officer=self._officer.currentData() or "",
                dossier=self._dossier.text().strip(),
                day=day,
                action=self._action.currentData() or "",
            )
        )

    def show_audit(self, view: AuditView) -> None:
        """Show the entries, and whether the chain holds."""
        self._model.show(view.lines)
        self._sides.setCurrentIndex(1 if view.lines else 0)
        self._offer(self._officer, self.tr("Mọi cán bộ"), [(w, w) for w in view.officers])
        self._offer(
            self._action, self.tr("Mọi việc"), [(one, audit_words.act(one)) for one in view.actions]
        )
        if view.broken:
            told = self.tr(
                "Chuỗi ghi bị đứt ở %1 chỗ (%2). Có người đã sửa dữ liệu ngoài chương trình: giữ "
                "nguyên máy, báo ngay lãnh đạo và cán bộ công nghệ."
            )
            told = told.replace("%1", str(len(view.broken)))
            places = ", ".join(f"số {one.partition(':')[0]}" for one in view.broken[:5])
            self._chain.say("bad", told.replace("%2", places))
            return
        told = self.tr("Chuỗi ghi còn nguyên: %1 việc").replace("%1", written.grouped(view.count))
        if view.sealed_at is not None:
            sealed = self.tr("niêm phong lần cuối lúc %1")
            told = f"{told}, {sealed.replace('%1', written.moment(view.sealed_at))}"
        if view.told_at is not None:
            held = self.tr("cổng giữ dấu đến lúc %1")
            told = f"{told}; {held.replace('%1', written.moment(view.told_at))}"
        self._chain.say("good", f"{told}.", icon="shield")

    def show_refused(self) -> None:
        """Nothing was read; why is said elsewhere."""
        self._chain.say("muted", self.tr("Chưa xem được."))

    def focus(self) -> None:
        """Give the first condition the keyboard."""
        self._dossier.setFocus()

    def _list(self, name: str, caption: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(caption)
        made.activated.connect(self.ask)
        return made

    def _offer(self, field: QComboBox, every: str, choices: list[tuple[str, str]]) -> None:
        kept = field.currentData()
        with QSignalBlocker(field):
            field.clear()
            field.addItem(every, "")
            for value, word in choices:
                field.addItem(word, value)
            field.setCurrentIndex(max(field.findData(kept), 0))
