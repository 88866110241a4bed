"""The worked examples of ICAO Doc 9303-11: reader and simulated chip must each give its numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest

from counter.cards import Access, MrzKey
from devices.card.apdu import Command, PlainChannel
from devices.card.bac import open_by_bac
from devices.card.chip_proof import verify_recovered
from devices.card.infos import pace_offers
from devices.card.keys import CipherKind, derive, mrz_information, mrz_password, odd_parity
from devices.card.messaging import TRIPLE_DES, Keys, SecureChannel
from devices.card.pace import PaceInfo, open_by_pace
from devices.card.simulator.chip import ChipData, SimulatedChip
from devices.card.simulator.secure import Plain, Session, kdf
from tests.devices.card.scripts import ICAO, ScriptedCard, given, given_numbers

ANNA = MrzKey("L898902C", "690806", "940623")
PETER = MrzKey("D23145890734", "340712", "950712")


def number(section: str, name: str) -> bytes:
    return bytes.fromhex(ICAO[section][name])


# D: Basic Access Control and secure messaging with triple DES


@pytest.mark.parametrize(("purpose", "name"), [(1, "K_enc"), (2, "K_mac")])
def test_d1_keys_come_from_a_seed_on_both_sides(purpose: int, name: str) -> None:
    seed = number("D.1", "K_seed")

    assert derive(CipherKind.TRIPLE_DES, seed, purpose) == number("D.1", name)
    assert odd_parity(kdf(1, seed, purpose)) == number("D.1", name)


@pytest.mark.parametrize(
    ("zone", "example"), [(PETER, 0), (ANNA, 1), (PETER, 2), (ANNA, 3)], ids=str
)
def test_d2_the_zone_yields_what_opens_the_chip(zone: MrzKey, example: int) -> None:
    assert mrz_information(zone).decode() == ICAO["D.2"][example]["mrz_information"]


def test_d3_the_reader_opens_the_chip_with_the_zone() -> None:
    d3 = ICAO["D.3"]
    card = ScriptedCard(
        ("0084000008", d3["RND_IC"] + "9000"),
        ("0082000028" + d3["E_IFD"] + d3["M_IFD"] + "28", d3["resp_data"] + "9000"),
    )
    random = given(number("D.3", "RND_IFD"), number("D.3", "K_IFD"))

    keys = open_by_bac(PlainChannel(card), ANNA, random)

    assert card.is_over
    assert (bytes(keys.encryption), bytes(keys.sealing)) == (
        number("D.3", "KS_enc"),
        number("D.3", "KS_mac"),
    )
    assert keys.counter == int(d3["SSC"], 16)


def test_d3_the_simulated_chip_answers_as_the_example_does() -> None:
    d3 = ICAO["D.3"]
    chip = anna_chip()

    challenge = chip.process(bytes.fromhex("0084000008"))
    answer = chip.process(bytes.fromhex("0082000028" + d3["E_IFD"] + d3["M_IFD"] + "28"))

    assert challenge.hex().upper() == d3["RND_IC"] + "9000"
    assert answer.hex().upper() == d3["resp_data"] + "9000"


def anna_chip() -> SimulatedChip:
    """Return the chip of example D, with its random numbers, its application selected."""
    files = {0x011E: number("D.4", "EF_COM")}
    seed = bytes.fromhex(ICAO["D.2"][3]["sha1"])[:16]
    random = given(number("D.3", "RND_IC"), number("D.3", "K_IC"))
    chip = SimulatedChip(ChipData(files=files, passwords={}, bac_seed=seed), random=random)
    chip.process(bytes.fromhex("00A4040C07A0000002471001"))
    return chip


def test_d4_the_reader_protects_its_commands_and_opens_the_answers() -> None:
    steps = ICAO["D.4"]["apdus"]
    card = ScriptedCard(*((step["protected"], step["response"]) for step in steps))
    channel = SecureChannel(PlainChannel(card), anna_keys())

    answers = [
        channel.send(Command(0x00, 0xA4, 0x02, 0x0C, data=b"\x01\x1e")),
        channel.send(Command(0x00, 0xB0, 0x00, 0x00, le=4)),
        channel.send(Command(0x00, 0xB0, 0x00, 0x04, le=18)),
    ]

    plain = [answer.data.hex().upper() + f"{answer.status:04X}" for answer in answers]
    assert plain == [step["plain_response"] for step in steps]


def anna_keys() -> Keys:
    return Keys(
        suite=TRIPLE_DES,
        encryption=bytearray(number("D.3", "KS_enc")),
        sealing=bytearray(number("D.3", "KS_mac")),
        counter=int(ICAO["D.3"]["SSC"], 16),
    )


@pytest.mark.parametrize("step", range(3))
def test_d4_the_chips_side_opens_the_commands_and_protects_its_answers(step: int) -> None:
    d4 = ICAO["D.4"]["apdus"][step]
    count = int(ICAO["D.3"]["SSC"], 16) + 2 * step
    session = Session(1, number("D.3", "KS_enc"), number("D.3", "KS_mac"), count)
    sent = bytes.fromhex(d4["protected"])
    command = Plain(sent[0], sent[1], sent[2], sent[3], sent[5:-1], 256)
    plain = bytes.fromhex(d4["plain_response"])

    opened = session.open(command)
    answer = session.close(opened.ins, plain[:-2], 0x9000)

    assert bytes((opened.cla, opened.ins, opened.p1, opened.p2)).hex() == d4["plain"][:8].lower()
    assert (answer + plain[-2:]).hex().upper() == d4["response"]


# F: Active Authentication


def test_f_the_recovered_message_proves_the_chip() -> None:
    verify_recovered(number("F", "F"), number("F", "RND_IFD"))


# G: PACE with generic mapping


def offer_of(section: str) -> PaceInfo:
    (offer,) = pace_offers(b"\x31\x14" + number(section, "PACEInfo"))
    return offer


def zone_of(section: str) -> MrzKey:
    told = ICAO[section]["password"]
    return MrzKey(told["document_number"], told["dob"], told["expiry"])


def test_g1_the_password_is_that_of_the_zone() -> None:
    password = mrz_password(zone_of("G.1"))

    assert (password.reference, password.access) == (1, Access.PACE_MRZ)
    assert password.secret == number("G.1", "K")
    assert derive(CipherKind.AES_128, password.secret, 3) == number("G.1", "K_pi")


def test_g1_the_reader_opens_the_chip_with_the_numbers_of_the_example() -> None:
    spoken = ICAO["G.1"]["apdus"]
    card = ScriptedCard(*list(pairwise(spoken))[::2])
    draw = given_numbers(ICAO["G.1"]["map_terminal_priv"], ICAO["G.1"]["ka_terminal_priv"])

    keys = open_by_pace(
        PlainChannel(card), offer_of("G.1"), mrz_password(zone_of("G.1")), draw=draw
    ).keys

    assert card.is_over
    assert (bytes(keys.encryption), bytes(keys.sealing)) == (
        number("G.1", "KS_enc"),
        number("G.1", "KS_mac"),
    )
    assert keys.counter == 0


def test_g1_the_simulated_chip_answers_as_the_example_does() -> None:
    chip = SimulatedChip(
        ChipData(
            files={0x011C: b"\x31\x14" + number("G.1", "PACEInfo")},
            passwords={1: number("G.1", "K")},
            bac_seed=None,
        ),
        random=given(number("G.1", "nonce_s")),
        scalar=given_numbers(ICAO["G.1"]["map_chip_priv"], ICAO["G.1"]["ka_chip_priv"]),
    )

    for asked, told in list(pairwise(ICAO["G.1"]["apdus"]))[::2]:
        assert chip.process(bytes.fromhex(asked)).hex().upper() == told
