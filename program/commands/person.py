"""``person``: write everything the desk keeps about one citizen into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import desk_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Write the file; whoever runs this has seen the citizen's identity card and says so."""
    from counter.desk.data_desk import DataDesk
    from counter.values import CitizenNumber

    with desk_open(arguments) as context:
        count = DataDesk(context).export_person(
            CitizenNumber(arguments.id),
            arguments.output,
            identity_checked=arguments.identity_checked,
        )
    terminal.answer(
        {"dossiers": count, "file": str(arguments.output)},
        [f"Đã ghi dữ liệu của {count} hồ sơ vào {arguments.output}; hãy trao cho đúng người."],
        as_json=arguments.json,
    )
    return terminal.DONE
