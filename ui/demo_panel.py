"""Levers of the demonstration: lay cards down, cut the network, take the paper away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent, QWindow
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.parts.words import words

WIDTH = 360
FROM_LEFT = 590
FROM_FOOT = 40


@dataclass(frozen=True, slots=True)
class DemoCitizen:
    """One invented citizen whose card can be laid down.

    Attributes:
        last_six: What opens the chip, shown so that it can be typed.
    """

    name: str
    last_six: str


@dataclass(frozen=True, slots=True)
class DemoLevers:
    """What the panel can do; each returns at once."""

    citizens: tuple[DemoCitizen, ...]
    lay_card: Callable[[int], None]
    lift_card: Callable[[], None]
    scan_qr: Callable[[int], None]
    reader: Callable[[bool], None]
    portal: Callable[[bool], None]
    paper: Callable[[bool], None]


class DemoPanel(QWidget):
    """A small window beside the desk; only with ``--demo``."""

    def __init__(self, levers: DemoLevers, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._levers = levers
        self._form: QWindow | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setProperty("role", "page")
        self.setWindowTitle(self.tr("Bảng trình diễn"))
        self._who = QComboBox()
        self._who.setObjectName("demo_citizen")
        for citizen in levers.citizens:
            self._who.addItem(f"{citizen.last_six}  ·  {citizen.name}")
        lay = self._button(self.tr("Đặt thẻ"), "demo_lay", self._lay)
        lift = self._button(self.tr("Lấy thẻ ra"), "demo_lift", levers.lift_card)
        scan = self._button(self.tr("Quét mã QR của thẻ"), "demo_scan", self._scan)
        reader = self._switch(self.tr("Đầu đọc cắm vào máy"), "demo_reader", levers.reader)
        portal = self._switch(self.tr("Cổng có mạng"), "demo_portal", levers.portal)
        paper = self._switch(self.tr("Máy in có giấy"), "demo_paper", levers.paper)
        row = QHBoxLayout()
        row.addWidget(lay)
        row.addWidget(lift)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(words(self.tr("Công dân hư cấu (sáu số cuối, họ tên)"), "caption"))
        column.addWidget(self._who)
        column.addLayout(row)
        column.addWidget(scan)
        for switch in (reader, portal, paper):
            column.addWidget(switch)
        self.setFixedWidth(WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand over the foot of the list of procedures, where nothing is pressed.

        Beside a form it stands over the foot of the rail.
        """
        desk = self.parentWidget()
        if desk is not None and not event.spontaneous():
            foot = desk.frameGeometry().bottomLeft()
            left = FROM_LEFT if self._form is None else 0
            self.move(foot.x() + left, foot.y() - self.sizeHint().height() - FROM_FOOT)
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        # A form that waits for a card stops the desk behind it, and would stop the levers too.
        if event.type() is QEvent.Type.WindowBlocked:
            QTimer.singleShot(0, self, self._go_beside)
        return super().event(event)

    def _go_beside(self) -> None:
        form = QGuiApplication.modalWindow()
        if form is not None and form is not self._form:
            form.visibleChanged.connect(self._go_back)
            self._belong_to(form)

    @Slot(bool)
    def _go_back(self, form_is_shown: bool) -> None:
        if not form_is_shown and self._form is not None:
            self._belong_to(None)

    def _belong_to(self, form: QWindow | None) -> None:
        desk, own = self.parentWidget(), self.windowHandle()
        if desk is None or own is None:
            return
        self._form = form
        self.hide()
        own.setTransientParent(form or desk.windowHandle())
        self.show()

    @Slot()
    def _lay(self) -> None:
        self._levers.lay_card(self._who.currentIndex())

    @Slot()
    def _scan(self) -> None:
        self._levers.scan_qr(self._who.currentIndex())

    def _button(self, text: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _switch(self, text: str, name: str, act: Callable[[bool], None]) -> QCheckBox:
        switch = QCheckBox(text)
        switch.setObjectName(name)
        switch.setChecked(True)
        switch.toggled.connect(act)
        return switch
