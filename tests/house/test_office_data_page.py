"""Every key of the office's data stands in docs/office-data.md, and no other."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from counter.acts import Reason
from counter.notice import NoticePart
from counter.priorities import Group
from counter.procedures import Case, Fee, Field, LaterRate, Paper, Procedure, Result, Term
from counter.wording import FormNumber, FormSet, Sign, Wording

PAGE = Path(__file__).resolve().parents[2] / "docs" / "office-data.md"
GROUPS = {
    "field": Field,
    "procedure": Procedure,
    "papers": Paper,
    "term": Term,
    "cases": Case,
    "fees": Fee,
    "later": LaterRate,
    "results": Result,
    "group": Group,
    "reason": Reason,
    "part": NoticePart,
    "set": FormSet,
    "form": Wording,
    "numbers": FormNumber,
    "signs": Sign,
}


def test_the_page_names_every_key_of_the_data_once_and_no_other() -> None:
    rows = re.findall(
        r"^\| `([a-z]+)` \| `([a-z_]+)` \| .+ \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )

    keys = [(group, field.name) for group, kind in GROUPS.items() for field in fields(kind)]
    keys.remove(("procedure", "field"))  # said once for the whole file

    assert sorted(rows) == sorted(keys)
