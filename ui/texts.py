"""The sentence for every error code: what happened, and what to do.

``docs/errors.md`` explains the same codes at length; the words for states are in ``ui/states.py``.
"""

from __future__ import annotations

from counter.errors import DeskError, SoftwareFault
from ui.queue_texts import QUEUE_ERRORS
from ui.said import QT_TRANSLATE_NOOP, Sentence, said

ERRORS: dict[str, Sentence] = {
    **QUEUE_ERRORS,
    # what is typed or scanned
    "value.citizen_number": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số định danh phải có đúng 12 chữ số."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại số trên thẻ và nhập lại."),
    ),
    "value.not_told": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không đọc được giá trị của {option}."),
        QT_TRANSLATE_NOOP(
            "texts", "Dòng đầu của tệp, hay của đầu vào chuẩn, phải là giá trị ấy, dạng UTF-8."
        ),
    ),
    "value.date": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ngày này không có thật hoặc chưa đúng dạng."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập ngày/tháng/năm, ví dụ 31/01/1999, hoặc chỉ năm sinh."),
    ),
    "value.name": Sentence(
        QT_TRANSLATE_NOOP("texts", "Họ tên còn trống hoặc có ký tự lạ."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập họ tên bằng chữ, đúng như trên giấy tờ."),
    ),
    "value.phone": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số điện thoại phải có từ 8 đến 15 chữ số."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập lại, hoặc để trống nếu người dân không có."),
    ),
    "value.dossier_code": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã hồ sơ chưa đúng dạng."),
        QT_TRANSLATE_NOOP("texts", "Hãy quét lại mã vạch, hoặc nhập đúng mã in trên giấy hẹn."),
    ),
    "value.qr_text": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã vừa quét không phải mã QR trên thẻ căn cước."),
        QT_TRANSLATE_NOOP("texts", "Hãy quét ô vuông trên thẻ, hoặc nhập sáu số cuối của thẻ."),
    ),
    "value.amount": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số tiền không hợp lệ."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập số tiền bằng chữ số, không âm."),
    ),
    "value.payment_qr": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa lập hoặc chưa đọc được mã chuyển khoản VietQR."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại số tài khoản và nội dung, hoặc quét lại cả ô mã."),
    ),
    # cards
    "card.no_service": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dịch vụ đầu đọc thẻ của máy tính chưa chạy."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy quét mã QR hoặc nhập tay, và nhờ cán bộ công nghệ bật dịch vụ thẻ thông minh.",
        ),
    ),
    "card.no_reader": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có đầu đọc thẻ nào được cắm."),
        QT_TRANSLATE_NOOP("texts", "Hãy cắm đầu đọc; trong lúc chờ có thể quét QR hoặc nhập tay."),
    ),
    "card.driver_missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đầu đọc đã cắm nhưng máy chưa dùng được: {name}."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy nhờ cán bộ công nghệ cài trình điều khiển; trong lúc chờ hãy quét mã QR.",
        ),
    ),
    "card.reader_gone": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đầu đọc thẻ vừa bị rút khỏi máy."),
        QT_TRANSLATE_NOOP("texts", "Hãy cắm lại rồi đặt thẻ lên; những gì đã nhập vẫn còn nguyên."),
    ),
    "card.which_reader": Sentence(
        QT_TRANSLATE_NOOP("texts", "Có từ hai đầu đọc thẻ mang tên như đã ghi."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi đầy đủ hơn tên đầu đọc trong cài đặt."),
    ),
    "card.reader_busy": Sentence(
        QT_TRANSLATE_NOOP("texts", "Một chương trình khác đang dùng đầu đọc thẻ."),
        QT_TRANSLATE_NOOP("texts", "Hãy đóng chương trình đó rồi đặt lại thẻ."),
    ),
    "card.absent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có thẻ nào trên đầu đọc."),
        QT_TRANSLATE_NOOP("texts", "Hãy đặt thẻ nằm yên trên đầu đọc."),
    ),
    "card.pulled": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thẻ được lấy ra khi chưa đọc xong."),
        QT_TRANSLATE_NOOP("texts", "Hãy đặt lại thẻ và giữ yên cho đến khi hiện ảnh."),
    ),
    "card.silent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chip trên thẻ không trả lời."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhấc thẻ ra, đặt lại ngay giữa đầu đọc và giữ yên."),
    ),
    "card.unreadable": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không đọc được chip trên thẻ này."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy đặt lại thẻ một lần; vẫn không được thì quét QR hoặc nhập tay."
        ),
    ),
    "card.swapped": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thẻ trên đầu đọc không phải thẻ vừa quét."),
        QT_TRANSLATE_NOOP("texts", "Hãy đặt đúng thẻ, hoặc bấm F10 để bắt đầu với người khác."),
    ),
    "card.wrong_can": Sentence(
        QT_TRANSLATE_NOOP("texts", "Sáu số vừa nhập không mở được thẻ này."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại sáu số cuối của dãy 12 số trên thẻ và nhập lại."),
    ),
    "card.wrong_mrz": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dòng chữ máy đọc vừa nhập không mở được thẻ này."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập sáu số cuối của thẻ thay cho dòng chữ đó."),
    ),
    "card.needs_secret": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thẻ đã nằm trên đầu đọc nhưng chưa mở được."),
        QT_TRANSLATE_NOOP("texts", "Hãy quét mã QR trên thẻ, hoặc nhập sáu số cuối của dãy 12 số."),
    ),
    "card.not_citizen_card": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đây không phải thẻ căn cước có chip."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy đặt thẻ căn cước gắn chip, hoặc nhập tay theo giấy tờ khác."
        ),
    ),
    "update.refused": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không nhận gói cập nhật này."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Gói bị hỏng hoặc không do tỉnh ký. Hãy tải lại; nếu vẫn vậy, báo cho tỉnh.",
        ),
    ),
    "update.not_ours": Sentence(
        QT_TRANSLATE_NOOP("texts", "Gói cập nhật này dành cho loại máy khác."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy lấy gói đúng hệ điều hành của máy này.",
        ),
    ),
    "update.too_old": Sentence(
        QT_TRANSLATE_NOOP("texts", "Gói này không mới hơn chương trình của quầy hay gói đã nhận."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Không cần làm gì. Muốn quay về bản cũ, hãy xin tỉnh ký gói quay về.",
        ),
    ),
    "update.serial_unread": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không đọc được số của gói cập nhật đã nhận lần trước."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Gói này chưa được nhận. Hãy báo người phụ trách máy xem tệp update-serial của quầy.",
        ),
    ),
    "update.key_lost": Sentence(
        QT_TRANSLATE_NOOP("texts", "Gói cài đặt này bỏ mất chính khóa đã ký nó."),
        QT_TRANSLATE_NOOP(
            "texts", "Không có gì thay đổi. Hãy báo tỉnh: khóa mới phải ký gói bỏ khóa cũ."
        ),
    ),
    "update.went_back": Sentence(
        QT_TRANSLATE_NOOP("texts", "Bản {version} vừa nhận không mở được; bản trước đang chạy."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Vẫn làm việc như thường. Hãy báo tỉnh; quầy đợi gói sau, không thử lại bản ấy.",
        ),
    ),
    "update.went_back_too_far": Sentence(
        QT_TRANSLATE_NOOP(
            "texts",
            "Bản {version} vừa nhận không mở được; bản trước không đọc được dữ liệu đã nâng cấp.",
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Dữ liệu còn nguyên. Đừng chép đè gì; tiếp nhận bằng sổ giấy và báo ngay tỉnh để nhận "
            "gói mới.",
        ),
    ),
    "update.not_yet": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa tới lượt quầy này cập nhật."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Các quầy khác nhận trước. Hãy chạy lại ngày mai, hoặc thêm --now nếu tỉnh yêu cầu.",
        ),
    ),
    "trust.bad_file": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp này không chứa chứng thư nơi cấp thẻ."),
        QT_TRANSLATE_NOOP("texts", "Hãy xin lại tệp chứng thư từ cơ quan cấp trên."),
    ),
    "trust.unknown_signer": Sentence(
        QT_TRANSLATE_NOOP("texts", "Gói tin cậy này không do cơ quan ghi trong cài đặt ký."),
        QT_TRANSLATE_NOOP("texts", "Không có gì thay đổi. Hãy xin lại gói từ cơ quan cấp trên."),
    ),
    "trust.older_bundle": Sentence(
        QT_TRANSLATE_NOOP("texts", "Gói tin cậy này cũ hơn gói đang dùng."),
        QT_TRANSLATE_NOOP("texts", "Không có gì thay đổi; quầy giữ gói mới hơn."),
    ),
    "trust.unknown_certificate": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có chứng thư nào mang dấu vân tay này."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại danh sách chứng thư đã cài."),
    ),
    # paper
    "printer.absent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không thấy máy in ghi trong cài đặt."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem dây và nguồn của máy in, rồi bấm Ctrl+P để in lại."),
    ),
    "printer.silent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Máy in không trả lời."),
        QT_TRANSLATE_NOOP("texts", "Hãy tắt, bật lại máy in rồi bấm Ctrl+P để in lại."),
    ),
    "printer.out_of_paper": Sentence(
        QT_TRANSLATE_NOOP("texts", "Máy in hết giấy."),
        QT_TRANSLATE_NOOP("texts", "Hồ sơ đã lưu; hãy nạp giấy rồi bấm Ctrl+P để in lại."),
    ),
    "printer.cover_open": Sentence(
        QT_TRANSLATE_NOOP("texts", "Nắp máy in đang mở."),
        QT_TRANSLATE_NOOP("texts", "Hãy đóng nắp rồi bấm Ctrl+P để in lại."),
    ),
    "printer.fault": Sentence(
        QT_TRANSLATE_NOOP("texts", "Máy in báo lỗi."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy xem đèn báo trên máy, gỡ giấy kẹt rồi bấm Ctrl+P để in lại."
        ),
    ),
    "printer.tray": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không ghi được vào thư mục khay giấy."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem ổ đĩa còn chỗ không rồi bấm Ctrl+P để in lại."),
    ),
    "printer.papers_stay": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Có {count} giấy đã hết hạn lưu chưa xóa được, ở thư mục {folder}."
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy đóng chương trình đang mở giấy ấy; quầy tự thử lại. Hồ sơ và bản sao lưu không "
            "bị ảnh hưởng.",
        ),
    ),
    # the portal
    "portal.silent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa liên lạc được với cổng dịch vụ công."),
        QT_TRANSLATE_NOOP(
            "texts", "Cứ tiếp nhận bình thường; hồ sơ tự gửi khi cổng hoạt động lại."
        ),
    ),
    "portal.refused_desk": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng dịch vụ công không nhận quầy này."),
        QT_TRANSLATE_NOOP(
            "texts", "Cứ tiếp nhận bình thường và báo quản trị cấp lại mật khẩu kết nối."
        ),
    ),
    "portal.refused_message": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng dịch vụ công trả lại một hồ sơ."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở trang Gửi cổng (F5), xem lý do, sửa rồi gửi lại."),
    ),
    "portal.conflict": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ trên cổng khác với hồ sơ ở quầy."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở hồ sơ, so hai bản rồi chọn bản đúng."),
    ),
    "portal.client_too_old": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng dịch vụ công cần phiên bản phần mềm mới hơn."),
        QT_TRANSLATE_NOOP("texts", "Cứ tiếp nhận bình thường và báo quản trị cập nhật phần mềm."),
    ),
    # the store
    "store.wrong_key": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mật khẩu không mở được dữ liệu của quầy."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập lại mật khẩu của quầy."),
    ),
    "store.no_key": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có mật khẩu để mở dữ liệu của quầy."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập mật khẩu của quầy, hoặc nhờ quản trị cài lại."),
    ),
    "store.secret_seen": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Tệp nêu ở {variable} đang để tài khoản khác trên máy đọc được."
        ),
        QT_TRANSLATE_NOOP("texts", "Hãy chạy chmod 600 với tệp ấy rồi làm lại."),
    ),
    "store.secret_unread": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không đọc được tệp nêu ở {variable}."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy xem tệp có ở đó không, tài khoản này có được đọc không, và lưu tệp là chữ "
            "thường (UTF-8), rồi làm lại.",
        ),
    ),
    "store.disk_full": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ổ đĩa đã đầy nên chưa lưu được."),
        QT_TRANSLATE_NOOP(
            "texts", "Những gì đã nhập vẫn còn; hãy bấm lại F9, rồi xóa bớt tệp trên ổ đĩa."
        ),
    ),
    "store.read_only": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không ghi được vào thư mục dữ liệu."),
        QT_TRANSLATE_NOOP("texts", "Những gì đã nhập vẫn còn; hãy báo quản trị cấp lại quyền ghi."),
    ),
    "store.busy": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dữ liệu đang bị một chương trình khác giữ."),
        QT_TRANSLATE_NOOP("texts", "Hãy chờ một phút rồi làm lại; nếu vẫn vậy, khởi động lại máy."),
    ),
    "store.too_new": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dữ liệu do phiên bản phần mềm mới hơn tạo ra."),
        QT_TRANSLATE_NOOP("texts", "Đừng làm tiếp; hãy cài phiên bản mới nhất rồi mở lại."),
    ),
    "store.damaged": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dữ liệu của quầy bị hỏng."),
        QT_TRANSLATE_NOOP("texts", "Đừng làm tiếp và đừng xóa gì; hãy gọi ngay bộ phận hỗ trợ."),
    ),
    "store.file_damaged": Sentence(
        QT_TRANSLATE_NOOP("texts", "Một tệp đính kèm bị mất hoặc bị hỏng."),
        QT_TRANSLATE_NOOP("texts", "Hãy quét lại giấy gốc, hoặc gọi bộ phận hỗ trợ."),
    ),
    "store.second_instance": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chương trình của quầy này đang mở ở cửa sổ khác."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng cửa sổ đang mở, hoặc đóng nó trước."),
    ),
    "usage.bad": Sentence(
        QT_TRANSLATE_NOOP("texts", "Lệnh gõ chưa đúng: {mistake}."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem cách viết bằng --help rồi gõ lại."),
    ),
    "place.missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có tệp hoặc thư mục đã nêu."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại đường dẫn rồi làm lại."),
    ),
    "screen.none": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ở đây không có màn hình để mở cửa sổ."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy mở từ màn hình của máy; các lệnh như doctor, verify chạy được tại đây."
        ),
    ),
    "store.wrong_folder": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thư mục dữ liệu không khớp với kiểu chạy trình diễn hay thật."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chọn thư mục khác; quầy thật và quầy trình diễn không dùng chung."
        ),
    ),
    # settings
    "settings.bad": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp cài đặt có chỗ sai:\n{mistakes}"),
        QT_TRANSLATE_NOOP("texts", "Hãy sửa các mục trên rồi mở lại chương trình."),
    ),
    "settings.missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có tệp cài đặt cho quầy này."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở chương trình với --settings và tệp do quản trị giao."),
    ),
    "data.bad": Sentence(
        QT_TRANSLATE_NOOP("texts", "Dữ liệu dùng chung của cơ quan có chỗ sai:\n{mistakes}"),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy sửa các mục trên, hoặc dùng lại tệp cũ, rồi mở lại chương trình."
        ),
    ),
    "certify.document_wrong": Sentence(
        QT_TRANSLATE_NOOP("texts", "Có giấy tờ thiếu tên, hoặc số trang, số bản không đúng."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy ghi tên, số trang từ 1 đến 999 và số bản từ 1 đến 99; tối đa 20 loại.",
        ),
    ),
    "certify.no_fee": Sentence(
        QT_TRANSLATE_NOOP("texts", "Danh mục chưa có mức phí theo trang cho chứng thực bản sao."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập mức phí ở trang Danh mục thủ tục, mã 2.000815."),
    ),
    "drawer.remark_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tiền đếm được khác với phiếu thu mà chưa ghi lý do."),
        QT_TRANSLATE_NOOP("texts", "Hãy đếm lại; vẫn chênh thì ghi lý do rồi chốt."),
    ),
    "drawer.unknown_receipt": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy không có phiếu thu mang số này."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn phiếu thu trong danh sách."),
    ),
    "drawer.official_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có số biên lai điện tử, hoặc số quá dài."),
        QT_TRANSLATE_NOOP("texts", "Hãy chép đúng ký hiệu và số trên biên lai, tối đa 60 ký tự."),
    ),
    "drawer.official_taken": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số biên lai này đã ghi cho phiếu khác, hoặc phiếu đã có số."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại số; số đã ghi không thay được, chỉ hủy phiếu thu."),
    ),
    "money.exemption_unknown": Sentence(
        QT_TRANSLATE_NOOP("texts", "Danh mục không miễn khoản thu này cho diện đã chọn."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn lại diện miễn, hoặc bổ sung diện đó trong danh mục."),
    ),
    "system.not_elsewhere": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Hồ sơ này do quầy quản lý, không phải nhập sang hệ thống khác."
        ),
        QT_TRANSLATE_NOOP("texts", "Hồ sơ được gửi lên cổng như thường lệ, không cần làm gì thêm."),
    ),
    "system.code_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có mã hồ sơ của hệ thống kia, hoặc mã quá dài."),
        QT_TRANSLATE_NOOP("texts", "Hãy chép nguyên mã hiện ra sau khi nhập, tối đa 64 ký tự."),
    ),
    "system.code_taken": Sentence(
        QT_TRANSLATE_NOOP("texts", "Một hồ sơ khác ở quầy đã mang mã này của hệ thống kia."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại mã: có thể đã chép mã của hồ sơ trước."),
    ),
    "catalogue.bad_file": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp {file} không phải danh mục thủ tục của cổng quốc gia."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chọn tệp JSON tải từ dịch vụ LayThuTuc hoặc từ danh mục của cổng tỉnh."
        ),
    ),
    "catalogue.not_told": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng chưa gửi danh mục thủ tục nào về quầy."),
        QT_TRANSLATE_NOOP("texts", "Hãy đợi quầy liên lạc được với cổng, hoặc nhận từ tệp."),
    ),
    "catalogue.too_early": Sentence(
        QT_TRANSLATE_NOOP("texts", "Phiên bản mới phải bắt đầu sau phiên bản đang có."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn ngày hiệu lực từ hôm nay và sau phiên bản gần nhất."),
    ),
    "catalogue.used": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đã có hồ sơ tiếp nhận theo phiên bản này nên không gỡ được."),
        QT_TRANSLATE_NOOP("texts", "Hãy lập phiên bản mới từ ngày mai để thay phiên bản này."),
    ),
    "catalogue.wrong": Sentence(
        QT_TRANSLATE_NOOP("texts", "Phiên bản vừa sửa có chỗ sai: {mistakes}"),
        QT_TRANSLATE_NOOP("texts", "Hãy sửa chỗ đó rồi lưu lại; chưa có gì bị thay đổi."),
    ),
    # the desk's rules
    "paper.no_wording": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ngày {day} chưa có hoặc không còn mẫu giấy này."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem ngày hiệu lực trong tệp lời văn của giấy."),
    ),
    "desk.unknown_procedure": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có thủ tục nào đang hiệu lực mang mã này."),
        QT_TRANSLATE_NOOP("texts", "Hãy tìm lại thủ tục theo tên."),
    ),
    "desk.procedure_changed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thủ tục này vừa có phiên bản khác, giấy tờ phải nộp đã đổi."),
        QT_TRANSLATE_NOOP("texts", "Hãy bấm Đổi thủ tục, chọn lại rồi đánh dấu giấy tờ."),
    ),
    "desk.file_refused": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không nhận được tệp này."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn tệp PDF, JPEG, PNG hoặc TIFF không quá 50 MB."),
    ),
    "desk.file_too_long": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp này có quá nhiều trang."),
        QT_TRANSLATE_NOOP("texts", "Hãy tách thành các tệp không quá 300 trang."),
    ),
    "desk.file_too_large": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ảnh trong tệp này quá lớn."),
        QT_TRANSLATE_NOOP("texts", "Hãy quét lại ở độ phân giải 300 dpi."),
    ),
    "desk.file_locked": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp PDF này có mật khẩu."),
        QT_TRANSLATE_NOOP("texts", "Hãy bỏ mật khẩu của tệp, hoặc quét bản giấy."),
    ),
    "desk.file_carries_more": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp PDF này chứa mã lệnh hoặc tệp khác bên trong."),
        QT_TRANSLATE_NOOP("texts", "Hãy in ra giấy rồi quét lại."),
    ),
    "desk.file_unreadable": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không mở được tệp này."),
        QT_TRANSLATE_NOOP("texts", "Tệp bị hỏng hoặc quá phức tạp. Hãy quét lại bản giấy."),
    ),
    "desk.paper_missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Còn thiếu giấy tờ bắt buộc."),
        QT_TRANSLATE_NOOP("texts", "Hãy đánh dấu giấy tờ đã có, hoặc hướng dẫn người dân bổ sung."),
    ),
    "value.document": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số giấy tờ chưa đúng dạng."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy nhập 5 đến 20 chữ in hoa và chữ số; CMND cũ có đúng 9 chữ số."
        ),
    ),
    "value.tax_code": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã số thuế không đúng."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy xem lại 10 chữ số trên giấy đăng ký; chi nhánh có thêm 3 chữ số."
        ),
    ),
    "desk.submitter_unproven": Sentence(
        QT_TRANSLATE_NOOP("texts", "Người nộp thay được ủy quyền mà chưa ghi giấy ủy quyền."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi số hoặc ngày của giấy ủy quyền."),
    ),
    "desk.declaration_open": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tờ khai còn mục bắt buộc chưa có câu trả lời."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy bấm Ctrl+J, điền nốt; hoặc đánh dấu tờ khai giấy đã mang theo."
        ),
    ),
    "desk.declaration_wrong": Sentence(
        QT_TRANSLATE_NOOP("texts", "Một mục của tờ khai ghi chưa đúng dạng."),
        QT_TRANSLATE_NOOP("texts", "Hãy bấm Ctrl+J và sửa mục được tô đỏ."),
    ),
    "desk.wrong_step": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ đang ở trạng thái không làm được bước này."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy mở hồ sơ, xem quá trình giải quyết rồi làm bước tiếp theo."
        ),
    ),
    "desk.received_again": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ đã hủy này đang hoặc đã được nhập lại: {anew}."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở hồ sơ mới, hoặc bấm Ctrl+F10 lấy lại lượt đang gác."),
    ),
    "desk.wrong_actor": Sentence(
        QT_TRANSLATE_NOOP("texts", "Bước này không thuộc quyền của người đang làm."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chuyển cho người có quyền, hoặc mời lãnh đạo xác nhận tại quầy."
        ),
    ),
    "desk.nobody_takes_over": Sentence(
        QT_TRANSLATE_NOOP("texts", "Người này không nhận hồ sơ được."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chọn một cán bộ đang làm việc và có quyền giải quyết hồ sơ."
        ),
    ),
    "desk.nothing_to_reassign": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có hồ sơ nào để giao lại."),
        QT_TRANSLATE_NOOP(
            "texts", "Hồ sơ đã kết thúc, hoặc đang do chính người ấy phụ trách. Hãy xem lại."
        ),
    ),
    "desk.reason_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Việc này phải ghi lý do."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn một lý do có sẵn hoặc viết ngắn gọn."),
    ),
    "desk.papers_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa chọn giấy tờ nào."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy đánh dấu đủ mọi giấy tờ cần bổ sung, vì chỉ được yêu cầu một lần."
        ),
    ),
    "desk.asked_before": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này đã được yêu cầu bổ sung một lần."),
        QT_TRANSLATE_NOOP("texts", "Nếu có căn cứ để yêu cầu lần nữa, hãy ghi căn cứ vào ô đó."),
    ),
    "desk.supplement_not_overdue": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa hết hạn bổ sung ghi trên phiếu yêu cầu."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chờ hết hạn, hoặc nhận đơn rút nếu người dân muốn rút hồ sơ."
        ),
    ),
    "desk.unit_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa ghi đơn vị nhận hồ sơ."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi tên bộ phận giải quyết rồi bàn giao."),
    ),
    "desk.receiver_not_checked": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa đối chiếu giấy tờ của người nhận."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chạm thẻ hoặc xem giấy tờ tùy thân của người nhận rồi đánh dấu."
        ),
    ),
    "desk.authorisation_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Người nhận không phải chủ hồ sơ mà chưa ghi giấy ủy quyền."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi số hoặc ngày của giấy ủy quyền."),
    ),
    "desk.slip_missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa thu lại giấy tiếp nhận."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy thu lại giấy, hoặc cho người nhận ký cam kết mất giấy rồi đánh dấu."
        ),
    ),
    "desk.signature_missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Người nhận chưa ký nhận kết quả."),
        QT_TRANSLATE_NOOP("texts", "Hãy mời người nhận ký sổ rồi đánh dấu đã ký."),
    ),
    "desk.fees_not_collected": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ còn khoản chưa thu."),
        QT_TRANSLATE_NOOP("texts", "Hãy thu đủ phí, lệ phí rồi trả kết quả."),
    ),
    "desk.nothing_owed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này không còn khoản nào phải thu."),
        QT_TRANSLATE_NOOP("texts", "Không cần thu thêm."),
    ),
    "payment.open": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã VietQR của hồ sơ này còn dùng để trả tiền được."),
        QT_TRANSLATE_NOOP("texts", "Hãy hủy mã rồi mới thu tiền mặt, để không thu hai lần."),
    ),
    "payment.came": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng báo hồ sơ này đã được trả tiền qua chuyển khoản."),
        QT_TRANSLATE_NOOP("texts", "Không thu tiền mặt nữa. Khoản đã trả đang được ghi sổ."),
    ),
    "payment.not_paid": Sentence(
        QT_TRANSLATE_NOOP("texts", "Cổng chưa báo đã nhận đủ tiền của khoản này."),
        QT_TRANSLATE_NOOP("texts", "Quét mã chưa phải là đã trả. Hãy chờ cổng báo, hoặc hủy mã."),
    ),
    "payment.only_cash": Sentence(
        QT_TRANSLATE_NOOP("texts", "Khoản này không trả qua mã VietQR được."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Mã chỉ dùng cho hồ sơ gửi lên cổng của tỉnh, từ 1.000 đ đến 500.000.000 đ. "
            "Hãy thu tiền mặt.",
        ),
    ),
    "payment.no_code": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã VietQR này không còn dùng được nên không in."),
        QT_TRANSLATE_NOOP("texts", "Hãy lấy mã mới, hoặc thu tiền mặt."),
    ),
    "payment.unknown": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này không có khoản thanh toán đó."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở lại hồ sơ rồi thu tiền từ đầu."),
    ),
    "desk.nothing_paid": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này không có phiếu thu nào để hủy hoặc hoàn tiền."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại quá trình giải quyết của hồ sơ."),
    ),
    "desk.carrier_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa ghi nhân viên bưu chính nhận danh sách."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi họ tên người nhận của bưu chính."),
    ),
    "desk.post_address": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ chưa có địa chỉ hoặc điện thoại để phát qua bưu chính."),
        QT_TRANSLATE_NOOP("texts", "Hãy đính chính nơi cư trú, điện thoại rồi đưa lại danh sách."),
    ),
    "desk.reason_short": Sentence(
        QT_TRANSLATE_NOOP("texts", "Lý do quá ngắn, sổ và cổng cần ít nhất ba ký tự."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi rõ lý do, người đọc sổ sau này hiểu được."),
    ),
    "desk.no_receipt_trouble": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này không có biên lai điện tử nào phải xử lý."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại quá trình giải quyết của hồ sơ."),
    ),
    "desk.receipt_by_hand": Sentence(
        QT_TRANSLATE_NOOP("texts", "Biên lai này ghi tay, cổng không biết nên không hủy được."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy hủy ở hệ thống biên lai điện tử, rồi ghi là đã xử lý xong kèm lý do."
        ),
    ),
    "desk.leader_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Việc này chưa có tên lãnh đạo hoặc số văn bản."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy trình lãnh đạo, rồi điền tên hoặc số vào ô còn trống.",
        ),
    ),
    "desk.confirmation_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Việc này phải có lãnh đạo xác nhận tại quầy."),
        QT_TRANSLATE_NOOP(
            "texts", "Mời lãnh đạo chọn tên mình và nhập mật khẩu hoặc mã PIN của mình."
        ),
    ),
    "desk.late_time": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ngày giờ trên giấy viết tay không hợp lệ."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập đúng ngày giờ đã nhận, trong 30 ngày trở lại đây."),
    ),
    "desk.paper_keyed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Giấy viết tay số này đã được nhập bù rồi."),
        QT_TRANSLATE_NOOP("texts", "Hãy tìm hồ sơ theo tên người nộp, hoặc xem lại số trên giấy."),
    ),
    "desk.nothing_to_correct": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thông tin vừa nhập giống hệt thông tin đang có."),
        QT_TRANSLATE_NOOP("texts", "Hãy sửa chỗ sai rồi ghi lại."),
    ),
    "desk.day_passed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hạn bổ sung này đã qua."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập ngày từ hôm nay trở đi, hoặc để trống."),
    ),
    "desk.days_reversed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ngày đầu đứng sau ngày cuối."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi lại khoảng ngày, ngày đầu trước."),
    ),
    "desk.day_not_later": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ngày hẹn lại phải sau ngày đã hẹn với công dân."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập ngày muộn hơn ngày hẹn trên giấy tiếp nhận."),
    ),
    "desk.letter_waits": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này đang có một văn bản chờ lãnh đạo ký."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi kết quả ký của văn bản đó trước."),
    ),
    "desk.no_letter": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này không có văn bản nào chờ ký."),
        QT_TRANSLATE_NOOP("texts", "Hãy soạn văn bản trước."),
    ),
    "desk.extended_before": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này đã được hẹn lại một lần."),
        QT_TRANSLATE_NOOP("texts", "Mỗi hồ sơ chỉ hẹn lại một lần; hãy báo lãnh đạo."),
    ),
    "desk.too_late": Sentence(
        QT_TRANSLATE_NOOP("texts", "Việc ghi nhầm chỉ thu hồi được trong ngày."),
        QT_TRANSLATE_NOOP("texts", "Hãy lập biên bản và báo lãnh đạo."),
    ),
    "desk.unknown_guidance": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này không có phiếu hướng dẫn mang số đó."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại số trên phiếu, hoặc nhập hồ sơ từ đầu."),
    ),
    "desk.unknown_dossier": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này không có hồ sơ mang mã đó."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại mã, hoặc tìm theo tên người nộp."),
    ),
    "desk.unknown_message": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tin này không còn chờ quyết định."),
        QT_TRANSLATE_NOOP("texts", "Hãy mở lại trang Gửi cổng; nếu còn, chờ có mạng rồi thử lại."),
    ),
    "desk.due_date_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thủ tục này không có thời hạn theo luật."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập ngày hẹn trả kết quả từ hôm nay trở đi."),
    ),
    "desk.not_training": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này phục vụ người dân thật nên không tập dượt được."),
        QT_TRANSLATE_NOOP("texts", "Hãy tập dượt ở quầy trình diễn."),
    ),
    "serials.used_up": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đã dùng hết số hồ sơ của hôm nay."),
        QT_TRANSLATE_NOOP("texts", "Hãy báo quản trị; hồ sơ nhận thêm sẽ mang mã tạm."),
    ),
    "trust.none": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Chưa cài chứng thư nơi cấp thẻ, nên chưa đối chiếu được nơi cấp."
        ),
        QT_TRANSLATE_NOOP("texts", "Cứ tiếp nhận bình thường; báo quản trị cài chứng thư một lần."),
    ),
    "trust.revocations_missing": Sentence(
        QT_TRANSLATE_NOOP(
            "texts",
            "Chưa có danh sách thu hồi của {issuers} nơi cấp thẻ, nên chưa biết chứng thư nào đã "
            "bị thu hồi.",
        ),
        QT_TRANSLATE_NOOP(
            "texts", "Cứ tiếp nhận bình thường; khi được gửi danh sách thì nhập ở trang Ctrl+I."
        ),
    ),
    "trust.revocations_overdue": Sentence(
        QT_TRANSLATE_NOOP("texts", "Có {lists} danh sách thu hồi đã quá ngày phải có bản mới."),
        QT_TRANSLATE_NOOP(
            "texts", "Cứ tiếp nhận bình thường; báo quản trị nhập bản mới ở trang Ctrl+I."
        ),
    ),
    "clock.wrong": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đồng hồ máy này lệch {minutes} phút so với cổng."),
        QT_TRANSLATE_NOOP("texts", "Hãy chỉnh lại ngày giờ của máy tính."),
    ),
    "disk.low": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ổ đĩa sắp đầy, còn {left} MB."),
        QT_TRANSLATE_NOOP("texts", "Hãy xóa bớt tệp không cần, hoặc báo quản trị."),
    ),
    "store.place_silent": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Thư mục {folder} không trả lời, nên việc này chưa làm và không giữ lại gì."
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy xem ổ đĩa hay mạng rồi làm lại, hoặc chọn thư mục khác; dữ liệu của quầy vẫn "
            "nguyên.",
        ),
    ),
    "store.key_unbacked": Sentence(
        QT_TRANSLATE_NOOP(
            "texts",
            "Khóa đã đổi, nhưng chưa ghi được bản sao lưu theo khóa mới vào thư mục {folder}.",
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Quầy mở và làm việc như thường. Hãy xem ổ đĩa hay mạng rồi sao lưu ngay; bản trước "
            "khi đổi vẫn còn.",
        ),
    ),
    "health.not_told": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không ghi được tình trạng của quầy vào thư mục chung."),
        QT_TRANSLATE_NOOP(
            "texts", "Quầy vẫn làm việc như thường; báo quản trị xem lại thư mục ở mục [health]."
        ),
    ),
    "health.folder_away": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không đọc được thư mục tình trạng của các quầy."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại đường dẫn, mạng và quyền đọc."),
    ),
    "fonts.missing": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thiếu phông chữ của chương trình."),
        QT_TRANSLATE_NOOP("texts", "Hãy cài lại chương trình; dữ liệu không bị ảnh hưởng."),
    ),
    "scanner.absent": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không thấy máy quét mã ở cổng {port}."),
        QT_TRANSLATE_NOOP("texts", "Hãy cắm lại máy quét, hoặc sửa tệp cài đặt."),
    ),
    # people and copies
    "people.not_signed_in": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa có cán bộ nào đăng nhập ở quầy này."),
        QT_TRANSLATE_NOOP("texts", "Hãy đăng nhập rồi làm lại; những gì đã nhập vẫn còn."),
    ),
    "people.not_allowed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Vai trò của bạn không được làm việc này."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhờ người có vai trò phù hợp đăng nhập và làm."),
    ),
    "people.not_own_dossier": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ hay phiếu hướng dẫn này do người khác ghi nhận."),
        QT_TRANSLATE_NOOP("texts", "Bạn chỉ làm được với hồ sơ, phiếu mình đã ghi ở quầy này."),
    ),
    "people.wrong_password": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tên đăng nhập hoặc mật khẩu chưa đúng."),
        QT_TRANSLATE_NOOP("texts", "Hãy gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock."),
    ),
    "people.closed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đã sai nhiều lần; hãy đợi {seconds} giây rồi thử lại."),
        QT_TRANSLATE_NOOP("texts", "Nếu quên mật khẩu, hãy nhờ người quản trị đặt lại."),
    ),
    "people.weak_password": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mật khẩu mới quá ngắn hoặc quá dễ đoán."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng từ 8 ký tự, hoặc mã PIN từ 6 chữ số không liền nhau."),
    ),
    "people.weak_passphrase": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mật khẩu dữ liệu mới quá ngắn hoặc quá dễ đoán."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng một câu từ 12 ký tự mà người ngoài không đoán ra."),
    ),
    "people.own_password_first": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mật khẩu này do người quản trị đặt, phải đổi trước đã."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy đăng nhập ở cửa sổ của quầy, đặt mật khẩu của riêng mình rồi làm lại."
        ),
    ),
    "people.same_password": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mật khẩu mới phải khác mật khẩu đang dùng."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn một mật khẩu chỉ mình anh/chị biết."),
    ),
    "people.card_needed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tài khoản này cần thêm thẻ căn cước của chính cán bộ."),
        QT_TRANSLATE_NOOP("texts", "Hãy đặt thẻ lên đầu đọc rồi đăng nhập lại."),
    ),
    "people.card_needs_person": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Tài khoản này cần thẻ của cán bộ, mà lệnh đang chạy không có người ngồi máy."
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy gõ lệnh ở dòng lệnh của máy có đầu đọc, hoặc dùng tài khoản không cần thẻ.",
        ),
    ),
    "people.another_card": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đây không phải là thẻ đã đăng ký cho tài khoản này."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy đặt đúng thẻ của mình; nếu đã mất hay đổi thẻ, hãy nhờ người quản trị bỏ thẻ cũ.",
        ),
    ),
    "people.card_of_only_administrator": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy chỉ có một người quản trị, nên chưa đăng ký thẻ được."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Nếu mất thẻ thì không ai bỏ thẻ cũ được; hãy thêm một người quản trị nữa trước.",
        ),
    ),
    "people.confirm_again": Sentence(
        QT_TRANSLATE_NOOP("texts", "Việc này cần xác nhận lại đúng là anh/chị."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhập lại mật khẩu của mình rồi làm tiếp."),
    ),
    "people.not_yourself": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không thể tự khóa hay tự cho thôi việc tài khoản của mình."),
        QT_TRANSLATE_NOOP("texts", "Hãy nhờ một người quản trị khác."),
    ),
    "people.service_ended": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tài khoản này đã thôi việc và không mở lại được."),
        QT_TRANSLATE_NOOP("texts", "Nếu người đó trở lại làm việc, hãy lập tài khoản mới."),
    ),
    "people.card_not_authentic": Sentence(
        QT_TRANSLATE_NOOP("texts", "Thẻ này chưa chứng minh được là thẻ thật."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy dùng thẻ căn cước thật của chính cán bộ và xem lại nơi cấp thẻ được tin."
        ),
    ),
    "people.bad_account": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tên đăng nhập này không dùng được."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng chữ không dấu, số, dấu chấm; và chưa ai dùng."),
    ),
    "data.several_people": Sentence(
        QT_TRANSLATE_NOOP("texts", "Ở quầy này có nhiều người cùng họ tên, cùng ngày sinh ấy."),
        QT_TRANSLATE_NOOP("texts", "Hãy gõ số định danh, hoặc mã một hồ sơ của đúng người ấy."),
    ),
    "data.organisation": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ này của một tổ chức, không phải của một người."),
        QT_TRANSLATE_NOOP("texts", "Hãy gõ số định danh, hoặc họ tên và ngày sinh của công dân."),
    ),
    "people.identity_not_checked": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa kiểm tra giấy tờ của người xin dữ liệu."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem giấy tờ của người ấy rồi đánh dấu đã xem."),
    ),
    "people.last_administrator": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy phải luôn có ít nhất một người quản trị."),
        QT_TRANSLATE_NOOP("texts", "Hãy trao vai trò quản trị cho người khác trước."),
    ),
    "backup.bad": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp này không phải bản sao lưu, hoặc đã bị hỏng."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn bản sao lưu khác; dữ liệu hiện có chưa bị đụng tới."),
    ),
    "backup.exists": Sentence(
        QT_TRANSLATE_NOOP("texts", "Đã có tệp mang tên này; bản sao lưu không ghi đè."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn tên khác."),
    ),
    "backup.overtaken": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Có tệp bị xóa hay dời đi giữa lúc sao lưu, nên bản này chưa được giữ."
        ),
        QT_TRANSLATE_NOOP("texts", "Hãy sao lưu lại; các bản trước vẫn còn nguyên."),
    ),
    "backup.spoilt": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Bản sao lưu vừa ghi đọc lại không đúng như đã ghi, nên không được giữ."
        ),
        QT_TRANSLATE_NOOP(
            "texts", "Các bản trước vẫn còn; hãy báo quản trị kiểm tra ổ đĩa sao lưu."
        ),
    ),
    "backup.folder_silent": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Thư mục sao lưu {folder} không trả lời, nên giờ này chưa có bản sao lưu."
        ),
        QT_TRANSLATE_NOOP(
            "texts",
            "Cứ làm việc; giờ sau quầy thử lại. Báo quản trị xem ổ đĩa hay mạng ở mục [backup].",
        ),
    ),
    "backup.not_written": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa ghi được bản sao lưu của giờ này vào thư mục {folder}."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Cứ làm việc; quầy tự thử lại. Báo quản trị xem ổ đĩa ấy còn cắm không, thư mục có ghi "
            "được không.",
        ),
    ),
    "backup.disk_full": Sentence(
        QT_TRANSLATE_NOOP(
            "texts", "Ổ đĩa sao lưu đã đầy, chưa ghi được bản của giờ này vào thư mục {folder}."
        ),
        QT_TRANSLATE_NOOP(
            "texts", "Cứ làm việc; báo quản trị dọn chỗ, hoặc đổi thư mục ở mục [backup]."
        ),
    ),
    "backup.other_desk": Sentence(
        QT_TRANSLATE_NOOP("texts", "Bản sao lưu này là của quầy khác."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy chọn đúng bản của quầy này, hoặc khôi phục vào thư mục trống."
        ),
    ),
    "store.reading_only": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy đang ở chế độ chỉ đọc vì ổ đĩa không ghi được."),
        QT_TRANSLATE_NOOP(
            "texts", "Vẫn tra cứu và xem được hồ sơ; hãy tiếp nhận bằng sổ giấy và gọi hỗ trợ."
        ),
    ),
    "software.fault": Sentence(
        QT_TRANSLATE_NOOP("texts", "Phần mềm gặp lỗi ngoài dự tính."),
        QT_TRANSLATE_NOOP("texts", "Hãy làm lại; nếu lặp lại, gọi hỗ trợ và đọc mã lỗi."),
    ),
}

REASONS: dict[str, str] = {
    "groups": QT_TRANSLATE_NOOP("texts", "dữ liệu trong chip đã bị sửa"),
    "signature.invalid": QT_TRANSLATE_NOOP("texts", "chữ ký của nơi cấp bị sai"),
    "signature.missing": QT_TRANSLATE_NOOP("texts", "chip không có chữ ký của nơi cấp"),
    "signature.malformed": QT_TRANSLATE_NOOP("texts", "chữ ký của nơi cấp không đọc được"),
    "signature.unknown_scheme": QT_TRANSLATE_NOOP("texts", "chữ ký theo cách chưa biết"),
    "issuer.unknown": QT_TRANSLATE_NOOP("texts", "chưa đối chiếu được nơi cấp"),
    "issuer.other_state": QT_TRANSLATE_NOOP(
        "texts", "chữ ký thuộc nước khác, không phải nước cấp thẻ"
    ),
    "issuer.expired": QT_TRANSLATE_NOOP("texts", "chứng thư nơi cấp hết hạn khi ký thẻ"),
    "issuer.revoked": QT_TRANSLATE_NOOP("texts", "chứng thư nơi cấp đã bị thu hồi"),
    "access.older": QT_TRANSLATE_NOOP("texts", "chip mở theo cách cũ dù có cách mới hơn"),
    "chip.clone": QT_TRANSLATE_NOOP("texts", "chip không phải chip gốc"),
    "chip.not_supported": QT_TRANSLATE_NOOP("texts", "chip không có cách tự chứng minh"),
    "chip.not_checked": QT_TRANSLATE_NOOP("texts", "chưa kiểm tra chip gốc"),
}


class _Named(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def reason(code: str) -> str:
    """Return the words for why a card is not authentic; ``groups.dg2`` is told as ``groups``."""
    family = "groups" if code.startswith("groups.") else code
    return said(REASONS.get(family, code))


def sentence(error: BaseException) -> Sentence:
    """Return what to say about *error*; what the desk does not know is a fault of the program."""
    known = error if isinstance(error, DeskError) else SoftwareFault()
    told = ERRORS[known.code]
    named = _Named(known.fields)
    return Sentence(said(told.what).format_map(named), said(told.advice).format_map(named))
