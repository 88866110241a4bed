"""An empty office database of each kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from counter.office.office import Office
from tests.postgres import Server


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table, to be copied."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    with closing(Office(path)):
        pass
    return path


@pytest.fixture(scope="session")
def made_database(postgres: Server) -> str:
    """A database of the server with every table, to be copied."""
    url = postgres.new_database()
    with closing(Office(None, url)) as office, office.reading():
        pass
    return url


NewOffice = Callable[[], Office]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_office(request: pytest.FixtureRequest, tmp_path: Path) -> NewOffice:
    """Makes office databases, once as files and once on a server."""
    places = count()

    def make() -> Office:
        if request.param == "sqlite":
            path = tmp_path / f"office{next(places)}.db"
            shutil.copyfile(request.getfixturevalue("made_file"), path)
            return Office(path)
        server: Server = request.getfixturevalue("postgres")
        return Office(None, server.new_database(request.getfixturevalue("made_database")))

    return make


@pytest.fixture
def office(new_office: NewOffice) -> Iterator[Office]:
    """An empty office database, once as a file and once on a server."""
    with closing(new_office()) as opened:
        yield opened
