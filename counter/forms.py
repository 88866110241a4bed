"""What each paper says: words and numbers, already chosen and written out, not how they are set.

Everything a citizen can read on a paper is decided here or before; ``devices/paper`` only sets
it. Names of agencies come from the settings, never from a template.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.values import Dong


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One row of the list of papers received.

    Attributes:
        originals: Count of originals (bản chính).
        certified: Count of certified copies (bản chứng thực).
        copies: Count of plain copies (bản photo).
    """

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class FeeText:
    """One fee on the receipt: its name and amount; an exempted fee says why instead."""

    name: str
    amount: Dong
    exempt_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Form 01 of TT 03/2025/TT-VPCP: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" (A5, two copies).

    Attributes:
        parent_agency: Upper line of the letterhead; upper-cased when set.
        agency: The receiving agency; upper-cased and bold when set.
        place: Place name before the date.
        title: As the circular of its day names it.
        basis: Printed small in the corner, such as ``Mẫu số 01 - TT 03/2025/TT-VPCP``.
        code: Dossier code or provisional code; printed as text, Code 128 and QR.
        provisional: The code is provisional; the paper says that the official one follows.
        book_volume: "Quyển số".
        book_number: "Số thứ tự".
        submitter: Who brings it when that is not the applicant; address, telephone, mail and
            number are theirs then, and ``owner_*`` the applicant's.
        brought_as: What the submitter is to the applicant, and the paper that authorises.
        applicant_masked_number: Identity number with its middle hidden, as the notice asks.
        verified_words: How the identity was established, in words.
        time_limit_words: "Thời gian giải quyết", in words.
        due_at: None when the law sets no limit and no date could be given.
        reprint: Marked "BẢN IN LẠI".
        training: Marked "BẢN THỬ - KHÔNG CÓ GIÁ TRỊ".
        look_up: Where the citizen can follow the dossier: a web address, a telephone number.
        notice: What becomes of the personal data, in one line.
    """

    parent_agency: str
    agency: str
    place: str
    title: str
    basis: str
    code: str
    provisional: bool
    book_volume: str
    book_number: int
    applicant: str = field(repr=False)
    submitter: str | None = field(repr=False)
    address: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    applicant_masked_number: str | None = field(repr=False)
    verified_words: str
    procedure: str
    papers: tuple[PaperLine, ...]
    sets: int
    fees: tuple[FeeText, ...]
    total: Dong
    time_limit_words: str
    received_at: datetime
    due_at: datetime | None
    return_at: str
    officer: str
    ticket: str | None
    look_up: tuple[str, ...]
    reprint: bool
    training: bool
    brought_as: str = field(default="", repr=False)
    owner_address: str | None = field(default=None, repr=False)
    owner_number: str | None = field(default=None, repr=False)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """A queue ticket: large number, service in plain words, time and people ahead.

    Attributes:
        number: ``A012``; the letter is the service's.
        qr: What the QR holds, made of the number and day; no personal data.
        priority: Name of the priority group, printed as "ƯU TIÊN".
        wait: Least and most minutes of the likely wait; None leaves the line out.
    """

    agency: str
    number: str
    service: str
    issued_at: datetime
    ahead: int
    qr: str
    priority: str | None
    reprint: bool
    training: bool
    wait: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RulerPaper:
    """The trial page of a roll printer: one line for each width its head may have.

    Attributes:
        widths: In dots, each a multiple of 8, rising; a line ends with a mark at its width.
    """

    at: datetime
    widths: tuple[int, ...]
