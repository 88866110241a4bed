"""Whatever is done to the chain of who did what, it is found."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from counter.audit import Entry, Seal, breaks, link_of, make_seed, seal
from counter.store import trail
from counter.store.store import Store

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
KEY = bytes(range(32))


def chain(length: int) -> list[Entry]:
    """A sound chain of *length* entries."""
    entries, before = [], "0" * 64
    for seq in range(1, length + 1):
        told = (f"2026-11-25T05:00:00.{seq:06}Z", "cb-0001", "dossier.read", f"{seq:032x}", "")
        link = link_of(before, seq, *told)
        entries.append(Entry(seq, *told, link))
        before = link
    return entries


SEED = make_seed()
CHAIN = chain(40)
SEALS = [seal(SEED, seq=n, link=CHAIN[n - 1].link, at=CHAIN[n - 1].at) for n in (10, 20, 30)]


def test_a_chain_left_alone_is_sound() -> None:
    assert list(breaks(CHAIN, SEALS, last=40)) == []


@settings(max_examples=200, deadline=None)
@given(
    place=st.integers(0, 39),
    part=st.sampled_from(["at", "officer", "action", "subject", "detail", "link"]),
)
def test_a_changed_entry_is_found(place: int, part: str) -> None:
    old = CHAIN[place]
    changed = [*CHAIN]
    changed[place] = replace(old, **{part: getattr(old, part) + "0"})

    assert list(breaks(changed, SEALS, last=40))


@given(place=st.integers(0, 39))
def test_a_deleted_entry_is_found(place: int) -> None:
    assert list(breaks(CHAIN[:place] + CHAIN[place + 1 :], SEALS, last=40))


@given(place=st.integers(0, 40))
def test_an_entry_put_between_is_found(place: int) -> None:
    before = CHAIN[place - 1].link if place else "0" * 64
    told = ("2026-11-25T05:00:01.000000Z", "cb-0009", "dossier.read", "f" * 32, "")
    put = Entry(place + 1, *told, link_of(before, place + 1, *told))
    moved = [replace(old, seq=old.seq + 1) for old in CHAIN[place:]]

    assert list(breaks([*CHAIN[:place], put, *CHAIN[place:]], SEALS, last=40))
    assert list(breaks([*CHAIN[:place], put, *moved], SEALS, last=41)) or place == 40


@given(one=st.integers(0, 39), other=st.integers(0, 39))
def test_two_swapped_entries_are_found(one: int, other: int) -> None:
    swapped = [*CHAIN]
    swapped[one] = replace(CHAIN[other], seq=CHAIN[one].seq)
    swapped[other] = replace(CHAIN[one], seq=CHAIN[other].seq)

    assert bool(list(breaks(swapped, SEALS, last=40))) == (one != other)


@given(length=st.integers(0, 39))
def test_an_end_cut_off_is_found(length: int) -> None:
    assert list(breaks(CHAIN[:length], SEALS, last=40))


@given(place=st.integers(1, 30))
def test_a_chain_written_anew_is_found_by_a_seal_kept_elsewhere(place: int) -> None:
    forged, before = CHAIN[: place - 1], CHAIN[place - 2].link if place > 1 else "0" * 64
    for old in CHAIN[place - 1 :]:
        told = (old.at, "cb-0002", old.action, old.subject, old.detail)
        before = link_of(before, old.seq, *told)
        forged.append(Entry(old.seq, *told, before))

    assert list(breaks(forged, [], last=40)) == []
    assert list(breaks(forged, SEALS, last=40))


def test_a_chain_cut_below_its_last_seal_is_found_even_when_the_count_was_set_back() -> None:
    assert list(breaks(CHAIN[:25], SEALS, last=25))


def test_a_seal_of_another_key_is_found() -> None:
    other = seal(make_seed(), seq=40, link=CHAIN[-1].link, at=CHAIN[-1].at)

    assert list(breaks(CHAIN, [*SEALS, other], last=40))


def test_a_seal_that_was_changed_is_no_seal() -> None:
    assert not replace(SEALS[0], link="f" * 64).is_good()
    assert not Seal(1, "", "", "", "").is_good()


def noted(store: Store, count: int) -> None:
    with store.writing() as session:
        for number in range(count):
            trail.note(session, officer="cb-0001", action="test", moment=NOON, detail=str(number))
        trail.seal_up(session, NOON)


@pytest.mark.parametrize(
    "crime", ["UPDATE audit SET officer = 'cb-0002'", "DELETE FROM audit WHERE seq = 2"]
)
def test_the_database_refuses_to_change_what_was_noted(store: Store, crime: str) -> None:
    noted(store, 5)

    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.execute(text(crime))


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE audit SET officer = 'cb-0002' WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 5",
        "INSERT INTO audit VALUES (6, '', 'cb-0002', 'x', '', '', 'f')",
        "UPDATE audit SET detail = CASE seq WHEN 2 THEN '2' WHEN 3 THEN '1' END WHERE seq IN (2,3)",
    ],
)
def test_a_hand_in_the_file_is_found(store: Store, crime: str) -> None:
    noted(store, 5)
    with store.writing() as session:
        for what in ("UPDATE", "DELETE"):
            session.execute(text(f"DROP TRIGGER audit_keeps_{what}"))
        session.execute(text(crime))

    with store.reading() as session:
        assert list(trail.find_breaks(session, ()))


def test_the_seals_beside_the_database_find_an_older_copy_put_back(tmp_path: Path) -> None:
    path, seals = tmp_path / "desk.db", tmp_path / "audit-seals.jsonl"
    with closing(Store(path, KEY)) as store:
        noted(store, 5)
    older = path.read_bytes()
    with closing(Store(path, KEY)) as store:
        noted(store, 5)
        with store.reading() as session:
            trail.write_seals(seals, trail.seals(session))
    path.write_bytes(older)

    with closing(Store(path, KEY)) as store, store.reading() as session:
        found = [one.reason for one in trail.find_breaks(session, trail.read_seals(seals))]

    assert found == ["was sealed and is gone"]


def test_a_line_in_the_file_of_seals_that_is_none_is_found(tmp_path: Path, store: Store) -> None:
    noted(store, 2)
    path = tmp_path / "audit-seals.jsonl"
    with store.reading() as session:
        trail.write_seals(path, trail.seals(session))
    path.write_text(path.read_text() + "{}\n")

    with store.reading() as session:
        assert list(trail.find_breaks(session, trail.read_seals(path)))


def test_the_end_of_a_long_file_of_seals_is_read_and_no_more(tmp_path: Path, store: Store) -> None:
    noted(store, 2)
    path = tmp_path / "audit-seals.jsonl"
    with store.reading() as session:
        (made,) = trail.seals(session)
    trail.add_seals(path, [replace(made, seq=seq) for seq in range(1, 5001)])
    with path.open("a") as file:
        file.write("no seal\n")

    last = trail.read_last_seals(path)

    assert 10 < len(last) < 500
    assert [one.seq for one in last] == list(range(5001 - len(last), 5001))
    assert trail.read_last_seals(tmp_path / "none") == []


def test_seals_are_written_once(tmp_path: Path, store: Store) -> None:
    noted(store, 2)
    path = tmp_path / "audit-seals.jsonl"
    with store.reading() as session:
        trail.write_seals(path, trail.seals(session))
        trail.write_seals(path, trail.seals(session))

    assert len(trail.read_seals(path)) == 1


def test_nothing_new_is_not_sealed_again(store: Store) -> None:
    noted(store, 2)

    with store.writing() as session:
        assert not trail.seal_up(session, NOON)
        assert not trail.is_long_unsealed(session)
