"""Pages that are wanted now and then: they stand behind "Việc khác", not in the rail.

To add one, write its talk (a class with ``page`` and ``opened``) and add a line to ``further``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.officer.surroundings import Surroundings


class FurtherTalk(Protocol):
    """One page, joined with the desk."""

    @property
    def page(self) -> QWidget:
        """The page; its parent is ``around.frame.pages``."""

    def opened(self) -> None:
        """Fill the page and give it the keyboard; called each time it is shown."""


@dataclass(frozen=True, slots=True)
class Further:
    """One page behind "Việc khác".

    Attributes:
        name: Its name in the program.
        icon: Name of an icon.
        word: What it is called.
        meaning: What is done there, in one sentence.
        make: Makes its talk when it is first wanted; the object is its parent.
    """

    name: str
    icon: str
    word: str
    meaning: str
    make: Callable[[Surroundings, QObject], FurtherTalk]


def _trust(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.trust_talk import TrustTalk

    return TrustTalk(around, parent)


def _catalogue(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.catalogue.talk import CatalogueTalk

    return CatalogueTalk(around, parent)


def _drawer(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.drawer_talk import DrawerTalk

    return DrawerTalk(around, parent)


def _people(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.people.talk import PeopleTalk

    return PeopleTalk(around, parent)


def _audit(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.audit.talk import AuditTalk

    return AuditTalk(around, parent)


def _certify(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.certify_talk import CertifyTalk

    return CertifyTalk(around, parent)


def _registers(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.registers_talk import RegistersTalk

    return RegistersTalk(around, parent)


def _data(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.data.talk import DataTalk

    return DataTalk(around, parent)


def _ruler(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.ruler_talk import RulerTalk

    return RulerTalk(around, parent)


def _skills(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.skills_talk import SkillsTalk

    return SkillsTalk(around, parent)


def _own_password(around: Surroundings, parent: QObject) -> FurtherTalk:
    from ui.officer.own_password_talk import OwnPasswordTalk

    return OwnPasswordTalk(around, parent)


def further() -> tuple[Further, ...]:
    """Return the pages in the order they are shown; Ctrl+1 opens the first from anywhere."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("further", text)

    return (
        Further(
            "certify",
            "receive",
            tr("Chứng thực bản sao"),
            tr("Ghi giấy tờ, số trang, số bản; in lời chứng, thu tiền, chờ ký và trả."),
            _certify,
        ),
        Further(
            "trust",
            "shield",
            tr("Nơi cấp thẻ"),
            tr("Danh sách nơi ký thẻ căn cước mà quầy tin; nhập danh sách mới."),
            _trust,
        ),
        Further(
            "catalogue",
            "paper",
            tr("Danh mục thủ tục"),
            tr("Đọc trọn một thủ tục, lập phiên bản mới, công khai, nhận danh mục chính thức."),
            _catalogue,
        ),
        Further(
            "drawer",
            "database",
            tr("Quỹ thu phí"),
            tr("Các phiếu thu, số biên lai điện tử, kiểm kê tiền mặt và chốt quỹ."),
            _drawer,
        ),
        Further(
            "registers",
            "dossiers",
            tr("Sổ theo dõi"),
            tr("Sổ theo dõi hồ sơ và sổ chứng thực theo ngày; lọc, lưu XLSX, in PDF."),
            _registers,
        ),
        Further(
            "people",
            "person",
            tr("Cán bộ"),
            tr("Thêm cán bộ, trao vai trò, khóa, đặt lại mật khẩu; dành cho người quản trị."),
            _people,
        ),
        Further(
            "audit",
            "search",
            tr("Nhật ký"),
            tr("Ai đã làm gì với hồ sơ nào, và chuỗi ghi còn nguyên không; dành cho phụ trách."),
            _audit,
        ),
        Further(
            "ruler",
            "printer",
            tr("Đo khổ giấy"),
            tr("In thước trên máy in phiếu và ghi khổ giấy; dành cho người quản trị."),
            _ruler,
        ),
        Further(
            "data",
            "key",
            tr("Dữ liệu"),
            tr("Trao cho công dân dữ liệu của họ, đổi khóa mã hóa; dành cho phụ trách, quản trị."),
            _data,
        ),
        Further(
            "skills",
            "queue",
            tr("Lĩnh vực của quầy"),
            tr("Giao lĩnh vực cho từng quầy, cho quầy tạm nghỉ hay mở lại; dành cho phụ trách."),
            _skills,
        ),
        Further(
            "own_password",
            "lock",
            tr("Mật khẩu của tôi"),
            tr("Đổi mật khẩu hoặc mã PIN của người đang ngồi ở quầy."),
            _own_password,
        ),
    )


def key_of(number: int) -> str:
    """Return the key of the page at place *number*, counted from 0: the first ten have one."""
    return f"Ctrl+{(number + 1) % 10}" if number < 10 else ""
