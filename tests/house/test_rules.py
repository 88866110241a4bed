"""Rules that a reader of one file cannot see: sizes, threads, sleeping, paths of a machine."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.house.trees import nodes

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("program", "counter", "devices", "sync", "ui")
PROGRAM = sorted(
    [path for room in ROOMS for path in (HOUSE / room).rglob("*.py")] + [*HOUSE.glob("*.py")]
)
TESTS = sorted((HOUSE / "tests").rglob("*.py"))
TESTS_BUT_THIS = [path for path in TESTS if path != Path(__file__).resolve()]
DOCUMENTS = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])

LONG_FILES = {
    "counter/work.py": "the one port of a desk: a value or two lines for each thing asked of it",
    "ui/texts.py": "one list, a sentence and an advice for every error",
}
"""Files over 450 lines, and why each is still one thought."""

STARTS_A_THREAD = {
    "devices/card/watch.py": "reader",
    "devices/paper/spool.py": "printer",
    "devices/codes.py": "codes",
    "sync/courier.py": "sync",
    "counter/secrets.py": "key-store",
    "counter/errands.py": "backup, restore, seals, update, health and outside",
    "ui/bridge.py": "counter",
}
OTHER_PROCESS = "sync/sandbox/"
"""The sandbox portal runs beside the program, with threads and locks of its own."""

LAST_RESORTS = {*STARTS_A_THREAD, "ui/app.py"}
"""Loops of worker threads, and the window of last resort: only they catch everything."""


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and last name of every call and attribute in a file."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


def lines_like(pattern: str, paths: list[Path]) -> list[str]:
    """Return place and text of every line that holds *pattern*."""
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    lengths = {name_of(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PROGRAM}

    long = {name for name, length in lengths.items() if length > 450}

    assert long == set(LONG_FILES)


def test_only_the_named_threads_are_started() -> None:
    starters = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread"}

    places = {name_of(path) for path in PROGRAM if starters & {name for _, name in calls(path)}}

    assert {p for p in places if not p.startswith(OTHER_PROCESS)} <= set(STARTS_A_THREAD)


def test_nothing_in_the_program_sleeps_locks_or_spins_the_event_loop() -> None:
    refused = {"sleep", "Lock", "RLock", "processEvents", "qWait"}

    found = [
        f"{name_of(path)}:{line}: {name}"
        for path in PROGRAM
        for line, name in calls(path)
        if name in refused and not name_of(path).startswith(OTHER_PROCESS)
    ]

    assert found == []


def test_only_worker_loops_and_the_last_resort_catch_everything() -> None:
    def catches_all(handler: ast.ExceptHandler) -> bool:
        caught = ast.unparse(handler.type) if handler.type else "everything"
        return bool(re.search(r"\b(everything|Exception|BaseException)\b", caught))

    places = {
        name_of(path)
        for path in PROGRAM
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and catches_all(node)
    }

    assert places <= LAST_RESORTS


def test_no_test_sleeps_or_mocks_the_house() -> None:
    sleeping = [f"{name_of(p)}:{n}" for p in TESTS for n, name in calls(p) if name == "sleep"]
    waiting = [f"{name_of(p)}:{n}" for p in TESTS for n, name in calls(p) if name == "qWait"]
    mocking = lines_like(r"^\s*(from|import) unittest", TESTS)

    assert sleeping + waiting + mocking == []


def test_the_program_knows_no_path_of_one_machine() -> None:
    own = r"/work/|/home/\w|/root/|C:\\\\?Users|\.\./shared"

    assert lines_like(own, PROGRAM) == []
    assert lines_like(r"/work/|/home/\w|/root/", [*TESTS_BUT_THIS, *DOCUMENTS]) == []


def test_nothing_is_left_for_later() -> None:
    assert lines_like(r"\b(TODO|FIXME|XXX)\b", [*PROGRAM, *TESTS_BUT_THIS, *DOCUMENTS]) == []


def test_test_files_have_names_of_their_own_and_no_packages() -> None:
    names = Counter(path.name for path in TESTS if path.name != "conftest.py")

    assert [name for name, count in names.items() if count > 1] == []
    assert "__init__.py" not in names


@pytest.mark.parametrize("path", PROGRAM, ids=name_of)
def test_a_file_begins_with_one_sentence_about_itself(path: Path) -> None:
    docstring = ast.get_docstring(cast(ast.Module, nodes(path)[0])) or ""

    assert docstring.splitlines()[0].endswith((".", ":"))


@pytest.mark.parametrize("room", ["counter/store", "counter/office"])
def test_steps_of_a_database_are_numbered_without_gap_or_double(room: str) -> None:
    steps = sorted((HOUSE / room / "migrations" / "versions").glob("[0-9]*.py"))

    told = [
        re.findall(r'^(?:down_)?revision(?:: .+)? = "?(\w+)"?$', path.read_text(), re.MULTILINE)
        for path in steps
    ]

    numbers = [f"{n:04}" for n in range(1, len(steps) + 1)]
    assert [path.name[:4] for path in steps] == numbers
    assert told == [list(pair) for pair in zip(numbers, ["None", *numbers], strict=False)]
