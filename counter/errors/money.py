"""Fees, payments, receipts and the cash drawer."""

from __future__ import annotations

from counter.errors.families import Refused


class RemarkNeeded(Refused):
    """What was counted differs from the receipts, and nothing says why."""

    code = "drawer.remark_needed"


class UnknownReceipt(Refused):
    """No internal receipt of this desk has that number."""

    code = "drawer.unknown_receipt"


class OfficialNeeded(Refused):
    """The legal receipt's number is empty, or longer than 60 letters."""

    code = "drawer.official_needed"


class OfficialTaken(Refused):
    """The receipt already has a legal number, or another receipt has this one."""

    code = "drawer.official_taken"


class ReasonShort(Refused):
    """A reason that the books of money keep says too little."""

    code = "desk.reason_short"


class FeesNotCollected(Refused):
    """Money is still owed for the dossier."""

    code = "desk.fees_not_collected"


class NothingOwed(Refused):
    """Nothing is left to be paid for the dossier."""

    code = "desk.nothing_owed"


class PaymentOpen(Refused):
    """A payment code of the dossier may still be paid with; it must be taken back first."""

    code = "payment.open"


class PaymentCame(Refused):
    """The portal has told that the dossier was paid by transfer."""

    code = "payment.came"


class NotPaid(Refused):
    """The portal has not told that this payment was made."""

    code = "payment.not_paid"


class OnlyCash(Refused):
    """The dossier cannot be paid by a code: the sum or its system does not allow it."""

    code = "payment.only_cash"


class NoPaymentCode(Refused):
    """The code of a payment is not there yet, was taken back, or has ended."""

    code = "payment.no_code"


class UnknownPayment(Refused):
    """No payment here has that id."""

    code = "payment.unknown"


class NothingPaid(Refused):
    """There is no receipt of the dossier whose money could be given back."""

    code = "desk.nothing_paid"


class NoReceiptTrouble(Refused):
    """The portal refused no legal receipt of the dossier, or it is put right already."""

    code = "desk.no_receipt_trouble"


class ReceiptByHand(Refused):
    """A legal receipt was keyed by hand, so the portal cannot void it."""

    code = "desk.receipt_by_hand"
