"""The program's only door: reads the command line and hands it to one file of ``program/``."""

from __future__ import annotations

import logging
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING

from counter.errors import DeskError
from program import VERSION, discreet, private, trial

if TYPE_CHECKING:
    import argparse

SANDBOX_WORD = "--run-sandbox-portal"
CARD_WORD = "--attend-card-readers"
BOARD_PAGE_WORD = "--run-board-page"
FILE_WORD = "--look-at-file"
WINDOWS = {"kiosk", "board"}
"""Commands that have come up only when their window stands."""


def main(argv: list[str]) -> int:
    """Run one command, or the officer's window; return the exit code of docs/commands.md."""
    if argv[:1] == [SANDBOX_WORD]:  # a frozen program starts its sandbox as itself
        from sync.sandbox.__main__ import serve

        return serve(argv[1:])
    if argv[:1] == [CARD_WORD]:  # and likewise the process that PC/SC is called in
        from devices.card.apart import attend

        return attend()
    if argv[:1] == [BOARD_PAGE_WORD]:
        from devices.board_page import serve as serve_board

        return serve_board(argv[1:])
    if argv[:1] == [FILE_WORD]:
        from devices.scan.look import main as look_at_file

        return look_at_file()
    from ui.command_line import parse

    as_json = "--json" in argv  # said before it is known whether the rest is a command
    try:
        arguments = parse(argv, VERSION)
        as_json = arguments.json
        return run(arguments)
    except DeskError as error:
        from ui import terminal

        return terminal.complain(error, as_json=as_json)


def run(arguments: argparse.Namespace) -> int:
    """Run the command, which is a file of its name, or open the officer's window."""
    logging.basicConfig(level=logging.WARNING, handlers=[discreet.handler_to(sys.stderr)])
    sys.excepthook, threading.excepthook = discreet.log_end, discreet.log_thread
    if not arguments.command:
        from program import officer

        return officer.run(arguments)
    command = import_module(f"program.commands.{arguments.command.replace('-', '_')}")
    if arguments.command not in WINDOWS:
        trial.began()
    with trial.telling_clearly():
        exit_code: int = command.run(arguments)
    return exit_code


if __name__ == "__main__":
    private.keep_to_oneself()
    with trial.orderly():
        raise SystemExit(main(sys.argv[1:]))
