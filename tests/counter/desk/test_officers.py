"""Officers sign in, are shut out for a while when they guess, and stand in every record."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

import pytest
from sqlalchemy import select, text

from counter import passwords
from counter.acts import Leader, Void
from counter.cards import CardReading
from counter.desk import checking, officers, second_factor
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.people_desk import PeopleDesk
from counter.errors import (
    AccountClosed,
    AnotherCard,
    BadAccount,
    CardNotAuthentic,
    CardOfOnlyAdministrator,
    ConfirmAgain,
    ConfirmationNeeded,
    DiskFull,
    LastAdministrator,
    NotAllowed,
    NotSignedIn,
    NotYourself,
    OfficerCardNeeded,
    Refused,
    ServiceEnded,
    WeakPassword,
    WrongPassword,
)
from counter.people import Role
from counter.roster import Account, CardGone, Service
from counter.store import trail
from counter.store.people_tables import TryRow
from counter.values import DossierId, uuid7
from tests.counter.desk.conftest import SetClock, asked, choose_own, lend
from tests.ui.citizens import AUTHENTIC, FORGED, THU, TON_NU, UNVERIFIED, reading

HEAD = Account("truong", "Lý Thị Mẫu", "Trưởng bộ phận", frozenset({Role.ADMINISTRATOR}))
DESK = Account("cb-0007", "Đỗ Văn Thử", "Công chức một cửa", frozenset({Role.OFFICER}))
GOOD = "cổng làng buổi sớm"
REAL = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$a2VwdA"
LEADER = Leader("Y Ước")
OWN = reading(THU, authenticity=AUTHENTIC)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords kept and compared at once: what is tested is what is done with the answer."""
    monkeypatch.setattr(passwords, "keep", lambda password: f"plain {password}")
    monkeypatch.setattr(passwords, "holds", lambda password, kept: kept == f"plain {password}")


@pytest.fixture
def people(context: Context, at_once: None) -> Context:
    """A desk with an administrator and an officer, and nobody in the chair."""
    context.seat.take(None)
    officers.make_officer(context, HEAD, GOOD)
    officers.sign_in(context, "truong", GOOD)
    officers.make_officer(context, DESK, GOOD)
    choose_own(context, DESK.id)
    officers.sign_out(context)
    return context


def test_the_parameters_of_a_kept_password_are_the_agreed_ones() -> None:
    assert passwords.keep(GOOD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_same_password_is_kept_with_another_salt() -> None:
    kept, again = passwords.keep(GOOD), passwords.keep(GOOD)

    assert kept != again
    assert passwords.holds(GOOD, kept)
    assert not passwords.holds(GOOD + "?", again)


@pytest.mark.parametrize(
    "weak",
    ["ngắn", "1234567", "12345678", "mật khẩu 123", "aaaaaaaa", "111111", "123456", "x" * 129],
)
def test_a_password_that_anybody_would_try_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_new(weak)


@pytest.mark.parametrize("good", [GOOD, "ă" * 60 + "bcde", "739164", "chợ phiên vùng cao"])
def test_a_sentence_and_a_long_enough_pin_are_good(good: str) -> None:
    passwords.check_new(good)


def test_an_officer_signs_in_with_what_was_really_kept(context: Context) -> None:
    officers.make_officer(context, HEAD, GOOD)

    assert officers.sign_in(context, "truong", GOOD).roles == HEAD.roles
    with pytest.raises(WrongPassword):
        officers.sign_in(context, "truong", GOOD + "?")


def test_a_desk_begins_with_its_administrator(context: Context) -> None:
    context.seat.take(None)

    assert officers.is_new(context)
    with pytest.raises(LastAdministrator):
        officers.make_officer(context, DESK, GOOD)
    officers.make_officer(context, HEAD, GOOD)
    with pytest.raises(NotSignedIn):
        officers.make_officer(context, DESK, GOOD)


def test_only_an_administrator_makes_officers(people: Context) -> None:
    officers.sign_in(people, "cb-0007", GOOD)

    with pytest.raises(NotAllowed):
        officers.make_officer(people, replace(DESK, id="cb-0008"), GOOD)


@pytest.mark.parametrize("name", ["", "a", "Có Dấu", "a b", "../x", "x" * 65])
def test_a_sign_in_name_has_a_form(context: Context, name: str) -> None:
    with pytest.raises(BadAccount):
        officers.make_officer(context, replace(HEAD, id=name), GOOD)


def test_nobody_signs_in_as_the_program_or_a_kiosk(context: Context) -> None:
    with pytest.raises(BadAccount):
        officers.make_officer(
            context, replace(HEAD, roles=frozenset({Role.ADMINISTRATOR, Role.PROGRAM})), GOOD
        )


def test_the_last_administrator_cannot_go(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)

    with pytest.raises(LastAdministrator):
        officers.change_officer(people, replace(HEAD, roles=frozenset({Role.OFFICER})))


def test_what_an_officer_does_carries_that_officer(people: Context, clock: SetClock) -> None:
    officers.sign_in(people, "CB-0007 ", GOOD)
    desk = Desk(people)
    lend(people, 1, 5)

    code = desk.receive(asked(clock)).code

    view = desk.show(code)
    assert view.officer == "Đỗ Văn Thử"
    assert [line.officer for line in view.history] == ["Đỗ Văn Thử"]
    with people.store.reading() as session:
        told = {entry.officer for entry in trail.entries(session, newest=3)}
        body = session.execute(text("SELECT body FROM outbox")).scalar_one()
    assert told == {"cb-0007"}
    assert '"officer_id":"cb-0007"' in body
    assert checking.verify(people) == ()


def test_after_signing_out_nothing_can_be_done(people: Context, clock: SetClock) -> None:
    officers.sign_in(people, "cb-0007", GOOD)
    officers.sign_out(people, locked=True)

    with pytest.raises(NotSignedIn):
        Desk(people).receive(asked(clock))


def full() -> NoReturn:
    """Stand for the desk's transaction where nothing can be noted any more."""
    raise DiskFull("no space")


def test_a_full_disk_leaves_nobody_in_the_chair(
    people: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    officers.sign_in(people, "cb-0007", GOOD)

    with monkeypatch.context() as patched:
        patched.setattr(people.store, "noting", full)
        with pytest.raises(DiskFull):
            officers.sign_out(people, locked=True)

    assert people.seat.officer is None


def test_nobody_sits_down_unnoted(people: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(people.store, "noting", full)
        with pytest.raises(DiskFull):
            officers.sign_in(people, "cb-0007", GOOD)

    assert people.seat.officer is None


def test_somebody_else_takes_the_chair_at_once(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)
    officers.sign_in(people, "cb-0007", GOOD)

    with people.store.reading() as session:
        newest = trail.entries(session, newest=1)[0]
    assert (newest.action, newest.officer, newest.detail) == (
        "people.signed_in",
        "cb-0007",
        "after truong",
    )


def test_a_wrong_password_and_a_name_that_is_none_are_refused_alike(people: Context) -> None:
    refusals = []
    for account in ("cb-0007", "khong-co"):
        with pytest.raises(WrongPassword) as refused:
            officers.sign_in(people, account, "sai mật khẩu")
        refusals.append(str(refused.value))

    assert refusals[0] == refusals[1]


def test_a_name_that_is_none_costs_the_same_comparison(
    people: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    monkeypatch.setattr(passwords, "holds", lambda password, kept: compared.append(kept))
    with people.store.writing() as session:
        session.execute(text("UPDATE officer SET password = :kept"), {"kept": REAL})

    for account in ("cb-0007", "khong-co"):
        with pytest.raises(WrongPassword):
            officers.sign_in(people, account, "sai")

    assert [kept.split("$")[3] for kept in compared] == ["m=65536,t=3,p=4"] * 2


def test_a_locked_account_stays_locked_whatever_else_of_it_is_changed(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)
    officers.set_open(people, "cb-0007", is_open=False)

    officers.change_officer(people, replace(DESK, title="Công chức hộ tịch"))

    with pytest.raises(WrongPassword):
        officers.sign_in(people, "cb-0007", GOOD)


def guess(context: Context, account: str = "cb-0007") -> float:
    """Guess once, waiting as long as one must before; return the seconds waited."""
    waited = 0.0
    while True:
        try:
            officers.sign_in(context, account, "sai mật khẩu")
        except AccountClosed as closed:
            seconds = float(closed.fields["seconds"])
            assert isinstance(context.hall.clock, SetClock)
            context.hall.clock.move(seconds=seconds)
            waited += seconds
        except WrongPassword:
            return waited


@pytest.mark.parametrize("account", ["cb-0007", "khong-co"])
def test_a_hundred_guesses_take_more_than_an_hour(people: Context, account: str) -> None:
    waits = [guess(people, account) for _ in range(100)]

    assert waits[:5] == [0.0] * 5
    assert 30 <= waits[5] <= 31
    assert 60 <= waits[6] <= 61
    assert max(waits) <= 15 * 60 + 1
    assert sum(waits) > 3600


def test_a_password_typed_as_a_name_is_kept_nowhere(people: Context) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassword):
            officers.sign_in(people, GOOD, "sai")

    with people.store.reading() as session:
        tried = {row.account: row.failures for row in session.scalars(select(TryRow))}
    assert list(tried.values()) == [2]
    assert not any(GOOD in name for name in tried)


def test_a_closed_account_refuses_also_the_right_password(people: Context) -> None:
    for _ in range(5):
        guess(people)

    with pytest.raises(AccountClosed):
        officers.sign_in(people, "cb-0007", GOOD)


def test_a_clock_set_back_does_not_close_an_account_for_good(
    people: Context, clock: SetClock
) -> None:
    for _ in range(5):
        guess(people)
    clock.move(days=-30)

    with pytest.raises(AccountClosed) as closed:
        officers.sign_in(people, "cb-0007", GOOD)

    assert int(closed.value.fields["seconds"]) <= 15 * 60 + 1


def test_signing_in_forgets_the_failed_tries(people: Context) -> None:
    for _ in range(4):
        guess(people)
    officers.sign_in(people, "cb-0007", GOOD)

    assert [guess(people) for _ in range(5)] == [0.0] * 5


@pytest.fixture
def carded(people: Context) -> Context:
    """The desk whose officer has enrolled the own card, and an empty chair."""
    officers.sign_in(people, "truong", GOOD)
    second_factor.enrol_card(people, "cb-0007", OWN)
    officers.sign_out(people)
    return people


def test_an_account_with_a_card_asks_for_it(carded: Context) -> None:
    with pytest.raises(OfficerCardNeeded):
        officers.sign_in(carded, "cb-0007", GOOD)

    assert officers.sign_in(carded, "cb-0007", GOOD, OWN).id == "cb-0007"


@pytest.mark.parametrize(
    ("card", "refusal"),
    [
        (reading(TON_NU, authenticity=AUTHENTIC), AnotherCard),
        (replace(OWN, chip_key="a7" * 32), AnotherCard),
        (replace(OWN, authenticity=UNVERIFIED), CardNotAuthentic),
        (replace(OWN, authenticity=FORGED), CardNotAuthentic),
        (replace(OWN, chip_key=""), CardNotAuthentic),
        (replace(OWN, text=None), CardNotAuthentic),
    ],
    ids=("another", "other chip", "unverified", "forged", "no key", "passport"),
)
def test_another_card_is_refused_and_counts_as_a_failed_try(
    carded: Context, card: CardReading, refusal: type[Refused]
) -> None:
    for _ in range(5):
        with pytest.raises(refusal):
            officers.sign_in(carded, "cb-0007", GOOD, card)

    with pytest.raises(AccountClosed):
        officers.sign_in(carded, "cb-0007", GOOD, OWN)


def test_the_right_card_does_not_stand_in_for_the_password(carded: Context) -> None:
    with pytest.raises(WrongPassword):
        officers.sign_in(carded, "cb-0007", "sai mật khẩu", OWN)


def test_of_an_enrolled_card_neither_number_nor_key_is_kept(carded: Context) -> None:
    with carded.store.reading() as session:
        kept = session.execute(text("SELECT card FROM officer WHERE id = 'cb-0007'")).scalar_one()
        noted = " ".join(str(entry) for entry in trail.entries(session, newest=9))

    assert len(kept) == 64
    for secret in (THU.id_number.digits, OWN.chip_key):
        assert secret not in kept + noted


def test_a_lost_card_is_dropped_with_its_reason_in_the_chain(
    carded: Context,
) -> None:
    officers.sign_in(carded, "truong", GOOD)
    officers.confirm_again(carded, GOOD)

    PeopleDesk(carded).drop_card("cb-0007", CardGone.LOST)

    with carded.store.reading() as session:
        (entry,) = trail.entries(session, newest=1)
    assert (entry.action, entry.subject, entry.detail, entry.officer) == (
        "people.card_dropped",
        "cb-0007",
        "lost",
        "truong",
    )
    assert officers.sign_in(carded, "cb-0007", GOOD).id == "cb-0007"


def test_the_only_administrator_enrols_no_card_that_nobody_could_drop(
    administrator: PeopleDesk, people: Context
) -> None:
    officers.confirm_again(people, GOOD)

    with pytest.raises(CardOfOnlyAdministrator):
        administrator.enrol_card("truong", OWN)


def test_something_grave_asks_for_the_password_once_more(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)

    officers.confirm_again(people, GOOD)
    with pytest.raises(WrongPassword):
        officers.confirm_again(people, "sai")
    officers.sign_out(people)
    with pytest.raises(NotSignedIn):
        officers.confirm_again(people, GOOD)


def test_every_sign_in_and_refusal_stands_in_the_chain(people: Context) -> None:
    guess(people)
    officers.sign_in(people, "cb-0007", GOOD)
    officers.sign_out(people)

    with people.store.reading() as session:
        newest = [entry.action for entry in trail.entries(session, newest=3)]
    assert newest == ["people.signed_out", "people.signed_in", "people.refused"]


@pytest.fixture
def administrator(people: Context) -> PeopleDesk:
    """The officers' page with an administrator in the chair."""
    officers.sign_in(people, "truong", GOOD)
    return PeopleDesk(people)


def test_a_grave_act_wants_the_password_each_time_and_soon(
    people: Context, administrator: PeopleDesk, clock: SetClock
) -> None:
    with pytest.raises(ConfirmAgain):
        administrator.lock("cb-0007")
    officers.confirm_again(people, GOOD)
    administrator.lock("cb-0007")
    with pytest.raises(ConfirmAgain):
        administrator.unlock("cb-0007")
    officers.confirm_again(people, GOOD)
    clock.move(seconds=61)
    with pytest.raises(ConfirmAgain):
        administrator.unlock("cb-0007")

    assert [line.service for line in administrator.list()] == [Service.OPEN, Service.LOCKED]


def test_voiding_wants_a_leaders_password_once_more(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)
    officers.make_officer(
        people, Account("phu-trach", "Y Ước", "", frozenset({Role.SUPERVISOR})), GOOD
    )
    choose_own(people, "phu-trach")
    officers.sign_in(people, "phu-trach", GOOD)

    with pytest.raises(ConfirmationNeeded):
        Desk(people).act(DossierId(uuid7()), Void("nhập nhầm", LEADER))


def test_a_locked_account_signs_in_no_more_until_it_is_opened(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)
    officers.set_open(people, "cb-0007", is_open=False)
    with pytest.raises(WrongPassword):
        officers.sign_in(people, "cb-0007", GOOD)

    officers.set_open(people, "cb-0007", is_open=True)

    assert officers.sign_in(people, "cb-0007", GOOD).id == "cb-0007"


def test_the_end_of_service_erases_the_password_and_keeps_the_name(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)

    officers.end_service(people, "cb-0007")

    with pytest.raises(WrongPassword):
        officers.sign_in(people, "cb-0007", GOOD)
    with pytest.raises(ServiceEnded):
        officers.set_open(people, "cb-0007", is_open=True)
    with pytest.raises(ServiceEnded):
        officers.set_password(people, "cb-0007", "con đò sang ngang")
    with pytest.raises(ServiceEnded):
        officers.change_officer(people, DESK)
    line = next(one for one in officers.officers(people) if one.officer.id == "cb-0007")
    assert (line.service, line.officer.name) == (Service.ENDED, "Đỗ Văn Thử")


def test_a_password_made_of_the_officers_name_is_not_set_anew(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)

    with pytest.raises(WeakPassword):
        officers.set_password(people, "truong", "lythimau-2026")
    assert officers.sign_in(people, "truong", GOOD).id == "truong"


def test_nobody_locks_or_ends_the_own_account(people: Context) -> None:
    officers.sign_in(people, "truong", GOOD)

    with pytest.raises(NotYourself):
        officers.set_open(people, "truong", is_open=False)
    with pytest.raises(NotYourself):
        officers.end_service(people, "truong")


def test_only_an_authentic_card_becomes_a_second_factor(
    people: Context, administrator: PeopleDesk
) -> None:
    officers.confirm_again(people, GOOD)
    with pytest.raises(CardNotAuthentic):
        administrator.enrol_card("cb-0007", reading(THU, authenticity=FORGED))

    administrator.enrol_card("cb-0007", reading(THU, authenticity=AUTHENTIC))

    with pytest.raises(OfficerCardNeeded):
        officers.sign_in(people, "cb-0007", GOOD)
    assert officers.sign_in(people, "cb-0007", GOOD, OWN).id == "cb-0007"


@pytest.mark.parametrize(
    "easy",
    [
        "matkhau@123",
        "M@tkhau2024",
        "P@ssw0rd!",
        "nguyen1985",
        "Quaymotcua#1",
        "anhyeuem99",
        "qwerty123",
        "1qaz2wsx",
        "0987654321a",
        "abcabcabc",
        "Đỗ Văn Thử 1",
        "cb-0007-2026",
        "258258",
        "686868",
        "190885",
        "0912345678",
        "654321",
        "73916",
        "qvzkwtj",
    ],
)
def test_what_everybody_tries_first_is_refused(easy: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_new(easy, told=("cb-0007", "Đỗ Văn Thử"))


@pytest.mark.parametrize("easy", ["giangseophu", "Giàng Seo Phử 26", "phugiangseo!", "gs.phu-gs"])
def test_what_everybody_knows_of_the_officer_is_no_password(easy: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_new(easy, told=("gs.phu", "Giàng Seo Phử"))
    passwords.check_new(easy + " qua cầu tre", told=("gs.phu", "Giàng Seo Phử"))


@pytest.mark.parametrize(
    "good",
    ["cổng làng buổi sớm", "con mèo ngủ trên mái", "7k3f-9xqm-wtr4", "482917", "nắng " * 12 + "x"],
)
def test_a_sentence_and_a_free_pin_are_taken(good: str) -> None:
    passwords.check_new(good, told=("cb-0007", "Đỗ Văn Thử"))


def test_more_than_three_thousand_usual_passwords_are_refused() -> None:
    ends = ("123", "1234", "@123", "2024", "1990", "!", "68", "@2025")
    tried = {word + end for word in passwords.common_words() for end in ends}
    usual = [one for one in tried if len(one) >= passwords.SHORTEST]

    taken = [one for one in usual if not passwords.is_guessable(one)]

    assert len(usual) > 1400
    assert taken == []
    dates = {
        f"{day:02}{month:02}{year:02}"
        for day in range(1, 29)
        for month in range(1, 13)
        for year in (60, 75, 85, 90, 99)
    }
    assert all(passwords.is_guessable(one) for one in dates)
    assert len(usual) + len(dates) > 3000
