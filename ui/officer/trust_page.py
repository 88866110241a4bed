"""Whose cards this desk believes: the issuers that were imported, and how to add or drop one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from counter.cards import IssuerEntry, RejectedEntry
from counter.errors import DeskError
from ui import states, texts, written
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.question import Question, ask
from ui.said import said

MOST_REASONS = 3
"""How many refused entries of a file are named; a master list has hundreds."""


class TrustPage(Page):
    """Shows the issuers and asks for changes; it changes nothing itself.

    Signals:
        import_asked: A str: path of the file to take in.
        remove_asked: A str: fingerprint of the entry to drop, after the officer confirmed it.
        left: Nothing; back to where the page was opened from.
    """

    import_asked = Signal(object)
    remove_asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Nơi cấp thẻ được tin"),
            self.tr("Thẻ chỉ được coi là thật khi chứng thư của nơi cấp có ở đây."),
            parent,
        )
        back = KeyButton(self.tr("Về trang thiết bị"), "F7", sign="devices")
        back.setObjectName("trust_back")
        back.clicked.connect(self.left)
        self._remove = KeyButton(self.tr("Gỡ bỏ"), "Delete", sign="erase")
        self._remove.setObjectName("trust_remove")
        self._remove.clicked.connect(self.remove)
        self._import = KeyButton(self.tr("Nhập tệp…"), "Ctrl+O", sign="paper", primary=True)
        self._import.setObjectName("trust_import")
        self._import.clicked.connect(self.choose_file)
        for button in (back, self._remove, self._import):
            self.buttons.addWidget(button)
        self._count, self._outcome = Badge(), Badge()
        self._count.setObjectName("trust_count")
        self._outcome.setObjectName("trust_outcome")
        self._gap = Badge()
        self._gap.setObjectName("trust_gap")
        badges = QHBoxLayout()
        badges.setSpacing(10)
        badges.addWidget(self._count, 1)
        badges.addWidget(self._outcome, 2)
        self._model: LinesModel[IssuerEntry] = LinesModel(
            (
                Column(self.tr("Nơi cấp"), lambda e: written.issuer(e.subject), 0),
                Column(self.tr("Nước"), lambda e: e.country, 70),
                Column(self.tr("Loại"), lambda e: said(states.ISSUER_KINDS[e.kind]), 154),
                Column(self.tr("Hiệu lực"), _validity, 226),
                Column(self.tr("Từ tệp"), lambda e: e.source, 170),
                Column(self.tr("Dấu vân tay"), lambda e: e.sha256[:12], 136),
            ),
            self,
        )
        self.table = LinesTable(self._model, "issuers")
        self.table.setAccessibleName(self.tr("Các nơi cấp thẻ được tin"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        empty = Empty(
            "shield",
            self.tr("Chưa tin nơi cấp thẻ nào"),
            self.tr(
                "Thẻ vẫn đọc được và hồ sơ vẫn tiếp nhận được, nhưng chưa đối chiếu được nơi cấp. "
                "Hãy nhập tệp chứng thư hoặc gói tin cậy do cơ quan cấp trên gửi (Ctrl+O)."
            ),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self.table)
        self.body.addLayout(badges)
        self.body.addWidget(self._gap)
        self.body.addWidget(listed, 1)
        for key, act in (("Ctrl+O", self.choose_file), ("Delete", self.remove)):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._outcome.hide()
        self.show_entries((), None)

    def show_entries(self, entries: tuple[IssuerEntry, ...], gap: DeskError | None) -> None:
        """Show what the desk trusts now, and what it cannot know about revoked certificates."""
        told = texts.sentence(gap).what if gap else ""
        self._gap.say("info", told)
        self._gap.setVisible(bool(told))
        self._model.show(entries)
        self._sides.setCurrentIndex(1 if entries else 0)
        if entries:
            told = self.tr("Đang tin %1 mục của %2 nước")
            countries = len({entry.country for entry in entries})
            told = told.replace("%1", str(len(entries))).replace("%2", str(countries))
            self._count.say("good", told, icon="shield")
        else:
            self._count.say("warn", self.tr("Chưa có chứng thư nào"), icon="shield")
        self.show_busy(False)
        self._on_row()

    def show_busy(self, busy: bool) -> None:
        """Take no other wish while one is being carried out."""
        self._import.setEnabled(not busy)
        self.table.setEnabled(not busy)
        if busy:
            self._remove.setEnabled(False)
            self._say("info", self.tr("Đang kiểm tra chữ ký…"))

    def show_imported(self, added: int, rejected: tuple[RejectedEntry, ...]) -> None:
        """Say what a file brought and what of it was not taken."""
        if not added and not rejected:
            self._say("info", self.tr("Mọi thứ trong tệp này đã có từ trước."))
            return
        told = self.tr("Đã thêm %1 mục.").replace("%1", str(added))
        if rejected:
            named = [
                f"{written.issuer(one.subject)}: {said(states.TRUST_REASONS[one.reason])}"
                for one in rejected[:MOST_REASONS]
            ]
            more = len(rejected) - len(named)
            named += [self.tr("và %1 mục khác").replace("%1", str(more))] if more else []
            refused = self.tr("Không nhận %1 mục: %2.")
            refused = refused.replace("%1", str(len(rejected))).replace("%2", "; ".join(named))
            told = f"{told} {refused}"
        self._say("warn" if rejected else "good", told)

    def show_removed(self) -> None:
        """Say that an entry is gone."""
        self._say("good", self.tr("Đã gỡ bỏ. Từ thẻ kế tiếp, quầy không tin mục này nữa."))

    def show_refused(self) -> None:
        """Nothing was changed; why is said elsewhere."""
        self._outcome.hide()
        self.show_busy(False)
        self._on_row()

    def focus(self) -> None:
        """Give the keyboard to the list, or to the button that fills it."""
        (self.table if self._model.lines else self._import).setFocus()

    @Slot()
    def choose_file(self) -> None:
        """Let the officer pick a file."""
        if not self._import.isEnabled():
            return
        dialog = QFileDialog(self, self.tr("Chọn tệp chứng thư nơi cấp thẻ"))
        dialog.setObjectName("trust_file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.import_asked.emit(path)

    @Slot()
    def remove(self) -> None:
        """Ask whether the chosen entry is really to go."""
        chosen = self._chosen()
        if chosen is None or not self._remove.isEnabled():
            return
        what = self.tr("Gỡ bỏ “%1”?").replace("%1", written.issuer(chosen.subject))
        question = Question(
            what=what,
            meaning=self.tr(
                "Thẻ của nơi cấp này sẽ không còn được xác nhận là thật. Muốn tin lại thì nhập "
                "lại tệp."
            ),
            go=self.tr("Gỡ bỏ"),
            stay=self.tr("Giữ lại"),
        )
        ask(self, question, lambda: self.remove_asked.emit(chosen.sha256))

    def _chosen(self) -> IssuerEntry | None:
        row = self.table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def _on_row(self) -> None:
        self._remove.setEnabled(self._chosen() is not None and self._import.isEnabled())

    def _say(self, tone: str, told: str) -> None:
        self._outcome.say(tone, told)
        self._outcome.show()


def _validity(entry: IssuerEntry) -> str:
    """Return from when to when, as far as the entry says."""
    begin = written.day(entry.not_before.date())
    return f"{begin} – {written.day(entry.not_after.date())}" if entry.not_after else begin
