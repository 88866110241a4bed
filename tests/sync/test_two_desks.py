"""Two real desks of one agency and the whole sandbox portal between them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter.acts import (
    AskSupplement,
    Collect,
    HandOver,
    PaperWanted,
    Relation,
    ReturnResult,
    TakeResult,
    TakeSupplement,
    Withdraw,
)
from counter.desk import acts, attaching, checking, lists, reception
from counter.errors import PortalSilent
from counter.returning import ReturnTo, ReturnWay
from counter.scans import FileRef, FileStanding, Judged
from counter.store import files, outbox, trail
from counter.store.dossiers import get_by_code
from counter.values import DossierId, fold, now
from counter.work import DossierView, PaperReceived
from sync.sandbox.process import SandboxProcess
from tests.counter.desk.conftest import SetClock, asked
from tests.sync.test_desk_and_portal import Office, sandbox

__all__ = ["sandbox"]

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


@pytest.fixture
def first(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


@pytest.fixture
def second(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "two", sandbox, "H55.242-Q02")
    yield found
    found.close()


def seen(office: Office, code: str) -> DossierView:
    return lists.show(office.context, code)


def do(office: Office, code: str, *asked: Any) -> None:
    for act in asked:
        acts.act(office.context, DossierId(office.dossier(code).id), act)


def stuck(office: Office) -> int:
    with office.context.store.reading() as session:
        found = outbox.count(session)
    return found.waiting + found.parked + found.conflict


def test_any_desk_finds_a_sister_desks_dossier_by_code_and_by_name(
    first: Office, second: Office
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()

    second.sync()

    there, here = seen(first, code), seen(second, code)
    by_name = lists.find_dossiers(second.context, fold(there.applicant.full_name), 10)
    assert [line.code for line in by_name] == [code]
    assert (here.applicant, here.papers, here.fees) == (there.applicant, there.papers, there.fees)
    assert (here.line.due_at, here.book, here.procedure_code) == (
        there.line.due_at,
        there.book,
        there.procedure_code,
    )
    assert checking.verify(second.context) == ()


@pytest.mark.parametrize(
    "wish",
    [
        ReturnTo(),
        ReturnTo(ReturnWay.ONLINE),
        ReturnTo(ReturnWay.POST, address="Thôn 9, xã Khác, tỉnh Mẫu"),
    ],
)
def test_where_a_result_is_to_go_is_known_at_every_desk(
    first: Office, second: Office, wish: ReturnTo
) -> None:
    first.sync()
    wanted = replace(asked(SetClock(now())), return_to=wish)
    code = reception.receive(first.context, wanted).code
    first.sync()

    second.sync()

    there, here = seen(first, code), seen(second, code)
    assert here.return_to == there.return_to
    assert here.return_to.way is wish.way
    assert stuck(first) == 0


def test_two_desks_bring_one_dossier_to_its_end_and_the_portal_has_one_history(
    first: Office,
    second: Office,
    sandbox: SandboxProcess,
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    second.sync()
    do(second, code, HandOver("Tư pháp - Hộ tịch"), MISSING)
    second.sync()
    first.sync()
    wanted = acts.possible(first.context, code).wanted
    do(first, code, BROUGHT, TakeResult("Kết quả", "12/2026", shelf="A3"))
    if acts.possible(first.context, code).owed > 0:
        do(first, code, Collect())
    first.sync()
    second.sync()
    owed = acts.possible(second.context, code).owed
    do(second, code, RETURNED)
    second.sync()
    first.sync()

    (there,) = sandbox.dossiers()
    events = sandbox.events()
    assert [event["seq"] for event in events if event["desk_id"].endswith("Q02")] == [1, 2, 3]
    assert [event["seq"] for event in events if event["desk_id"].endswith("Q01")] == list(
        range(1, len(events) - 2)
    )
    assert len({event["event_id"] for event in events}) == len(events)
    assert [paper.name for paper in wanted] == ["Tờ khai"]
    assert owed == 0
    assert (there["status"], first.dossier(code).status, second.dossier(code).status) == (10,) * 3
    assert [line.event for line in seen(first, code).history] == [
        line.event for line in seen(second, code).history
    ]
    assert stuck(first) == stuck(second) == 0
    assert checking.verify(first.context) == checking.verify(second.context) == ()


def test_a_portal_restored_from_a_backup_makes_no_line_of_a_history_twice(
    first: Office,
    second: Office,
    sandbox: SandboxProcess,
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    sandbox.keep_backup()
    second.sync()
    do(second, code, MISSING)
    second.sync()
    first.sync()
    before = [line.event for line in seen(first, code).history]

    sandbox.restore_backup()
    for office in (second, first, second, first):
        office.sync()

    assert [line.event for line in seen(first, code).history] == before
    assert (first.dossier(code).status, second.dossier(code).status) == (5, 5)


PDF = b"%PDF-1.7 " + bytes(range(256)) * 2400


def whole(office: Office, code: str) -> list[tuple[bool, str, bytes]]:
    """Return kind, standing and content of a dossier's files."""
    with office.context.store.reading() as session:
        return [
            (
                file.is_result,
                file.standing.value,
                files.read(session, office.context.store.files, file.sha256),
            )
            for file in seen(office, code).files
        ]


def test_a_result_and_papers_sent_online_come_to_the_desk_with_their_files(
    first: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    sent = sandbox.give_file("H55.242", "to-khai.pdf", PDF)
    paper: dict[str, Any] = {
        "component_code": None,
        "name": "Tờ khai",
        "originals": 0,
        "certified": 0,
    }
    paper |= {"copies": 1, "digitised": 1, "files": [sent]}
    sandbox.move(first.id_of(code), 5, "Thiếu tờ khai")
    sandbox.supplement(first.id_of(code), [paper])
    first.sync()
    sandbox.move(first.id_of(code), 4)
    sandbox.give_result(first.id_of(code), "Trích lục", b"%PDF-1.7 result")

    first.sync()

    assert whole(first, code) == [
        (False, "settled", PDF),
        (True, "settled", b"%PDF-1.7 result"),
    ]
    events = [line.event for line in seen(first, code).history]
    assert "portal.supplement_sent" in events
    assert "portal.result_given" in events
    assert checking.verify(first.context) == ()


def test_a_file_attached_at_any_desk_goes_to_the_portal_with_its_dossier(
    first: Office, second: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    second.sync()
    dossier = DossierId(first.dossier(code).id)
    for office, content in ((second, b"%PDF-1.7 two"), (first, PDF), (first, b"%PDF-1.7 one")):
        attaching.attach_file(office.context, dossier, 0, Judged(content, "application/pdf", 1))
        office.sync()
        first.sync()
        second.sync()

    (there,) = sandbox.dossiers()
    named = [file["sha256"] for file in there["content"]["components"][0]["files"]]
    assert named == [
        hashlib.sha256(content).hexdigest() for content in (b"%PDF-1.7 two", PDF, b"%PDF-1.7 one")
    ]
    assert stuck(first) == stuck(second) == 0
    assert checking.verify(first.context) == checking.verify(second.context) == ()


def test_what_a_sister_desk_scanned_is_listed_at_once_and_fetched_when_asked_for(
    first: Office, second: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    (code,) = first.receive(1)
    dossier = DossierId(first.dossier(code).id)
    attaching.attach_file(first.context, dossier, 0, Judged(PDF, "application/pdf", 1))
    first.sync()
    second.sync()
    (listed,) = seen(second, code).files
    bytes_before = list(second.context.store.files.glob("*"))

    count = attaching.fetch_files(second.context, dossier)
    second.sync()

    assert (listed.standing, listed.is_here, bytes_before) == (FileStanding.ELSEWHERE, False, [])
    assert (count, whole(second, code)) == (1, [(False, "settled", PDF)])
    assert attaching.fetch_files(second.context, dossier) == 0
    with second.context.store.reading() as session:
        noted = [entry.action for entry in trail.entries(session, newest=20)]
    assert noted.count("files.fetched") == 1
    (kept,) = second.context.store.files.glob("*")
    assert PDF[:16] not in kept.read_bytes()
    assert checking.verify(first.context) == checking.verify(second.context) == ()


def test_a_listed_file_that_is_scanned_here_too_needs_no_fetching(
    first: Office, second: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    code, other = first.receive(2)
    dossier = DossierId(first.dossier(code).id)
    attaching.attach_file(first.context, dossier, 0, Judged(PDF, "application/pdf", 1))
    first.sync()
    second.sync()
    attaching.attach_file(
        second.context,
        DossierId(second.dossier(other).id),
        0,
        Judged(PDF, "application/pdf", 1),
    )

    second.sync()

    assert whole(second, code) == whole(second, other) == [(False, "settled", PDF)]
    assert checking.verify(second.context) == ()


def test_a_result_the_portal_does_not_have_waits_for_an_officer_who_tries_again(
    first: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    dossier = first.dossier(code)
    lost = FileRef(hashlib.sha256(PDF).hexdigest(), "ket-qua.pdf", "application/pdf", len(PDF))
    with first.context.store.writing() as session:
        files.want(session, get_by_code(session, code), lost, now())
    first.sync()
    refused = [file.standing for file in seen(first, code).files]
    sandbox.give_file("H55.242", "ket-qua.pdf", PDF)

    attaching.try_again(first.context, DossierId(dossier.id))
    first.sync()

    assert refused == [FileStanding.REFUSED]
    assert whole(first, code) == [(True, "settled", PDF)]


def test_a_file_is_written_out_whole_and_that_is_noted(
    first: Office, sandbox: SandboxProcess, tmp_path: Path
) -> None:
    first.sync()
    (code,) = first.receive(1)
    first.sync()
    sandbox.give_result(first.id_of(code), "Trích lục", PDF)
    first.sync()
    (file,) = seen(first, code).files

    attaching.save_file(
        first.context, DossierId(first.dossier(code).id), file.sha256, tmp_path / "out.pdf"
    )

    with first.context.store.reading() as session:
        noted = trail.entries(session, newest=1)
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    assert [entry.action for entry in noted] == ["file.saved"]


def test_a_dossier_that_is_not_known_here_is_asked_of_the_portal_also_when_it_is_closed(
    first: Office, second: Office, sandbox: SandboxProcess
) -> None:
    first.sync()
    code, closed = first.receive(2)
    do(first, closed, Withdraw("Có đơn"))
    first.sync()

    told = [second.look_up(wanted) for wanted in (closed, code, "H55.242-261125-9999")]
    sandbox.switch_off()
    silent = second.look_up("H55.242-261125-9998")

    assert [event.found for event in told] == [True, True, False]
    assert (second.dossier(closed).status, second.dossier(code).status) == (7, 2)
    assert isinstance(silent.error, PortalSilent)
    assert checking.verify(second.context) == ()
