"""The desk seals, backs up and forgets by itself."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import delete, event, select, text, update

from counter.audit import Seal
from counter.desk import checking, housekeeping, recovery
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DeskError
from counter.store import trail
from counter.store.store import BUSY_MS, note_mark
from counter.store.tables import DossierRow, MarkRow
from tests.counter.desk.conftest import SetClock, asked, lend

PAGE, RESERVE = 4096, 80


def test_a_turn_makes_the_hours_backup_and_the_next_turn_does_not(
    context: Context, clock: SetClock
) -> None:
    for _ in range(3):
        assert housekeeping.tidy(context) is None
        clock.move(minutes=10)

    assert len(list(housekeeping.copies_folder(context).glob("*.motcua"))) == 1


def test_the_hours_backup_is_the_programs_act_and_one_asked_for_is_the_officers(
    context: Context, tmp_path: Path
) -> None:
    housekeeping.tidy(context)
    recovery.back_up(context, tmp_path / "asked.motcua")

    with context.store.reading() as session:
        made = trail.find_entries(session, newest=2, action="desk.backed_up")
    assert {entry.officer for entry in made} == {
        "program",
        context.settings.settings.desk.officer_id,
    }


def test_what_was_done_is_sealed_within_a_quarter_of_an_hour(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    housekeeping.tidy(context)
    desk.receive(asked(clock))
    clock.move(minutes=16)

    housekeeping.tidy(context)

    with context.store.reading() as session:
        newest = trail.entries(session, newest=1)[0].seq
        assert trail.seals(session)[-1].seq == newest


def test_a_seal_costs_no_more_after_years_of_them(
    context: Context, desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive(asked(clock))
    clock.move(minutes=16)
    housekeeping.tidy(context)
    beside = context.hall.folder.seals
    newest = trail.read_seals(beside)
    beside.unlink()
    trail.add_seals(beside, [replace(newest[-1], seq=-seq) for seq in range(5000, 0, -1)])
    trail.add_seals(beside, newest)
    desk.receive(asked(clock))
    clock.move(minutes=16)
    looks, look = [], trail._read_seal

    def counted(line: str) -> Seal | None:
        looks.append(line)
        return look(line)

    monkeypatch.setattr(trail, "_read_seal", counted)

    housekeeping.tidy(context)

    assert 0 < len(looks) < 500
    with context.store.reading() as session:
        assert trail.read_seals(beside)[-1] == trail.seals(session)[-1]


def test_the_numbers_a_day_leaves_over_are_noted_as_void_the_next_morning(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    lend(context, 1, 9)
    desk.receive(asked(clock))
    clock.move(minutes=24 * 60)

    housekeeping.tidy(context)
    housekeeping.tidy(context)

    with context.store.reading() as session:
        noted = [e for e in trail.entries(session, newest=50) if e.action == "serials.voided"]
    assert [(e.officer, e.subject[-5:], e.detail[-6:]) for e in noted] == [
        ("program", "-0002", "0009 8")
    ]
    assert checking.verify(context) == ()


def test_a_hundred_entries_are_sealed_at_once(context: Context, clock: SetClock) -> None:
    housekeeping.tidy(context)
    with context.store.writing() as session:
        for _ in range(100):
            trail.note(session, officer="cb-0001", action="test", moment=clock())

    housekeeping.tidy(context)

    with context.store.reading() as session:
        assert not trail.is_long_unsealed(session)
        assert trail.seals(session)[-1].seq >= 100


@pytest.mark.skipif(os.name == "nt", reason="a folder cannot be made unwritable so")
def test_a_second_disk_that_is_gone_is_told_and_the_desk_goes_on(
    context: Context, desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "a file where the folder should be"
    gone.write_text("", encoding="ascii")
    monkeypatch.setattr(housekeeping, "copies_folder", lambda _context: gone)

    assert isinstance(housekeeping.tidy(context), DeskError)
    assert desk.receive(asked(clock)).code


CANARY = b"CANARY-" + b"7" * 40


def delete_a_canary(context: Context) -> None:
    with context.store.writing() as session:
        note_mark(session, "canary", CANARY.decode() * 1000)  # over many pages
    with context.store.writing() as session:
        session.execute(delete(MarkRow).where(MarkRow.name == "canary"))


def test_what_was_deleted_is_gone_from_file_and_log_after_one_turn(context: Context) -> None:
    delete_a_canary(context)

    housekeeping.tidy(context)

    path = context.hall.folder.store
    assert path.with_name("desk.db-wal").stat().st_size == 0
    assert b"desk_id" in deciphered(path, context.store.key)
    assert CANARY not in deciphered(path, context.store.key)


def test_forgetting_alone_empties_the_log(context: Context) -> None:
    delete_a_canary(context)

    housekeeping.forget(context)

    path = context.hall.folder.store
    assert path.with_name("desk.db-wal").stat().st_size == 0
    assert CANARY not in deciphered(path, context.store.key)


def test_forgetting_does_not_wait_for_a_long_reader_and_is_done_after_it(context: Context) -> None:
    with context.store.reading() as session:
        session.execute(select(MarkRow.value)).all()
        delete_a_canary(context)
        begun = time.monotonic()
        emptied = context.store.forget_deleted()
        waited_s = time.monotonic() - begun

    assert not emptied
    assert waited_s < BUSY_MS / 1000
    assert context.store.forget_deleted()


def write_a_name_over(context: Context) -> None:
    for name in ("qxzwcanary", ""):
        with context.store.writing() as session:
            session.execute(update(DossierRow).values(applicant_folded=name))


def test_a_name_that_was_written_over_leaves_the_index_of_names_too(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    write_a_name_over(context)

    housekeeping.forget(context)

    assert b"qxzwcanary" not in deciphered(context.hall.folder.store, context.store.key)


def test_an_index_that_keeps_names_until_its_next_merge_would_be_caught(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    """The look into the deciphered pages finds the mistake it is there for."""
    desk.receive(asked(clock))
    with context.store.writing() as session:
        session.execute(
            text("INSERT INTO dossier_name(dossier_name, rank) VALUES ('secure-delete', 0)")
        )
    write_a_name_over(context)

    housekeeping.forget(context)

    assert b"qxzwcanary" in deciphered(context.hall.folder.store, context.store.key)


def test_a_database_that_only_marks_pages_as_free_would_be_caught(context: Context) -> None:
    """The look into the deciphered pages finds the mistake it is there for."""

    @event.listens_for(context.store.engine, "checkout")
    def _keep_what_is_deleted(connection: Any, _record: object, _proxy: object) -> None:
        connection.cursor().execute("PRAGMA secure_delete = OFF").fetchall()

    delete_a_canary(context)

    housekeeping.tidy(context)

    assert CANARY in deciphered(context.hall.folder.store, context.store.key)


def deciphered(path: Path, key: bytes) -> bytes:
    """Return every page of the file in the clear, free ones too (SQLCipher 4: AES-256-CBC)."""
    content, pages = path.read_bytes(), []
    for begin in range(0, len(content), PAGE):
        page = content[begin : begin + PAGE]
        salt = 16 if begin == 0 else 0
        vector = page[PAGE - RESERVE : PAGE - RESERVE + 16]
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        pages.append(cipher.update(page[salt : PAGE - RESERVE]) + cipher.finalize())
    return b"".join(pages)
