"""Secure messaging: every command and answer encrypted and sealed (ICAO Doc 9303-11, 9.8)."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.apdu import LONG_LE, SHORT_LE, Answer, Channel, Command
from devices.card.transport import LongCommandRefused

REFUSED_BY_LENGTH = Answer(b"", 0x6700)


class SessionLost(CardUnreadable):
    """Chip and desk do not share a secure session any more; it must be opened again.

    Attributes:
        status: What the chip said in the clear when it ended the session; 0 when it did not.
    """

    def __init__(self, detail: str, status: int = 0) -> None:
        super().__init__(detail)
        self.status = status


Key = bytes | bytearray


@dataclass(frozen=True, slots=True)
class Suite:
    """What a session is made of: cipher, seal and the counter's width.

    Attributes:
        block: Bytes of a cipher block; the counter is as wide.
        short_block: File bytes that fit into one protected short answer.
        encrypt, decrypt: Of (key, counter, whole blocks).
        seal: The eight-byte seal of (key, padded bytes).
    """

    block: int
    short_block: int
    encrypt: Callable[[Key, bytes, bytes], bytes]
    decrypt: Callable[[Key, bytes, bytes], bytes]
    seal: Callable[[Key, bytes], bytes]


def _run(context: CipherContext, data: bytes) -> bytes:
    return context.update(data) + context.finalize()


def two_key_3des(key: Key) -> TripleDES:
    """Return two-key triple DES for a sixteen-byte *key*."""
    return TripleDES(bytes(key + key[:8]))  # shorter keys are deprecated in the library


def retail_mac(key: Key, padded: bytes) -> bytes:
    """Return the eight-byte MAC of ISO/IEC 9797-1 algorithm 3 over *padded* (method 2 done)."""
    first, second = bytes(key[:8]), bytes(key[8:16])
    single = Cipher(TripleDES(first * 3), modes.CBC(bytes(8))).encryptor()
    last = _run(single, padded)[-8:]
    opened = _run(Cipher(TripleDES(second * 3), modes.ECB()).decryptor(), last)  # noqa: S305
    return _run(Cipher(TripleDES(first * 3), modes.ECB()).encryptor(), opened)  # noqa: S305


def aes_cmac(key: Key, data: bytes) -> bytes:
    """Return the first eight bytes of AES-CMAC (NIST SP 800-38B) over *data*."""
    mac = CMAC(algorithms.AES(key))
    mac.update(data)
    return mac.finalize()[:8]


def _aes_iv(key: Key, counter: bytes) -> modes.CBC:
    ecb = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - one block, by standard
    return modes.CBC(_run(ecb, counter))


TRIPLE_DES = Suite(
    block=8,
    short_block=231,
    encrypt=lambda key, _, data: _run(
        Cipher(two_key_3des(key), modes.CBC(bytes(8))).encryptor(), data
    ),
    decrypt=lambda key, _, data: _run(
        Cipher(two_key_3des(key), modes.CBC(bytes(8))).decryptor(), data
    ),
    seal=retail_mac,
)
AES = Suite(
    block=16,
    short_block=223,
    encrypt=lambda key, counter, data: _run(
        Cipher(algorithms.AES(key), _aes_iv(key, counter)).encryptor(), data
    ),
    decrypt=lambda key, counter, data: _run(
        Cipher(algorithms.AES(key), _aes_iv(key, counter)).decryptor(), data
    ),
    seal=aes_cmac,
)


def pad(data: bytes, block: int) -> bytes:
    """Return *data* padded with 80 00 ... to whole blocks (ISO/IEC 9797-1 method 2)."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    """Take the padding away.

    Raises:
        SessionLost: There is none.
    """
    bare = data.rstrip(b"\0")
    if not bare.endswith(b"\x80"):
        raise SessionLost("padding")
    return bare[:-1]


@dataclass(slots=True)
class Keys:
    """The two keys and the counter of a session; the counter moves with each message."""

    suite: Suite
    encryption: bytearray = field(repr=False)
    sealing: bytearray = field(repr=False)
    counter: int = 0

    def wipe(self) -> None:
        """Overwrite both keys; what a library copied meanwhile is its own affair."""
        for key in (self.encryption, self.sealing):
            key[:] = bytes(len(key))


class SecureChannel:
    """Sends protected commands and takes nothing but protected answers.

    A plain answer, a wrong seal or a broken shape ends the session: ``SessionLost``, and from
    then on every command raises it. What the chip did with the command is then unknown.

    Attributes:
        is_proven: An answer came that only a chip with the present keys can give.
    """

    def __init__(self, below: Channel, keys: Keys) -> None:
        self._below = below
        self._keys = keys
        self._has_ended = False
        self.is_proven = False
        self.short_block = keys.suite.short_block

    def send(self, command: Command) -> Answer:
        """Send *command* protected; return the opened answer.

        Raises:
            LongCommandRefused: Reader or chip refused its length before the session saw it.
            SessionLost: The answer is not one of this session.
        """
        keys = self._keys
        if self._has_ended:
            raise SessionLost("the session has ended")
        self._has_ended = True  # stays so unless the answer is good
        before = keys.counter
        try:
            answer = self._below.send(protect(keys, command))
            if command.is_long and answer == REFUSED_BY_LENGTH:
                # Anybody could say so in the clear, and all it brings is a shorter command. A chip
                # that counted all the same will not know the next one: then the session is lost.
                raise LongCommandRefused("by the chip")
        except LongCommandRefused:
            keys.counter = before
            self._has_ended = False
            raise
        opened = open_answer(keys, answer)
        self._has_ended = False
        self.is_proven = True
        return opened

    def rekey(self, keys: Keys) -> None:
        """Go on with *keys*, as after chip authentication; those before are overwritten."""
        self._keys.wipe()
        self._keys = keys
        self._has_ended = False
        self.is_proven = False
        self.short_block = keys.suite.short_block

    def end(self) -> None:
        """Send nothing any more; the keys are overwritten."""
        self._has_ended = True
        self._keys.wipe()


def protect(keys: Keys, command: Command) -> Command:
    """Return *command* encrypted and sealed; the counter moves by one."""
    suite = keys.suite
    keys.counter += 1
    counter = keys.counter.to_bytes(suite.block, "big")
    objects = b""
    if command.data:
        hidden = suite.encrypt(keys.encryption, counter, pad(command.data, suite.block))
        if command.ins & 1:
            objects += tlv.write(0x85, hidden)  # odd instructions carry data objects
        else:
            objects += tlv.write(0x87, b"\x01" + hidden)
    if command.le is not None:
        width = 2 if command.is_long else 1
        objects += tlv.write(0x97, (command.le % 256**width).to_bytes(width, "big"))
    head = bytes((command.cla | 0x0C,)) + command.header[1:]
    sealed = counter + pad(head, suite.block) + objects
    objects += tlv.write(0x8E, suite.seal(keys.sealing, pad(sealed, suite.block)))
    long = command.is_long or len(objects) > 255
    return Command(
        cla=command.cla | 0x0C,
        ins=command.ins,
        p1=command.p1,
        p2=command.p2,
        data=objects,
        le=LONG_LE if long else SHORT_LE,
    )


def open_answer(keys: Keys, answer: Answer) -> Answer:
    """Check and decrypt *answer*; the counter moves by one.

    Raises:
        SessionLost: It is not protected, its seal is wrong or its shape is broken.
    """
    suite = keys.suite
    keys.counter += 1
    counter = keys.counter.to_bytes(suite.block, "big")
    try:
        objects = {found.tag: found.value for found in tlv.read_all(answer.data)}
    except tlv.BadTlv as error:
        raise SessionLost("broken answer", answer.status) from error
    if not {0x99, 0x8E} <= objects.keys() <= {0x85, 0x87, 0x99, 0x8E}:
        raise SessionLost(f"plain answer, status {answer.status:04X}", answer.status)
    body = answer.data[: len(answer.data) - len(tlv.write(0x8E, objects[0x8E]))]
    seal = suite.seal(keys.sealing, pad(counter + body, suite.block))
    if not hmac.compare_digest(seal, objects[0x8E]):
        raise SessionLost("wrong seal")
    if len(objects[0x99]) != 2 or int.from_bytes(objects[0x99], "big") != answer.status:
        raise SessionLost("the status inside differs from the one outside")
    hidden = objects.get(0x85, objects.get(0x87))
    if hidden is None:
        return Answer(b"", answer.status)
    if 0x87 in objects:
        hidden = hidden.removeprefix(b"\x01")
    if not hidden or len(hidden) % suite.block:
        raise SessionLost("hidden data is not whole blocks")
    return Answer(unpad(suite.decrypt(keys.encryption, counter, hidden)), answer.status)
