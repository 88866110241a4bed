"""The desk's papers about money: the receipt for what was paid, the code to pay with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.papers import job_of, letterhead
from counter.drawer import CASH, ONLINE, SISTER, VIETQR
from counter.errors import NoPaymentCode
from counter.money import written
from counter.papers.desk import CashFacts, CashLine, ToPayFacts
from counter.payments import PaymentState
from counter.ports import PrintJob
from counter.store import legal_receipts, life
from counter.store.life_tables import MoneyRow
from counter.store.payments import PaymentRow
from counter.store.tables import DossierRow
from counter.values import Dong

KINDS = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE": "Giá dịch vụ"}
METHODS = {
    CASH: "Tiền mặt",
    VIETQR: "Chuyển khoản VietQR",
    ONLINE: "Nộp trực tuyến trên cổng",
    SISTER: "Nộp ở quầy khác",
}
REST = "Phần phí, lệ phí còn phải nộp"


def cash_facts(session: Session, row: DossierRow, receipt: MoneyRow) -> CashFacts:
    """Return what the internal receipt of *receipt* says as things stand now."""
    back = Dong(receipt.amount - life.left_of(session, receipt))
    return CashFacts(
        payer=row.applicant_name,
        address=row.address or "",
        procedure=row.procedure_name,
        sums=_sums(session, row, receipt.amount),
        total=receipt.amount,
        method=METHODS[receipt.method],
        official=_official(session, receipt),
        given_back=f"Đã hủy hoặc hoàn lại {written(back)}" if back else "",
        collector=receipt.officer_name,
    )


def receipt_again(
    context: Context, session: Session, row: DossierRow, receipt: MoneyRow
) -> PrintJob:
    """Return the internal receipt once more, with the legal number it has by now."""
    head = letterhead(
        context,
        receipt.at,
        code=row.code or row.provisional_code or "",
        provisional=row.code is None,
        number=receipt.number,
        reprint=True,
    )
    facts = cash_facts(session, row, receipt)
    return job_of(context, session, row, facts, head=head, name="cash-reprint")


def code_paper(
    context: Context, session: Session, row: DossierRow, payment: PaymentRow
) -> PrintJob:
    """Return the code of *payment* on paper; it says itself that it is no receipt.

    Only the payment's code stands on it: a second one beside it would be scanned by mistake.

    Raises:
        NoPaymentCode: The code is not there yet, was taken back, or has ended.
    """
    moment = context.clock()
    is_shown = payment.state == PaymentState.SHOWN and payment.qr is not None
    if not is_shown or payment.expires_at is None or payment.expires_at <= moment:
        raise NoPaymentCode
    facts = ToPayFacts(
        payer=row.applicant_name,
        dossier=row.code or row.provisional_code or "",
        procedure=row.procedure_name,
        sums=_sums(session, row, payment.amount),
        total=payment.amount,
        qr=payment.qr or "",
        account=payment.account,
        purpose=payment.purpose,
        until=payment.expires_at,
        officer=context.settings.settings.desk.officer_name,
    )
    head = letterhead(context, moment)
    return job_of(context, session, row, facts, head=head, name=facts.form.value)


def _official(session: Session, receipt: MoneyRow) -> str:
    """Return the legal receipt's number, and what it is looked up with where that is known."""
    lookup = legal_receipts.lookup_code(session, receipt.id)
    number = receipt.official_number or ""
    return f"{number} (mã tra cứu {lookup})" if number and lookup else number


def _sums(session: Session, row: DossierRow, amount: Dong) -> tuple[CashLine, ...]:
    """Return the fees that make up *amount*, or one line where it is only a part of them."""
    sums = tuple(
        CashLine(fee.name, KINDS[fee.kind], fee.amount, fee.exempt_reason or "")
        for fee in life.fees(session, row)
    )
    if amount != sum(line.amount for line in sums):
        return (CashLine(REST, "", amount, ""),)
    return sums
