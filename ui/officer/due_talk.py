"""Warns before and at the due time, by the clock: at the foot always, over the page once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ui import written

if TYPE_CHECKING:
    from counter.today import Due, DueWatch
    from ui.officer.surroundings import Surroundings

TURN_MS = 60_000
"""How often the clock is looked at; nothing is said that was said before."""


class DueTalk(QObject):
    """Keeps the foot of the window and says once when a dossier comes near and when it is late.

    What stands over the page already is never covered: the foot still says it.
    """

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._soon: frozenset[str] | None = None
        self._late: frozenset[str] = frozenset()
        self._turns = QTimer(self)
        self._turns.setInterval(TURN_MS)
        self._turns.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now, and from now on each minute."""
        self._turns.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask what is due; who may not read dossiers is told nothing."""
        self._around.asking.ask(lambda desk: desk.due_watch(), self._show, lambda _error: None)

    def _show(self, watch: DueWatch) -> None:
        self._around.frame.status.show_due(watch.soon_count, watch.late_count)
        before_soon, before_late = self._soon, self._late
        self._soon = (before_soon or frozenset()) | {due.code for due in watch.soon}
        self._late = before_late | {due.code for due in watch.late}
        if before_soon is None or self._around.notice.text:
            return  # what was so when the desk opened stands on the morning page
        late = tuple(due for due in watch.late if due.code not in before_late)
        soon = tuple(due for due in watch.soon if due.code not in before_soon)
        if late:
            self._say(late, self.tr("Đã quá giờ hẹn trả %1"), "bad")
        elif soon:
            self._say(soon, self.tr("Sắp đến giờ hẹn trả %1"), "warn")

    def _say(self, due: tuple[Due, ...], told: str, tone: str) -> None:
        first = self.tr("hồ sơ %1 (%2)").replace("%1", due[0].code)
        words = first.replace("%2", written.moment(due[0].at))
        if len(due) > 1:
            words += self.tr(" và %1 hồ sơ khác").replace("%1", str(len(due) - 1))
        self._around.notice.say(
            tone, f"{told.replace('%1', words)}.", self.tr("Bấm Alt+N để xem các hồ sơ đến hạn.")
        )
