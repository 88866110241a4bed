"""What others see beside the window names no citizen: print queues, settings, lists."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.trees import nodes

HOUSE = Path(__file__).parents[2]
PROGRAM = [
    path
    for room in ("counter", "devices", "sync", "ui", "program")
    for path in sorted((HOUSE / room).rglob("*.py"))
]

TITLES = {
    "code": "of a dossier or a procedure",
    "entry.number:04": "in the book of certified copies",
    "entry.volume.replace('/', '-')": "of that book",
    "facts.form.value": "the form",
    "moment:%y%m%d_%H%M%S": "when",
    "name": "the caller's word for the paper",
    "newest.seq": "place in the chain",
    "number.replace('/', '-')": "of a slip or a list",
    "stem": "number of a drawer, or form and days of a register",
    "suffix": "receipt or its copy",
    "ticket.day:%y%m%d": "when",
    "ticket.number": "in the queue",
}
"""What the title of a print job may be put together from: whoever looks at the queue reads it."""

REMEMBERED = {"officer/geometry", "demo/place", "demo/folded"}
"""What is kept in the system's settings, which are not encrypted: where windows stand."""

TOLD_TO_THE_SYSTEM = {"QSystemTrayIcon", "QRecentFiles", "SHAddToRecentDocs", "setWindowFilePath"}
"""Ways to tell the desktop's notifications and lists of recent papers."""


def titled(tree: tuple[ast.AST, ...]) -> Iterator[str]:
    """Yield each piece that is no fixed word of the titles of print jobs."""
    for node in tree:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "PrintJob":
            title = node.args[1]
            parts = title.values if isinstance(title, ast.JoinedStr) else [title]
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield ast.unparse(ast.JoinedStr([part]))[3:-2]
                elif not isinstance(part, ast.Constant):
                    yield ast.unparse(part)


def remembered(tree: tuple[ast.AST, ...]) -> Iterator[str]:
    """Yield the name of each thing that is kept in the system's settings."""
    for node in tree:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "QSettings().setValue":
            yield ast.literal_eval(node.args[0])


def test_the_title_of_a_print_job_names_no_citizen() -> None:
    found = {piece for path in PROGRAM for piece in titled(nodes(path))}

    assert found == set(TITLES)


def test_nothing_about_a_citizen_is_remembered_in_the_systems_settings() -> None:
    found = {name for path in PROGRAM for name in remembered(nodes(path))}
    opened = sum(
        isinstance(node, ast.Call) and ast.unparse(node.func) == "QSettings"
        for path in PROGRAM
        for node in nodes(path)
    )

    assert found == REMEMBERED
    assert opened == 2 * len(REMEMBERED), "each is read and written once; another is looked at"


def test_no_citizen_reaches_the_desktops_notifications_or_lists() -> None:
    found = {
        ast.unparse(node).rpartition(".")[2]
        for path in PROGRAM
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.Attribute)
    }

    assert found & TOLD_TO_THE_SYSTEM == set()


@pytest.mark.parametrize(
    ("careless", "piece"),
    [
        ("PrintJob(key, f'{code}_{row.applicant_name}', paper)", "row.applicant_name"),
        ("PrintJob(key, person.full_name, paper, 2)", "person.full_name"),
    ],
)
def test_a_title_with_a_name_is_found_out(careless: str, piece: str) -> None:
    assert set(titled(tuple(ast.walk(ast.parse(careless))))) - set(TITLES) == {piece}


def test_a_remembered_search_is_found_out() -> None:
    careless = ast.parse("QSettings().setValue('officer/searches', words)")

    assert set(remembered(tuple(ast.walk(careless)))) == {"officer/searches"}
