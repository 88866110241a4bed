"""Where officers sign in, somebody answers for issuers, old units and a restore."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.desk.opening import open_desk
from program import VERSION, rooms
from tests.program.test_commands_under_an_account import (  # noqa: F401 - a real desk's commands
    CLERK,
    HEAD,
    NO_ACCESS,
    Run,
    run,
    who,
)
from tests.real_desk import SETTINGS
from ui.command_line import parse
from ui.terminal import DONE

UNITS = "tinh,huyen,xa,ma_xa_moi\nVí Dụ,Mẫu,Thử,00004\n"


@pytest.fixture
def issuer(shared: Path) -> str:
    return str(shared / "card" / "trust" / "CSCA_Vietnam_001_2021.pem")


def test_an_issuer_is_believed_only_under_an_administrators_name(
    run: Run,  # noqa: F811
    issuer: str,
    tmp_path: Path,
) -> None:
    nameless = run("trust", "import", issuer)
    clerk = run("trust", "import", issuer, account=CLERK)
    before = run("trust", "list")

    added = run("trust", "import", issuer, account=HEAD)

    assert [code for code, _told in (nameless, clerk)] == [NO_ACCESS] * 2
    assert (before[0], before[1]["certificates"]) == (DONE, [])
    assert (added[0], added[1]["added"]) == (DONE, 1)
    assert who(tmp_path, "trust.import") == {HEAD}
    (one,) = added[1]["certificates"]
    assert run("trust", "remove", one["sha256"])[0] == NO_ACCESS
    assert run("trust", "remove", one["sha256"], account=HEAD)[0] == DONE


def test_a_table_of_old_units_is_taken_in_under_a_name(
    run: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    table = tmp_path / "units.csv"
    table.write_text(UNITS, encoding="utf-8")
    nameless = run("units", "import", str(table))
    kept = tmp_path / "desk" / "old-units.csv"
    was_kept = kept.exists()

    named = run("units", "import", str(table), account=HEAD)

    assert (nameless[0], was_kept) == (NO_ACCESS, False)
    assert (named[0], kept.exists()) == (DONE, True)
    assert who(tmp_path, "units.imported") == {HEAD}
    assert run("units", "list")[0] == DONE


def test_a_desk_is_replaced_by_its_backup_under_an_administrators_name(
    run: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    copy = str(tmp_path / "copy.motcua")
    assert run("backup", copy)[0] == DONE

    nameless = run("restore", copy)
    clerk = run("restore", copy, account=CLERK)
    set_aside = list((tmp_path / "desk").glob("before-restore-*"))
    named = run("restore", copy, account=HEAD)

    assert [code for code, _told in (nameless, clerk, named)] == [NO_ACCESS, NO_ACCESS, DONE]
    assert set_aside == []
    assert who(tmp_path, "desk.restored") == {HEAD}


def test_a_damaged_desk_and_an_empty_folder_are_restored_with_the_passphrase_alone(
    run: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    copy = str(tmp_path / "copy.motcua")
    assert run("backup", copy)[0] == DONE
    desk = tmp_path / "desk"
    (desk / "desk.db").write_bytes(b"spoilt" * 4096)

    over_the_damage = run("restore", copy)
    desk.rename(tmp_path / "old")
    into_nothing = run("restore", copy)

    assert [code for code, _told in (over_the_damage, into_nothing)] == [DONE, DONE]
    assert who(tmp_path, "desk.restored") == {"program"}
    assert (desk / "ACCOUNTS").exists(), "whoever opens it next finds that officers sign in"


def test_a_folder_of_an_older_program_learns_that_officers_sign_in(
    run: Run,  # noqa: F811
    issuer: str,
    tmp_path: Path,
) -> None:
    sign = tmp_path / "desk" / "ACCOUNTS"
    sign.unlink()

    assert run("verify")[0] == DONE

    assert sign.exists()
    assert run("trust", "import", issuer)[0] == NO_ACCESS


def test_where_nobody_has_an_account_commands_work_as_ever(
    run: Run,  # noqa: F811
    issuer: str,
    tmp_path: Path,
) -> None:
    site, copy = tmp_path / "other.toml", str(tmp_path / "other.motcua")
    site.write_text(SETTINGS, encoding="utf-8")
    other = ("--data", str(tmp_path / "other"))
    with open_desk(rooms.opening(parse([*other, "--settings", str(site)], VERSION))):
        pass

    done = [
        run(*other, *command)[0]
        for command in (("trust", "import", issuer), ("backup", copy), ("restore", copy))
    ]

    assert done == [DONE] * 3
    assert not (tmp_path / "other" / "ACCOUNTS").exists()
