"""A portal that answers nonsense: the client says so, goes on, and loses or doubles nothing.

Every answer of a real sandbox is spoilt on its way, value by value and byte by byte. A few rounds
run always, many by name (``-m prove``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from counter.desk import checking
from counter.errors import PortalSilent
from counter.store.outbox import count
from counter.store.tables import OutboxRow
from sync import contract
from sync.dvcqg_answers import read_reply
from sync.sandbox.process import SECRET, SandboxProcess
from sync.wire import Answer, Wire
from tests.spoiling import spoil, spoil_tree
from tests.sync.test_desk_and_portal import Office

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


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(2, 12))
def test_hundreds_of_rounds_with_nonsense_lose_and_double_nothing(
    office: Office, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    work_with_a_liar(office, sandbox, monkeypatch, MANY, seed)
