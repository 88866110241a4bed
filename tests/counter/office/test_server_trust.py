"""What goes to the office's server is encrypted, and a server of nobody's is not believed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from counter.errors import QueueAway
from counter.office.office import Office, encrypted
from tests.postgres import BINARIES, Server
from tests.sync.authority import Authority

NAMED = "sslmode=verify-full&sslrootcert="


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql+psycopg://desk@10.0.0.2/motcua", "require"),
        ("postgresql+psycopg://desk@may-chu.xa:5433/motcua", "require"),
        ("postgresql+psycopg:///motcua?host=10.0.0.2:5432&host=10.0.0.3:5432", "require"),
        ("postgresql+psycopg://desk@10.0.0.2/motcua?sslmode=verify-full", "verify-full"),
        ("postgresql+psycopg://desk@127.0.0.1/motcua", None),
        ("postgresql+psycopg://desk@localhost/motcua", None),
        ("postgresql+psycopg:///motcua?host=/var/run/postgresql", None),
        ("postgresql+psycopg:///motcua", None),
    ],
)
def test_what_leaves_this_computer_is_encrypted(url: str, mode: str | None) -> None:
    with closing(Office(None, url)) as office:
        asked = office.engine.url.query.get("sslmode")

    assert asked == mode
    assert encrypted(url).database == "motcua"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("trust") / "xa-thu-nghiem")


@pytest.fixture(scope="module")
def speaking_tls(authority: Authority) -> Iterator[Server]:
    """A server with a certificate of the office's own authority."""
    if not BINARIES:
        pytest.skip("needs PostgreSQL (Debian: postgresql)")
    authority.sign("127.0.0.1")
    server = Server()
    server.kill()
    pair = server.folder / "server.pem"
    shutil.copy(authority.folder / "server.pem", pair)
    owner = server.folder.stat()
    os.chown(pair, owner.st_uid, owner.st_gid)
    pair.chmod(0o600)
    server.options = ("-c", "ssl=on", "-c", f"ssl_cert_file={pair}", "-c", f"ssl_key_file={pair}")
    server.start()
    yield server
    server.stop()


def answers(url: str) -> bool:
    with closing(Office(None, url)) as office, office.reading() as session:
        return session.scalar(select(func.count())) == 1


def test_the_offices_own_server_is_believed(speaking_tls: Server, authority: Authority) -> None:
    assert answers(f"{speaking_tls.new_database()}?{NAMED}{authority.file}")


def test_a_server_that_a_stranger_vouches_for_is_not(speaking_tls: Server, tmp_path: Path) -> None:
    stranger = Authority.make(tmp_path / "nguoi-la")

    with pytest.raises(QueueAway):
        answers(f"{speaking_tls.new_database()}?{NAMED}{stranger.file}")


def test_a_server_that_cannot_encrypt_is_left_alone(postgres: Server) -> None:
    with pytest.raises(QueueAway):
        answers(f"{postgres.new_database()}?sslmode=require")
