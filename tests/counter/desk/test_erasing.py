"""Personal data leaves the desk when its term has passed, and nothing that is open ever does."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select, text, update

from counter.acts import HandOver, Relation, ReturnResult, TakeResult, Withdraw
from counter.desk import checking, erasing, housekeeping, visits
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.dossier import Status
from counter.errors import PapersStay
from counter.pause import Pause
from counter.retention import months_before
from counter.scans import FileRef
from counter.store import copies, files, outbox, pieces, reopening, trail
from counter.store.copies import PortalDossier
from counter.store.erasing import ERASED
from counter.store.files import FileRow
from counter.store.outbox import DOSSIER
from counter.store.tables import DossierRow, LeaseRow, OutboxRow
from counter.store.told import SisterEvent, Told
from counter.values import DossierId, now, uuid7
from counter.visits import PersonTyped, Visit
from tests.counter.desk.conftest import Run, SetClock, asked, lend, person

NAME, NUMBER, PHONE = "Hoàng Thị Chim Én", "079188055501", "0987000111"
CANARIES = ("chim én", "chim en", NUMBER, PHONE, "tép riu", "kẻ được gửi")
TERM_DAYS = 24 * 31


def receive(context: Context, clock: SetClock) -> DossierId:
    """Receive a dossier that says who it is about in every place there is."""
    who = replace(person(NAME, NUMBER), phone=PHONE, address="Hẻm tép riu")
    told = replace(asked(clock, applicant=who), note="của chim én")
    return Desk(context).receive(told).dossier_id


def finish(context: Context, dossier: DossierId) -> None:
    """Carry it through to the citizen who takes the result."""
    desk = Desk(context)
    desk.act(dossier, HandOver("Công chức Tư pháp", "Lê Văn Mẫu"))
    with context.store.writing() as session:
        row = session.scalars(select(DossierRow)).one()
        files.attach(
            session,
            context.store.files,
            row,
            b"%PDF-1.4 chim \xc3\xa9n",
            filename="chim én.pdf",
            mime="application/pdf",
            paper_code=None,
            moment=now(),
        )
    desk.act(dossier, TakeResult("Trích lục của chim én", "số tép riu"))
    desk.act(
        dossier,
        ReturnResult(
            "Kẻ được gửi",
            Relation.AUTHORISED,
            authorisation="giấy của chim én",
            last4="5501",
            identity_checked=True,
            slip_collected=True,
            signed=True,
        ),
    )


def settle(context: Context) -> None:
    with context.store.writing() as session:
        session.execute(update(OutboxRow).values(state="settled", settled_at=now()))
        session.execute(update(FileRow).values(state="settled", settled_at=now()))


def grow_old(context: Context, clock: SetClock) -> None:
    clock.move(days=TERM_DAYS)
    lend(context, 1, 5, number=7)


def everything(context: Context) -> str:
    """Return every word of every table."""
    with context.store.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        return "\n".join(
            str(row)
            for table in tables
            if not table.startswith("dossier_name")
            for row in session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - own names
        ).lower()


def entries(context: Context) -> list[tuple[str, str]]:
    with context.store.reading() as session:
        return [(e.officer, e.action) for e in trail.entries(session, newest=3)]


@pytest.fixture
def ended(context: Context, clock: SetClock) -> DossierId:
    dossier = receive(context, clock)
    finish(context, dossier)
    settle(context)
    return dossier


def test_a_dossier_that_ended_two_years_ago_tells_of_nobody_any_more(
    context: Context, clock: SetClock, ended: DossierId
) -> None:
    before = [word for word in CANARIES if word in everything(context)]
    grow_old(context, clock)

    housekeeping.tidy(context)

    (line,) = Desk(context).find_dossiers()
    assert before == list(CANARIES)
    assert [word for word in CANARIES if word in everything(context)] == []
    assert (line.id, line.applicant_name) == (ended, ERASED)
    assert Desk(context).find_dossiers("chim en") == ()
    assert list(context.store.files.iterdir()) == []
    assert ("program", "dossier.erased") in entries(context)
    assert checking.verify(context) == ()


def test_what_was_erased_is_not_in_the_file_or_its_log(
    context: Context, clock: SetClock, ended: DossierId
) -> None:
    grow_old(context, clock)
    housekeeping.tidy(context)

    log = context.hall.folder.store.with_name("desk.db-wal")
    with context.store.reading() as session:
        secure = session.execute(text("PRAGMA secure_delete")).scalar_one()

    assert log.stat().st_size == 0
    assert secure == 1


def test_what_was_erased_is_not_told_anew_to_a_portal_that_lost_it(
    context: Context, clock: SetClock, ended: DossierId
) -> None:
    grow_old(context, clock)
    housekeeping.tidy(context)

    with context.store.writing() as session:
        assert outbox.last_content(session, ended) is None
        assert reopening.reopen_events(session, ended, 1) == 0
        assert reopening.reopen_content(session, ended, 1) == 0
        assert outbox.due(session, clock(), 10) == []


@pytest.mark.parametrize("on_demand", [True, False])
def test_a_file_that_only_the_portal_has_keeps_nobodys_data_here(
    context: Context, clock: SetClock, ended: DossierId, on_demand: bool
) -> None:
    scan = FileRef("ab" * 32, "chim-en.pdf", "application/pdf", 9)
    with context.store.writing() as session:
        row = session.scalars(select(DossierRow)).one()
        files.want(session, row, scan, clock(), kind="paper", on_demand=on_demand)
        pieces.keep(session, scan.sha256, 0, b"%PDF")
    grow_old(context, clock)

    housekeeping.tidy(context)

    assert [word for word in CANARIES if word in everything(context)] == []
    assert scan.sha256 not in everything(context)
    assert checking.verify(context) == ()


def said(dossier: UUID, status: Status, moment: datetime) -> PortalDossier:
    """What the portal says of a dossier, with everything it knows of its citizen."""
    return PortalDossier(
        id=dossier,
        version=9,
        code=None,
        status=status.value,
        status_at=moment,
        due_at=None,
        unit="Tư pháp",
        phone=PHONE,
        email="chim.en@example.vn",
        body=f'{{"owner": "{NAME} {NUMBER}"}}',
    )


def test_news_of_what_was_erased_moves_its_state_and_brings_nothing_back(
    context: Context, clock: SetClock, ended: DossierId
) -> None:
    grow_old(context, clock)
    housekeeping.tidy(context)
    event = SisterEvent(1, None, "returned", clock(), 10, 9, "H55.242-Q02", text="tép riu")

    with context.store.writing() as session:
        copies.keep(session, said(ended, Status.DONE, clock()))
        found = copies.find_behind(session, ended)
        assert found is not None
        copies.bring_up(session, found, Told(events=(event,)), clock())

    (line,) = Desk(context).find_dossiers()
    assert (line.status, line.applicant_name) == (Status.DONE, ERASED)
    assert [word for word in (*CANARIES, "chim.en") if word in everything(context)] == []
    assert checking.verify(context) == ()


def test_what_the_portal_told_of_others_is_erased_when_their_term_has_passed(
    context: Context, clock: SetClock
) -> None:
    closed, in_work = uuid7(clock()), uuid7(clock())
    with context.store.writing() as session:
        copies.keep(session, said(closed, Status.RETURNED, clock()))
        copies.keep(session, replace(said(in_work, Status.IN_PROCESS, clock()), body="{}"))
    young = erased_of_others(context, clock)
    grow_old(context, clock)

    old = erased_of_others(context, clock)

    assert (young, old) == ([], [("program", "dossier.erased", closed.hex)])
    assert NUMBER not in everything(context)


def erased_of_others(context: Context, clock: SetClock) -> list[tuple[str, str, str]]:
    erasing.erase_due(context)
    with context.store.reading() as session:
        found = trail.find_entries(session, newest=3, action="dossier.erased")
    return [(e.officer, e.action, e.subject) for e in found]


def test_papers_in_the_tray_and_copies_made_before_a_step_go_after_a_month(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 5)
    folder = context.hall.folder
    lying = [
        folder.tray / "2026-01-05" / "receipt.pdf",
        folder.root / "desk.db.before-0020",
        folder.tray / "2026-02-05" / "receipt-reprint.pdf",
        folder.root / "desk.db.before-0021",
    ]
    for place, days in zip(lying, (31, 31, 29, 29), strict=True):
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"about somebody")
        laid = (clock() - timedelta(days=days)).timestamp()
        os.utime(place, (laid, laid))

    erasing.remove_papers_due(context)

    assert [place.exists() for place in lying] == [False, False, True, True]
    assert not lying[0].parent.exists()


def lay(context: Context, name: str, words: bytes, laid: datetime) -> Path:
    """Put a paper into the tray that lies there since *laid*."""
    place = context.hall.folder.tray / "2026-01-05" / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(words)
    os.utime(place, (laid.timestamp(), laid.timestamp()))
    return place


def test_a_paper_in_the_tray_is_written_over_before_it_goes(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 5)
    paper = lay(context, "receipt.pdf", b"about somebody", clock() - timedelta(days=31))
    same_bytes = context.hall.folder.root / "seen by who reads the disk"
    os.link(paper, same_bytes)

    erasing.remove_papers_due(context)

    assert not paper.exists()
    assert b"somebody" not in same_bytes.read_bytes()


def test_a_folder_somebody_made_in_the_tray_holds_nothing_up(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 5)
    long_ago = clock() - timedelta(days=31)
    paper = lay(context, "receipt.pdf", b"about somebody", long_ago)
    made = paper.with_name("a folder")
    made.mkdir()
    os.utime(made, (long_ago.timestamp(), long_ago.timestamp()))

    assert housekeeping.tidy(context) is None

    assert (paper.exists(), made.exists()) == (False, True)


def test_papers_somebody_moved_into_folders_of_the_tray_go_as_the_others(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 5)
    tray = context.hall.folder.tray
    long_ago = clock() - timedelta(days=31)
    young = lay(context, "young.pdf", b"about somebody", clock() - timedelta(days=29))
    moved = [
        young.with_name("sent") / "by post" / "receipt.pdf",
        tray / "Nguyen Thi Mau" / "receipt.pdf",
        tray / "loose.pdf",
    ]
    for place in moved:
        place.parent.mkdir(parents=True, exist_ok=True)
        lay(context, "receipt.pdf", b"about somebody", long_ago).rename(place)

    erasing.remove_papers_due(context)

    assert list(tray.rglob("*")) == [young.parent, young]


def test_what_a_link_in_the_tray_leads_to_is_let_be(
    context: Context, clock: SetClock, tmp_path: Path
) -> None:
    lend(context, 1, 5)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lay(context, "own.pdf", b"own", clock() - timedelta(days=31)).rename(elsewhere / "own.pdf")
    paper = lay(context, "receipt.pdf", b"about somebody", clock() - timedelta(days=31))
    paper.with_name("link").symlink_to(elsewhere, target_is_directory=True)
    paper.with_name("link.pdf").symlink_to(elsewhere / "own.pdf")

    erasing.remove_papers_due(context)

    assert not paper.exists()
    assert (elsewhere / "own.pdf").read_bytes() == b"own"


def hold(patched: pytest.MonkeyPatch, held: Path) -> list[Path]:
    """Let *held* stay whoever removes it; return each try at it."""
    tries, unlink = [], Path.unlink

    def refuse(place: Path, missing_ok: bool = False) -> None:
        if place == held:
            tries.append(place)
            raise PermissionError(errno.EACCES, "somebody reads it")
        unlink(place, missing_ok=missing_ok)

    patched.setattr(Path, "unlink", refuse)
    return tries


def test_a_paper_that_cannot_be_removed_is_tried_ever_less_often(
    context: Context, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend(context, 1, 5)
    context.store.clocks = run = Run()
    paper = lay(context, "receipt.pdf", b"about somebody", clock() - timedelta(days=31))
    tries, pause, told = hold(monkeypatch, paper), Pause(), []

    for minute in range(6 * 60):
        run.hours = 5 + minute / 60
        told += [minute] if housekeeping.tidy(context, pause) is not None else []

    assert told == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 303]
    assert len(tries) == len(told)


def test_a_paper_that_cannot_be_removed_holds_neither_the_others_nor_the_backup_up(
    context: Context, clock: SetClock, ended: DossierId, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow_old(context, clock)
    long_ago = clock() - timedelta(days=31)
    papers = [lay(context, f"{name}.pdf", b"about somebody", long_ago) for name in "abc"]
    held = papers[1]

    with monkeypatch.context() as patched:
        hold(patched, held)
        trouble = housekeeping.tidy(context)

    assert isinstance(trouble, PapersStay)
    assert trouble.fields == {"count": 1, "folder": str(held.parent)}
    assert [paper.exists() for paper in papers] == [False, True, False]
    assert ("program", "dossier.erased") in entries(context)
    assert list(housekeeping.copies_folder(context).glob("*.motcua"))
    assert housekeeping.tidy(context) is None
    assert not held.exists()


def test_the_office_says_how_long_papers_lie_and_unfinished_visits_wait(
    context: Context, clock: SetClock
) -> None:
    paper = context.hall.folder.tray / "2026-02-05" / "receipt.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"about somebody")
    laid = (clock() - timedelta(days=8)).timestamp()
    os.utime(paper, (laid, laid))
    desk = Desk(context)
    desk.visits().keep(Visit(DossierId(uuid7()), clock(), PersonTyped(full_name="Người Chờ")))
    clock.move(days=1, seconds=1)
    lend(context, 1, 5)
    shorter = replace(context, retention=replace(context.retention, paper_days=7, visit_days=1))

    visits.forget_old(context)
    waiting = len(desk.visits().kept())
    visits.forget_old(shorter)
    erasing.remove_papers_due(shorter)

    assert (waiting, desk.visits().kept()) == (1, ())
    assert not paper.exists()


def keep_a_message(context: Context) -> None:
    with context.store.writing() as session:
        session.execute(update(OutboxRow).where(OutboxRow.kind == DOSSIER).values(state="parked"))


def keep_a_file(context: Context) -> None:
    with context.store.writing() as session:
        session.execute(update(FileRow).values(state="waiting"))


def lose_the_day(context: Context) -> None:
    """A clock that ran years ahead: no number was lent for such a day."""
    with context.store.writing() as session:
        session.execute(update(LeaseRow).values(day=date(2026, 11, 25)))


@pytest.mark.parametrize("hold", [keep_a_message, keep_a_file, lose_the_day])
def test_nothing_is_erased_while_something_is_open_or_the_day_is_not_known(
    context: Context, clock: SetClock, ended: DossierId, hold: Any
) -> None:
    grow_old(context, clock)
    hold(context)

    erased = erasing.erase_due(context)

    assert erased == 0
    assert NUMBER in everything(context)


def test_a_dossier_in_work_is_kept_whatever_its_age(context: Context, clock: SetClock) -> None:
    receive(context, clock)
    settle(context)
    grow_old(context, clock)

    assert erasing.erase_due(context) == 0
    assert NUMBER in everything(context)


def test_many_are_erased_a_few_at_a_time_and_then_not_again_that_day(
    context: Context, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    for _ in range(3):
        Desk(context).act(receive(context, clock), Withdraw("đổi ý"))
    settle(context)
    grow_old(context, clock)

    assert [erasing.erase_due(context) for _ in range(3)] == [2, 1, 0]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
