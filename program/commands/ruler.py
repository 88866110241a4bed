"""``ruler``: print the page that tells how wide the roll printer prints, or keep what it told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.values import now
from program.rooms import desk_open, hall_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Print the page, or keep the width; the second needs the desk to itself."""
    width = arguments.last
    if width is not None:
        from counter.desk.desk import Desk

        with desk_open(arguments) as context:
            Desk(context).keep_ticket_width(width)
        terminal.answer(
            {"printed": "no", "width_dots": width},
            [f"Đã ghi khổ {width} điểm. Mở lại chương trình để dùng."],
            as_json=arguments.json,
        )
        return terminal.DONE
    from counter.ports import Outcome
    from counter.trial_papers import trial_ruler
    from devices.paper.spool import open_devices

    with hall_open(arguments) as hall:
        printers = hall.settings.settings.printers
        outcome, place = open_devices(printers, hall.folder.tray)["tickets"].make(
            trial_ruler(now())
        )
    in_tray = outcome is Outcome.TRAY
    terminal.answer(
        {
            "printed": "printed" if in_tray else outcome.value,
            "width_dots": printers.tickets.width_dots,
        },
        [
            f"Trang thước ở: {place}",
            "Tìm dòng dài nhất còn đủ ô đen ở cuối, rồi chạy: ruler --last SỐ_ĐẦU_DÒNG",
        ],
        as_json=arguments.json,
    )
    return terminal.DONE
