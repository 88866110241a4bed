"""``fleet``: say how every desk is that tells into one folder, those in trouble first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Read the folder and judge it; no desk is opened and nothing is written."""
    from counter.calendar import load_calendar
    from counter.errands import see_through
    from counter.fleet import judge, read_fleet
    from counter.values import now
    from program import RESOURCES
    from ui.fleet_words import fleet_json, fleet_words

    folder = arguments.folder
    told, bad_files = see_through(folder, lambda step: read_fleet(folder, step))
    fleet = judge(told, bad_files, load_calendar(RESOURCES / "calendars"), now())
    terminal.answer(fleet_json(fleet), fleet_words(fleet), as_json=arguments.json)
    return terminal.DONE if fleet.is_well else terminal.DOES_NOT_HOLD
