"""What an officer does to a dossier after its reception: one frozen value for each act.

Which act is possible follows from the dossier's state and the one table in ``counter.dossier``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from uuid import UUID

    from counter.parties import Submitter
    from counter.work import Applicant, PaperReceived


class ActKind(StrEnum):
    """Every act, the one that most likely comes next before the others."""

    SIGN_LETTER = "sign_letter"
    ACCEPT = "accept"
    COLLECT = "collect"
    TAKE_SUPPLEMENT = "take_supplement"
    RETURN_RESULT = "return_result"
    HAND_OVER = "hand_over"
    TAKE_RESULT = "take_result"
    ASK_SUPPLEMENT = "ask_supplement"
    ASK_PAYMENT = "ask_payment"
    DRAFT_APOLOGY = "draft_apology"
    DRAFT_STOP = "draft_stop"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    HAND_TO_POST = "hand_to_post"
    MOVE = "move"
    CORRECT_RESULT = "correct_result"
    RECALL = "recall"
    CORRECT_RETURN = "correct_return"
    SETTLE_RECEIPT = "settle_receipt"
    GIVE_BACK = "give_back"
    CORRECT = "correct"
    VOID = "void"


class Relation(StrEnum):
    """What the person who fetches a result is to the applicant."""

    SELF = "self"
    AUTHORISED = "authorised"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    POSTAL = "postal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the library.

    Attributes:
        act: Which act it is offered for.
        text: What the citizen will read.
    """

    act: ActKind
    text: str


@dataclass(frozen=True, slots=True)
class Leader:
    """The leader who decides or confirms; a desk with accounts knows the name by the sign-in."""

    name: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A leader signs in beside the officer, for one act."""

    account: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirmer:
    """Somebody at this desk who may confirm."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class PaperWanted:
    """One paper that must be brought or brought again.

    Attributes:
        note: What is wrong with it; empty when it is missing.
    """

    name: str
    code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """A dossier sent online is received (form 01).

    Attributes:
        due_on: The day the officer gives where the law sets none; else None.
    """

    kind: ClassVar[ActKind] = ActKind.ACCEPT
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Collect:
    """The sum that is still owed is paid now, whole: in cash, or as the portal confirmed.

    Attributes:
        payment: The payment by VietQR that the portal calls paid; None for cash.
        unheard: Cash is taken although a code was shown and the portal cannot be told just now:
            the officer has seen that the citizen did not pay with it.
    """

    kind: ClassVar[ActKind] = ActKind.COLLECT
    payment: UUID | None = None
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class AskPayment:
    """What is owed must be paid before the work goes on (state 6); the clock stands still."""

    kind: ClassVar[ActKind] = ActKind.ASK_PAYMENT


@dataclass(frozen=True, slots=True)
class HandOver:
    """The papers go to the unit that resolves the dossier, with the control sheet (form 06).

    Attributes:
        receiver: Who takes them there; empty when nobody is named.
        sheet: Number of the list they travel on, the same for all of one list.
    """

    kind: ClassVar[ActKind] = ActKind.HAND_OVER
    unit: str
    receiver: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class AskSupplement:
    """Papers are asked for, all of them and once (form 02); the clock stands still.

    Attributes:
        cause: Why they are asked for a second time; a first request needs none.
    """

    kind: ClassVar[ActKind] = ActKind.ASK_SUPPLEMENT
    reason: str
    papers: tuple[PaperWanted, ...]
    respond_by: date | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class TakeSupplement:
    """What was asked for has been brought; the clock runs again."""

    kind: ClassVar[ActKind] = ActKind.TAKE_SUPPLEMENT
    papers: tuple[PaperReceived, ...]


@dataclass(frozen=True, slots=True)
class TakeResult:
    """The result is at the desk, ready to be fetched.

    Attributes:
        number: Its number and sign (số, ký hiệu); empty when it has none.
        shelf: Where it lies.
    """

    kind: ClassVar[ActKind] = ActKind.TAKE_RESULT
    name: str
    number: str = ""
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class ReturnResult:
    """The result is given to a person whose papers were compared.

    Attributes:
        last4: Last four characters of the paper that was compared, None when there was none.
        identity_checked: The person's card or passport was compared.
        authorisation: Number or date of the authorisation; needed unless the applicant comes.
        slip_collected: The receipt (form 01) was taken back.
        undertaking: The person signed for a lost receipt.
        signed: The person signed for the result.
    """

    kind: ClassVar[ActKind] = ActKind.RETURN_RESULT
    receiver: str = field(repr=False)
    relation: Relation
    last4: str | None
    identity_checked: bool
    slip_collected: bool
    signed: bool
    undertaking: bool = False
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class HandToPost:
    """The result goes to the public post, on a signed list; it is returned once it is delivered.

    Attributes:
        carrier: Who of the post takes it.
        sheet: Number of the list, the same for all of one list.
    """

    kind: ClassVar[ActKind] = ActKind.HAND_TO_POST
    carrier: str
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class DraftApology:
    """An apology with a new day is drafted (form 04); it waits for the leader."""

    kind: ClassVar[ActKind] = ActKind.DRAFT_APOLOGY
    reason: str
    due_on: date


@dataclass(frozen=True, slots=True)
class DraftStop:
    """A notice that the dossier is stopped is drafted (form 05); it waits for the leader."""

    kind: ClassVar[ActKind] = ActKind.DRAFT_STOP
    reason: str


@dataclass(frozen=True, slots=True)
class SignLetter:
    """The leader signed the letter that waits, or gave it back."""

    kind: ClassVar[ActKind] = ActKind.SIGN_LETTER
    leader: Leader
    number: str
    approved: bool = True


@dataclass(frozen=True, slots=True)
class Refuse:
    """The dossier is not accepted (form 03)."""

    kind: ClassVar[ActKind] = ActKind.REFUSE
    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The applicant takes the dossier back with a written request."""

    kind: ClassVar[ActKind] = ActKind.WITHDRAW
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectResult:
    """A result found wrong before it was given out goes back to the unit, with a record."""

    kind: ClassVar[ActKind] = ActKind.CORRECT_RESULT
    reason: str
    record: str
    leader: Leader


@dataclass(frozen=True, slots=True)
class Recall:
    """A return that was noted by mistake is taken back on the same day."""

    kind: ClassVar[ActKind] = ActKind.RECALL
    reason: str
    leader: Leader


@dataclass(frozen=True, slots=True)
class CorrectReturn:
    """Who fetched a result was noted wrongly; the result stays returned, at its true time.

    Attributes:
        given: Receiver, relation, last figures and authorisation as they should have been noted;
            what was checked and signed stays as it was.
    """

    kind: ClassVar[ActKind] = ActKind.CORRECT_RETURN
    given: ReturnResult
    reason: str
    leader: Leader


@dataclass(frozen=True, slots=True)
class Move:
    """The papers or the result lie somewhere else now."""

    kind: ClassVar[ActKind] = ActKind.MOVE
    shelf: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Who brought a dossier, as it should have been keyed.

    Attributes:
        submitter: None where the applicant came in person.
    """

    submitter: Submitter | None


@dataclass(frozen=True, slots=True)
class Correct:
    """What was keyed wrong is put right; what stood before stays in the history.

    Attributes:
        person: The applicant as it should have been keyed, whole.
        papers: The papers that were received, each in its place with how many of which kind came;
            None leaves them as they are.
        brought: Who brought it; None leaves that as it is.
    """

    kind: ClassVar[ActKind] = ActKind.CORRECT
    person: Applicant = field(repr=False)
    reason: str
    leader: Leader
    papers: tuple[PaperReceived, ...] | None = None
    brought: Brought | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """A dossier that should never have been keyed is ended; its code stays used."""

    kind: ClassVar[ActKind] = ActKind.VOID
    reason: str
    leader: Leader


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The money of the last receipt is given back; the receipt stays, this is a fact of its own.

    Attributes:
        voided: The receipt was a mistake; else what was rightly paid is refunded.
        excess: Only what was paid beyond the fee is given back.
    """

    kind: ClassVar[ActKind] = ActKind.GIVE_BACK
    reason: str
    leader: Leader
    voided: bool = False
    excess: bool = False


@dataclass(frozen=True, slots=True)
class SettleReceipt:
    """What the portal refused about a legal receipt is put right.

    Attributes:
        reason: How it was settled elsewhere, or why the portal is asked once more.
        again: The portal is asked once more.
    """

    kind: ClassVar[ActKind] = ActKind.SETTLE_RECEIPT
    reason: str
    again: bool = False


Act = (
    Accept
    | Collect
    | AskPayment
    | HandOver
    | AskSupplement
    | TakeSupplement
    | TakeResult
    | ReturnResult
    | HandToPost
    | DraftApology
    | DraftStop
    | SignLetter
    | Refuse
    | Withdraw
    | CorrectResult
    | Recall
    | CorrectReturn
    | Move
    | SettleReceipt
    | GiveBack
    | Correct
    | Void
)
