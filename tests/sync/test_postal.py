"""Lists of results handed to the post, told to the whole sandbox portal over real HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from counter.acts import HandToPost, TakeResult
from counter.desk import acts, lists
from counter.desk.today import today
from counter.returning import ReturnWay
from counter.store import outbox
from counter.store.post_lists import ListState, PostListRow
from counter.store.return_wishes import ReturnWishRow
from counter.store.tables import DossierRow, OutboxRow
from counter.today import Group
from counter.values import DossierId
from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.sync.test_desk_and_portal import Office, office, sandbox

__all__ = ["office", "sandbox"]

CARRIER = HandToPost("Phạm Văn Bưu")
ELSEWHERE = "Thôn 9, xã Khác, tỉnh Mẫu"


@pytest.fixture
def codes(office: Office) -> list[str]:
    """Two results at the desk; the second is to go to another address."""
    office.sync()
    found = office.receive(2)
    with office.context.store.writing() as session:
        session.execute(update(DossierRow).values(phone="0912000001", address="Thôn 1, xã Mẫu"))
        session.add(
            ReturnWishRow(
                dossier=office.dossier(found[1]).row,
                way=ReturnWay.POST.value,
                address=ELSEWHERE,
            )
        )
    for code in found:
        acts.act(office.context, dossier(office, code), TakeResult("Giấy khai sinh"))
    return found


def dossier(office: Office, code: str) -> DossierId:
    return DossierId(office.dossier(code).id)


def hand_over(office: Office, codes: list[str]) -> None:
    acts.act_all(office.context, [dossier(office, code) for code in codes], CARRIER)


def states(office: Office) -> list[str]:
    with office.context.store.reading() as session:
        return list(session.scalars(select(PostListRow.state).order_by(PostListRow.id)))


def at_portal(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    return [paper for paper in sandbox.papers() if "parcels" in paper]


def events(office: Office, code: str) -> list[str]:
    return [line.event for line in lists.show(office.context, code).history]


def unsent(office: Office) -> set[str]:
    (group,) = (g for g in today(office.context).groups if g.group is Group.UNSENT)
    return {line.code for line in group.lines}


def test_one_list_reaches_the_portal_with_every_parcel_and_its_address(
    office: Office, sandbox: SandboxProcess, codes: list[str]
) -> None:
    hand_over(office, codes)
    office.sync()

    (listed,) = at_portal(sandbox)
    assert len(listed["parcels"]) == 2
    with office.context.store.reading() as session:
        body = json.loads(session.scalars(select(PostListRow.body)).one())
    assert [parcel["address"]["old_text"] for parcel in body["parcels"]] == [
        "Thôn 1, xã Mẫu",
        ELSEWHERE,
    ]
    assert states(office) == [ListState.TAKEN]
    assert [events(office, code).count("post.taken") for code in codes] == [1, 1]


@pytest.mark.parametrize("fault", [Fault.TOOK_IT_THEN_HUNG_UP, Fault.HANG_UP])
def test_a_lost_answer_makes_no_second_list(
    office: Office, sandbox: SandboxProcess, codes: list[str], fault: Fault
) -> None:
    hand_over(office, codes)
    sandbox.strike([fault], "createPostalManifest")

    office.sync()
    office.sync()

    assert len(at_portal(sandbox)) == 1
    assert events(office, codes[0]).count("post.taken") == 1


def test_a_list_waits_until_the_portal_has_its_dossiers(
    office: Office, sandbox: SandboxProcess, codes: list[str]
) -> None:
    hand_over(office, codes)
    sandbox.strike([Fault.SERVER_ERROR], "putDossiersBulk")

    office.set_out_once()
    before = states(office)
    office.sync()

    assert before == [ListState.WANTED]
    assert states(office) == [ListState.TAKEN]


def set_aside(office: Office, codes: list[str]) -> None:
    """Let the message that makes each dossier wait for an officer."""
    with office.context.store.writing() as session:
        session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.dossier_id.in_([dossier(office, code) for code in codes]),
                OutboxRow.dossier_seq == 1,
            )
            .values(state="parked")
        )


def carried(sandbox: SandboxProcess) -> list[list[str]]:
    """Return the dossiers of each list the portal has."""
    whose = {one["parcel_id"]: one["dossier_id"] for one in sandbox.papers() if "parcel_id" in one}
    return [[whose[parcel] for parcel in one["parcels"]] for one in at_portal(sandbox)]


def test_a_dossier_that_waits_for_an_officer_holds_no_other_on_its_list(
    office: Office, sandbox: SandboxProcess, codes: list[str]
) -> None:
    hand_over(office, codes)
    set_aside(office, codes[:1])

    office.sync()
    before, first = states(office), carried(sandbox)
    with office.context.store.writing() as session:
        outbox.send_again(session, dossier(office, codes[0]))
    office.sync()

    assert first == [[str(dossier(office, codes[1]))]]
    assert before == [ListState.TAKEN, ListState.WANTED]
    assert carried(sandbox) == [[str(dossier(office, code))] for code in reversed(codes)]
    assert states(office) == [ListState.TAKEN, ListState.TAKEN]
    assert [events(office, code).count("post.taken") for code in codes] == [1, 1]


def test_a_list_whose_dossiers_all_wait_for_an_officer_stays_whole(
    office: Office, sandbox: SandboxProcess, codes: list[str]
) -> None:
    hand_over(office, codes)
    set_aside(office, codes)

    office.sync()
    before = states(office)
    with office.context.store.writing() as session:
        for code in codes:
            outbox.send_again(session, dossier(office, code))
    office.sync()

    assert before == [ListState.WANTED]
    assert [len(parcels) for parcels in carried(sandbox)] == [2]


def test_a_list_the_portal_refuses_is_a_task_until_it_is_handed_over_anew(
    office: Office, codes: list[str]
) -> None:
    hand_over(office, codes)
    with office.context.store.writing() as session:
        body = json.loads(session.scalars(select(PostListRow.body)).one())
        body["parcels"][0]["phone"] = "không phải số"
        session.execute(update(PostListRow).values(body=json.dumps(body)))

    office.sync()
    waits = unsent(office)
    hand_over(office, codes)
    office.sync()

    assert waits == set(codes)
    assert states(office) == [ListState.REFUSED, ListState.TAKEN]
    assert unsent(office) == set()
    assert events(office, codes[0]).count("post.refused") == 1
