"""The operating system's key store keeps the desk's passphrase; a real Secret Service is asked.

The service runs on a session bus of its own and keeps its file in the test's own home.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from counter import secrets
from counter.errors import SecretSeen, SecretUnread
from counter.secrets import (
    KEY_STORES,
    find_account,
    find_new_passphrase,
    find_passphrase,
    find_portal_secret,
)

HOUSE = Path(__file__).resolve().parents[2]
PASSPHRASE = "một câu dài của quầy"
ASK = "from counter.secrets import *; print(find_passphrase('H55.242-Q01', lambda: 'asked'))"
KEEP = f"from counter.secrets import *; print(keep_passphrase('H55.242-Q01', '{PASSPHRASE}'))"
UNTIL_THERE = """
from contextlib import closing
from time import monotonic, sleep
import secretstorage
end = monotonic() + 100
with closing(secretstorage.dbus_init()) as bus:
    while not secretstorage.check_service_availability(bus):
        assert monotonic() < end
        sleep(0.02)
"""


@dataclass
class KeyStore:
    """A Secret Service on a bus of its own."""

    home: Path
    ends: ExitStack = field(default_factory=ExitStack)
    bus: subprocess.Popen[str] | None = None
    service: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, unlocked_with: str) -> None:
        """Start the bus and the service and wait until the service holds its name."""
        self.environment = {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_RUNTIME_DIR": str(self.home),
            "XDG_DATA_DIRS": str(self.home),  # nothing is started by the bus, no window asks
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOUSE),
            "PYTHONUTF8": "1",
        }
        self.bus = self._run(["dbus-daemon", "--session", "--nofork", "--print-address=1"])
        assert self.bus.stdout is not None
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()
        self.service = self._run(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        )
        assert self.service.stdin is not None
        self.service.stdin.write(unlocked_with)
        self.service.stdin.close()
        self.program(UNTIL_THERE)

    def _run(self, command: list[str]) -> subprocess.Popen[str]:
        started = self.ends.enter_context(
            subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )
        self.ends.callback(started.terminate)
        return started

    def stop(self) -> None:
        """End service and bus, as when the officer signs out of the machine."""
        self.ends.close()
        self.ends = ExitStack()

    def program(self, text: str, **more: str) -> str:
        """Run *text* as another start of the program and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", text],
            env={**self.environment, **more},
            cwd=HOUSE,
            capture_output=True,
            text=True,
            check=True,
            timeout=240,
        )
        return done.stdout.strip()


@pytest.fixture
def key_store(own_home: Path) -> Iterator[KeyStore]:
    if not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-daemon")):
        pytest.skip("needs a Secret Service (gnome-keyring, dbus)")
    own_home.chmod(0o700)
    store = KeyStore(own_home)
    store.start("signed in")
    yield store
    store.stop()


def test_the_key_store_gives_the_passphrase_to_the_next_start(key_store: KeyStore) -> None:
    before = key_store.program(ASK)

    kept = key_store.program(KEEP)
    key_store.stop()
    key_store.start("signed in")
    after = key_store.program(ASK)

    assert (before, kept, after) == ("asked", "True", PASSPHRASE)


def test_the_portals_secret_is_kept_for_its_own_desk_alone(key_store: KeyStore) -> None:
    kept = key_store.program(
        "from counter.secrets import *; print(keep_portal_secret('H55.242-Q01', 'a secret'))"
    )

    found = [
        key_store.program(f"from counter.secrets import *; print(find_portal_secret('{desk}'))")
        for desk in ("H55.242-Q01", "H55.242-Q02")
    ]

    assert kept == "True"
    assert found == ["a secret", "None"]


def test_nothing_readable_lies_in_the_key_stores_file(key_store: KeyStore) -> None:
    key_store.program(KEEP)

    key_store.stop()

    files = [path for path in (key_store.home / "data").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if PASSPHRASE.encode() in path.read_bytes()]
    assert not [path for path in files if path.stat().st_mode & 0o077]


def test_a_key_store_that_stays_locked_keeps_and_gives_nothing(key_store: KeyStore) -> None:
    key_store.program(KEEP)
    key_store.stop()

    key_store.start("another password")

    assert key_store.program(ASK) == "asked"
    assert key_store.program(KEEP) == "False"


def test_a_key_store_that_ends_meanwhile_is_no_key_store(key_store: KeyStore) -> None:
    assert key_store.bus is not None

    told = key_store.program(
        "import keyring, os, time; from counter.secrets import *; keyring.get_keyring()\n"
        f"os.kill({key_store.bus.pid}, {int(signal.SIGKILL)})\n"
        "address = os.environ['DBUS_SESSION_BUS_ADDRESS'].split('=')[1].split(',')[0]\n"
        "os.path.exists(address) and os.unlink(address)\n"
        "print(find_passphrase('H55.242-Q01', lambda: 'asked'))\n"
        f"print(keep_passphrase('H55.242-Q01', '{PASSPHRASE}'))"
    )

    assert told.split() == ["asked", "False"]


def test_a_key_store_that_does_not_answer_is_not_waited_for(key_store: KeyStore) -> None:
    assert key_store.service is not None
    key_store.program(KEEP)
    key_store.service.send_signal(signal.SIGSTOP)

    told = key_store.program(
        "from counter import secrets; secrets.PATIENCE_S = 0.3; from counter.secrets import *\n"
        "print(find_passphrase('H55.242-Q01', lambda: 'asked'))\n"
        f"print(keep_passphrase('H55.242-Q01', '{PASSPHRASE}'))"
    )

    key_store.service.send_signal(signal.SIGCONT)
    assert told.split() == ["asked", "False"]
    assert key_store.program(ASK) == PASSPHRASE


def test_where_the_key_store_ended_the_desk_is_not_opened_by_anything_weaker(
    key_store: KeyStore,
) -> None:
    key_store.program(KEEP)
    key_store.stop()

    assert key_store.program(ASK) == "asked"
    assert key_store.program(KEEP) == "False"


@pytest.mark.parametrize(
    "chosen",
    ["keyring.backends.null.Keyring", "no.such.Store", "keyring.backends.fail.Nothing", "nonsense"],
)
def test_a_key_store_that_protects_nothing_is_not_used(chosen: str) -> None:
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": chosen, "PYTHONUTF8": "1"}

    told = subprocess.run(
        [sys.executable, "-c", f"{ASK}\n{KEEP}"],
        env=environment,
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == ["asked", "False"]


SECRET_FILES: dict[str, Callable[[], object]] = {
    "MOTCUA_PASSPHRASE_FILE": lambda: find_passphrase("H55.242-Q01", None),
    "MOTCUA_NEW_PASSPHRASE_FILE": lambda: find_new_passphrase(None),
    "MOTCUA_ACCOUNT_FILE": lambda: find_account(None),
    "MOTCUA_PORTAL_SECRET_FILE": lambda: find_portal_secret("H55.242-Q01"),
}
"""Each file of a secret, and who reads it."""


@pytest.mark.skipif(os.name != "posix", reason="Windows tells no such thing of a file")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
@pytest.mark.parametrize("variable", SECRET_FILES)
def test_no_file_of_a_secret_is_used_that_other_accounts_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, mode: int
) -> None:
    path = tmp_path / "secret"
    path.write_text("cb-0007\nmật khẩu\n", encoding="utf-8")
    path.chmod(mode)
    monkeypatch.setenv(variable, str(path))

    with pytest.raises(SecretSeen) as seen:
        SECRET_FILES[variable]()
    path.chmod(0o600)

    assert seen.value.fields == {"variable": variable}
    assert SECRET_FILES[variable]()


@pytest.mark.parametrize("variable", SECRET_FILES)
@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_a_file_of_a_secret_that_is_no_text_is_named_and_nothing_of_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, encoding: str
) -> None:
    path = tmp_path / "secret"
    path.write_bytes("cb-0007\nsécret dài\n".encode(encoding))
    path.chmod(0o600)
    monkeypatch.setenv(variable, str(path))

    with pytest.raises(SecretUnread) as unread:
        SECRET_FILES[variable]()

    assert unread.value.fields == {"variable": variable}
    assert unread.value.__cause__ is None
    assert unread.value.__suppress_context__


@pytest.mark.parametrize("variable", SECRET_FILES)
def test_the_sign_that_windows_puts_before_a_text_is_no_part_of_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    path = tmp_path / "secret"
    path.write_bytes("cb-0007\r\nmật khẩu\r\n".encode("utf-8-sig"))
    path.chmod(0o600)
    monkeypatch.setenv(variable, str(path))

    assert "\ufeff" not in str(SECRET_FILES[variable]())


def test_every_file_of_a_secret_is_looked_at_here() -> None:
    source = Path(secrets.__file__).read_text("utf-8")

    assert set(re.findall(r'"(MOTCUA_\w+_FILE)"', source)) == set(SECRET_FILES)


@pytest.mark.parametrize("name", KEY_STORES)
def test_every_key_store_that_is_trusted_is_one_that_keyring_has(name: str) -> None:
    assert find_spec(name) is not None
