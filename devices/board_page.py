"""The board as a read-only page for televisions on the office's network, in a process of its own.

The board writes what it shows into a file; this process serves that file and one page, and knows
neither the database nor anything about a citizen. It ends when the board has not written for long.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.hall import HallView

HOUSE = Path(__file__).resolve().parents[1]
PAGE = HOUSE / "resources" / "board" / "page.html"
STATE = "state.json"
ABANDONED_S = 60.0
"""Seconds without news after which the board is taken for ended."""

FROZEN_WORD = "--run-board-page"
"""First argument with which a frozen program becomes the page; main.py hands the rest on."""

END_S = 5.0
SLOWEST_S = 5.0
"""A television that takes longer to ask is let go."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        "connect-src 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class BoardPage:
    """The page's process and the file it serves.

    Args:
        port: 0 takes a free one.
        host: Where it listens; all of this computer's addresses unless a test says otherwise.
    """

    def __init__(self, office: str, port: int, *, host: str = "") -> None:
        self._office = office
        self._folder = tempfile.TemporaryDirectory(prefix="board-")
        self._state = Path(self._folder.name) / STATE
        self._state.write_text("{}", encoding="utf-8")
        program = [sys.executable, "-m", "devices.board_page"]
        if getattr(sys, "frozen", False):
            program = [sys.executable, FROZEN_WORD]
        self._process = subprocess.Popen(
            [*program, self._folder.name, host, str(port)],
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        told = self._process.stdout.readline().strip()
        self.port = int(told) if told else 0
        """Where it answers; 0 when the port could not be had."""

    def show(self, view: HallView) -> None:
        """Let the page show *view*; a reader sees the old state or the new, never half."""
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps(told_of(view, self._office)), encoding="utf-8")
        fresh.replace(self._state)

    def close(self) -> None:
        """End the process; returns when it has ended."""
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._folder.cleanup()


def told_of(view: HallView, office: str) -> dict[str, object]:
    """Return what the page may know: numbers, places and counts, and when."""
    return {
        "office": office,
        "moment": view.moment.isoformat(),
        "calls": [
            {"seq": call.seq, "number": call.number, "counter": call.counter} for call in view.calls
        ],
        "missed": list(view.missed),
        "waiting": [{"name": s.name, "count": s.waiting} for s in view.waiting if s.waiting],
        "helps": list(view.helps),
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    folder = Path()

    def service_actions(self) -> None:
        """End this process when nobody writes any more."""
        try:
            age = time.time() - (self.folder / STATE).stat().st_mtime
        except OSError:
            raise SystemExit(0) from None
        if age > ABANDONED_S:
            raise SystemExit(0)


class _Handler(BaseHTTPRequestHandler):
    timeout = SLOWEST_S
    server_version = "bang-goi-so"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the page or its state; there is nothing else."""
        assert isinstance(self.server, _Server)  # noqa: S101 - only that server has this handler
        if self.path == "/":
            self._answer(PAGE, "text/html; charset=utf-8")
        elif self.path == f"/{STATE}":
            self._answer(self.server.folder / STATE, "application/json")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _answer(self, path: Path, kind: str) -> None:
        body = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep no list of who looked."""


def serve(arguments: list[str]) -> int:
    """Serve the folder on the host and port given; print the port first."""
    folder, host, port = arguments
    try:
        server = _Server((host, int(port)), _Handler)
    except OSError:
        return 3
    server.folder = Path(folder)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    with server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1:]))
