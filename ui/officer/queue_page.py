"""The local queue: who stands here, who waits, and one key that calls the next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter.values import VIETNAM
from ui import states, written
from ui.officer.figures_card import FiguresCard
from ui.officer.page import Page
from ui.officer.queue_cards import AsideBar, CurrentCard
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.hall import DayFigures, QueueTicket, QueueView, Service, TicketTaken


class QueuePage(Page):
    """Shows the queue and says what the officer wants.

    Signals:
        ticket_asked: A tuple of service letter and priority code or None.
        booking_asked: A tuple of service letter and the booked moment.
        begin_asked: Nothing; the officer begins the visit of the ticket that stands here.
    """

    ticket_asked = Signal(object)
    booking_asked = Signal(object)
    begin_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hàng đợi"), self.tr("Ai đến trước được gọi trước."), parent)
        self._model: LinesModel[QueueTicket] = LinesModel(
            (
                Column(self.tr("Số"), lambda t: t.number, 110),
                Column(self.tr("Lĩnh vực"), lambda t: t.service_name, 0),
                Column(self.tr("Ưu tiên"), lambda t: t.priority or "", 260, lambda _t: "primary"),
                Column(self.tr("Lấy số lúc"), lambda t: written.clock(t.issued_at), 120),
            ),
            self,
        )
        self._table = LinesTable(self._model, "waiting")
        self._table.setAccessibleName(self.tr("Những số đang chờ"))
        self._empty = Empty(
            "queue",
            self.tr("Không có ai đang chờ"),
            self.tr(
                "Khi người dân lấy số ở đây hoặc ở máy lấy số, số của họ hiện trong danh sách."
            ),
        ).on_card()
        waiting = QWidget()
        self._sides = QStackedLayout(waiting)
        self._sides.addWidget(self._empty)
        self._sides.addWidget(self._table)
        self._figures = FiguresCard()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(waiting, 1)
        self.aside = AsideBar()
        left.addWidget(self.aside)
        left.addWidget(self._figures)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        side = QVBoxLayout()
        side.setSpacing(12)
        self.current = CurrentCard()
        self.current.begin.connect(self.begin_asked)
        side.addWidget(self.current)
        side.addWidget(self._issue_card())
        side.addStretch(1)
        row.addLayout(side)
        self.body.addLayout(row, 1)

    def show_queue(self, view: QueueView) -> None:
        """Show who stands here and who waits."""
        self._model.show(view.waiting)
        self._sides.setCurrentWidget(self._table if view.waiting else self._empty)
        self.current.show_current(view.current)
        self.aside.show_queue(view)
        count = self.tr("%1 người đang chờ").replace("%1", str(len(view.waiting)))
        self.subtitle.setText(count)

    def show_figures(self, figures: DayFigures) -> None:
        """Show the figures of the day, busiest service first."""
        lines = sorted(figures.services, key=lambda line: -line.taken)
        told = self.tr("Quầy này đã phục vụ %1 số hôm nay.").replace("%1", str(figures.here))
        self._figures.show_lines(told, lines)

    def show_services(self, services: tuple[Service, ...]) -> None:
        """Offer these services for a ticket."""
        chosen = self._which.currentData()
        self._which.clear()
        for service in services:
            self._which.addItem(f"{service.code}   {service.name}", service.code)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._take.setEnabled(bool(services))

    def show_taken(self, taken: TicketTaken) -> None:
        """Say which number was given out."""
        words_ = self.tr("Đã cấp số %1, trước có %2 người.")
        self._taken.setText(words_.replace("%1", taken.number).replace("%2", str(taken.ahead)))
        self._taken.show()
        self._issue_title.hide()  # what was given out stands in its place

    def show_booked(self, code: str, begins_at: datetime) -> None:
        """Say which code the citizen comes with."""
        told = self.tr("Mã hẹn %1, %2. Hãy ghi mã này cho người dân; máy lấy số nhận mã.")
        told = told.replace("%1", code)
        self._taken.setText(told.replace("%2", written.moment(begins_at)))
        self._taken.show()
        self._issue_title.hide()  # what was given out stands in its place

    @Slot()
    def book(self) -> None:
        """Ask for a booked time of the chosen service."""
        service = self._which.currentData()
        if service is not None:
            day, at = self._when.date(), self._when.time()
            begins_at = datetime(
                day.year(), day.month(), day.day(), at.hour(), at.minute(), tzinfo=VIETNAM
            )
            self.booking_asked.emit((service, begins_at))

    def _issue_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(340)
        self._which = QComboBox()
        self._which.setObjectName("service")
        self._which.setAccessibleName(self.tr("Lĩnh vực"))
        self._priority = QComboBox()
        self._priority.setObjectName("priority")
        self._priority.setAccessibleName(self.tr("Đối tượng ưu tiên"))
        self._priority.addItem(self.tr("Không ưu tiên"), None)
        for code, name in states.PRIORITIES.items():
            self._priority.addItem(said(name), code)
        self._take = KeyButton(self.tr("Cấp số và in phiếu"), "Ctrl+L", sign="ticket")
        self._take.setObjectName("take_ticket")
        self._take.clicked.connect(self.take)
        self._when = QDateTimeEdit()
        self._when.setObjectName("booked_at")
        self._when.setAccessibleName(self.tr("Giờ hẹn"))
        self._when.setDisplayFormat("HH:mm  dd/MM/yyyy")
        self._when.setCalendarPopup(True)
        self._when.setMinimumHeight(36)
        self._when.setDateTime(_tomorrow())
        self._book = QPushButton(self.tr("Hẹn giờ"))
        self._book.setObjectName("book")
        self._book.setToolTip(self.tr("Ghi giờ hẹn cho lĩnh vực trên, nhận mã hẹn (Ctrl+Shift+H)"))
        self._book.clicked.connect(self.book)
        booking = QHBoxLayout()
        booking.setSpacing(8)
        booking.addWidget(self._when, 1)
        booking.addWidget(self._book)
        self._taken = words(role="caption", wrap=True)
        self._taken.setObjectName("taken")
        self._taken.hide()
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(6)
        self._issue_title = words(self.tr("Cấp số tại quầy"), "title")
        column.addWidget(self._issue_title)
        column.addWidget(self._taken)
        column.addWidget(self._which)
        column.addWidget(self._priority)
        column.addWidget(self._take)
        column.addLayout(booking)
        return card

    @Slot()
    def take(self) -> None:
        """Ask for a number of the chosen service."""
        service = self._which.currentData()
        if service is not None:
            self.ticket_asked.emit((service, self._priority.currentData()))
            self._priority.setCurrentIndex(0)


def _tomorrow() -> QDateTime:
    """Return half past eight tomorrow, from which a booked time is turned to."""
    day = QDateTime.currentDateTime().addDays(1).date()
    return QDateTime(day, QTime(8, 30))
