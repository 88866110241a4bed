"""PACE in every mapping, group and cipher: the numbers of the standard, then the simulated chip."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest

from counter.cards import Access, Can, CardSecrets, Chip, MrzKey, Verdict
from counter.errors import CardUnreadable, WrongCan
from devices.card.apdu import PlainChannel
from devices.card.curves import BadPoint, find_curve
from devices.card.demo import DemoCard
from devices.card.infos import chip_keys, pace_offers
from devices.card.keys import CipherKind, Password, mrz_password
from devices.card.mappings import random_number
from devices.card.modp import find_group
from devices.card.pace import Mapping, PaceInfo, find_offer, open_by_pace
from devices.card.simulator.ber import integer, obj
from devices.card.simulator.chip import ChipData, SimulatedChip
from devices.card.simulator.citizen import CARD_ACCESS, make_chip
from devices.card.simulator.issuer import demonstration_issuer
from devices.card.simulator.modular import GROUPS
from devices.card.simulator.proofs import ChipSecrets, secrets_from
from devices.card.simulator.secure import aes_cbc, kdf
from devices.card.simulator.weierstrass import BY_PARAMETER
from devices.card.trust import TrustStore
from tests.devices.card.conftest import Desk
from tests.devices.card.scripts import ICAO, ScriptedCard, given, given_numbers

ANY = Password(2, b"123456", Access.PACE_CAN)
ID_PACE = bytes.fromhex("04007F0007020204")


def number(section: str, name: str) -> bytes:
    return bytes.fromhex(ICAO[section][name])


def offer(mapping: Mapping, cipher: CipherKind, parameter: int) -> PaceInfo:
    return PaceInfo(ID_PACE + bytes([mapping, cipher]), mapping, cipher, parameter)


# The worked examples


@pytest.mark.parametrize("section", ["G.2", "I.1"])
def test_the_reader_opens_the_chip_with_the_numbers_of_the_example(section: str) -> None:
    example = ICAO[section]
    told = example["password"]
    spoken = list(pairwise(example["apdus"]))[::2]
    if not spoken[-1][1].endswith("9000"):  # G.2 prints the last answer without its status word
        spoken[-1] = spoken[-1][0], spoken[-1][1] + "9000"
    card = ScriptedCard(*spoken)
    draw = given_numbers(example["map_terminal_priv"], example["ka_terminal_priv"])
    (offered,) = pace_offers(b"\x31\x14" + number(section, "PACEInfo"))
    password = mrz_password(MrzKey(told["document_number"], told["dob"], told["expiry"]))

    opened = open_by_pace(PlainChannel(card), offered, password, draw=draw)

    assert card.is_over
    assert opened.keys.encryption == number(section, "KS_enc")
    assert opened.keys.sealing == number(section, "KS_mac")


def test_i1_the_chip_proves_its_own_key_while_it_is_opened() -> None:
    example = ICAO["I.1"]
    told = example["password"]
    card = ScriptedCard(*list(pairwise(example["apdus"]))[::2])
    draw = given_numbers(example["map_terminal_priv"], example["ka_terminal_priv"])
    (offered,) = pace_offers(b"\x31\x14" + number("I.1", "PACEInfo"))
    password = mrz_password(MrzKey(told["document_number"], told["dob"], told["expiry"]))
    curve = find_curve(13)
    assert curve is not None

    proof = open_by_pace(PlainChannel(card), offered, password, draw=draw).proof

    assert proof is not None
    assert proof.scalar == int(example["decrypted_ca_data"], 16)
    assert proof.is_of(curve.decode(b"\x04" + number("I.1", "chip_static_pub")))
    assert not proof.is_of(curve.base_times(2))


def test_i1_the_static_key_is_found_where_it_is_named_by_number() -> None:
    protocol = obj(0x30, obj(0x06, bytes.fromhex("04007F00070202030202")), integer(1), integer(13))
    listed = obj(0x6E, obj(0x31, number("I.1", "chip_auth_public_key_info"), protocol))

    (key,) = chip_keys(listed)

    assert key.key_id == 13
    assert key.public.public_numbers().x == int(ICAO["I.1"]["chip_static_pub"][:64], 16)


@pytest.mark.parametrize(
    ("section", "mapping", "parameter"),
    [("H.1", Mapping.ECDH_INTEGRATED, 13), ("H.2", Mapping.DH_INTEGRATED, 0)],
)
def test_integrated_mapping_gives_the_numbers_of_the_example(
    section: str, mapping: Mapping, parameter: int
) -> None:
    """The printed password key is derived from nothing printed, so the nonce is hidden anew."""
    example = ICAO[section]
    point = b"\x04" if parameter else b""
    nonce = aes_cbc(kdf(2, ANY.secret, 3), bytes(16), number(section, "nonce_s"))
    answers = (
        obj(0x80, nonce),
        obj(0x82),
        obj(0x84, point + number(section, "ka_chip_pub")),
        obj(0x86, number(section, "T_IC")),
    )
    offered = offer(mapping, CipherKind.AES_128, parameter)
    asked = (
        b"",
        obj(0x81, number(section, "nonce_t")),
        obj(0x83, point + number(section, "ka_terminal_pub")),
        obj(0x85, number(section, "T_IFD")),
    )
    security = obj(0x80, offered.oid) + obj(0x83, b"\x02")
    script = [(bytes((0, 0x22, 0xC1, 0xA4, len(security))) + security, b"\x90\x00")]
    for step, (sent, told) in enumerate(zip(asked, answers, strict=True)):
        data = obj(0x7C, sent)
        head = bytes((0x00 if step == 3 else 0x10, 0x86, 0, 0, len(data)))
        script.append((head + data + b"\0", obj(0x7C, told) + b"\x90\x00"))
    card = ScriptedCard(*((command.hex(), answer.hex()) for command, answer in script))

    opened = open_by_pace(
        PlainChannel(card),
        offered,
        ANY,
        draw=given_numbers(example["ka_terminal_priv"]),
        random=given(number(section, "nonce_t")),
    )

    assert opened.keys.encryption == number(section, "KS_enc")
    assert opened.keys.sealing == number(section, "KS_mac")


@pytest.mark.parametrize(("section", "parameter"), [("H.1", 13), ("H.2", 0)])
def test_the_random_number_becomes_the_generator_on_both_sides(
    section: str, parameter: int
) -> None:
    nonces = number(section, "nonce_s"), number(section, "nonce_t")
    curve, group = find_curve(parameter), find_group(parameter)
    modulus = curve.modulus if curve else group.modulus if group else 0

    made = random_number(CipherKind.AES_128, *nonces, modulus)

    generators = []
    if curve:
        chip = BY_PARAMETER[parameter]
        generators = [
            curve.encode(curve.from_random(made)),
            chip.to_bytes(chip.encode_number(made)),
        ]
    if group:
        other = GROUPS[parameter]
        generators = [
            group.encode(group.from_random(made)),
            other.to_bytes(other.encode_number(made)),
        ]
    assert made == int(ICAO[section]["Rp"], 16)
    assert [one[-len(number(section, "mapped_generator")) :] for one in generators] == [
        number(section, "mapped_generator")
    ] * 2


# Reader and simulated chip


def access_file(*offers: PaceInfo) -> bytes:
    entries = [obj(0x30, obj(0x06, one.oid), integer(2), integer(one.parameter)) for one in offers]
    return obj(0x31, *entries)


def every_kind() -> list[PaceInfo]:
    """Return each mapping, group and cipher at least once."""
    curves, primes = (12, 13, 15, 16, 17, 18), (0, 1, 2)
    aes = CipherKind.AES_128
    over_curves = product((Mapping.ECDH_GENERIC, Mapping.ECDH_INTEGRATED), curves)
    over_primes = product((Mapping.DH_GENERIC, Mapping.DH_INTEGRATED), primes)
    kinds = [offer(mapping, aes, group) for mapping, group in (*over_curves, *over_primes)]
    others = product((Mapping.ECDH_GENERIC, Mapping.ECDH_INTEGRATED), set(CipherKind) - {aes})
    kinds += [offer(mapping, cipher, 13) for mapping, cipher in others]
    proving = (CipherKind.AES_128, CipherKind.AES_192, CipherKind.AES_256)
    return kinds + [offer(Mapping.ECDH_CHIP_AUTHENTICATION, cipher, 13) for cipher in proving]


@pytest.mark.parametrize(
    "kind", every_kind(), ids=lambda k: f"{k.mapping.name}-{k.cipher.name}-{k.parameter}".lower()
)
def test_every_kind_of_pace_opens_a_card(desk: Desk, card: DemoCard, kind: PaceInfo) -> None:
    data = make_chip(card.citizen, card_access=access_file(kind), secrets=secrets_from("chip"))

    reading = desk.read(SimulatedChip(data), CardSecrets(can=card.can))

    assert reading.access is Access.PACE_CAN
    assert reading.text is not None
    assert reading.text.id_number == card.number


def test_wrong_digits_are_called_so_in_every_mapping(desk: Desk, card: DemoCard) -> None:
    wrong = CardSecrets(can=Can("000000"))

    for mapping in (Mapping.ECDH_INTEGRATED, Mapping.ECDH_CHIP_AUTHENTICATION):
        kind = offer(mapping, CipherKind.AES_128, 13)
        data = make_chip(card.citizen, card_access=access_file(kind), secrets=secrets_from("chip"))
        with pytest.raises(WrongCan):
            desk.read(SimulatedChip(data), wrong)


@pytest.fixture
def trusting(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that trusts the issuer of the demonstration."""
    certificate = tmp_path / "issuer.cer"
    certificate.write_bytes(demonstration_issuer().csca.der)
    desk.anchors = TrustStore(tmp_path / "trust")
    desk.anchors.import_file(certificate)
    return desk


CAM = access_file(offer(Mapping.ECDH_CHIP_AUTHENTICATION, CipherKind.AES_128, 13))


def test_a_chip_that_proves_itself_while_opening_need_not_do_so_again(
    trusting: Desk, card: DemoCard
) -> None:
    secrets = ChipSecrets(agreement=secrets_from("chip").agreement)
    usual = make_chip(card.citizen, secrets=secrets)
    proving = make_chip(card.citizen, secrets=secrets, card_access=CAM)

    longer = trusting.read(SimulatedChip(usual), CardSecrets(can=card.can))
    reading = trusting.read(SimulatedChip(proving), CardSecrets(can=card.can))

    assert reading.authenticity.verdict is Verdict.AUTHENTIC
    assert reading.timing.apdus == longer.timing.apdus - 2


def test_a_copy_is_found_out_while_it_is_opened(trusting: Desk, card: DemoCard) -> None:
    genuine = make_chip(card.citizen, secrets=secrets_from("chip"), card_access=CAM)
    copied = replace(genuine, secrets=secrets_from("copy"))

    truth = trusting.read(SimulatedChip(copied), CardSecrets(can=card.can)).authenticity

    assert truth.chip is Chip.CLONE
    assert truth.verdict is Verdict.FORGED


def test_the_best_of_several_offers_is_taken_and_named(desk: Desk, card: DemoCard) -> None:
    slow = offer(Mapping.DH_GENERIC, CipherKind.AES_128, 1)
    unknown = offer(Mapping.ECDH_GENERIC, CipherKind.AES_128, 11)
    usual = offer(Mapping.ECDH_GENERIC, CipherKind.AES_128, 13)
    data = make_chip(card.citizen, card_access=access_file(slow, unknown, usual))

    reading = desk.read(SimulatedChip(data), CardSecrets(can=card.can))

    assert find_offer((slow, unknown, usual)) == usual
    assert reading.text is not None


def test_an_offer_nobody_knows_is_said_to_be_unreadable(desk: Desk, card: DemoCard) -> None:
    unknown = offer(Mapping.ECDH_GENERIC, CipherKind.AES_128, 11)
    data = make_chip(card.citizen, card_access=access_file(unknown))

    with pytest.raises(CardUnreadable):
        desk.read(SimulatedChip(data), CardSecrets(can=card.can))


# Numbers no honest chip gives


@pytest.mark.parametrize(
    "data", [b"", b"\x04", b"\x04" + bytes(64), b"\x02" + bytes(32), bytes(65)]
)
def test_a_point_off_the_curve_is_refused(data: bytes) -> None:
    curve = find_curve(13)
    assert curve is not None

    with pytest.raises(BadPoint):
        curve.decode(data)


@pytest.mark.parametrize("element", [0, 1, 2])
def test_a_number_outside_the_group_is_refused(element: int) -> None:
    group = find_group(0)
    assert group is not None

    with pytest.raises(CardUnreadable):
        group.decode(group.encode(element))


@pytest.mark.parametrize("parameter", [12, 13, 15, 16, 17, 18])
def test_both_arithmetics_agree_and_keep_leading_zeros(parameter: int) -> None:
    curve, chip = find_curve(parameter), BY_PARAMETER[parameter]
    assert curve is not None

    for scalar in (1, 2, 3, curve.order - 1, curve.order - 2, 2**64 + 13):
        ours = curve.times(scalar, curve.base_times(7))
        assert curve.encode(ours) == chip.to_bytes(chip.multiply(scalar * 7, chip.generator))


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_ten_thousand_chips_are_opened_with_random_keys() -> None:
    """About one in 128 has a shared secret or coordinate that begins with a zero byte."""
    (usual,) = pace_offers(CARD_ACCESS)
    zeros = 0

    for _ in range(10_000):
        data = ChipData({0x011C: CARD_ACCESS}, {2: ANY.secret}, None)
        card = Overheard(SimulatedChip(data))
        opened = open_by_pace(PlainChannel(card), usual, ANY)
        assert opened.keys.counter == 0
        zeros += card.has_leading_zero

    assert zeros > 100


class Overheard:
    """A transport straight to a chip; it looks for coordinates that begin with a zero byte."""

    reader = "overheard"
    atr = b""
    carries_long = True

    def __init__(self, chip: SimulatedChip) -> None:
        self._chip = chip
        self.has_leading_zero = False

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        answer = self._chip.process(command)
        for text in (command, answer):
            at = text.find(b"\x41\x04")  # one public key, uncompressed
            point = text[at + 2 : at + 66] if at >= 0 else b""
            if len(point) == 64 and 0 in {point[0], point[32]}:
                self.has_leading_zero = True
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def reset(self) -> None:
        self._chip.power()

    def disconnect(self) -> None:
        """Nothing holds it."""
