"""Kiosk, counter and database killed at random moments: no number is lost, doubled or half done."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from time import monotonic

import psycopg
import pytest

from counter.errors import QueueAway
from tests.counter.office.load import open_office
from tests.counter.office.queue_writers import Writer, begin, faults_after, promised
from tests.postgres import Server

KILLS = 5
MANY_KILLS = 200
LONGEST_S = 120.0
SOON_S = 0.05
"""A kill comes so long after a sign of life at most."""


class Hall:
    """Two kiosks and two counters at one database; whoever is killed is begun again.

    With the mistake ``early`` there is one kiosk only, so that each kill finds it at its paper.
    """

    def __init__(self, folder: Path, chance: Random, *, url: str, path: str, early: bool) -> None:
        self.folder, self.chance = folder, chance
        self.url, self.path, self.early = url, path, early
        self.begun = 0
        self.running: list[tuple[bool, BaseProcess]] = []

    def __enter__(self) -> Hall:
        for is_kiosk in (True,) if self.early else (True, True, False, False):
            self._begin(is_kiosk)
        return self

    def __exit__(self, *_why: object) -> None:
        for _is_kiosk, process in self.running:
            process.kill()
            process.join()

    def _begin(self, is_kiosk: bool) -> None:
        self.begun += 1
        told = self.folder / f"{self.begun:04}.told"
        writer = Writer(self.url, self.path, told, is_kiosk, self.early)
        self.running.append((is_kiosk, begin(writer)))

    def kill_one(self) -> None:
        """Kill a kiosk or a counter."""
        is_kiosk, process = self.running.pop(self.chance.randrange(len(self.running)))
        process.kill()
        process.join()
        self._begin(is_kiosk)

    def wait_for_life(self) -> None:
        """Wait until somebody has promised something more, and then for as long as chance says."""
        before, end = self._said(), monotonic() + LONGEST_S
        while self._said() == before:
            assert monotonic() < end, "nobody does anything"
            threading.Event().wait(0.005)
        threading.Event().wait(self.chance.random() * SOON_S)

    def _said(self) -> int:
        return sum(file.stat().st_size for file in self.folder.glob("*.told"))


def kill_database(server: Server) -> None:
    """End the server as a power cut does, and start it again."""
    server.kill()
    server.start()


def kill_backend(server: Server, url: str, chance: Random) -> None:
    """Kill one of the server's processes that serves a writer; the server starts itself anew."""
    address = url.replace("+psycopg", "")
    with suppress(psycopg.OperationalError), psycopg.connect(address) as asking:
        found = asking.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
        if found:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(found)[0], signal.SIGKILL)


def faults(hall: Hall, kills: int, others: tuple[Callable[[], None], ...] = ()) -> list[str]:
    """Kill *kills* times: a writer, or every third time one of the *others*."""
    with hall:
        for number in range(1, kills + 1):
            hall.wait_for_life()
            if others and number % 3 == 0:
                others[number // 3 % len(others)]()
            else:
                hall.kill_one()
    end = monotonic() + LONGEST_S
    while True:
        try:
            with closing(open_office(hall.url, hall.path)) as office:
                return faults_after(office, hall.folder)
        except QueueAway:
            assert monotonic() < end, "the server does not come back"
            threading.Event().wait(0.2)


@pytest.fixture
def path(tmp_path: Path, made_file: Path) -> str:
    found = tmp_path / "office.db"
    found.write_bytes(made_file.read_bytes())
    return str(found)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that may be killed."""
    with ExitStack() as house:
        server = Server()
        house.callback(server.stop)
        yield server


def at_a_file(folder: Path, path: str, kills: int, *, early: bool = False) -> list[str]:
    return faults(Hall(folder, Random(5), url="", path=path, early=early), kills)


def at_a_server(folder: Path, server: Server, kills: int) -> list[str]:
    url = server.new_database()
    with closing(open_office(url, "")) as office, office.reading():
        pass
    chance = Random(5)
    return faults(
        Hall(folder, chance, url=url, path="", early=False),
        kills,
        (lambda: kill_backend(server, url, chance), lambda: kill_database(server)),
    )


@pytest.mark.slow
def test_killed_kiosks_and_counters_leave_a_sound_file(tmp_path: Path, path: str) -> None:
    assert at_a_file(tmp_path, path, KILLS) == []
    assert len(list(promised(tmp_path, "taken"))) >= KILLS


@pytest.mark.slow
def test_killed_kiosks_counters_and_servers_lose_nothing(
    tmp_path: Path, own_server: Server
) -> None:
    assert at_a_server(tmp_path, own_server, KILLS + 1) == []
    assert len(list(promised(tmp_path, "taken"))) >= KILLS


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_two_hundred_kills_leave_a_sound_file(tmp_path: Path, path: str) -> None:
    assert at_a_file(tmp_path, path, MANY_KILLS) == []


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_two_hundred_kills_of_writers_and_server_lose_nothing(
    tmp_path: Path, own_server: Server
) -> None:
    assert at_a_server(tmp_path, own_server, MANY_KILLS) == []


@pytest.mark.slow
def test_the_harness_finds_a_kiosk_that_promises_before_it_is_kept(
    tmp_path: Path, path: str
) -> None:
    assert at_a_file(tmp_path, path, 10, early=True) != []
