from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from counter.errors import PortalSilent
from sync.trust import Trust, pin_of
from sync.verdicts import on_answer
from sync.wire import Answer, Interrupted, Wire
from tests.sync.authority import NOW, Authority


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, body: bytes = b"{}", headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.body = body
        self.extra = headers
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.waiting = threading.Event()
        self.going = threading.Event()
        self.scheme = "http"
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="server")

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def guard(self, context: ssl.SSLContext) -> None:
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that refuses a certificate hangs up; that is what is tested."""

    def __enter__(self) -> _Server:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.going.set()
        self.shutdown()
        self.server_close()
        self.thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 60

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers.items())))
        if self.path.endswith("/wait"):
            self.server.waiting.set()
            self.server.going.wait(60)
            return
        if self.path.endswith("/drip"):
            self._drip()
            return
        self.send_response(407 if self.path.endswith("/proxy") else 200)
        for name, value in self.server.extra:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def _drip(self) -> None:
        """Send a body one byte at a time, slower than anybody can wait for."""
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            while not self.server.going.wait(0.02):
                self.wfile.write(b" ")
        except OSError:
            self.close_connection = True


def ask(url: str, ca_file: Path | None = None, proxy: str = "", path: str = "/x") -> int:
    return ask_as(Trust(ca_file=ca_file), url, proxy, path)


def ask_as(trust: Trust, url: str, proxy: str = "", path: str = "/x") -> int:
    wire = Wire(url=url, agent="motcua-quay/0.1.0", timeout_s=20, trust=trust, proxy=proxy)
    try:
        return wire.ask("GET", path, headers={}).status
    finally:
        wire.close()


@pytest.fixture
def province(tmp_path: Path) -> Authority:
    return Authority.make(tmp_path / "province")


@pytest.fixture
def stranger(tmp_path: Path) -> Authority:
    return Authority.make(tmp_path / "stranger")


@pytest.fixture
def plain() -> Iterator[_Server]:
    with _Server() as server:
        yield server


def test_the_provinces_own_authority_is_trusted(province: Authority) -> None:
    server = _Server()
    server.guard(province.sign())

    with server:
        assert ask(server.url, province.file) == 200


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_no_environment_variable_makes_a_strangers_authority_good(
    province: Authority, stranger: Authority, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(stranger.file))
    server = _Server()
    server.guard(stranger.sign())

    with server, pytest.raises(PortalSilent, match="certificate refused"):
        ask(server.url, province.file)

    assert server.seen == []


def test_the_librarys_own_session_would_have_been_fooled(
    province: Authority, stranger: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that the attack above is one: the same set-up without our rules answers 200."""
    import requests

    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(stranger.file))
    server = _Server()
    server.guard(stranger.sign())
    with server, requests.Session() as session:
        session.verify = str(province.file)

        assert session.get(f"{server.url}/x", timeout=2).status_code == 200


def test_an_authority_nobody_installed_is_refused_by_the_systems_list(stranger: Authority) -> None:
    server = _Server()
    server.guard(stranger.sign())

    with server, pytest.raises(PortalSilent, match="certificate refused"):
        ask(server.url)


def test_an_expired_certificate_is_refused(province: Authority) -> None:
    server = _Server()
    server.guard(province.sign(until=NOW - timedelta(days=1)))

    with server, pytest.raises(PortalSilent, match="expired"):
        ask(server.url, province.file)


def test_a_certificate_for_another_name_is_refused(province: Authority) -> None:
    server = _Server()
    server.guard(province.sign(host="another.example.vn"))

    with server, pytest.raises(PortalSilent, match="certificate refused"):
        ask(server.url, province.file)


def test_no_older_tls_than_1_2_is_spoken(province: Authority) -> None:
    assert Trust(province.file).context().minimum_version >= ssl.TLSVersion.TLSv1_2


def test_an_authority_file_that_is_none_is_said_at_once(tmp_path: Path) -> None:
    broken = tmp_path / "ca.pem"
    broken.write_text("no certificate")

    with pytest.raises(PortalSilent, match="authority file"):
        ask("https://127.0.0.1:9", broken)


@pytest.mark.parametrize("passphrase", ["", "bí mật của quầy thử"])
def test_a_portal_that_asks_for_it_is_shown_the_desks_certificate(
    province: Authority, passphrase: str
) -> None:
    certificate, key = province.sign_desk(passphrase)
    server = _Server()
    server.guard(demanding(province))

    with server:
        shown = Trust(province.file, certificate, key, passphrase)
        assert ask_as(shown, server.url) == 200


def test_without_its_certificate_the_desk_is_not_let_in(
    province: Authority, stranger: Authority
) -> None:
    for trust in (Trust(province.file), Trust(province.file, *stranger.sign_desk())):
        server = _Server()
        server.guard(demanding(province))

        with server, pytest.raises(PortalSilent):
            ask_as(trust, server.url)
        assert server.seen == []


def test_a_key_that_does_not_open_is_said_at_once(province: Authority, tmp_path: Path) -> None:
    certificate, key = province.sign_desk("right")
    for trust in (
        Trust(province.file, certificate, key, "wrong"),
        Trust(province.file, certificate, key),
        Trust(province.file, tmp_path / "none.pem", key),
    ):
        with pytest.raises(PortalSilent, match="certificate or its key"):
            ask_as(trust, "https://127.0.0.1:9")


def test_only_a_pinned_key_is_the_portals(province: Authority) -> None:
    server = _Server()
    server.guard(province.sign())
    pinned = pin_of(served_certificate(province))
    other = pin_of(province.certificate.public_bytes(serialization.Encoding.DER))

    with server:
        assert ask_as(Trust(province.file, pins=(other, pinned)), server.url) == 200
        with pytest.raises(PortalSilent, match="not the pinned key"):
            ask_as(Trust(province.file, pins=(other,)), server.url)
    assert len(server.seen) == 1


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_no_environment_variable_takes_a_pin_away(
    province: Authority, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(province.file))
    pinned = Trust(province.file, pins=("sha256/" + "A" * 43 + "=",))
    server = _Server()
    server.guard(province.sign())

    with server, pytest.raises(PortalSilent, match="not the pinned key"):
        ask_as(pinned, server.url)
    assert server.seen == []


def demanding(authority: Authority) -> ssl.SSLContext:
    """Return the context of a server that lets in only whom *authority* has signed for."""
    context = authority.sign()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.file)
    return context


def served_certificate(authority: Authority) -> bytes:
    """Return the certificate (DER) that *authority* signed last for a server."""
    return ssl.PEM_cert_to_DER_cert(
        (authority.folder / "server.pem").read_text().split("-----BEGIN PRIVATE")[0]
    )


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_comes_from_the_settings_only(
    plain: _Server, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:9")

    assert ask(plain.url) == 200


def test_the_proxy_of_the_settings_is_used(plain: _Server) -> None:
    assert ask("http://portal.example.vn", proxy=plain.url) == 200
    assert plain.seen[0][0] == "http://portal.example.vn/x"


def test_a_netrc_file_is_not_read(
    plain: _Server, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = own_home / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    ask(plain.url)

    assert "Authorization" not in plain.seen[0][1]


def test_no_cookie_is_kept() -> None:
    with _Server(headers=(("Set-Cookie", "id=1"),)) as server:
        wire = Wire(url=server.url, agent="a", timeout_s=20, trust=Trust(), proxy="")
        wire.ask("GET", "/x", headers={})
        wire.ask("GET", "/x", headers={})
        wire.close()

    assert "Cookie" not in server.seen[1][1]


def test_a_small_body_that_unpacks_into_a_huge_one_is_not_taken() -> None:
    bomb = gzip.compress(b" " * (64 * 1024 * 1024))

    with _Server(bomb, (("Content-Encoding", "gzip"),)) as server, pytest.raises(PortalSilent):
        ask(server.url)


def test_a_packed_body_is_unpacked() -> None:
    with _Server(gzip.compress(b'{"a":1}'), (("Content-Encoding", "gzip"),)) as server:
        wire = Wire(url=server.url, agent="a", timeout_s=20, trust=Trust(), proxy="")
        answer = wire.ask("GET", "/x", headers={})
        wire.close()

    assert answer.body == b'{"a":1}'


def test_a_body_that_only_drips_is_given_up(plain: _Server) -> None:
    wire = Wire(url=plain.url, agent="a", timeout_s=0.2, trust=Trust(), proxy="")

    with pytest.raises(PortalSilent):
        wire.ask("GET", "/drip", headers={})
    wire.close()
    plain.going.set()


def test_a_name_that_nobody_knows_is_a_silent_portal() -> None:
    with pytest.raises(PortalSilent):
        ask("http://portal.invalid")


def test_a_proxy_that_wants_a_name_and_a_password_is_a_silent_portal(plain: _Server) -> None:
    status = ask("http://portal.invalid", proxy=plain.url, path="/proxy")

    assert status == 407
    assert isinstance(on_answer(Answer(status, {}, b"<html>", None)), PortalSilent)


@pytest.fixture
def patient(plain: _Server) -> Iterator[Wire]:
    wire = Wire(url=plain.url, agent="a", timeout_s=60, trust=Trust(), proxy="")
    yield wire
    wire.close()


def test_a_long_wait_ends_when_somebody_interrupts_it(plain: _Server, patient: Wire) -> None:
    begun = time.monotonic()

    def interrupt_soon() -> None:
        plain.waiting.wait(60)
        patient.interrupt()

    helper = threading.Thread(target=interrupt_soon)
    helper.start()

    with pytest.raises(Interrupted):
        patient.ask_patiently("/wait", headers={}, wait_s=60, unless=lambda: False)

    helper.join()
    assert time.monotonic() - begun < 50


def test_a_long_wait_does_not_begin_when_there_is_something_to_do(
    plain: _Server, patient: Wire
) -> None:
    with pytest.raises(Interrupted):
        patient.ask_patiently("/wait", headers={}, wait_s=60, unless=lambda: True)

    assert plain.seen == []


def test_an_ordinary_question_is_not_interrupted(plain: _Server, patient: Wire) -> None:
    patient.interrupt()

    assert patient.ask("GET", "/x", headers={}).status == 200
