"""Where the pages of the officer's window stand in the rail: number, icon, word and key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.officer.rail import Place

RECEIVE, QUEUE, DOSSIERS, TODAY, CARRY, PORTAL, MORE, DEVICES, HELP = range(9)


def places() -> tuple[Place, ...]:
    """Return the rail from top to bottom; a page's number is its place here."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("places", text)

    return (
        Place("receive", tr("Tiếp nhận"), "F2"),
        Place("queue", tr("Hàng đợi"), "F3"),
        Place("dossiers", tr("Hồ sơ"), "F4"),
        Place("calendar", tr("Hôm nay"), "Alt+N"),
        Place("next", tr("Giao nhận"), "Ctrl+B"),
        Place("portal", tr("Gửi cổng"), "F6"),
        Place("more", tr("Việc khác"), "Ctrl+M"),
        Place("devices", tr("Thiết bị"), "F7"),
        Place("help", tr("Trợ giúp"), "F1"),
    )
