"""Certified copies from the keyboard alone: documents at the left, what is in hand at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter.certify import MOST_COPIES, MOST_PAGES, Document
from counter.values import fold
from ui import texts, written
from ui.officer.acts.fields import choice, line, tick
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.count_box import CountBox
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.section import Section
from ui.parts.words import words

if TYPE_CHECKING:
    from counter.certify import Certified, InHand
    from counter.values import Dong, DossierId

SIDE_WIDTH = 560
LEAST_LETTERS = 3
"""So many letters without accents stand for the one document that begins with them."""
KINDS = (
    "Căn cước, căn cước công dân",
    "Giấy khai sinh",
    "Bằng tốt nghiệp",
    "Học bạ",
    "Giấy chứng nhận quyền sử dụng đất",
    "Giấy chứng nhận kết hôn",
    "Sổ hộ khẩu",
    "Chứng chỉ",
    "Giấy phép lái xe",
    "Quyết định",
)
"""What is copied most; any other name can be typed."""


@dataclass(frozen=True, slots=True)
class CopiesAsked:
    """What the officer typed: a name where no card was read, the documents, and the money."""

    name: str
    documents: tuple[Document, ...]
    paid: bool


@dataclass(frozen=True, slots=True)
class SignAsked:
    """Which copies were signed, and by whom."""

    dossiers: tuple[DossierId, ...]
    signer: str


class CertifyPage(Page):
    """Takes documents one after the other; Enter goes on, an empty name and Enter ends.

    Signals:
        changed: Nothing; other documents stand there, what they cost is wanted.
        asked: A CopiesAsked.
        sign_asked: A SignAsked.
        call_asked: A str: the ticket to call again.
        give_asked: A DossierId whose applicant took the copies.
    """

    changed = Signal()
    asked = Signal(object)
    sign_asked = Signal(object)
    call_asked = Signal(object)
    give_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Chứng thực bản sao"),
            self.tr("Gõ tên giấy tờ, Enter, số trang, Enter, số bản, Enter. Xong thì Ctrl+S."),
            parent,
        )
        self._documents: LinesModel[Document] = LinesModel(
            (
                Column(self.tr("Giấy tờ"), lambda one: one.name, 0),
                Column(self.tr("Trang"), lambda one: str(one.pages), 70, right=True),
                Column(self.tr("Bản"), lambda one: str(one.copies), 64, right=True),
            ),
            self,
        )
        self._in_hand: LinesModel[InHand] = LinesModel(
            (
                Column(self.tr("Số"), lambda one: one.ticket or "—", 72),
                Column(self.tr("Chủ hồ sơ"), lambda one: one.applicant, 0),
                Column(self.tr("Số chứng thực"), _numbers, 124),
                Column(self.tr("Bản"), _copies, 54, right=True),
                Column(self.tr("Tình trạng"), self._standing, 112, _tone),
            ),
            self,
        )
        self._told = Badge()
        self._told.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._entry(), 1)
        row.addWidget(self._side())
        self.body.addWidget(self._told)
        self.body.addLayout(row, 1)
        for key, act in (
            ("Ctrl+S", self.certify),
            ("Ctrl+Shift+S", self.sign),
            ("Ctrl+J", self.call),
            ("Ctrl+O", self.give),
            ("Delete", self.take_off),
        ):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.show_person(None)
        self.show_total(None)

    # What the desk and the card say

    def show_person(self, name: str | None) -> None:
        """Show whose card was read; None lets the name be typed."""
        self._known = name
        self._name.setText(name or "")
        self._name.setReadOnly(name is not None)
        told = self.tr("Đã đọc từ thẻ") if name else self.tr("Chạm thẻ, hoặc gõ họ tên")
        self._from.setText(told)

    def show_total(self, total: Dong | None) -> None:
        """Show what the documents cost."""
        self._total.setText(written.money(total) if total is not None else "—")

    def show_in_hand(self, found: tuple[InHand, ...]) -> None:
        """Show what waits for the signature or for the citizen."""
        chosen = self._chosen()
        self._in_hand.show(found)
        self._sides.setCurrentIndex(1 if found else 0)
        places = [
            n for n, one in enumerate(found) if chosen and one.dossier_id == chosen.dossier_id
        ]
        if found:
            self.table.selectRow(places[0] if places else 0)
        unsigned = sum(not one.signed for one in found)
        told = self.tr("%1 chờ ký, %2 chờ trả")
        told = told.replace("%1", str(unsigned)).replace("%2", str(len(found) - unsigned))
        self._count.setText(told)

    def show_done(self, certified: Certified) -> None:
        """Say what was done and begin with the next citizen."""
        numbers = ", ".join(str(entry.number) for entry in certified.entries)
        told = self.tr("Đã ghi sổ số %1, quyển %2: %3. Số thứ tự %4 chờ ký.")
        if not certified.collected:
            told = self.tr("Đã ghi sổ số %1, quyển %2. CHƯA THU %3. Số thứ tự %4 chờ ký.")
        for place, text in enumerate(
            (
                numbers,
                certified.entries[0].volume,
                written.money(certified.total),
                certified.ticket or "—",
            ),
            1,
        ):
            told = told.replace(f"%{place}", text)
        self.say("good" if certified.collected else "warn", told)
        self.begin()

    def say(self, tone: str, told: str) -> None:
        """Say what was done."""
        self._told.say(tone, told)
        self._told.show()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done; everything typed stays."""
        told = texts.sentence(error)
        self.say("bad", f"{told.what} {told.advice}")
        self._go.setEnabled(True)

    def begin(self) -> None:
        """Forget the documents and let the next be typed."""
        self._documents.show(())
        self._begin_document()
        self._go.setEnabled(True)
        self.show_total(None)
        self.focus()

    def focus(self) -> None:
        """Give the keyboard to what comes next: the name, or the first document."""
        if self._known is None and not self._name.text():
            self._name.setFocus()
        else:
            self._kind.setFocus()

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the list, and the one that is being typed."""
        name = self._kind.currentText().strip()
        typed = (Document(name, self._pages.value(), self._copies.value()),) if name else ()
        return (*self._documents.lines, *typed)

    @property
    def is_ready_to_give(self) -> bool:
        """Whether the chosen copies are signed."""
        chosen = self._chosen()
        return chosen is not None and chosen.signed

    # What the officer wants

    @Slot()
    def certify(self) -> None:
        """Ask for what stands here; what lacks gets the keyboard."""
        if not self._go.isEnabled():
            return
        if not self._name.text().strip():
            self.say("warn", self.tr("Còn thiếu họ tên người yêu cầu."))
            self._name.setFocus()
            return
        if not self.documents():
            self.say("warn", self.tr("Còn thiếu giấy tờ cần sao."))
            self._kind.setFocus()
            return
        self._go.setEnabled(False)
        self.asked.emit(
            CopiesAsked(self._name.text().strip(), self.documents(), self._paid.isChecked())
        )

    @Slot()
    def sign(self) -> None:
        """Ask to note that the chosen copies were signed."""
        chosen = self._chosen()
        if chosen is not None and not chosen.signed:
            self.sign_asked.emit(SignAsked((chosen.dossier_id,), self._signer.text()))

    @Slot()
    def call(self) -> None:
        """Ask to call the ticket of the chosen copies again."""
        chosen = self._chosen()
        if chosen is not None and chosen.ticket:
            self.call_asked.emit(chosen.ticket)

    @Slot()
    def give(self) -> None:
        """Ask to note that the chosen copies were given to their applicant."""
        chosen = self._chosen()
        if chosen is None:
            return
        if not self._compared.isChecked():
            self.say("warn", self.tr("Hãy đối chiếu người nhận và để họ ký sổ, rồi đánh dấu ô đó."))
            self._compared.setFocus()
            return
        self.give_asked.emit(chosen.dossier_id)

    @Slot()
    def take_off(self) -> None:
        """Take the chosen document off the list."""
        row = self._list.chosen_row()
        if self._list.hasFocus() and 0 <= row < len(self._documents.lines):
            lines = self._documents.lines
            self._documents.show(lines[:row] + lines[row + 1 :])
            self.changed.emit()

    def given(self) -> None:
        """Begin with the next receiver: nobody is compared yet."""
        self._compared.setChecked(False)

    # Its parts

    def _entry(self) -> Section:
        section = Section(self.tr("Người yêu cầu và giấy tờ"))
        self._name = line("copies_name", self.tr("Họ tên người yêu cầu"))
        self._name.returnPressed.connect(self._to_kind)
        self._from = words(role="caption")
        self._kind = choice("copies_kind", self.tr("Tên giấy tờ"), KINDS)
        self._kind.setCurrentText("")
        editor = self._kind.lineEdit()
        if editor is not None:
            editor.setPlaceholderText(self.tr("Tên giấy tờ, ví dụ: Giấy khai sinh"))
            editor.returnPressed.connect(self._on_kind)
            editor.setMaxLength(200)
        self._pages = CountBox("copies_pages", self.tr("Số trang của bản chính"), 1, MOST_PAGES)
        self._copies = CountBox("copies_count", self.tr("Số bản cần sao"), 1, MOST_COPIES)
        for box in (self._pages, self._copies):
            box.valueChanged.connect(self.changed)
        self._pages.lineEdit().returnPressed.connect(self._to_copies)
        self._copies.lineEdit().returnPressed.connect(self._add)
        self._kind.editTextChanged.connect(self._on_text)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Họ tên"), self._name)
        form.addRow("", self._from)
        form.addRow(self.tr("Giấy tờ"), self._kind)
        counts = QHBoxLayout()
        counts.setSpacing(8)
        counts.addWidget(self._pages)
        counts.addWidget(words(self.tr("trang ×"), "value"))
        counts.addWidget(self._copies)
        counts.addWidget(words(self.tr("bản"), "value"))
        counts.addStretch(1)
        form.addRow(self.tr("Số lượng"), counts)
        self._list = LinesTable(self._documents, "copies_list")
        self._list.setAccessibleName(self.tr("Giấy tờ đã ghi"))
        self._list.verticalHeader().setDefaultSectionSize(34)
        self._total = words(role="huge")
        self._total.setObjectName("copies_total")
        self._paid = tick("copies_paid", self.tr("Thu tiền mặt ngay"), on=True)
        self._go = KeyButton(self.tr("Ghi sổ, in lời chứng"), "Ctrl+S", primary=True, tall=True)
        self._go.setObjectName("copies_go")
        self._go.clicked.connect(self.certify)
        foot = QHBoxLayout()
        foot.addWidget(words(self.tr("Phải thu"), "caption"))
        foot.addWidget(self._total)
        foot.addStretch(1)
        foot.addWidget(self._paid)
        section.body.addLayout(form)
        section.body.addWidget(self._list, 1)
        section.body.addLayout(foot)
        section.body.addWidget(self._go)
        return section

    def _side(self) -> Section:
        section = Section(self.tr("Chờ ký, chờ trả"))
        section.setFixedWidth(SIDE_WIDTH)
        self._count = words(role="caption")
        section.head.addWidget(self._count)
        self.table = LinesTable(self._in_hand, "copies_in_hand")
        self.table.setAccessibleName(self.tr("Bản sao chờ ký và chờ trả"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        empty = Empty(
            "good",
            self.tr("Không có bản sao nào chờ"),
            self.tr("Bản sao vừa ghi sổ hiện ở đây cho đến khi trả xong."),
        )
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self.table)
        self._signer = line("copies_signer", self.tr("Người ký chứng thực"))
        self._signer.setPlaceholderText(self.tr("Họ tên người ký chứng thực"))
        self._compared = tick("copies_compared", "")
        self._sign = KeyButton(self.tr("Đã ký"), "Ctrl+Shift+S")
        self._call = KeyButton(self.tr("Gọi lại số"), "Ctrl+J", sign="call")
        self._give = KeyButton(self.tr("Đã trả"), "Ctrl+O")
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for button, act in (
            (self._sign, self.sign),
            (self._call, self.call),
            (self._give, self.give),
        ):
            button.clicked.connect(act)
            keys.addWidget(button)
        foot = QVBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._signer)
        foot.addWidget(self._compared)
        foot.addLayout(keys)
        section.body.addWidget(listed, 1)
        section.body.addLayout(foot)
        self._on_row()
        return section

    # Going on with Enter

    @Slot()
    def _to_kind(self) -> None:
        self._kind.setFocus()

    @Slot()
    def _on_kind(self) -> None:
        typed = fold(self._kind.currentText().strip())
        meant = [kind for kind in KINDS if fold(kind).startswith(typed)]
        if len(typed) >= LEAST_LETTERS and len(meant) == 1:
            self._kind.setCurrentText(meant[0])
        if self._kind.currentText().strip():
            self._pages.setFocus()
            self._pages.selectAll()
        elif self._documents.lines:
            self._go.setFocus()

    @Slot()
    def _to_copies(self) -> None:
        self._copies.setFocus()
        self._copies.selectAll()

    @Slot()
    def _add(self) -> None:
        """Put the typed document on the list and let the next be typed."""
        documents = self.documents()
        if len(documents) == len(self._documents.lines):
            self._kind.setFocus()
            return
        self._documents.show(documents)
        self._begin_document()
        self._kind.setFocus()
        self.changed.emit()

    def _begin_document(self) -> None:
        self._kind.setCurrentText("")
        self._pages.setValue(1)
        self._copies.setValue(1)

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self.changed.emit()

    def _chosen(self) -> InHand | None:
        row = self.table.chosen_row()
        return self._in_hand.lines[row] if 0 <= row < len(self._in_hand.lines) else None

    @Slot()
    def _on_row(self) -> None:
        chosen = self._chosen()
        self._sign.setEnabled(chosen is not None and not chosen.signed)
        self._call.setEnabled(chosen is not None and bool(chosen.ticket))
        self._give.setEnabled(chosen is not None and chosen.signed)
        self._compared.setEnabled(chosen is not None and chosen.signed)
        told = self.tr("Đã đối chiếu người nhận, người nhận đã ký sổ")
        if chosen is not None and chosen.has_slip:
            told = self.tr("Đã đối chiếu, thu lại giấy tiếp nhận, ký sổ")
        if told != self._compared.text():
            self._compared.setText(told)
            self._compared.setChecked(False)  # what was ticked said something else

    def _standing(self, one: InHand) -> str:
        if one.owed > 0:
            return self.tr("chưa thu")
        return self.tr("chờ trả") if one.signed else self.tr("chờ ký")


def _numbers(one: InHand) -> str:
    numbers = [entry.number for entry in one.entries]
    if len(numbers) > 2:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _copies(one: InHand) -> str:
    return str(sum(entry.document.copies for entry in one.entries))


def _tone(one: InHand) -> str:
    if one.owed > 0:
        return "bad"
    return "good" if one.signed else "warn"
