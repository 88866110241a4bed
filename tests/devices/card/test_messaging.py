"""Secure messaging: what the chip's side seals the reader opens, and nothing that was harmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card.apdu import Answer, Command
from devices.card.keys import CipherKind, session_keys
from devices.card.messaging import Keys, SecureChannel, SessionLost, open_answer, protect
from devices.card.simulator.secure import Plain, Session

SECRET = b"a secret of thirty-two bytes, no"
READ = Command(0x00, 0xB0, 0x00, 0x00, le=256)
DATA = b"the name of a citizen, or a part of a photo"
ciphers = pytest.mark.parametrize("kind", CipherKind)


def both_sides(kind: CipherKind) -> tuple[Keys, Session]:
    """Return reader's and chip's side of one session."""
    return session_keys(kind, SECRET), Session.agree(int(kind), SECRET)


def given_to_chip(session: Session, command: Command) -> Plain:
    """Return what the chip's side makes of a protected command."""
    sent = Plain(command.cla, command.ins, command.p1, command.p2, command.data, command.le)
    return session.open(sent)


def answered(kind: CipherKind) -> tuple[Keys, bytes]:
    """Return the reader's keys, and the chip's protected answer they wait for."""
    ours, theirs = both_sides(kind)
    given_to_chip(theirs, protect(ours, READ))
    return ours, theirs.close(READ.ins, DATA, 0x9000)


@ciphers
@given(data=st.binary(max_size=600), le=st.none() | st.integers(1, 65536))
def test_a_command_arrives_as_it_was_sent(kind: CipherKind, data: bytes, le: int | None) -> None:
    ours, theirs = both_sides(kind)
    sent = protect(ours, Command(0x00, 0xA4, 0x02, 0x0C, data=data, le=le))

    arrived = given_to_chip(theirs, sent)

    assert (arrived.cla, arrived.ins, arrived.data, arrived.le) == (0x00, 0xA4, data, le)


@ciphers
@given(data=st.binary(max_size=600), status=st.integers(0x6100, 0x9FFF))
def test_an_answer_arrives_as_it_was_given(kind: CipherKind, data: bytes, status: int) -> None:
    ours, theirs = both_sides(kind)
    given_to_chip(theirs, protect(ours, READ))

    answer = open_answer(ours, Answer(theirs.close(READ.ins, data, status), status))

    assert (answer.data, answer.status) == (data, status)


@ciphers
def test_no_single_bit_of_an_answer_can_be_turned_over(kind: CipherKind) -> None:
    taken = []
    for bit in range(8 * len(answered(kind)[1])):
        ours, answer = answered(kind)
        harmed = bytearray(answer)
        harmed[bit // 8] ^= 1 << bit % 8
        try:
            taken.append(open_answer(ours, Answer(bytes(harmed), 0x9000)))
        except SessionLost:
            continue

    assert taken == []


@ciphers
def test_an_answer_cut_off_anywhere_is_refused(kind: CipherKind) -> None:
    lost = 0
    for length in range(len(answered(kind)[1])):
        ours, answer = answered(kind)
        with pytest.raises(SessionLost):
            open_answer(ours, Answer(answer[:length], 0x9000))
        lost += 1

    assert lost > len(DATA)


@ciphers
def test_an_answer_is_good_once(kind: CipherKind) -> None:
    ours, answer = answered(kind)
    open_answer(ours, Answer(answer, 0x9000))

    with pytest.raises(SessionLost):
        open_answer(ours, Answer(answer, 0x9000))


@ciphers
def test_a_status_that_was_changed_outside_is_noticed(kind: CipherKind) -> None:
    ours, answer = answered(kind)

    with pytest.raises(SessionLost):
        open_answer(ours, Answer(answer, 0x6282))


@pytest.mark.parametrize("answer", [Answer(DATA, 0x9000), Answer(b"", 0x9000), Answer(b"", 0x6700)])
def test_an_answer_in_the_clear_ends_the_session(answer: Answer) -> None:
    class Below:
        short_block = 256

        def send(self, command: Command) -> Answer:
            return answer

    channel = SecureChannel(Below(), session_keys(CipherKind.AES_128, SECRET))
    with pytest.raises(SessionLost):
        channel.send(READ)

    with pytest.raises(SessionLost, match="ended"):
        channel.send(READ)
