"""What is asked when a desk is set up for the first time, and the settings file it becomes.

Nothing secret is an answer: passwords and the portal's key are handed on and kept by nobody here.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from enum import Enum, IntEnum, auto

from counter.errors import BadSettings
from counter.folder import DataFolder, folder_error
from counter.settings import Settings, check_settings

HEAD = "# Lập bởi phần cài đặt lần đầu. Mỗi mục được giải thích ở docs/settings.md.\n"


class Step(IntEnum):
    """The pages of the first setting-up, in order."""

    OFFICE = 0
    DESK = 1
    PEOPLE = 2
    KEY = 3
    PORTAL = 4
    DEVICES = 5
    TRIAL = 6


class Found(Enum):
    """What lies in a data folder before any desk is opened there."""

    NOTHING = auto()
    DESK = auto()
    HALF = auto()
    """Parts of a desk without the rest: a copy from another computer that is not whole."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far; every word as it was typed.

    Attributes:
        portal_pin: Fingerprint of the portal's key; empty pins nothing.
        step: The page that was shown last.
    """

    agency_code: str = ""
    office_name: str = ""
    center_name: str = "Trung tâm Phục vụ hành chính công"
    place: str = ""
    phone: str = ""
    desk_id: str = ""
    desk_name: str = "Quầy 1"
    admin_name: str = field(default="", repr=False)
    admin_title: str = "Công chức một cửa"
    admin_account: str = ""
    portal_url: str = ""
    portal_ca: str = ""
    portal_pin: str = ""
    portal_proxy: str = ""
    reader: str = ""
    receipts_kind: str = "tray"
    receipts_name: str = ""
    tickets_kind: str = "tray"
    tickets_name: str = ""
    tickets_width: str = "576"
    serial_port: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is typed during the setting-up and must never lie in a file.

    Attributes:
        passphrase: Opens the desk's database; empty where a file beside the program gives it.
        portal: What the portal gave at enrolment; empty when it is not there yet.
    """

    password: str = field(repr=False)
    passphrase: str = field(repr=False)
    portal: str = field(default="", repr=False)


ASKED: dict[Step, tuple[str, ...]] = {
    Step.OFFICE: ("office.",),
    Step.DESK: ("desk.id", "desk.name"),
    Step.PEOPLE: ("desk.officer",),
    Step.KEY: (),
    Step.PORTAL: ("portal.",),
    Step.DEVICES: ("card.", "printers.", "scanner."),
    Step.TRIAL: ("",),
}
"""Which settings each page answers for, by how their keys begin."""


def settings_text(answers: Answers) -> str:
    """Return the settings file these answers make; what was left empty is left out."""
    parts: tuple[tuple[str, tuple[tuple[str, str | int | list[str]], ...]], ...] = (
        (
            "office",
            (
                ("agency_code", answers.agency_code),
                ("name", answers.office_name),
                ("center_name", answers.center_name),
                ("place", answers.place),
                ("phone", answers.phone),
            ),
        ),
        (
            "desk",
            (
                ("id", answers.desk_id),
                ("name", answers.desk_name),
                ("officer_id", answers.admin_account),
                ("officer_name", answers.admin_name),
                ("officer_title", answers.admin_title),
            ),
        ),
        (
            "portal",
            (
                ("url", answers.portal_url),
                ("ca_file", answers.portal_ca),
                ("pins", [answers.portal_pin.strip()] if answers.portal_pin.strip() else []),
                ("proxy", answers.portal_proxy),
            ),
        ),
        ("card", (("reader", answers.reader),)),
        (
            "printers.receipts",
            (("kind", answers.receipts_kind), ("name", answers.receipts_name)),
        ),
        (
            "printers.tickets",
            (
                ("kind", answers.tickets_kind),
                ("name", answers.tickets_name),
                ("width_dots", _number(answers.tickets_width)),
            ),
        ),
        ("scanner", (("serial_port", answers.serial_port),)),
    )
    wanted = {"agency_code", "name", "id", "url"}
    blocks = []
    for name, pairs in parts:
        lines = [
            f"{key} = {json.dumps(_trimmed(value), ensure_ascii=False)}"
            for key, value in pairs
            if _trimmed(value) or (key in wanted and name in {"office", "desk", "portal"})
        ]
        if lines:
            blocks.append("\n".join([f"[{name}]", *lines]))
    return HEAD + "\n\n".join(blocks) + "\n"


def settings_of(answers: Answers) -> Settings:
    """Return the settings these answers make.

    Raises:
        BadSettings: One line per mistake.
    """
    return check_settings(settings_text(answers))


def mistakes_at(answers: Answers, step: Step) -> tuple[str, ...]:
    """Return what is wrong with the answers of one page, a line each, the key first."""
    try:
        settings_of(answers)
    except BadSettings as error:
        begins = ASKED[step]
        return tuple(line for line in error.mistakes if begins and line.startswith(begins))
    return ()


def look_at(folder: DataFolder) -> Found:
    """Tell what lies in a data folder; opens nothing."""
    if folder.draft.exists():
        return Found.NOTHING
    if folder.settings.exists() and (folder.key.exists() or not folder.store.exists()):
        return Found.DESK
    if folder.key.exists() or folder.store.exists() or folder.settings.exists():
        return Found.HALF
    return Found.NOTHING


def missing_from(folder: DataFolder) -> tuple[str, ...]:
    """Return the names of the files a half copied desk still lacks."""
    wanted = (folder.settings, folder.key, folder.store)
    return tuple(path.name for path in wanted if not path.exists())


def keep_draft(folder: DataFolder, answers: Answers) -> None:
    """Keep what was answered, so that the setting-up can be left and taken up again.

    Raises:
        DiskFull, StoreReadOnly: It cannot be written.
    """
    folder.make()
    told = json.dumps(asdict(answers), ensure_ascii=False, indent=1)
    fresh = folder.draft.with_suffix(".new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(told.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder.draft)
    except OSError as error:
        raise folder_error(error) from error


def find_draft(folder: DataFolder) -> Answers:
    """Return what was answered before; a draft that cannot be read counts as none."""
    known = {one.name: one.type for one in fields(Answers)}
    with suppress(OSError, ValueError):
        told = json.loads(folder.draft.read_text(encoding="utf-8"))
        if isinstance(told, dict):
            right = {
                name: value
                for name, value in told.items()
                if known.get(name) == type(value).__name__
            }
            found = Answers(**right)
            if 0 <= found.step < len(Step):
                return found
    return Answers()


def forget_draft(folder: DataFolder) -> None:
    """Take the draft away; the settings hold it now."""
    try:
        folder.draft.unlink(missing_ok=True)
    except OSError as error:
        raise folder_error(error) from error


def _trimmed(value: str | int | list[str]) -> str | int | list[str]:
    return value.strip() if isinstance(value, str) else value


def _number(typed: str) -> str | int:
    return int(typed) if typed.strip().isascii() and typed.strip().isdigit() else typed


def make_passphrase() -> str:
    """Return a passphrase nobody guesses and everybody can read aloud: five times four signs."""
    signs = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another
    return "-".join("".join(secrets.choice(signs) for _ in range(4)) for _ in range(5))
