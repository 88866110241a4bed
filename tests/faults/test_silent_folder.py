"""A folder on another computer stops answering, at whichever call: every command ends all the same.

The folder hangs as a dead share does: the call into it never returns (``hang_disk.c``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counter.desk import checking, recovery
from counter.desk.opening import open_desk
from counter.desk.rehearsal import rehearse
from counter.folder import DataFolder
from counter.secrets import DEMO_PASSPHRASE
from counter.store.backup import COPY
from counter.store.key import open_key
from tests.faults.compiled import compiled
from tests.faults.desk_writing import NAMES, opening

HOUSE = Path(__file__).resolve().parents[2]
LIMIT_S = 90.0
AWAY = 3
"""What a command says of a device, a network or a folder that is away."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="what hangs is written for Linux"),
]


@pytest.fixture(scope="module")
def hanging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that lets a call hang."""
    return compiled("hang_disk", tmp_path_factory.mktemp("hanging"))


@dataclass(frozen=True, slots=True)
class Share:
    """A desk, and the folder on another computer that its settings name for the backups."""

    desk: DataFolder
    folder: Path
    hanging: Path

    def run(self, *words: str, call: str = "", first: int = 1) -> tuple[int, dict[str, Any]]:
        """Run a command to its end, the share hanging from its *first* such *call* on."""
        script = [sys.executable, "-m", "tests.faults.hung_command"]
        where = ["--data", str(self.desk.root), "--demo", *words, "--json"]
        told = {"PYTHONPATH": str(HOUSE), "LD_PRELOAD": str(self.hanging)}
        hangs = {"HANG_FOLDER": str(self.folder), "HANG_CALL": call, "HANG_FROM": str(first)}
        done = subprocess.run(
            [*script, *where],
            env={**os.environ, **told, **hangs},
            cwd=HOUSE,
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    def lives(self) -> bool:
        """Tell whether the desk opens and is whole."""
        with open_desk(opening(self.desk.root)) as context:
            return checking.verify(context) == ()


@pytest.fixture(scope="module")
def full_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("silent") / "desk"
    with open_desk(opening(folder)) as context:
        rehearse(context, dossiers=2, seed=1, names=NAMES, attachments=1)
    return folder


@pytest.fixture
def share(full_desk: Path, hanging: Path, tmp_path: Path) -> Share:
    desk, folder = DataFolder(tmp_path / "desk"), tmp_path / "share"
    shutil.copytree(full_desk, desk.root)
    folder.mkdir()
    with desk.settings.open("a", encoding="utf-8") as settings:
        settings.write(f'\n[backup]\nfolder = "{folder}"\n')
    return Share(desk, folder, hanging)


def whole_ones(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.motcua")]


@pytest.mark.parametrize("call", ["stat", "write", "fsync", "rename"])
def test_a_backup_into_a_folder_that_hangs_is_given_up_and_none_is_half_made(
    share: Share, call: str
) -> None:
    target = share.folder / "one.motcua"

    code, told = share.run("backup", str(target), call=call)

    assert (code, told["error"]["code"]) == (AWAY, "store.place_silent")
    assert str(share.folder) in told["error"]["message"]
    assert whole_ones(share.folder) == []
    assert not (share.desk.root / COPY).exists()
    assert share.lives()
    assert share.run("backup", str(target))[0] == 0


@pytest.mark.parametrize(("call", "first"), [("open", 1), ("read", 3)])
def test_a_restore_from_a_folder_that_hangs_is_given_up_and_touches_nothing(
    share: Share, call: str, first: int
) -> None:
    with open_desk(opening(share.desk.root)) as context:
        source = recovery.back_up(context, share.folder / "one.motcua").path
    before = {path: path.read_bytes() for path in share.desk.root.glob("desk.[dk]*")}

    code, told = share.run("restore", str(source), call=call, first=first)

    assert (code, told["error"]["code"]) == (AWAY, "store.place_silent")
    assert {path: path.read_bytes() for path in share.desk.root.glob("desk.[dk]*")} == before
    assert not (share.desk.root / "restore.part").exists()
    assert share.lives()


@pytest.mark.parametrize("call", ["mkdir", "write"])
def test_a_key_is_not_changed_while_the_folder_of_the_backups_hangs(
    share: Share, call: str
) -> None:
    before = open_key(share.desk.key, DEMO_PASSPHRASE)

    code, told = share.run("key", "change", call=call)

    assert (code, told["error"]["code"]) == (AWAY, "store.place_silent")
    assert open_key(share.desk.key, DEMO_PASSPHRASE) == before
    assert share.lives()


def test_a_changed_key_is_told_as_changed_where_the_folder_hangs_afterwards(share: Share) -> None:
    before = open_key(share.desk.key, DEMO_PASSPHRASE)

    code, told = share.run("key", "change", call="rename", first=2)

    assert (code, told["error"]["code"]) == (AWAY, "store.key_unbacked")
    assert open_key(share.desk.key, DEMO_PASSPHRASE) != before
    assert len(whole_ones(share.folder)) == 1
    assert share.lives()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("rename", "export register --from 2026-01-01 --to 2026-12-31 --format csv --output FILE"),
        ("write", "person --id 001185000041 --identity-checked --output FILE"),
        ("open", "fleet --folder SHARE"),
    ],
    ids=["export", "person", "fleet"],
)
def test_a_command_whose_file_goes_into_a_folder_that_hangs_is_given_up(
    share: Share, call: str, words: str
) -> None:
    file = share.folder / "one.csv"
    said = words.replace("FILE", str(file)).replace("SHARE", str(share.folder)).split()
    (share.folder / "a.json").write_text("{}", encoding="ascii")

    code, told = share.run(*said, call=call)

    assert (code, told["error"]["code"]) == (AWAY, "store.place_silent")
    assert str(share.folder) in told["error"]["message"]
    assert not file.exists()
    assert share.lives()
