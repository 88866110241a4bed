"""The kinds of paper, and the letterhead that stands above each.

Nothing here names an agency or writes a sentence: words are found by ``counter.wording`` for the
paper's day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Form(StrEnum):
    """Every paper with a wording of its own; the first seven are those of TT 03/2025/TT-VPCP."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"
    HAND_OVER = "hand_over"
    RESULTS_BACK = "results_back"
    POSTED = "posted"
    MANY = "many"
    RETURN = "return"
    CASH = "cash"
    TO_PAY = "to_pay"
    CERTIFIED_COPY = "certified_copy"
    CERTIFIED_SIGNATURE = "certified_signature"
    CERTIFIED_BOOK = "certified_book"
    COUNT = "count"
    CHECKLIST = "checklist"
    DECLARATION = "declaration"
    NOTICE = "notice"
    CATALOGUE = "catalogue"
    PERSON = "person"
    SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands above the title of every paper.

    Attributes:
        at: The paper's moment; its day stands beside ``place`` and chooses the wording.
        code: Dossier code or number that is printed as bars and QR; empty for none.
        provisional: The code is provisional; the paper says that the official one follows.
        number: Number of the paper itself, such as ``12/2026-Q01/HDHS``; empty for none.
        reprint: Marked "BẢN IN LẠI".
        training: Marked "BẢN THỬ - KHÔNG CÓ GIÁ TRỊ".
    """

    parent_agency: str
    agency: str
    place: str
    at: datetime
    code: str = ""
    provisional: bool = False
    number: str = ""
    reprint: bool = False
    training: bool = False
