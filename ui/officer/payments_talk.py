"""Payments by VietQR joined with the desk: booked when they come, and watched while one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter.errors import NotAllowed, NotSignedIn

if TYPE_CHECKING:
    from counter.payments import Booked
    from counter.ports import SyncState
    from ui.officer.surroundings import Surroundings


class PaymentsTalk(QObject):
    """Lets the desk book what came, prints its receipts, and says what must be put right.

    Signals:
        told: Nothing; something about payments or the portal may be new.
    """

    told = Signal()

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self.is_reachable = True

    def show_state(self, state: SyncState) -> None:
        """Hear how the portal stands."""
        self.is_reachable = state.reachable is not False
        self.told.emit()

    def settle(self) -> None:
        """Let the desk book what the portal says was paid."""
        self._around.asking.ask(lambda desk: desk.payments().settle(), self._settled, self._fell)

    def _settled(self, booked: tuple[Booked, ...]) -> None:
        from counter.work import Change

        for one in booked:
            self._say(one)
            for job in one.acted.jobs if one.acted else ():
                self._around.put(job)
        if booked:
            self._around.hands.wake()
            self._around.changed(Change.DOSSIERS)
        self.told.emit()

    def _say(self, one: Booked) -> None:
        from counter.payments import Odd
        from ui import written

        tone, told = {
            Odd.NONE: ("good", self.tr("Đã nhận %1 chuyển khoản cho hồ sơ %2 · phiếu thu %3.")),
            Odd.TWICE: (
                "warn",
                self.tr(
                    "Hồ sơ %2 đã thu đủ mà vẫn nhận %1 chuyển khoản. Hãy hoàn tiền, xem Hôm nay."
                ),
            ),
            Odd.SHORT: (
                "warn",
                self.tr("Hồ sơ %2 chỉ nhận %1 chuyển khoản, còn thiếu. Hãy thu phần còn lại."),
            ),
            Odd.OVER: (
                "warn",
                self.tr("Hồ sơ %2 nhận %1 chuyển khoản, thừa tiền. Hãy hoàn phần thừa."),
            ),
            Odd.REFUNDED: (
                "warn",
                self.tr(
                    "Cổng đã hoàn %1 của hồ sơ %2 cho người nộp · phiếu hoàn %3. "
                    "Hồ sơ lại thành chưa nộp phí, xem Hôm nay."
                ),
            ),
        }[one.odd]
        paid = one.payment.paid_amount or one.payment.amount
        for place, text in enumerate((written.money(paid), one.dossier, one.number), 1):
            told = told.replace(f"%{place}", text)
        self._around.notice.say(tone, told)

    def _fell(self, error: BaseException) -> None:
        """Say what went wrong; while nobody sits here the money waits for whoever comes."""
        if not isinstance(error, NotSignedIn | NotAllowed):
            self._around.notice.complain(error)
