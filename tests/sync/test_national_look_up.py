"""A sister desk's dossier, asked of the national interface by its code and brought to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from counter.acts import AskSupplement, Collect, HandOver, Move, PaperWanted, TakeSupplement
from counter.desk import acts, attaching, checking, lists
from counter.errors import PortalSilent
from counter.scans import FileStanding, Judged
from counter.store import outbox, whole
from counter.store.dossiers import get_by_code
from counter.values import DossierId
from counter.work import DossierView, PaperReceived
from sync.dvcqg_found import read_record
from sync.dvcqg_words import LineKey
from sync.sandbox.process import SandboxProcess
from tests.sync.test_national import Desk, lines, running, there

__all__ = ["running"]

ASKED = AskSupplement("Thiếu chữ ký", (PaperWanted("Tờ khai", note="thiếu chữ ký"),))
BROUGHT = TakeSupplement((PaperReceived("Tờ khai", 1, 0, 0),))


@pytest.fixture(scope="module")
def sandbox(running: SandboxProcess) -> SandboxProcess:
    """One interface for all of these: each has a dossier of its own."""
    return running


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, sandbox: SandboxProcess) -> Iterator[Desk]:
    found = Desk(tmp_path_factory.mktemp("one"), sandbox)
    found.sync()
    yield found
    found.close()


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, sandbox: SandboxProcess) -> Iterator[Desk]:
    found = Desk(tmp_path_factory.mktemp("two"), sandbox, desk_id="H55.242-Q02", first=2000)
    found.sync()
    yield found
    found.close()


@pytest.fixture
def code(first: Desk) -> str:
    """A dossier of the first desk that the interface has."""
    (received,) = first.receive(1, attachments=1)
    first.sync()
    return received


def seen(desk: Desk, code: str) -> DossierView:
    return lists.show(desk.context, code)


def stuck(desk: Desk) -> int:
    with desk.context.store.reading() as session:
        found = outbox.count(session)
    return found.waiting + found.parked + found.conflict


def test_a_dossier_that_is_not_known_here_is_found_by_its_code_with_its_papers(
    first: Desk, second: Desk, code: str
) -> None:
    found = second.look_up(code)
    missing = second.look_up("H55.242-261125-0999")

    own, here = seen(first, code), seen(second, code)
    assert (found, missing) == (True, False)
    assert here.applicant.full_name == own.applicant.full_name
    assert here.applicant.number == own.applicant.number
    assert (here.procedure_code, here.line.due_at) == (own.procedure_code, own.line.due_at)
    assert [fee.amount for fee in here.fees] == [fee.amount for fee in own.fees]
    assert [(f.sha256, f.standing) for f in here.files] == [
        (f.sha256, FileStanding.SETTLED) for f in own.files
    ]
    assert checking.verify(second.context) == ()


def test_what_this_desk_received_is_not_taken_from_the_interface(first: Desk, code: str) -> None:
    before = seen(first, code)

    found = first.look_up(code)

    assert (found, seen(first, code)) == (True, before)


def test_a_silent_interface_says_so(second: Desk, code: str, sandbox: SandboxProcess) -> None:
    sandbox.act("national/off")

    with pytest.raises(PortalSilent):
        second.look_up(code)
    sandbox.act("national/on")


def test_two_desks_bring_one_dossier_on_and_the_interface_has_each_line_once(
    first: Desk, second: Desk, code: str, sandbox: SandboxProcess
) -> None:
    first.live(code, (Collect(), HandOver("Tư pháp"), ASKED))
    first.sync()
    second.look_up(code)
    asked = acts.possible(second.context, code)
    second.live(code, (BROUGHT, Move("B2")))
    second.sync()
    second.look_up(code)

    record = there(sandbox)[code]
    assert [paper.name for paper in asked.wanted] == ["Thiếu chữ ký"]
    assert asked.owed == 0
    assert record["TrangThaiHoSo"] == "4"
    assert [one["TrangThaiBoSung"] for one in record["DanhSachHoSoBoSung"]] == ["1"]
    assert (record["DonViXuLy"], len(record["TaiLieuNop"])) == ("Tư pháp", 1)
    assert record["ChuHoSo"] == seen(first, code).applicant.full_name
    assert lines(sandbox)[code][-3:] == [5, 4, 4]
    events = [line.event for line in seen(second, code).history]
    assert events.count("supplement.taken") == 1
    assert stuck(second) == 0
    assert checking.verify(second.context) == ()


def test_what_others_did_since_comes_with_the_comparison_of_the_day(
    first: Desk, second: Desk, code: str
) -> None:
    second.look_up(code)
    first.live(code, (HandOver("Tư pháp"),))
    first.sync()
    before = seen(second, code).line.status

    second.ahead = timedelta(days=1, minutes=1)
    second.sync()
    second.ahead = timedelta(0)
    second.look_up(code)

    assert (before, seen(second, code).line.status) == (2, 4)
    events = [line.event for line in seen(second, code).history]
    assert events.count("papers.handed_over") == 1


def test_a_file_attached_to_a_sister_desks_dossier_stands_beside_those_there(
    first: Desk, second: Desk, code: str, sandbox: SandboxProcess
) -> None:
    second.look_up(code)
    before = [paper["TepDinhKemId"] for paper in there(sandbox)[code]["TaiLieuNop"]]
    with second.context.store.reading() as session:
        dossier = DossierId(get_by_code(session, code).id)
    scanned = Judged(b"%PDF-1.7 two", "application/pdf", 1)
    attaching.attach_file(second.context, dossier, 0, scanned)

    second.sync()

    after = [paper["TepDinhKemId"] for paper in there(sandbox)[code]["TaiLieuNop"]]
    assert (len(before), len(after)) == (1, 2)
    assert set(before) < set(after)
    assert sandbox.ask("national/created")[code] == 1
    assert stuck(second) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"NgayTiepNhan": "24/11/2026"},
        {"TrangThaiHoSo": "99"},
        {"ChuHoSo": ""},
        {"DanhSachTienDo": [{"TrangThai": "4"}]},
        {"TaiLieuNop": "none"},
    ],
)
def test_a_record_of_another_shape_is_as_good_as_no_answer(change: dict[str, Any]) -> None:
    told = {**RECORD, **change}

    with pytest.raises(PortalSilent):
        read_record(told, agency="H55.242", version=1, own=())


RECORD: dict[str, Any] = {
    "MaHoSo": "H55.242-261124-0001",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "ChuHoSo": "NGUYỄN VĂN THỬ",
    "NgayTiepNhan": "20261124081500",
    "TrangThaiHoSo": "4",
}


def test_a_record_that_says_little_and_a_line_in_strange_words_are_read_all_the_same() -> None:
    strange = {"ThoiDiemXuLy": "20261124090000", "NoiDungXuLy": "Đang xem", "TrangThai": "4"}
    told = {
        **RECORD,
        "TaiLieuNop": [{"TenTepDinhKem": "Đơn.pdf", "Base64": "khong phai"}],
        "DanhSachTienDo": [strange, {**strange, "NoiDungXuLy": "Của quầy"}],
    }
    own = LineKey("20261124090000", "4", "Của quầy", "")

    found = read_record(told, agency="H55.242", version=1, own={own})

    assert [(one.kind, one.before, one.after, one.text) for one in found.events] == [
        ("status_changed", 2, 4, "Đang xem")
    ]
    assert found.files == ()
    assert found.dossier.content["owner"] == {
        "full_name": "NGUYỄN VĂN THỬ",
        "subject_type": "1",
        "identity": None,
        "phone": None,
        "email": None,
    }


def test_the_merge_is_found_out_when_it_is_left_out(
    first: Desk, second: Desk, code: str, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.live(code, (HandOver("Tư pháp"), ASKED))
    first.sync()
    second.look_up(code)
    second.live(code, (BROUGHT,))
    monkeypatch.setattr("sync.dvcqg.National.look_up", lambda self, code: None)

    second.sync()

    assert there(sandbox)[code]["DanhSachHoSoBoSung"] == []
    with second.context.store.reading() as session:
        assert code in whole.sister_codes(session)
