"""One line to one portal: HTTP under the house's rules, and nothing of what is said over it.

Certificates are trusted by the one context of ``Trust``: no environment variable widens a given
file (``REQUESTS_CA_BUNDLE`` silently replaces ``Session.verify``). No redirect is followed, nothing
is repeated behind our back, no cookie is kept, every answer has an end in time and in size, and a
long wait can be cut short from another thread.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from counter.errors import PortalSilent
from sync.trust import Trust

BODY_PARTS = 6
MOST_JSON_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole.

    Attributes:
        headers: Names in small letters.
        date: The ``Date`` header, None when absent or unreadable.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    date: datetime | None


@dataclass(slots=True)
class _Air:
    """The exchange in the air; written by its own thread, only ``cut`` also by others.

    Whoever cuts sets ``cut`` and then looks for ``sock``; whoever reads sets ``sock`` and then
    looks at ``cut``. So one of the two always sees the other, without a lock.
    """

    ends_at: float = 0.0
    step_s: float = 0.0
    patient: bool = False
    sock: socket.socket | None = None
    cut: bool = False


class _InTime(io.RawIOBase):
    """Reads from a socket until the exchange has to be over, however slowly bytes drip."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, air: _Air) -> None:
        self._raw = raw
        self._sock = sock
        self._air = air

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._air.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._air.cut:
            return 0
        self._sock.settimeout(min(left, self._air.step_s))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _pools(air: _Air, trust: Trust) -> dict[str, type[HTTPConnectionPool]]:
    """Return urllib3's pools with connections that obey *air*."""

    class Response(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            air.sock = sock
            self.fp = io.BufferedReader(_InTime(self.fp.detach(), sock, air))

    class Plain(HTTPConnection):
        response_class = Response

    class Secure(HTTPSConnection):
        response_class = Response

        def connect(self) -> None:
            super().connect()
            assert isinstance(self.sock, ssl.SSLSocket)  # noqa: S101 - super made it one
            trust.check(self.sock.getpeercert(binary_form=True))

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Adapter(HTTPAdapter):
    def __init__(self, trust: Trust, air: _Air) -> None:
        self._trust = trust.context()
        self._air_pools = _pools(air, trust)
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._air_pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = self._air_pools
        return manager

    def close(self) -> None:
        # urllib3 2 closes a pool only when it is collected, which an error's frames can delay.
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in list(manager.pools.keys()):
                manager.pools[key].close()
        super().close()

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        host, _ = super().build_connection_pool_key_attributes(request, True, None)
        return host, {"ssl_context": self._trust, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Add nothing: whatever *verify* says, only the context above decides."""


class Interrupted(Exception):
    """The line is wanted for something else; not an error, and never seen outside this room."""


class Wire:
    """Asks one portal, one question at a time, on one thread."""

    def __init__(self, *, url: str, agent: str, timeout_s: float, trust: Trust, proxy: str) -> None:
        """Prepare the line; nothing is sent yet.

        Raises:
            PortalSilent: A certificate or key of *trust* cannot be used.
        """
        self._url = url
        self._timeout_s = timeout_s
        self._air = _Air()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": agent, "Accept-Encoding": "gzip"})
        if proxy:
            self._session.proxies = {"http": proxy, "https": proxy}
        adapter = _Adapter(trust, self._air)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        wait_s: float = 0.0,
        most_bytes: int = MOST_JSON_BYTES,
    ) -> Answer:
        """Ask once and return what came back, whatever its status.

        *path* stands below the portal's base address and brings its query. *wait_s* is what the
        portal may take to think in a long poll; *most_bytes* is the largest body taken, counted
        after decompression.

        Raises:
            PortalSilent: Nothing came, or not whole, not in time, or too much.
        """
        air = self._air
        if not air.patient:
            air.cut = False  # an interruption that came late was meant for the question before
        air.step_s = self._timeout_s + wait_s
        air.ends_at = time.monotonic() + 2 * self._timeout_s + air.step_s
        where = f"{method} {path.partition('?')[0]}"
        try:
            answer = self._ask(method, path, headers, body, most_bytes)
        except (requests.RequestException, OSError) as error:
            why = _why(error)
        else:
            return answer
        finally:
            air.sock = None
        # Raised out here, so that the error carries no frames that keep the connection open.
        raise PortalSilent(f"{where}: {why}")

    def ask_patiently(
        self,
        path: str,
        *,
        headers: Mapping[str, str],
        wait_s: float,
        unless: Callable[[], bool],
    ) -> Answer:
        """Ask with GET for something that may take *wait_s* to happen.

        Raises:
            Interrupted: Somebody called ``interrupt``, or *unless* already held.
            PortalSilent: As ``ask``.
        """
        air = self._air
        air.cut, air.patient = False, True
        try:
            if unless():
                raise Interrupted
            return self.ask("GET", path, headers=headers, wait_s=wait_s)
        except PortalSilent:
            if air.cut:
                raise Interrupted from None
            raise
        finally:
            air.patient = False

    def _ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None,
        most_bytes: int,
    ) -> Answer:
        air = self._air
        with self._session.request(
            method,
            self._url + path,
            headers=dict(headers),
            data=body,
            timeout=(self._timeout_s, air.step_s),
            allow_redirects=False,
            stream=True,
            verify=True,
        ) as response:
            air.step_s = self._timeout_s
            air.ends_at = time.monotonic() + BODY_PARTS * self._timeout_s
            found = bytearray()
            for chunk in response.iter_content(CHUNK_BYTES):
                found += chunk
                if len(found) > most_bytes:
                    raise requests.exceptions.ContentDecodingError("too large")
            names = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, names, bytes(found), _moment(names.get("date")))

    def interrupt(self) -> None:
        """End a patient question, and nothing else, at once. Safe from any thread."""
        if self._air.patient:
            self.cut()

    def cut(self) -> None:
        """End any exchange in the air at once; it raises PortalSilent. Safe from any thread."""
        self._air.cut = True
        sock = self._air.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it ended by itself in the same moment

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _why(error: BaseException) -> str:
    """Name the cause by its class and, for certificates, by what the check said; no addresses."""
    cause: BaseException = error
    while True:
        inner = next((a for a in cause.args if isinstance(a, BaseException)), None)
        deeper = inner or getattr(cause, "reason", None) or cause.__cause__
        if not isinstance(deeper, BaseException) or deeper is cause:
            break
        cause = deeper
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"certificate refused: {cause.verify_message}"
    return type(cause).__name__
