"""What citizens send from home arrives at every desk as work, and one of them receives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter.acts import Accept, ActKind, AskSupplement, PaperWanted, Refuse, TakeSupplement
from counter.desk import acts, checking, lists, today
from counter.store import outbox
from counter.today import Group, GroupView
from counter.values import DossierId, now
from counter.work import PaperReceived
from sync.sandbox.process import SandboxProcess
from tests.sync.test_desk_and_portal import Office, sandbox

__all__ = ["sandbox"]

MISSING = AskSupplement("Thiếu giấy chứng sinh", (PaperWanted("Giấy chứng sinh"),))
BROUGHT = TakeSupplement((PaperReceived("Giấy chứng sinh", 1, 0, 0),))


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def online(office: Office) -> GroupView:
    (found,) = (g for g in today.today(office.context).groups if g.group is Group.ONLINE)
    return found


def submit(office: Office, sandbox: SandboxProcess) -> str:
    office.sync()
    code = str(sandbox.submit_online()["code"])
    office.sync()
    return code


def do(office: Office, code: str, act: Accept | AskSupplement | Refuse | TakeSupplement) -> None:
    acts.act(office.context, DossierId(office.dossier(code).id), act)
    office.sync()


def test_it_waits_on_the_morning_page_with_the_moment_to_be_answered_by(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    code = submit(office, sandbox)

    found = online(office)

    assert [line.code for line in found.lines] == [code]
    assert found.late == 0
    assert found.lines[0].answer_by is not None
    assert found.lines[0].answer_by - now() <= timedelta(hours=8)
    assert acts.possible(office.context, code).acts[0] is ActKind.ACCEPT


def test_one_that_is_received_has_its_day_on_both_sides_and_leaves_the_page(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    code = submit(office, sandbox)

    do(office, code, Accept())

    (there,) = sandbox.dossiers()
    here = lists.show(office.context, code)
    assert there["status"] == here.line.status == 2
    assert there["due_at"] is not None
    assert here.line.due_at is not None
    assert [line.event for line in here.history] == ["dossier.sent_online", "dossier.received"]
    assert online(office).count == 0
    assert checking.verify(office.context) == ()


def test_one_that_a_sister_desk_received_leaves_this_desks_page(
    office: Office,
    sandbox: SandboxProcess,
    tmp_path: Path,
) -> None:
    sister = Office(tmp_path / "two", sandbox, "H55.242-Q02")
    code = submit(office, sandbox)
    sister.sync()

    do(sister, code, Accept())
    office.sync()
    sister.close()

    row = office.dossier(code)
    assert online(office).count == 0
    assert (row.status, row.elsewhere, row.due_at is not None) == (2, "H55.242-Q02", True)


def test_papers_are_asked_for_and_sent_online_before_it_is_received(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    code = submit(office, sandbox)
    do(office, code, MISSING)
    sent = sandbox.give_file("H55.242", "chung-sinh.pdf", b"%PDF-1.7 birth")
    paper = {"component_code": None, "name": "Giấy chứng sinh", "originals": 0, "certified": 0}
    sandbox.supplement(
        office.id_of(code), [{**paper, "copies": 1, "digitised": 1, "files": [sent]}]
    )
    office.sync()

    do(office, code, Accept())

    (there,) = sandbox.dossiers()
    assert there["status"] == office.dossier(code).status == 2
    assert [file.filename for file in lists.show(office.context, code).files] == ["chung-sinh.pdf"]
    with office.context.store.reading() as session:
        found = outbox.count(session)
    assert (found.waiting, found.parked, found.conflict) == (0, 0, 0)


@pytest.mark.parametrize("act", [BROUGHT, Accept()])
def test_one_whose_missing_papers_came_is_received_with_its_day_and_asks_for_nothing_more(
    office: Office,
    sandbox: SandboxProcess,
    tmp_path: Path,
    act: TakeSupplement | Accept,
) -> None:
    sister = Office(tmp_path / "two", sandbox, "H55.242-Q02")
    code = submit(office, sandbox)
    do(office, code, MISSING)
    sister.sync()

    do(office, code, act)
    sister.sync()

    here, there = office.dossier(code), sister.dossier(code)
    wanted = [acts.possible(at.context, code).wanted for at in (office, sister)]
    sister.close()
    assert (here.status, there.status, wanted) == (2, 2, [(), ()])
    assert here.due_at is not None
    assert here.due_at == there.due_at
    assert here.book_volume.endswith("Q01")
    assert (here.elsewhere, there.elsewhere) == ("", "H55.242-Q01")
    assert checking.verify(office.context) == ()


def test_one_that_is_refused_says_why_on_both_sides(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    code = submit(office, sandbox)

    do(office, code, Refuse("Không thuộc thẩm quyền"))

    (there,) = sandbox.dossiers()
    assert there["status"] == office.dossier(code).status == 3
    assert sandbox.events()[-1]["text"] == "Không thuộc thẩm quyền"
