"""Promises of ``devices/paper/forms_pdf.py``: form 01 says what was received, on A5, readably."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL.Image import Image
from pypdf import PdfReader

from counter.forms import FeeText, PaperLine, ReceiptPaper
from counter.values import Dong
from devices.paper.forms_pdf import receipt_pdf
from devices.paper.letterhead import NATION
from tests.devices.paper.samples import CODE, RECEIPT, receipt

LONG = receipt(
    papers=tuple(
        PaperLine(f"Giấy tờ thứ {n}: " + "văn bản chứng minh quyền sử dụng đất " * (n % 4), n, 0, n)
        for n in range(1, 31)
    )
)


@cache
def pages(paper: ReceiptPaper) -> tuple[str, ...]:
    """Return the text of each page with single blanks, as another program extracts it."""
    reader = PdfReader(BytesIO(receipt_pdf(paper)))
    return tuple(" ".join(page.extract_text().split()) for page in reader.pages)


def raster(pdf: bytes, page: int, dpi: int = 203) -> Image:
    picture: Image = (
        pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_pil()
    )
    return picture


def codes(picture: Image) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(picture)}


def test_a_receipt_is_two_copies_on_a5() -> None:
    reader = PdfReader(BytesIO(receipt_pdf(RECEIPT)))

    sizes = [
        (page.mediabox.width / 72 * 25.4, page.mediabox.height / 72 * 25.4) for page in reader.pages
    ]
    assert [(round(float(w)), round(float(h))) for w, h in sizes] == [(148, 210)] * 2
    assert "Liên 1: Lưu" in pages(RECEIPT)[0]
    assert "Liên 2: Giao cho người nộp" in pages(RECEIPT)[1]


def test_both_copies_say_what_the_data_is_for_how_long_and_what_right_one_has() -> None:
    for page in pages(RECEIPT):
        assert "chỉ dùng để giải quyết hồ sơ" in page
        assert "24 tháng" in page
        assert "có quyền xem" in page


def test_the_citizens_copy_can_be_printed_alone() -> None:
    (page,) = PdfReader(BytesIO(receipt_pdf(RECEIPT, copies=1))).pages

    assert "Liên 2: Giao cho người nộp" in page.extract_text()


@pytest.mark.parametrize(
    "words",
    [
        "ỦY BAN NHÂN DÂN XÃ BẰNG LĂNG",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bằng Lăng, ngày 23 tháng 11 năm 2026",
        "Dữ liệu cá nhân trên giấy này chỉ dùng để giải quyết hồ sơ; quầy xóa sau 24 tháng",
        f"Mã hồ sơ: {CODE}",
        "Quyển số: 01, Số thứ tự: 51",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Bộ phận tiếp nhận và trả kết quả: Trung tâm Phục vụ hành chính công",
        "Tiếp nhận hồ sơ của: NGUYỄN THỊ HƯỜNG",
        "Địa chỉ: Thôn Nà Pài, xã Bằng Lăng, tỉnh Thái Nguyên",
        "Số điện thoại: 0900 000 123",
        "Số căn cước/Hộ chiếu: 001••••••345 (đã xác thực bằng chip căn cước)",
        f"Nội dung yêu cầu giải quyết: {RECEIPT.procedure}",
        "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
        "1 Bản chính giấy tờ, văn bản làm cơ sở để chứng thực bản sao 01",
        "2 Bản sao cần chứng thực 02",
        "2. Số lượng hồ sơ: 01 bộ",
        "3. Thời gian giải quyết hồ sơ theo quy định là: trong ngày làm việc",
        "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 23 tháng 11 năm 2026",
        "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Bằng Lăng",
        "7. Phí, lệ phí: 10.000 đồng",
        "- Phí chứng thực bản sao: 10.000 đồng",
        "tra cứu tại https://dichvucong.gov.vn hoặc liên hệ số điện thoại 0200 000 000",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
        "Lê Văn Ví Dụ",
        "Mẫu số 01 - TT 03/2025/TT-VPCP",
    ],
)
def test_both_copies_say_it_word_for_word(words: str) -> None:
    assert [words in page for page in pages(RECEIPT)] == [True, True]


def test_an_ordinary_receipt_takes_one_page_without_a_page_number() -> None:
    assert len(pages(RECEIPT)) == 2
    assert "Trang" not in " ".join(pages(RECEIPT))


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize(
    "code", [CODE, "H15.50.05.13-261008-0975", "TAM-Q03-261123-0001", "000.00.12.H08-211105-0001"]
)
def test_both_codes_are_read_from_paper_of_common_printers(code: str, dpi: int) -> None:
    pdf = receipt_pdf(receipt(code=code))

    assert codes(raster(pdf, 1, dpi)) == {"Code 128": code, "QR Code": code}


def test_a_code_too_long_for_bars_is_read_from_its_qr() -> None:
    code = "000.00.00.H55.AAA.BBB.CCC.DDD-261123-1234567"

    assert codes(raster(receipt_pdf(receipt(code=code)), 0)) == {"QR Code": code}


def test_marks_apart_from_their_letters_give_the_same_paper_to_the_byte() -> None:
    apart = receipt(
        applicant=unicodedata.normalize("NFD", RECEIPT.applicant),
        procedure=unicodedata.normalize("NFD", RECEIPT.procedure),
        agency=unicodedata.normalize("NFD", RECEIPT.agency),
    )

    assert receipt_pdf(apart) == receipt_pdf(RECEIPT)


def test_the_type_is_inside_the_paper() -> None:
    pdf = receipt_pdf(RECEIPT)

    assert set(re.findall(rb"/FontName /([A-Z+]+LiberationSerif[A-Za-z-]*)", pdf)) == {
        b"AAAAAA+LiberationSerif",
        b"AAAAAA+LiberationSerif-Bold",
        b"AAAAAA+LiberationSerif-Italic",
    }
    assert pdf.count(b"/FontFile2") == 3


def test_a_reprint_says_so() -> None:
    assert all("BẢN IN LẠI" in page for page in pages(receipt(reprint=True)))
    assert "BẢN IN LẠI" not in " ".join(pages(RECEIPT))


def test_a_training_paper_is_marked_on_every_page() -> None:
    marked = receipt(training=True, papers=LONG.papers)

    assert len(pages(marked)) > 2
    assert all("BẢN THỬ - KHÔNG CÓ GIÁ TRỊ" in page for page in pages(marked))


def test_the_training_mark_leaves_the_codes_readable() -> None:
    pdf = receipt_pdf(receipt(training=True))

    assert codes(raster(pdf, 0)) == {"Code 128": CODE, "QR Code": CODE}


def test_a_provisional_code_says_that_the_official_one_follows() -> None:
    page = pages(receipt(code="TAM-Q03-261123-0001", provisional=True))[0]

    assert "Mã hồ sơ (tạm): TAM-Q03-261123-0001" in page
    assert "Mã chính thức sẽ báo sau" in page


def test_somebody_else_who_brings_the_dossier_is_named_and_signs() -> None:
    page = pages(receipt(submitter="Trần Văn Mẫu"))[0]

    assert "Người nộp: Trần Văn Mẫu" in page
    assert page.count("Trần Văn Mẫu") == 2


def test_a_dossier_without_a_due_date_promises_none() -> None:
    page = pages(receipt(due_at=None))[0]

    assert "5. Thời gian trả kết quả giải quyết hồ sơ: cơ quan sẽ thông báo" in page


def test_an_exempted_fee_says_why() -> None:
    fees = (FeeText("Lệ phí hộ tịch", Dong(0), "người có công"),)

    assert "- Lệ phí hộ tịch: miễn, người có công" in pages(receipt(fees=fees, total=Dong(0)))[0]


def test_many_papers_go_on_over_the_page_with_numbers_and_a_new_table_head() -> None:
    texts = pages(LONG)
    copy = len(texts) // 2

    assert copy >= 2
    assert all(f"Trang {n}/{copy}" in texts[n - 1] for n in range(1, copy + 1))
    assert texts[1].startswith(f"{CODE} - Liên 1: Lưu (tiếp theo) TT Thành phần hồ sơ")
    for line in LONG.papers:
        assert " ".join(line.name.split()) in " ".join(texts[:copy])


def test_no_agency_is_named_by_the_form_itself() -> None:
    texts = {f.name: "qq" for f in fields(RECEIPT) if isinstance(getattr(RECEIPT, f.name), str)}
    blank = receipt(**texts | {"code": CODE, "look_up": (), "papers": (), "fees": ()})

    said = " ".join(pages(blank)).replace(NATION, "").lower()

    assert re.findall("ủy ban|trung tâm|sở |xã |phường |tỉnh |thành phố |https?:", said) == []
