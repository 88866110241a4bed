from __future__ import annotations

import json
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select, text

from counter.errors import PortalRefusedDesk, PortalSilent
from counter.store import outbox
from counter.store.store import Store
from counter.store.tables import OutboxRow
from sync.batches import pack
from sync.contract import Capabilities
from sync.delivery import Delivered, Delivery
from sync.portal import Portal
from tests.conftest import ExpectedLog
from tests.sync.small_portal import Clock, SmallPortal, capabilities, note_event, receive

LIMITS = Capabilities.model_validate(capabilities(lends=False, min_client="0.1.0")).limits

NETWORK = [
    "hang up",
    "take it and hang up",
    "500",
    "503",
    "502 HTML",
    "captive portal",
    "redirect",
    "empty 200",
    "truncated",
    "other ids",
    "429",
    "401",
    "stall",
]


@pytest.fixture
def told() -> list[Delivered]:
    return []


@pytest.fixture
def delivery(store: Store, portal: Portal, clock: Clock, told: list[Delivered]) -> Delivery:
    return Delivery(store, portal, clock, Random(1), told.append)


def carry(delivery: Delivery) -> None:
    delivery.carry(LIMITS, lambda: True)


def carry_until_done(delivery: Delivery, clock: Clock, tries: int = 60) -> None:
    """Carry again after each silence, as the courier does, until the outbox is empty."""
    for _ in range(tries):
        try:
            carry(delivery)
        except PortalSilent:
            clock.forward(minutes=5)
        else:
            return
    pytest.fail("the outbox never became empty")


def states(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.seq)))


@pytest.mark.parametrize("fault", NETWORK)
def test_each_message_reaches_the_portal_once_whatever_the_network_does(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock, fault: str
) -> None:
    sent = [str(receive(store, clock())) for _ in range(3)]
    server.faults += [fault] * 2

    if fault != "401":
        with pytest.raises(PortalSilent):
            carry(delivery)
    else:
        with pytest.raises(PortalRefusedDesk):
            carry(delivery)
    carry_until_done(delivery, clock)

    assert server.arrivals == sent
    assert states(store) == ["settled"] * 3
    assert server.asked("/dossiers/bulk") > 2


def test_the_usual_loop_fails_where_the_courier_does_not(
    store: Store, server: SmallPortal, portal: Portal, clock: Clock
) -> None:
    """Settling on a status of 200 alone loses what a login page swallowed."""
    sent = [str(receive(store, clock())) for _ in range(3)]
    server.faults += ["captive portal"]
    with store.reading() as session:
        due = outbox.due(session, clock(), 50)
    answer = portal._wire.ask(
        "POST", "/dossiers/bulk", headers=portal._headers(), body=pack(due).body
    )
    with store.writing() as session:
        for message in due if answer.status == 200 else ():
            outbox.settle(session, message, clock(), portal_version=None)

    assert states(store) == ["settled"] * 3
    assert server.arrivals != sent


def test_a_repeat_has_the_same_key_and_the_same_bytes(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    receive(store, clock())
    server.faults.append("take it and hang up")

    with pytest.raises(PortalSilent):
        carry(delivery)
    receive(store, clock())
    carry(delivery)

    bulk = [(h["Idempotency-Key"], body) for _, p, h, body in server.requests if "bulk" in p]
    assert bulk[0] == bulk[1]
    assert bulk[2] not in bulk[:2]


def test_messages_of_a_dossier_keep_their_order_and_never_share_a_request(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = receive(store, clock())
    for seq in (1, 2, 3):
        note_event(store, dossier, seq, clock())
    server.faults += ["hang up", "500"]

    carry_until_done(delivery, clock)

    assert server.arrivals == [str(dossier)]
    assert [event["seq"] for event in server.events[str(dossier)]] == [1, 2, 3]


def test_no_event_is_sent_before_the_portal_has_its_dossier(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = receive(store, clock())
    note_event(store, dossier, 1, clock())
    server.verdicts[str(dossier)] = (503, "maintenance")

    carry(delivery)

    assert server.asked("/events") == 0
    assert states(store) == ["waiting", "waiting"]


def test_a_refused_message_parks_its_dossier_alone_with_the_reason_at_its_field(
    store: Store,
    server: SmallPortal,
    delivery: Delivery,
    clock: Clock,
    told: list[Delivered],
) -> None:
    dossiers = [receive(store, clock()) for _ in range(3)]
    note_event(store, dossiers[1], 1, clock())
    note_event(store, dossiers[2], 1, clock())
    server.verdicts[str(dossiers[1])] = (422, "validation")

    carry(delivery)

    assert states(store) == ["settled", "parked", "settled", "waiting", "settled"]
    assert trouble_of(store, dossiers[1])["errors"] == [
        {"pointer": "/owner", "code": "invalid", "message": ""}
    ]
    assert told[0] == Delivered(sent=2, parked=1, conflicts=0, dossiers=tuple(dossiers))


def test_a_dossier_of_another_agency_is_parked_and_the_rest_goes_on(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    stranger, own = receive(store, clock()), receive(store, clock())
    server.verdicts[str(stranger)] = (403, "agency-scope")

    carry(delivery)

    assert states(store) == ["parked", "settled"]
    assert server.arrivals == [str(own)]


@pytest.mark.parametrize("kind", ["version-conflict", "code-taken", "dossier-closed"])
def test_what_the_portal_holds_otherwise_waits_for_an_officer(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock, kind: str
) -> None:
    dossier = receive(store, clock())
    server.verdicts[str(dossier)] = (409, kind)

    carry(delivery)
    carry(delivery)

    assert states(store) == ["conflict"]
    assert trouble_of(store, dossier)["type"] == kind
    assert server.asked("/dossiers/bulk") == 1


def test_a_batch_refused_whole_is_split_until_the_wrong_message_stands_alone(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossiers = [receive(store, clock()) for _ in range(8)]
    server.faults += ["422", "422", "422", "422"]

    carry(delivery)

    assert states(store) == ["parked"] + ["settled"] * 7
    assert server.arrivals == [str(dossier) for dossier in dossiers[1:]]


def test_a_message_the_portal_stumbles_over_does_not_hold_up_the_others(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    poison = receive(store, clock())
    others = [str(receive(store, clock())) for _ in range(60)]
    server.stumbles_over = str(poison)

    for _ in range(12):
        clock.forward(minutes=5)
        try:
            carry(delivery)
        except PortalSilent:
            continue

    assert server.arrivals == others
    assert states(store) == ["waiting"] + ["settled"] * 60


def test_a_message_sent_again_by_an_officer_is_judged_anew(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = receive(store, clock())
    server.verdicts[str(dossier)] = (422, "validation")
    carry(delivery)
    server.verdicts.clear()

    with store.writing() as session:
        outbox.send_again(session, dossier)
    carry(delivery)

    keys = [h["Idempotency-Key"] for _, p, h, _ in server.requests if "bulk" in p]
    assert states(store) == ["settled"]
    assert len(set(keys)) == 2


def test_a_damaged_message_is_parked_and_never_sent(
    store: Store,
    server: SmallPortal,
    delivery: Delivery,
    clock: Clock,
    expected_log: ExpectedLog,
) -> None:
    damaged, sound = receive(store, clock()), receive(store, clock())
    with store.writing() as session:
        session.execute(
            text("UPDATE outbox SET body = replace(body, 'Thử', 'Khác') WHERE dossier_id = :id"),
            {"id": damaged.bytes},
        )
    expected_log.expect("do not hash")

    carry(delivery)

    assert states(store) == ["parked", "settled"]
    assert server.arrivals == [str(sound)]


def test_a_large_outbox_goes_in_batches_of_at_most_fifty(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    for _ in range(120):
        receive(store, clock())

    carry(delivery)

    sizes = [len(json.loads(b)["items"]) for _, p, _, b in server.requests if "bulk" in p]
    assert sizes == [50, 50, 20]
    assert states(store) == ["settled"] * 120


def test_the_courier_stops_between_two_batches_when_it_is_told_to(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock, told: list[Delivered]
) -> None:
    for _ in range(120):
        receive(store, clock())

    delivery.carry(LIMITS, lambda: not told)

    assert server.asked("/dossiers/bulk") == 1


def trouble_of(store: Store, dossier: UUID) -> dict[str, object]:
    with store.reading() as session:
        found = session.scalars(
            select(OutboxRow.trouble).where(
                OutboxRow.dossier_id == dossier, OutboxRow.state != "waiting"
            )
        ).one()
    return dict(json.loads(found or "{}"))
