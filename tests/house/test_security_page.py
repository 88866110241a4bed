"""docs/security.md promises nothing without a test, and tells the roles as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counter.people import MAY, Action, Role

HOUSE = Path(__file__).resolve().parents[2]
PAGE = HOUSE / "docs" / "security.md"
TEXT = PAGE.read_text(encoding="utf-8")
NAME = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
NAMED = sorted(set(NAME.findall(TEXT)))
CONTROLS = re.findall(r"^\| (.+) \| ([^|]*(?:DA|V|I)\d[^|]*) \| (.+) \|$", TEXT, re.MULTILINE)


def missing(named: list[tuple[str, str]]) -> list[str]:
    """Return the tests that the page names and that are not there."""
    lost = []
    for name, test in named:
        path = HOUSE / name
        if not path.exists() or (test and f"def {test}(" not in path.read_text(encoding="utf-8")):
            lost.append(f"{name}::{test}")
    return lost


def matrix() -> list[str]:
    """Return the table of who may do what, in the page's form."""
    people = [role for role in Role if role is not Role.PROGRAM]
    head = " | ".join(role.value for role in people)
    rows = [f"| việc | {head} |", "|---|" + "---|" * len(people)]
    for action in Action:
        ticks = " | ".join("có" if action in MAY[role] else "–" for role in people)
        rows.append(f"| {action.value} | {ticks} |")
    return rows


def test_every_test_the_page_names_is_there() -> None:
    assert len(NAMED) > 40
    assert missing(NAMED) == []


def test_every_test_the_page_of_invariants_names_is_there() -> None:
    text = (HOUSE / "docs" / "invariants.md").read_text(encoding="utf-8")
    named = sorted(set(NAME.findall(text)))

    assert len(named) > 30
    assert missing(named) == []


def test_a_name_that_is_no_test_would_be_found() -> None:
    assert missing([("tests/house/test_security_page.py", "test_of_nobody")])
    assert missing([("tests/house/test_nowhere.py", "")])


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: str(control[1]))
def test_every_control_names_its_test(control: tuple[str, str, str]) -> None:
    assert "`tests/" in control[2]


ASVS = (
    "V1.2 V2.2.2 V2.4 V5.2 V5.3 V6.1.1 V6.2 V6.3 V6.3.8 V7 V8 V11 V12 V13 V14 V14.2.7 V14.3.1"
    " V15 V15.1.2 V15.2.1 V15.3.2 V16.2.5 V16.4 V16.4.1"
)
"""Items of OWASP ASVS 5.0 that the plan of the program names."""


def test_the_page_has_the_controls_of_the_plan() -> None:
    items = {item for control in CONTROLS for item in control[1].split()}

    assert not {f"DA{number}" for number in range(1, 11)} - items
    assert not set(ASVS.split()) - items


def test_the_table_of_roles_is_the_programs() -> None:
    assert "\n".join(matrix()) in TEXT
