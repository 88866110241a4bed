"""Two desks do different things to one dossier: the second one's officer sees both and decides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from counter.acts import HandOver, Move, Withdraw
from counter.desk import acts, attaching, checking, disputes, lists
from counter.disputes import NAME, Difference
from counter.errors import NothingToCorrect, UnknownMessage
from counter.messages import SEXES
from counter.scans import Judged
from counter.store import outbox, reopening
from counter.store.tables import OutboxRow
from counter.values import DossierId
from counter.work import MessageLine, SyncStanding
from sync.sandbox.process import SandboxProcess
from tests.sync.test_desk_and_portal import Office, sandbox

__all__ = ["sandbox"]


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def contested(office: Office) -> tuple[MessageLine, tuple[Difference, ...]]:
    """Return the message in conflict, and what is different in it."""
    (line,) = (
        message
        for message in lists.messages(office.context)
        if message.standing is SyncStanding.CONFLICT
    )
    assert line.key is not None
    return line, disputes.message(office.context, line.key).differences


def left(office: Office) -> tuple[int, int, int]:
    with office.context.store.reading() as session:
        found = outbox.count(session)
    return found.waiting, found.parked, found.conflict


@pytest.fixture
def moved(office: Office, sandbox: SandboxProcess) -> str:
    """A dossier whose status the portal changed before this desk's own acts came."""
    office.sync()
    (code,) = office.receive(1)
    office.sync()
    dossier = DossierId(office.dossier(code).id)
    sandbox.move(office.id_of(code), 5, "Đơn vị yêu cầu bổ sung")
    acts.act(office.context, dossier, HandOver("Tư pháp"))
    acts.act(office.context, dossier, Move("Kệ B2"))
    office.sync()
    return code


def test_an_act_that_came_too_late_shows_both_states_and_holds_back_what_follows(
    office: Office, moved: str
) -> None:
    line, differences = contested(office)

    assert line.dossier_code == moved
    assert [(d.pointer, d.ours, d.theirs, d.differs) for d in differences] == [
        ("/status", "4", "5", True)
    ]
    assert office.dossier(moved).status == 4
    assert left(office) == (1, 0, 1)


def test_giving_way_takes_the_portals_state_and_what_followed_still_arrives(
    office: Office,
    moved: str,
    sandbox: SandboxProcess,
) -> None:
    line, _differences = contested(office)
    assert line.key is not None

    disputes.settle(office.context, line.key, frozenset())
    office.sync()
    office.sync()

    (there,) = sandbox.dossiers()
    assert there["status"] == office.dossier(moved).status == 5
    assert [(e["seq"], e["kind"]) for e in sandbox.events()] == [(1, "note"), (2, "storage_moved")]
    assert left(office) == (0, 0, 0)
    assert checking.verify(office.context) == ()


def test_keeping_ours_sends_the_act_anew_under_the_same_number(
    office: Office,
    moved: str,
    sandbox: SandboxProcess,
) -> None:
    line, _differences = contested(office)
    assert line.key is not None

    disputes.settle(office.context, line.key, frozenset({"/status"}))
    office.sync()
    office.sync()

    (there,) = sandbox.dossiers()
    assert there["status"] == office.dossier(moved).status == 4
    assert [(e["seq"], e["kind"]) for e in sandbox.events()] == [
        (1, "handed_over"),
        (2, "storage_moved"),
    ]
    assert left(office) == (0, 0, 0)
    assert checking.verify(office.context) == ()


def test_of_two_contents_each_field_is_chosen_by_itself(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    office.sync()
    (code,) = office.receive(1)
    office.sync()
    owner = sandbox.dossiers()[0]["content"]["owner"]
    sandbox.edit(office.id_of(code), {"owner": {**owner, "phone": "0987000002"}})
    judged = Judged(b"%PDF-1.7 scan", "application/pdf", 1)
    attaching.attach_file(office.context, DossierId(office.dossier(code).id), 0, judged)
    office.sync()
    line, differences = contested(office)
    assert line.key is not None

    disputes.settle(office.context, line.key, frozenset({"/components"}))
    office.sync()
    office.sync()

    (there,) = sandbox.dossiers()
    assert {d.pointer for d in differences if d.differs} == {"/components", "/owner/phone"}
    assert "0987000002" not in json.dumps([d.theirs for d in differences])
    assert there["content"]["owner"]["phone"] == office.dossier(code).phone == "0987000002"
    assert len(there["content"]["components"][0]["files"]) == 1
    assert left(office) == (0, 0, 0)
    assert checking.verify(office.context) == ()


def test_who_gives_way_to_the_portals_words_for_a_person_prints_them_from_then_on(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    office.sync()
    (code,) = office.receive(1)
    office.sync()
    owner = sandbox.dossiers()[0]["content"]["owner"]
    told = {
        "full_name": "Đỗ Thị Tên Đúng",
        "birth_date": "1961-02",
        "gender": "nu",
        "identity": {**owner["identity"], "number": "001161000999", "source": "portal"},
        "address": {"province_code": None, "unit_code": None, "detail": "Ngõ 5", "old_text": None},
    }
    sandbox.edit(office.id_of(code), {"owner": {**owner, **told}})
    judged = Judged(b"%PDF-1.7 scan", "application/pdf", 1)
    attaching.attach_file(office.context, DossierId(office.dossier(code).id), 0, judged)
    office.sync()
    line, _differences = contested(office)
    assert line.key is not None

    disputes.settle(office.context, line.key, frozenset({"/components", "/owner/gender"}))

    row, ours = office.dossier(code), owner["gender"]
    assert (row.applicant_name, row.birth_date, row.applicant_number, row.address) == (
        "Đỗ Thị Tên Đúng",
        "1961-02",
        "001161000999",
        "Ngõ 5",
    )
    assert (row.sex, row.identity_source, row.verdict) == (SEXES[ours].value, "portal", None)
    assert [found.code for found in lists.find_dossiers(office.context, "ten dung", 5)] == [code]


def test_a_refused_message_names_the_field_and_the_portals_reason(
    office: Office,
    sandbox: SandboxProcess,
) -> None:
    office.sync()
    (code,) = office.receive(1)
    sandbox.poison([code])
    office.sync()
    (line,) = lists.messages(office.context)
    assert line.key is not None

    view = disputes.message(office.context, line.key)

    assert view.standing is SyncStanding.PARKED
    assert [(d.pointer, d.reason) for d in view.differences] == [
        ("/owner/full_name", "cổng không nhận hồ sơ này")
    ]


def test_a_message_that_is_settled_is_not_decided_again(office: Office, moved: str) -> None:
    line, _differences = contested(office)
    assert line.key is not None
    disputes.settle(office.context, line.key, frozenset())

    with pytest.raises(UnknownMessage):
        disputes.settle(office.context, line.key, frozenset())
    with pytest.raises(UnknownMessage):
        disputes.message(office.context, UUID(int=0))


def test_what_was_replaced_is_not_sent_again_when_the_portal_lost_the_dossier(
    office: Office, moved: str
) -> None:
    line, _differences = contested(office)
    assert line.key is not None
    disputes.settle(office.context, line.key, frozenset())
    office.sync()
    acts.act(office.context, DossierId(office.dossier(moved).id), Withdraw("Có đơn"))

    with office.context.store.writing() as session:
        again = reopening.reopen(session, office.dossier(moved).id)

    assert again == 3  # the dossier, the note in the act's place, and the place on the shelf


@pytest.fixture
def refused(office: Office, sandbox: SandboxProcess) -> str:
    """A dossier that the portal called wrong at its name, and an act that waits behind it."""
    office.sync()
    (code,) = office.receive(1)
    sandbox.poison([office.id_of(code)])
    acts.act(office.context, DossierId(office.dossier(code).id), HandOver("Tư pháp"))
    office.sync()
    sandbox.cure()
    return code


def test_a_refused_field_is_typed_anew_and_goes_as_a_new_fact_in_the_old_ones_place(
    office: Office, sandbox: SandboxProcess, refused: str
) -> None:
    (line, _waiting) = lists.messages(office.context)
    assert line.key is not None
    (wrong,) = disputes.message(office.context, line.key).differences

    disputes.amend(office.context, line.key, {wrong.pointer: "  Người  Đã Sửa "})
    office.sync()

    (there,) = sandbox.dossiers()
    assert (wrong.pointer, bool(wrong.reason), bool(wrong.typed)) == (NAME, True, True)
    assert there["content"]["owner"]["full_name"] == "Người Đã Sửa"
    assert (there["status"], office.dossier(refused).applicant_name) == (4, "Người Đã Sửa")
    assert left(office) == (0, 0, 0)
    assert checking.verify(office.context) == ()
    with office.context.store.reading() as session:
        kept = session.scalars(select(OutboxRow).where(OutboxRow.key == line.key)).one()
    assert json.loads(kept.body)["owner"]["full_name"] == wrong.typed
    assert kept.replaced_by not in {None, kept.key}


def test_the_same_words_again_are_no_correction(office: Office, refused: str) -> None:
    (line, _waiting) = lists.messages(office.context)
    assert line.key is not None
    (wrong,) = disputes.message(office.context, line.key).differences

    with pytest.raises(NothingToCorrect):
        disputes.amend(office.context, line.key, {NAME: str(wrong.typed), "/code": "H55"})

    assert left(office) == (1, 1, 0)
