"""A file of the queue that is no database says so, and blames neither passphrase nor dossiers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from counter.database import Database
from counter.errors import DeskError, QueueDamaged, WrongKey
from counter.office.office import Office, _file
from counter.office.tables import CallRow
from ui.texts import sentence


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
    plain = Database(_file(path), path)

    with pytest.raises(DeskError) as refused, plain.reading() as session:
        session.query(CallRow).all()

    assert refused.type is WrongKey
