"""A desk is set up once, belongs to one desk, and training never mixes with real work."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from counter.desk.opening import Opening, open_desk, open_hall
from counter.desk.rehearsal import rehearse
from counter.errors import (
    BadSettings,
    NoKey,
    NoSettings,
    NotTraining,
    SecondInstance,
    SecretSeen,
    StoreDamaged,
    WrongFolder,
    WrongKey,
)
from counter.folder import DataFolder
from tests.counter.desk.conftest import RESOURCES, SetClock

REAL = """
[office]
agency_code = "H55.242"
name = "Ủy ban nhân dân xã Thử Nghiệm"
[desk]
id = "H55.242-Q02"
[portal]
url = "https://gateway.example.vn/motcua/v1"
"""


@pytest.fixture
def real(tmp_path: Path, clock: SetClock) -> Opening:
    path = tmp_path / "real.toml"
    path.write_text(REAL, encoding="utf-8")
    return Opening(
        folder=DataFolder(tmp_path / "real"),
        settings_path=path,
        training=False,
        resources=RESOURCES,
        clock=clock,
        ask_passphrase=lambda: "mật khẩu",
    )


def open_and_close(opening: Opening) -> bool:
    with open_desk(opening) as context:
        return context.training


def test_an_empty_folder_is_set_up_once_and_opened_without_settings_later(real: Opening) -> None:
    open_and_close(real)

    assert open_and_close(replace(real, settings_path=None)) is False


def test_an_empty_folder_needs_settings(real: Opening) -> None:
    with pytest.raises(NoSettings):
        open_and_close(replace(real, settings_path=None))
    assert not real.folder.key.exists()


def test_settings_with_mistakes_set_nothing_up(real: Opening, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(REAL.replace("H55.242-Q02", ""), encoding="utf-8")

    with pytest.raises(BadSettings):
        open_and_close(replace(real, settings_path=path))
    assert not real.folder.root.exists()


def test_the_demonstration_never_opens_a_real_desk(real: Opening) -> None:
    open_and_close(real)

    with pytest.raises(WrongFolder):
        open_and_close(replace(real, training=True, settings_path=None))


def test_a_training_folder_stays_one_for_good(opening: Opening) -> None:
    open_and_close(opening)

    assert open_and_close(replace(opening, training=False, settings_path=None)) is True


def test_taking_the_sign_away_makes_no_real_desk_of_a_training_one(opening: Opening) -> None:
    open_and_close(opening)
    opening.folder.training.unlink()

    with pytest.raises(WrongFolder):
        open_and_close(replace(opening, training=False, ask_passphrase=lambda: "demo"))


def test_another_desks_settings_do_not_open_this_folder(real: Opening, tmp_path: Path) -> None:
    open_and_close(real)
    path = tmp_path / "other.toml"
    path.write_text(REAL.replace("Q02", "Q03"), encoding="utf-8")

    with pytest.raises(WrongFolder):
        open_and_close(replace(real, settings_path=path))


def test_a_wrong_passphrase_opens_nothing(real: Opening) -> None:
    open_and_close(real)

    with pytest.raises(WrongKey):
        open_and_close(replace(real, ask_passphrase=lambda: "khác"))


def test_without_anybody_to_ask_the_passphrase_is_missed(real: Opening) -> None:
    with pytest.raises(NoKey):
        open_and_close(replace(real, ask_passphrase=None))


def test_an_unattended_desk_takes_its_passphrase_from_a_file(
    real: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "passphrase"
    path.write_text("mật khẩu\n", encoding="utf-8")
    path.chmod(0o600)
    open_and_close(real)
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(path))

    assert open_and_close(replace(real, ask_passphrase=None)) is False


@pytest.mark.skipif(os.name != "posix", reason="Windows tells no such thing of a file")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_passphrase_that_other_accounts_can_read_is_not_used(
    real: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    path = tmp_path / "passphrase"
    path.write_text("mật khẩu\n", encoding="utf-8")
    path.chmod(mode)
    open_and_close(real)
    monkeypatch.setenv("MOTCUA_PASSPHRASE_FILE", str(path))

    with pytest.raises(SecretSeen):
        open_and_close(real)


def test_a_database_without_its_key_is_damage(real: Opening) -> None:
    open_and_close(real)
    real.folder.key.unlink()

    with pytest.raises(StoreDamaged):
        open_and_close(real)


def test_only_one_program_works_in_a_folder(real: Opening) -> None:
    with real.folder.locked(), pytest.raises(SecondInstance), real.folder.locked():
        pytest.fail("two programs in one folder")


def test_the_hall_opens_beside_a_desk_at_work(opening: Opening) -> None:
    with opening.folder.locked(), open_desk(opening), open_hall(opening) as hall:
        assert hall.training


def test_rehearsal_refuses_on_a_desk_that_serves_real_citizens(real: Opening) -> None:
    with open_desk(real) as context, pytest.raises(NotTraining):
        rehearse(context, dossiers=1, seed=1, names=RESOURCES / "demo" / "names.toml")


def test_the_same_seed_rehearses_the_same_day(opening: Opening, tmp_path: Path) -> None:
    names = RESOURCES / "demo" / "names.toml"

    def played(folder: str) -> list[tuple[str, str]]:
        with open_desk(replace(opening, folder=DataFolder(tmp_path / folder))) as context:
            rehearse(context, dossiers=5, seed=7, names=names)
            from counter.desk.lists import find_dossiers

            return [
                (d.applicant_name, d.procedure_name) for d in find_dossiers(context, "", limit=9)
            ]

    assert played("one") == played("two")
    assert all("(mẫu)" in name for name, _procedure in played("three"))
