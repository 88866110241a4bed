"""``call``: call the next number to a counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.values import now
from program.rooms import hall_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Call the next number to a counter."""
    from counter.desk import calls

    with hall_open(arguments) as hall:
        called = calls.call_next(hall, arguments.counter)
        moment = now()
    terminal.answer(
        terminal.called_json(called, arguments.counter, moment),
        terminal.called_words(called, arguments.counter),
        as_json=arguments.json,
    )
    return terminal.DONE
