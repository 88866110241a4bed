"""Defects that stand open in other offline counters, each as a test that this one passes.

Odoo POS, OpenCRVS and ODK Collect have them in their public trackers.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from counter.acts import Collect
from counter.desk import acts, checking
from counter.errors import PortalSilent
from counter.store import outbox
from counter.store.store import Store
from counter.values import DossierId, now
from sync.backoff import wait_s
from sync.batches import is_whole, pack
from sync.contract import DossierResult
from sync.delivery import Delivered, Delivery
from sync.feed import Feed
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET, SandboxProcess
from sync.verdicts import Later, Wrong, on_dossier
from tests.sync.small_portal import Clock, SmallPortal, problem, receive
from tests.sync.test_delivery import carry, carry_until_done, states
from tests.sync.test_desk_and_portal import Office


@pytest.fixture
def delivery(store: Store, portal: Portal, clock: Clock) -> Delivery:
    told: list[Delivered] = []
    return Delivery(store, portal, clock, Random(1), told.append)


def test_odoo_two_windows_that_sync_the_same_outbox_make_no_double(
    store: Store, server: SmallPortal, portal: Portal, clock: Clock
) -> None:
    sent = [str(receive(store, clock())) for _ in range(3)]
    with store.reading() as session:
        seen_by_both = outbox.due(session, clock(), 50)
    first, second = (Delivery(store, portal, clock, Random(n), lambda done: None) for n in (1, 2))
    first._send(pack(seen_by_both))
    second._send(pack(seen_by_both))

    assert server.arrivals == sent
    assert states(store) == ["settled"] * 3


def test_odoo_a_retry_after_a_time_out_meets_its_own_id_and_succeeds(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = str(receive(store, clock()))
    server.faults += ["take it and hang up"]

    carry_until_done(delivery, clock)

    assert server.arrivals == [dossier]
    assert states(store) == ["settled"]


def test_odoo_what_was_paid_offline_is_not_overwritten_by_the_servers_draft(
    tmp_path: Path,
) -> None:
    with ExitStack() as house:
        sandbox = house.enter_context(SandboxProcess(tmp_path / "sandbox"))
        office = house.enter_context(closing(Office(tmp_path / "one", sandbox)))
        code = next(
            code for code in office.receive(12) if acts.possible(office.context, code).owed > 0
        )
        office.sync()
        code = str(office.dossier(code).code)
        acts.act(office.context, DossierId(office.dossier(code).id), Collect())
        sandbox.edit(office.id_of(code), {"note": "bản nháp ở cổng, chưa thu tiền"})
        portal = house.enter_context(
            closing(Portal(Access(sandbox.url, "H55.242-Q01", SECRET, "0.1.0"), clock=now))
        )

        feed = Feed(office.context.store, portal, now, lambda dossiers: None)
        feed.fetch(lambda: True)

        assert feed.fetched > 0
        assert acts.possible(office.context, code).owed == 0
        office.sync()
        assert acts.possible(office.context, code).owed == 0
        paid = [event["kind"] for event in sandbox.events()]
        assert paid == ["payment_done"]
        assert checking.verify(office.context) == ()


def test_odoo_a_failed_sync_leaves_everything_marked_as_unsent(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    receive(store, clock())
    server.faults += ["502 HTML"]

    with pytest.raises(PortalSilent):
        carry(delivery)

    with store.reading() as session:
        assert outbox.count(session).waiting == 1
        assert outbox.has_sendable(session)


def test_opencrvs_nothing_is_given_up_after_ten_attempts(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = str(receive(store, clock()))
    server.faults += ["503"] * 25

    carry_until_done(delivery, clock)

    assert server.arrivals == [dossier]
    assert states(store) == ["settled"]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_opencrvs_what_passes_by_itself_is_not_permanent(status: int) -> None:
    told = problem(status, "for-now")
    result = DossierResult.model_validate(
        {"index": 0, "id": str(UUID(int=1)), "status": status, "problem": told}
    )

    assert isinstance(on_dossier(result), Later)


def test_opencrvs_what_is_permanent_waits_for_an_officer() -> None:
    told = problem(422, "validation")
    result = DossierResult.model_validate(
        {"index": 0, "id": str(UUID(int=1)), "status": 422, "problem": told}
    )

    assert isinstance(on_dossier(result), Wrong)


def test_opencrvs_a_token_that_ended_costs_one_new_token_and_no_message(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    dossier = str(receive(store, clock()))
    server.faults += ["401"]

    carry(delivery)

    assert server.arrivals == [dossier]
    assert server.tokens == 2


def test_opencrvs_the_wait_has_a_bound_a_spread_and_heeds_the_portal() -> None:
    waits = [wait_s(60, Random(seed)) for seed in range(200)]

    assert max(waits) <= 300
    assert len({round(wait) for wait in waits}) > 50
    assert wait_s(1, Random(1), asked_for_s=77) >= 77


def test_odk_nothing_changes_once_a_byte_of_it_was_sent(
    store: Store, server: SmallPortal, delivery: Delivery, clock: Clock
) -> None:
    receive(store, clock())
    server.faults += ["hang up", "take it and hang up", "truncated"]

    carry_until_done(delivery, clock)

    bodies = {body for _, path, _, body in server.requests if path.startswith("/dossiers/bulk")}
    assert len(bodies) == 1
    with store.reading() as session:
        assert all(
            is_whole(outbox.Message(*row)) for row in session.execute(select(*outbox._MESSAGE))
        )


def test_odk_nothing_is_sent_without_an_id_of_its_own(store: Store, clock: Clock) -> None:
    dossiers = {receive(store, clock()) for _ in range(5)}

    with store.reading() as session:
        due = outbox.due(session, clock(), 50)

    assert {message.dossier_id for message in due} == dossiers
    assert len({message.key for message in due}) == 5
    assert all(str(message.dossier_id) in message.body for message in due)
