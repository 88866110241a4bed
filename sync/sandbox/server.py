"""The sandbox portal's HTTP: requests in, replies out, and the line cut when a fault says so."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from sync.sandbox.faults import Fault, FaultLine
from sync.sandbox.gateway import Gateway
from sync.sandbox.reply import Reply, problem

BASE = "/motcua/v1"
SILENCE_S = 120.0
LARGEST_BODY = 8 * 1024 * 1024
LONG_POLL_S = 30.0
CAPTIVE = "<!DOCTYPE html><html><title>Wifi</title><body>Đăng nhập mạng</body></html>"


class Line:
    """The portal's address: can be switched off and on again at the same port."""

    def __init__(self, gateway: Gateway, port: int) -> None:
        self.gateway = gateway
        self.faults = FaultLine()
        self.requests: Counter[str] = Counter()
        self.ending = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._server: ThreadingHTTPServer | None = None
        self._thread: Thread | None = None
        self.port = port
        self.switch_on()

    def switch_on(self) -> None:
        """Take requests at the same port as before; nothing happens when it already does."""
        if self._server is not None:
            return
        line = self

        class Handler(_Handler):
            portal = line

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="portal")
        self._thread.start()

    def switch_off(self) -> None:
        """Refuse connections and cut those that are open."""
        if self._server is None or self._thread is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None
        with self._lock:
            for connection in self._open:
                _cut(connection)

    def close(self) -> None:
        """End for good."""
        self.ending.set()
        self.switch_off()

    @property
    def is_on(self) -> bool:
        """Whether requests are taken."""
        return self._server is not None

    def note(self, connection: socket.socket, *, is_open: bool) -> None:
        """Remember which connections are open."""
        with self._lock:
            if is_open:
                self._open.add(connection)
            else:
                self._open.discard(connection)


class _HungUp(Exception):
    """The line was cut on purpose."""


class _Handler(BaseHTTPRequestHandler):
    portal: ClassVar[Line]
    protocol_version = "HTTP/1.1"
    server_version = "SandboxPortal/1"
    sys_version = ""
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.portal.note(self.request, is_open=True)

    def finish(self) -> None:
        self.portal.note(self.request, is_open=False)
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    def handle(self) -> None:
        try:
            super().handle()
        except (_HungUp, OSError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: paths and bodies hold citizens' data."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > LARGEST_BODY:
            self._send(problem(413, "payload-too-large", "Thân quá lớn", retry="fix"))
            return
        raw = self.rfile.read(size)
        parts = urlsplit(self.path)
        self.portal.requests[f"{self.command} {parts.path.removeprefix(BASE)}"] += 1
        fault = self.portal.faults.next()
        if fault is not None and self._strike(fault):
            return
        reply = self._answer(parts.path, dict(parse_qsl(parts.query)), raw)
        if fault is Fault.TWICE:
            reply = self._answer(parts.path, dict(parse_qsl(parts.query)), raw)
        if fault is Fault.TOOK_IT_THEN_HUNG_UP:
            self._hang_up()
        self._send(reply, truncated=fault is Fault.TRUNCATED)

    def _strike(self, fault: Fault) -> bool:
        """Fail the request before the portal's rules see it; False when they must."""
        busy = {"Retry-After": "1"}
        early = {
            Fault.SERVER_ERROR: problem(500, "server-error", "Lỗi của cổng"),
            Fault.BUSY: problem(503, "maintenance", "Cổng bảo trì"),
            Fault.TOO_MANY: problem(429, "rate-limited", "Quá nhiều yêu cầu"),
            Fault.TOKEN_ENDED: problem(401, "token-expired", "Thẻ hết hạn"),
        }
        if fault in early:
            headers = busy if fault in {Fault.BUSY, Fault.TOO_MANY} else {}
            self._send(Reply(early[fault].status, early[fault].body, headers))
        elif fault is Fault.HANG_UP:
            self._hang_up()
        elif fault is Fault.SILENT:
            self.portal.ending.wait(SILENCE_S)
            self._hang_up()
        elif fault is Fault.HTML:
            self._send_bytes(502, CAPTIVE.encode(), "text/html; charset=utf-8")
        elif fault is Fault.CAPTIVE_PORTAL:
            self._send_bytes(200, CAPTIVE.encode(), "text/html; charset=utf-8")
        elif fault is Fault.EMPTY:
            self._send_bytes(200, b"", "application/json")
        elif fault is Fault.REDIRECT:
            location = {"Location": "http://127.0.0.1:9/login"}
            self._send_bytes(302, b"", "text/html", location)
        else:
            return False
        return True

    def _answer(self, path: str, query: dict[str, str], raw: bytes) -> Reply:
        gateway = self.portal.gateway
        if not path.startswith(BASE):
            return problem(404, "not-found", "Không có đường dẫn này")
        route = path.removeprefix(BASE)
        if route == "/oauth2/token" and self.command == "POST":
            return gateway.token(dict(parse_qsl(raw.decode(errors="replace"))))
        desk = gateway.desk_of(self.headers.get("Authorization", ""))
        if desk is None:
            return problem(401, "token-missing", "Cần thẻ truy cập")
        if self.command == "GET":
            return self._read(gateway, desk, route, query)
        return self._write(gateway, desk, route, raw)

    def _read(self, gateway: Gateway, desk: str, route: str, query: dict[str, str]) -> Reply:
        if route == "/capabilities":
            return gateway.capabilities(desk)
        if route == "/serial-leases":
            return gateway.leases(desk, query.get("date"))
        if route == "/dossiers":
            return gateway.records.find_dossiers(query)
        if route.startswith("/dossiers/") and route.count("/") == 2:
            return gateway.records.dossier(route.rsplit("/", 1)[1])
        if route == "/changes":
            return self._changes(gateway, query)
        return problem(404, "not-found", "Không có đường dẫn này")

    def _changes(self, gateway: Gateway, query: dict[str, str]) -> Reply:
        """Answer at once when there is news, else wait as long as the desk asked."""
        until = time.monotonic() + min(float(query.get("wait", "0")), LONG_POLL_S)
        while True:
            reply = gateway.records.changes(query)
            if reply.body["items"] or time.monotonic() >= until:
                return reply
            if self.portal.ending.wait(0.1):
                return reply

    def _write(self, gateway: Gateway, desk: str, route: str, raw: bytes) -> Reply:
        key = self.headers.get("Idempotency-Key")
        if not key:
            return problem(400, "idempotency-key-missing", "Thiếu Idempotency-Key")
        if not (self.headers.get("Content-Type") or "").startswith("application/json"):
            return problem(415, "unsupported-media-type", "Cần application/json", retry="fix")
        try:
            body = json.loads(raw)
        except ValueError:
            return problem(400, "bad-request", "Thân không phải JSON")
        records = gateway.records
        if route == "/serial-leases" and self.command == "POST":
            return gateway.once(key, raw, lambda books: gateway.lease(books, desk, body))
        if route == "/dossiers/bulk" and self.command == "POST":
            return gateway.once(key, raw, lambda books: records.dossiers_bulk(books, desk, body))
        if route == "/events/bulk" and self.command == "POST":
            return gateway.once(key, raw, lambda books: records.events_bulk(books, body))
        if route.startswith("/dossiers/") and route.count("/") == 2 and self.command == "PUT":
            match = (self.headers.get("If-Match") or "").strip('"')
            version = int(match) if match.isdigit() else None
            return gateway.once(
                key, raw, lambda books: records.put_dossier(books, desk, body, version)
            )
        return problem(404, "not-found", "Không có đường dẫn này")

    def _send(self, reply: Reply, *, truncated: bool = False) -> None:
        kind = "application/problem+json" if reply.status >= 400 else "application/json"
        body = json.dumps(reply.body, ensure_ascii=False).encode()
        if not truncated:
            self._send_bytes(reply.status, body, kind, dict(reply.headers))
            return
        self._head(reply.status, len(body), kind, dict(reply.headers))
        self.wfile.write(body[: len(body) // 2])
        self._hang_up()

    def _send_bytes(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self._head(status, len(body), kind, headers or {})
        self.wfile.write(body)

    def _head(self, status: int, size: int, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(size), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _hang_up(self) -> None:
        self.wfile.flush()
        _cut(self.connection)
        raise _HungUp


def _cut(connection: socket.socket) -> None:
    """Close so that the other side sees a broken line and not an orderly end."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
