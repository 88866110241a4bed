"""The officer's page at the door: choose who goes first, touch the service, hand the paper over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from ui.kiosk.choices import Choice, Choices
from ui.kiosk.page import KioskPage, Look
from ui.kiosk.wishes import TakeTicket

if TYPE_CHECKING:
    from counter.hall import Service

NOBODY = ""


class StaffedPage(KioskPage):
    """One touch gives a number; a priority group holds for the next number only."""

    is_home = True
    spoken = ("kiosk.services",)

    def __init__(
        self,
        look: Look,
        services: Sequence[Service],
        priorities: Sequence[tuple[str, str]],
        last: str,
    ) -> None:
        title = self.tr("Cấp số tại cửa")
        super().__init__(look, title, last or self.tr("Chạm lĩnh vực để cấp số."))
        self._priorities = tuple(priorities)
        self._services = Choices([Choice(s.code, s.name, s.code) for s in services], look.measures)
        self._services.chosen.connect(self._chosen)
        self._priority: str | None = None
        self._which = self.button("", "priority", None, kind="help")
        self._which.clicked.disconnect()
        self._which.clicked.connect(self._open)
        self._groups = Choices(
            [Choice(NOBODY, self.tr("Không ưu tiên")), *(Choice(*g) for g in priorities)],
            look.measures,
        )
        self._groups.chosen.connect(self._prefer)
        self._groups.hide()
        self.body.addWidget(self._which)
        self.body.addWidget(self._services, 5)
        self.body.addWidget(self._groups, 5)
        self._which.setMaximumHeight(look.measures.pixels(24))
        self._prefer(NOBODY)

    @Slot()
    def _open(self) -> None:
        self._services.setVisible(self._groups.isVisible())
        self._groups.setVisible(not self._groups.isVisible())

    @Slot(object)
    def _prefer(self, code: str) -> None:
        self._priority = code or None
        name = dict(self._priorities).get(code, self.tr("Không ưu tiên"))
        self._which.setText(self.tr("Diện ưu tiên: %1").replace("%1", name))
        self._groups.hide()
        self._services.show()

    @Slot(object)
    def _chosen(self, service: str) -> None:
        self.wanted.emit(TakeTicket(service, self._priority))
