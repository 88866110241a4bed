from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from counter.errors import (
    ClientTooOld,
    PortalConflict,
    PortalRefusedDesk,
    PortalRefusedMessage,
    PortalSilent,
)
from counter.values import uuid7
from sync.portal import Access, Portal
from tests.sync.small_portal import AGENCY, DESK, Clock, SmallPortal

UNKNOWN = [
    "hang up",
    "500",
    "503",
    "429",
    "502 HTML",
    "403 HTML",
    "captive portal",
    "redirect",
    "empty 200",
    "truncated",
    "too large",
    "stall",
    "drip",
]


@pytest.fixture
def spoiled(server: SmallPortal) -> SmallPortal:
    server.spoiled = "/capabilities"
    return server


@pytest.mark.parametrize("fault", UNKNOWN)
def test_an_answer_that_is_not_the_portals_counts_as_none(
    spoiled: SmallPortal, portal: Portal, fault: str
) -> None:
    spoiled.faults.append(fault)

    with pytest.raises(PortalSilent):
        portal.capabilities()


def test_nobody_listening_is_a_silent_portal(clock: Clock) -> None:
    nowhere = Access(
        url="http://127.0.0.1:9/motcua/v1", desk_id=DESK, secret="x" * 8, version="0.1.0"
    )

    with pytest.raises(PortalSilent):
        Portal(nowhere, clock=clock).capabilities()


def test_a_redirect_is_not_followed(spoiled: SmallPortal, portal: Portal) -> None:
    spoiled.faults.append("redirect")

    with pytest.raises(PortalSilent):
        portal.capabilities()

    assert spoiled.asked("/capabilities") == 1


def test_how_long_the_portal_wants_to_be_left_alone_is_kept(
    spoiled: SmallPortal, portal: Portal
) -> None:
    spoiled.faults.append("429")

    with pytest.raises(PortalSilent) as silence:
        portal.capabilities()

    assert silence.value.fields["retry_after_s"] == 7


def test_one_token_serves_many_questions(server: SmallPortal, portal: Portal) -> None:
    portal.capabilities()
    portal.capabilities()

    assert server.tokens == 1
    assert server.requests[-1][2]["Authorization"] == "Bearer invented-token-0001"


def test_a_token_is_renewed_before_its_last_minute(
    server: SmallPortal, access: Access, clock: Clock
) -> None:
    seconds = [0.0]
    portal = Portal(access, clock=clock, monotonic=lambda: seconds[0])

    portal.capabilities()
    seconds[0] = 839.0
    portal.capabilities()
    assert server.tokens == 1
    seconds[0] = 841.0
    portal.capabilities()
    portal.close()

    assert server.tokens == 2


def test_a_token_the_portal_forgot_is_renewed_once(spoiled: SmallPortal, portal: Portal) -> None:
    spoiled.faults.append("401")

    assert portal.capabilities().desk.desk_id == DESK
    assert spoiled.tokens == 2


def test_a_portal_that_refuses_a_new_token_too_turns_the_desk_away(
    spoiled: SmallPortal, portal: Portal
) -> None:
    spoiled.faults += ["401", "401"]

    with pytest.raises(PortalRefusedDesk):
        portal.capabilities()

    assert spoiled.tokens == 2


@pytest.mark.parametrize(
    ("fault", "error"), [("403 revoked", PortalRefusedDesk), ("403 too old", ClientTooOld)]
)
def test_a_portal_may_turn_the_desk_or_the_program_away(
    spoiled: SmallPortal, portal: Portal, fault: str, error: type[Exception]
) -> None:
    spoiled.faults.append(fault)

    with pytest.raises(error):
        portal.capabilities()


def test_every_request_says_which_program_asks(server: SmallPortal, portal: Portal) -> None:
    portal.capabilities()

    assert {headers["User-Agent"] for _, _, headers, _ in server.requests} == {"motcua-quay/0.1.0"}


def test_a_block_of_numbers_is_asked_for_under_its_key(server: SmallPortal, portal: Portal) -> None:
    key = uuid7()

    first = portal.lease(key, AGENCY, date(2026, 11, 25), 50)
    again = portal.lease(key, AGENCY, date(2026, 11, 25), 50)

    assert first == again
    assert (first.first, first.last, first.prefix) == (1, 50, f"{AGENCY}-261125-")


@pytest.mark.parametrize(
    ("fault", "error"),
    [("422", PortalRefusedMessage), ("409", PortalConflict), ("403 scope", PortalRefusedDesk)],
)
def test_a_block_of_numbers_may_be_refused(
    server: SmallPortal, portal: Portal, fault: str, error: type[Exception]
) -> None:
    server.spoiled = "/serial-leases"
    server.faults.append(fault)

    with pytest.raises(error):
        portal.lease(uuid7(), AGENCY, date(2026, 11, 25), 50)


def test_a_block_for_another_agency_is_not_taken(server: SmallPortal, portal: Portal) -> None:
    key = uuid7()
    portal.lease(key, AGENCY, date(2026, 11, 25), 50)

    with pytest.raises(PortalSilent):
        portal.lease(key, "H55.999", date(2026, 11, 25), 50)


def test_how_far_the_two_clocks_are_apart_is_measured(portal: Portal, clock: Clock) -> None:
    clock.moment = datetime.now(UTC) - timedelta(minutes=5)

    portal.capabilities()

    assert portal.skew_s is not None
    assert 295 <= portal.skew_s <= 305
