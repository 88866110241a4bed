"""Every worded paper once, with invented people and an invented commune."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from counter.forms import PaperLine
from counter.papers.catalogue import CatalogueFacts, ListedLine
from counter.papers.desk import (
    CashFacts,
    CashLine,
    CertifiedBookFacts,
    CertifiedCopyFacts,
    CertifiedLine,
    CertifiedSignatureFacts,
    ChecklistFacts,
    CountFacts,
    CountLine,
    DeclarationFacts,
    DeclaredLine,
    HandedLine,
    HandOverFacts,
    ManyFacts,
    ManyLine,
    NoticeFacts,
    PersonFacts,
    PostedFacts,
    PostedLine,
    ResultsBackFacts,
    ReturnFacts,
    SealFacts,
    ToPayFacts,
)
from counter.papers.facts import Facts
from counter.papers.form import Letterhead
from counter.papers.law import (
    ApologyFacts,
    ControlFacts,
    ControlStep,
    RefusalFacts,
    RegisterFacts,
    RegisterLine,
    StopFacts,
    SupplementFacts,
)
from counter.values import VIETNAM, Dong
from counter.vietqr import Transfer, payload
from counter.wording import WordedPaper, load_wordings
from tests.devices.paper.samples import CODE

WORDINGS = load_wordings(Path(__file__).resolve().parents[3] / "resources" / "papers")
AT = datetime(2026, 11, 23, 9, 5, tzinfo=VIETNAM)
DUE = datetime(2026, 12, 3, 16, 30, tzinfo=VIETNAM)
HEAD = Letterhead(
    parent_agency="Ủy ban nhân dân xã Bằng Lăng",
    agency="Trung tâm Phục vụ hành chính công",
    place="Bằng Lăng",
    at=AT,
    code=CODE,
)
ADDRESS = "Thôn Nà Pài, xã Bằng Lăng, tỉnh Thái Nguyên"
BIRTH = "Đăng ký khai sinh"
HOUSE = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"
OFFICER = "Lê Văn Ví Dụ"
LEADER = "Hoàng Thị Lãnh Đạo"
SITE = "dichvucong.gov.vn"


def head(**changes: Any) -> Letterhead:
    """Return the sample letterhead with *changes*."""
    return replace(HEAD, **changes)


HANDED = tuple(
    HandedLine(
        code=f"H55.242-261123-{n:04}",
        procedure=BIRTH if n % 3 else HOUSE,
        applicant=name,
        address=ADDRESS,
        due_at=DUE,
        result="Giấy khai sinh" if n % 3 else "Giấy phép xây dựng số 14/GPXD",
        has_fee=n % 3 == 0,
        by_post=n % 4 == 0,
    )
    for n, name in enumerate(
        ("Nguyễn Thị Hường", "Trần Văn Mẫu", "Công Tằng Tôn Nữ Thị Ngọc Quỳnh Phương", "Y Ước"), 51
    )
)
MANY = tuple(
    ManyLine(
        code=line.code,
        procedure=line.procedure,
        applicant=line.applicant,
        received_at=AT,
        due_at=line.due_at,
        time_limit="08 ngày làm việc",
        sets=1,
        fee=Dong(75_000),
    )
    for line in HANDED
)
REGISTER = tuple(
    RegisterLine(
        code=line.code,
        procedure=line.procedure,
        sets=1,
        applicant=line.applicant,
        contact=f"{ADDRESS}; 0900 000 123",
        agency="Ủy ban nhân dân xã Bằng Lăng",
        received_at=AT,
        due_at=line.due_at,
        passed_at=AT,
        result_at=DUE,
        returned_at=DUE,
        way="Trực tiếp",
        note="Quá hạn" if line.by_post else "",
    )
    for line in HANDED
)
CERTIFIED = tuple(
    CertifiedLine(
        entry=f"{n}",
        on=AT.date(),
        person=line.applicant,
        document="Giấy chứng nhận quyền sử dụng đất",
        signer=f"{LEADER}, Phó Chủ tịch",
        copies=2,
        pages=4,
        fee=Dong(12_000),
    )
    for n, line in enumerate(HANDED, 1208)
)
FACTS: dict[str, tuple[Letterhead, Facts]] = {
    "02_supplement": (
        head(number="12/2026-Q01/HDHS"),
        SupplementFacts(
            applicant="Nguyễn Thị Hường",
            procedure=HOUSE,
            address=ADDRESS,
            phone="0900 000 123",
            papers=(
                PaperLine("Bản vẽ thiết kế xây dựng (bản đã nộp thiếu chữ ký)", 2),
                PaperLine("Giấy tờ chứng minh quyền sử dụng đất", 0, 1, 1),
            ),
            reason="Bản vẽ chưa có chữ ký của người thiết kế; thiếu giấy tờ về đất.",
            respond_by=date(2026, 12, 23),
            web=SITE,
            officer=OFFICER,
            officer_phone="0200 000 000",
        ),
    ),
    "03_refusal": (
        HEAD,
        RefusalFacts(
            applicant="Nguyễn Thị Hường",
            submitter="Trần Văn Mẫu",
            address=ADDRESS,
            procedure=HOUSE,
            reason="Thửa đất thuộc hành lang bảo vệ công trình thủy lợi, không được xây dựng.",
            web=SITE,
            officer=OFFICER,
            officer_phone="0200 000 000",
        ),
    ),
    "04_apology": (
        head(number="03/2026-Q01/PXL"),
        ApologyFacts(
            addressee="Bà Nguyễn Thị Hường",
            procedure=HOUSE,
            received_at=AT,
            due_at=DUE,
            reason="Đơn vị đo đạc chưa trả kết quả xác minh thực địa.",
            new_due_on=date(2026, 12, 10),
            signer=LEADER,
        ),
    ),
    "05_stop": (
        head(number="01/2026-Q01/TBD"),
        StopFacts(
            addressee="Bà Nguyễn Thị Hường",
            procedure=HOUSE,
            received_at=AT,
            reason="Quá thời hạn bổ sung hồ sơ mà không nhận được giấy tờ đã yêu cầu.",
            basis="Điều 17 NĐ 118/2025/NĐ-CP",
            returned="Bản vẽ thiết kế xây dựng (02 bộ)",
            signer=LEADER,
        ),
    ),
    "06_control": (
        HEAD,
        ControlFacts(
            book_volume="01",
            book_number=51,
            applicant="Nguyễn Thị Hường",
            procedure=HOUSE,
            received_at=AT,
            due_at=DUE,
            unit="Phòng Kinh tế",
            partners="Văn phòng Đăng ký đất đai, chi nhánh số 3",
            steps=(
                ControlStep(
                    f"{HEAD.agency} ({OFFICER})", "Phòng Kinh tế", AT, note="12/2026-Q01/BG"
                ),
                ControlStep("Phòng Kinh tế", f"{HEAD.agency} ({OFFICER})", DUE, "Đúng hạn"),
            ),
        ),
    ),
    "07_register": (
        head(code=""),
        RegisterFacts(
            first=date(2026, 11, 1), last=date(2026, 11, 30), lines=REGISTER * 5, officer=OFFICER
        ),
    ),
    "hand_over": (
        head(code="", number="08/2026-Q01/BGHS"),
        HandOverFacts(unit="Phòng Kinh tế", giver=OFFICER, handed=HANDED, count=len(HANDED)),
    ),
    "posted": (
        head(code="", number="03/2026-Q01/BC"),
        PostedFacts(
            giver=OFFICER,
            carrier="Đinh Thị Bưu Tá",
            posted=tuple(
                PostedLine(
                    code=line.code,
                    applicant=line.applicant,
                    address=line.address,
                    phone="0900000123",
                    what="Kết quả: Giấy khai sinh",
                    to_collect=Dong(8_000 * (n % 2)),
                )
                for n, line in enumerate(HANDED)
            ),
            total=Dong(8_000 * (len(HANDED) // 2)),
        ),
    ),
    "results_back": (
        head(code="", number="09/2026-Q01/BGKQ"),
        ResultsBackFacts(
            unit="Phòng Kinh tế",
            giver="Đỗ Thử Nghiệm",
            receiver=OFFICER,
            results=HANDED,
            count=len(HANDED),
        ),
    ),
    "many": (
        head(code="NH-Q01-261123-004"),
        ManyFacts(
            submitter="Trần Văn Mẫu",
            address=ADDRESS,
            phone="0900 000 123",
            received=MANY,
            total=Dong(300_000),
            officer=OFFICER,
        ),
    ),
    "return": (
        HEAD,
        ReturnFacts(
            procedure=BIRTH,
            applicant="Nguyễn Thị Hường",
            receiver="Trần Văn Mẫu",
            receiver_phone="0900 000 456",
            relation="người được ủy quyền",
            authorisation="Giấy ủy quyền ngày 20/11/2026, chứng thực số 1187",
            identity="Căn cước 001••••••456, xác thực bằng chip",
            result="Giấy khai sinh",
            result_number="214/2026",
            undertaking="Đã mất, người nhận ký cam kết",
            returned_at=DUE,
            officer=OFFICER,
        ),
    ),
    "return_again": (
        HEAD,
        ReturnFacts(
            procedure=BIRTH,
            applicant="Nguyễn Thị Hường",
            receiver="Trần Văn Mẫu",
            receiver_phone="0900 000 456",
            relation="người được ủy quyền",
            authorisation="Giấy ủy quyền ngày 20/11/2026, chứng thực số 1187",
            identity="Căn cước 001••••••456, xác thực bằng chip",
            result="Giấy khai sinh",
            result_number="214/2026",
            returned_at=DUE,
            officer=OFFICER,
            correction="Người nhận kết quả ghi lại ngày 04/12/2026: Ghi nhầm người",
        ),
    ),
    "cash": (
        head(number="0007/2026-Q01/PT"),
        CashFacts(
            payer="Nguyễn Thị Hường",
            address=ADDRESS,
            procedure=HOUSE,
            sums=(
                CashLine("Lệ phí cấp giấy phép xây dựng", "Lệ phí", Dong(75_000)),
                CashLine("Phí thẩm định", "Phí", Dong(0), "hộ nghèo"),
            ),
            total=Dong(75_000),
            method="Tiền mặt",
            tax_code="0100000000",
            collector=OFFICER,
        ),
    ),
    "cash_again": (
        head(number="0007/2026-Q01/PT"),
        CashFacts(
            payer="Nguyễn Thị Hường",
            address=ADDRESS,
            procedure=HOUSE,
            sums=(CashLine("Lệ phí cấp giấy phép xây dựng", "Lệ phí", Dong(75_000)),),
            total=Dong(75_000),
            method="Chuyển khoản VietQR",
            tax_code="0100000000",
            official="01BLP0-001 TN-26E 0000123 (mã tra cứu TRACUU7K2M)",
            given_back="Đã hủy hoặc hoàn lại 25.000 đ",
            collector=OFFICER,
        ),
    ),
    "to_pay": (
        head(code=""),
        ToPayFacts(
            payer="Nguyễn Thị Hường",
            dossier=CODE,
            procedure=HOUSE,
            sums=(
                CashLine("Lệ phí cấp giấy phép xây dựng", "Lệ phí", Dong(75_000)),
                CashLine("Phí thẩm định", "Phí", Dong(0), "hộ nghèo"),
            ),
            total=Dong(75_000),
            qr=payload(
                Transfer("970436", "0011001234567", amount=Dong(75_000), purpose=CODE[-25:])
            ),
            account="TAI KHOAN THU NGHIEM · 0011001234567 · 970436",
            purpose=CODE[-25:],
            until=DUE,
            officer=OFFICER,
        ),
    ),
    "certified_copy": (
        head(code=""),
        CertifiedCopyFacts(
            document="Giấy chứng nhận quyền sử dụng đất",
            pages=4,
            copies=2,
            entry="1208",
            volume="01/2026",
            signer=LEADER,
            signer_title="Phó Chủ tịch",
        ),
    ),
    "certified_signature": (
        head(code=""),
        CertifiedSignatureFacts(
            person="Nguyễn Thị Hường",
            identity_number="001099012345",
            entry="312",
            volume="01/2026",
            signer=LEADER,
            signer_title="Phó Chủ tịch Ủy ban nhân dân xã Bằng Lăng",
        ),
    ),
    "certified_book": (
        head(code=""),
        CertifiedBookFacts(
            first=AT.date(),
            last=AT.date(),
            volume="01/2026",
            certified=CERTIFIED,
            total=Dong(48_000),
            officer=OFFICER,
        ),
    ),
    "count": (
        head(code="", number="11/2026-Q01/KK"),
        CountFacts(
            desk="Quầy 1",
            opened_at=AT.replace(hour=7, minute=30),
            counts=tuple(
                CountLine(Dong(note), count)
                for note, count in ((500_000, 1), (100_000, 3), (10_000, 12), (2_000, 4))
            ),
            counted=Dong(928_000),
            expected=Dong(930_000),
            difference=Dong(-2_000),
            by_transfer=Dong(450_000),
            receipts=41,
            voided=1,
            remark="Thiếu 2.000 đồng, người thu tiền bù.",
            officer=OFFICER,
            supervisor=LEADER,
        ),
    ),
    "checklist": (
        head(code=""),
        ChecklistFacts(
            procedure=BIRTH,
            procedure_code="1.001193",
            papers=(
                PaperLine("Tờ khai đăng ký khai sinh", 1),
                PaperLine("Giấy chứng sinh", 1),
                PaperLine("Văn bản ủy quyền (khi người đi đăng ký được ủy quyền)", 1),
            ),
            conditions="Cha, mẹ đã kết hôn thì tra cứu, không yêu cầu giấy chứng nhận kết hôn.",
            time_limit="01 ngày làm việc",
            fees="Miễn lệ phí khi đăng ký đúng hạn",
            results="Giấy khai sinh",
            decided_by="Ủy ban nhân dân cấp xã",
            legal_basis="Luật Hộ tịch 60/2014/QH13",
            web=SITE,
        ),
    ),
    "notice": (
        head(code=""),
        NoticeFacts(
            procedure=BIRTH,
            procedure_code="1.001193",
            field="Hộ tịch",
            revision="xa-2026-12-01.1",
            begins=AT.date(),
            papers=(
                PaperLine("Tờ khai đăng ký khai sinh", 1),
                PaperLine("Giấy chứng sinh", 1),
                PaperLine("Văn bản ủy quyền (khi người đi đăng ký được ủy quyền)", 1),
            ),
            conditions="Cha, mẹ đã kết hôn thì tra cứu, không yêu cầu giấy chứng nhận kết hôn.",
            time_limit="01 ngày làm việc",
            fees="Lệ phí đăng ký khai sinh đúng hạn: miễn phí",
            results="Giấy khai sinh",
            decided_by="Ủy ban nhân dân cấp xã",
            online="Một phần",
            legal_basis="Luật Hộ tịch 60/2014/QH13",
            web=SITE,
            leader=LEADER,
        ),
    ),
    "catalogue": (
        head(code=""),
        CatalogueFacts(
            narrowed="khai sinh",
            count=2,
            procedures=(
                ListedLine(
                    code="1.001193",
                    name=BIRTH,
                    field="Hộ tịch",
                    time_limit="01 ngày làm việc",
                    fees="Lệ phí đăng ký khai sinh đúng hạn: miễn phí",
                    online="Một phần",
                    decided_by="Ủy ban nhân dân cấp xã",
                ),
                ListedLine(
                    code="2.000635",
                    name="Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh",
                    field="Hộ tịch",
                    time_limit="Trong ngày",
                    fees="Phí cấp bản sao trích lục hộ tịch: 8.000 đ/bản",
                    online="Toàn trình",
                    decided_by="Ủy ban nhân dân cấp xã",
                ),
            ),
            web=SITE,
        ),
    ),
    "declaration": (
        HEAD,
        DeclarationFacts(
            name="Tờ khai đăng ký khai sinh",
            addressee="Ủy ban nhân dân xã Bằng Lăng",
            basis="Theo TT 04/2020/TT-BTP",
            request="Đề nghị cơ quan đăng ký khai sinh cho trẻ có thông tin trên.",
            declared=(
                DeclaredLine("Người yêu cầu", heading=True),
                DeclaredLine("Họ, chữ đệm, tên", "NGUYỄN THỊ HƯỜNG"),
                DeclaredLine("Nơi cư trú", ADDRESS),
                DeclaredLine("Quan hệ với người được khai sinh", "Mẹ"),
                DeclaredLine("Người được khai sinh", heading=True),
                DeclaredLine("Họ, chữ đệm, tên"),
                DeclaredLine("Ngày, tháng, năm sinh"),
            ),
            declarant="Nguyễn Thị Hường",
        ),
    ),
    "seal": (
        head(code=""),
        SealFacts(
            desk="H55.242-Q01",
            count=1204,
            sealed_at=AT,
            link="3f" * 32,
            qr="1204 " + "3f" * 32,
            officer="Trần Thị Mẫu",
        ),
    ),
    "person": (
        head(code=""),
        PersonFacts(
            citizen="001199012345",
            count=1,
            declared=(
                DeclaredLine("Hồ sơ", heading=True),
                DeclaredLine("Mã", "H55.242-261123-0051"),
                DeclaredLine("Thủ tục", BIRTH),
                DeclaredLine("Chủ hồ sơ", "Nguyễn Thị Hường"),
                DeclaredLine("Số định danh", "001199012345"),
                DeclaredLine("Địa chỉ", ADDRESS),
                DeclaredLine("Diễn biến", heading=True),
                DeclaredLine("1", "lúc: 08:12 23/11/2026; việc: Tiếp nhận hồ sơ"),
                DeclaredLine("Ai đã xem, đã làm", heading=True),
                DeclaredLine("1", "lúc: 08:12 23/11/2026; cán bộ: cb-0001; việc: Xem hồ sơ"),
            ),
            officer="Trần Thị Mẫu",
        ),
    ),
}
PAPERS: dict[str, WordedPaper] = {
    name: WORDINGS.word(letterhead, facts) for name, (letterhead, facts) in FACTS.items()
}
