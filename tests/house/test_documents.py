"""The documents lead where they say: every link between them has an end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])
DECISIONS = sorted((HOUSE / "docs" / "decisions").glob("*.md"))


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [
        target.split("#")[0] for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", text)
    ]
    ours = [target for target in targets if target and not re.match(r"[a-z]+:", target)]

    missing = [target for target in ours if not (document.parent / target).exists()]

    assert missing == []


def test_the_readme_opens_with_two_commands() -> None:
    text = (HOUSE / "README.md").read_text(encoding="utf-8")

    first = re.search(r"```\n(.*?)```", text, re.DOTALL)

    assert first is not None
    assert first[1].splitlines() == ["python3 run.py demo", "python3 run.py test"]


def test_no_two_decisions_share_a_number() -> None:
    numbers = [page.name[:4] for page in DECISIONS]

    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_tells_its_reasons_on_one_screen(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()

    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == [
        "Situation",
        "Decision",
        "What follows",
        "What was rejected",
    ]
    assert len(lines) <= 60
