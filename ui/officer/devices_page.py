"""How every part of the desk is: reader, printers, data, clock, portal; and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter.work import Check, CheckState
from ui import states, texts
from ui.icons import Drawing
from ui.officer.page import Page
from ui.parts.keys import KeyButton
from ui.parts.layouts import empty
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from ui.officer.hands import DeskInfo

TONES = {CheckState.OK: "good", CheckState.WARNING: "warn", CheckState.FAILED: "bad"}


class DevicesPage(Page):
    """Shows the last check-up and the settings, and asks for another check-up.

    Signals:
        check_asked: Nothing.
        trust_asked: Nothing; the officer wants to see whose cards are believed.
    """

    check_asked = Signal()
    trust_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Kiểm tra thiết bị"),
            self.tr("Mỗi dòng nói còn tốt không và nên làm gì."),
            parent,
        )
        again = KeyButton(self.tr("Kiểm tra lại"), "Ctrl+K", sign="refresh", primary=True)
        again.setObjectName("check_again")
        again.clicked.connect(self.check_asked)
        issuers = KeyButton(self.tr("Nơi cấp thẻ được tin"), "Ctrl+I", sign="shield")
        issuers.setObjectName("trust_open")
        issuers.clicked.connect(self.trust_asked)
        self.buttons.addWidget(issuers)
        self.buttons.addWidget(again)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        self._settings = QPlainTextEdit()
        self._settings.setReadOnly(True)
        self._settings.setObjectName("settings_text")
        self._settings.setAccessibleName(self.tr("Tệp cài đặt"))
        self._where = words(role="caption", wrap=True)
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(430)
        side = QVBoxLayout(card)
        side.setContentsMargins(18, 14, 18, 16)
        side.addWidget(words(self.tr("Cài đặt của quầy"), "title"))
        side.addWidget(self._where)
        side.addWidget(self._settings, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(scroll, 1)
        row.addWidget(card)
        self.body.addLayout(row, 1)
        self._wait = words(self.tr("Đang kiểm tra…"), "caption")
        self._rows.addWidget(self._wait)

    def show_info(self, info: DeskInfo) -> None:
        """Show the settings this desk runs with."""
        told = self.tr("Tệp %1. Sửa bằng trình soạn thảo rồi mở lại chương trình.")
        self._where.setText(told.replace("%1", info.settings_path))
        self._settings.setPlainText(info.settings_text)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Show what the check-up found."""
        empty(self._rows)
        for check in checks:
            self._rows.addWidget(check_row(check))


def check_row(check: Check) -> QFrame:
    """Return one line: state, what it is about, what was found and what to do."""
    tone = TONES[check.state]
    row = QFrame()
    row.setProperty("role", "card")
    row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    found, advice = _facts(check), ""
    if check.error is not None:
        told = texts.sentence(check.error)
        found, advice = told.what, told.advice
    named = QVBoxLayout()
    named.setSpacing(1)
    named.addWidget(words(said(states.CHECKS[check.name]), "strong"))
    for text, role in ((found, ""), (advice, "caption")):
        if text:
            named.addWidget(words(text, role, wrap=True))
    line = QHBoxLayout(row)
    line.setContentsMargins(14, 10, 14, 10)
    line.setSpacing(12)
    line.addWidget(Drawing(tone, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(named, 1)
    state = said(states.CHECK_STATES[check.state])
    line.addWidget(words(state, "strong", tone=tone), 0, Qt.AlignmentFlag.AlignTop)
    row.setAccessibleName(f"{said(states.CHECKS[check.name])}: {state}. {found} {advice}")
    return row


def _facts(check: Check) -> str:
    """Return what was found, in words where a bare number would say nothing."""
    if check.name != "database":
        return check.facts
    told = QCoreApplication.translate("DevicesPage", "Đang giữ %1 hồ sơ")
    return told.replace("%1", check.facts)
