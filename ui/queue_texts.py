"""The sentences for what goes wrong with numbers and calls; part of ``ui/texts.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.said import QT_TRANSLATE_NOOP, Sentence, said

if TYPE_CHECKING:
    from counter.hall import QueueRenewed


def queue_advice(renewed: QueueRenewed) -> list[str]:
    """Say how numbers go on after the queue's file was replaced, one sentence each."""
    told = [said(_LETTER).replace("%1", renewed.letter)]
    if renewed.lost_tickets:
        told.append(said(_LOST_TICKETS))
    if renewed.lost_bookings:
        told.append(said(_LOST_BOOKINGS))
    if renewed.old_bookings:
        told.append(said(_OLD_BOOKINGS))
    return told


_LETTER = QT_TRANSLATE_NOOP(
    "texts",
    "Từ giờ đến hết hôm nay số mới mang chữ %1, không trùng số nào đã phát; ngày mai lại như cũ.",
)
_LOST_TICKETS = QT_TRANSLATE_NOOP(
    "texts", "Ai đang cầm phiếu cũ thì gõ số trên phiếu để gọi, theo thứ tự họ đến."
)
_LOST_BOOKINGS = QT_TRANSLATE_NOOP(
    "texts", "Lịch hẹn đã ghi không đọc được nữa; người có hẹn lấy số thường."
)
_OLD_BOOKINGS = QT_TRANSLATE_NOOP(
    "texts",
    "Lịch hẹn lấy lại từ bản sao lưu gần nhất còn đọc được; ai hẹn sau lúc ấy thì lấy số thường.",
)

QUEUE_ERRORS: dict[str, Sentence] = {
    "queue.unknown_service": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có lĩnh vực nào mang chữ cái này."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn lĩnh vực trong danh sách."),
    ),
    "queue.unknown_priority": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không có nhóm ưu tiên này."),
        QT_TRANSLATE_NOOP("texts", "Hãy chọn nhóm ưu tiên trong danh sách."),
    ),
    "queue.counter_closed": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này đang tạm nghỉ, chưa gọi số tiếp theo được."),
        QT_TRANSLATE_NOOP(
            "texts", "Nhờ người phụ trách mở quầy ở trang Lĩnh vực của quầy, trong Việc khác."
        ),
    ),
    "queue.unknown_counter": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tên quầy còn trống hoặc quá dài."),
        QT_TRANSLATE_NOOP("texts", "Hãy ghi tên quầy ngắn, ví dụ Quầy 1."),
    ),
    "queue.away": Sentence(
        QT_TRANSLATE_NOOP("texts", "Chưa liên lạc được với máy giữ số thứ tự."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy gọi người dân theo thứ tự đến; tiếp nhận hồ sơ vẫn bình thường."
        ),
    ),
    "queue.damaged": Sentence(
        QT_TRANSLATE_NOOP("texts", "Tệp giữ số thứ tự của máy này (office.db) bị hỏng."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy gõ số trên phiếu để gọi; hồ sơ không mất gì. Việc khác phải đợi người phụ trách "
            "máy làm lại hàng đợi.",
        ),
    ),
    "queue.sound": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hàng đợi của máy này không hỏng, không có gì phải làm lại."),
        QT_TRANSLATE_NOOP(
            "texts",
            "Hãy xem lại trang Hàng đợi; số do máy chủ giữ thì phục hồi ở máy chủ ấy.",
        ),
    ),
    "queue.unknown_ticket": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hôm nay không có số này."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại số trên phiếu."),
    ),
    "queue.already_waiting": Sentence(
        QT_TRANSLATE_NOOP("texts", "Người này đã có số {number} cho lĩnh vực này."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng số đó; mỗi người giữ một số cho mỗi lĩnh vực."),
    ),
    "queue.too_fast": Sentence(
        QT_TRANSLATE_NOOP("texts", "Máy lấy số vừa cấp quá nhiều số liền nhau, không có thẻ."),
        QT_TRANSLATE_NOOP("texts", "Hãy đợi một phút, hoặc đặt thẻ căn cước để lấy số."),
    ),
    "queue.wrong_step": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số này không còn ở bước có thể làm việc đó."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại danh sách hàng đợi."),
    ),
    "queue.counter_taken": Sentence(
        QT_TRANSLATE_NOOP("texts", "Quầy này đang phục vụ số {number}."),
        QT_TRANSLATE_NOOP("texts", "Hãy làm xong hoặc tạm gác số đó trước."),
    ),
    "queue.too_few_calls": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số này mới được gọi {calls} lần."),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy gọi lại đủ {needed} lần, mỗi lần cách nhau một phút, rồi mới ghi vắng."
        ),
    ),
    "queue.recalled_before": Sentence(
        QT_TRANSLATE_NOOP("texts", "Số này đã vắng và đã được gọi lại một lần."),
        QT_TRANSLATE_NOOP("texts", "Người dân cần lấy số mới."),
    ),
    "queue.unknown_code": Sentence(
        QT_TRANSLATE_NOOP("texts", "Không tìm thấy lịch hẹn hay hồ sơ mang mã này."),
        QT_TRANSLATE_NOOP("texts", "Hãy lấy số theo lĩnh vực."),
    ),
    "queue.booking_used": Sentence(
        QT_TRANSLATE_NOOP("texts", "Mã này đã được dùng để lấy số {number}."),
        QT_TRANSLATE_NOOP("texts", "Hãy dùng số đó."),
    ),
    "queue.wrong_time": Sentence(
        QT_TRANSLATE_NOOP("texts", "Lịch hẹn này không phải của hôm nay."),
        QT_TRANSLATE_NOOP("texts", "Hãy xem lại ngày hẹn, hoặc lấy số theo lĩnh vực."),
    ),
    "queue.already_rated": Sentence(
        QT_TRANSLATE_NOOP("texts", "Hồ sơ hoặc số này đã được đánh giá rồi."),
        QT_TRANSLATE_NOOP("texts", "Xin cảm ơn; mỗi lượt chỉ đánh giá một lần."),
    ),
    "queue.no_reserve": Sentence(
        QT_TRANSLATE_NOOP(
            "texts",
            "Chưa liên lạc được với máy giữ số thứ tự, và máy này chưa có chữ cái dự phòng.",
        ),
        QT_TRANSLATE_NOOP(
            "texts", "Hãy viết số bằng tay; khi có lại mạng, máy tự nhận một chữ cái."
        ),
    ),
}
