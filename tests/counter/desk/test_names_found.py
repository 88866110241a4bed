"""Every name of the reference data is kept as it is written and found however it is typed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter.desk.desk import Desk
from counter.values import fold, tidy_name, tidy_text
from tests.counter.desk.conftest import EXTRACT, SetClock, asked, person


@pytest.fixture(scope="module")
def names(shared: Path) -> dict[str, Any]:
    text = (shared / "domain" / "vn_names.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def edge_cases(names: dict[str, Any]) -> list[str]:
    """Return the names that are hard, without what is remarked of them."""
    return [name.partition(" (")[0] for name in names["edge_cases"]]


def of_everybody(names: dict[str, Any]) -> list[str]:
    """Return a name with each surname, middle and given name there is."""
    surnames = [surname for surname, _share in names["surnames"]]
    surnames += [one for group in names["minority_surnames"].values() for one in group]
    middles = names["middle_m"] + names["middle_f"]
    given = names["given_m"] + names["given_f"]
    most = max(len(surnames), len(middles), len(given))
    return [
        " ".join(part[place % len(part)] for part in (surnames, middles, given))
        for place in range(most)
    ]


def test_each_hard_name_is_kept_and_found_in_every_way_it_is_typed(
    desk: Desk, clock: SetClock, names: dict[str, Any]
) -> None:
    written = edge_cases(names)
    for number, name in enumerate(written):
        one = person(tidy_name(name), f"0011990{number:05}")
        desk.receive(asked(clock, EXTRACT, one))
        clock.move(seconds=1)

    lost = [
        (name, typed)
        for name in written
        for typed in (
            *(name, name.upper(), name.lower(), fold(name), f"  {name}  "),
            unicodedata.normalize("NFD", name),
            fold(name)[: max(3, len(fold(name)) // 2)],
        )
        if tidy_name(name) not in {line.applicant_name for line in desk.find_dossiers(typed)}
    ]

    assert len(written) >= 16
    assert lost == []


def test_both_ways_to_set_a_tone_find_the_same_people(desk: Desk, clock: SetClock) -> None:
    for name in ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà"):
        desk.receive(asked(clock, EXTRACT, person(name)))

    found = [
        {line.applicant_name for line in desk.find_dossiers(typed)}
        for typed in ("Hòa", "Hoà", "hoa", "NGUYỄN THỊ HOÀ")
    ]

    assert found == [{"Nguyễn Thị Hòa", "Nguyễn Thị Hoà"}] * 4


def letters(text: str) -> str:
    """Return the letters and signs of *text* without what stands over and under them."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@pytest.mark.parametrize("tidy", [tidy_name, tidy_text])
def test_no_name_loses_a_letter_when_it_enters_or_is_folded(
    names: dict[str, Any], tidy: Callable[[str], str]
) -> None:
    people = of_everybody(names) + edge_cases(names)
    places = [f"{kind} {name}" for kind in names["street_words"] for name in names["hamlet_names"]]
    written = people if tidy is tidy_name else people + places

    unlike = [
        name
        for name in written
        if tidy(unicodedata.normalize("NFD", name)) != unicodedata.normalize("NFC", name)
        or fold(name) != letters(name).lower().replace("đ", "d")
        or not fold(name).isascii()
    ]

    assert len(people) >= 60
    assert unlike == []
