"""Payments by VietQR without a portal: the test says what the portal says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from counter.acts import Collect
from counter.errors import NoPaymentCode
from counter.payments import Booked, Odd, PaymentState, PaymentView
from counter.ports import PrintJob
from counter.values import Dong, DossierId
from counter.vietqr import Transfer, payload
from tests.devices.paper.worded_samples import PAPERS

if TYPE_CHECKING:
    from tests.ui.fake_desk import FakeDesk


@dataclass
class FakePayments:
    """What ``PaymentWork`` promises, in memory.

    Attributes:
        coming: What ``settle`` puts into the books next.
        failing: Raised once by the next ``ask``.
    """

    desk: FakeDesk
    payments: dict[UUID, PaymentView] = field(default_factory=dict)
    coming: list[Booked] = field(default_factory=list)
    failing: Exception | None = None
    printed: list[UUID] = field(default_factory=list)

    def ask(self, dossier_id: DossierId) -> PaymentView:
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing
        asked = PaymentView(
            id=uuid4(),
            dossier_id=dossier_id,
            amount=Dong(8000),
            purpose="H55.242-261125-0001",
            state=PaymentState.WANTED,
            asked_at=self.desk.moment,
        )
        self.payments[asked.id] = asked
        return asked

    def look(self, payment: UUID) -> PaymentView:
        return self.payments[payment]

    def drop(self, payment: UUID) -> PaymentView:
        return self._become(payment, state=PaymentState.DROPPING)

    def print_code(self, payment: UUID) -> PrintJob:
        if self.payments[payment].state is not PaymentState.SHOWN:
            raise NoPaymentCode
        self.printed.append(payment)
        return PrintJob(uuid4(), "to_pay", PAPERS["to_pay"])

    def settle(self) -> tuple[Booked, ...]:
        booked, self.coming = tuple(self.coming), []
        return booked

    @property
    def last(self) -> PaymentView:
        """The payment that was asked for last."""
        return list(self.payments.values())[-1]

    def answer(self) -> None:
        """Let the portal give the code."""
        last = self.last
        code = payload(Transfer("999999", "0000000000", amount=last.amount, purpose=last.purpose))
        self._become(
            last.id,
            state=PaymentState.SHOWN,
            qr=code,
            account="TAI KHOAN THU NGHIEM · 0000000000 · 999999",
            expires_at=self.desk.moment + timedelta(minutes=30),
        )

    def pay(self, amount: Dong | None = None, odd: Odd = Odd.NONE) -> None:
        """Let the money come, all of it or another sum."""
        last = self.last
        paid = self._become(
            last.id,
            state=PaymentState.PAID,
            paid_at=self.desk.moment,
            paid_amount=last.amount if amount is None else amount,
            odd=odd,
        )
        acted = None if odd else self.desk.act(last.dossier_id, Collect(last.id))
        self.coming.append(Booked(paid, last.purpose, "7/2026-Q01/PT", odd, acted))

    def close(self, state: PaymentState, trouble: str | None = None) -> None:
        """Let the portal end it without money."""
        self._become(self.last.id, state=state, trouble=trouble)

    def _become(self, payment: UUID, **facts: object) -> PaymentView:
        found = replace(self.payments[payment], **facts)  # type: ignore[arg-type]  # the view's own fields
        self.payments[payment] = found
        return found
