"""Passphrase and portal secret in a real key store: the Secret Service of a Linux desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
SECRET = "mật khẩu riêng 7731"

pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"
)

UNLOCKED = "printf chia-khoa | gnome-keyring-daemon --unlock --components=secrets >&2"
LOCKED = "gnome-keyring-daemon --start --components=secrets >&2"
"""Nobody is there to type what unlocks it."""


def in_session(home: Path, service: str, code: str) -> list[str]:
    """Run Python *code* in a session of its own whose key store *service* starts; return lines."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MOTCUA_", "XDG_", "DBUS_", "PYTHON_KEYRING", "DISPLAY"))
    }
    environment |= {"HOME": str(home), "PYTHONPATH": str(HOUSE), "XDG_RUNTIME_DIR": str(home)}
    ended = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{service}; exec {sys.executable} -c '{code}'"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


KEEP = f"""
from counter import secrets
print(secrets.find_portal_secret("H55.242-Q01"))
print(secrets.keep_portal_secret("H55.242-Q01", "{SECRET}"))
print(secrets.keep_passphrase("H55.242-Q01", "{SECRET} hai"))
print(secrets.find_portal_secret("H55.242-Q01") == "{SECRET}")
print(secrets.find_passphrase("H55.242-Q01", None) == "{SECRET} hai")
print(secrets.find_portal_secret("H55.242-Q02"))
"""
FIND = f"""
from counter import secrets
print(secrets.find_portal_secret("H55.242-Q01") == "{SECRET}")
"""
LOCKED_OUT = """
from counter import secrets
from counter.errors import NoKey
print(secrets.find_portal_secret("H55.242-Q01"))
print(secrets.keep_portal_secret("H55.242-Q01", "x"))
try:
    secrets.find_passphrase("H55.242-Q01", None)
except NoKey:
    print("no key")
print(secrets.find_passphrase("H55.242-Q01", lambda: "typed"))
"""


def test_a_real_key_store_keeps_both_secrets_and_no_file_shows_them(tmp_path: Path) -> None:
    told = in_session(tmp_path, UNLOCKED, KEEP)

    again = in_session(tmp_path, UNLOCKED, FIND)

    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert told == ["None", "True", "True", "True", "True", "None"]
    assert again == ["True"], "another session of the same person finds it"
    assert kept
    assert not [content for content in kept if SECRET.encode() in content]


def test_a_locked_key_store_is_as_none_and_a_person_is_asked(tmp_path: Path) -> None:
    in_session(tmp_path, UNLOCKED, KEEP)

    told = in_session(tmp_path, LOCKED, LOCKED_OUT)

    assert told == ["None", "False", "no key", "typed"]
