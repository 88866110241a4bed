"""The morning page: what wants somebody today, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from counter.today import Group, GroupView
from ui import states, written
from ui.officer.dossiers_page import NEARNESS_TONES, near_words
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.said import said

if TYPE_CHECKING:
    from counter.today import LateCount, Today
    from counter.work import DossierLine

GROUPS_WIDTH = 326
PRESSING = frozenset({Group.OVERDUE})
SOON = frozenset(
    {Group.ONLINE, Group.DUE_TODAY, Group.MONEY, Group.GIVE_BACK, Group.LETTERS, Group.UNSENT}
)


class TodayPage(Page):
    """Shows the groups at the left and the dossiers of the chosen one at the right.

    Signals:
        picked: A str: the code of a dossier to open.
        refreshed: Nothing; the officer wants the page as it stands now.
        reassigned: A DossierLine: somebody else is to look after it, or after all of its officer's.
        money_back: A str: the code of a voided dossier whose money is to be given back.
    """

    picked = Signal(object)
    refreshed = Signal()
    reassigned = Signal(object)
    money_back = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hôm nay"), "", parent)
        self._groups: LinesModel[GroupView] = LinesModel(
            (
                Column(self.tr("Việc"), lambda g: said(states.GROUPS[g.group]), 0, _tone),
                Column(self.tr("Hồ sơ"), lambda g: str(g.count), 58, _tone, right=True),
            ),
            self,
        )
        self._dossiers: LinesModel[DossierLine] = LinesModel(
            (
                Column(self.tr("Mã hồ sơ"), lambda d: d.code, 204),
                Column(self.tr("Chủ hồ sơ"), lambda d: d.applicant_name, 164),
                Column(self.tr("Thủ tục"), lambda d: d.procedure_name, 0),
                Column(self.tr("Hẹn trả"), self._due, 172, lambda d: NEARNESS_TONES[d.nearness]),
                Column(self.tr("Phụ trách"), lambda d: d.officer, 122),
                Column(self.tr("Nơi giữ"), _place, 84),
            ),
            self,
        )
        self.groups = LinesTable(self._groups, "today_groups")
        self.groups.setAccessibleName(self.tr("Các nhóm việc"))
        self.groups.setFixedWidth(GROUPS_WIDTH)
        self.groups.selectionModel().currentRowChanged.connect(self._on_group)
        self.table = LinesTable(self._dossiers, "today_dossiers")
        self.table.setAccessibleName(self.tr("Hồ sơ của nhóm"))
        self.table.activated.connect(self.open_chosen)
        self._late = Badge()
        self._late.hide()
        self._empty = Empty(
            "good", self.tr("Không có hồ sơ nào"), self.tr("Nhóm này không còn việc phải làm.")
        ).on_card()
        side = QWidget()
        self._sides = QStackedLayout(side)
        self._sides.addWidget(self._empty)
        self._sides.addWidget(self.table)
        give = KeyButton(self.tr("Giao lại"), "Alt+C", sign="person")
        give.setObjectName("today_reassign")
        give.setToolTip(self.tr("Giao hồ sơ của người vắng mặt cho cán bộ khác (Alt+C)"))
        give.clicked.connect(self.reassign)
        on_key("Alt+C", self, self.reassign).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.buttons.addWidget(give)
        self._back = KeyButton(self.tr("Trả lại tiền"), "Alt+T", sign="money", primary=True)
        self._back.setObjectName("today_money_back")
        self._back.clicked.connect(self.give_money_back)
        self._back.hide()
        on_key("Alt+T", self, self.give_money_back).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.buttons.insertWidget(0, self._back)
        again = KeyButton(self.tr("Xem lại"), "Alt+N", sign="refresh")
        again.clicked.connect(self.refreshed)
        self.buttons.addWidget(again)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.groups)
        row.addWidget(side, 1)
        self.body.addWidget(self._late)
        self.body.addLayout(row, 1)

    def show_today(self, today: Today) -> None:
        """Show the page as it stands, keeping the chosen group chosen."""
        chosen = self.groups.chosen_row()
        if chosen < 0:  # the most pressing one that has something
            chosen = next((n for n, view in enumerate(today.groups) if view.count), 0)
        self.subtitle.setText(f"{written.weekday(today.day)}, {written.day(today.day)}")
        unanswered = sum(view.late for view in today.groups)
        told = [self._late_words(today.late)] if today.late else []
        if unanswered:
            told.append(
                self.tr("%1 hồ sơ trực tuyến quá giờ trả lời").replace("%1", str(unanswered))
            )
        self._late.setVisible(bool(told))
        if told:
            self._late.say("bad", " · ".join(told))
        self._groups.show(today.groups)
        self.groups.selectRow(min(chosen, len(today.groups) - 1))

    @property
    def chosen(self) -> Group | None:
        """The group that is chosen, None before the page was filled."""
        row = self.groups.chosen_row()
        return self._groups.lines[row].group if 0 <= row < len(self._groups.lines) else None

    @property
    def chosen_lines(self) -> tuple[DossierLine, ...]:
        """The dossiers that are listed."""
        return self._dossiers.lines

    @Slot()
    def open_chosen(self) -> None:
        """Ask for the chosen dossier."""
        row = self.table.chosen_row()
        if 0 <= row < len(self._dossiers.lines):
            self.picked.emit(self._dossiers.lines[row].code)

    @Slot()
    def reassign(self) -> None:
        """Want somebody else for the chosen dossier, or for all of its officer's."""
        row = self.table.chosen_row()
        if 0 <= row < len(self._dossiers.lines):
            self.reassigned.emit(self._dossiers.lines[row])

    @Slot()
    def give_money_back(self) -> None:
        """Want the money of the chosen dossier given back, where that is what it waits for."""
        row = self.table.chosen_row()
        if self.chosen is Group.GIVE_BACK and 0 <= row < len(self._dossiers.lines):
            self.money_back.emit(self._dossiers.lines[row].code)

    @Slot()
    def _on_group(self) -> None:
        row = self.groups.chosen_row()
        lines = self._groups.lines[row].lines if 0 <= row < len(self._groups.lines) else ()
        self._dossiers.show(lines)
        self._back.setVisible(bool(lines) and self.chosen is Group.GIVE_BACK)
        self._sides.setCurrentWidget(self.table if lines else self._empty)
        if lines:
            self.table.selectRow(0)

    def _due(self, line: DossierLine) -> str:
        """Say when it is due; one sent online is answered before that."""
        if line.answer_by is not None:
            return self.tr("trước %1").replace("%1", written.near(line.answer_by))
        if line.due_at is None:
            return "—"
        near = near_words(line)
        return f"{near} {written.near(line.due_at)}" if near else written.moment(line.due_at)

    def _late_words(self, late: tuple[LateCount, ...]) -> str:
        desk = self.tr("tại quầy")
        each = (f"{count.unit or desk} ({count.officer}): {count.count}" for count in late)
        return self.tr("Quá hạn – %1").replace("%1", " · ".join(each))


def _tone(view: GroupView) -> str:
    if not view.count:
        return "muted"
    if view.late:
        return "bad"
    if view.group in PRESSING:
        return "bad"
    return "warn" if view.group in SOON else ""


def _place(line: DossierLine) -> str:
    return " · ".join(filter(None, (line.unit, line.shelf)))
