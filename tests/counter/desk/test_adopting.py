"""A desk keeps its settings in its folder, with the files that they name."""

from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter.desk.opening import Opening, open_hall
from counter.folder import DataFolder

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
NAMED = ("province-ca.pem", "keys/desk.pem", "keys/desk.key")


def test_the_files_of_the_portal_go_with_the_settings(tmp_path: Path) -> None:
    given = tmp_path / "given"
    (given / "keys").mkdir(parents=True)
    for name in NAMED:
        (given / name).write_text(name)
    site = (RESOURCES / "demo" / "site.toml").read_text(encoding="utf-8")
    portal = "[portal]\n" + "".join(
        f'{key} = "{name}"\n'
        for key, name in zip(("ca_file", "certificate", "key"), NAMED, strict=True)
    )
    (given / "site.toml").write_text(site.replace("[portal]\n", portal), encoding="utf-8")
    folder = DataFolder(tmp_path / "desk")

    with open_hall(opening(folder, given / "site.toml")):
        pass
    with open_hall(opening(folder, None)) as hall:
        portal_settings = hall.settings.settings.portal
        found = [
            hall.settings.beside(name)
            for name in (portal_settings.ca_file, portal_settings.certificate, portal_settings.key)
        ]

    assert found == [folder.root / name for name in NAMED]
    assert [(folder.root / name).read_text() for name in NAMED] == list(NAMED)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_nobody_else_may_read_the_desks_key(tmp_path: Path) -> None:
    test_the_files_of_the_portal_go_with_the_settings(tmp_path)

    kept = tmp_path / "desk" / "keys" / "desk.key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def opening(folder: DataFolder, settings: Path | None) -> Opening:
    return Opening(
        folder=folder,
        settings_path=settings,
        training=True,
        resources=RESOURCES,
        clock=lambda: datetime(2026, 11, 25, 2, tzinfo=UTC),
    )
