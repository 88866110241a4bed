"""A desk set up for the first time, and opened every morning."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from counter.addresses import Gazetteer
from counter.calendar import load_calendar
from counter.catalogue import load_catalogue
from counter.declaring import load_forms
from counter.desk import going_on, recovery
from counter.desk.context import Context, Hall, Shelf
from counter.desk.offered import calendar_of, units_of, wordings_of
from counter.desk.officers import is_new
from counter.desk.queueing import center_name
from counter.editions import laid_over
from counter.errors import NoSettings, StoreDamaged, WrongFolder
from counter.folder import DataFolder, folder_error
from counter.machine import machine_id
from counter.notice import Told, load_notice
from counter.office.office import Office
from counter.people import THE_PROGRAM, Officer, Role, Seat, officer_of
from counter.plain_words import load_plain
from counter.priorities import load_priorities
from counter.reasons import load_reasons
from counter.retention import load_retention
from counter.secrets import DEMO_PASSPHRASE, find_passphrase
from counter.settings import SettingsFile, read_settings
from counter.store import editions, files, key_change, sealed, trail
from counter.store.key import make_key, open_key
from counter.store.store import Store, find_mark, note_mark
from counter.systems import load_systems
from counter.units import ToldUnit
from counter.values import local_day
from counter.wording import load_wordings

MOST_AT_ONCE = 1000
"""Seals added beside the database in one turn; more wait for the next."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a desk is to be opened.

    Attributes:
        settings_path: A settings file to use instead of the folder's own; an empty folder needs it.
        training: The demonstration was asked for; an empty folder is marked as training for good.
        resources: The program's own data.
        clock: The moment now, aware.
        ask_passphrase: Asks the person at the terminal; None when nobody can be asked.
        typed: The passphrase when it was typed already; it goes before any that is remembered.
        portal_url: Where the portal is when it is not the one in the settings: the sandbox.
        key: The database's key when a desk just closed had it open; no passphrase is asked then.
        copy_of: The folder that cannot be written, when *folder* is a copy of it to read only.
        machine: Which computer this is; empty when it does not tell.
    """

    folder: DataFolder
    settings_path: Path | None
    training: bool
    resources: Path
    clock: Callable[[], datetime]
    ask_passphrase: Callable[[], str] | None = None
    portal_url: str | None = None
    typed: str = field(default="", repr=False)
    key: bytes = field(default=b"", repr=False)
    copy_of: DataFolder | None = None
    machine: str = field(default_factory=machine_id, repr=False)


@contextmanager
def open_hall(opening: Opening) -> Iterator[Hall]:
    """Open the waiting hall only: tickets and calls, side by side with a desk at work.

    Raises:
        NoSettings: The folder is empty and no settings were given.
        BadSettings: The settings have mistakes.
        WrongFolder: The demonstration was asked for in a real desk's folder.
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged, StoreTooNew: It cannot be opened now.
    """
    settings = _adopt(opening)
    url = settings.settings.office_database.url
    with ExitStack() as house:
        if url:
            office = house.enter_context(closing(Office(None, url)))
        else:
            office = house.enter_context(closing(Office(opening.folder.office)))
        reserve = house.enter_context(closing(Office(opening.folder.reserve)))
        yield Hall(
            folder=opening.folder,
            settings=settings,
            office=office,
            reserve=reserve,
            catalogue=load_catalogue(opening.resources / "procedures"),
            priorities=load_priorities(opening.resources / "queue"),
            plain=load_plain(opening.resources / "queue"),
            wordings=load_wordings(opening.resources / "papers", opening.folder.papers),
            notice=load_notice(
                opening.resources / "notice",
                opening.folder.notice,
                Told(
                    center_name(settings.settings),
                    settings.settings.office.phone,
                    load_retention(opening.resources / "retention", settings.settings.retention),
                ),
            ),
            clock=opening.clock,
            training=opening.folder.training.exists(),
        )


@contextmanager
def open_desk(opening: Opening) -> Iterator[Context]:
    """Open the desk in a folder, setting it up first when the folder is empty.

    Raises:
        NoSettings: The folder is empty and no settings were given.
        BadSettings: The settings have mistakes.
        WrongFolder: The demonstration was asked for in a real desk's folder, or the settings are
            another desk's.
        NoKey, WrongKey: The database cannot be unlocked.
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged, StoreTooNew: It cannot be opened now.
    """
    recovery.finish(opening.folder, opening.clock())
    with open_hall(opening) as hall:
        key = opening.key or _key(opening, hall)
        beside = None if opening.copy_of is None else opening.copy_of.files
        reading_only = opening.copy_of is not None
        with closing(
            Store(opening.folder.store, key, reading_only=reading_only, files=beside)
        ) as store:
            training = _marks(store, hall.settings.settings.desk.id, training=hall.training)
            if training != hall.training:
                raise WrongFolder
            if not reading_only:
                going_on.go_on_if_turned_back(store, opening.folder.seals, opening.clock())
                going_on.go_on_if_moved(store, opening.machine, opening.clock())
                _tidy_files(store)
            with store.reading() as session:
                kept = editions.kept(session)
                shipped = load_calendar(opening.resources / "calendars")
                calendar = calendar_of(session, shipped, local_day(opening.clock()))
                wordings = wordings_of(session, hall.wordings)
            context = Context(
                hall=hall,
                store=store,
                calendar=calendar,
                seat=Seat(hall.settings, _sitting(hall)),
                reasons=load_reasons(opening.resources / "acts"),
                declarations=load_forms(opening.resources / "procedures" / "forms"),
                gazetteer=Gazetteer(
                    opening.resources / "units",
                    opening.folder.old_units,
                    partial(_units, store, local_day(opening.clock())),
                ),
                systems=load_systems(opening.resources / "systems" / "systems.toml"),
                retention=load_retention(
                    opening.resources / "retention", hall.settings.settings.retention
                ),
                shelf=Shelf(laid_over(hall.catalogue, kept)),
                wordings=wordings,
            )
            if not reading_only and not is_new(context):
                opening.folder.note_accounts()  # a folder of an older program, or a restored one
            seal_trail(context)
            yield context
            seal_trail(context)


def _units(store: Store, today: date) -> tuple[Sequence[ToldUnit], Sequence[str]]:
    with store.reading() as session:
        return units_of(session, today)


def _tidy_files(store: Store) -> None:
    """Finish, or take back, what the last run was stopped at."""
    try:
        with store.reading() as session:
            files.tidy(session, store.files)
        sealed.encrypt_anew(store)
    except OSError as error:
        raise folder_error(error) from error


def seal_trail(context: Context) -> None:
    """Seal what was done since the last seal, and keep every seal beside the database."""
    if context.store.is_reading_only:
        return  # its entries are sealed where they are carried to
    with context.store.writing() as session:
        trail.seal_up(session, context.clock())
        known = trail.seals(session)
    try:
        trail.write_seals(context.hall.folder.seals, known)
    except OSError as error:
        raise folder_error(error) from error


def seal_newest(context: Context) -> None:
    """Seal what was done since the last seal, and add what is new to the seals kept beside.

    It takes as long after years of seals as on the first day; ``seal_trail`` compares them all.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: It cannot be written now.
    """
    beside = context.hall.folder.seals
    try:
        last = max((one.seq for one in trail.read_last_seals(beside)), default=0)
        with context.store.writing() as session:
            trail.seal_up(session, context.clock())
            fresh = trail.seals_after(session, last, MOST_AT_ONCE)
        trail.add_seals(beside, fresh)
    except OSError as error:
        raise folder_error(error) from error


def _sitting(hall: Hall) -> Officer:
    """Return who sits at a desk just opened: the program, or the demonstration's invented officer.

    The officer's window of a real desk empties the chair until somebody signs in; a command that
    touches a citizen's record lets an officer sign in too.
    """
    if hall.training:
        people = (Role.OFFICER, Role.CASHIER, Role.SUPERVISOR, Role.ADMINISTRATOR)
        return officer_of(hall.settings.settings, *people)
    return THE_PROGRAM


def _adopt(opening: Opening) -> SettingsFile:
    """Check whose folder it is and read its settings, keeping them when it is empty."""
    folder = opening.folder
    if opening.training and folder.is_real():
        raise WrongFolder
    path = opening.settings_path or folder.settings
    if not path.exists() and opening.settings_path is None:
        raise NoSettings
    file = read_settings(path)
    if not folder.settings.exists():
        folder.make()
        try:
            if opening.training:
                folder.training.write_text("", encoding="ascii")
            portal = file.settings.portal
            for name in (portal.ca_file, portal.certificate, portal.key):
                named = file.beside(name)
                if named is not None and not Path(name).is_absolute():
                    kept = folder.root / name
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(named, kept)
                    kept.chmod(0o600)
            shutil.copyfile(path, folder.settings)
        except OSError as error:
            raise folder_error(error) from error
    if opening.portal_url is None:
        return file
    portal = file.settings.portal.model_copy(update={"url": opening.portal_url})
    return replace(file, settings=file.settings.model_copy(update={"portal": portal}))


def _key(opening: Opening, hall: Hall) -> bytes:
    """Return the database's key, making it when the folder is new."""
    folder = opening.folder
    passphrase = _passphrase(opening, hall.settings.settings.desk.id, training=hall.training)
    try:
        key_change.finish(folder, passphrase)
    except OSError as error:
        raise folder_error(error) from error
    if folder.key.exists():
        return open_key(folder.key, passphrase)
    if folder.store.exists():
        raise StoreDamaged("database without its key file")
    try:
        return make_key(folder.key, passphrase)
    except OSError as error:
        raise folder_error(error) from error


def passphrase_for(opening: Opening) -> str:
    """Return the passphrase of a desk that is set up, wherever it is kept or whoever types it.

    Raises:
        NoKey: Nobody gives one.
        BadSettings: The settings have mistakes.
    """
    desk_id = read_settings(opening.folder.settings).settings.desk.id
    return _passphrase(opening, desk_id, training=opening.folder.training.exists())


def _passphrase(opening: Opening, desk_id: str, *, training: bool) -> str:
    ask = opening.ask_passphrase
    if training and ask is None:
        ask = _demo_passphrase
    return opening.typed or find_passphrase(desk_id, ask, training=training)


def _marks(store: Store, desk_id: str, *, training: bool) -> bool:
    """Check whose database this is, marking a new one; return whether it serves training."""
    with store.reading() as session:
        owner, kind = find_mark(session, "desk_id"), find_mark(session, "kind")
    if owner is None:
        with store.writing() as session:
            note_mark(session, "desk_id", desk_id)
            note_mark(session, "kind", "training" if training else "real")
            note_mark(session, "install_id", str(uuid4()))
        return training
    if owner != desk_id:
        raise WrongFolder(f"database of {owner}")
    return kind == "training"


def _demo_passphrase() -> str:
    return DEMO_PASSPHRASE
