"""Each role may do exactly what the table says, asked of the desk itself and not of a window."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from counter.acts import ActKind
from counter.desk.desk import Desk
from counter.errors import NotAllowed, NotSignedIn
from counter.people import MAY, Action, Officer, Role, Seat, action_for, action_of
from counter.settings import read_settings
from ui.theme import RESOURCES

SETTINGS = read_settings(RESOURCES / "demo" / "site.toml")
METHODS = {
    name: method
    for name, method in inspect.getmembers(Desk, inspect.isfunction)
    if not name.startswith("_")
}

EXPECTED = {
    Role.OFFICER: "ACT CALL CHECK COLLECT LOOK_UP PRINT PROCESS READ RECEIVE REPORT SEND"
    " TAKE_TICKET",
    Role.CASHIER: "ACT CALL CHECK COLLECT LOOK_UP PRINT READ REPORT",
    Role.SUPERVISOR: "ACT ASSIGN AUDIT CALL CHECK COLLECT CONFIRM CURATE EXPORT_PERSON LOOK_UP"
    " PRINT PROCESS READ RECEIVE REPORT SEND TAKE_TICKET",
    Role.POST_OFFICE: "CALL CHECK LOOK_UP PRINT RECEIVE TAKE_TICKET",
    Role.KIOSK: "LOOK_UP TAKE_TICKET",
    Role.ADMINISTRATOR: "AUDIT CHECK CURATE LOOK_UP MAINTAIN PEOPLE",
    Role.PROGRAM: "ACT ASSIGN AUDIT CALL CHECK CURATE EXPORT_PERSON LOOK_UP MAINTAIN PRINT PROCESS"
    " READ RECEIVE REPORT SEND TAKE_TICKET",
}
"""The table once more, by hand: a change of either must be a change of both."""


class Room:
    """The least a guarded method asks of what it belongs to."""

    def __init__(self, *roles: Role) -> None:
        self.seat = Seat(SETTINGS, Officer("cb-9", "Người Mẫu", "", frozenset(roles)))

    def __getattr__(self, name: str) -> object:
        raise Reached(name)


class Reached(Exception):
    """A guarded method got past its guard."""


class Anything:
    """Stands for any argument; as an act it is the one that the role asks for most."""

    def __init__(self, role: Role | None) -> None:
        self.kind = ActKind.COLLECT if role is Role.CASHIER else ActKind.MOVE


def asked(method: Callable[..., Any], room: Room, role: Role | None = None) -> None:
    """Call *method* with as many arguments as it wants."""
    wanted = inspect.signature(method).parameters.values()
    method(room, *(Anything(role) for p in wanted if p.default is p.empty and p.name != "self"))


@pytest.mark.parametrize("role", Role)
def test_the_table_of_what_a_role_may_do_is_the_agreed_one(role: Role) -> None:
    assert {action.name for action in MAY[role]} == set(EXPECTED[role].split())


@pytest.mark.parametrize("name", METHODS)
def test_every_action_of_the_desk_is_guarded(name: str) -> None:
    assert action_of(METHODS[name]) is not None, f"Desk.{name} needs @may(Action.…)"


@pytest.mark.parametrize(
    ("role", "name"),
    list(product(Role, METHODS)),
    ids=lambda part: str(getattr(part, "value", part)),
)
def test_a_role_reaches_exactly_the_actions_of_its_row(role: Role, name: str) -> None:
    action = action_of(METHODS[name])
    expected = (
        Reached if action is not None and action.name in EXPECTED[role].split() else NotAllowed
    )

    with pytest.raises(expected):
        asked(METHODS[name], Room(role), role)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (ActKind.COLLECT, {Role.OFFICER, Role.CASHIER, Role.SUPERVISOR}),
        (ActKind.HAND_OVER, {Role.OFFICER, Role.SUPERVISOR, Role.PROGRAM}),
        (ActKind.RETURN_RESULT, {Role.OFFICER, Role.SUPERVISOR, Role.PROGRAM}),
        (ActKind.SIGN_LETTER, {Role.SUPERVISOR}),
        (ActKind.CORRECT_RESULT, {Role.SUPERVISOR}),
        (ActKind.RECALL, {Role.SUPERVISOR}),
        (ActKind.CORRECT_RETURN, {Role.SUPERVISOR}),
        (ActKind.CORRECT, {Role.SUPERVISOR}),
        (ActKind.VOID, {Role.SUPERVISOR}),
    ],
)
def test_an_act_needs_its_role(kind: ActKind, roles: set[Role]) -> None:
    assert {role for role in Role if action_for(kind) in MAY[role]} == roles


@pytest.mark.parametrize("name", METHODS)
def test_nobody_in_the_chair_may_do_nothing(name: str) -> None:
    room = Room()
    room.seat.take(None)

    with pytest.raises(NotSignedIn):
        asked(METHODS[name], room)


@pytest.mark.parametrize("action", Action)
def test_several_roles_may_do_what_each_of_them_may(action: Action) -> None:
    both = Officer("cb-9", "Người Mẫu", "", frozenset({Role.CASHIER, Role.ADMINISTRATOR}))

    allowed = MAY[Role.CASHIER] | MAY[Role.ADMINISTRATOR]
    assert both.may(action) == (action in allowed)


def test_who_sits_down_is_named_in_what_the_desk_writes() -> None:
    seat = Seat(SETTINGS, None)
    before = seat.settings.settings.desk.officer_id
    seat.take(Officer("cb-7", "Lê Thị Mẫu", "Chuyên viên", frozenset({Role.OFFICER})))
    during = seat.settings.settings.desk
    seat.take(None)

    assert (during.officer_id, during.officer_name, during.officer_title) == (
        "cb-7",
        "Lê Thị Mẫu",
        "Chuyên viên",
    )
    assert seat.settings.settings.desk.officer_id == before
