"""What stands between the page and a dossier, and how it is said."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication


class Lack(Enum):
    """What stands between the form and the dossier."""

    TRUST = auto()
    PERSON = auto()
    PROCEDURE = auto()
    DESK = auto()
    PAPERS = auto()
    DECLARATION = auto()
    DAY = auto()


def lack_words(lack: Lack) -> str:
    """Say what is lacking; what a declaration lacks it says itself."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("ReceivePage", text)

    return {
        Lack.TRUST: tr("Thẻ có dấu hiệu giả: không nhận bằng thẻ này, hãy báo lãnh đạo"),
        Lack.PERSON: tr("Còn thiếu: người nộp hồ sơ"),
        Lack.PROCEDURE: tr("Còn thiếu: thủ tục"),
        Lack.DESK: tr("Đang hỏi phí và ngày hẹn…"),
        Lack.PAPERS: tr("Còn thiếu: giấy tờ bắt buộc"),
        Lack.DECLARATION: tr("Còn thiếu: tờ khai"),
        Lack.DAY: tr("Còn thiếu: ngày hẹn trả"),
    }[lack]
