"""Papers printed to see whether a printer works: every mark of the real ones, no value, nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter.forms import FeeText, PaperLine, ReceiptPaper, RulerPaper, TicketPaper
from counter.papers.form import Form
from counter.ports import PrintJob
from counter.settings import Settings
from counter.values import Dong, local_day, uuid7
from counter.wording import Wordings

LETTERS = "Quý ông bà đặt giấy này lên bàn: ăâêôơưđ ẠẮẰẲẴẶ ỆỈỊỌỘỚỢ ỤỨỪỬỮỰ ỲÝỶỸỴ"
"""Carries every mark a Vietnamese font may lack."""

WIDTHS = (360, 384, 416, 432, 448, 480, 504, 512, 544, 576, 608, 640, 720, 832)
"""Widths of the heads that are sold, in dots: 58 mm of paper takes 360 to 432, 80 mm 504 to 640."""


def trial_receipt(settings: Settings, wordings: Wordings, moment: datetime) -> PrintJob:
    """Return a receipt as the office's printer must be able to set it, marked as without value."""
    office = settings.office
    day = local_day(moment)
    paper = ReceiptPaper(
        parent_agency=office.name,
        agency=office.center_name,
        place=office.place or office.name.removeprefix("Ủy ban nhân dân ").strip(),
        title=wordings.get(Form.RECEIPT, day).title,
        basis=wordings.basis(Form.RECEIPT, day),
        code=f"{office.agency_code}-{day:%y%m%d}-0000",
        provisional=False,
        book_volume="00",
        book_number=0,
        applicant="(trang in thử)",
        submitter=None,
        address=None,
        phone=None,
        email=None,
        applicant_masked_number=None,
        verified_words="không có công dân nào",
        procedure="In thử máy in của quầy",
        papers=(PaperLine(LETTERS, originals=1), PaperLine("Dòng thứ hai", copies=2)),
        sets=1,
        fees=(FeeText("Không thu", Dong(0)),),
        total=Dong(0),
        time_limit_words="không có",
        received_at=moment,
        due_at=moment + timedelta(days=1),
        return_at=office.center_name,
        officer=settings.desk.officer_name,
        ticket=None,
        look_up=(office.look_up_url,) if office.look_up_url else (),
        reprint=False,
        training=True,
    )
    return PrintJob(uuid7(moment), "in-thu_receipt", paper)


def trial_ticket(settings: Settings, moment: datetime) -> PrintJob:
    """Return a ticket as the roll printer must be able to set it, marked as without value."""
    paper = TicketPaper(
        agency=settings.office.center_name,
        number="A000",
        service="In thử máy in của quầy",
        issued_at=moment,
        ahead=0,
        qr=f"A000-{local_day(moment):%y%m%d}",
        priority=None,
        reprint=False,
        training=True,
    )
    return PrintJob(uuid7(moment), "in-thu_ticket", paper)


def trial_ruler(moment: datetime) -> PrintJob:
    """Return the page on which the width of a roll printer's head is read off."""
    return PrintJob(uuid7(moment), "in-thu_ruler", RulerPaper(moment, WIDTHS))
