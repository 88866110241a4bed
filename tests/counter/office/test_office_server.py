"""The script that sets a PostgreSQL server up, backs the office up and moves it, asking nothing."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from counter.office import tickets
from counter.office.office import Office
from counter.office.tables import DayKeyRow, ErrandRow, PeriodRow, TicketRow
from counter.office.tickets import Wanted
from counter.values import uuid7
from tests.postgres import BINARIES, Server

SCRIPT = Path(__file__).parents[3] / "server" / "office-database.sh"
MOMENT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


class Administrator:
    """Whoever runs the script on the server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.script = server.folder / "office-database.sh"
        self.script.write_bytes(SCRIPT.read_bytes())
        self.password = server.folder / "password"
        self.password.write_text("mật 'khẩu' $(thử)\n", encoding="utf-8")
        self.script.chmod(0o755)
        self.password.chmod(0o644)

    def run(self, *arguments: str) -> str:
        return self.call("bash", str(self.script), *arguments)

    def call(self, *command: str) -> str:
        done = subprocess.run(
            [*self.server.as_user, *command],
            env={
                "PATH": f"{BINARIES[-1]}:{os.environ['PATH']}",
                "PGHOST": str(self.server.folder),
                "PGPORT": str(self.server.port),
                "PGUSER": "desk",
                "LC_ALL": "C.UTF-8",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def set_up(self, name: str) -> Office:
        self.run("setup", name, "motcua", str(self.password), "10.0.0.0/24")
        return Office(None, f"postgresql+psycopg://motcua@127.0.0.1:{self.server.port}/{name}")


@pytest.fixture
def administrator(postgres: Server) -> Administrator:
    return Administrator(postgres)


def take(office: Office) -> str:
    with office.writing() as session:
        wanted = Wanted(id=uuid7(MOMENT), services=("A",), given_by="K01")
        return tickets.number_of(tickets.take(session, wanted, MOMENT))


def numbers(office: Office) -> list[str]:
    with office.reading() as session:
        return [tickets.number_of(row) for row in session.scalars(select(TicketRow))]


def test_a_server_set_up_twice_is_set_up_once(administrator: Administrator) -> None:
    with closing(administrator.set_up("twice")) as office:
        take(office)
    with closing(administrator.set_up("twice")) as office:
        take(office)
        kept = numbers(office)
    rules = (administrator.server.folder / "data" / "pg_hba.conf").read_text(encoding="utf-8")

    assert kept == ["A001", "A002"]
    assert rules.count("host twice motcua 10.0.0.0/24 scram-sha-256") == 1


def test_a_backup_brings_back_what_was_lost(administrator: Administrator) -> None:
    with closing(administrator.set_up("lost")) as office:
        take(office)
        backup = administrator.run("backup", "lost", str(administrator.server.folder / "kept"))
        with office.writing() as session:
            for table in (PeriodRow, ErrandRow, TicketRow):
                session.execute(delete(table))
        administrator.run("restore", "lost", backup.strip())

        assert numbers(office) == ["A001"]
        assert take(office) == "A002"


def test_a_backup_is_its_makers_alone_and_keeps_no_key_to_who_waited(
    administrator: Administrator,
) -> None:
    key = bytes(range(32))
    with closing(administrator.set_up("keyed")) as office:
        with office.writing() as session:
            session.add(DayKeyRow(day=MOMENT.date(), key=key))
        take(office)
        backup = Path(
            administrator.run("backup", "keyed", str(administrator.server.folder / "mine")).strip()
        )
    told = administrator.call("pg_restore", "--file", "-", str(backup))

    assert "A\t1" in told
    assert key.hex() not in told
    assert (backup.stat().st_mode & 0o777, backup.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_password_of_the_desks_stands_in_no_log_of_the_server(
    administrator: Administrator,
) -> None:
    administrator.call("psql", "-qd", "postgres", "-c", "ALTER ROLE desk SET log_statement = 'all'")
    administrator.set_up("logged").close()
    administrator.call("psql", "-qd", "postgres", "-c", "ALTER ROLE desk RESET log_statement")

    log = (administrator.server.folder / "log").read_text(encoding="utf-8")
    assert "RESET log_statement" in log
    assert "khẩu" not in log


def test_an_office_moves_to_another_database_with_its_numbers(
    administrator: Administrator,
) -> None:
    with closing(administrator.set_up("old")) as office:
        take(office)
    administrator.set_up("new").close()

    administrator.run("move", "new", "dbname=old")

    with closing(administrator.set_up("new")) as moved:
        assert numbers(moved) == ["A001"]
        assert take(moved) == "A002"
