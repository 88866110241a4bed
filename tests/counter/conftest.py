"""What tests of the counter share: real databases in a fresh folder, sample data, a set clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counter.office.office import Office
from counter.store.store import Store
from tests.postgres import Server

SHARED = Path(__file__).parents[2].parent / "shared"
KEY = bytes(range(32))


def _shared_json(name: str) -> dict[str, list[dict[str, str]]]:
    path = SHARED / "domain" / name
    if not path.exists():
        pytest.skip(f"../shared/domain/{name} is absent")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]  # test data


@pytest.fixture
def dossier_code_vectors() -> dict[str, list[dict[str, str]]]:
    return _shared_json("dossier_code_vectors.json")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "desk.db", KEY)) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(Office(tmp_path / "office.db")) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.stop()
