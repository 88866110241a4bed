"""Whatever happens, people are told what it is and what to do, in whole Vietnamese sentences."""

from __future__ import annotations

import re

import pytest

from counter import errors
from counter.acts import ActKind, Relation
from counter.cards import Chip, Groups, Issuer, IssuerKind, Signature, Verdict
from counter.errors import BadSettings, DeskError
from counter.ports import Outcome
from counter.today import Group
from counter.work import CheckState, IdentitySource, SyncStanding
from ui import states, texts


def _all(family: type[DeskError]) -> list[type[DeskError]]:
    return [one for child in family.__subclasses__() for one in (child, *_all(child))]


CASES = sorted(
    (
        case
        for case in _all(DeskError)
        if case.__module__.startswith(f"{errors.__name__}.") and "code" in vars(case)
    ),
    key=lambda case: case.code,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_every_error_has_its_sentence(case: type[DeskError]) -> None:
    said = texts.ERRORS[case.code]

    assert re.search(r"[.:]$|\}$", said.what)
    assert said.advice.endswith(".")
    assert said.what[0].isupper()
    assert said.advice[0].isupper()


def test_no_sentence_is_left_over() -> None:
    assert set(texts.ERRORS) == {case.code for case in CASES}


def test_mistakes_in_the_settings_are_all_named() -> None:
    said = texts.sentence(BadSettings(("desk.id: thiếu mục này", "portal.url: quá dài")))

    assert "desk.id: thiếu mục này" in said.what
    assert "portal.url: quá dài" in said.what


def test_what_the_desk_does_not_know_is_a_fault_of_the_program() -> None:
    assert texts.sentence(KeyError("x")) == texts.sentence(errors.SoftwareFault())


def test_a_field_that_was_not_given_leaves_no_hole_in_braces() -> None:
    for case in CASES:
        error = case(()) if case.__init__ is not DeskError.__init__ else case()  # type: ignore[arg-type]
        said = texts.sentence(error)
        assert "{" not in said.what + said.advice


@pytest.mark.parametrize(
    ("states", "table"),
    [
        (range(1, 11), states.STATUSES),
        (Verdict, states.VERDICTS),
        (IdentitySource, states.SOURCES),
        (SyncStanding, states.STANDINGS),
        (Outcome, states.OUTCOMES),
        (CheckState, states.CHECK_STATES),
        (ActKind, states.ACTS),
        (Relation, states.RELATIONS),
        (Group, states.GROUPS),
        (IssuerKind, states.ISSUER_KINDS),
    ],
)
def test_every_state_has_its_word(states: object, table: dict[object, str]) -> None:
    assert set(table) == set(states)  # type: ignore[call-overload]
    assert all(word.strip() for word in table.values())


def test_every_reason_why_a_card_is_not_authentic_has_its_words() -> None:
    good = {"group.match", "signature.valid", "issuer.trusted", "chip.genuine", "groups.match"}
    told = {
        f"{name}.{state}"
        for name, states in (
            ("groups", Groups),
            ("signature", Signature),
            ("issuer", Issuer),
            ("chip", Chip),
        )
        for state in states
    } - good

    assert all(texts.reason(code) != code for code in told)
    assert texts.reason("groups.dg2") == texts.reason("groups.dg13")
    assert texts.reason("signature.malformed") != texts.reason("signature.unknown_scheme")
