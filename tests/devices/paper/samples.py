"""Papers with invented people and an invented commune, for tests, pictures and measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from counter.forms import FeeText, PaperLine, ReceiptPaper, TicketPaper
from counter.ports import PrintJob
from counter.values import VIETNAM, Dong, uuid7

CODE = "H55.242-261123-0051"

RECEIPT = ReceiptPaper(
    parent_agency="Ủy ban nhân dân xã Bằng Lăng",
    agency="Trung tâm Phục vụ hành chính công",
    place="Bằng Lăng",
    title="GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    basis="Mẫu số 01 - TT 03/2025/TT-VPCP",
    code=CODE,
    provisional=False,
    book_volume="01",
    book_number=51,
    applicant="Nguyễn Thị Hường",
    submitter=None,
    address="Thôn Nà Pài, xã Bằng Lăng, tỉnh Thái Nguyên",
    phone="0900 000 123",
    email=None,
    applicant_masked_number="001••••••345",
    verified_words="đã xác thực bằng chip căn cước",
    procedure="Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm "
    "quyền của Việt Nam cấp",
    papers=(
        PaperLine("Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao", originals=1),
        PaperLine("Bản sao cần chứng thực", copies=2),
    ),
    sets=1,
    fees=(FeeText("Phí chứng thực bản sao", Dong(10_000)),),
    total=Dong(10_000),
    time_limit_words="trong ngày làm việc",
    received_at=datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM),
    due_at=datetime(2026, 11, 23, 16, 30, tzinfo=VIETNAM),
    return_at="Trung tâm Phục vụ hành chính công xã Bằng Lăng",
    officer="Lê Văn Ví Dụ",
    ticket="A012",
    look_up=("https://dichvucong.gov.vn", "0200 000 000"),
    reprint=False,
    training=False,
    notice="Dữ liệu cá nhân trên giấy này chỉ dùng để giải quyết hồ sơ; quầy xóa "
    "sau 24 tháng kể từ khi hồ sơ kết thúc. Ông/Bà có quyền xem, xin sửa tại quầy.",
)

TICKET = TicketPaper(
    agency="Trung tâm Phục vụ hành chính công xã Bằng Lăng",
    number="A012",
    service="Chứng thực bản sao, chữ ký",
    issued_at=datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM),
    ahead=7,
    qr="A012-261123",
    priority=None,
    reprint=False,
    training=False,
)


def receipt(**changes: Any) -> ReceiptPaper:
    """Return the sample receipt with *changes*."""
    return replace(RECEIPT, **changes)


def ticket(**changes: Any) -> TicketPaper:
    """Return the sample ticket with *changes*."""
    return replace(TICKET, **changes)


def job(paper: ReceiptPaper | TicketPaper, identity: UUID | None = None) -> PrintJob:
    """Return a job for *paper*, named as the counter names it."""
    is_receipt = isinstance(paper, ReceiptPaper)
    name = f"{paper.code}_receipt" if isinstance(paper, ReceiptPaper) else "261123_A012_ticket"
    return PrintJob(identity or uuid7(), name, paper, copies=2 if is_receipt else 1)
