"""The word for every state, event and field that a screen shows."""

from __future__ import annotations

from counter.acts import ActKind, Relation
from counter.cards import IssuerKind, Verdict
from counter.declaring import Origin
from counter.parties import DocumentKind
from counter.people import Role
from counter.ports import Outcome
from counter.returning import ReturnWay
from counter.roster import CardGone, Service
from counter.scans import FileStanding
from counter.scores import Metric
from counter.systems import CopyField
from counter.today import Group, Nearness
from counter.work import CheckState, IdentitySource, SyncStanding
from ui.said import QT_TRANSLATE_NOOP

STATUSES: dict[int, str] = {
    1: QT_TRANSLATE_NOOP("texts", "Mới đăng ký"),
    2: QT_TRANSLATE_NOOP("texts", "Được tiếp nhận"),
    3: QT_TRANSLATE_NOOP("texts", "Không được tiếp nhận"),
    4: QT_TRANSLATE_NOOP("texts", "Đang xử lý"),
    5: QT_TRANSLATE_NOOP("texts", "Yêu cầu bổ sung giấy tờ"),
    6: QT_TRANSLATE_NOOP("texts", "Yêu cầu thực hiện nghĩa vụ tài chính"),
    7: QT_TRANSLATE_NOOP("texts", "Công dân yêu cầu rút hồ sơ"),
    8: QT_TRANSLATE_NOOP("texts", "Dừng xử lý"),
    9: QT_TRANSLATE_NOOP("texts", "Đã xử lý xong"),
    10: QT_TRANSLATE_NOOP("texts", "Đã trả kết quả"),
}

VERDICTS: dict[Verdict, str] = {
    Verdict.AUTHENTIC: QT_TRANSLATE_NOOP("texts", "Thẻ thật"),
    Verdict.UNVERIFIED: QT_TRANSLATE_NOOP("texts", "Chưa xác minh đủ"),
    Verdict.FORGED: QT_TRANSLATE_NOOP("texts", "Thẻ có dấu hiệu giả"),
}

SOURCES: dict[IdentitySource, str] = {
    IdentitySource.CHIP: QT_TRANSLATE_NOOP("texts", "Đọc từ chip"),
    IdentitySource.QR: QT_TRANSLATE_NOOP("texts", "Quét mã QR"),
    IdentitySource.MANUAL: QT_TRANSLATE_NOOP("texts", "Nhập tay"),
    IdentitySource.PORTAL: QT_TRANSLATE_NOOP("texts", "Công dân tự khai trên cổng"),
}

ORIGINS: dict[Origin, str] = {
    Origin.CHIP: QT_TRANSLATE_NOOP("texts", "Từ chip"),
    Origin.QR: QT_TRANSLATE_NOOP("texts", "Từ mã QR"),
    Origin.EARLIER: QT_TRANSLATE_NOOP("texts", "Hồ sơ trước"),
    Origin.CATALOGUE: QT_TRANSLATE_NOOP("texts", "Gợi ý sẵn"),
    Origin.OFFICE: QT_TRANSLATE_NOOP("texts", "Cơ quan này"),
    Origin.TYPED: QT_TRANSLATE_NOOP("texts", "Cán bộ nhập"),
    Origin.UNKNOWN: QT_TRANSLATE_NOOP("texts", "Cần hỏi"),
}

STANDINGS: dict[SyncStanding, str] = {
    SyncStanding.WAITING: QT_TRANSLATE_NOOP("texts", "Chờ gửi"),
    SyncStanding.SETTLED: QT_TRANSLATE_NOOP("texts", "Cổng đã nhận"),
    SyncStanding.PARKED: QT_TRANSLATE_NOOP("texts", "Cổng trả lại"),
    SyncStanding.CONFLICT: QT_TRANSLATE_NOOP("texts", "Khác với cổng"),
    SyncStanding.ELSEWHERE: QT_TRANSLATE_NOOP("texts", "Hệ thống khác"),
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.PRINTED: QT_TRANSLATE_NOOP("texts", "Đã in"),
    Outcome.UNKNOWN: QT_TRANSLATE_NOOP("texts", "Đã gửi máy in, hãy xem giấy đã ra chưa"),
    Outcome.FAILED: QT_TRANSLATE_NOOP("texts", "Chưa in được"),
    Outcome.TRAY: QT_TRANSLATE_NOOP("texts", "Đã lưu vào khay giấy"),
}

MONEY_KINDS: dict[str, str] = {
    "receipt": QT_TRANSLATE_NOOP("texts", "Thu"),
    "void": QT_TRANSLATE_NOOP("texts", "Hủy phiếu"),
    "refund": QT_TRANSLATE_NOOP("texts", "Hoàn tiền"),
}

COPY_FIELDS: dict[CopyField, str] = {
    CopyField.PROCEDURE_CODE: QT_TRANSLATE_NOOP("texts", "Mã thủ tục"),
    CopyField.PROCEDURE_NAME: QT_TRANSLATE_NOOP("texts", "Tên thủ tục"),
    CopyField.APPLICANT_NAME: QT_TRANSLATE_NOOP("texts", "Chủ hồ sơ"),
    CopyField.NUMBER: QT_TRANSLATE_NOOP("texts", "Số định danh cá nhân"),
    CopyField.BIRTH_DATE: QT_TRANSLATE_NOOP("texts", "Ngày sinh"),
    CopyField.SEX: QT_TRANSLATE_NOOP("texts", "Giới tính"),
    CopyField.ADDRESS: QT_TRANSLATE_NOOP("texts", "Địa chỉ"),
    CopyField.PHONE: QT_TRANSLATE_NOOP("texts", "Số điện thoại"),
    CopyField.EMAIL: QT_TRANSLATE_NOOP("texts", "Thư điện tử"),
    CopyField.PAPERS: QT_TRANSLATE_NOOP("texts", "Giấy tờ đã nhận"),
    CopyField.RECEIVED_AT: QT_TRANSLATE_NOOP("texts", "Ngày tiếp nhận"),
    CopyField.DUE_AT: QT_TRANSLATE_NOOP("texts", "Ngày hẹn trả"),
    CopyField.FEES: QT_TRANSLATE_NOOP("texts", "Phí, lệ phí"),
    CopyField.RECEIPT: QT_TRANSLATE_NOOP("texts", "Số phiếu thu"),
    CopyField.NOTE: QT_TRANSLATE_NOOP("texts", "Ghi chú"),
}

CHECK_STATES: dict[CheckState, str] = {
    CheckState.OK: QT_TRANSLATE_NOOP("texts", "Tốt"),
    CheckState.WARNING: QT_TRANSLATE_NOOP("texts", "Cần chú ý"),
    CheckState.FAILED: QT_TRANSLATE_NOOP("texts", "Hỏng"),
}

CHECKS: dict[str, str] = {
    "reader": QT_TRANSLATE_NOOP("texts", "Đầu đọc thẻ"),
    "printer.receipts": QT_TRANSLATE_NOOP("texts", "Máy in giấy tiếp nhận"),
    "printer.tickets": QT_TRANSLATE_NOOP("texts", "Máy in số thứ tự"),
    "scanner": QT_TRANSLATE_NOOP("texts", "Máy quét mã"),
    "database": QT_TRANSLATE_NOOP("texts", "Dữ liệu của quầy"),
    "queue": QT_TRANSLATE_NOOP("texts", "Hàng đợi"),
    "clock": QT_TRANSLATE_NOOP("texts", "Đồng hồ máy tính"),
    "portal": QT_TRANSLATE_NOOP("texts", "Cổng dịch vụ công"),
    "fonts": QT_TRANSLATE_NOOP("texts", "Phông chữ"),
    "disk": QT_TRANSLATE_NOOP("texts", "Ổ đĩa"),
    "trust": QT_TRANSLATE_NOOP("texts", "Chứng thư nơi cấp thẻ"),
    "program": QT_TRANSLATE_NOOP("texts", "Chương trình"),
}

ACTORS: dict[str, str] = {
    "program": QT_TRANSLATE_NOOP("texts", "Chương trình"),
    "portal": QT_TRANSLATE_NOOP("texts", "Cổng dịch vụ công"),
}

AUDITED: dict[str, str] = {
    "audit.seal_printed": QT_TRANSLATE_NOOP("texts", "In dấu niêm phong nhật ký"),
    "audit.read": QT_TRANSLATE_NOOP("texts", "Xem nhật ký"),
    "dossier.read": QT_TRANSLATE_NOOP("texts", "Xem hồ sơ"),
    "dossier.recalled": QT_TRANSLATE_NOOP("texts", "Dùng lại lời khai trước"),
    "guidance.read": QT_TRANSLATE_NOOP("texts", "Xem phiếu hướng dẫn"),
    "dossier.copied": QT_TRANSLATE_NOOP("texts", "Chép hồ sơ sang hệ thống khác"),
    "register.read": QT_TRANSLATE_NOOP("texts", "Xem sổ theo dõi"),
    "register.written": QT_TRANSLATE_NOOP("texts", "Xuất sổ ra tệp"),
    "drawer.closed": QT_TRANSLATE_NOOP("texts", "Chốt quỹ"),
    "receipt.bound": QT_TRANSLATE_NOOP("texts", "Ghi số biên lai"),
    "desk.backed_up": QT_TRANSLATE_NOOP("texts", "Sao lưu quầy"),
    "queue.renewal_begun": QT_TRANSLATE_NOOP("texts", "Bắt đầu làm lại hàng đợi hỏng"),
    "queue.renewed": QT_TRANSLATE_NOOP("texts", "Làm lại hàng đợi hỏng"),
    "desk.read_only_began": QT_TRANSLATE_NOOP("texts", "Chuyển sang chỉ đọc vì ổ đĩa"),
    "desk.key_change_asked": QT_TRANSLATE_NOOP("texts", "Yêu cầu đổi khóa mã hóa"),
    "desk.key_change_failed": QT_TRANSLATE_NOOP("texts", "Không đổi được khóa mã hóa"),
    "desk.key_changed": QT_TRANSLATE_NOOP("texts", "Đổi khóa mã hóa"),
    "desk.passphrase_changed": QT_TRANSLATE_NOOP("texts", "Đổi mật khẩu dữ liệu"),
    "dossier.erased": QT_TRANSLATE_NOOP("texts", "Xóa dữ liệu cá nhân hết hạn lưu"),
    "guidance.erased": QT_TRANSLATE_NOOP("texts", "Xóa phiếu hướng dẫn hết hạn lưu"),
    "person.exported": QT_TRANSLATE_NOOP("texts", "Trao dữ liệu cho công dân"),
    "serials.taken_up": QT_TRANSLATE_NOOP("texts", "Dùng lại số ghi hủy khi đồng hồ chạy trước"),
    "serials.voided": QT_TRANSLATE_NOOP("texts", "Hủy số hồ sơ còn thừa của ngày đã qua"),
    "desk.restored": QT_TRANSLATE_NOOP("texts", "Khôi phục quầy"),
    "desk.moved": QT_TRANSLATE_NOOP("texts", "Quầy sang máy khác"),
    "units.imported": QT_TRANSLATE_NOOP("texts", "Nhập bảng đơn vị hành chính cũ"),
    "trust.import": QT_TRANSLATE_NOOP("texts", "Nhập nơi cấp thẻ được tin"),
    "counter.assigned": QT_TRANSLATE_NOOP("texts", "Giao lĩnh vực cho quầy"),
    "printer.width": QT_TRANSLATE_NOOP("texts", "Ghi khổ in của máy in phiếu"),
    "trust.remove": QT_TRANSLATE_NOOP("texts", "Gỡ nơi cấp thẻ"),
    "people.made": QT_TRANSLATE_NOOP("texts", "Thêm cán bộ"),
    "people.changed": QT_TRANSLATE_NOOP("texts", "Sửa cán bộ"),
    "people.password_set": QT_TRANSLATE_NOOP("texts", "Đặt lại mật khẩu"),
    "people.own_password_changed": QT_TRANSLATE_NOOP("texts", "Tự đổi mật khẩu"),
    "people.opened": QT_TRANSLATE_NOOP("texts", "Mở khóa tài khoản"),
    "people.closed": QT_TRANSLATE_NOOP("texts", "Khóa tài khoản"),
    "people.service_ended": QT_TRANSLATE_NOOP("texts", "Cho cán bộ thôi việc"),
    "people.card_enrolled": QT_TRANSLATE_NOOP("texts", "Đăng ký thẻ đăng nhập"),
    "people.card_dropped": QT_TRANSLATE_NOOP("texts", "Bỏ thẻ đăng nhập"),
    "people.signed_in": QT_TRANSLATE_NOOP("texts", "Đăng nhập"),
    "people.signed_out": QT_TRANSLATE_NOOP("texts", "Rời quầy"),
    "people.locked": QT_TRANSLATE_NOOP("texts", "Màn hình tự khóa"),
    "people.refused": QT_TRANSLATE_NOOP("texts", "Đăng nhập bị từ chối"),
    "people.confirmed": QT_TRANSLATE_NOOP("texts", "Lãnh đạo xác nhận"),
    "certified.read": QT_TRANSLATE_NOOP("texts", "Xem sổ chứng thực"),
    "file.saved": QT_TRANSLATE_NOOP("texts", "Ghi tệp của hồ sơ ra ngoài"),
    "files.fetched": QT_TRANSLATE_NOOP("texts", "Lấy tệp từ quầy khác"),
    "catalogue.kept": QT_TRANSLATE_NOOP("texts", "Ghi thủ tục"),
    "catalogue.published": QT_TRANSLATE_NOOP("texts", "Công khai thủ tục"),
    "catalogue.undone": QT_TRANSLATE_NOOP("texts", "Bỏ bản thủ tục đang soạn"),
}

ROLES: dict[Role, str] = {
    Role.OFFICER: QT_TRANSLATE_NOOP("texts", "Tiếp nhận"),
    Role.CASHIER: QT_TRANSLATE_NOOP("texts", "Thu phí"),
    Role.SUPERVISOR: QT_TRANSLATE_NOOP("texts", "Phụ trách"),
    Role.POST_OFFICE: QT_TRANSLATE_NOOP("texts", "Nhân viên bưu chính"),
    Role.ADMINISTRATOR: QT_TRANSLATE_NOOP("texts", "Quản trị"),
    Role.KIOSK: QT_TRANSLATE_NOOP("texts", "Máy lấy số"),
    Role.PROGRAM: QT_TRANSLATE_NOOP("texts", "Chương trình"),
}

HAS_CARD = QT_TRANSLATE_NOOP("texts", "Cần thẻ")
NO_CARD = QT_TRANSLATE_NOOP("texts", "Không")

CARDS_GONE: dict[CardGone, str] = {
    CardGone.LOST: QT_TRANSLATE_NOOP("texts", "Đã &mất thẻ"),
    CardGone.REPLACED: QT_TRANSLATE_NOOP("texts", "Đã được cấp thẻ &khác"),
    CardGone.NOT_WANTED: QT_TRANSLATE_NOOP("texts", "Không cần &dùng thẻ để đăng nhập nữa"),
}

SERVICES: dict[Service, str] = {
    Service.OPEN: QT_TRANSLATE_NOOP("texts", "Đang làm việc"),
    Service.LOCKED: QT_TRANSLATE_NOOP("texts", "Đã khóa"),
    Service.ENDED: QT_TRANSLATE_NOOP("texts", "Đã thôi việc"),
}

MUST_CHANGE = QT_TRANSLATE_NOOP("texts", "Chờ đổi mật khẩu")

PRIORITIES: dict[str, str] = {
    "NCT": QT_TRANSLATE_NOOP("texts", "Người cao tuổi"),
    "NKT": QT_TRANSLATE_NOOP("texts", "Người khuyết tật nặng, đặc biệt nặng"),
    "NCC": QT_TRANSLATE_NOOP("texts", "Người có công, thân nhân liệt sĩ"),
    "PNMT": QT_TRANSLATE_NOOP("texts", "Phụ nữ mang thai, người nuôi con nhỏ"),
    "TE": QT_TRANSLATE_NOOP("texts", "Trẻ em đi cùng, người bệnh nặng"),
    "DTXA": QT_TRANSLATE_NOOP("texts", "Người ở thôn xa, đảo, biên giới"),
    "HEN": QT_TRANSLATE_NOOP("texts", "Đã đặt lịch hẹn"),
    "KHAITU": QT_TRANSLATE_NOOP("texts", "Đăng ký khai tử"),
}

FIELDS: dict[str, str] = {
    "id_number": QT_TRANSLATE_NOOP("texts", "Số định danh"),
    "document_number": QT_TRANSLATE_NOOP("texts", "Số thẻ"),
    "full_name": QT_TRANSLATE_NOOP("texts", "Họ và tên"),
    "date_of_birth": QT_TRANSLATE_NOOP("texts", "Ngày sinh"),
    "sex": QT_TRANSLATE_NOOP("texts", "Giới tính"),
    "nationality": QT_TRANSLATE_NOOP("texts", "Quốc tịch"),
    "place_of_residence": QT_TRANSLATE_NOOP("texts", "Nơi cư trú"),
    "issued_on": QT_TRANSLATE_NOOP("texts", "Ngày cấp"),
    "expires_on": QT_TRANSLATE_NOOP("texts", "Có giá trị đến"),
}

FIELD_SOURCES: dict[str, str] = {
    "mrz": QT_TRANSLATE_NOOP("texts", "dòng chữ máy đọc"),
    "dg13": QT_TRANSLATE_NOOP("texts", "chip"),
    "qr": QT_TRANSLATE_NOOP("texts", "mã QR"),
    "given": QT_TRANSLATE_NOOP("texts", "đã nhập"),
}

MESSAGE_FIELDS: dict[str, str] = {
    "/status": QT_TRANSLATE_NOOP("texts", "Trạng thái"),
    "/status_after": QT_TRANSLATE_NOOP("texts", "Trạng thái"),
    "/text": QT_TRANSLATE_NOOP("texts", "Nội dung"),
    "/supplement": QT_TRANSLATE_NOOP("texts", "Giấy tờ cần bổ sung"),
    "/owner": QT_TRANSLATE_NOOP("texts", "Chủ hồ sơ"),
    "/owner/full_name": QT_TRANSLATE_NOOP("texts", "Họ tên chủ hồ sơ"),
    "/owner/identity": QT_TRANSLATE_NOOP("texts", "Giấy tờ tùy thân"),
    "/owner/birth_date": QT_TRANSLATE_NOOP("texts", "Ngày sinh"),
    "/owner/gender": QT_TRANSLATE_NOOP("texts", "Giới tính"),
    "/owner/address": QT_TRANSLATE_NOOP("texts", "Địa chỉ"),
    "/owner/phone": QT_TRANSLATE_NOOP("texts", "Điện thoại"),
    "/owner/email": QT_TRANSLATE_NOOP("texts", "Thư điện tử"),
    "/submitter": QT_TRANSLATE_NOOP("texts", "Người nộp"),
    "/subject": QT_TRANSLATE_NOOP("texts", "Trích yếu"),
    "/components": QT_TRANSLATE_NOOP("texts", "Giấy tờ trong hồ sơ"),
    "/fees": QT_TRANSLATE_NOOP("texts", "Các khoản thu"),
    "/due": QT_TRANSLATE_NOOP("texts", "Hẹn trả"),
    "/return_to": QT_TRANSLATE_NOOP("texts", "Cách trả kết quả"),
    "/code": QT_TRANSLATE_NOOP("texts", "Mã hồ sơ"),
    "/note": QT_TRANSLATE_NOOP("texts", "Ghi chú"),
}
"""Names of the fields of a message, by where they stand in it."""

TROUBLES: dict[str, str] = {
    "validation": QT_TRANSLATE_NOOP("texts", "Cổng báo có mục chưa đúng"),
    "version-conflict": QT_TRANSLATE_NOOP("texts", "Hồ sơ đã được sửa ở nơi khác"),
    "illegal-transition": QT_TRANSLATE_NOOP("texts", "Trạng thái trên cổng đã đổi trước"),
    "sequence-conflict": QT_TRANSLATE_NOOP("texts", "Số thứ tự của tin đã có tin khác dùng"),
    "dossier-closed": QT_TRANSLATE_NOOP("texts", "Hồ sơ trên cổng đã kết thúc"),
    "code-taken": QT_TRANSLATE_NOOP("texts", "Mã hồ sơ đã thuộc hồ sơ khác"),
    "serial-not-leased": QT_TRANSLATE_NOOP("texts", "Số hồ sơ ngoài khoảng cổng đã cấp"),
    "agency-scope": QT_TRANSLATE_NOOP("texts", "Cổng không cho quầy này gửi thay cơ quan đó"),
    "not-found": QT_TRANSLATE_NOOP("texts", "Cổng không có hồ sơ này"),
    "damaged-here": QT_TRANSLATE_NOOP("texts", "Tin lưu tại quầy đã hỏng, chưa gửi"),
}
"""Why the portal does not take a message, by its own name for it."""

EVENT_OTHER = QT_TRANSLATE_NOOP("texts", "Việc của hồ sơ")
EVENTS_SENT: dict[str, str] = {
    "accepted": QT_TRANSLATE_NOOP("texts", "Tiếp nhận"),
    "refused": QT_TRANSLATE_NOOP("texts", "Từ chối tiếp nhận"),
    "handed_over": QT_TRANSLATE_NOOP("texts", "Bàn giao cho đơn vị"),
    "supplement_requested": QT_TRANSLATE_NOOP("texts", "Yêu cầu bổ sung"),
    "supplement_received": QT_TRANSLATE_NOOP("texts", "Nhận bổ sung"),
    "payment_done": QT_TRANSLATE_NOOP("texts", "Thu tiền"),
    "due_extended": QT_TRANSLATE_NOOP("texts", "Hẹn lại"),
    "withdrawn": QT_TRANSLATE_NOOP("texts", "Rút hồ sơ"),
    "stopped": QT_TRANSLATE_NOOP("texts", "Dừng giải quyết"),
    "completed": QT_TRANSLATE_NOOP("texts", "Có kết quả"),
    "result_corrected": QT_TRANSLATE_NOOP("texts", "Sửa kết quả"),
    "returned": QT_TRANSLATE_NOOP("texts", "Trả kết quả"),
    "return_recalled": QT_TRANSLATE_NOOP("texts", "Thu hồi việc trả"),
    "storage_moved": QT_TRANSLATE_NOOP("texts", "Đổi chỗ để"),
    "note": QT_TRANSLATE_NOOP("texts", "Ghi chú"),
}
"""What a message tells of, by the portal's name for it."""

FILE_STANDINGS: dict[FileStanding, str] = {
    FileStanding.WAITING: QT_TRANSLATE_NOOP("texts", "Chờ gửi cổng"),
    FileStanding.SETTLED: QT_TRANSLATE_NOOP("texts", "Có ở quầy và ở cổng"),
    FileStanding.COMING: QT_TRANSLATE_NOOP("texts", "Đang chờ tải về"),
    FileStanding.ELSEWHERE: QT_TRANSLATE_NOOP("texts", "Ở cổng, chưa lấy về"),
    FileStanding.REFUSED: QT_TRANSLATE_NOOP("texts", "Không chuyển được"),
}

EVENTS: dict[str, str] = {
    "dossier.received": QT_TRANSLATE_NOOP("texts", "Tiếp nhận hồ sơ"),
    "dossier.code_assigned": QT_TRANSLATE_NOOP("texts", "Cấp mã chính thức"),
    "system.code_noted": QT_TRANSLATE_NOOP("texts", "Ghi mã của hệ thống khác"),
    "money.collected": QT_TRANSLATE_NOOP("texts", "Thu tiền"),
    "post.taken": QT_TRANSLATE_NOOP("texts", "Cổng nhận bảng kê bưu chính"),
    "post.refused": QT_TRANSLATE_NOOP("texts", "Cổng không nhận bảng kê bưu chính"),
    "receipt.issued": QT_TRANSLATE_NOOP("texts", "Cổng cấp biên lai điện tử"),
    "receipt.voided": QT_TRANSLATE_NOOP("texts", "Cổng hủy biên lai điện tử"),
    "receipt.refused": QT_TRANSLATE_NOOP("texts", "Cổng không nhận biên lai điện tử"),
    "receipt.void_by_hand": QT_TRANSLATE_NOOP(
        "texts", "Phải hủy biên lai ghi tay ở hệ thống biên lai điện tử"
    ),
    "receipt.asked_again": QT_TRANSLATE_NOOP("texts", "Hỏi lại cổng về biên lai điện tử"),
    "receipt.settled": QT_TRANSLATE_NOOP("texts", "Đã xử lý xong biên lai điện tử"),
    "money.came_twice": QT_TRANSLATE_NOOP("texts", "Nhận chuyển khoản lần thứ hai"),
    "money.came_short": QT_TRANSLATE_NOOP("texts", "Nhận chuyển khoản thiếu tiền"),
    "money.came_over": QT_TRANSLATE_NOOP("texts", "Nhận chuyển khoản thừa tiền"),
    "money.voided": QT_TRANSLATE_NOOP("texts", "Hủy phiếu thu"),
    "money.refunded": QT_TRANSLATE_NOOP("texts", "Hoàn tiền"),
    "papers.handed_over": QT_TRANSLATE_NOOP("texts", "Bàn giao cho đơn vị giải quyết"),
    "payment.asked": QT_TRANSLATE_NOOP("texts", "Yêu cầu nộp phí, lệ phí"),
    "supplement.asked": QT_TRANSLATE_NOOP("texts", "Yêu cầu bổ sung"),
    "supplement.taken": QT_TRANSLATE_NOOP("texts", "Nhận giấy tờ bổ sung"),
    "result.taken": QT_TRANSLATE_NOOP("texts", "Nhận kết quả về quầy"),
    "result.returned": QT_TRANSLATE_NOOP("texts", "Trả kết quả"),
    "result.posted": QT_TRANSLATE_NOOP("texts", "Giao kết quả cho bưu chính"),
    "letter.drafted": QT_TRANSLATE_NOOP("texts", "Soạn văn bản trình lãnh đạo"),
    "letter.given_back": QT_TRANSLATE_NOOP("texts", "Lãnh đạo trả lại dự thảo"),
    "due.extended": QT_TRANSLATE_NOOP("texts", "Xin lỗi và hẹn lại"),
    "dossier.stopped": QT_TRANSLATE_NOOP("texts", "Dừng giải quyết"),
    "dossier.refused": QT_TRANSLATE_NOOP("texts", "Từ chối tiếp nhận"),
    "dossier.withdrawn": QT_TRANSLATE_NOOP("texts", "Người dân rút hồ sơ"),
    "result.corrected": QT_TRANSLATE_NOOP("texts", "Trả kết quả sai về đơn vị"),
    "return.corrected": QT_TRANSLATE_NOOP("texts", "Đính chính người nhận kết quả"),
    "return.recalled": QT_TRANSLATE_NOOP("texts", "Thu hồi việc trả ghi nhầm"),
    "papers.moved": QT_TRANSLATE_NOOP("texts", "Đổi chỗ để"),
    "dossier.keyed_late": QT_TRANSLATE_NOOP("texts", "Nhập bù từ giấy viết tay"),
    "dossier.corrected": QT_TRANSLATE_NOOP("texts", "Đính chính thông tin nhập sai"),
    "dossier.reassigned": QT_TRANSLATE_NOOP("texts", "Giao lại cho cán bộ khác"),
    "dossier.voided": QT_TRANSLATE_NOOP("texts", "Hủy hồ sơ nhập sai"),
    "payment.done": QT_TRANSLATE_NOOP("texts", "Đã nộp đủ tiền"),
    "receipt.reprinted": QT_TRANSLATE_NOOP("texts", "In lại giấy tiếp nhận"),
    "money.reprinted": QT_TRANSLATE_NOOP("texts", "In lại phiếu thu"),
    "dossier.sent_online": QT_TRANSLATE_NOOP("texts", "Công dân nộp trực tuyến"),
    "message.amended": QT_TRANSLATE_NOOP("texts", "Sửa tin cổng trả lại rồi gửi lại"),
    "conflict.kept": QT_TRANSLATE_NOOP("texts", "Khác với cổng: giữ của quầy"),
    "conflict.given_way": QT_TRANSLATE_NOOP("texts", "Khác với cổng: lấy của cổng"),
    "file.attached": QT_TRANSLATE_NOOP("texts", "Đính kèm tệp"),
    "portal.result_given": QT_TRANSLATE_NOOP("texts", "Cổng gửi kết quả"),
    "portal.supplement_sent": QT_TRANSLATE_NOOP("texts", "Công dân bổ sung trực tuyến"),
    "portal.noted": QT_TRANSLATE_NOOP("texts", "Quầy khác ghi chú"),
    "portal.status_changed": QT_TRANSLATE_NOOP("texts", "Cổng báo trạng thái mới"),
    "portal.due_changed": QT_TRANSLATE_NOOP("texts", "Cổng báo ngày hẹn mới"),
    "portal.contact_changed": QT_TRANSLATE_NOOP("texts", "Cổng báo thông tin liên hệ mới"),
}

ACTS: dict[ActKind, str] = {
    ActKind.SIGN_LETTER: QT_TRANSLATE_NOOP("texts", "Ghi kết quả lãnh đạo ký"),
    ActKind.ACCEPT: QT_TRANSLATE_NOOP("texts", "Tiếp nhận hồ sơ trực tuyến"),
    ActKind.COLLECT: QT_TRANSLATE_NOOP("texts", "Thu tiền"),
    ActKind.TAKE_SUPPLEMENT: QT_TRANSLATE_NOOP("texts", "Nhận giấy tờ bổ sung"),
    ActKind.RETURN_RESULT: QT_TRANSLATE_NOOP("texts", "Trả kết quả"),
    ActKind.HAND_OVER: QT_TRANSLATE_NOOP("texts", "Bàn giao cho đơn vị"),
    ActKind.TAKE_RESULT: QT_TRANSLATE_NOOP("texts", "Nhận kết quả về quầy"),
    ActKind.ASK_SUPPLEMENT: QT_TRANSLATE_NOOP("texts", "Yêu cầu bổ sung"),
    ActKind.ASK_PAYMENT: QT_TRANSLATE_NOOP("texts", "Yêu cầu nộp phí, lệ phí"),
    ActKind.DRAFT_APOLOGY: QT_TRANSLATE_NOOP("texts", "Soạn xin lỗi, hẹn lại"),
    ActKind.DRAFT_STOP: QT_TRANSLATE_NOOP("texts", "Soạn thông báo dừng"),
    ActKind.REFUSE: QT_TRANSLATE_NOOP("texts", "Từ chối tiếp nhận"),
    ActKind.WITHDRAW: QT_TRANSLATE_NOOP("texts", "Nhận đơn rút hồ sơ"),
    ActKind.HAND_TO_POST: QT_TRANSLATE_NOOP("texts", "Giao kết quả cho bưu chính"),
    ActKind.MOVE: QT_TRANSLATE_NOOP("texts", "Đổi chỗ để"),
    ActKind.CORRECT_RESULT: QT_TRANSLATE_NOOP("texts", "Kết quả sai, trả đơn vị"),
    ActKind.SETTLE_RECEIPT: QT_TRANSLATE_NOOP("texts", "Xử lý biên lai điện tử"),
    ActKind.GIVE_BACK: QT_TRANSLATE_NOOP("texts", "Hủy phiếu thu, hoàn tiền"),
    ActKind.CORRECT_RETURN: QT_TRANSLATE_NOOP("texts", "Đính chính người nhận kết quả"),
    ActKind.RECALL: QT_TRANSLATE_NOOP("texts", "Thu hồi việc trả ghi nhầm"),
    ActKind.CORRECT: QT_TRANSLATE_NOOP("texts", "Đính chính thông tin nhập sai"),
    ActKind.VOID: QT_TRANSLATE_NOOP("texts", "Hủy hồ sơ nhập sai"),
}

RELATIONS: dict[Relation, str] = {
    Relation.SELF: QT_TRANSLATE_NOOP("texts", "Chủ hồ sơ"),
    Relation.AUTHORISED: QT_TRANSLATE_NOOP("texts", "Người được ủy quyền"),
    Relation.GUARDIAN: QT_TRANSLATE_NOOP("texts", "Người giám hộ"),
    Relation.RELATIVE: QT_TRANSLATE_NOOP("texts", "Người thân"),
    Relation.POSTAL: QT_TRANSLATE_NOOP("texts", "Nhân viên bưu chính"),
    Relation.OTHER: QT_TRANSLATE_NOOP("texts", "Người khác"),
}

DOCUMENTS: dict[DocumentKind, str] = {
    DocumentKind.PASSPORT: QT_TRANSLATE_NOOP("texts", "Hộ chiếu"),
    DocumentKind.OLD_CARD: QT_TRANSLATE_NOOP("texts", "CMND cũ"),
    DocumentKind.OTHER: QT_TRANSLATE_NOOP("texts", "Giấy tờ khác"),
}

NEARNESS: dict[Nearness, str] = {
    Nearness.SOON: QT_TRANSLATE_NOOP("texts", "Sắp hạn"),
    Nearness.LATE: QT_TRANSLATE_NOOP("texts", "Quá hạn"),
}

METRICS: dict[Metric, str] = {
    Metric.SYNCED: QT_TRANSLATE_NOOP("texts", "đồng bộ lên cổng"),
    Metric.ON_TIME: QT_TRANSLATE_NOOP("texts", "đúng hạn"),
    Metric.DIGITAL_RESULT: QT_TRANSLATE_NOOP("texts", "kết quả điện tử"),
    Metric.DIGITISED: QT_TRANSLATE_NOOP("texts", "số hóa giấy tờ"),
    Metric.ONLINE: QT_TRANSLATE_NOOP("texts", "nộp trực tuyến"),
    Metric.PAID_ONLINE: QT_TRANSLATE_NOOP("texts", "thanh toán trực tuyến"),
}

RETURN_WAYS: dict[ReturnWay, str] = {
    ReturnWay.DESK: QT_TRANSLATE_NOOP("texts", "Tại quầy"),
    ReturnWay.POST: QT_TRANSLATE_NOOP("texts", "Qua bưu chính công ích"),
    ReturnWay.ONLINE: QT_TRANSLATE_NOOP("texts", "Bản điện tử qua cổng"),
}

GROUPS: dict[Group, str] = {
    Group.ONLINE: QT_TRANSLATE_NOOP("texts", "Nộp trực tuyến, chờ tiếp nhận"),
    Group.OVERDUE: QT_TRANSLATE_NOOP("texts", "Quá hạn"),
    Group.DUE_TODAY: QT_TRANSLATE_NOOP("texts", "Hẹn trả hôm nay"),
    Group.DUE_NEXT: QT_TRANSLATE_NOOP("texts", "Hẹn trả ngày làm việc tới"),
    Group.TO_HAND_OVER: QT_TRANSLATE_NOOP("texts", "Chờ bàn giao"),
    Group.WITH_CITIZEN: QT_TRANSLATE_NOOP("texts", "Chờ người dân bổ sung, nộp tiền"),
    Group.READY: QT_TRANSLATE_NOOP("texts", "Có kết quả, chờ trả"),
    Group.MONEY: QT_TRANSLATE_NOOP("texts", "Tiền, biên lai cần xử lý"),
    Group.GIVE_BACK: QT_TRANSLATE_NOOP("texts", "Đã hủy, còn tiền phải trả lại"),
    Group.LETTERS: QT_TRANSLATE_NOOP("texts", "Chờ lãnh đạo ký"),
    Group.UNSENT: QT_TRANSLATE_NOOP("texts", "Chưa gửi được lên cổng"),
}

ISSUER_KINDS: dict[IssuerKind, str] = {
    IssuerKind.CSCA: QT_TRANSLATE_NOOP("texts", "Chứng thư gốc"),
    IssuerKind.LINK: QT_TRANSLATE_NOOP("texts", "Chứng thư nối"),
    IssuerKind.CRL: QT_TRANSLATE_NOOP("texts", "Danh sách thu hồi"),
}

TRUST_REASONS: dict[str, str] = {
    "not_an_issuer": QT_TRANSLATE_NOOP("texts", "không phải chứng thư của nơi cấp"),
    "unknown_key": QT_TRANSLATE_NOOP("texts", "loại khóa chương trình chưa biết"),
    "wrong_signature": QT_TRANSLATE_NOOP("texts", "chữ ký sai"),
    "unknown_issuer": QT_TRANSLATE_NOOP("texts", "chưa tin người ký nó"),
    "older": QT_TRANSLATE_NOOP("texts", "đã có bản mới hơn"),
    "demonstration": QT_TRANSLATE_NOOP(
        "texts", "là chứng thư trình diễn, ai cũng làm được thẻ của nó; quầy thật không nhận"
    ),
}
