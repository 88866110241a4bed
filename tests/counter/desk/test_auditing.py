"""A supervisor finds who did what, sees whether the chain holds, and leaves a trace of looking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text

from counter.auditing import AuditAsked
from counter.desk import auditing, checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import NotAllowed, UnknownDossier
from counter.papers.desk import SealFacts
from counter.people import Officer, Role
from counter.store import trail
from counter.store.tables import HistoryRow
from counter.values import DossierId, uuid7
from counter.wording import WordedPaper
from tests.counter.desk.conftest import SetClock, asked, lend

SUPERVISOR = Officer("phu-trach", "Y Ước", "Phụ trách", frozenset({Role.SUPERVISOR}))
OFFICER = Officer("cb-0007", "Đỗ Văn Thử", "Công chức", frozenset({Role.OFFICER}))


@pytest.fixture
def worked(context: Context, desk: Desk, clock: SetClock) -> str:
    """A day of work: two receptions by two people, one record read the day after."""
    lend(context, first=1, last=9)
    context.seat.take(OFFICER)
    first = desk.receive(asked(clock)).code
    context.seat.take(SUPERVISOR)
    desk.receive(replace(asked(clock), dossier_id=DossierId(uuid7())))
    clock.move(days=1)
    desk.show(first)
    return first


def actions(desk: Desk, **by: object) -> list[tuple[str, str]]:
    view = desk.audit(AuditAsked(**by))  # type: ignore[arg-type]  # names of fields
    return [(line.officer, line.action) for line in view.lines if line.action != "audit.read"]


def test_entries_are_found_by_officer_dossier_day_and_act(desk: Desk, worked: str) -> None:
    received, read = "dossier.received", "dossier.read"

    assert (("cb-0007", received)) in actions(desk, officer="cb-0007")
    assert {who for who, _ in actions(desk, officer="cb-0007")} == {"cb-0007"}
    assert actions(desk, dossier=worked.lower())[0] == ("phu-trach", read)
    assert set(actions(desk, day=date(2026, 11, 26))) == {("phu-trach", read)}
    assert {what for _, what in actions(desk, action=received)} == {received}


def test_a_line_names_the_dossier_by_its_code_and_nobody_else(desk: Desk, worked: str) -> None:
    view = desk.audit(AuditAsked(dossier=worked))

    assert {line.subject for line in view.lines} == {worked}
    assert "Nguyễn" not in str(view)


def test_a_name_as_long_as_a_dossiers_is_shown_as_it_is(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    counter = "Quầy tiếp nhận hồ sơ đất đai một"
    assert len(counter) == 32
    with context.store.writing() as session:
        trail.note(session, officer="x", action="counter.assigned", moment=clock(), subject=counter)
    context.seat.take(SUPERVISOR)

    lines = desk.audit(AuditAsked(action="counter.assigned")).lines

    assert [line.subject for line in lines] == [counter]


def test_looking_into_the_chain_stands_in_the_chain(desk: Desk, worked: str) -> None:
    desk.audit(AuditAsked(dossier=worked, officer="cb-0007"))

    newest = desk.audit(AuditAsked(action="audit.read")).lines
    assert [line.officer for line in newest] == ["phu-trach", "phu-trach"]
    assert newest[1].subject == worked
    assert newest[1].detail == "cb-0007"


def test_a_sound_chain_is_called_sound_and_a_changed_one_is_not(
    context: Context, desk: Desk, worked: str
) -> None:
    sound = desk.audit(AuditAsked())
    with context.store.writing() as session:
        session.execute(text("DROP TRIGGER IF EXISTS audit_stays"))
        for (name,) in session.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit'")
        ).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE audit SET officer = 'cb-0001' WHERE seq = 2"))

    changed = desk.audit(AuditAsked())

    assert sound.broken == ()
    assert sound.count >= 3
    assert any(place.startswith("2:") for place in changed.broken)


def test_a_code_that_is_none_is_refused(desk: Desk, worked: str) -> None:
    with pytest.raises(UnknownDossier):
        desk.audit(AuditAsked(dossier="H55.242-261125-9999"))


def test_an_officer_may_not_look_into_the_chain(context: Context, desk: Desk) -> None:
    context.seat.take(OFFICER)

    with pytest.raises(NotAllowed):
        desk.audit(AuditAsked())


def test_only_the_newest_are_shown(context: Context, worked: str) -> None:
    assert len(auditing.look(context, AuditAsked(newest=2)).lines) == 2


def withdraw_and_stop(context: Context, clock: SetClock, seen: list[str]) -> None:
    """Write a line of history, note in *seen* what the chain says then, and stop halfway."""
    with context.store.writing() as session:
        line = session.scalars(select(HistoryRow)).one()
        session.add(
            HistoryRow(
                dossier=line.dossier,
                position=line.position + 1,
                at=clock(),
                event="dossier.withdrawn",
                status=line.status,
                officer_id="cb-0007",
                officer_name="Đỗ Văn Thử",
            )
        )
        session.flush()
        seen += [one.action for one in trail.entries(session, newest=1)]
        raise InterruptedError


def test_an_act_and_its_entry_are_written_together_or_not_at_all(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    seen: list[str] = []

    with pytest.raises(InterruptedError):
        withdraw_and_stop(context, clock, seen)

    with context.store.reading() as session:
        left = [one.action for one in trail.entries(session, newest=9)]
        lines = session.scalars(select(HistoryRow.event)).all()
    assert seen == ["dossier.withdrawn"]
    assert "dossier.withdrawn" not in [*left, *lines]


def test_a_seal_on_paper_finds_a_chain_that_was_written_anew(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    context.seat.take(SUPERVISOR)

    paper = desk.print_seal().paper

    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, SealFacts)
    seq, link = paper.facts.count, paper.facts.link
    desk.receive(replace(asked(clock), dossier_id=DossierId(uuid7())))
    assert checking.verify_printed(context, seq, link) == ()
    assert paper.facts.qr == f"{seq} {link}"

    with context.store.writing() as session:  # as who holds the desk's key can
        session.execute(text("DROP TRIGGER audit_keeps_DELETE"))
        session.execute(text("DELETE FROM audit"))
        for _ in range(seq):
            trail.note(session, officer="cb-0007", action="audit.read", moment=clock())
    assert checking.verify_printed(context, seq, link)


def test_a_seal_on_paper_finds_an_end_that_was_cut_off(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    context.seat.take(SUPERVISOR)
    paper = desk.print_seal().paper
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, SealFacts)

    with context.store.writing() as session:
        session.execute(text("DROP TRIGGER audit_keeps_DELETE"))
        session.execute(text("DELETE FROM audit"))

    assert checking.verify_printed(context, paper.facts.count, paper.facts.link)


def test_an_officer_prints_no_seal(context: Context, desk: Desk) -> None:
    context.seat.take(OFFICER)

    with pytest.raises(NotAllowed):
        desk.print_seal()
