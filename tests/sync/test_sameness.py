from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from sync.sameness import canonical, is_same

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_absent_and_null_are_the_same_at_every_depth() -> None:
    assert is_same({"a": {"b": None, "c": 1}, "d": None}, {"a": {"c": 1}})


def test_moments_are_compared_as_moments() -> None:
    written = ["2026-11-23T08:15:00+07:00", "2026-11-23T08:15:00.000+07:00", "2026-11-23T01:15:00Z"]

    assert len({canonical(moment) for moment in written}) == 1


def test_days_and_names_are_compared_as_they_are_written() -> None:
    assert not is_same({"day": "2026-11-23"}, {"day": "2026-11-24"})
    assert not is_same({"name": "Hoà"}, {"name": "Hòa"})


def test_the_order_of_a_list_says_something() -> None:
    assert not is_same({"papers": [1, 2]}, {"papers": [2, 1]})


@given(VALUES)
def test_a_content_is_the_same_as_itself_after_its_way_through_json(content: object) -> None:
    assert is_same(content, json.loads(json.dumps(content)))
