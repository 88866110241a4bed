"""Seals of the audit chain reach a portal that takes them; what it holds finds a rewrite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from counter.audit import Seal
from counter.store import trail
from counter.store.store import Store, note_mark
from counter.values import now
from sync.checkpoints import told
from sync.portal import Access, Portal
from sync.rounds import Rounds
from sync.sandbox.process import SECRET, SandboxProcess
from tests.conftest import ExpectedLog
from tests.sync.small_portal import Hasty

INSTALL = "0f3a77c1"
AT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)

Go = Callable[[], None]


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", desks={"H55.242-Q01": SECRET}) as running:
        yield running


@pytest.fixture
def portal(sandbox: SandboxProcess) -> Iterator[Portal]:
    access = Access(url=sandbox.url, desk_id="H55.242-Q01", secret=SECRET, version="0.1.0")
    with closing(Portal(access, clock=now)) as found:
        yield found


@pytest.fixture
def taking(sandbox: SandboxProcess, portal: Portal, expected_log: ExpectedLog) -> Portal:
    """A portal that takes seals, and may hold others."""
    expected_log.allow("the portal holds other seals")
    sandbox.set_policy(audit_checkpoints=True)
    return portal


@pytest.fixture
def go(store: Store, portal: Portal, tmp_path: Path) -> Go:
    """Let the desk set out as after a restart, twice."""
    with store.writing() as session:
        note_mark(session, "install_id", INSTALL)

    def set_out() -> None:
        rounds = Rounds(
            store,
            portal,
            agency="H55.242",
            version="0.1.0",
            clock=now,
            chance=Hasty(),
            is_working=lambda _day: False,
            tell=lambda _done: None,
            tell_news=lambda _dossiers: None,
            seals_in=tmp_path,
        )
        rounds.go(lambda: True)
        rounds.go(lambda: True)

    return set_out


def work(store: Store, times: int) -> None:
    """Let something be done *times*, each time under a seal of its own."""
    for turn in range(times):
        with store.writing() as session:
            moment = AT + timedelta(minutes=turn)
            trail.note(session, officer="cb-1", action="audit.read", moment=moment)
            trail.seal_up(session, moment)


def held(folder: Path) -> list[Seal]:
    return trail.read_seals(trail.portal_seals(folder, INSTALL))


def broken(store: Store, folder: Path) -> list[str]:
    with store.reading() as session:
        return [one.reason for one in trail.find_breaks(session, held(folder))]


def rewrite(store: Store) -> None:
    """Begin the chain anew with one entry, as who holds the desk's key can."""
    with store.writing() as session:
        session.execute(text("DROP TRIGGER IF EXISTS audit_keeps_DELETE"))
        for table in ("audit_seal", "audit"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - two names of ours
        session.execute(text("DELETE FROM sqlite_sequence WHERE name = 'audit'"))
    work(store, 1)


def test_a_portal_that_takes_no_seals_is_asked_for_nothing(
    go: Go, store: Store, tmp_path: Path
) -> None:
    work(store, 2)

    go()

    assert held(tmp_path) == []


def test_every_seal_reaches_the_portal_and_is_kept_as_the_portal_holds_it(
    go: Go, store: Store, sandbox: SandboxProcess, portal: Portal, tmp_path: Path
) -> None:
    sandbox.set_policy(audit_checkpoints=True)
    work(store, 3)

    go()

    with store.reading() as session:
        ours = trail.seals(session)
    assert held(tmp_path) == ours
    assert list(told(portal, INSTALL, ())) == ours
    assert broken(store, tmp_path) == []


def test_more_seals_than_one_request_takes_all_arrive(
    go: Go, store: Store, sandbox: SandboxProcess, portal: Portal
) -> None:
    sandbox.set_policy(audit_checkpoints=True)
    work(store, 130)

    go()

    assert told(portal, INSTALL, ())[-1].seq == 130


def test_a_chain_rewritten_with_all_its_seals_is_found_by_those_the_portal_holds(
    go: Go, store: Store, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    sandbox.set_policy(audit_checkpoints=True)
    work(store, 3)
    go()
    rewrite(store)
    trail.portal_seals(tmp_path, INSTALL).unlink()
    assert broken(store, tmp_path) == [], "seeded: without the portal nobody would know"

    go()

    assert broken(store, tmp_path)


def test_the_portal_keeps_the_first_seal_of_a_place(
    taking: Portal, store: Store, go: Go, tmp_path: Path
) -> None:
    work(store, 1)
    with store.reading() as session:
        (ours,) = trail.seals(session)
    other = replace(ours, seq=2, link="1" * 64)
    told(taking, INSTALL, (other,))
    work(store, 1)

    go()

    assert list(told(taking, INSTALL, ())) == [other]
    assert held(tmp_path) == [other]


def test_another_installation_has_seals_of_its_own(
    go: Go, store: Store, sandbox: SandboxProcess, portal: Portal
) -> None:
    sandbox.set_policy(audit_checkpoints=True)
    work(store, 2)

    go()

    assert told(portal, "ffffffff", ()) == ()


def test_a_portal_restored_from_a_backup_is_told_again(
    go: Go, store: Store, sandbox: SandboxProcess, portal: Portal
) -> None:
    sandbox.set_policy(audit_checkpoints=True)
    sandbox.keep_backup()
    work(store, 3)
    go()
    sandbox.restore_backup()

    go()

    assert told(portal, INSTALL, ())[-1].seq == 3
