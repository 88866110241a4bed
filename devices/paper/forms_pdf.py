"""The receipt as PDF: form 01 of TT 03/2025/TT-VPCP, on A5 in two copies.

The wording and order are those of form 01 (TT 01/2018/TT-VPCP) as four provinces print it; see
``docs/sources.md``. No agency is named here: all names come with the paper.
"""

from __future__ import annotations

from counter.forms import FeeText, ReceiptPaper
from devices.paper.letterhead import (
    A5,
    BODY,
    DOTTED,
    NOTE,
    STRONG,
    Head,
    Signature,
    finished,
    set_field,
    set_letterhead,
    set_signatures,
    set_title,
)
from devices.paper.pdf import measure, write_pdf
from devices.paper.sheet import MM, Page, Run, Sheet
from devices.paper.tables import put_table
from devices.paper.written import composed, money, time_in_words

OFFICE_COPY = "Liên 1: Lưu"
CITIZEN_COPY = "Liên 2: Giao cho người nộp"

_MARGIN = 10 * MM
_FOOT = 9 * MM
_SIGN_BLANK = 12 * MM

_PAPERS_CAPTION = Run("1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:", BODY)


def receipt_pdf(paper: ReceiptPaper, copies: int = 2) -> bytes:
    """Set the receipt as a PDF, the office's copy before the citizen's; equal papers, equal bytes.

    Args:
        paper: What it says.
        copies: 1 gives the citizen's copy alone, 2 both, more repeat the citizen's.
    """
    paper = composed(paper)
    names = [OFFICE_COPY, CITIZEN_COPY][-copies:] + [CITIZEN_COPY] * (copies - 2)
    pages = [page for name in names for page in receipt_pages(paper, name)]
    return write_pdf(pages, size=A5, title=f"{paper.title} {paper.code}")


def receipt_pages(paper: ReceiptPaper, copy: str) -> tuple[Page, ...]:
    """Place one copy of a composed receipt on as many A5 pages as it needs."""

    def go_on(sheet: Sheet) -> None:
        sheet.paragraph(Run(f"{paper.code} - {copy} (tiếp theo)", NOTE), below=1 * MM)

    sheet = Sheet(
        width=A5[0], height=A5[1], margin=_MARGIN, foot=_FOOT, measure=measure, on_turn=go_on
    )
    set_letterhead(sheet, _head(paper))
    set_title(sheet, paper.title, copy)
    _set_people(sheet, paper)
    _set_papers(sheet, paper)
    _set_terms(sheet, paper)
    _set_fees(sheet, paper)
    _set_note(sheet, paper)
    set_signatures(
        sheet,
        Signature("NGƯỜI NỘP HỒ SƠ", paper.submitter or paper.applicant),
        Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", paper.officer),
        blank=_SIGN_BLANK,
    )
    return finished(sheet, form=paper.basis, training=paper.training)


def _head(paper: ReceiptPaper) -> Head:
    right = [f"Quyển số: {paper.book_volume}, Số thứ tự: {paper.book_number}"]
    if paper.ticket:
        right.append(f"Phiếu gọi số: {paper.ticket}")
    return Head(
        parent_agency=paper.parent_agency,
        agency=paper.agency,
        place=paper.place,
        at=paper.received_at,
        code_label="Mã hồ sơ (tạm):" if paper.provisional else "Mã hồ sơ:",
        code=paper.code,
        code_note="Mã chính thức sẽ báo sau." if paper.provisional else "",
        right=tuple(right),
        reprint=paper.reprint,
    )


def _set_people(sheet: Sheet, paper: ReceiptPaper) -> None:
    set_field(sheet, "Bộ phận tiếp nhận và trả kết quả", paper.agency)
    set_field(sheet, "Tiếp nhận hồ sơ của", paper.applicant.upper(), STRONG)
    if paper.submitter and paper.submitter != paper.applicant:
        told = f"{paper.submitter} ({paper.brought_as})" if paper.brought_as else paper.submitter
        set_field(sheet, "Người nộp", told)
    set_field(sheet, "Địa chỉ", paper.address or DOTTED)
    set_field(sheet, "Số điện thoại", paper.phone or DOTTED)
    if paper.email:
        set_field(sheet, "Email", paper.email)
    number = paper.applicant_masked_number or DOTTED
    set_field(sheet, "Số căn cước/Hộ chiếu", f"{number} ({paper.verified_words})")
    set_field(sheet, "Nội dung yêu cầu giải quyết", paper.procedure, STRONG)
    if paper.owner_number:
        set_field(sheet, "Chủ hồ sơ", f"{paper.applicant} ({paper.owner_number})")
    if paper.owner_address:
        set_field(sheet, "Địa chỉ chủ hồ sơ", paper.owner_address)


def _set_papers(sheet: Sheet, paper: ReceiptPaper) -> None:
    put_table(sheet, "papers", paper.papers, _PAPERS_CAPTION)
    sheet.skip(1.2 * MM)


def _set_terms(sheet: Sheet, paper: ReceiptPaper) -> None:
    due = time_in_words(paper.due_at) if paper.due_at else "cơ quan sẽ thông báo khi có kết quả"
    set_field(sheet, "2. Số lượng hồ sơ", f"{paper.sets:02} bộ")
    set_field(sheet, "3. Thời gian giải quyết hồ sơ theo quy định là", paper.time_limit_words)
    set_field(sheet, "4. Thời gian nhận hồ sơ", time_in_words(paper.received_at))
    set_field(sheet, "5. Thời gian trả kết quả giải quyết hồ sơ", due, STRONG)
    set_field(sheet, "6. Đăng ký nhận kết quả tại", paper.return_at)


def _set_fees(sheet: Sheet, paper: ReceiptPaper) -> None:
    if not paper.fees:
        set_field(sheet, "7. Phí, lệ phí", "không thu")
        return
    set_field(sheet, "7. Phí, lệ phí", money(paper.total), STRONG)
    for fee in paper.fees:
        sheet.paragraph(Run(f"- {fee.name}: {_amount(fee)}", BODY), indent=4 * MM)
    sheet.skip(0.4 * MM)


def _amount(fee: FeeText) -> str:
    return f"miễn, {fee.exempt_reason}" if fee.exempt_reason else money(fee.amount)


def _set_note(sheet: Sheet, paper: ReceiptPaper) -> None:
    note = "Hồ sơ có thể giải quyết xong trước thời gian quy định và sẽ được thông báo cho Ông/Bà."
    sites = [place for place in paper.look_up if any(sign.isalpha() for sign in place)]
    phones = [place for place in paper.look_up if place not in sites]
    ways = [f"tra cứu tại {site}" for site in sites]
    ways += [f"liên hệ số điện thoại {phone}" for phone in phones]
    if ways:
        note += f" Ông/Bà có thể {' hoặc '.join(ways)}."
    if paper.total:
        note += " Giấy này không thay biên lai thu phí, lệ phí."
    if paper.notice:
        note += f" {paper.notice}"
    sheet.paragraph(Run(note, NOTE), below=2.5 * MM)
