"""The contract's schemas are checked as another implementation checks them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sandbox.contract_check import faults_of
from sync.sandbox.schema import Compiler
from tests.sync.sandbox.caller import contract, judge, resolved

EXAMPLES: dict[str, str] = {
    "DossierRefused": "DossierContent",
    "ProblemValidation": "Problem",
    "ProblemConflict": "DossierConflictProblem",
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(["", "019090000001", "2026-02-30", "2026-11-23T08:15:00+07:00", "H55.242"]),
    st.sampled_from(["2026-11-23T25:15:00+07:00", "2026-11-23T08:15:00", "a@b", "H55.242\n"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def bodies() -> Iterator[tuple[str, str, Any]]:
    """Yield place, schema and value of every example body in the contract, of either direction."""
    for path, entry in contract()["paths"].items():
        for method, operation in entry.items():
            if method == "parameters":
                continue
            said = [("request", operation.get("requestBody", {}))]
            said += [(code, resolved(answer)) for code, answer in operation["responses"].items()]
            for place, part in said:
                for media in part.get("content", {}).values():
                    for name, example in media.get("examples", {}).items():
                        reference = media["schema"]["$ref"].rpartition("/")[2]
                        yield (
                            f"{method} {path} {place} {name}",
                            reference,
                            resolved(example)["value"],
                        )


BODIES = list(bodies())


@pytest.mark.parametrize(("schema", "value"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
def test_every_example_of_the_contract_fits_it(schema: str, value: Any) -> None:
    assert faults_of(value, schema) == []


def test_the_contract_kept_here_is_the_one_that_was_agreed(shared: Any) -> None:
    import yaml

    agreed = yaml.safe_load((shared / "portal" / "openapi.yaml").read_text(encoding="utf-8"))

    assert contract() == agreed


@st.composite
def mistakes(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw an example body in which something may be wrong."""
    _, schema, value = draw(st.sampled_from(BODIES))
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(0, 3))):
        here = value
        while isinstance(here, dict | list) and here:
            keys = sorted(here) if isinstance(here, dict) else list(range(len(here)))
            key: Any = draw(st.sampled_from(keys))
            below = here[key]
            if isinstance(below, dict | list) and below and draw(st.booleans()):
                here = below
                continue
            act = draw(st.sampled_from(["change", "drop", "add"]))
            if act == "change":
                here[key] = draw(ODD)
            elif act == "drop":
                del here[key]
            elif isinstance(here, dict):
                here[draw(st.text(max_size=4))] = draw(ODD)
            break
    return schema, value


@given(mistakes())
def test_another_implementation_finds_the_same_bodies_wrong(drawn: tuple[str, Any]) -> None:
    schema, value = drawn
    found = {fault["pointer"] for fault in faults_of(value, schema) if fault["code"] != "not_nfc"}

    judged = list(judge(f"#/components/schemas/{schema}").iter_errors(value))

    assert bool(found) == bool(judged), (found, [error.message for error in judged])


@pytest.mark.parametrize(
    ("field", "value", "pointer", "code"),
    [
        ("colour", "red", "/colour", "unknown_property"),
        ("subject", None, "/subject", "type"),
        ("subject", "", "/subject", "required"),
        ("subject", "a" * 1001, "/subject", "max_length"),
        ("channel", 9, "/channel", "enum"),
        ("sets", 0, "/sets", "range"),
        ("code", "X-1", "/code", "pattern"),
        ("submitted_at", "2026-02-30T08:00:00+07:00", "/submitted_at", "invalid"),
        ("due", {"unit": "DAY", "qty": 1, "rule": "manual"}, "/due/due_at", "required"),
        ("a/b~c", 1, "/a~1b~0c", "unknown_property"),
        ("x" * 600, 1, "", "unknown_property"),
    ],
)
def test_a_mistake_is_named_by_its_place_and_the_contracts_code(
    field: str, value: Any, pointer: str, code: str
) -> None:
    content = contract()["components"]["examples"]["DossierContent"]["value"]

    (fault,) = faults_of({**content, field: value}, "DossierContent")

    assert (fault["pointer"], fault["code"]) == (pointer, code)


def test_a_missing_field_is_named_by_where_it_belongs() -> None:
    content = copy.deepcopy(contract()["components"]["examples"]["DossierContent"]["value"])
    del content["owner"]["full_name"]

    (fault,) = faults_of(content, "DossierContent", "/items/3/dossier")

    assert (fault["pointer"], fault["code"]) == ("/items/3/dossier/owner/full_name", "required")


def test_at_most_a_hundred_mistakes_are_named() -> None:
    assert len(faults_of({str(n): n for n in range(500)}, "DossierContent")) == 100


def test_a_contract_with_an_unknown_keyword_is_refused() -> None:
    with pytest.raises(ValueError, match="patternProperties"):
        Compiler({}).check({"type": "object", "patternProperties": {}})
