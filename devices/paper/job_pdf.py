"""A job for the office printer as PDF, whichever paper it is."""

from __future__ import annotations

from datetime import date

from counter.forms import ReceiptPaper
from counter.values import local_day
from counter.wording import WordedPaper
from devices.paper.forms_pdf import receipt_pdf
from devices.paper.letterhead import A5
from devices.paper.worded_pdf import size_of, worded_pdf


def job_pdf(paper: ReceiptPaper | WordedPaper, copies: int) -> tuple[bytes, tuple[float, float]]:
    """Return the paper as PDF with width and height of its pages in points."""
    if isinstance(paper, ReceiptPaper):
        return receipt_pdf(paper, copies), A5
    return worded_pdf(paper, copies), size_of(paper)


def day_of(paper: ReceiptPaper | WordedPaper) -> date:
    """Return the paper's day."""
    at = paper.received_at if isinstance(paper, ReceiptPaper) else paper.head.at
    return local_day(at)
