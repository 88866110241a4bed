"""A dossier is found by what people have at hand: a code, the end of one, a name, a number."""

from __future__ import annotations

import pytest

from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import UnknownDossier
from counter.people import Action, Officer, Role
from counter.store import outbox
from counter.work import SyncStanding
from tests.counter.desk.conftest import SetClock, asked, lend, person


@pytest.fixture(autouse=True)
def three_dossiers(desk: Desk, context: Context, clock: SetClock) -> None:
    lend(context, 51, 52)
    for name, number in (
        ("Đặng Thị Hòa", "001199000001"),
        ("Nguyễn Văn Ước", "002099000002"),
        ("Trần Hòa Bình", "003099000003"),
    ):
        desk.receive(asked(clock, applicant=person(name, number)))
        clock.move(seconds=1)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Trần Hòa Bình", "Nguyễn Văn Ước", "Đặng Thị Hòa"]),
        ("H55.242-261125-0051", ["Đặng Thị Hòa"]),
        ("261125-0052", ["Nguyễn Văn Ước"]),
        ("0052", ["Nguyễn Văn Ước"]),
        ("tam-q01-261125-0001", ["Trần Hòa Bình"]),
        ("dang thi", ["Đặng Thị Hòa"]),
        ("HOÀ", ["Trần Hòa Bình", "Đặng Thị Hòa"]),
        ("uoc nguyen", ["Nguyễn Văn Ước"]),
        ("002099000002", ["Nguyễn Văn Ước"]),
        ("002099000", ["Nguyễn Văn Ước"]),
        ("0912000001", ["Trần Hòa Bình", "Nguyễn Văn Ước", "Đặng Thị Hòa"]),
        ("%", []),
        ("xyz", []),
    ],
)
def test_it_is_found_by_what_was_typed(desk: Desk, typed: str, names: list[str]) -> None:
    assert [line.applicant_name for line in desk.find_dossiers(typed)] == names


def test_a_list_never_shows_a_whole_number(desk: Desk) -> None:
    assert [line.masked_number for line in desk.find_dossiers("uoc")] == ["002••••••002"]


def test_an_unknown_code_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownDossier):
        desk.show("H55.242-261125-9999")


def test_the_official_code_joins_the_provisional_one(desk: Desk, context: Context) -> None:
    from counter.store.dossiers import get_by_code, note_official_code

    with context.store.writing() as session:
        row = get_by_code(session, "TAM-Q01-261125-0001")
        note_official_code(session, row.id, "H55.242-261125-0099")

    assert desk.show("TAM-Q01-261125-0001").line.code == "H55.242-261125-0099"
    assert desk.show("H55.242-261125-0099").line.provisional is False


def test_a_parked_dossier_shows_why_and_goes_again_when_told(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    code = "H55.242-261125-0051"
    with context.store.writing() as session:
        message = outbox.due(session, clock(), 1)[0]
        outbox.set_aside(session, message, "parked", '{"type": "validation"}')

    parked = desk.show(code)
    again = desk.send_again(code)

    assert (parked.line.standing, parked.trouble) == (
        SyncStanding.PARKED,
        '{"type": "validation"}',
    )
    assert again == 1
    assert desk.show(code).line.standing is SyncStanding.WAITING


def test_unsent_messages_are_listed_oldest_first(desk: Desk) -> None:
    assert [m.dossier_code for m in desk.messages()] == [
        "H55.242-261125-0051",
        "H55.242-261125-0052",
        "TAM-Q01-261125-0001",
    ]


@pytest.mark.parametrize("role", [Role.POST_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not_see_dossiers_learns_how_much_waits_and_not_whose(
    desk: Desk, context: Context, role: Role
) -> None:
    seen = desk.messages()
    context.seat.take(Officer("cb-9", "Y Ước", "", frozenset({role})))

    lines = desk.messages()

    assert [(m.written_at, m.standing) for m in lines] == [(m.written_at, m.standing) for m in seen]
    assert {(m.dossier_code, m.trouble, m.key) for m in lines} == {("", None, None)}


def test_a_cashier_sees_which_dossiers_wait(desk: Desk, context: Context) -> None:
    seen = desk.messages()

    context.seat.take(Officer("cb-9", "Y Ước", "", frozenset({Role.CASHIER})))

    assert desk.messages() == seen


def test_what_may_be_done_is_what_the_roles_allow(desk: Desk, context: Context) -> None:
    context.seat.take(Officer("cb-9", "Y Ước", "", frozenset({Role.KIOSK})))

    assert desk.allowed() == {Action.LOOK_UP, Action.TAKE_TICKET}


def test_the_numbers_left_are_counted(desk: Desk, context: Context) -> None:
    lend(context, 100, 104, number=2)

    assert (desk.serials().left_today, desk.serials().days_ahead) == (5, 0)
