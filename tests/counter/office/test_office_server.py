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
from counter.office.tables import ErrandRow, PeriodRow, TicketRow
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
        done = subprocess.run(
            [*self.server.as_user, "bash", str(self.script), *arguments],
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
            timeout=60,
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
