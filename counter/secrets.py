"""Where the desk's passphrase and the portal's client secret are kept.

The operating system's key store keeps them, or a file named by an environment variable where a
desk starts unattended. They are never settings and never lie in the data folder. A key store that
does not answer is as good as none: the desk opens by what a person types.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from counter.errors import NoKey, NotSignedIn, SecretSeen, SecretUnread

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

T = TypeVar("T")
SERVICE = "quay-mot-cua"
PATIENCE_S = 30.0
"""How long a key store may take; it may ask a person to unlock it meanwhile."""

PASSPHRASE_FILE = "MOTCUA_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
NEW_PASSPHRASE_FILE = "MOTCUA_NEW_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
ACCOUNT_FILE = "MOTCUA_ACCOUNT_FILE"
PORTAL_SECRET_FILE = "MOTCUA_PORTAL_SECRET_FILE"  # noqa: S105 - the name of a variable
KEY_STORES = (  # of the operating systems; others (in plain files, in nothing) are no place for it
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
DEMO_PASSPHRASE = "demo"  # noqa: S105 - the demonstration's, printed in COMMANDS and README


def find_passphrase(desk_id: str, ask: Callable[[], str] | None, *, training: bool = False) -> str:
    """Return the passphrase of the desk's database.

    A file named by ``MOTCUA_PASSPHRASE_FILE`` comes first, then the operating system's key store,
    then the person at the terminal.

    Args:
        ask: Asks that person; None when nobody can be asked.
        training: The demonstration's may lie in a file that everybody can read.

    Raises:
        NoKey: None of them gives one.
        SecretUnread: The file cannot be read.
        SecretSeen: Other accounts can read the file.
    """
    passphrase = _from_file(PASSPHRASE_FILE, private=not training) or _from_key_store(
        f"{desk_id}/passphrase"
    )
    if not passphrase and ask is not None:
        passphrase = ask()
    if not passphrase:
        raise NoKey
    return passphrase


def find_new_passphrase(ask: Callable[[], str] | None, *, training: bool = False) -> str:
    """Return the passphrase that is to come, from a file named for it or from a person.

    Raises:
        NoKey: Nobody gives one.
        SecretUnread: The file cannot be read.
        SecretSeen: Other accounts can read the file.
    """
    passphrase = _from_file(NEW_PASSPHRASE_FILE, private=not training) or (
        ask() if ask is not None else ""
    )
    if not passphrase:
        raise NoKey
    return passphrase


def find_account(ask: Callable[[], tuple[str, str]] | None) -> tuple[str, str]:
    """Return sign-in name and password of the officer who answers for a command.

    A file named by ``MOTCUA_ACCOUNT_FILE`` comes first, with the name on its first line and the
    password on its second; then the person at the terminal.

    Args:
        ask: Asks that person; None when nobody can be asked.

    Raises:
        NotSignedIn: Nobody gives both.
        SecretUnread: The file cannot be read.
        SecretSeen: Other accounts can read it.
    """
    told = _from_file(ACCOUNT_FILE, private=True)
    if told is not None:
        account, _, password = told.partition("\n")
    else:
        account, password = ask() if ask is not None else ("", "")
    if not account.strip() or not password:
        raise NotSignedIn
    return account.strip(), password.strip("\r\n")


def is_passphrase_given() -> bool:
    """Tell whether a file named to this program holds the passphrase, so that nobody types it."""
    return _from_file(PASSPHRASE_FILE) is not None


def keep_passphrase(desk_id: str, passphrase: str) -> bool:
    """Put the passphrase into the operating system's key store; False when there is none."""
    return _to_key_store(f"{desk_id}/passphrase", passphrase)


def find_portal_secret(desk_id: str, *, training: bool = False) -> str | None:
    """Return the client secret of the enrolled desk, None when there is none on this machine.

    Args:
        training: The demonstration's may lie in a file that everybody can read.

    Raises:
        SecretUnread: The file named for it cannot be read.
        SecretSeen: Other accounts can read it.
    """
    return _from_file(PORTAL_SECRET_FILE, private=not training) or _from_key_store(
        f"{desk_id}/portal"
    )


def keep_portal_secret(desk_id: str, secret: str) -> bool:
    """Put the client secret into the operating system's key store; False when there is none."""
    return _to_key_store(f"{desk_id}/portal", secret)


def _from_file(variable: str, *, private: bool = False) -> str | None:
    """Return what stands in the file that *variable* names; a *private* one is only this user's.

    Windows tells no such thing of a file; what its folder allows holds there.
    """
    path = os.environ.get(variable)
    if not path:
        return None
    try:
        with Path(path).open(encoding="utf-8-sig") as file:  # editors of Windows put a sign first
            if private and os.name == "posix" and os.fstat(file.fileno()).st_mode & 0o077:
                raise SecretSeen(variable=variable)
            return file.read().strip() or None
    except OSError as error:
        raise SecretUnread(variable=variable) from error
    except UnicodeDecodeError:
        raise SecretUnread(variable=variable) from None  # that fault holds the secret itself


def _from_key_store(name: str) -> str | None:
    from keyring.errors import KeyringError

    def ask() -> str | None:
        store = _key_store()
        if store is None:
            return None
        try:
            return store.get_password(SERVICE, name)
        except (KeyringError, OSError):  # locked, or its service ended while we asked
            return None

    return _in_time(ask, None)


def _to_key_store(name: str, secret: str) -> bool:
    from keyring.errors import KeyringError

    def ask() -> bool:
        store = _key_store()
        if store is None:
            return False
        try:
            store.set_password(SERVICE, name, secret)
        except (KeyringError, OSError):
            return False
        return True

    return _in_time(ask, otherwise=False)


def _in_time(ask: Callable[[], T], otherwise: T) -> T:
    """Return what *ask* returns, *otherwise* when nobody answers; what comes later is dropped."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001 - raised to whoever waits
            answer.set_exception(error)

    Thread(target=run, name="key-store", daemon=True).start()
    try:
        return answer.result(PATIENCE_S)
    except TooLate:
        log.warning("the key store does not answer")
        return otherwise


def _key_store() -> KeyringBackend | None:
    """Return the operating system's own key store, whatever else ``keyring`` was told to use."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    try:
        chosen = keyring.get_keyring()
    except (ImportError, AttributeError, ValueError):  # PYTHON_KEYRING_BACKEND names nothing
        return None
    offered = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((one for one in offered if type(one).__module__ in KEY_STORES), None)
