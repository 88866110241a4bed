"""Every grave act wants the password once more; guessing stays dear after a restart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from counter.desk import officers, tries
from counter.desk.context import Context
from counter.desk.data_desk import DataDesk
from counter.desk.opening import Opening, open_desk
from counter.desk.people_desk import PeopleDesk
from counter.desk.registering import RegisterDesk
from counter.errors import AccountClosed, ConfirmAgain, QueueSound, WrongPassword
from counter.people import Role
from counter.roster import Account, CardGone
from counter.store import trail
from counter.values import CitizenNumber, local_day
from tests.counter.desk.conftest import SetClock
from tests.counter.desk.test_officers import DESK, GOOD, OWN, at_once, guess
from tests.counter.test_people import offered

__all__ = ["at_once"]

ALL = Account(
    "phu-trach",
    "Y Ước",
    "Phụ trách",
    frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OFFICER}),
)
CITIZEN = CitizenNumber("001199012345")


@pytest.fixture
def staffed(context: Context, at_once: None) -> Context:
    """A desk with an officer, and in the chair who may do everything."""
    context.seat.take(None)
    officers.make_officer(context, ALL, GOOD)
    officers.sign_in(context, ALL.id, GOOD)
    officers.make_officer(context, DESK, GOOD)
    return context


def write_register(context: Context, folder: Path) -> object:
    registers, today = RegisterDesk(context), local_day(context.clock())
    return registers.write(registers.dossiers(today, today), folder / "so.xlsx")


def renew_queue(context: Context, _folder: Path) -> None:
    """Begin the queue anew; it is sound, so all that is refused after the password is that."""
    with suppress(QueueSound):
        DataDesk(context).renew_queue()


GRAVE: dict[str, Callable[[Context, Path], object]] = {
    "PeopleDesk.make": lambda c, _: PeopleDesk(c).make(replace(DESK, id="cb-0008"), GOOD),
    "PeopleDesk.change": lambda c, _: PeopleDesk(c).change(replace(DESK, title="Công chức")),
    "PeopleDesk.set_password": lambda c, _: PeopleDesk(c).set_password(
        DESK.id, "con đò sang ngang"
    ),
    "PeopleDesk.lock": lambda c, _: PeopleDesk(c).lock(DESK.id),
    "PeopleDesk.unlock": lambda c, _: PeopleDesk(c).unlock(DESK.id),
    "PeopleDesk.end_service": lambda c, _: PeopleDesk(c).end_service(DESK.id),
    "PeopleDesk.enrol_card": lambda c, _: PeopleDesk(c).enrol_card(DESK.id, OWN),
    "PeopleDesk.drop_card": lambda c, _: PeopleDesk(c).drop_card(DESK.id, CardGone.LOST),
    "DataDesk.read_person": lambda c, _: DataDesk(c).read_person(CITIZEN, identity_checked=True),
    "DataDesk.export_person": lambda c, folder: DataDesk(c).export_person(
        CITIZEN, folder / "nguoi.json", identity_checked=True
    ),
    "DataDesk.renew_queue": renew_queue,
    "DataDesk.ask_for_new_key": lambda c, _: DataDesk(c).ask_for_new_key(),
    "RegisterDesk.write": write_register,
}
"""Each act that wants the password once more; a leader's acts stand in test_confirming.py."""

CALM = {"PeopleDesk.list", "DataDesk.job"}
"""Of the same rooms, what changes nothing and hands nothing out that was not handed out before."""


@pytest.mark.parametrize("act", GRAVE)
def test_a_grave_act_is_done_only_after_the_password_and_only_once(
    staffed: Context, tmp_path: Path, act: str
) -> None:
    with staffed.store.reading() as session:
        before = trail.entries(session, newest=1)[0].seq

    with pytest.raises(ConfirmAgain):
        GRAVE[act](staffed, tmp_path)
    with staffed.store.reading() as session:
        changed = [e.action for e in trail.entries(session, newest=9) if e.seq > before]
    officers.confirm_again(staffed, GOOD)
    GRAVE[act](staffed, tmp_path)
    with pytest.raises(ConfirmAgain):
        GRAVE[act](staffed, tmp_path)

    assert set(changed) <= {"register.read"}, "nothing was done without it"


def test_no_act_of_the_rooms_that_do_grave_things_is_forgotten() -> None:
    rooms = (PeopleDesk, DataDesk)
    acts = {f"{room.__name__}.{name}" for room in rooms for name in offered(room)}

    assert acts - CALM == GRAVE.keys() - {"RegisterDesk.write"}


def test_an_account_stays_closed_when_the_program_is_started_again(
    opening: Opening, clock: SetClock, at_once: None
) -> None:
    with open_desk(opening) as context:
        context.seat.take(None)
        officers.make_officer(context, ALL, GOOD)
        for _ in range(tries.FREE_TRIES):
            guess(context, ALL.id)

    with open_desk(opening) as context:
        with pytest.raises(AccountClosed):
            officers.sign_in(context, ALL.id, GOOD)
        clock.move(seconds=tries.FIRST_WAIT_S + 1)
        with pytest.raises(WrongPassword):
            officers.sign_in(context, ALL.id, "sai mật khẩu")
    with open_desk(opening) as context, pytest.raises(AccountClosed) as closed:
        officers.sign_in(context, ALL.id, GOOD)

    assert int(closed.value.fields["seconds"]) > tries.FIRST_WAIT_S, "the wait grows on"
