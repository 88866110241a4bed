"""The encrypted file: sealed, durable in its settings, honest about what is wrong."""

from __future__ import annotations

import errno
import os
import pkgutil
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

import counter.store
from counter.database import migrate
from counter.errors import (
    DiskFull,
    ReadingOnly,
    StoreBusy,
    StoreDamaged,
    StoreReadOnly,
    StoreTooNew,
    WrongKey,
)
from counter.store import declared, editions, files, life_tables, people_tables, reference, trail  # noqa: F401 - of the same metadata
from counter.store import store as store_room
from counter.store.store import Store, find_mark, note_mark, opens
from counter.store.tables import Base

KEY = bytes(range(32))
SECRET = "NGUYỄN VĂN CANARY 001099012345"


def test_nothing_readable_lies_in_the_file_or_its_log(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "desk.db", KEY)) as store:
        with store.writing() as session:
            note_mark(session, "canary", SECRET)
        raw = b"".join(path.read_bytes() for path in tmp_path.glob("desk.db*"))

    assert len(raw) > 4096
    assert SECRET.encode() not in raw
    assert b"CREATE TABLE" not in raw


def test_another_key_does_not_open_the_file(tmp_path: Path) -> None:
    Store(tmp_path / "desk.db", KEY).close()

    with pytest.raises(WrongKey):
        Store(tmp_path / "desk.db", os.urandom(32))


def test_what_is_committed_is_on_the_disk_also_after_a_power_cut(store: Store) -> None:
    with store.reading() as session:
        mode = session.execute(text("PRAGMA journal_mode")).scalar_one()
        synchronous = session.execute(text("PRAGMA synchronous")).scalar_one()
        keys = session.execute(text("PRAGMA foreign_keys")).scalar_one()

    assert (mode, synchronous, keys) == ("wal", 2, 1)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing() as session:
            note_mark(session, "half", "done")
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    with store.reading() as session:
        assert find_mark(session, "half") is None


def test_fresh_tables_are_what_the_steps_make(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    for module in pkgutil.iter_modules(counter.store.__path__, "counter.store."):
        import_module(module.name)  # every table, whichever file it stands in
    with (
        closing(Store(tmp_path / "desk.db", KEY)) as store,
        store.engine.connect() as connection,
    ):
        migration = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, *_: not str(name).startswith("dossier_name")},
        )
        differences = compare_metadata(migration, Base.metadata)

    assert differences == []


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "desk.db", KEY)) as store, store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreTooNew):
        Store(tmp_path / "desk.db", KEY)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, store: Store) -> None:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    source = Path(__file__).parents[3] / "counter/store/migrations"
    (scripts / "env.py").write_text((source / "env.py").read_text())
    for step in (source / "versions").glob("[0-9]*.py"):
        (scripts / "versions" / step.name).write_text(step.read_text())
    last = max(path.name.split("_")[0] for path in (scripts / "versions").glob("[0-9]*.py"))
    (scripts / "versions" / "9000_broken.py").write_text(
        "from alembic import op\n"
        f'revision = "9000"\ndown_revision = "{last}"\n'
        'def upgrade():\n    op.execute("CREATE TABLE half (a)")\n    op.execute("NONSENSE")\n'
    )

    with pytest.raises(Exception, match="NONSENSE"):
        migrate(store, scripts)

    with store.reading() as session:
        version = session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        half = session.execute(
            text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")
        ).scalar_one()
    assert (version, half) == (last, 0)
    assert (tmp_path / f"desk.db.before-{last}").stat().st_size > 0


def test_a_step_without_room_for_its_copy_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    with closing(Store(path, KEY)) as store, store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    def no_room(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("counter.database.Path.replace", no_room)

    with pytest.raises(DiskFull):
        Store(path, KEY)

    assert not path.with_name("desk.db.before-0001").exists()
    with closing(sqlcipher3.dbapi2.connect(str(path))) as connection:
        connection.execute(f"PRAGMA key = \"x'{store_room._with_salt(KEY)}'\"")
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert version == "0001"


def flip_bits(path: Path, key: bytes) -> list[str]:
    """Write marks, flip a bit of every page, and return what is then read other than written."""
    with closing(Store(path, key)) as store, store.writing() as session:
        for number in range(200):
            note_mark(session, f"mark {number}", "x" * 100)
    kept = path.read_bytes()
    unnoticed = []
    for page in range(1, len(kept) // 4096):
        damaged = bytearray(kept)
        damaged[page * 4096 + 2000] ^= 1
        path.write_bytes(damaged)
        try:
            with closing(Store(path, key)) as store:
                problems = store.problems()
                with store.reading() as session:
                    told = [find_mark(session, f"mark {number}") for number in range(200)]
        except (StoreDamaged, WrongKey, DatabaseError, UnicodeDecodeError) as error:
            if "decode" in str(error):  # rubbish was handed on as if it were whole
                unnoticed.append(f"page {page}")
            continue
        if not problems and told != ["x" * 100] * 200:
            unnoticed.append(f"page {page}")
    return unnoticed


def test_a_mark_is_found_in_the_transaction_that_noted_it(store: Store) -> None:
    with store.writing() as session:
        note_mark(session, "seen", "at once")

        assert find_mark(session, "seen") == "at once"


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    assert flip_bits(tmp_path / "desk.db", KEY) == []


def check_pages(on: str) -> None:
    """Let databases made from now on carry a keyed digest in each page, or not."""
    with closing(sqlcipher3.dbapi2.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA cipher_default_use_hmac = {on}")


def test_a_store_that_does_not_check_its_pages_is_caught(tmp_path: Path) -> None:
    """The harness finds the mistake it is there for."""
    check_pages("OFF")
    try:
        assert flip_bits(tmp_path / "desk.db", KEY)
    finally:
        check_pages("ON")


def test_a_folder_that_cannot_be_used_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        Store(tmp_path / "absent" / "desk.db", KEY)


def test_plain_sqlite_cannot_read_the_file(tmp_path: Path) -> None:
    Store(tmp_path / "desk.db", KEY).close()

    with (
        closing(sqlite3.connect(tmp_path / "desk.db")) as plain,
        pytest.raises(sqlite3.DatabaseError),
    ):
        plain.execute("SELECT * FROM sqlite_master").fetchall()


def test_a_first_sector_spoilt_while_the_log_held_it_is_read_from_the_log(tmp_path: Path) -> None:
    """The power goes in the middle of a checkpoint: the page is whole in the log only."""
    path = tmp_path / "desk.db"
    with closing(Store(path, KEY)) as store:
        with store.writing() as session:
            note_mark(session, "folded", "yes")
        store.forget_deleted()
        with store.writing() as session:
            session.execute(text("CREATE TABLE other (a)"))
            note_mark(session, "kept", "yes")
        (tmp_path / "cut").mkdir()
        for name in ("desk.db", "desk.db-wal"):
            (tmp_path / "cut" / name).write_bytes((tmp_path / name).read_bytes())
    spoilt = bytearray((tmp_path / "cut" / "desk.db").read_bytes())
    spoilt[:512] = os.urandom(512)
    (tmp_path / "cut" / "desk.db").write_bytes(spoilt)

    with closing(Store(tmp_path / "cut" / "desk.db", KEY)) as again, again.reading() as session:
        assert find_mark(session, "kept") == "yes"


def test_a_file_with_a_salt_of_its_own_still_opens(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as driver

    Store(tmp_path / "new.db", KEY).close()
    with closing(driver.connect(str(tmp_path / "desk.db"))) as older:
        older.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        older.execute("CREATE TABLE first (a)")

    with closing(Store(tmp_path / "desk.db", KEY)) as store:
        assert store.problems() == []
    with closing(Store(tmp_path / "desk.db", KEY)) as store:
        assert store.problems() == []


def test_the_key_of_a_file_with_a_salt_of_its_own_is_known_as_its_key(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as driver

    Store(tmp_path / "new.db", KEY).close()
    with closing(driver.connect(str(tmp_path / "older.db"))) as older:
        older.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        older.execute("CREATE TABLE first (a)")

    found = [opens(tmp_path / name, KEY) for name in ("new.db", "older.db", "none.db")]
    others = [opens(tmp_path / name, bytes(32)) for name in ("new.db", "older.db")]

    assert found == [True, True, False]
    assert others == [False, False]


def test_a_desk_that_searched_before_calls_no_sound_index_damaged(store: Store) -> None:
    named = text("INSERT INTO dossier_name (rowid, applicant_folded) VALUES (:row, 'mau thu')")
    assert store.path
    with closing(Store(store.path, store.key)) as beside:
        for row in range(1, 40):
            with beside.writing() as session:
                session.execute(named, {"row": row})
            if row == 10:
                with store.reading() as session:
                    session.execute(text("SELECT rowid FROM dossier_name('thu')")).all()

    assert store.problems() == []


def test_a_new_key_opens_the_file_and_the_old_one_does_not(tmp_path: Path) -> None:
    path, new = tmp_path / "desk.db", os.urandom(32)
    with closing(Store(path, KEY)) as store:
        with store.writing() as session:
            note_mark(session, "kept", "yes")
        store.change_key(new)

    with closing(Store(path, new)) as store, store.reading() as session:
        assert find_mark(session, "kept") == "yes"
    with pytest.raises(WrongKey):
        Store(path, KEY)


def test_a_key_is_not_changed_while_another_reads_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_room, "BUSY_MS", 20)
    path = tmp_path / "desk.db"
    with closing(Store(path, KEY)) as store, closing(Store(path, KEY)) as other:
        with store.writing() as session:
            note_mark(session, "kept", "yes")
        with other.reading() as session:
            assert find_mark(session, "kept") == "yes"
            with pytest.raises(StoreBusy):
                store.change_key(os.urandom(32))

    with closing(Store(path, KEY)) as store, store.reading() as session:
        assert find_mark(session, "kept") == "yes"


def test_a_copy_to_read_takes_no_act_but_notes_who_read(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with closing(Store(path, KEY)) as store, store.writing() as session:
        note_mark(session, "kept", "yes")

    with closing(Store(path, KEY, reading_only=True)) as store:
        with pytest.raises(ReadingOnly), store.writing():
            raise AssertionError
        with store.noting() as session:
            note_mark(session, "read", "yes")
        with store.reading() as session:
            assert (find_mark(session, "kept"), find_mark(session, "read")) == ("yes", "yes")
