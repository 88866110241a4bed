"""One form's payment by code: asked for, watched, shown to the citizen, printed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from counter.payments import PaymentState
from ui.officer.acts.code_panel import picture_of
from ui.second.shown import ToPay

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from counter.payments import PaymentView
    from counter.ports import PrintJob
    from counter.values import DossierId
    from ui.officer.acts.collect_form import CollectForm
    from ui.officer.asking import Asking
    from ui.officer.hands import Hands
    from ui.officer.payments_talk import PaymentsTalk
    from ui.officer.second_talk import SecondTalk

LOOK_MS = 6_000
"""How often the portal is asked while a citizen pays; it wants five seconds between two."""


class CodeWatch(QObject):
    """One form's payment by code: asked for, looked at, taken back. Lives as long as the form."""

    def __init__(
        self,
        form: CollectForm,
        dossier: DossierId,
        *,
        asking: Asking,
        hands: Hands,
        payments: PaymentsTalk,
        second: SecondTalk,
        put: Callable[[PrintJob], object],
    ) -> None:
        super().__init__(form)
        self._put = put
        self._second, self._is_facing = second, False
        self._form, self._dossier = form, dossier
        self._asking, self._hands, self._payments = asking, hands, payments
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ask_portal)
        form.code_asked.connect(self._ask)
        form.drop_asked.connect(self._drop)
        form.paper_asked.connect(self._print)
        payments.told.connect(self._look)
        form.finished.connect(self._turn_away)
        form.show_reachable(reachable=payments.is_reachable)

    @Slot()
    def _ask(self) -> None:
        dossier = self._dossier
        self._asking.ask(lambda desk: desk.payments().ask(dossier), self._begun, self._form.refuse)

    @Slot(object)
    def _drop(self, payment: UUID) -> None:
        self._asking.ask(lambda desk: desk.payments().drop(payment), self._begun, self._form.refuse)

    @Slot(object)
    def _print(self, payment: UUID) -> None:
        def put(job: PrintJob) -> None:
            self._put(job)
            self._form.say_printed()

        self._asking.ask(lambda desk: desk.payments().print_code(payment), put, self._form.refuse)

    def _begun(self, payment: PaymentView) -> None:
        self._show(payment)
        self._hands.wake()
        self._timer.start()

    def _show(self, payment: PaymentView) -> None:
        """Show the payment to the officer, and its code to the citizen where both can see one."""
        self._form.show_payment(payment)
        if payment.state is not PaymentState.SHOWN or payment.qr is None:
            self._turn_away()
        elif self._second.is_there:
            picture = picture_of(self._hands.encode(payment.qr))
            self._second.pay(ToPay(payment.amount, picture, self._form.code))
            self._is_facing = True

    @Slot()
    def _turn_away(self) -> None:
        """Take the code off the citizen's screen."""
        if self._is_facing:
            self._is_facing = False
            self._second.rest()

    @Slot()
    def _ask_portal(self) -> None:
        self._hands.wake()
        self._look()

    @Slot()
    def _look(self) -> None:
        self._form.show_reachable(reachable=self._payments.is_reachable)
        payment = self._form.payment
        if payment is not None and payment.is_open:
            wanted = payment.id
            self._asking.ask(
                lambda desk: desk.payments().look(wanted), self._looked, self._form.refuse
            )

    def _looked(self, payment: PaymentView) -> None:
        was = self._form.payment
        if was is None or was.id != payment.id:
            return
        if payment != was:
            self._show(payment)
        if payment.paid_at is not None:
            self._form.accept()
        elif not payment.is_open:
            self._timer.stop()
