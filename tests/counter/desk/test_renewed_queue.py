"""An administrator lets the damaged queue begin anew: no number twice, and somebody answers."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from counter import errands
from counter.desk import calls, queueing, recovery, renewing
from counter.desk.checking import check_queue
from counter.desk.context import Context
from counter.desk.data_desk import DataDesk
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk, open_hall
from counter.desk.recovery import Restoring
from counter.errors import NotAllowed, QueueDamaged, QueueSound, UnknownCode, UnknownTicket
from counter.folder import DataFolder
from counter.office import renewing as office_renewing
from counter.people import Officer, Role
from counter.store import trail
from counter.work import CheckState
from tests.counter.desk.conftest import SetClock
from tests.counter.desk.test_damaged_queue import damage_at_work
from tests.counter.office.test_renewing import spoil_table

HERE = "Quầy 1"


def spoil(folder: DataFolder, name: str) -> None:
    for kept in folder.root.glob(f"{name}*"):
        kept.write_bytes(Random(8).randbytes(kept.stat().st_size))


def given_in(context: Context, count: int = 1) -> list[str]:
    return [queueing.take_ticket(context.hall, "A", None).number for _ in range(count)]


def noted(context: Context) -> list[tuple[str, str, str]]:
    with context.store.reading() as session:
        found = trail.entries(session, newest=50)
    return [
        (one.action, one.officer, one.detail)
        for one in sorted(found, key=lambda one: one.seq)
        if one.action.startswith("queue.")
    ]


def test_the_whole_day_has_each_number_once(opening: Opening, clock: SetClock) -> None:
    with open_desk(opening) as context:
        given = given_in(context, 2)
        damage_at_work(opening.folder)
        given += given_in(context, 2)
        renewed = Desk(context).data().renew_queue()
        given += given_in(context, 2)
        clock.move(hours=24)
        tomorrow = given_in(context)

    assert given == ["A001", "A002", "Z001", "Z002", "F001", "F002"]
    assert (renewed.letter, renewed.damaged, renewed.lost_tickets) == ("F", ("office.db",), True)
    assert tomorrow == ["A001"]


def test_a_number_from_before_is_called_by_typing_and_those_meanwhile_wait(
    opening: Opening,
) -> None:
    with open_desk(opening) as context:
        given_in(context, 2)
        damage_at_work(opening.folder)
        given_in(context, 2)
        renewing.renew_queue(context)
        waiting = [ticket.number for ticket in calls.queue(context.hall, HERE).waiting]
        called = calls.call_number(context.hall, HERE, "a002")
        after = calls.call_next(context.hall, HERE)
        with pytest.raises(UnknownTicket):
            calls.call_number(context.hall, HERE, "F007")

    assert waiting == ["Z001", "Z002"]
    assert (called.number, called.service_name) == ("A002", "Hộ tịch")
    assert after is not None
    assert after.number == "Z001"


def test_who_did_it_and_with_what_letter_stands_in_the_chain(opening: Opening) -> None:
    with open_desk(opening) as context:
        given_in(context)
        damage_at_work(opening.folder)
        context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({Role.ADMINISTRATOR})))
        DataDesk(context).renew_queue()
        chain = noted(context)
        with context.store.reading() as session:
            broken = list(trail.find_breaks(session, ()))

    assert [line[:2] for line in chain] == [
        ("queue.renewal_begun", "cb-9"),
        ("queue.renewed", "cb-9"),
    ]
    assert chain[1][2].startswith("office.db office-2.db F ")
    assert broken == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASHIER, Role.SUPERVISOR, Role.POST_OFFICE])
def test_only_an_administrator_does_it(opening: Opening, role: Role) -> None:
    with open_desk(opening) as context:
        damage_at_work(opening.folder)
        context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({role})))
        with pytest.raises(NotAllowed):
            DataDesk(context).renew_queue()

    assert not list(opening.folder.root.glob("office-2.db"))


def test_the_doctor_finds_one_spoilt_page(opening: Opening) -> None:
    with open_desk(opening) as context:
        given_in(context)
        sound = check_queue(context.hall)
    spoil_table(opening.folder.office, "rating")
    with open_desk(opening) as context:
        spoilt = check_queue(context.hall)
        renewing.renew_queue(context)
        renewed = check_queue(context.hall)

    assert (sound.state, sound.facts) == (CheckState.OK, "office.db")
    assert (spoilt.state, type(spoilt.error)) == (CheckState.FAILED, QueueDamaged)
    assert (renewed.state, renewed.facts) == (CheckState.OK, "office-2.db")


def test_a_sound_queue_is_left_alone_and_nothing_is_noted(opening: Opening) -> None:
    with open_desk(opening) as context:
        given_in(context)
        with pytest.raises(QueueSound):
            renewing.renew_queue(context)
        chain, after = noted(context), given_in(context)

    assert (chain, after) == ([], ["A002"])


def test_reserve_and_queue_damaged_at_once_repeat_no_number(opening: Opening) -> None:
    with open_desk(opening) as context:
        given = given_in(context)
        damage_at_work(opening.folder)
        given += given_in(context)
        spoil(opening.folder, "reserve.db")
        with pytest.raises(QueueDamaged):
            given_in(context)
        renewed = renewing.renew_queue(context)
        given += given_in(context)
        spoil(opening.folder, "office-2.db")
        given += given_in(context)

    assert renewed.damaged == ("office.db", "reserve.db")
    assert given == ["A001", "Z001", "F001", "I001"]


def test_a_desk_killed_between_note_and_act_does_it_anew(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_words: object, **_more: object) -> None:
        raise Killed

    with open_desk(opening) as context:
        given_in(context)
        damage_at_work(opening.folder)
        with monkeypatch.context() as at_work:
            at_work.setattr(office_renewing, "renew", killed)
            with pytest.raises(Killed):
                renewing.renew_queue(context)
        meanwhile = given_in(context)
    with open_desk(opening) as context:
        renewing.renew_queue(context)
        after = given_in(context)
        acts = [line[0] for line in noted(context)]

    assert (meanwhile, after) == (["Z001"], ["F001"])
    assert acts == ["queue.renewal_begun", "queue.renewal_begun", "queue.renewed"]


def test_a_kiosk_beside_the_desk_goes_on_with_the_new_file(opening: Opening) -> None:
    with open_desk(opening) as context, open_hall(opening) as kiosk:
        queueing.take_ticket(kiosk, "A", None)
        damage_at_work(opening.folder)
        renewing.renew_queue(context)
        there = queueing.take_ticket(kiosk, "A", None)
        called = calls.call_next(context.hall, HERE)

    assert there.number == "F001"
    assert called is not None
    assert called.number == "F001"


def test_booked_times_come_back_from_the_copy_in_a_backup(
    opening: Opening, clock: SetClock, tmp_path: Path
) -> None:
    with open_desk(opening) as context:
        code = queueing.book(context.hall, "B", clock())
        recovery.back_up(context, tmp_path / "one.motcua")
        later = queueing.book(context.hall, "B", clock())
        damage_at_work(opening.folder)
    opening.folder.queue_copy.unlink()
    recovery.restore(Restoring(opening.folder, tmp_path / "one.motcua", True, clock))
    with open_desk(opening) as context:
        renewed = renewing.renew_queue(context)
        taken = queueing.check_in(context.hall, code)
        with pytest.raises(UnknownCode):
            queueing.check_in(context.hall, later)

    assert (renewed.old_bookings, renewed.lost_bookings) == (True, False)
    assert (taken.number, taken.service_name) == ("F001", "Chứng thực")


def backed_up(context: Context, *names: str) -> list[str]:
    """Book a time before each of some backups of *names*, the oldest first; return the codes."""
    into = context.hall.folder.root / "backup"
    into.mkdir(exist_ok=True)
    codes = []
    for turn, name in enumerate(names):
        codes.append(queueing.book(context.hall, "B", context.clock()))
        made = recovery.back_up(context, into / f"{context.settings.settings.desk.id}-{name}")
        os.utime(made.path, (turn, turn))
    return codes


def test_booked_times_come_from_a_backup_where_the_copy_beside_is_damaged_too(
    opening: Opening,
) -> None:
    with open_desk(opening) as context:
        given = given_in(context, 2)
        old, new = backed_up(context, "one.motcua", "two.motcua")
        given += given_in(context)
        damage_at_work(opening.folder)
        given += given_in(context)
        spoil(opening.folder, "queue-copy.db")
        renewed = renewing.renew_queue(context)
        taken = [queueing.check_in(context.hall, code).number for code in (old, new)]
        given += given_in(context)
        left = list(opening.folder.root.glob("queue-copy.db.part*"))

    assert (renewed.old_bookings, renewed.lost_bookings) == (True, False)
    assert taken == ["F001", "F002"]
    assert [*given, *taken] == ["A001", "A002", "A003", "Z001", "F003", "F001", "F002"]
    assert left == []


def test_a_backup_that_tells_nothing_is_passed_over_for_an_older_one(opening: Opening) -> None:
    with open_desk(opening) as context:
        given_in(context)
        old, new = backed_up(context, "one.motcua", "two.motcua")
        (newest,) = (opening.folder.root / "backup").glob("*two.motcua")
        newest.write_bytes(newest.read_bytes()[:5000])
        damage_at_work(opening.folder)
        opening.folder.queue_copy.unlink()
        renewed = renewing.renew_queue(context)
        taken = queueing.check_in(context.hall, old)
        with pytest.raises(UnknownCode):
            queueing.check_in(context.hall, new)

    assert renewed.old_bookings
    assert taken.number == "F001"


@pytest.mark.skipif(os.name == "nt", reason="a pipe is what does not answer here")
def test_a_queue_is_renewed_though_the_folder_of_the_backups_hangs(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "FILE_S", 0.2)
    with open_desk(opening) as context:
        given_in(context)
        backed_up(context, "one.motcua")
        pipe = opening.folder.root / "backup" / f"{context.settings.settings.desk.id}-x.motcua"
        os.mkfifo(pipe)
        damage_at_work(opening.folder)
        opening.folder.queue_copy.unlink()
        renewed = renewing.renew_queue(context)
        after = given_in(context)
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))

    assert (renewed.lost_bookings, renewed.old_bookings) == (True, False)
    assert after == ["F001"]


def test_a_damaged_queue_holds_no_backup_up(opening: Opening, tmp_path: Path) -> None:
    with open_desk(opening) as context:
        damage_at_work(opening.folder)
        copied = recovery.back_up(context, tmp_path / "one.motcua")

    assert copied.path.exists()
    assert not opening.folder.queue_copy.exists()


def test_a_file_taken_away_by_hand_repeats_no_number(opening: Opening, clock: SetClock) -> None:
    with open_desk(opening) as context:
        given = given_in(context, 2)
    aside = opening.folder.root / "aside"
    aside.mkdir()
    for kept in opening.folder.root.glob("office.db*"):
        shutil.move(kept, aside / kept.name)
    with open_desk(opening) as context:
        given += given_in(context, 2)
        clock.move(hours=24)
        tomorrow = given_in(context)

    assert (given, tomorrow) == (["A001", "A002", "W001", "W002"], ["A001"])


def test_a_desk_restored_elsewhere_repeats_no_number_of_the_day(
    opening: Opening, clock: SetClock, tmp_path: Path
) -> None:
    with open_desk(opening) as context:
        given = given_in(context, 2)
        recovery.back_up(context, tmp_path / "one.motcua")
        given += given_in(context)
    elsewhere = DataFolder(tmp_path / "elsewhere")
    recovery.restore(Restoring(elsewhere, tmp_path / "one.motcua", True, clock))
    with open_desk(replace(opening, folder=elsewhere)) as context:
        given += given_in(context, 2)
        clock.move(hours=24)
        tomorrow = given_in(context)

    assert (given, tomorrow) == (["A001", "A002", "A003", "W001", "W002"], ["A001"])


def test_a_desk_backed_up_before_its_first_number_begins_with_the_letter_of_the_field(
    opening: Opening, tmp_path: Path
) -> None:
    with open_desk(replace(opening, folder=DataFolder(tmp_path / "fresh"))) as context:
        recovery.back_up(context, tmp_path / "one.motcua")
        given = given_in(context, 2)

    assert given == ["A001", "A002"]


def test_a_new_desk_begins_with_the_letter_of_each_field(tmp_path: Path, opening: Opening) -> None:
    with open_desk(replace(opening, folder=DataFolder(tmp_path / "fresh"))) as context:
        given = given_in(context, 2)

    assert given == ["A001", "A002"]
