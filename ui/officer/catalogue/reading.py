"""One procedure read whole: every part under its name, the version chosen above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from counter.curation import Part
from ui import written
from ui.officer.catalogue import telling
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.section import Section
from ui.parts.stack import Stack
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.curation import Version

ORDER = (
    Part.PAPERS,
    Part.TERM,
    Part.FEES,
    Part.RESULTS,
    Part.AGENCY,
    Part.NOTES,
    Part.LEGAL_BASIS,
)


class Reading(Section):
    """Shows one version of a procedure.

    Signals:
        turned: Nothing; another version is shown.
    """

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Nội dung thủ tục"), parent=parent)
        self._versions: tuple[Version, ...] = ()
        self._choice = QComboBox()
        self._choice.setObjectName("catalogue_version")
        self._choice.setAccessibleName(self.tr("Phiên bản"))
        self._choice.setMinimumWidth(300)
        self._choice.activated.connect(self._on_turned)
        self.head.addWidget(self._choice)
        self._name = words(role="strong", wrap=True)
        self._name.setObjectName("catalogue_name")
        self._about = words(role="caption", wrap=True)
        self._public, self._unsure = Badge(), Badge()
        badges = QHBoxLayout()
        badges.addWidget(self._public, 1)
        badges.addWidget(self._unsure, 1)
        self._area = QScrollArea()
        self._area.setObjectName("catalogue_text")
        self._area.setAccessibleName(self.tr("Nội dung thủ tục"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addLayout(badges)
        column.addWidget(self._area, 1)
        self._none = Empty(
            "paper",
            self.tr("Chưa chọn thủ tục nào"),
            self.tr("Gõ vài chữ ở ô tìm rồi chọn một dòng để đọc trọn thủ tục."),
        )
        self._sides = Stack(self)
        self._sides.addWidget(self._none)
        self._sides.addWidget(whole)
        self.body.addWidget(self._sides, 1)
        self._whole = whole
        self.show_versions(())

    @property
    def version(self) -> Version | None:
        """The version that is shown."""
        place = self._choice.currentIndex()
        return self._versions[place] if 0 <= place < len(self._versions) else None

    def show_versions(self, versions: tuple[Version, ...], chosen: int = 0) -> None:
        """Show a procedure's versions, the one at place *chosen* open; none empties the page."""
        self._versions = versions
        self._choice.clear()
        self._choice.addItems([_label(version) for version in versions])
        self._choice.setVisible(bool(versions))
        self._sides.setCurrentWidget(self._whole if versions else self._none)
        if versions:
            self._choice.setCurrentIndex(chosen)
            self._show()

    @Slot()
    def _on_turned(self) -> None:
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        version = self.version
        if version is None:
            return
        procedure = version.procedure
        self._name.setText(procedure.name)
        used = self.tr("%1 hồ sơ đã nhận theo phiên bản này").replace("%1", str(version.used))
        self._about.setText(
            f"{procedure.code} · {procedure.field.name} · {procedure.revision} · {used}"
        )
        if version.published_at is None:
            self._public.say("muted", self.tr("Chưa công khai phiên bản này"))
        else:
            told = self.tr("Đã công khai lúc %1")
            self._public.say("good", told.replace("%1", written.moment(version.published_at)))
        self._unsure.setVisible(procedure.unverified)
        self._unsure.say("warn", self.tr("Chưa đối chiếu hết với văn bản"))
        self._area.setWidget(self._text())

    def _text(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 12, 8)
        column.setSpacing(3)
        version = self.version
        if version is not None:
            for part in ORDER:
                lines = telling.lines_of(version.procedure, part)
                if not lines:
                    continue
                column.addSpacing(7)
                column.addWidget(words(said(telling.PARTS[part]), "caption"))
                for number, line in enumerate(lines, 1):
                    told = f"{number}. {line}" if part is Part.PAPERS else line
                    column.addWidget(words(told, wrap=True))
        column.addStretch(1)
        return page


def _label(version: Version) -> str:
    procedure = version.procedure
    begins = written.day(procedure.effective_from)
    ends = written.day(procedure.effective_to) if procedure.effective_to else "…"
    origin = said(telling.ORIGINS[version.origin])
    told = QCoreApplication.translate("Reading", "Từ %1 đến %2 (%3)")
    return told.replace("%1", begins).replace("%2", ends).replace("%3", origin)
