"""``doctor``: say how every part of the desk is and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.checks import checks_of
from program.rooms import desk_open, sandbox_of
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Say how every part of the desk is and what to do; also of a desk that does not open."""
    from counter.errors import DiskFull, StoreDamaged, StoreReadOnly

    try:
        with (
            sandbox_of(arguments) as sandbox,
            desk_open(arguments, url=sandbox.url if sandbox else None) as context,
        ):
            checks = checks_of(context, arguments)
    except (DiskFull, StoreDamaged, StoreReadOnly) as error:
        from program.shut_desk import checks_around

        checks = checks_around(error, arguments)
    payload = terminal.checks_json(checks)
    terminal.answer(payload, terminal.checks_words(checks), as_json=arguments.json)
    return terminal.DONE if payload["ok"] else terminal.DOES_NOT_HOLD
