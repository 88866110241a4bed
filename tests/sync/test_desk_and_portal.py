"""A real desk and the whole sandbox portal over real HTTP: what one does reaches the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from uuid import UUID

import pytest
from sqlalchemy import select

from counter.acts import (
    Act,
    AskSupplement,
    Collect,
    CorrectResult,
    DraftApology,
    DraftStop,
    HandOver,
    Leader,
    Move,
    PaperWanted,
    Recall,
    Relation,
    ReturnResult,
    SignLetter,
    TakeResult,
    TakeSupplement,
    Void,
    Withdraw,
)
from counter.desk import acts, checking
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.desk.rehearsal import rehearse
from counter.errors import NothingOwed
from counter.folder import DataFolder
from counter.ports import DossierLookedUp, SyncEvent
from counter.store import outbox, reopening
from counter.store.dossiers import get_by_code
from counter.store.store import note_mark
from counter.store.tables import CopyRow, DossierRow
from counter.values import DossierId, local_day, now, uuid7
from counter.work import PaperReceived
from sync.courier import Courier
from sync.feed import CURSOR
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.small_portal import Hasty

HOUSE = Path(__file__).resolve().parents[2]
RESOURCES = HOUSE / "resources"
NAMES = RESOURCES / "demo" / "names.toml"
SITE = (RESOURCES / "demo" / "site.toml").read_text(encoding="utf-8")
NOON = "2026-11-26T12:00:00+07:00"


class Office:
    """One desk at work: a data folder, and a courier made anew like after a restart."""

    def __init__(
        self,
        folder: Path,
        sandbox: SandboxProcess,
        desk_id: str = "H55.242-Q01",
        *,
        data: Path | None = None,
    ) -> None:
        self._stack = ExitStack()
        self._sandbox = sandbox
        self._desk_id = desk_id
        folder.mkdir()
        site = folder / "given.toml"
        site.write_text(SITE.replace("H55.242-Q01", desk_id), encoding="utf-8")
        self.context: Context = self._stack.enter_context(
            open_desk(
                Opening(
                    folder=DataFolder(data or folder / "data"),
                    settings_path=site,
                    training=True,
                    resources=RESOURCES,
                    clock=now,
                    portal_url=sandbox.url,
                )
            )
        )

    def receive(self, dossiers: int, seed: int = 1) -> list[str]:
        return rehearse(self.context, dossiers=dossiers, seed=seed, names=NAMES)

    def set_out_once(self) -> None:
        """Do one round, whatever comes of it, and end like a program that is closed."""
        courier = self._courier()
        courier.run_once()
        courier.close()

    def sync(self) -> Courier:
        courier = self._courier()
        report = courier.run_until_idle(timeout_s=60)
        assert report.idle, report
        courier.close()
        return courier

    def _courier(self) -> Courier:
        access = Access(
            url=self._sandbox.url, desk_id=self._desk_id, secret=SECRET, version="0.1.0"
        )
        return Courier(
            self.context.store,
            lambda: Portal(access, clock=now),
            agency="H55.242",
            version="0.1.0",
            clock=now,
            chance=Hasty(),
        )

    def look_up(self, code: str) -> DossierLookedUp:
        """Ask for a dossier on the courier's own thread, as the window does."""
        access = Access(
            url=self._sandbox.url, desk_id=self._desk_id, secret=SECRET, version="0.1.0"
        )
        told: SimpleQueue[DossierLookedUp] = SimpleQueue()
        courier = Courier(
            self.context.store,
            lambda: Portal(access, clock=now),
            agency="H55.242",
            version="0.1.0",
            clock=now,
            chance=Hasty(),
        )
        courier.look_up(code)

        def hear(event: SyncEvent) -> None:
            if isinstance(event, DossierLookedUp):
                told.put(event)

        courier.start(hear)
        try:
            return told.get(timeout=120)
        finally:
            courier.stop()

    def dossier(self, code: str) -> DossierRow:
        with self.context.store.reading() as session:
            return get_by_code(session, code)

    def id_of(self, code: str) -> str:
        return str(self.dossier(code).id)

    def copy(self, dossier_id: str) -> CopyRow | None:
        with self.context.store.reading() as session:
            return session.scalars(
                select(CopyRow).where(CopyRow.dossier_id == UUID(dossier_id))
            ).one_or_none()

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    desks = {"H55.242-Q01": SECRET, "H55.242-Q02": SECRET}
    with SandboxProcess(tmp_path / "sandbox", desks=desks) as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def test_everything_received_is_at_the_portal_and_both_sides_check(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    codes = office.receive(5)

    office.sync()

    assert [dossier["code"] for dossier in sandbox.dossiers()] == codes
    assert checking.verify(office.context) == ()


def test_a_dossier_received_without_a_number_gets_its_official_code(
    office: Office, sandbox: SandboxProcess
) -> None:
    (provisional,) = office.receive(1)

    office.sync()

    found = office.dossier(provisional)
    assert provisional.startswith("TAM-")
    assert found.code == sandbox.dossiers()[0]["code"]


def test_what_the_deciding_unit_does_reaches_the_desk(
    office: Office, sandbox: SandboxProcess
) -> None:
    (code,) = office.receive(1)
    office.sync()

    sandbox.move(office.id_of(code), 4, "Đang giải quyết", unit="Tư pháp - Hộ tịch", due_at=NOON)
    office.sync()

    assert office.dossier(code).status == 4
    assert checking.verify(office.context) == ()


def test_a_telephone_number_the_citizen_changed_at_home_reaches_the_desk(
    office: Office, sandbox: SandboxProcess
) -> None:
    (code,) = office.receive(1)
    office.sync()
    owner = sandbox.dossiers()[0]["content"]["owner"]

    sandbox.edit(office.id_of(code), {"owner": {**owner, "phone": "0987000002"}})
    office.sync()

    assert office.dossier(code).phone == "0987000002"


def test_a_dossier_of_a_sister_desk_is_known_here(
    office: Office, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    sister = Office(tmp_path / "two", sandbox, "H55.242-Q02")
    (code,) = sister.receive(1)
    sister.sync()
    dossier_id = sister.id_of(code)
    sister.close()

    office.sync()

    found = office.copy(dossier_id)
    assert found is not None
    assert (found.version, found.status) == (1, 2)


def test_a_portal_restored_from_a_backup_is_filled_again_after_a_restart(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.receive(3, seed=1)
    office.sync()
    sandbox.keep_backup()
    office.receive(4, seed=2)
    office.sync()
    before = {dossier["id"]: dossier["content"] for dossier in sandbox.dossiers()}

    sandbox.restore_backup()
    office.sync()
    office.sync()

    assert {dossier["id"]: dossier["content"] for dossier in sandbox.dossiers()} == before
    assert len(before) == 7


def test_a_feed_that_forgot_its_past_loses_nothing(office: Office, sandbox: SandboxProcess) -> None:
    codes = office.receive(3)
    office.sync()
    for code in codes:
        sandbox.move(office.id_of(code), 4)
    sandbox.expire_cursors()

    office.sync()

    assert [office.dossier(code).status for code in codes] == [4, 4, 4]


def test_a_place_in_the_feed_that_the_portal_refuses_does_not_leave_the_desk_deaf(
    office: Office, sandbox: SandboxProcess
) -> None:
    codes = office.receive(2)
    office.sync()
    for code in codes:
        sandbox.move(office.id_of(code), 4)
    with office.context.store.writing() as session:
        note_mark(session, CURSOR, "no-place-of-this-portal")

    office.sync()

    assert [office.dossier(code).status for code in codes] == [4, 4]


def test_a_portal_that_forgot_its_keys_does_not_get_a_dossier_twice(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.receive(3)
    office.sync()
    sandbox.forget_keys()
    with office.context.store.writing() as session:
        for row in session.scalars(select(DossierRow)):
            reopening.reopen(session, row.id)

    office.sync()

    assert len(sandbox.dossiers()) == 3


def test_two_changes_of_one_dossier_wait_for_an_officer_with_both_versions_at_hand(
    office: Office, sandbox: SandboxProcess
) -> None:
    (code,) = office.receive(1)
    office.sync()
    dossier_id = office.id_of(code)
    there = sandbox.dossiers()[0]["content"]
    sandbox.edit(dossier_id, {"owner": {**there["owner"], "phone": "0987000002"}})
    with office.context.store.writing() as session:
        outbox.put(
            session,
            key=uuid7(),
            dossier_id=UUID(dossier_id),
            kind=outbox.DOSSIER,
            facts={**there, "note": "thêm giấy"},
            moment=now(),
        )

    office.sync()

    copy = office.copy(dossier_id)
    with office.context.store.reading() as session:
        assert outbox.count(session).conflict == 1
    assert copy is not None
    assert (copy.version, copy.phone) == (2, "0987000002")
    assert office.dossier(code).phone != "0987000002"


LEADER = Leader("Lê Văn Mẫu")
LATER = local_day(now()) + timedelta(days=60)
"""After any day promised today."""
MISSING = AskSupplement("Giấy tờ chưa hợp lệ", (PaperWanted("Tờ khai", note="thiếu chữ ký"),))
BROUGHT = TakeSupplement((PaperReceived("Tờ khai", 1, 0, 0),))
RETURNED = ReturnResult(
    "Trần Văn Mẫu",
    Relation.AUTHORISED,
    last4="0002",
    identity_checked=True,
    slip_collected=True,
    signed=True,
    authorisation="Giấy ủy quyền 24/11/2026",
)
RESULT = TakeResult("Kết quả", "12/2026", shelf="A3")


@pytest.mark.parametrize(
    ("life", "status"),
    [
        ((HandOver("Tư pháp"), MISSING, BROUGHT, RESULT, Collect(), RETURNED), 10),
        ((MISSING, BROUGHT, RESULT, CorrectResult("Sai tên", "BB 01", LEADER)), 4),
        ((HandOver("Tư pháp"), DraftApology("Chờ", LATER), SignLetter(LEADER, "1")), 4),
        ((Move("B1"), DraftStop("Trùng"), SignLetter(LEADER, "2/TB")), 8),
        ((HandOver("Tư pháp"), Withdraw("Có đơn")), 7),
        ((RESULT, Collect(), RETURNED, Recall("Trả nhầm", LEADER)), 9),
        ((Void("Nhập nhầm người", LEADER),), 8),
    ],
)
def test_what_happens_to_a_dossier_is_told_to_the_portal_in_its_own_order(
    office: Office, sandbox: SandboxProcess, life: tuple[Act, ...], status: int
) -> None:
    office.sync()
    dossier = office.dossier(office.receive(1)[0])
    for act in life:
        try:
            acts.act(office.context, DossierId(dossier.id), act)
        except NothingOwed:
            assert dossier.fee_total == 0

    office.sync()

    (there,) = sandbox.dossiers()
    assert there["status"] == status
    assert checking.verify(office.context) == ()
    with office.context.store.reading() as session:
        assert outbox.count(session).parked == outbox.count(session).conflict == 0
