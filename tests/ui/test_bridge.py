"""The one crossing between threads."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial

from pytestqt.qtbot import QtBot

from counter.errors import DiskFull
from ui.bridge import Bridge


def test_work_is_done_on_the_counters_thread_and_answered_on_the_main_one(
    qtbot: QtBot, bridge: Bridge, on_main: Callable[[], bool]
) -> None:
    heard: list[tuple[str, bool]] = []

    bridge.ask(
        lambda: threading.current_thread().name,
        lambda name: heard.append((name, on_main())),
        lambda error: heard.append((repr(error), False)),
    )

    qtbot.waitUntil(lambda: bool(heard))
    name, answered_on_main = heard[0]
    assert name.startswith("counter")
    assert answered_on_main


def test_work_that_fails_is_told_on_the_main_thread(
    qtbot: QtBot, bridge: Bridge, on_main: Callable[[], bool]
) -> None:
    heard: list[tuple[object, bool]] = []

    def fail() -> object:
        raise DiskFull

    def done(answer: object) -> None:
        heard.append((answer, False))

    bridge.ask(fail, done, lambda error: heard.append((error, on_main())))

    qtbot.waitUntil(lambda: bool(heard))
    error, told_on_main = heard[0]
    assert isinstance(error, DiskFull)
    assert told_on_main


def test_answers_come_in_the_order_of_the_questions(qtbot: QtBot, bridge: Bridge) -> None:
    heard: list[int] = []

    for number in range(200):
        bridge.ask(partial(abs, number), heard.append, lambda error: heard.append(-1))

    qtbot.waitUntil(lambda: len(heard) == 200)
    assert heard == list(range(200))


def test_calls_from_many_threads_all_arrive(
    qtbot: QtBot, bridge: Bridge, on_main: Callable[[], bool]
) -> None:
    heard: list[bool] = []

    def tell() -> None:
        for _ in range(500):
            bridge.to_main(lambda: heard.append(on_main()))

    rooms = [threading.Thread(target=tell) for _ in range(4)]
    for room in rooms:
        room.start()
    for room in rooms:
        room.join()

    qtbot.waitUntil(lambda: len(heard) == 2000)
    assert all(heard)


def test_closing_finishes_what_was_asked(bridge: Bridge) -> None:
    done = threading.Event()

    bridge.ask(done.set, lambda _answer: None, lambda _error: None)
    bridge.close()

    assert done.is_set()
    assert not [t for t in threading.enumerate() if t.name.startswith("counter")]


def test_a_thread_that_computes_keeps_python_from_the_window_for_no_longer_than_a_turn(
    bridge: Bridge,
) -> None:
    assert bridge
    assert sys.getswitchinterval() <= 0.001
