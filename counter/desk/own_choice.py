"""A password or PIN that its owner has chosen: checked, kept, and noted under the owner's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from counter import passwords
from counter.errors import SamePassword
from counter.people import Officer
from counter.store import trail
from counter.store.people_tables import OfficerRow
from counter.values import nfc


def check(officer: Officer, old: str, new: str) -> None:
    """Check what an officer wants for the own password or PIN.

    Raises:
        SamePassword: It is the old one.
        WeakPassword: It is too easy.
    """
    if nfc(new) == nfc(old):
        raise SamePassword
    passwords.check_new(new, told=(officer.id, officer.name))


def keep(session: Session, row: OfficerRow, kept: str, moment: datetime) -> None:
    """Let a password hold that the owner of *row* has chosen; nobody has to change it any more.

    Args:
        kept: As ``passwords.keep`` returns it.
    """
    row.password, row.initial = kept, False
    trail.note(
        session,
        officer=row.id,
        action="people.own_password_changed",
        moment=moment,
        subject=row.id,
    )
