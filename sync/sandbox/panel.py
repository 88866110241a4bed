"""The sandbox's own door beside the contract: a page for people, switches for tests."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

from sync.sandbox.faults import Fault
from sync.sandbox.server import Line

STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #1b2733 }
h1 { font-size: 1.4rem } table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #d6dde4 }
button { font: inherit; padding: .3rem .8rem; margin: .2rem }
.on { color: #0a6b3d } .off { color: #a3261b }
"""


class Panel:
    """The control door, on a port of its own so that it answers while the portal is off."""

    def __init__(self, line: Line, port: int) -> None:
        acts: dict[str, Callable[[Any], object]] = {
            "/off": lambda _body: line.switch_off(),
            "/on": lambda _body: line.switch_on(),
            "/faults": lambda body: line.faults.add([Fault(name) for name in body]),
            "/no-faults": lambda _body: line.faults.clear(),
            "/poison": line.gateway.records.poison.update,
            "/no-poison": lambda _body: line.gateway.records.poison.clear(),
            "/forget-tokens": lambda _body: line.gateway.forget_tokens(),
            "/reset": lambda _body: line.gateway.books.empty(),
        }
        views: dict[str, Callable[[], object]] = {
            "/dossiers": lambda: line.gateway.books.bodies(
                "SELECT body FROM dossier ORDER BY rowid"
            ),
            "/events": lambda: line.gateway.books.bodies(
                "SELECT body FROM event ORDER BY position"
            ),
            "/leases": lambda: line.gateway.books.bodies("SELECT body FROM lease ORDER BY rowid"),
            "/requests": lambda: dict(line.requests),
            "/state": lambda: {"on": line.is_on, "faults": line.faults.waiting()},
        }

        class Handler(_Handler):
            portal = line
            actions = acts
            questions = views

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="panel")
        self._thread.start()

    def close(self) -> None:
        """End for good."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    portal: ClassVar[Line]
    actions: ClassVar[dict[str, Callable[[Any], object]]]
    questions: ClassVar[dict[str, Callable[[], object]]]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/":
            self._send(200, self._page().encode(), "text/html; charset=utf-8")
        elif self.path in self.questions:
            found = json.dumps(self.questions[self.path](), ensure_ascii=False)
            self._send(200, found.encode(), "application/json")
        else:
            self._send(404, b"", "text/plain")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        from_page = "form" in (self.headers.get("Content-Type") or "")
        path = self.path
        if path not in self.actions:
            self._send(404, b"", "text/plain")
            return
        self.actions[path](None if from_page or not raw else json.loads(raw))
        if from_page:
            self.send_response(303)
            self.send_header("Location", "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(200, b"{}", "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> str:
        books = self.portal.gateway.books
        rows = "".join(
            f"<tr><td>{html.escape(str(d['code']))}</td>"
            f"<td>{html.escape(d['content']['procedure']['name'])}</td>"
            f"<td>{html.escape(d['content']['owner']['full_name'])}</td>"
            f"<td>{d['status']}</td><td>{html.escape(d['created_at'])}</td></tr>"
            for d in books.bodies("SELECT body FROM dossier ORDER BY rowid DESC LIMIT 200")
        )
        state = "đang mở" if self.portal.is_on else "đang tắt"
        sign = "on" if self.portal.is_on else "off"
        switches = "".join(
            f'<form method="post" action="{path}" style="display:inline">'
            f"<button>{words}</button></form>"
            for path, words in (
                ("/on", "Mở cổng"),
                ("/off", "Tắt cổng"),
                ("/forget-tokens", "Hủy mọi thẻ"),
                ("/no-faults", "Bỏ lỗi đang đặt"),
            )
        )
        return (
            f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Cổng thử nghiệm</title>'
            f"<style>{STYLE}</style><h1>Cổng thử nghiệm: "
            f'<span class="{sign}">{state}</span></h1><p>{switches}</p>'
            "<p>Chỉ dùng để trình diễn và kiểm thử. Mọi công dân ở đây đều hư cấu.</p>"
            "<table><tr><th>Mã hồ sơ</th><th>Thủ tục</th><th>Chủ hồ sơ</th><th>Trạng thái</th>"
            f"<th>Cổng nhận lúc</th></tr>{rows}</table></html>"
        )
