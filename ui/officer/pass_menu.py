"""Where a number can be passed on to: a field, a counter, or the officer who works there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter.hall import CounterLine, Service


class PassMenu(QMenu):
    """One line for each place; Esc leaves the number where it is.

    Signals:
        chosen: A tuple of service letter, counter name and officer code; two of them are None.
    """

    chosen = Signal(object)

    def __init__(
        self,
        services: Sequence[Service],
        counters: Sequence[CounterLine],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pass_menu")
        self.addSection(self.tr("Chuyển sang lĩnh vực, giữ nguyên giờ lấy số"))
        for service in services:
            self._offer(f"{service.code}   {service.name}", (service.code, None, None))
        others = [line for line in counters if line.is_open and not line.is_here]
        if others:
            self.addSection(self.tr("Chuyển cho quầy"))
        for line in others:
            serves = self.tr("mọi lĩnh vực") if not line.services else ", ".join(line.services)
            self._offer(f"{line.name}   ({serves})", (None, line.name, None))
        people = [line for line in others if line.officer]
        if people:
            self.addSection(self.tr("Chuyển cho cán bộ, ngồi quầy nào cũng gọi được"))
        for line in people:
            told = self.tr("%1, hôm nay ở %2").replace(
                "%1", line.officer_name or line.officer or ""
            )
            self._offer(told.replace("%2", line.name), (None, None, line.officer))

    def _offer(self, words: str, where: tuple[str | None, str | None, str | None]) -> None:
        self.addAction(words.replace("&", "&&"), partial(self.chosen.emit, where))
