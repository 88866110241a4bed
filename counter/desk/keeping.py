"""What each act needs, what it keeps, and what is told of it; called inside its transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from counter.acts import (
    Accept,
    Act,
    AskPayment,
    AskSupplement,
    Collect,
    Correct,
    CorrectResult,
    CorrectReturn,
    DraftApology,
    DraftStop,
    GiveBack,
    HandOver,
    HandToPost,
    Move,
    Recall,
    Refuse,
    Relation,
    ReturnResult,
    SettleReceipt,
    SignLetter,
    TakeResult,
    TakeSupplement,
    Void,
    Withdraw,
)
from counter.desk import legal_receipts, online
from counter.desk.case import Case
from counter.desk.correcting import correct, correct_return
from counter.desk.facts import Fact, long_reason_of, name_of, reason_of
from counter.desk.giving_back import give_back
from counter.dossier import Status
from counter.drawer import CASH, ONLINE, VIETQR
from counter.errors import (
    AskedBefore,
    AuthorisationNeeded,
    CarrierNeeded,
    DayNotLater,
    DayPassed,
    ExtendedBefore,
    FeesNotCollected,
    LeaderNeeded,
    LetterWaits,
    NothingOwed,
    NothingPaid,
    NotPaid,
    PapersNeeded,
    PaymentCame,
    PaymentOpen,
    PostAddressNeeded,
    ReceiverNotChecked,
    SignatureMissing,
    SlipMissing,
    SupplementNotOverdue,
    TooLate,
    UnitNeeded,
)
from counter.money import written
from counter.payments import PaymentState
from counter.store import life, payments, results, return_wishes
from counter.store.payments import PaymentRow
from counter.values import Dong, local_day, uuid7

POST = "Bưu chính công ích"


def keep(case: Case, asked: Act) -> Fact:  # noqa: PLR0912 - one line for each act
    """Check what *asked* needs and keep what it brings; return what is told of it."""
    match asked:
        case Accept():
            parts = online.receive(case, asked.due_on)
            return Fact("dossier.received", "accepted", "", "01", parts=parts)
        case Collect():
            return _collect(case, asked)
        case AskPayment():
            owed = life.owed(case.session, case.row)
            if owed <= 0:
                raise NothingOwed
            return Fact("payment.asked", "payment_requested", written(owed))
        case HandOver():
            return _hand_over(case, asked)
        case AskSupplement():
            return _ask_supplement(case, asked)
        case TakeSupplement():
            return _take_supplement(case, asked)
        case TakeResult():
            name = reason_of(asked.name)
            results.add_result(case.session, case.row, name, asked.number.strip(), case.moment)
            case.row.shelf = asked.shelf.strip() or case.row.shelf
            told = " · ".join(filter(None, (name, asked.number.strip(), asked.shelf.strip())))
            return Fact("result.taken", "completed", told)
        case ReturnResult():
            return _return(case, asked)
        case HandToPost():
            return _hand_to_post(case, asked)
        case DraftApology() | DraftStop():
            return _draft(case, asked)
        case SignLetter():
            return _sign(case, asked)
        case Refuse():
            return Fact("dossier.refused", "refused", reason_of(asked.reason), "03")
        case Withdraw():
            return Fact("dossier.withdrawn", "withdrawn", reason_of(asked.reason))
        case CorrectResult():
            told = (
                f"{reason_of(asked.reason)} · {reason_of(asked.record)} · {name_of(asked.leader)}"
            )
            return Fact("result.corrected", "result_corrected", told)
        case Recall():
            if not results.recall(case.session, case.row, case.moment):
                raise TooLate
            told = f"{reason_of(asked.reason)} · {name_of(asked.leader)}"
            return Fact("return.recalled", "return_recalled", told)
        case CorrectReturn():
            return correct_return(case, asked)
        case Move():
            case.row.shelf = reason_of(asked.shelf)
            return Fact("papers.moved", "storage_moved", case.row.shelf)
        case SettleReceipt():
            return legal_receipts.settle(case, asked)
        case GiveBack():
            return _give_back(case, asked)
        case Correct():
            return correct(case, asked)
        case Void():
            told = f"{reason_of(asked.reason)} · {name_of(asked.leader)}"
            return Fact(life.VOIDED, "stopped", told)
        case _:
            assert_never(asked)


def _collect(case: Case, asked: Collect) -> Fact:
    owed = life.owed(case.session, case.row)
    if owed <= 0:
        raise NothingOwed
    desk = case.context.settings.settings.desk
    method, officer = CASH, (desk.officer_id, desk.officer_name)
    if asked.payment is None:
        _must_be_free(case, unheard=asked.unheard)
    else:
        paid = _confirmed(case, asked.payment, owed)
        method = VIETQR if paid.origin == payments.HERE else ONLINE
        officer = payments.asked_by(paid)
    number = case.number("money", "PT")
    receipt = life.add_receipt(
        case.session,
        case.row,
        receipt_id=asked.payment or uuid7(case.moment),
        number=number,
        amount=owed,
        method=method,
        moment=case.moment,
        officer=officer,
    )
    legal_receipts.want(case, receipt)
    return Fact("money.collected", "payment_done", number, number=number)


def _must_be_free(case: Case, *, unheard: bool) -> None:
    """Check that nobody pays for the dossier by VietQR while cash is taken for it.

    Raises:
        PaymentOpen: A code that somebody may have scanned is not taken back yet.
        PaymentCame: The portal has its money already.
    """
    if payments.find_unbooked(case.session, case.row.id) is not None:
        raise PaymentCame
    found = payments.find_open(case.session, case.row.id)
    if found is None:
        return
    if found.qr is None:  # nobody can have paid with a code that nobody has seen
        found.state = PaymentState.DROPPING.value
    elif not (unheard and found.state == PaymentState.DROPPING):
        raise PaymentOpen


def _confirmed(case: Case, payment: UUID, owed: Dong) -> PaymentRow:
    """Return a payment that the portal calls paid; from now on it is in the books.

    Raises:
        NotPaid: The portal has not said that all that is owed was paid with it.
    """
    found = payments.find(case.session, payment)
    is_paid = (
        found is not None
        and found.dossier_id == case.row.id
        and found.state == PaymentState.PAID
        and found.booked_at is None
        and found.paid_amount == owed
    )
    if found is None or not is_paid:
        raise NotPaid
    found.booked_at = case.moment
    return found


def _give_back(case: Case, asked: GiveBack) -> Fact:
    reason, leader = long_reason_of(asked.reason), name_of(asked.leader)
    receipt = life.last_receipt(case.session, case.row)
    if receipt is None:
        raise NothingPaid
    amount = life.left_of(case.session, receipt)
    if asked.excess:
        amount = min(amount, Dong(-life.owed(case.session, case.row)))
        if amount <= 0:
            raise NothingPaid
    kind = "void" if asked.voided else "refund"
    number = give_back(case, receipt, amount, kind=kind, reason=reason, leader=leader)
    event = "money.voided" if asked.voided else "money.refunded"
    told = f"{number} · {receipt.number} · {reason} · {leader}"
    return Fact(event, "note", told, number=number)


def _hand_over(case: Case, asked: HandOver) -> Fact:
    unit, receiver = asked.unit.strip(), asked.receiver.strip()
    if not unit:
        raise UnitNeeded
    case.row.unit = unit
    life.add_hand_over(case.session, case.row, replace(asked, unit=unit), case.moment)
    handover = {
        "to_unit": unit,
        "receiver": receiver or None,
        "sheet_no": asked.sheet or None,
        "storage": case.row.shelf or None,
    }
    return Fact(
        "papers.handed_over",
        "handed_over",
        " · ".join(filter(None, (unit, receiver, asked.sheet))),
        "06",
        asked.sheet,
        {"handover": handover},
    )


def _hand_to_post(case: Case, asked: HandToPost) -> Fact:
    carrier = " ".join(asked.carrier.split())
    if not carrier:
        raise CarrierNeeded
    to = return_wishes.post_address(case.session, case.row)
    if not (to.address and to.phone):
        raise PostAddressNeeded
    case.row.shelf = f"{POST} · {asked.sheet}"
    told = f"{POST} · {carrier} · {asked.sheet}"
    return Fact("result.posted", "storage_moved", told, number=asked.sheet)


def _ask_supplement(case: Case, asked: AskSupplement) -> Fact:
    reason = reason_of(asked.reason)
    if not asked.papers:
        raise PapersNeeded
    if life.supplements(case.session, case.row) and not asked.cause.strip():
        raise AskedBefore
    if asked.respond_by is not None and asked.respond_by < local_day(case.moment):
        raise DayPassed
    number = case.number("hdhs", "HDHS")
    life.add_supplement(case.session, case.row, asked, number, case.moment)
    supplement = {
        "reason": reason,
        "respond_by": asked.respond_by.isoformat() if asked.respond_by else None,
        "items": [
            {"component_code": paper.code, "name": paper.name, "note": paper.note or None}
            for paper in asked.papers
        ],
    }
    told = f"{reason} · {number}"
    parts = {"supplement": supplement}
    return Fact("supplement.asked", "supplement_requested", told, "02", number, parts)


def _take_supplement(case: Case, asked: TakeSupplement) -> Fact:
    if not asked.papers:
        raise PapersNeeded
    life.take_supplement(case.session, case.row, asked.papers, case.moment)
    told = "; ".join(paper.name for paper in asked.papers)
    if case.left is Status.FILED:  # nobody has received it yet: its time begins with these papers
        parts = online.receive(case, None)
        return Fact("dossier.received", "accepted", told, "01", parts=parts)
    return Fact("supplement.taken", "supplement_received", told, "01")


def _return(case: Case, asked: ReturnResult) -> Fact:
    """Check what form 07 wants: identity or authorisation, slip or undertaking, fees, signature."""
    receiver = reason_of(asked.receiver)
    if not asked.identity_checked:
        raise ReceiverNotChecked
    if asked.relation is not Relation.SELF and not asked.authorisation.strip():
        raise AuthorisationNeeded
    wants_slip = life.has_slip(case.session, case.row)
    if wants_slip and not asked.slip_collected and not asked.undertaking:
        raise SlipMissing
    if life.owed(case.session, case.row) > 0:
        raise FeesNotCollected
    if not asked.signed:
        raise SignatureMissing
    results.add_return(case.session, case.row, asked, case.moment)
    returned = {
        "receiver_name": receiver,
        "relation": asked.relation.value,
        "identity_checked": True,
        "identity_last4": asked.last4,
        "slip_collected": asked.slip_collected,
    }
    told = asked.authorisation.strip()
    return Fact("result.returned", "returned", told, "07", parts={"returned": returned})


def _draft(case: Case, asked: DraftApology | DraftStop) -> Fact:
    reason = reason_of(asked.reason)
    if life.find_letter(case.session, case.row) is not None:
        raise LetterWaits
    due_at = None
    if isinstance(asked, DraftApology):
        if life.was_extended(case.session, case.row):
            raise ExtendedBefore
        due_at = case.context.calendar.closing(asked.due_on)
        _must_be_later(case, due_at)
    elif case.status is Status.SUPPLEMENT:
        respond_by = life.respond_by(case.session, case.row)
        if respond_by is None or respond_by >= local_day(case.moment):
            raise SupplementNotOverdue
    life.draft_letter(
        case.session,
        case.row,
        kind="stop" if due_at is None else "apology",
        reason=reason,
        due_at=due_at,
        moment=case.moment,
        officer=case.context.settings.settings.desk.officer_name,
    )
    return Fact("letter.drafted", "note", reason)


def _must_be_later(case: Case, day: datetime) -> None:
    """Check that an apology moves what was promised, and forward only.

    Raises:
        DayNotLater: It does not.
    """
    promised = case.row.due_at
    if promised is None or day <= max(promised, case.moment):
        raise DayNotLater


def _sign(case: Case, asked: SignLetter) -> Fact:
    leader = name_of(asked.leader)
    letter = life.get_letter(case.session, case.row)
    number = asked.number.strip()
    if asked.approved and not number:
        raise LeaderNeeded
    if asked.approved and letter.due_at is not None:
        _must_be_later(case, letter.due_at)
    letter.decided_at, letter.approved = case.moment, asked.approved
    letter.leader, letter.number = leader, number or None
    if not asked.approved:
        return Fact("letter.given_back", "note", f"{letter.reason} · {leader}")
    told = f"{letter.reason} · {number} · {leader}"
    if letter.due_at is None:
        return Fact("dossier.stopped", "stopped", told, "05", number)
    life.change_due(
        case.session, case.row, letter.due_at, reason=letter.reason, moment=case.moment, form="04"
    )
    return Fact("due.extended", "due_extended", told, "04", number)
