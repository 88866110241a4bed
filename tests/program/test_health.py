"""A desk tells how it is in numbers and known words, once an hour, and is never held up by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest

from counter import crashes
from counter.desk import erasing
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.errors import DeskError, HealthNotTold, PapersStay, StoreBusy
from counter.folder import DataFolder
from counter.health import CODES, MOST_BYTES, DeskHealth, find_machine, parse_health, write_health
from counter.ports import PaperEvent, PrinterState, ReadersChanged, SyncState
from counter.store import trail
from counter.values import CitizenNumber, DossierId, PartialDate, Sex, uuid7
from counter.work import Applicant, Check, CheckState, IdentitySource, PaperBrought, ReceptionAsked
from program import RESOURCES
from program.health import HealthTeller
from program.rooms import Ears, Rooms
from program.updates import SERIAL
from tests.counter.desk.conftest import Run

NAME, NUMBER, PHONE, PLACE = "Vi Thị Sức Khỏe", "001188077313", "0977313313", "bản Tình Trạng"
QUEUE = "HP-của-chị-Sức"


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@dataclass
class Told:
    """A training desk that tells how it is into ``share``."""

    clock: Clock
    rooms: Rooms
    teller: HealthTeller
    share: Path

    def turn(self) -> DeskError | None:
        """Let the desk do what it does by itself, and wait for what it does beside its work."""
        self._wait()  # else what the turn before had begun would take this one's place
        first = self.teller.tidy(self.rooms)
        self._wait()
        return first or self.teller.tidy(self.rooms)

    def _wait(self) -> None:
        if self.teller._backups is not None:
            self.teller._backups.wait(120)

    def files(self) -> list[Path]:
        return sorted(self.share.iterdir())

    def health(self) -> DeskHealth:
        (path,) = self.files()
        return parse_health(json.loads(path.read_bytes()))


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    clock, share, home = Clock(), tmp_path / "share", DataFolder(tmp_path / "desk")
    share.mkdir()
    site = tmp_path / "site.toml"
    shutil.copyfile(RESOURCES / "demo" / "site.toml", site)
    with site.open("a", encoding="utf-8") as file:
        file.write(f'\n[health]\nfolder = "{share.as_posix()}"\n')
    with open_desk(Opening(home, site, True, RESOURCES, clock)) as context:
        teller = HealthTeller(home, clock, machine="one computer")
        yield Told(clock, rooms_with(context), teller, share)


def rooms_with(context: Context, trouble: DeskError | None = None) -> Rooms:
    """Rooms of which only the desk is looked at."""
    nobody = cast(Any, None)
    return Rooms(context, nobody, nobody, nobody, None, None, None, trouble)


def receive(context: Context, clock: Clock) -> None:
    """Receive a dossier of an invented citizen."""
    citizen = Applicant(
        full_name=NAME,
        number=CitizenNumber(NUMBER),
        birth_date=PartialDate(1988, 7, 7),
        sex=Sex.FEMALE,
        address=PLACE,
        phone=PHONE,
        email=None,
        source=IdentitySource.MANUAL,
        verdict=None,
    )
    papers = (PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0))
    asked = ReceptionAsked(
        dossier_id=DossierId(uuid7(clock())),
        applicant=citizen,
        procedure_code="1.001193",
        papers=papers,
        noticed_at=clock(),
    )
    Desk(context).receive(asked)


def texts_in(tree: dict[str, object]) -> dict[str, str]:
    """Return what in a health's file is a text, and neither a moment nor a state."""
    states = {state.value for state in CheckState}
    return {
        key: value
        for key, value in tree.items()
        if isinstance(value, str)
        and value not in states
        and key not in {"at", "since", "checked_at"}
    }


def test_nothing_of_a_citizen_or_an_officer_enters_what_a_desk_tells(told: Told) -> None:
    receive(told.rooms.context, told.clock)
    log = told.rooms.context.hall.folder.log
    crashes.write_report(log, ValueError(NAME), None, moment=told.clock(), version="0.1.0")
    told.teller.noted((Check("reader", CheckState.WARNING, f"{QUEUE} {NAME}", DeskError(PHONE)),))
    said: list[PaperEvent] = []
    ears = Ears(card=print, code=print, paper=said.append, sync=print)
    told.teller.beside(ears).paper(PrinterState("receipts", QUEUE, DeskError(PLACE)))

    assert told.teller.tell(told.rooms) is None

    (path,) = told.files()
    text = path.read_text(encoding="ascii")
    tree = json.loads(text)
    own = told.rooms.context.settings.settings
    hidden = (NAME, NUMBER, PHONE, PLACE, QUEUE, own.desk.officer_name, own.desk.name)
    assert [words for words in hidden if words in str(tree) or words in text] == []
    assert set(texts_in(tree)) == set(CODES)
    assert (tree["unsent"], tree["crash_reports"]) == (1, 1)
    assert (tree["reader"], tree["receipts"], tree["tickets"]) == ("warning", "failed", None)
    assert len(text) < MOST_BYTES
    assert len(said) == 1


def test_a_text_field_added_to_what_a_desk_tells_is_refused(told: Told) -> None:
    told.teller.tell(told.rooms)
    known = {name: getattr(told.health(), name) for name in DeskHealth.__dataclass_fields__}

    @dataclass(frozen=True)
    class WithNote(DeskHealth):
        note: str = ""

    with pytest.raises(ValueError, match="note"):
        WithNote(**known, note=NAME)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("desk", NAME), ("machine", NUMBER), ("version", PHONE), ("unsent", 10**11), ("office", "")],
)
def test_a_known_code_of_another_form_is_refused(told: Told, field: str, wrong: object) -> None:
    told.teller.tell(told.rooms)

    with pytest.raises(ValueError, match=field):
        replace(told.health(), **cast(Any, {field: wrong}))


def test_what_a_desk_tells_is_read_back_as_it_was(told: Told) -> None:
    told.teller.tell(told.rooms)
    health = told.health()

    again = parse_health(json.loads(write_health(told.share, health).read_bytes()))

    assert again == health
    assert told.files()[0].name == health.file_name


def test_a_desk_tells_once_an_hour_and_when_it_is_closed(told: Told) -> None:
    told.rooms.context.store.clocks = run = Run()
    heard = []
    for minutes in (0, 30, 31, 60):
        told.clock.moment = datetime(2026, 11, 25, 1, 30, tzinfo=UTC) + timedelta(minutes=minutes)
        run.hours = 5 + minutes / 60
        assert told.turn() is None
        health = told.health()
        heard.append((health.uptime_s, health.backup_age_s, health.is_open))
    run.hours += 0.25
    told.teller.close(told.rooms)

    assert heard == [(0, 0, True), (0, 0, True), (0, 0, True), (3600, 3600, True)]
    assert (told.health().is_open, told.health().backup_age_s) == (False, 900)


def test_a_desk_just_opened_tells_nothing_before_it_knows_its_backups(told: Told) -> None:
    told.teller.tidy(told.rooms)
    at_first = told.files()

    told.turn()

    assert at_first == []
    assert told.health().backup_age_s is not None


def test_a_desk_that_can_only_be_read_tells_without_a_backup(told: Told) -> None:
    told.rooms.context.store.is_reading_only = True

    told.teller.tidy(told.rooms)

    assert told.health().backup_age_s is None


def test_a_spoilt_seal_of_the_portal_keeps_no_desk_from_telling(told: Told) -> None:
    with told.rooms.context.store.writing() as session:
        moment = told.clock.moment
        trail.note(session, officer="cb-0001", action="audit.seal_printed", moment=moment)
        trail.seal_up(session, moment)
    with told.rooms.context.store.reading() as session:
        install, sound = trail.install_of(session), trail.seals(session)
    spoilt = replace(sound[-1], at="some day")
    held = trail.portal_seals(told.rooms.context.hall.folder.root, install)
    trail.keep_seals(held, [*sound, spoilt])

    told.teller.tell(told.rooms)

    assert told.health().portal_seal_age_s is not None


def test_a_share_that_is_away_is_told_and_is_not_made_here(told: Told) -> None:
    told.share.rmdir()

    trouble = told.turn()

    assert isinstance(trouble, HealthNotTold)
    assert not told.share.exists()
    assert told.teller.tidy(told.rooms) is None
    assert len(list((told.rooms.context.hall.folder.root / "backup").glob("*.motcua"))) == 1


def test_a_share_that_does_not_answer_holds_the_desk_for_no_more_than_its_patience(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, came, asked = Event(), Event(), []

    def hang(folder: Path, health: DeskHealth) -> Path:
        asked.append(health)
        came.set()
        answered.wait(60)
        return folder / health.file_name

    monkeypatch.setattr("counter.health.write_health", hang)
    monkeypatch.setattr("program.health.PATIENCE_S", 0.01)

    troubles = [told.teller.tell(told.rooms) for _ in range(3)]

    came.wait(60)
    answered.set()
    assert [type(one) for one in troubles] == [HealthNotTold] * 3
    assert len(asked) == 1


def test_a_backup_that_fails_is_told_to_the_province_too(told: Told, tmp_path: Path) -> None:
    (tmp_path / "desk" / "backup").write_text("no folder", encoding="ascii")

    trouble = told.turn()

    assert trouble is not None
    assert (told.health().backup_failed, told.health().backup_age_s) == (True, None)


def test_a_paper_that_stays_in_the_tray_is_no_backup_that_failed(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stay(_context: Context) -> None:
        raise PapersStay("1 stays", count=1, folder="tray")

    monkeypatch.setattr(erasing, "remove_papers_due", stay)

    trouble = told.turn()
    told.turn()

    assert isinstance(trouble, PapersStay)
    assert not told.health().backup_failed
    assert told.teller.tidy(told.rooms) is None


def test_a_desk_that_cannot_do_its_turn_tells_how_it_is_all_the_same(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy

    monkeypatch.setattr("counter.desk.housekeeping.tidy", busy)

    with pytest.raises(StoreBusy):
        told.teller.tidy(told.rooms)

    assert told.health().is_open


@pytest.mark.parametrize("spoilt", ["", "sáu", "6" * 9999])
def test_a_serial_that_cannot_be_read_keeps_no_desk_from_telling(told: Told, spoilt: str) -> None:
    home = told.rooms.context.hall.folder
    (home.root / SERIAL).write_text(spoilt, encoding="utf-8")

    trouble = told.teller.tell(told.rooms)

    assert trouble is None
    assert (told.health().serial, told.health().turn) == (None, None)


def test_a_mark_of_no_possible_moment_is_made_anew(tmp_path: Path) -> None:
    folder, clock = DataFolder(tmp_path), Clock()
    mark = find_machine(folder, "one computer", clock()).mark
    salt = folder.health_mark.read_text(encoding="ascii").split()[0]
    folder.health_mark.write_text(f"{salt} {mark} 9999-12-31T23:59:59+00:00\n", encoding="ascii")

    assert find_machine(folder, "one computer", clock()).since == clock()


def test_a_desk_that_can_only_be_read_says_so(told: Told) -> None:
    told.teller.tell(rooms_with(told.rooms.context, DeskError("disk")))

    assert told.health().reading_only


def test_rooms_tell_how_they_are_without_being_asked(told: Told) -> None:
    ears = told.teller.beside(Ears(card=print, code=print, paper=print, sync=print))
    ears.card(ReadersChanged(()))
    ears.paper(PrinterState("tickets", QUEUE, None))
    ears.sync(SyncState(False, 0, None, 0, None, None))

    told.teller.tell(told.rooms)

    health = told.health()
    assert (health.reader, health.tickets, health.portal, health.trust) == (
        CheckState.FAILED,
        CheckState.OK,
        CheckState.FAILED,
        None,
    )


def test_a_folder_copied_to_another_computer_has_another_mark(tmp_path: Path) -> None:
    clock = Clock()
    first, copy = DataFolder(tmp_path / "a"), DataFolder(tmp_path / "b")
    first.root.mkdir()
    here = find_machine(first, "one computer", clock())
    shutil.copytree(first.root, copy.root)
    clock.moment += timedelta(days=1)

    there = find_machine(copy, "another computer", clock())

    assert find_machine(first, "one computer", clock()) == here
    assert there.mark != here.mark
    assert there.since == clock()
    assert find_machine(DataFolder(first.root), "", clock()).mark not in {here.mark, there.mark}
