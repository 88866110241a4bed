"""One chip: it takes command APDUs and gives answers, as ICAO Doc 9303-10 and -11 want it.

What the bytes of its files say is not its business; they are put in when it is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.card.simulator.ber import Malformed, first, obj, objects
from devices.card.simulator.pace import (
    ChipPace,
    Passwords,
    Refusal,
    Scalar,
    group_of,
    random_scalar,
)
from devices.card.simulator.proofs import ChipSecrets, sign
from devices.card.simulator.secure import (
    Broken,
    Plain,
    Session,
    des_cbc,
    des_mac,
    dynamic_data,
    fill,
    kdf,
)

AID = bytes.fromhex("A0000002471001")
MF_FILES = {0x011C, 0x2F01}
"""Files anybody may read before the chip is opened."""
LOCKED = {0x0103, 0x0104}
"""Fingerprints and irises: they ask for terminal authentication, which offices do not have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the chip and its reader carry at once.

    Attributes:
        answer: Bytes of data in one answer; 256 means short answers only.
        refuses: Answers 6700 when more is wanted, instead of giving what fits.
        drops: Answers so in the clear and forgets the session.
        keeps: Refuses long commands in the clear and keeps the session, which never saw them.
        announces: Its answer to reset says whether it understands long lengths.
        sfi: Short file identifiers work.
        select_mf: SELECT of the master file works.
    """

    answer: int = 65536
    refuses: bool = False
    drops: bool = False
    keeps: bool = False
    announces: bool = True
    sfi: bool = True
    select_mf: bool = True


@dataclass(frozen=True, slots=True)
class ChipData:
    """What one chip was made with.

    Attributes:
        files: Content by file identifier.
        passwords: Secret by PACE password reference; empty for a chip without PACE.
        bac_seed: Sixteen bytes from the machine-readable zone; None for a chip without BAC.
        secrets: The keys it proves itself with.
    """

    files: Mapping[int, bytes] = field(repr=False)
    passwords: Passwords = field(repr=False)
    bac_seed: bytes | None = field(repr=False)
    limits: Limits = Limits()
    secrets: ChipSecrets = field(default_factory=ChipSecrets)


class SimulatedChip:
    """A powered chip. ``power`` forgets everything but its files."""

    def __init__(
        self,
        data: ChipData,
        *,
        random: Callable[[int], bytes] = os.urandom,
        scalar: Scalar = random_scalar,
    ) -> None:
        self.data = data
        self._random = random
        self._scalar = scalar
        self.power()

    def power(self) -> None:
        """Start anew, as after power-on."""
        self._session: Session | None = None
        self._next_session: Session | None = None
        self._pace: ChipPace | None = None
        self._agreeing = False
        self._challenge = b""
        self._in_applet = False
        self._current: int | None = None
        self._pending = b""

    @property
    def atr(self) -> bytes:
        """A contactless card's answer to reset, with its capabilities among the historical bytes.

        The third capability byte says whether long lengths are understood (ISO/IEC 7816-4, 8.1.1).
        """
        long = 0x40 if self.data.limits.answer > 256 else 0x00
        historical = bytes([0x80, 0x73, 0xC0, 0x21, 0x80 | long])
        if not self.data.limits.announces:
            historical = b""
        body = bytes([0x80 | len(historical), 0x80, 0x01]) + historical
        check = 0
        for byte in body:
            check ^= byte
        return b"\x3b" + body + bytes([check])

    def process(self, apdu: bytes) -> bytes:
        """Answer one command APDU with data and status word."""
        command = _parse(apdu)
        if command is None:
            return b"\x67\x00"
        if _is_long(apdu) and self.data.limits.answer <= 256:
            self._session = self._session if self.data.limits.keeps else None
            return b"\x67\x00"
        if command.ins == 0xC0:
            return self._more(command.le or 256)
        if command.cla & 0x0C == 0x0C:
            return self._protected(command, room=command.le or 0)
        self._session = None
        data, status = self._run(command)
        return data + status.to_bytes(2, "big")

    def _protected(self, command: Plain, *, room: int) -> bytes:
        session = self._session
        if session is None:
            return b"\x69\x88"
        try:
            plain = session.open(command)
        except Broken:
            self._session = None
            return b"\x69\x88"
        fits = session.room(min(room, self.data.limits.answer))
        wanted = plain.le
        if wanted is not None and wanted > fits and plain.ins in {0xB0, 0xB1}:
            if self.data.limits.drops:
                self._session = None
                return b"\x67\x00"
            if self.data.limits.refuses:
                return session.close(plain.ins, b"", 0x6700) + b"\x67\x00"
            wanted = fits
        inner = Plain(plain.cla, plain.ins, plain.p1, plain.p2, plain.data, wanted)
        data, status = self._run(inner)
        answer = session.close(plain.ins, data, status)
        # Keys agreed on by this command are those of the next one.
        self._session, self._next_session = self._next_session or session, None
        if len(answer) > room:
            # Without contacts the first piece comes at once (ISO/IEC 7816-4, 5.3.4).
            self._pending = answer[room:]
            return answer[:room] + bytes([0x61, min(len(self._pending), 256) & 0xFF])
        return answer + status.to_bytes(2, "big")

    def _more(self, wanted: int) -> bytes:
        piece, self._pending = self._pending[:wanted], self._pending[wanted:]
        if not piece:
            return b"\x69\x85"
        if self._pending:
            return piece + bytes([0x61, min(len(self._pending), 256) & 0xFF])
        return piece + b"\x90\x00"

    def _run(self, command: Plain) -> tuple[bytes, int]:
        known = {
            0xA4: self._select,
            0xB0: self._read,
            0xB1: self._read_odd,
            0x84: self._get_challenge,
            0x82: self._external_authenticate,
            0x22: self._set_security,
            0x86: self._general_authenticate,
            0x88: self._internal_authenticate,
        }
        run = known.get(command.ins)
        if run is None:
            return b"", 0x6D00
        try:
            return run(command)
        except Refusal as refusal:
            return b"", refusal.status
        except Malformed:
            return b"", 0x6A80

    # Files

    def _select(self, command: Plain) -> tuple[bytes, int]:
        if command.p1 == 0x04:
            if command.data != AID:
                return b"", 0x6A82
            self._in_applet, self._current = True, None
            return b"", 0x9000
        if command.p1 == 0x00 and command.data in {b"", b"\x3f\x00"}:
            if not self.data.limits.select_mf:
                return b"", 0x6D00
            self._in_applet, self._current = False, None
            return b"", 0x9000
        if command.p1 == 0x02 and len(command.data) == 2:
            self._current = self._visible(int.from_bytes(command.data, "big"))
            return b"", 0x9000
        return b"", 0x6A86

    def _visible(self, file: int) -> int:
        """Return *file* when the terminal may read it now."""
        if file in LOCKED and file not in self.data.files:
            raise Refusal(0x6982)
        if file not in self.data.files or (file not in MF_FILES) != self._in_applet:
            raise Refusal(0x6A82)
        if self._in_applet and self._session is None:
            raise Refusal(0x6982)
        return file

    def _read(self, command: Plain) -> tuple[bytes, int]:
        offset = command.p1 << 8 | command.p2
        if command.p1 & 0x80:
            if not self.data.limits.sfi:
                return b"", 0x6A86
            offset = command.p2
            self._current = self._visible(self._by_sfi(command.p1 & 0x1F))
        return self._bytes(offset, command.le)

    def _read_odd(self, command: Plain) -> tuple[bytes, int]:
        where = first(command.data, 0x54)
        if where is None or command.le is None:
            return b"", 0x6A80
        if command.p1 or command.p2:
            self._current = self._visible(self._by_sfi(command.p2 & 0x1F))
        head = 2 + (command.le > 129) + (command.le > 258)
        data, status = self._bytes(int.from_bytes(where, "big"), command.le - head)
        return (obj(0x53, data) if data else b""), status

    def _by_sfi(self, sfi: int) -> int:
        return (0x2F00 if sfi == 1 and not self._in_applet else 0x0100) | sfi

    def _bytes(self, offset: int, wanted: int | None) -> tuple[bytes, int]:
        if self._current is None:
            return b"", 0x6986
        content = self.data.files[self._visible(self._current)]
        if wanted is None:
            return b"", 0x6700
        if offset >= len(content):
            return b"", 0x6B00
        if self._session is None and wanted > self.data.limits.answer:
            wanted = self.data.limits.answer
        data = content[offset : offset + wanted]
        # The longest length of its form means "all there is": its end is no surprise.
        return data, 0x9000 if len(data) == wanted or wanted in {256, 65536} else 0x6282

    # Access

    def _get_challenge(self, _: Plain) -> tuple[bytes, int]:
        self._challenge = self._random(8)
        return self._challenge, 0x9000

    def _external_authenticate(self, command: Plain) -> tuple[bytes, int]:
        seed, challenge = self.data.bac_seed, self._challenge
        self._challenge = b""
        if seed is None or not challenge or not self._in_applet:
            return b"", 0x6985
        enc, mac = kdf(1, seed, 1), kdf(1, seed, 2)
        hidden, told = command.data[:32], command.data[32:]
        if len(command.data) != 40 or des_mac(mac, fill(hidden, 8)) != told:
            return b"", 0x6300
        shown = des_cbc(enc, hidden, decrypt=True)
        nonce, echoed, theirs = shown[:8], shown[8:16], shown[16:]
        if echoed != challenge:
            return b"", 0x6300
        mine = self._random(16)
        answer = des_cbc(enc, challenge + nonce + mine)
        secret = bytes(a ^ b for a, b in zip(theirs, mine, strict=True))
        count = int.from_bytes(challenge[4:] + nonce[4:], "big")
        self._session = Session.agree(1, secret, count)
        return answer + des_mac(mac, fill(answer, 8)), 0x9000

    def _set_security(self, command: Plain) -> tuple[bytes, int]:
        told = dict(objects(command.data))
        if (command.p1, command.p2) == (0x41, 0xA6):
            return self._agree(told.get(0x91, b""))
        if (command.p1, command.p2) == (0x41, 0xA4):
            self._agreeing = told.get(0x80) == self.data.secrets.oid
            return b"", 0x9000 if self._agreeing else 0x6A80
        if (command.p1, command.p2) != (0xC1, 0xA4):
            return b"", 0x6A86
        offers = self._pace_offers()
        oid, reference = told.get(0x80, b""), int.from_bytes(told.get(0x83, b""), "big")
        if oid not in offers:
            return b"", 0x6A80
        if reference not in self.data.passwords:
            return b"", 0x6A88
        group = group_of(oid, int.from_bytes(told.get(0x84, offers[oid]), "big"))
        self._pace = ChipPace(
            oid,
            group,
            self.data.passwords[reference],
            self.data.secrets.agreement,
            scalar=self._scalar,
            random=self._random,
        )
        return b"", 0x9000

    def _pace_offers(self) -> dict[bytes, bytes]:
        """Return identifier and domain parameter number of each PACE in EF.CardAccess."""
        access = self.data.files.get(0x011C)
        offers: dict[bytes, bytes] = {}
        for _, info in objects(first(access, 0x31) or b"") if access else ():
            parts = [value for _, value in objects(info)]
            if parts[0].startswith(bytes.fromhex("04007F0007020204")):
                offers[parts[0]] = parts[2]
        return offers

    def _general_authenticate(self, command: Plain) -> tuple[bytes, int]:
        pace = self._pace
        if self._agreeing:
            self._agreeing = False
            data, status = self._agree(dynamic_data(command.data).get(0x80, b""))
            return obj(0x7C, data), status
        if pace is None:
            return b"", 0x6985
        try:
            answer = pace.answer(command.data)
        except (Refusal, Malformed):
            self._pace = None
            raise
        if pace.is_done:
            self._session, self._next_session, self._pace = pace.session, pace.session, None
        return answer, 0x9000

    # Proofs of being no copy

    def _agree(self, public: bytes) -> tuple[bytes, int]:
        """Carry out chip authentication with the terminal's *public* key."""
        keys = self.data.secrets
        theirs = keys.curve.from_bytes(public)
        if keys.agreement is None or self._session is None:
            return b"", 0x6985
        if theirs is None:
            return b"", 0x6A80
        x, _ = keys.curve.multiply(keys.agreement, theirs)
        shared = x.to_bytes(keys.curve.numbers.size, "big")
        self._next_session = Session.agree(keys.oid[-1], shared)
        return b"", 0x9000

    def _internal_authenticate(self, command: Plain) -> tuple[bytes, int]:
        if self._session is None or len(command.data) != 8:
            return b"", 0x6985
        signature = sign(self.data.secrets, command.data, self._random(512))
        return (signature, 0x9000) if signature else (b"", 0x6A88)


def _is_long(apdu: bytes) -> bool:
    return len(apdu) > 6 and apdu[4] == 0


def _parse(apdu: bytes) -> Plain | None:
    """Take a command APDU apart (ISO/IEC 7816-3, 12.1.3)."""
    if len(apdu) < 4:
        return None
    cla, ins, p1, p2 = apdu[:4]
    rest = apdu[4:]
    if len(rest) == 1:
        return Plain(cla, ins, p1, p2, le=rest[0] or 256)
    if len(rest) == 3 and rest[0] == 0:
        return Plain(cla, ins, p1, p2, le=int.from_bytes(rest[1:], "big") or 65536)
    wide = rest[:1] == b"\0"
    size = 2 if wide else 1
    length = int.from_bytes(rest[wide : wide + size], "big")
    data, tail = rest[wide + size : wide + size + length], rest[wide + size + length :]
    if len(data) != length or len(tail) not in {0, size}:
        return None
    le = int.from_bytes(tail, "big") or 256**size if tail else None
    return Plain(cla, ins, p1, p2, data, le)
