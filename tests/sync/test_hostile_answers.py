"""A portal that answers nonsense: the client says so, goes on, and loses or doubles nothing.

Every answer of a real sandbox is spoilt on its way, value by value and byte by byte. A few rounds
run always, many by name (``-m prove``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import StatementError

from counter.calendar import load_calendar
from counter.desk import checking, offered
from counter.errors import DeskError, PortalSilent
from counter.store import reference
from counter.store.outbox import count
from counter.store.reference import Delta, Place
from counter.store.tables import OutboxRow
from counter.units import load_units, with_told
from counter.values import local_day, now
from counter.wording import load_wordings
from sync import contract
from sync.dvcqg_answers import read_reply
from sync.listed import must_fit
from sync.sandbox.process import SECRET, SandboxProcess
from sync.wire import Answer, Wire
from tests.conftest import ExpectedLog
from tests.spoiling import spoil, spoil_tree
from tests.sync.test_desk_and_portal import RESOURCES, Office

A_FEW, MANY = 25, 100
SPOILT = 0.35
"""The share of answers that are spoilt; the others let the work get further."""


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", desks={"H55.242-Q01": SECRET}) as running:
        yield running


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def spoilt_answer(chance: Random, answer: Answer) -> Answer:
    """Return *answer* with another body, status or header than the portal sent."""
    match chance.randrange(8):
        case 0:
            return replace(answer, status=chance.choice((200, 204, 207, 304, 401, 404, 409, 429)))
        case 1:
            strange = chance.choice(("", "x" * 9000, "-1", "1e9", "\u00ff", "9" * 400))
            return replace(answer, headers=dict.fromkeys(answer.headers, strange))
        case 2:
            return replace(answer, body=spoil(chance, answer.body or b"{}"))
        case 3:
            return replace(answer, body=chance.choice((b"", b"null", b"[" * 90_000, b"<html>")))
    try:
        tree = json.loads(answer.body)
    except ValueError:
        return replace(answer, body=spoil(chance, answer.body or b"{}"))
    if not isinstance(tree, dict | list):
        return replace(answer, body=b"{}")
    body = json.dumps(spoil_tree(chance, tree)).encode()
    return replace(answer, body=body)


def lie(monkeypatch: pytest.MonkeyPatch, chance: Random) -> list[int]:
    """Let answers be spoilt from now on; return where each is counted."""
    ask = Wire.ask
    told: list[int] = []

    def ask_a_liar(self: Wire, *args: Any, **more: Any) -> Answer:
        answer = ask(self, *args, **more)
        if chance.random() >= SPOILT:
            return answer
        told.append(answer.status)
        return spoilt_answer(chance, answer)

    monkeypatch.setattr(Wire, "ask", ask_a_liar)
    return told


def work_with_a_liar(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, rounds: int, seed: int
) -> None:
    """Receive and send while the portal lies, then let it tell the truth and compare."""
    office.sync()
    codes = office.receive(3)
    with monkeypatch.context() as patch:
        told = lie(patch, Random(seed))
        for turn in range(rounds):
            if turn % 10 == 5:
                codes += office.receive(1, seed=seed * 1000 + turn)
            office.set_out_once()
    assert len(told) > rounds // 3, "hardly anything was spoilt"

    office.sync()

    there = {dossier["id"] for dossier in sandbox.dossiers()}
    here = {office.id_of(code) for code in codes}
    with office.context.store.reading() as session:
        stuck = set(
            session.scalars(
                select(OutboxRow.dossier_id).where(OutboxRow.state.in_(("parked", "conflict")))
            )
        )
        assert count(session).waiting == 0 or stuck
    assert len(here) == len(codes), "two receptions became one dossier"
    assert there <= here, "the portal has what nobody received"
    assert here - there <= {str(dossier) for dossier in stuck}, "a reception is lost"
    assert checking.verify(office.context) == ()


def test_a_portal_that_answers_nonsense_loses_and_doubles_nothing(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_with_a_liar(office, sandbox, monkeypatch, A_FEW, seed=1)


def test_a_client_that_gives_up_what_was_not_taken_is_found_out(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_out_once = Office.set_out_once

    def set_out_and_give_up(self: Office) -> None:
        set_out_once(self)
        with self.context.store.writing() as session:
            session.execute(
                update(OutboxRow).where(OutboxRow.state == "waiting").values(state="settled")
            )

    monkeypatch.setattr(Office, "set_out_once", set_out_and_give_up)

    with pytest.raises(AssertionError, match="a reception is lost"):
        work_with_a_liar(office, sandbox, monkeypatch, A_FEW, seed=1)


SHAPES = sorted(contract.Part.__subclasses__(), key=lambda shape: str(shape.__name__))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.__name__))
@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[" * 100_000, b"{" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b'"\\ud800"',
     b"1" * 100_000, b"NaN", b"<html></html>"],
    ids=lambda body: repr(body[:8]),
)  # fmt: skip
def test_what_is_no_answer_is_silence(shape: type[contract.Part], body: bytes) -> None:
    with pytest.raises(PortalSilent) as silent:
        contract.read(shape, body)
    with pytest.raises(PortalSilent):
        read_reply(body)

    assert len(str(silent.value)) < 1000


def read_catalogues(office: Office) -> None:
    """Do with the catalogues everything that a desk does with them; errors with a name may come."""
    context, today = office.context, local_day(now())
    with context.store.reading() as session:
        units = with_told(load_units(RESOURCES / "units"), *offered.units_of(session, today))
        offered.calendar_of(session, load_calendar(RESOURCES / "calendars"), today)
        offered.wordings_of(session, load_wordings(RESOURCES / "papers"))
        offered.agencies_of(session, context.settings.settings.office.agency_code, today)
    units.find("xa thu", 8)
    with suppress(DeskError):  # a person asked for it and is told
        offered.propose(context)


def take_spoilt(office: Office, catalogue: str, items: list[Any], place: Place) -> bool:
    """Let *items* in as the courier does; tell whether they came through."""
    try:
        must_fit(catalogue, items)
    except PortalSilent:
        return False
    with office.context.store.writing() as session:
        delta = Delta(catalogue, items, (), whole=False, place=place)
        reference.take_in(session, delta, now())
    return True


def spoil_catalogue(office: Office, catalogue: str, rounds: int, seed: int) -> int:
    """Offer spoilt items of *catalogue* so often; return how often they were let in."""
    chance = Random(seed)
    with office.context.store.reading() as session:
        good = reference.all_of(session, catalogue)
        place = reference.find_place(session, catalogue)
    assert place is not None
    let_in = 0
    for _ in range(rounds):
        spoilt = spoil_tree(chance, chance.sample(good, min(3, len(good))))
        if isinstance(spoilt, list) and take_spoilt(office, catalogue, spoilt, place):
            let_in += 1
            read_catalogues(office)
    return let_in


@pytest.mark.parametrize("catalogue", reference.CATALOGUES)
def test_what_is_let_into_a_catalogue_can_be_read(office: Office, catalogue: str) -> None:
    office.sync()

    assert 0 < spoil_catalogue(office, catalogue, A_FEW, seed=1) < A_FEW


def test_a_door_that_lets_everything_in_is_found_out(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sync()
    monkeypatch.setitem(globals(), "must_fit", lambda _catalogue, _items: None)

    with pytest.raises((KeyError, TypeError, ValueError, AttributeError, StatementError)):
        spoil_catalogue(office, "units", A_FEW, seed=1)


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("catalogue", reference.CATALOGUES)
def test_thousands_of_spoilt_items_can_be_read_or_stay_out(
    office: Office, catalogue: str, expected_log: ExpectedLog
) -> None:
    expected_log.allow("names no receipt and is left out")
    office.sync()

    spoil_catalogue(office, catalogue, 20 * MANY, seed=2)


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(2, 12))
def test_hundreds_of_rounds_with_nonsense_lose_and_double_nothing(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    work_with_a_liar(office, sandbox, monkeypatch, MANY, seed)
