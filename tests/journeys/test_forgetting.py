"""What an officer deletes leaves the disk while the window stands open."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from counter.store.store import FORGETTING_MS, note_mark
from counter.store.tables import MarkRow
from program.officer import FORGET_MS
from tests.journeys.conftest import Counter

pytestmark = pytest.mark.slow


def test_what_is_deleted_leaves_the_log_by_itself_within_five_seconds(counter: Counter) -> None:
    context = counter.rooms.context
    log = context.hall.folder.store.with_name("desk.db-wal")
    with context.store.writing() as session:
        note_mark(session, "canary", "7" * 40)
    with context.store.writing() as session:
        session.execute(delete(MarkRow).where(MarkRow.name == "canary"))
    assert log.stat().st_size > 0

    counter.until(lambda: log.stat().st_size == 0)

    assert FORGET_MS + FORGETTING_MS < 5_000
