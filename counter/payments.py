"""Fees paid by VietQR: a code that was shown or scanned is no money; only the portal's word is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from counter.values import Dong, DossierId

if TYPE_CHECKING:
    from counter.acted import Acted
    from counter.ports import PrintJob

LEAST = Dong(1_000)
MOST = Dong(500_000_000)
"""The portal opens a payment from the first to the second of these."""


class PaymentState(StrEnum):
    """How a payment stands."""

    WANTED = "wanted"
    """On disk here; the portal has not answered yet, so nobody has seen a code."""
    SHOWN = "shown"
    """The portal gave the code; the citizen may pay until it expires."""
    DROPPING = "dropping"
    """The officer took it back; the portal has not confirmed that yet."""
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    """The portal opens no such payment; ``trouble`` says why."""


OPEN = frozenset({PaymentState.WANTED, PaymentState.SHOWN, PaymentState.DROPPING})


class Odd(StrEnum):
    """What is wrong with money that came: each is a task for the officer."""

    NONE = ""
    TWICE = "twice"
    """Nothing was owed any more: cash was taken meanwhile, or the dossier was paid before."""
    SHORT = "short"
    OVER = "over"
    REFUNDED = "refunded"
    """The portal gave it back to who paid; what it paid for is owed again."""


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One payment as the officer and the citizen see it.

    Attributes:
        amount: What was asked for.
        qr: Text of the code, None until the portal gave it.
        account: Bank, number and name of who receives it, to compare with the citizen's screen.
        trouble: The portal's reason as JSON where it refused; never personal data.
        paid_amount: What really came, None until the portal says so.
        refunded_at: When the portal was heard to have given it back.
    """

    id: UUID
    dossier_id: DossierId
    amount: Dong
    purpose: str
    state: PaymentState
    asked_at: datetime
    qr: str | None = field(default=None, repr=False)
    account: str = ""
    expires_at: datetime | None = None
    paid_at: datetime | None = None
    paid_amount: Dong | None = None
    trouble: str | None = None
    odd: Odd = Odd.NONE
    refunded_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether money may still come for it."""
        return self.state in OPEN

    @property
    def was_seen(self) -> bool:
        """Whether anybody can have scanned its code."""
        return self.qr is not None


@dataclass(frozen=True, slots=True)
class Booked:
    """Money the portal told of, now in the books: it came, or it was given back.

    Attributes:
        dossier: Code of the dossier.
        acted: What the payment did to the dossier; None where it only became a note.
    """

    payment: PaymentView
    dossier: str
    number: str
    odd: Odd
    acted: Acted | None = None


class PaymentWork(Protocol):
    """Payments by VietQR at this desk. Runs on the ``counter`` thread; never waits for a portal."""

    def ask(self, dossier_id: DossierId) -> PaymentView:
        """Ask the portal for a code over all that is owed; an open one is returned again."""

    def look(self, payment: UUID) -> PaymentView:
        """Return how a payment stands on disk."""

    def print_code(self, payment: UUID) -> PrintJob:
        """Return the code of a payment on paper, for the citizen to take along."""

    def drop(self, payment: UUID) -> PaymentView:
        """Take a payment back, so that cash may be taken once the portal knows."""

    def settle(self) -> tuple[Booked, ...]:
        """Put into the books what the portal says was paid or given back; each once."""
