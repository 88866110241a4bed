"""A disk that turns is noticed by more than one look; the desk is opened anew once."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Counter


def test_two_looks_that_find_the_disk_changed_open_the_desk_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, begun = counter.desk, []
    begin = desk.begin

    def count() -> None:
        begun.append(1)
        begin()

    monkeypatch.setattr(desk, "begin", count)
    before = counter.rooms
    monkeypatch.setattr(desk, "_has_turned", lambda rooms: rooms is before)
    shut = []

    for _ in range(2):  # the second was due while the first still waited for the disk
        desk._forget()
    desk.do(lambda: shut.append(1))
    counter.until(lambda: shut and desk.rooms is not None and desk.rooms is not before)
    counter.until(counter.numbers_there)

    assert begun == [1]
    assert desk.rooms is not None
    assert desk.rooms.trouble is None
