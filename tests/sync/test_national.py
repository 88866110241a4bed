"""The same facts told to the national interface: each once, in order, whatever the line does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import delete, select, update

from counter.acts import Act, AskSupplement, Collect, HandOver, Move, PaperWanted, TakeSupplement
from counter.desk import acts, checking
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.desk.rehearsal import rehearse
from counter.errors import NothingOwed, PortalRefusedDesk
from counter.folder import DataFolder
from counter.store import leases, outbox, whole
from counter.store.dossiers import get_by_code
from counter.store.files import FileRow
from counter.store.outbox import Message
from counter.store.store import RESTORED_AT, note_mark
from counter.store.tables import LeaseRow, OutboxRow
from counter.values import DossierId, local_day, now
from counter.work import PaperReceived
from sync import dvcqg
from sync.batches import Batch, pack
from sync.courier import Courier
from sync.dvcqg import National, NationalAccess
from sync.dvcqg_words import Office
from sync.sandbox.faults import Fault
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.small_portal import Hasty

HOUSE = Path(__file__).resolve().parents[2]
RESOURCES = HOUSE / "resources"
NAMES = RESOURCES / "demo" / "names.toml"
DESK = "H55.242-Q01"
LIFE: tuple[Act, ...] = (
    Collect(),
    HandOver("Tư pháp"),
    AskSupplement("Thiếu chữ ký", (PaperWanted("Tờ khai", note="thiếu chữ ký"),)),
    TakeSupplement((PaperReceived("Tờ khai", 1, 0, 0),)),
    Move("B2"),
)
SITE = (
    (RESOURCES / "demo" / "site.toml")
    .read_text(encoding="utf-8")
    .replace(
        "[portal]",
        f'[portal.national]\nusername = "{DESK}"\ndestination = "VN:GOV:TEST"\n\n'
        '[portal]\ninterface = "dvcqg"',
    )
)


class Reached(Protocol):
    """Where the national interface is asked."""

    @property
    def national_url(self) -> str: ...


class Desk:
    """A real desk whose portal is the national interface; a courier made anew for each round."""

    def __init__(
        self,
        folder: Path,
        sandbox: Reached,
        timeout_s: float = 3.0,
        *,
        desk_id: str = DESK,
        first: int = 1,
    ) -> None:
        self._stack = ExitStack()
        self._desk_id = desk_id
        self._first = first
        self._sandbox = sandbox
        self._timeout_s = timeout_s
        self.ahead = timedelta(0)
        folder.mkdir(exist_ok=True)
        site = folder / "given.toml"
        site.write_text(SITE.replace(f'id = "{DESK}"', f'id = "{desk_id}"'), encoding="utf-8")
        self.context: Context = self._stack.enter_context(
            open_desk(
                Opening(
                    folder=DataFolder(folder / "data"),
                    settings_path=site,
                    training=True,
                    resources=RESOURCES,
                    clock=now,
                    portal_url=sandbox.national_url,
                )
            )
        )

    def clock(self) -> datetime:
        return now() + self.ahead

    def line(self, password: str = SECRET, timeout_s: float | None = None) -> National:
        access = NationalAccess(
            url=self._sandbox.national_url,
            username=DESK,
            password=password,
            destination="VN:GOV:TEST",
            unit="H55.242",
            login="/login",
            integration="/integration",
            share="/share",
            desk_id=self._desk_id,
            first=self._first,
            last=self._first + 998,
            version="0.1.0",
            timeout_s=timeout_s or self._timeout_s,
        )
        office = Office("UBND xã Thử Nghiệm", "Trung tâm Phục vụ hành chính công")
        return National(access, self.context.store, office, clock=self.clock)

    def courier(self, procedures: Sequence[str] = ()) -> Courier:
        return Courier(
            self.context.store,
            self.line,
            agency="H55.242",
            version="0.1.0",
            clock=self.clock,
            chance=Hasty(),
            procedures=procedures,
        )

    def look_up(self, code: str) -> bool:
        """Ask for a dossier in a round of its own."""
        courier = self.courier()
        try:
            return courier._prepare().look_up(code)
        finally:
            courier.close()

    def sync(self) -> None:
        courier = self.courier()
        report = courier.run_until_idle(timeout_s=60)
        courier.close()
        assert report.idle, report

    def receive(self, dossiers: int, seed: int = 1, attachments: int = 0) -> list[str]:
        return rehearse(
            self.context, dossiers=dossiers, seed=seed, names=NAMES, attachments=attachments
        )

    def live(self, code: str, life: tuple[Act, ...] = LIFE) -> None:
        with self.context.store.reading() as session:
            row = get_by_code(session, code)
            dossier_id, is_free = DossierId(row.id), row.fee_total == 0
        for act in life:
            try:
                acts.act(self.context, dossier_id, act)
            except NothingOwed:
                assert is_free

    def events(self) -> dict[str, list[int]]:
        """Return the states that each dossier's events led to, by its code, as written here."""
        with self.context.store.reading() as session:
            codes = {
                body["id"]: body["code"]
                for body in map(json.loads, session.scalars(_bodies(outbox.DOSSIER)))
            }
            told: dict[str, list[int]] = {}
            for body in map(json.loads, session.scalars(_bodies(outbox.EVENT))):
                told.setdefault(codes[body["dossier_id"]], []).append(body["status_after"])
            return told

    def states(self) -> set[str]:
        with self.context.store.reading() as session:
            return set(session.scalars(select(OutboxRow.state)))

    def close(self) -> None:
        self._stack.close()


def _bodies(kind: str) -> Any:
    return select(OutboxRow.body).where(OutboxRow.kind == kind).order_by(OutboxRow.seq)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as process:
        yield process


@pytest.fixture
def sandbox(running: SandboxProcess) -> SandboxProcess:
    running.act("national/heal")
    running.act("national/empty")
    return running


@pytest.fixture
def desk(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Desk]:
    found = Desk(tmp_path / "one", sandbox)
    yield found
    found.close()


def there(sandbox: SandboxProcess) -> dict[str, Any]:
    return {record["MaHoSo"]: record for record in sandbox.ask("national/dossiers")}


def lines(sandbox: SandboxProcess) -> dict[str, list[int]]:
    told = sandbox.ask("national/lines")
    return {code: [int(line["TrangThai"]) for line in some] for code, some in told.items()}


def test_the_whole_life_of_a_dossier_is_told_in_its_order(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.sync()
    codes = desk.receive(12)
    for code in codes:
        desk.live(code)

    desk.sync()

    assert sorted(there(sandbox)) == sorted(codes)
    assert sandbox.ask("national/created") == dict.fromkeys(codes, 1)
    assert lines(sandbox) == desk.events()
    assert {record["TrangThaiHoSo"] for record in there(sandbox).values()} == {"4"}
    assert desk.states() == {"settled"}
    assert checking.verify(desk.context) == ()


def test_a_desk_numbers_its_dossiers_from_its_own_range_without_a_network(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    sandbox.act("national/off")
    courier = desk.courier()
    courier.run_once()
    courier.close()

    codes = desk.receive(2)

    assert [code[-4:] for code in codes] == ["0001", "0002"]


@pytest.mark.parametrize("knew_of_today", [True, False])
def test_a_restored_desk_gives_no_number_of_its_day_anew_and_goes_on_the_next(
    desk: Desk, knew_of_today: bool
) -> None:
    desk.sync()
    today = local_day(desk.clock())
    with desk.context.store.writing() as session:  # as restoring does, from a backup of before
        if not knew_of_today:
            session.execute(delete(LeaseRow).where(LeaseRow.day == today))
        session.execute(update(LeaseRow).values(returned=True))
        note_mark(session, RESTORED_AT, desk.clock().isoformat())

    desk.sync()

    (code,) = desk.receive(1)
    days = [today + timedelta(days=ahead) for ahead in range(8)]
    with desk.context.store.reading() as session:
        left = leases.left(session, "H55.242", days, desk.clock())
    assert code.startswith("TAM-")
    assert left[today] == 0
    assert {left[day] for day in days[1:] if day.isoweekday() <= 5} == {999}
    assert checking.verify(desk.context) == ()


def test_a_dossier_received_without_a_number_gets_one_and_keeps_its_provisional_code(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    (provisional,) = desk.receive(1)
    sandbox.act("national/faults", names=["took_it_then_hung_up"], operation="DongBoHoSoMC")

    desk.sync()

    with desk.context.store.reading() as session:
        row = get_by_code(session, provisional)
    assert provisional.startswith("TAM-")
    assert list(there(sandbox)) == [row.code]
    assert sandbox.ask("national/created") == {row.code: 1}


BREAKS = [
    Fault.HANG_UP,
    Fault.TOOK_IT_THEN_HUNG_UP,
    Fault.TOOK_IT_THEN_SILENT,
    Fault.TRUNCATED,
    Fault.SERVER_ERROR,
    Fault.HTML,
    Fault.BUSY,
    Fault.TOO_MANY,
    Fault.CAPTIVE_PORTAL,
    Fault.EMPTY,
    Fault.REDIRECT,
    Fault.TOKEN_ENDED,
]


@pytest.mark.parametrize("service", ["/login", "DongBoHoSoMC", "CapNhatTienDoHoSoMC", "TraCuuHoSo"])
def test_everything_arrives_once_whatever_the_line_does_to_each_service(
    desk: Desk, sandbox: SandboxProcess, service: str
) -> None:
    desk.sync()
    codes = desk.receive(2)
    for code in codes:
        desk.live(code)
    names = [f.value for f in BREAKS if f is not Fault.TOKEN_ENDED or service != "/login"]
    sandbox.act("national/end-sessions")
    sandbox.act("national/faults", names=names, operation=service)
    if service == "TraCuuHoSo":  # asked only where a line is in doubt
        names = [Fault.TOOK_IT_THEN_HUNG_UP.value] * 8
        sandbox.act("national/faults", names=names, operation="CapNhatTienDoHoSoMC")

    desk.sync()

    assert sandbox.ask("national/created") == dict.fromkeys(codes, 1)
    assert lines(sandbox) == desk.events()
    assert desk.states() == {"settled"}


def test_a_line_of_progress_whose_answer_was_lost_is_not_told_twice_after_a_restart(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.sync()
    (code,) = desk.receive(1)
    desk.sync()
    desk.live(code, (HandOver("Tư pháp"),))
    sandbox.act(
        "national/faults", names=["took_it_then_hung_up"] * 2, operation="CapNhatTienDoHoSoMC"
    )
    courier = desk.courier()
    courier.run_once()
    courier.close()

    desk.sync()

    assert lines(sandbox)[code] == [4]
    assert sandbox.ask("national/calls")["TraCuuHoSo"] > 0


def test_the_proof_fails_where_doubt_is_not_kept(
    desk: Desk, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dvcqg.National, "_in_doubt", lambda self: set())
    desk.sync()
    (code,) = desk.receive(1)
    desk.live(code, (HandOver("Tư pháp"),))
    sandbox.act("national/faults", names=["took_it_then_hung_up"], operation="CapNhatTienDoHoSoMC")

    desk.sync()

    assert lines(sandbox)[code] == [4, 4]


def test_a_session_that_ended_is_renewed_once(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.sync()
    desk.receive(1)
    courier = desk.courier()
    courier.run_once()
    sandbox.act("national/end-sessions")
    codes = desk.receive(1, seed=2)

    courier.run_once()
    courier.close()

    assert codes[0] in there(sandbox)


def test_a_desk_that_is_not_known_there_stops_and_loses_nothing(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    line = desk.line(password="invented and wrong")

    with pytest.raises(PortalRefusedDesk):
        line.sign_in()
    line.close()


def test_a_dossier_called_wrong_waits_for_an_officer_and_the_others_go_on(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.sync()
    codes = desk.receive(5)
    sandbox.act("national/poison", codes=[codes[2]])

    desk.sync()

    with desk.context.store.reading() as session:
        trouble = session.scalars(
            select(OutboxRow.trouble).where(OutboxRow.state == "parked")
        ).one()
    assert sorted(there(sandbox)) == sorted({*codes} - {codes[2]})
    assert trouble is not None
    assert json.loads(trouble)["errors"][0]["message"].startswith("Dữ liệu hồ sơ không hợp lệ")


def test_a_list_that_broke_off_in_its_middle_is_made_whole(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.sync()
    codes = desk.receive(9)
    sandbox.act("national/poison", codes=[codes[4]])
    desk.sync()
    sandbox.act("national/heal")
    with desk.context.store.writing() as session:
        outbox.send_again(session, get_by_code(session, codes[4]).id)

    desk.sync()

    assert sandbox.ask("national/created") == dict.fromkeys(codes, 1)


def test_an_error_of_the_system_is_waited_out(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.sync()
    codes = desk.receive(3)
    sandbox.act("national/busy", calls=3)

    desk.sync()

    assert sorted(there(sandbox)) == sorted(codes)


def test_a_dossier_lost_over_there_is_told_again_with_its_events(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    desk.sync()
    first, second = desk.receive(2)
    for code in (first, second):
        desk.live(code)
    desk.sync()
    before = there(sandbox), lines(sandbox)
    sandbox.act("national/lose", codes=[first, second])
    desk.live(second, (Move("C3"),))  # is noticed at once; the other one at the day's comparison

    desk.ahead = timedelta(days=1, minutes=1)
    desk.sync()

    assert there(sandbox).keys() == before[0].keys()
    assert lines(sandbox) == desk.events()


def test_scans_go_inside_the_record_of_their_dossier(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.sync()
    (code,) = desk.receive(1, attachments=2)

    desk.sync()

    with desk.context.store.reading() as session:
        states = set(session.scalars(select(FileRow.state)))
    papers = there(sandbox)[code]["TaiLieuNop"]
    assert len(papers) == 2
    assert all(paper["Base64"].startswith("JVBERi") for paper in papers)
    assert there(sandbox)[code]["HoSoCoThanhPhanSoHoa"] == "1"
    assert states == {"settled"}


def test_a_procedure_is_looked_up_in_the_national_list(desk: Desk, sandbox: SandboxProcess) -> None:
    line = desk.line()

    found = line.procedure("1.001193")
    missing = line.procedure("9.999999")
    line.close()

    assert found is not None
    assert found["TENTTHC"] == "Đăng ký khai sinh"
    assert missing is None


def test_finished_out_of_a_supplement_is_never_told(desk: Desk, sandbox: SandboxProcess) -> None:
    desk.sync()
    (code,) = desk.receive(1)
    desk.live(code, LIFE[:3])
    with desk.context.store.writing() as session:
        row = get_by_code(session, code)
        last = whole.until(session, row.id, 99)[-1]
        body = json.loads(last.body) | {"status_before": 5, "status_after": 9, "kind": "completed"}
        message = replace(last, body=json.dumps(body))
    line = desk.line()

    (verdict,) = line.deliver(_alone(message, desk))
    line.close()

    assert type(verdict).__name__ == "Wrong"


def _alone(message: Message, desk: Desk) -> Batch:
    with desk.context.store.writing() as session:
        row = session.scalars(select(OutboxRow).where(OutboxRow.seq == message.seq)).one()
        row.body = message.body
    return pack([message])
