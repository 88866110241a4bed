"""A real PostgreSQL server of our own: made in a fresh folder, started, killed, started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.ports import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
START_S = 120.0


class Server:
    """One server on a free port of this computer; it trusts whoever is on this computer."""

    def __init__(self, *options: str) -> None:
        """Make the folder and start the server.

        PostgreSQL refuses to run as root; then the user ``postgres`` or ``nobody`` runs it.
        """
        if not BINARIES:
            pytest.skip("needs PostgreSQL (Debian: postgresql)")
        self._bin = BINARIES[-1]
        self.options = options
        self._numbers = count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="desk-postgres-"))
        self.as_user: list[str] = []
        if os.geteuid() == 0:
            user = next(u for u in ("postgres", "nobody") if _has_user(u))
            entry = pwd.getpwnam(user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self.as_user = [
                "setpriv",
                f"--reuid={user}",
                f"--regid={entry.pw_gid}",
                "--clear-groups",
            ]
        self.port = free_port()
        self._data = self.folder / "data"
        self._run(
            "initdb", "-D", self._data, "-U", "desk", "-A", "trust", "--no-sync", "-E", "UTF8"
        )
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def is_running(self) -> bool:
        """Whether it was started and not killed since."""
        return self._process is not None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *self.as_user,
                    str(self._bin / "postgres"),
                    *("-D", str(self._data), "-k", str(self.folder), "-p", str(self.port)),
                    *("-c", "listen_addresses=127.0.0.1", "-c", "max_connections=120"),
                    *self.options,
                ],
                stdout=log,
                stderr=log,
                cwd="/",
            )
        end = time.monotonic() + START_S
        while True:
            try:
                psycopg.connect(self._address("postgres")).close()
            except psycopg.OperationalError:
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(0.05)
                is_coming = self._process.poll() is None and time.monotonic() < end
                assert is_coming, (self.folder / "log").read_text(encoding="utf-8")
            else:
                return

    def kill(self) -> None:
        """End it as a power cut would: kill -9, with everything it started."""
        assert self._process is not None
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        for process in (parent, *map(int, children.split())):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        """End it and remove its folder; nobody wants what is in it."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self.folder)

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or *like* another; return its address as the settings write it."""
        name = f"office{next(self._numbers)}"
        like = like.rpartition("/")[2]
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return f"postgresql+psycopg://desk@127.0.0.1:{self.port}/{name}"

    def _address(self, name: str) -> str:
        return f"postgresql://desk@127.0.0.1:{self.port}/{name}?connect_timeout=2"

    def _run(self, tool: str, *arguments: str | Path) -> None:
        subprocess.run(
            [*self.as_user, str(self._bin / tool), *map(str, arguments)],
            check=True,
            capture_output=True,
            cwd="/",
        )


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
