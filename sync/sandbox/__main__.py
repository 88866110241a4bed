"""Run the sandbox portal until its parent goes away: ``python -m sync.sandbox FOLDER``."""

from __future__ import annotations

import argparse
import json
import signal
import ssl
import sys
from pathlib import Path

from counter.values import now
from sync.sandbox.door import Door
from sync.sandbox.gateway import Desk, Gateway
from sync.sandbox.national import NationalLine
from sync.sandbox.rules import BEYOND_RULES, RULES
from sync.sandbox.server import Line


def serve(argv: list[str]) -> int:
    """Serve until standard input ends, which it does when the parent ends, however it ends."""
    parser = argparse.ArgumentParser(prog="sync.sandbox")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--desk", action="append", default=[], metavar="ID:SECRET")
    parser.add_argument("--certificate", type=Path, metavar="PEM")
    arguments = parser.parse_args(argv)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent; its end ends this
    desks = [_enrolled(text) for text in arguments.desk]
    gateway = Gateway(arguments.folder, desks=desks, rules={**RULES, **BEYOND_RULES}, clock=now)
    line = Line(gateway, arguments.port, secure=_secure(arguments.certificate))
    national = NationalLine(gateway, 0, {desk.id: desk.secret for desk in desks})
    door = Door(line, national, 0)
    ports = {"port": line.port, "panel": door.port, "national": national.port}
    sys.stdout.write(json.dumps(ports) + "\n")
    sys.stdout.flush()
    sys.stdin.buffer.read()
    door.close()
    line.close()
    national.close()
    gateway.close()
    return 0


def _enrolled(text: str) -> Desk:
    desk_id, _, secret = text.partition(":")
    return Desk(id=desk_id, agency=desk_id.rpartition("-")[0], secret=secret)


def _secure(certificate: Path | None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


if __name__ == "__main__":
    raise SystemExit(serve(sys.argv[1:]))
