"""A desk set up from its answers: settings, key, database and the first account, in that order.

Stopped anywhere, it can be done again: the draft of the answers goes last, so a folder that has one
is still being set up, and what was made before is taken as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter import passwords
from counter.desk import officers
from counter.desk.opening import Opening, open_desk
from counter.folder import DataFolder, folder_error
from counter.secrets import keep_passphrase, keep_portal_secret
from counter.setting_up import Answers, Secrets, forget_draft, settings_of, settings_text


@dataclass(frozen=True, slots=True)
class SetUp:
    """What came of it.

    Attributes:
        remembers: The operating system's key store keeps the passphrase; otherwise it is asked for
            each time the program is opened.
    """

    account: str
    remembers: bool


def check_secrets(secrets: Secrets, answers: Answers) -> None:
    """Check the administrator's password and the desk's passphrase.

    Args:
        answers: What everybody knows of the administrator is no password.

    Raises:
        WeakPassword, WeakPassphrase: One of them is too easy.
    """
    told = (answers.admin_account.strip(), answers.admin_name)
    passwords.check_new(secrets.password, told=told)
    if secrets.passphrase:
        passwords.check_new_passphrase(secrets.passphrase)


def set_up(
    folder: DataFolder,
    answers: Answers,
    secrets: Secrets,
    *,
    resources: Path,
    clock: Callable[[], datetime],
) -> SetUp:
    """Make the desk; when this returns its administrator can sign in.

    The caller holds the folder's lock, from the first question on: another window that still asks
    would write its answers over a desk that is at work.

    Raises:
        BadSettings: The answers do not make settings.
        WeakPassword, WeakPassphrase, BadAccount: The first account cannot be made so.
        WrongKey, NoKey: The passphrase does not open what an earlier try has made.
        DiskFull, StoreReadOnly, StoreDamaged: The folder cannot be used.
    """
    desk = settings_of(answers).desk
    check_secrets(secrets, answers)
    folder.make()
    _write_settings(folder, settings_text(answers))
    opening = Opening(
        folder=folder,
        settings_path=None,
        training=False,
        resources=resources,
        clock=clock,
        typed=secrets.passphrase,
    )
    with open_desk(opening) as context:
        context.seat.take(None)
        account = answers.admin_account.strip().lower()
        if officers.is_new(context):
            officers.begin(context, account, answers.admin_name, secrets.password)
            officers.sign_out(context)
    # Remembered once it opens: the key store may hold what opens the desk of an earlier try.
    remembers = not secrets.passphrase or keep_passphrase(desk.id, secrets.passphrase)
    if secrets.portal:
        keep_portal_secret(desk.id, secrets.portal)
    forget_draft(folder)
    return SetUp(account, remembers)


def _write_settings(folder: DataFolder, text: str) -> None:
    fresh = folder.settings.with_suffix(".new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder.settings)
    except OSError as error:
        raise folder_error(error) from error
