"""Each role may do exactly what the table says, asked of the desk itself and not of a window."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

import counter.desk
from counter.acts import ActKind
from counter.desk.data_desk import DataDesk
from counter.desk.desk import Desk
from counter.errors import NotAllowed, NotSignedIn
from counter.people import MAY, Action, Officer, Role, Seat, action_for, action_of
from counter.settings import read_settings
from ui.theme import RESOURCES

SETTINGS = read_settings(RESOURCES / "demo" / "site.toml")
BEHIND_A_DOOR = {
    "CallDesk": "calls",
    "LateDesk": "late",
    "ReassignDesk": "reassigning",
    "VisitDesk": "visits",
}
"""Rooms of the desk without guards of their own, and the guarded method that leads to each."""
NO_OFFICERS = {
    "Case": "one dossier inside a transaction that a guarded method began",
    "Context": "what the rooms are made of",
    "HourlyBackups": "the program's own turn between two acts",
    "KioskDesk": "the kiosk's own program, in which no officer sits",
    "DeskIssuers": "asks the seat itself: tests/counter/desk/test_issuers.py",
}


def rooms() -> dict[str, type]:
    """Return every class of the desk that offers something, by its name."""
    return {
        name: room
        for found in pkgutil.iter_modules(counter.desk.__path__)
        for name, room in inspect.getmembers(
            importlib.import_module(f"counter.desk.{found.name}"), inspect.isclass
        )
        if room.__module__ == f"counter.desk.{found.name}" and offered(room)
    }


def offered(room: type) -> dict[str, Callable[..., Any]]:
    """Return what a room offers, by its name."""
    return {
        name: method
        for name, method in vars(room).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }


METHODS = {
    f"{name}.{asked_for}": method
    for name, room in rooms().items()
    if name not in BEHIND_A_DOOR.keys() | NO_OFFICERS.keys()
    for asked_for, method in offered(room).items()
}

EXPECTED = {
    Role.OFFICER: "ACT CALL CHECK COLLECT HAND_OVER LOOK_UP PRINT PROCESS READ RECEIVE REPORT"
    " SEND TAKE_TICKET",
    Role.CASHIER: "ACT CALL CHECK COLLECT LOOK_UP PRINT READ REPORT",
    Role.SUPERVISOR: "ACT ASSIGN AUDIT CALL CHECK COLLECT CONFIRM CURATE EXPORT_PERSON HAND_OVER"
    " LOOK_UP PRINT PROCESS READ RECEIVE REPORT SEND TAKE_TICKET",
    Role.POST_OFFICE: "CALL CHECK HAND_OVER LOOK_UP PRINT RECEIVE TAKE_TICKET",
    Role.KIOSK: "LOOK_UP TAKE_TICKET",
    Role.ADMINISTRATOR: "AUDIT CHECK CURATE LOOK_UP MAINTAIN PEOPLE",
    Role.PROGRAM: "CALL CHECK LOOK_UP MAINTAIN SEND TAKE_TICKET",
}
"""The table once more, by hand: a change of either must be a change of both."""

GUARDED = {
    Action.LOOK_UP: "CatalogueDesk.search CatalogueDesk.versions CatalogueDesk.print_list"
    " CertifyDesk.quote Desk.find_procedures Desk.find_units Desk.place Desk.plan Desk.reasons"
    " Desk.declare Desk.note_paper Desk.services Desk.payments Desk.certifying Desk.curation"
    " Desk.queue Desk.allowed Desk.messages Desk.serials Desk.data Desk.confirm_again"
    " PaymentDesk.settle",
    Action.CURATE: "CatalogueDesk.curate CatalogueDesk.propose CatalogueDesk.propose_told"
    " CatalogueDesk.accept CatalogueDesk.undo CatalogueDesk.publish",
    Action.RECEIVE: "CertifyDesk.certify Desk.receive Desk.receive_many Desk.guide Desk.reopen"
    " Desk.late Desk.visits Desk.refuse",
    Action.READ: "CertifyDesk.in_hand Desk.usual Desk.find_dossiers Desk.show Desk.today"
    " Desk.due_watch Desk.possible Desk.copy_sheet Desk.save_file Desk.message",
    Action.PROCESS: "CertifyDesk.sign CertifyDesk.give_out Desk.note_system_code Desk.attach_file"
    " Desk.fetch_files",
    Action.HAND_OVER: "Desk.handing HandingDesk.waiting HandingDesk.scan HandingDesk.hand_over",
    Action.REPORT: "CertifyDesk.book Desk.drawer Desk.registers DrawerDesk.look"
    " RegisterDesk.dossiers RegisterDesk.certified RegisterDesk.scores RegisterDesk.write",
    Action.EXPORT_PERSON: "DataDesk.export_person DataDesk.read_person DataDesk.job",
    Action.MAINTAIN: "DataDesk.ask_for_new_key DataDesk.renew_queue Desk.keep_ticket_width",
    Action.CONFIRM: "Desk.reassigning",
    Action.ACT: "Desk.act Desk.act_all",
    Action.PRINT: "Desk.reprint Desk.print_declaration Desk.print_checklist DrawerDesk.reprint"
    " RegisterDesk.job",
    Action.TAKE_TICKET: "Desk.take_ticket",
    Action.CALL: "Desk.call_next Desk.calls",
    Action.ASSIGN: "Desk.counters Desk.assign_counter",
    Action.SEND: "Desk.try_files_again Desk.settle_conflict Desk.amend_message Desk.send_again",
    Action.PEOPLE: "Desk.people PeopleDesk.list PeopleDesk.make PeopleDesk.change"
    " PeopleDesk.set_password PeopleDesk.lock PeopleDesk.unlock PeopleDesk.end_service"
    " PeopleDesk.enrol_card PeopleDesk.drop_card",
    Action.AUDIT: "Desk.audit Desk.print_seal",
    Action.CHECK: "Desk.ruler Desk.verify",
    Action.COLLECT: "DrawerDesk.close DrawerDesk.bind PaymentDesk.ask PaymentDesk.look"
    " PaymentDesk.print_code PaymentDesk.drop",
}
"""What each method asks, by hand too: a guard that asks less than before is seen."""


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
    """Call *method* with as many arguments as it wants; only past its guard it looks at them."""
    wanted = inspect.signature(method).parameters.values()
    needed = [p for p in wanted if p.default is p.empty and p.name != "self"]
    by_name = {p.name: Anything(role) for p in needed if p.kind is p.KEYWORD_ONLY}
    in_order = (Anything(role) for p in needed if p.kind is not p.KEYWORD_ONLY)
    try:
        method(room, *in_order, **by_name)
    except (AttributeError, TypeError) as past_its_guard:
        raise Reached from past_its_guard


@pytest.mark.parametrize("role", Role)
def test_the_table_of_what_a_role_may_do_is_the_agreed_one(role: Role) -> None:
    assert {action.name for action in MAY[role]} == set(EXPECTED[role].split())


@pytest.mark.parametrize("name", METHODS)
def test_every_action_of_the_desk_is_guarded(name: str) -> None:
    assert action_of(METHODS[name]) is not None, f"{name} needs @may(Action.…)"


def test_each_action_asks_for_what_was_agreed() -> None:
    asks = {name: action_of(method) for name, method in METHODS.items()}

    assert asks == {name: action for action, names in GUARDED.items() for name in names.split()}


def test_a_guard_that_asks_for_less_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(METHODS["PeopleDesk.set_password"]), "action", Action.LOOK_UP)

    with pytest.raises(AssertionError):
        test_each_action_asks_for_what_was_agreed()


@pytest.mark.parametrize("room", BEHIND_A_DOOR)
def test_a_room_without_guards_is_entered_by_a_guarded_door(room: str) -> None:
    door = offered(Desk)[BEHIND_A_DOOR[room]]

    assert action_of(door) is not None
    assert inspect.signature(door).return_annotation == room


def test_a_new_room_without_guards_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(METHODS) > 60
    monkeypatch.delattr(offered(DataDesk)["read_person"], "action")

    assert [n for n, method in METHODS.items() if action_of(method) is None] == [
        "DataDesk.read_person"
    ]


@pytest.mark.parametrize(
    ("role", "name"),
    list(product(Role, METHODS)),
    ids=lambda part: str(getattr(part, "value", part)),
)
def test_a_role_reaches_exactly_the_actions_of_its_row(role: Role, name: str) -> None:
    (action,) = (action for action, names in GUARDED.items() if name in names.split())
    expected = Reached if action.name in EXPECTED[role].split() else NotAllowed

    with pytest.raises(expected):
        asked(METHODS[name], Room(role), role)


AT_DESK = {Role.OFFICER, Role.SUPERVISOR}
LEADER = {Role.SUPERVISOR}
BY_ACT: dict[ActKind, set[Role]] = {
    ActKind.SIGN_LETTER: LEADER,
    ActKind.ACCEPT: AT_DESK | {Role.POST_OFFICE},
    ActKind.COLLECT: AT_DESK | {Role.CASHIER},
    ActKind.TAKE_SUPPLEMENT: AT_DESK,
    ActKind.RETURN_RESULT: AT_DESK,
    ActKind.HAND_OVER: AT_DESK | {Role.POST_OFFICE},
    ActKind.TAKE_RESULT: AT_DESK,
    ActKind.ASK_SUPPLEMENT: AT_DESK,
    ActKind.ASK_PAYMENT: AT_DESK,
    ActKind.DRAFT_APOLOGY: AT_DESK,
    ActKind.DRAFT_STOP: AT_DESK,
    ActKind.REFUSE: AT_DESK,
    ActKind.WITHDRAW: AT_DESK,
    ActKind.HAND_TO_POST: AT_DESK,
    ActKind.MOVE: AT_DESK,
    ActKind.CORRECT_RESULT: LEADER,
    ActKind.RECALL: LEADER,
    ActKind.CORRECT_RETURN: LEADER,
    ActKind.SETTLE_RECEIPT: AT_DESK,
    ActKind.GIVE_BACK: LEADER,
    ActKind.CORRECT: LEADER,
    ActKind.VOID: LEADER,
}
"""Who does each act: written down once more, so that a changed role is seen."""


@pytest.mark.parametrize("kind", ActKind)
def test_an_act_needs_its_role(kind: ActKind) -> None:
    assert {role for role in Role if action_for(kind) in MAY[role]} == BY_ACT[kind]


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
