"""A restore that was killed before it was ready leaves no second copy of anybody's data."""

from __future__ import annotations

from counter.desk import recovery
from counter.desk.opening import Opening, open_desk


def test_what_a_killed_restore_prepared_is_gone_when_the_desk_is_opened(opening: Opening) -> None:
    left = opening.folder.root / recovery.WORK
    (left / "files").mkdir(parents=True)
    (left / "desk.db").write_bytes(b"of before")
    (left / "files" / "scan").write_bytes(b"of before")

    with open_desk(opening):
        assert not left.exists()
