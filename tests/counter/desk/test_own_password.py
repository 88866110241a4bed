"""An officer changes the own password: the old one is asked, and the chain tells of it."""

from __future__ import annotations

import pytest

from counter import passwords
from counter.auditing import AuditAsked
from counter.desk import auditing, officers, tries
from counter.desk.context import Context
from counter.desk.own_password import change_own_password
from counter.errors import AccountClosed, ConfirmAgain, NotSignedIn, WeakPassword, WrongPassword
from counter.people import Role
from counter.roster import Account
from tests.counter.desk.conftest import choose_own

OLD, NEW = "ba chiếc thuyền nan", "khói bếp chiều mưa"
HEAD = Account("truong-ban", "Mùa Thị Thử", "Trưởng bộ phận", frozenset({Role.ADMINISTRATOR}))
CLERK = Account("mot-cua-3", "Hạng Văn Thử", "Công chức", frozenset({Role.OFFICER}))


@pytest.fixture
def seated(context: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """A desk with two accounts, the clerk in the chair; passwords are compared at once."""
    monkeypatch.setattr(passwords, "keep", lambda password: f"plain {password}")
    monkeypatch.setattr(passwords, "holds", lambda password, kept: kept == f"plain {password}")
    context.seat.take(None)
    officers.make_officer(context, HEAD, OLD)
    officers.sign_in(context, HEAD.id, OLD)
    officers.make_officer(context, CLERK, OLD)
    choose_own(context, CLERK.id)
    officers.sign_in(context, CLERK.id, OLD)
    return context


def test_the_new_password_opens_the_account_and_the_old_one_no_more(seated: Context) -> None:
    change_own_password(seated, OLD, NEW)

    with pytest.raises(WrongPassword):
        officers.sign_in(seated, CLERK.id, OLD)
    assert officers.sign_in(seated, CLERK.id, NEW).id == CLERK.id
    assert officers.sign_in(seated, HEAD.id, OLD).id == HEAD.id


def test_the_chain_says_who_changed_the_own_password(seated: Context) -> None:
    change_own_password(seated, OLD, NEW)

    found = auditing.look(seated, AuditAsked(action="people.own_password_changed")).lines
    assert [(line.officer, line.subject) for line in found] == [(CLERK.id, CLERK.id)]


def test_a_wrong_old_password_changes_nothing_and_counts_as_a_failed_try(seated: Context) -> None:
    for _ in range(tries.FREE_TRIES):
        with pytest.raises(WrongPassword):
            change_own_password(seated, NEW, "con suối đầu nguồn")

    with pytest.raises(AccountClosed):
        change_own_password(seated, OLD, NEW)


@pytest.mark.parametrize("easy", ["mật khẩu", "12345678", "hangvan-2026", ""])
def test_an_easy_new_password_is_refused_and_the_old_one_holds(seated: Context, easy: str) -> None:
    with pytest.raises(WeakPassword):
        change_own_password(seated, OLD, easy)

    assert officers.sign_in(seated, CLERK.id, OLD).id == CLERK.id


def test_the_password_typed_for_it_confirms_nothing_else(seated: Context) -> None:
    change_own_password(seated, OLD, NEW)

    with pytest.raises(ConfirmAgain):
        officers.require_confirmed(seated)


def test_nobody_in_the_chair_has_a_password_to_change(seated: Context) -> None:
    officers.sign_out(seated)

    with pytest.raises(NotSignedIn):
        change_own_password(seated, OLD, NEW)
