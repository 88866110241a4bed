"""A file of the queue that is no database says so, and blames neither passphrase nor dossiers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from counter.database import Database
from counter.errors import DeskError, QueueDamaged, WrongKey
from counter.office.file import copy_file, open_engine
from counter.office.office import SCRIPTS, Office
from counter.office.tables import Base, CallRow, TicketRow
from ui.texts import sentence


class Plain(Database):
    """The queue's file under a database that knows nothing of queues."""

    def copy_to(self, target: Path) -> None:
        copy_file(self.engine, target)


@pytest.mark.parametrize("size", [1_000, 5_000, 100_000])
def test_a_file_of_the_queue_that_is_none_says_so(tmp_path: Path, size: int) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(Random(size).randbytes(size))

    with closing(Office(path)) as office, pytest.raises(QueueDamaged) as refused, office.reading():
        pass

    assert "office.db" in sentence(refused.value).what


def test_a_damaged_page_of_the_queue_is_told_while_at_work(tmp_path: Path, made_file: Path) -> None:
    path = tmp_path / "office.db"
    made = made_file.read_bytes()
    path.write_bytes(made[:4096] + b"\xff" * (len(made) - 4096))

    with pytest.raises(QueueDamaged), closing(Office(path)) as office, office.reading() as session:
        session.query(CallRow).all()


def test_a_queue_that_speaks_as_the_desks_file_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(Random(1).randbytes(5_000))
    plain = Plain(open_engine(path), path)

    with pytest.raises(DeskError) as refused, plain.reading() as session:
        session.query(CallRow).all()

    assert refused.type is WrongKey


PAGE = 4096


@pytest.fixture(scope="module")
def earlier_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of an earlier program, one step behind."""
    path = tmp_path_factory.mktemp("earlier") / "office.db"
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    database = Plain(open_engine(path), path)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    database.close()
    return path.read_bytes()


def damaged_pages(whole: bytes) -> list[bytes]:
    """Return the file with each of its pages made rubbish, and cut off in the middle of each."""
    pages = range(0, len(whole), PAGE)
    rubbish = Random(5).randbytes(PAGE)
    spoilt = [whole[:at] + rubbish + whole[at + PAGE :] for at in pages]
    return spoilt + [whole[: at + PAGE // 2] for at in pages]


def meets(path: Path) -> str:
    """Open the queue and look at it; return what comes of it."""
    with closing(Office(path)) as office:
        try:
            with office.writing() as session:
                session.query(CallRow).all()
        except QueueDamaged:
            return "damaged"
    return "open"


def test_a_step_to_be_taken_in_a_damaged_file_stops_the_queue_only(
    tmp_path: Path, earlier_file: bytes
) -> None:
    met = []
    for number, content in enumerate(damaged_pages(earlier_file)):
        path = tmp_path / str(number) / "office.db"
        path.parent.mkdir()
        path.write_bytes(content)
        met.append(meets(path))

    assert "damaged" in met


@pytest.mark.parametrize("said", ["00\x004", "4", "", "00z4", "ba\u1ecdt"])
def test_a_step_that_is_none_stops_the_queue_only(
    tmp_path: Path, made_file: Path, said: str
) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(made_file.read_bytes())
    with closing(Office(path)) as office, office.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :said"), {"said": said})

    assert meets(path) == "damaged"


@pytest.mark.parametrize("lost", [TicketRow, CallRow])
def test_a_table_that_is_gone_stops_the_queue_only(
    tmp_path: Path, made_file: Path, lost: type[Base]
) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(made_file.read_bytes())
    with closing(Office(path)) as office:
        with office.writing() as session:
            session.execute(text(f"ALTER TABLE {lost.__tablename__} RENAME TO gone"))
        with pytest.raises(QueueDamaged), office.reading() as session:
            session.query(lost).all()
