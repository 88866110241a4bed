"""A password that an administrator has set opens nothing until its owner has chosen another."""

from __future__ import annotations

from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

from counter.auditing import AuditAsked
from counter.desk import auditing, officers
from counter.desk.context import Context
from counter.errors import (
    AnotherCard,
    NotSignedIn,
    OfficerCardNeeded,
    OwnPasswordFirst,
    SamePassword,
    WeakPassword,
    WrongPassword,
)
from counter.own_cards import digest
from counter.people import MAY, Action, Role
from counter.roster import Account
from counter.store import trail
from counter.store.people_tables import OfficerRow
from tests.counter.desk.test_officers import GOOD, HEAD, OWN, at_once, people
from tests.ui.citizens import AUTHENTIC, TON_NU, reading

__all__ = ["at_once", "people"]

PERSONS = [role for role in Role if role not in {Role.KIOSK, Role.PROGRAM}]
SET, CHOSEN, PIN = "con đò sang ngang", "khói bếp chiều mưa", "739164"


def hire(context: Context, *roles: Role, word: str = SET) -> str:
    """Let the administrator make an account, and nobody sit in the chair afterwards."""
    officers.sign_in(context, HEAD.id, GOOD)
    account = Account("moi-den", "Thào Thị Thử", "Công chức", frozenset(roles))
    officers.make_officer(context, account, word)
    officers.sign_out(context)
    return account.id


@pytest.mark.parametrize("role", PERSONS)
def test_an_initial_password_reaches_no_action_of_any_role(people: Context, role: Role) -> None:
    account = hire(people, role)

    with pytest.raises(OwnPasswordFirst):
        officers.sign_in(people, account, SET)

    refused = []
    for action in Action:
        with pytest.raises(NotSignedIn):
            people.seat.require(action)
        refused.append(action)
    assert refused == list(Action)


@pytest.mark.parametrize("role", PERSONS)
def test_with_the_own_password_a_role_reaches_exactly_its_row(people: Context, role: Role) -> None:
    account = hire(people, role)

    officer = officers.sign_in(people, account, SET, new=CHOSEN)

    assert {action for action in Action if officer.may(action)} == MAY[role]
    assert people.seat.officer == officer
    officers.sign_out(people)
    assert officers.sign_in(people, account, CHOSEN).id == account
    with pytest.raises(WrongPassword):
        officers.sign_in(people, account, SET)


def test_a_pin_that_was_set_is_changed_into_an_own_pin(people: Context) -> None:
    account = hire(people, Role.CASHIER, word="483920")
    with pytest.raises(OwnPasswordFirst):
        officers.sign_in(people, account, "483920")

    officers.sign_in(people, account, "483920", new=PIN)

    officers.sign_out(people)
    assert officers.sign_in(people, account, PIN).id == account


@pytest.mark.parametrize(
    ("new", "refusal"), [(SET, SamePassword), ("12345678", WeakPassword), ("", OwnPasswordFirst)]
)
def test_the_same_or_an_easy_password_leaves_all_as_it_was(
    people: Context, new: str, refusal: type[Exception]
) -> None:
    account = hire(people, Role.OFFICER)

    with pytest.raises(refusal):
        officers.sign_in(people, account, SET, new=new)

    assert people.seat.officer is None
    with pytest.raises(OwnPasswordFirst):
        officers.sign_in(people, account, SET)


def test_a_password_set_anew_is_initial_and_the_own_one_of_an_administrator_is_not(
    people: Context,
) -> None:
    officers.sign_in(people, HEAD.id, GOOD)
    officers.set_password(people, "cb-0007", SET)
    officers.set_password(people, HEAD.id, CHOSEN)
    told = {one.officer.id: one.must_change for one in officers.officers(people)}
    officers.sign_out(people)

    assert told == {"cb-0007": True, HEAD.id: False}
    with pytest.raises(OwnPasswordFirst):
        officers.sign_in(people, "cb-0007", SET)
    assert officers.sign_in(people, HEAD.id, CHOSEN).id == HEAD.id


def test_a_leader_confirms_nothing_with_an_initial_password(people: Context) -> None:
    account = hire(people, Role.SUPERVISOR)
    officers.sign_in(people, "cb-0007", GOOD)

    with pytest.raises(OwnPasswordFirst):
        officers.vouch(people, account, SET, "void")

    officers.sign_in(people, account, SET, new=CHOSEN)
    assert officers.vouch(people, account, CHOSEN, "void").id == account


def test_the_chain_names_the_owner_who_chose_another_password(people: Context) -> None:
    account = hire(people, Role.SUPERVISOR)

    officers.sign_in(people, account, SET, new=CHOSEN)

    found = auditing.look(people, AuditAsked(action="people.own_password_changed")).lines
    assert [(line.officer, line.subject) for line in found] == [(account, account)]


def test_where_a_card_is_asked_for_the_own_password_waits_for_it(people: Context) -> None:
    account = hire(people, Role.OFFICER)
    with people.store.writing() as session:
        session.get_one(OfficerRow, account).card = digest(OWN, trail.secret(session))

    with pytest.raises(OwnPasswordFirst):
        officers.sign_in(people, account, SET)
    with pytest.raises(OfficerCardNeeded):
        officers.sign_in(people, account, SET, new=CHOSEN)
    with pytest.raises(AnotherCard):
        officers.sign_in(people, account, SET, reading(TON_NU, authenticity=AUTHENTIC), new=CHOSEN)
    with pytest.raises(WrongPassword):
        officers.sign_in(people, account, CHOSEN, OWN)

    assert officers.sign_in(people, account, SET, OWN, new=CHOSEN).id == account


def test_who_makes_the_first_account_of_a_desk_has_chosen_it_already(
    context: Context, at_once: None
) -> None:
    context.seat.take(None)

    officer = officers.begin(context, "truong", "Lý Thị Mẫu", GOOD)

    told = {one.officer.id: one.must_change for one in officers.officers(context)}
    assert context.seat.officer == officer
    assert told == {officer.id: False}


def test_an_account_of_an_older_desk_has_nothing_to_change() -> None:
    step = import_module("counter.store.migrations.versions.0029_initial_password")
    with create_engine("sqlite://").begin() as connection:
        connection.execute(text("CREATE TABLE officer (id VARCHAR NOT NULL)"))
        connection.execute(text("INSERT INTO officer VALUES ('truong')"))

        with Operations.context(MigrationContext.configure(connection)):
            step.upgrade()

        kept = connection.execute(text("SELECT id, initial FROM officer")).all()
    assert kept == [("truong", 0)]
