"""Run the sandbox portal until its parent goes away: ``python -m sync.sandbox FOLDER``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from counter.values import now
from sync.sandbox.books import Books
from sync.sandbox.gateway import Gateway
from sync.sandbox.panel import Panel
from sync.sandbox.server import Line


def serve(argv: list[str]) -> int:
    """Serve until standard input ends, which it does when the parent ends, however it ends."""
    parser = argparse.ArgumentParser(prog="sync.sandbox")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--agency", default="H55.242")
    parser.add_argument("--desk", action="append", default=[], metavar="ID:SECRET")
    arguments = parser.parse_args(argv)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    books = Books(arguments.folder / "portal.db")
    secrets = dict(desk.split(":", 1) for desk in arguments.desk)
    gateway = Gateway(books, agency=arguments.agency, desk_secrets=secrets, clock=now)
    line = Line(gateway, arguments.port)
    panel = Panel(line, 0)
    sys.stdout.write(json.dumps({"port": line.port, "panel": panel.port}) + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    panel.close()
    line.close()
    books.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(serve(sys.argv[1:]))
