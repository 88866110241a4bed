"""Levers of the demonstration: lay cards down, cut the network, take the paper away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QMouseEvent,
    QMoveEvent,
    QResizeEvent,
    QShowEvent,
    QWindow,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words

WIDTH, EDGE = 360, 16
FROM_LEFT = 590
FROM_FOOT = 40
FOLD_KEY = "Ctrl+Shift+D"
SETTLED_MS = 300
"""A move that lasts so long without another is over."""


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
    """A small window beside the desk; only with ``--demo``.

    It is dragged by its title or by any place where there is nothing to press, and folded to one
    line by a key of either window. Where it was and whether it was folded is remembered.
    """

    def __init__(self, levers: DemoLevers, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._levers = levers
        self._form: QWindow | None = None
        self._grip: QPoint | None = None
        self._placed = QPoint()
        self._foot: QPoint | None = None
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(SETTLED_MS)
        self._moving.timeout.connect(self._remember_place)
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
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words(self.tr("Công dân hư cấu (sáu số cuối, họ tên)"), "caption"))
        column.addWidget(self._who)
        column.addLayout(row)
        column.addWidget(scan)
        for switch in (reader, portal, paper):
            column.addWidget(switch)
        self._fold = KeyButton(self.tr("Thu gọn"), FOLD_KEY)
        self._fold.setObjectName("demo_fold")
        self._fold.clicked.connect(self.fold)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(EDGE, 12, EDGE, 12)
        whole.setSpacing(8)
        whole.addWidget(self._body)
        whole.addWidget(self._fold)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        for part in (self._body, self._fold):
            part.setFixedWidth(WIDTH - 2 * EDGE)  # however long a citizen's name is
        for window in (self, parent):
            if window is not None:
                on_key(FOLD_KEY, window, self.fold)
        self._show_folded(folded=QSettings().value("demo/folded", False, bool) is True)

    @property
    def is_folded(self) -> bool:
        """Whether only its one line stands there."""
        return self._body.isHidden()

    @Slot()
    def fold(self) -> None:
        """Fold it to its foot, or unfold it; that is remembered."""
        self._foot = self.frameGeometry().bottomLeft()
        self._show_folded(folded=not self.is_folded)
        QSettings().setValue("demo/folded", self.is_folded)
        self._moving.start()

    def _show_folded(self, *, folded: bool) -> None:
        self._body.setHidden(folded)
        self._fold.setText(self.tr("Mở bảng trình diễn") if folded else self.tr("Thu gọn"))

    def showEvent(self, event: QShowEvent) -> None:
        """Stand where it was left, else over the foot of the list of procedures.

        There nothing is pressed. Beside a form it stands over the foot of the rail.
        """
        desk = self.parentWidget()
        left = QSettings().value("demo/place")
        if event.spontaneous():
            pass
        elif isinstance(left, QPoint):
            self._place(left)
        elif desk is not None:
            from_left = FROM_LEFT if self._form is None else 0
            self._foot = desk.frameGeometry().bottomLeft() + QPoint(from_left, -FROM_FOOT)
            self._stand()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._stand()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if self.isVisible() and self.pos() != self._placed:
            self._foot = None
            self._moving.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def _stand(self) -> None:
        """Keep its foot where it is while the height changes; whole on the screen in any case."""
        foot = self._foot
        tall = self.frameGeometry().height()
        self._place(self.pos() if foot is None else QPoint(foot.x(), foot.y() + 1 - tall))

    def _place(self, corner: QPoint) -> None:
        """Stand at *corner*, or as near to it as the screen has room."""
        room = self.screen().availableGeometry()
        right = room.right() + 1 - self.frameGeometry().width()
        low = room.bottom() + 1 - self.frameGeometry().height()
        self._placed = QPoint(
            max(room.left(), min(corner.x(), right)), max(room.top(), min(corner.y(), low))
        )
        self.move(self._placed)

    @Slot()
    def _remember_place(self) -> None:
        QSettings().setValue("demo/place", self.pos())

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
