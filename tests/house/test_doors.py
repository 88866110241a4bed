"""HOUSE rules on doors: which room may import what. All that is not let in is refused."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.trees import nodes

HOUSE = Path(__file__).resolve().parents[2]

STANDARD = sys.stdlib_module_names | {"_typeshed"}
"""The standard library, and the type checker's own names for it."""

PARSED = (
    "sync/contract.py",
    "sync/listed.py",
    "sync/contents.py",
    "sync/dvcqg_answers.py",
    "sync/dvcqg_found.py",
)
"""Where what a portal says becomes values."""

MAY_IMPORT = {
    "counter": {
        "counter",
        "sqlalchemy",
        "alembic",
        "pydantic",
        "pydantic_core",
        "sqlcipher3",
        "cryptography",
        "keyring",
        "psycopg",
        "openpyxl",
    },
    "devices": {
        "devices",
        "counter",
        "PySide6",
        "smartcard",
        "cryptography",
        "asn1crypto",
        "reportlab",
        "barcode",
        "segno",
        "PIL",
        "pypdfium2",
        "serial",
    },
    "sync": {
        "sync",
        "counter",
        "requests",
        "urllib3",
        "pydantic",
        "pydantic_core",
        "cryptography",
    },
    "ui": {"ui", "counter", "PySide6", "shiboken6", "shibokensupport"},  # the last two: of PySide6
}
"""For each room its own name, the rooms it may know, and the libraries from outside."""

ONLY_IN: dict[str, dict[str, tuple[str, ...]]] = {
    "counter": {
        "alembic": (
            "counter/database.py",
            "counter/store/migrations/",
            "counter/office/migrations/",
        ),
        "pydantic": ("counter/settings.py", "counter/datafiles.py", "counter/mistakes.py"),
        "pydantic_core": ("counter/settings.py", "counter/datafiles.py", "counter/mistakes.py"),
        "sqlcipher3": ("counter/store/store.py", "counter/office/file.py"),
        "cryptography": (
            "counter/store/key.py",
            "counter/store/sealed.py",
            "counter/audit.py",
            "counter/passwords.py",
        ),
        "keyring": ("counter/secrets.py",),
        "psycopg": ("counter/office/",),
        "openpyxl": ("counter/workbook.py",),
    },
    "devices": {
        "PySide6": ("devices/paper/qt_queue.py", "devices/voice.py"),
        "smartcard": ("devices/card/pcsc.py",),
        "cryptography": ("devices/card/",),
        "asn1crypto": ("devices/card/",),
        "reportlab": ("devices/paper/pdf.py",),
        "barcode": ("devices/paper/barcode.py",),
        "segno": ("devices/paper/barcode.py",),
        "PIL": (
            "devices/card/face.py",
            "devices/card/simulator/portraits.py",
            "devices/paper/",
            "devices/scan/look.py",
        ),
        "pypdfium2": ("devices/paper/qt_queue.py", "devices/scan/look.py"),
        "serial": ("devices/codes.py", "devices/paper/wires.py"),
    },
    "sync": {
        "requests": ("sync/wire.py", "sync/sandbox/control.py"),
        "urllib3": ("sync/wire.py",),
        "pydantic": PARSED,
        "pydantic_core": PARSED,
        "cryptography": ("sync/trust.py",),
    },
}
"""Libraries that stand behind the files of their room that know them."""

CLOSED: dict[str, tuple[str, ...]] = {
    "devices": ("PySide6.QtWidgets", "counter.store", "counter.office", "counter.database"),
    "ui": ("counter.store", "counter.office", "counter.database"),
}
"""Parts of an open room that stay closed to another."""


def sources(*rooms: str) -> list[Path]:
    """Return every source file of *rooms*."""
    return [path for room in rooms for path in sorted((HOUSE / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    """Return the file's name from the top of the house."""
    return path.relative_to(HOUSE).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything a file imports, wherever in it the import stands."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def within(name: str, part: str) -> bool:
    """Say whether *name* is *part* or something inside it."""
    return name == part or name.startswith(f"{part}.")


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_its_door_lets_in(room: str) -> None:
    for path in sources(room):
        for line, name in imports(path):
            top = name.split(".")[0]
            ok = top in MAY_IMPORT[room] or top in STANDARD
            assert ok, f"{name_of(path)}:{line}: {room}/ may not import {name}"


@pytest.mark.parametrize("room", ONLY_IN)
def test_a_library_stands_behind_the_files_that_know_it(room: str) -> None:
    for path in sources(room):
        for line, name in imports(path):
            places = ONLY_IN[room].get(name.split(".")[0], ("",))
            ok = name_of(path).startswith(places)
            assert ok, f"{name_of(path)}:{line}: {name} belongs in {places}"


def test_every_library_of_devices_and_sync_has_its_place() -> None:
    for room in ("devices", "sync"):
        assert MAY_IMPORT[room] - {room, "counter"} == set(ONLY_IN[room])


@pytest.mark.parametrize("path", sources(*MAY_IMPORT), ids=name_of)
def test_nothing_comes_in_by_the_window(path: Path) -> None:
    by_name = {"importlib.import_module", "importlib.__import__", "runpy.run_path"}

    assert by_name.isdisjoint(name for _, name in imports(path))
    assert "__import__(" not in path.read_text(encoding="utf-8")
    assert "import_module(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("room", CLOSED)
def test_the_inner_rooms_of_the_counter_stay_closed_to_the_others(room: str) -> None:
    for path in sources(room):
        for line, name in imports(path):
            closed = [part for part in CLOSED[room] if within(name, part)]
            assert not closed, f"{name_of(path)}:{line}: {room}/ may not import {name}"


def test_nobody_imports_main_or_the_tests() -> None:
    for path in [*sources(*MAY_IMPORT, "program"), HOUSE / "main.py", HOUSE / "run.py"]:
        for line, name in imports(path) if path.exists() else ():
            ok = name.split(".")[0] not in {"main", "run", "tests", "pytest", "hypothesis"}
            assert ok, f"{name_of(path)}:{line}: the program may not import {name}"


def test_the_first_command_needs_nothing_but_python() -> None:
    outside = [name for _, name in imports(HOUSE / "run.py")]

    assert {name.split(".")[0] for name in outside} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "from requests import Session",
        "from __future__ import annotations\nif TYPE_CHECKING:\n    import requests",
        "def late() -> None:\n    from requests.adapters import HTTPAdapter",
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, tmp_path: Path) -> None:
    path = tmp_path / "room.py"
    path.write_text(source, encoding="utf-8")

    seen = {name.split(".")[0] for _, name in imports(path)}

    assert "requests" in seen


def test_taking_an_inner_room_by_its_parent_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text("from counter import store", encoding="utf-8")

    assert [name for _, name in imports(path)] == ["counter.store"]
