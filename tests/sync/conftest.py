"""A desk database, a small portal, and the courier between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.store.store import Store
from sync.courier import Courier
from sync.portal import Access, Portal
from tests.sync.small_portal import AGENCY, DESK, SECRET, Clock, Hasty, SmallPortal


@pytest.fixture
def server() -> Iterator[SmallPortal]:
    """A portal that serves on this machine until the test is over."""
    portal = SmallPortal()
    portal.thread.start()
    yield portal
    portal.going.set()
    portal.stirred.set()
    portal.shutdown()
    portal.server_close()
    portal.thread.join()


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new desk database."""
    found = Store(tmp_path / "desk.db", bytes(32))
    yield found
    found.close()


@pytest.fixture
def access(server: SmallPortal) -> Access:
    """How a desk reaches the small portal, with patience enough for a busy machine."""
    return Access(url=server.url, desk_id=DESK, secret=SECRET, version="0.1.0", timeout_s=3.0)


@pytest.fixture
def portal(access: Access, clock: Clock) -> Iterator[Portal]:
    """The client of the small portal."""
    found = Portal(access, clock=clock)
    yield found
    found.close()


@pytest.fixture
def courier(store: Store, portal: Portal, clock: Clock) -> Iterator[Courier]:
    """A courier whose thread is not started."""
    found = Courier(
        store, lambda: portal, agency=AGENCY, version="0.1.0", clock=clock, chance=Hasty()
    )
    yield found
    found.stop()
