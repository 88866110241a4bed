"""Two portals at one address: an old name server leads a desk to the one that was moved away from.

The new portal begins with a copy of the old one's books; what the old one took afterwards is in no
book of the new.
"""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path

from counter.desk import checking
from counter.desk.opening import open_desk
from counter.values import local_day
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.test_weeks_offline import DESK, Desk

DESKS = {DESK: SECRET}


def test_what_the_old_portal_took_after_the_move_reaches_the_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with SandboxProcess(old, desks=DESKS) as portal:
        port = portal.port
        desk = Desk(tmp_path, portal)
        desk.sync()
        moved = desk.work(2, seed=1)
        desk.sync()
    shutil.copytree(old, new)
    with SandboxProcess(old, port=port, desks=DESKS) as portal:
        strayed = desk.work(2, seed=2)
        desk.sync()
        assert len(portal.dossiers()) == 4

    with SandboxProcess(new, port=port, desks=DESKS) as portal:
        before = {str(dossier["code"]) for dossier in portal.dossiers()}
        desk.clock.go_to(local_day(desk.clock()) + timedelta(days=2))
        desk.sync()
        there = Counter(str(dossier["code"]) for dossier in portal.dossiers())

    assert before == set(moved)
    assert there == Counter([*moved, *strayed])
    with open_desk(desk.opening) as context:
        assert checking.verify(context) == ()
