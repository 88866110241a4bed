"""What the kiosk says to a citizen about a fault: no keys, no names of devices, what to do now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from counter.errors import DeskError
from ui.said import QT_TRANSLATE_NOOP

GENERAL = (
    QT_TRANSLATE_NOOP("kiosk", "Máy chưa làm được việc này"),
    QT_TRANSLATE_NOOP("kiosk", "Ông bà thử lại, hoặc gọi người giúp."),
)
SAID: dict[str, tuple[str, str]] = {
    "card.wrong_can": (
        QT_TRANSLATE_NOOP("kiosk", "Sáu số chưa đúng với thẻ này"),
        QT_TRANSLATE_NOOP("kiosk", "Xem sáu số cuối của dãy mười hai số rồi gõ lại."),
    ),
    "card.pulled": (
        QT_TRANSLATE_NOOP("kiosk", "Thẻ được lấy ra sớm quá"),
        QT_TRANSLATE_NOOP("kiosk", "Đặt lại thẻ và giữ yên cho đến khi máy báo xong."),
    ),
    "card.silent": (
        QT_TRANSLATE_NOOP("kiosk", "Máy chưa đọc được thẻ"),
        QT_TRANSLATE_NOOP("kiosk", "Nhấc thẻ ra, đặt lại giữa đầu đọc và giữ yên."),
    ),
    "card.not_citizen_card": (
        QT_TRANSLATE_NOOP("kiosk", "Đây không phải thẻ căn cước có chip"),
        QT_TRANSLATE_NOOP("kiosk", "Ông bà vẫn lấy được số mà không cần thẻ."),
    ),
    "card.no_reader": (
        QT_TRANSLATE_NOOP("kiosk", "Đầu đọc thẻ đang không dùng được"),
        QT_TRANSLATE_NOOP("kiosk", "Ông bà vẫn lấy được số mà không cần thẻ."),
    ),
    "queue.already_waiting": (
        QT_TRANSLATE_NOOP("kiosk", "Ông bà đã có số cho việc này"),
        QT_TRANSLATE_NOOP("kiosk", "Xin chờ gọi số đó; số cũ vẫn còn hiệu lực."),
    ),
    "queue.too_fast": (
        QT_TRANSLATE_NOOP("kiosk", "Máy vừa cấp nhiều số liền nhau"),
        QT_TRANSLATE_NOOP("kiosk", "Xin đợi một phút rồi lấy lại, hoặc đặt thẻ căn cước."),
    ),
    "queue.unknown_code": (
        QT_TRANSLATE_NOOP("kiosk", "Máy không nhận ra mã này"),
        QT_TRANSLATE_NOOP("kiosk", "Xin lấy số theo việc cần làm, hoặc gọi người giúp."),
    ),
    "queue.away": (
        QT_TRANSLATE_NOOP("kiosk", "Chưa lấy được số"),
        QT_TRANSLATE_NOOP("kiosk", "Xin gọi người giúp: cán bộ sẽ cấp số cho ông bà."),
    ),
    "queue.already_rated": (
        QT_TRANSLATE_NOOP("kiosk", "Lần phục vụ này đã được đánh giá"),
        QT_TRANSLATE_NOOP("kiosk", "Xin cảm ơn ông bà."),
    ),
}
SAME = {
    "card.unreadable": "card.silent",
    "card.absent": "card.pulled",
    "card.reader_gone": "card.no_reader",
    "card.no_service": "card.no_reader",
    "card.driver_missing": "card.no_reader",
    "card.reader_busy": "card.no_reader",
    "queue.no_reserve": "queue.away",
    "queue.damaged": "queue.away",
}


def fault_words(error: BaseException) -> tuple[str, str]:
    """Return what happened and what to do, in the language of the screen."""
    code = error.code if isinstance(error, DeskError) else ""
    what, advice = SAID.get(SAME.get(code, code), GENERAL)
    translate = QCoreApplication.translate
    return translate("kiosk", what), translate("kiosk", advice)
