"""A desk is lost, restored from an old backup and meets the portal that knows more than it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter.desk import checking, going_on, recovery
from counter.desk.opening import Opening, open_desk
from counter.desk.recovery import Restoring, restore
from counter.desk.rehearsal import rehearse
from counter.folder import DataFolder
from counter.values import now
from sync.courier import Courier
from sync.feed import CURSOR
from sync.portal import Access, Portal
from sync.reconcile import COMPARED_AT, EPOCH
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.small_portal import Hasty

HOUSE = Path(__file__).resolve().parents[2]
RESOURCES = HOUSE / "resources"
NAMES = RESOURCES / "demo" / "names.toml"

pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox") as running:
        yield running


def opening(folder: Path, sandbox: SandboxProcess) -> Opening:
    return Opening(
        folder=DataFolder(folder),
        settings_path=RESOURCES / "demo" / "site.toml",
        training=True,
        resources=RESOURCES,
        clock=now,
        portal_url=sandbox.url,
    )


class Life:
    """One desk open in a folder, with its courier."""

    def __init__(self, folder: Path, sandbox: SandboxProcess) -> None:
        self._opened = open_desk(opening(folder, sandbox))
        self.context = self._opened.__enter__()
        self._url = sandbox.url

    def receive(self, dossiers: int, seed: int) -> list[str]:
        return rehearse(self.context, dossiers=dossiers, seed=seed, names=NAMES)

    def sync(self) -> None:
        access = Access(url=self._url, desk_id="H55.242-Q01", secret=SECRET, version="0.1.0")
        courier = Courier(
            self.context.store,
            lambda: Portal(access, clock=now),
            agency="H55.242",
            version="0.1.0",
            clock=now,
            chance=Hasty(),
        )
        report = courier.run_until_idle(timeout_s=60)
        assert report.idle, report
        courier.close()

    def close(self) -> None:
        self._opened.__exit__(None, None, None)


def test_a_restored_desk_repeats_no_number_and_sends_nothing_as_new(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    file = tmp_path / "copy.motcua"
    with closing(Life(tmp_path / "first", sandbox)) as desk:
        desk.sync()
        settled = desk.receive(2, seed=1)
        desk.sync()
        waiting = desk.receive(2, seed=2)
        recovery.back_up(desk.context, file)
        desk.sync()
        forgotten = desk.receive(3, seed=3)
        desk.sync()
    known = {dossier["id"]: dossier["code"] for dossier in sandbox.dossiers()}

    restore(Restoring(DataFolder(tmp_path / "second"), file, training=True, clock=now))
    with closing(Life(tmp_path / "second", sandbox)) as desk:
        desk.sync()
        after = {dossier["id"]: dossier["code"] for dossier in sandbox.dossiers()}
        fresh = desk.receive(3, seed=4)
        desk.sync()
        violations = checking.verify(desk.context)

    everything = {dossier["id"]: dossier["code"] for dossier in sandbox.dossiers()}
    assert sorted(known.values()) == sorted(settled + waiting + forgotten)
    assert after == known
    assert set(fresh).isdisjoint(known.values())
    assert len(everything) == len(set(everything.values())) == 10
    assert violations == ()


def test_a_restore_that_kept_its_numbers_would_be_caught(
    tmp_path: Path, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness finds the mistake it is there for."""
    monkeypatch.setattr(going_on, "_give_up_numbers", lambda session: None)
    file = tmp_path / "copy.motcua"
    with closing(Life(tmp_path / "first", sandbox)) as desk:
        desk.sync()
        recovery.back_up(desk.context, file)
        forgotten = desk.receive(1, seed=3)

    restore(Restoring(DataFolder(tmp_path / "second"), file, training=True, clock=now))
    with closing(Life(tmp_path / "second", sandbox)) as desk:
        assert desk.receive(1, seed=4) == forgotten


def test_a_restore_forgets_what_the_courier_noted_of_the_portal() -> None:
    assert {*going_on.PORTAL_MARKS} == {CURSOR, EPOCH, COMPARED_AT}
