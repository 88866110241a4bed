"""Renders every kind of paper, with invented people, to ``docs/pictures``.

Run from the top of the house: ``python -m tests.pictures.papers``.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from counter.forms import FeeText, PaperLine, RulerPaper
from counter.trial_papers import WIDTHS
from counter.values import Dong
from devices.paper.forms_pdf import receipt_pdf
from devices.paper.ruler import ruler_picture
from devices.paper.ticket import ticket_picture
from devices.paper.worded_pdf import worded_pdf
from tests.devices.paper.samples import receipt, ticket
from tests.devices.paper.worded_samples import PAPERS

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DPI = 110

LONG = receipt(
    parent_agency="Ủy ban nhân dân xã Bằng Lăng Thượng Nguyên",
    applicant="Công Tằng Tôn Nữ Thị Ngọc Quỳnh Phương Nguyễn",
    submitter="Trần Văn Mẫu",
    email="ten-nguoi-nop-ho-so.rat-dai@thu-dien-tu.example",
    procedure="Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất "
    "trong các trường hợp chuyển đổi, chuyển nhượng, thừa kế, tặng cho quyền sử dụng đất",
    papers=(
        PaperLine("Đơn đăng ký biến động đất đai, tài sản gắn liền với đất (Mẫu số 11/ĐK)", 1),
        PaperLine("Bản gốc Giấy chứng nhận đã cấp", 1),
        PaperLine("Hợp đồng, văn bản về việc chuyển quyền sử dụng đất đã công chứng", 1, 1),
        *(
            PaperLine(
                f"Văn bản thỏa thuận của các thành viên hộ gia đình về quyền sử dụng đất, tờ {n}",
                copies=n,
            )
            for n in range(1, 14)
        ),
    ),
    fees=(
        FeeText("Phí thẩm định hồ sơ cấp Giấy chứng nhận", Dong(1_250_000)),
        FeeText("Lệ phí cấp Giấy chứng nhận", Dong(0), "hộ gia đình ở xã vùng cao"),
    ),
    total=Dong(1_250_000),
    time_limit_words="08 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ",
    due_at=receipt().received_at.replace(month=12, day=4),
)
RECEIPTS = {
    "receipt": receipt(),
    "receipt_long": LONG,
    "receipt_reprint": receipt(reprint=True),
    "receipt_training": receipt(training=True),
    "receipt_provisional": receipt(code="TAM-Q03-261123-0001", provisional=True, due_at=None),
}
TICKETS = {
    "ticket_80mm": (ticket(), 576),
    "ticket_58mm": (ticket(), 384),
    "ticket_80mm_priority": (ticket(priority="Người cao tuổi", reprint=True, training=True), 576),
    "ticket_58mm_priority": (ticket(priority="Người cao tuổi", reprint=True, training=True), 384),
}


def main() -> None:
    """Write one picture for each page of the citizen's copy, and one for each ticket."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    papers = {name: receipt_pdf(paper, copies=1) for name, paper in RECEIPTS.items()}
    papers |= {name: worded_pdf(paper) for name, paper in PAPERS.items()}
    for name, content in papers.items():
        document = pypdfium2.PdfDocument(content)
        for number, page in enumerate(document, start=1):
            end = f"_{number}" if len(document) > 1 else ""
            page.render(scale=DPI / 72, grayscale=True).to_pil().save(
                PICTURES / f"paper_{name}{end}.png", optimize=True
            )
        document.close()
    for name, (slip, width) in TICKETS.items():
        ticket_picture(slip, width).save(PICTURES / f"paper_{name}.png", optimize=True)
    ruler = ruler_picture(RulerPaper(ticket().issued_at, WIDTHS))
    ruler.save(PICTURES / "paper_ruler.png", optimize=True)


if __name__ == "__main__":
    main()
