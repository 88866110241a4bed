"""The sandbox portal's HTTP: requests in, replies out, and the line broken when a fault says so."""

from __future__ import annotations

import json
import socket
import ssl
import sys
import time
import zlib
from collections import Counter, deque
from collections.abc import Mapping
from email.utils import format_datetime
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from counter.values import rfc3339
from sync.sandbox.faults import AFTER, Fault, FaultLine
from sync.sandbox.gateway import JSON_BYTES, Gateway
from sync.sandbox.operations import Operation, find_operation
from sync.sandbox.reply import Reply, bad_request, problem

BASE = "/motcua/v1"
SILENCE_S = 120.0
IDLE_S = 120.0
DRIPS = 40
DRIP_S = 0.05
NARROW_BYTES = 1600
"""What comes through a narrow line in ``DRIP_S``: 32 kB in a second."""

BOMB_BYTES = 256 * 1024 * 1024
DRAIN_BYTES = 128 * 1024 * 1024
CAPTIVE = "<!DOCTYPE html><html><title>Wifi</title><body>Đăng nhập mạng</body></html>"
STRANGERS = {Fault.HTML: 502, Fault.CAPTIVE_PORTAL: 200, Fault.PROXY_LOGIN: 407}
"""Pages of something on the way that is not the portal, with their status."""

MOST_NOTED = 200


class Line:
    """The portal's address: can be switched off and on again at the same port.

    Args:
        handler: What reads requests and answers them; the contract's by default.

    Attributes:
        delay_s: Seconds each answer takes on its way.
        requests: How often each method and path was asked for.
        seen: The last requests: when, what, which fault, what was answered.
    """

    def __init__(
        self,
        gateway: Gateway,
        port: int,
        *,
        secure: ssl.SSLContext | None = None,
        handler: type[Handler] | None = None,
    ) -> None:
        self.gateway = gateway
        self.faults = FaultLine()
        self.delay_s = 0.0
        self.requests: Counter[str] = Counter()
        self.operations: Counter[str] = Counter()
        self.seen: deque[dict[str, Any]] = deque(maxlen=MOST_NOTED)
        self.last_reply: Reply | None = None
        self._secure = secure
        self._handler = handler or Handler
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
        bound = type("Bound", (self._handler,), {"portal": self})
        self._server = _Server(("127.0.0.1", self.port), bound)
        if self._secure is not None:
            self._server.socket = self._secure.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
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
                cut(connection)

    def close(self) -> None:
        """End for good."""
        self.gateway.ending.set()
        self.switch_off()

    @property
    def is_on(self) -> bool:
        """Whether requests are taken."""
        return self._server is not None

    def hold(self, connection: socket.socket) -> None:
        """Remember an open connection, so that it can be cut."""
        with self._lock:
            self._open.add(connection)

    def let_go(self, connection: socket.socket) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.discard(connection)

    def note(self, request: str, operation: str, fault: Fault | None, status: int | None) -> None:
        """Note what was asked and answered, without personal data."""
        with self._lock:
            self.requests[request] += 1
            self.operations[operation] += 1
            at = rfc3339(self.gateway.now())
            struck = fault.value if fault else None
            entry = {"at": at, "operation": operation, "fault": struck, "status": status}
            self.seen.append(entry)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of lines that break; a mistake of ours goes to the error output."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _HungUp(Exception):
    """The line was cut on purpose."""


class Handler(BaseHTTPRequestHandler):
    """Reads requests, answers them by the rules, and breaks the line when a fault says so."""

    portal: ClassVar[Line]
    protocol_version = "HTTP/1.1"
    server_version = "SandboxPortal/1"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = IDLE_S

    def setup(self) -> None:
        """Begin a connection."""
        super().setup()
        self.portal.hold(self.request)

    def finish(self) -> None:
        """End a connection."""
        self.portal.let_go(self.request)
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    def handle(self) -> None:
        """Answer what comes over one connection."""
        try:
            super().handle()
        except (_HungUp, OSError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: paths and bodies hold citizens' data."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the portal's time, which may be wrong, for the ``Date`` header."""
        return format_datetime(self.portal.gateway.now(), usegmt=True)

    def _take(self) -> None:
        self.serve()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _take  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what HTTP itself cannot read, or has no method for, as the contract does."""
        self.close_connection = True
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._send(problem(405, "method-not-allowed", "Không có thao tác này"))
        else:
            self._send(bad_request(message or "không phải HTTP"))

    def serve(self) -> None:
        """Answer one request, in the way the fault says that waits for it."""
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(BASE) if parts.path.startswith(f"{BASE}/") else ""
        found = find_operation(self.command, path)
        operation = None if isinstance(found, Reply) else found[0]
        name = operation.id if operation else "-"
        fault = self.portal.faults.next(name)
        request = f"{self.command} {path}"
        raw = self.read_body(operation)
        if isinstance(raw, Reply):
            self.close_connection = True
            self.portal.note(request, name, fault, raw.status)
            self._send(raw)
            return
        if fault is not None and fault not in AFTER:
            self.portal.note(request, name, fault, None)
            self.strike(fault)
            return
        reply = found if isinstance(found, Reply) else self._answer(*found, parts.query, raw)
        if fault is Fault.TWICE and not isinstance(found, Reply):
            reply = self._answer(*found, parts.query, raw)
        self.portal.note(request, name, fault, reply.status)
        self.reply_with(fault, reply)

    def read_body(self, operation: Operation | None = None) -> bytes | Reply:
        """Return the body, or what is answered when it is too large or cannot be told."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit():
            return bad_request("cần Content-Length")
        is_piece = operation is not None and operation.id == "patchUpload"
        most = 50 * 1024 * 1024 if is_piece else JSON_BYTES
        if int(length) > most:
            left = min(int(length), DRAIN_BYTES)  # else the answer is lost in a reset connection
            while left > 0 and (piece := self.rfile.read(min(left, 65536))):
                left -= len(piece)
            return problem(413, "payload-too-large", "Thân yêu cầu quá lớn")
        raw = self.rfile.read(int(length))
        if len(raw) < int(length) and (not is_piece or "Upload-Checksum" in self.headers):
            raise _HungUp
        return raw

    def _answer(
        self, operation: Operation, steps: Mapping[str, str], query: str, raw: bytes
    ) -> Reply:
        headers = {name.lower(): value for name, value in self.headers.items()}
        given = operation.read(steps, dict(parse_qsl(query, keep_blank_values=True)), headers)
        if isinstance(given, Reply):
            return given
        gateway = self.portal.gateway
        until = time.monotonic() + given.get("wait", 0)
        reply = gateway.answer(operation, given, headers, raw)
        while operation.id == "listChanges" and reply.status == 200 and not reply.body["items"]:
            if not gateway.wait_for_news(until):
                break
            reply = gateway.answer(operation, given, headers, raw)
        if operation.method not in {"GET", "HEAD"}:
            gateway.tell_news()
        return reply

    def strike(self, fault: Fault) -> None:
        """Fail the request before the portal's rules see it."""
        wait = {"Retry-After": "1"}
        if fault is Fault.SERVER_ERROR:
            self._send(problem(500, "server-error", "Lỗi của cổng"))
        elif fault is Fault.BUSY:
            self._send(_with(problem(503, "maintenance", "Cổng bảo trì"), wait))
        elif fault is Fault.TOO_MANY:
            self._send(_with(problem(429, "rate-limited", "Quá nhiều yêu cầu"), wait))
        elif fault is Fault.TOKEN_ENDED:
            named = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            self._send(_with(problem(401, "token-expired", "Thẻ đã hết hạn"), named))
        elif fault is Fault.TOO_LARGE:
            self._send(problem(413, "payload-too-large", "Thân yêu cầu quá lớn"))
        elif fault is Fault.SILENT:
            self.portal.gateway.ending.wait(SILENCE_S)
            self._hang_up()
        elif fault in STRANGERS:
            page = Reply(STRANGERS[fault], CAPTIVE.encode(), kind="text/html; charset=utf-8")
            self._send(page)
        elif fault is Fault.EMPTY:
            self._send(Reply(200, b"", kind="application/json"))
        elif fault is Fault.REDIRECT:
            login = {"Location": "http://127.0.0.1:9/login"}
            self._send(Reply(302, b"", login, kind="text/html"))
        elif fault is Fault.GZIP_BOMB:
            packed = {"Content-Encoding": "gzip"}
            self._send(Reply(200, _bomb(), packed, kind="application/json"))
        else:
            self._hang_up()

    def reply_with(self, fault: Fault | None, reply: Reply) -> None:
        """Send what the rules answered, in the way *fault* says."""
        portal = self.portal
        old, portal.last_reply = portal.last_reply, reply
        if portal.delay_s:
            portal.gateway.ending.wait(portal.delay_s)
        if fault is Fault.TOOK_IT_THEN_HUNG_UP:
            self._hang_up()
        elif fault is Fault.TOOK_IT_THEN_SILENT:
            portal.gateway.ending.wait(SILENCE_S)
            self._hang_up()
        elif fault is Fault.OLD_REPLY and old is not None:
            self._send(old)
        elif fault is Fault.DISORDER and isinstance(reply.body, dict) and "items" in reply.body:
            items = [*reversed(reply.body["items"]), *reply.body["items"]]
            self._send(Reply(reply.status, {**reply.body, "items": items}, reply.headers))
        else:
            self._send(reply, fault)

    def _send(self, reply: Reply, fault: Fault | None = None) -> None:
        body = reply.body
        kind = reply.kind or ("application/json" if reply.is_taken else "application/problem+json")
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
        self._head(reply, kind, body)
        if body is None or self.command == "HEAD":
            return
        if fault is Fault.TRUNCATED:
            self.wfile.write(body[: len(body) // 2])
            self._hang_up()
        if fault is Fault.CORRUPTED and body:
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 0x55]) + body[middle + 1 :]
        if fault is Fault.SLOW:
            self._let_through(body, len(body) // DRIPS + 1, DRIP_S)
        elif fault is Fault.NARROW:
            self._let_through(body, NARROW_BYTES, DRIP_S)
        elif fault is Fault.DRIPPING:
            self._let_through(body, 1, 1.0)
        else:
            self.wfile.write(body)

    def _let_through(self, body: bytes, size: int, pause_s: float) -> None:
        """Send *size* bytes at a time; a portal that ends sends the rest at once."""
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.portal.gateway.ending.wait(pause_s)

    def _head(self, reply: Reply, kind: str, body: bytes | None) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        elif reply.status not in {204, 304} and "Content-Length" not in reply.headers:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def _hang_up(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        cut(self.connection)
        raise _HungUp


def cut(connection: socket.socket) -> None:
    """Close so that the other side sees a broken line and not an orderly end."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


@cache
def _bomb() -> bytes:
    """Return a small body that unpacks to a very large one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1024 * 1024)
    packed = [packer.compress(piece) for _ in range(BOMB_BYTES // len(piece))]
    return b"".join([*packed, packer.flush()])


def _with(reply: Reply, headers: Mapping[str, str]) -> Reply:
    return Reply(reply.status, reply.body, headers)
