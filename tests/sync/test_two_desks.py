"""Two real desks of one agency and the whole sandbox portal between them."""

from __future__ import annotations

from collections.abc import Iterator
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
)
from counter.desk import acts, checking, lists
from counter.store import outbox
from counter.values import DossierId, fold
from counter.work import DossierView, PaperReceived
from sync.sandbox.process import SandboxProcess
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
