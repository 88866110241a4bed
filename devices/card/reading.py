"""One whole reading of one card, from power-on to the verdict; it can go on after a pull.

The text groups come first, so that the officer sees a name while the photo still travels.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from counter.cards import (
    Access,
    CardReading,
    CardSecrets,
    Chip,
    HolderDetails,
    Portrait,
    ReadTiming,
)
from counter.errors import CardSwapped, CardUnreadable, WrongCan, WrongMrz
from counter.ports import CardOpening, CardTextRead
from devices.card import face, groups, tlv
from devices.card.access import OpenChip, open_chip
from devices.card.apdu import SHORT_LE, Channel, PlainChannel
from devices.card.authentic import Anchors, judge
from devices.card.chip_proof import (
    ProofFailed,
    authenticate_actively,
    authenticate_chip,
    prove_by_mapping,
)
from devices.card.conflicts import cross_check
from devices.card.details import holder_details
from devices.card.files import (
    HIDDEN,
    TEXT_BLOCK,
    File,
    FileAbsent,
    Habits,
    PartialFile,
    read_file,
)
from devices.card.infos import active_hash, also_offered, chip_keys
from devices.card.messaging import SecureChannel, SessionLost
from devices.card.pace import MappingProof, find_offer
from devices.card.sod import parse_sod
from devices.card.transport import Transport

logger = logging.getLogger(__name__)

SESSIONS = 4
"""How often the chip is opened in one go before it is called unreadable."""
COPIES = 2
"""How often a chip may fail to keep the session its own key agreed on before it is a copy."""
TEXT = (File.DG13, File.DG1)
PROOFS = (File.SOD, File.DG14, File.DG15)
PHOTO = File.DG2
RARE = (File.DG11, File.DG12, File.DG16)
"""Read only where the issuer's list names them, as it does on no Vietnamese card."""
EVERYTHING = (*TEXT, *PROOFS, PHOTO)
VIETNAM = "VNM"
SHOWN_TO_ALL = {1, 2, 13}
"""Groups that a chip may not withhold when its issuer signed them."""
USUAL_SIZE = {
    File.DG13: 600,
    File.DG1: 95,
    File.SOD: 2200,
    File.DG14: 250,
    File.DG15: 300,
    File.DG2: 15000,
}
"""Bytes on a usual card, for the progress shown before the true length is known."""

Tell = Callable[[CardOpening | CardTextRead], None]
"""Hears of progress and of the first text, each on the thread that reads."""


@dataclass(slots=True)
class Reading:
    """One card being read with one set of secrets.

    ``run`` may be called again with a new connection after ``CardPulled`` or ``ReaderGone``: what
    is here already is not read again, and another card is noticed.

    Attributes:
        habits: What is known of card and reader; it outlives the reading.
        today: For years of two digits.
        clock: Seconds, for their differences only.
    """

    secrets: CardSecrets
    anchors: Anchors
    habits: Habits
    today: date
    clock: Callable[[], float] = time.monotonic
    _files: dict[File, PartialFile] = field(default_factory=dict, repr=False)
    _absent: set[File] = field(default_factory=set)
    _denied: set[File] = field(default_factory=set)
    _text: CardTextRead | None = field(default=None, repr=False)
    _began: float | None = None
    _first_text_ms: int = 0
    _first_text_at: int = 0
    _channel: SecureChannel | None = field(default=None, repr=False)
    _chip: Chip = Chip.NOT_CHECKED
    _copies: int = 0
    _commands: int = 0

    def run(self, transport: Transport, tell: Tell) -> CardReading:
        """Read the card to its end.

        Raises:
            CardPulled, ReaderGone: It may be called again when a card is back.
            CardSwapped: Another card lies there now.
            DeskError: The card cannot be read, for the reason its class names.
        """
        if self._began is None:
            self._began = self.clock()
        lost: SessionLost | None = None
        for _ in range(SESSIONS):
            plain = PlainChannel(transport)
            try:
                return self._read(plain, tell)
            except SessionLost as error:
                logger.info("secure session lost: %s", error)
                lost = error
            finally:
                self._commands += plain.commands
                if self._channel:
                    self._channel.end()
                self._channel = None
            transport.reset()
        raise CardUnreadable("the secure session does not hold") from lost

    def wipe(self) -> None:
        """Forget everything that was read."""
        for kept in self._files.values():
            kept.wipe()
        self._files.clear()
        self._text = None

    def _read(self, plain: PlainChannel, tell: Tell) -> CardReading:
        tell(CardOpening(self._part()))
        opened = self._open(plain)
        secure = opened.channel
        for file in TEXT:
            self._fetch(secure, file, tell, block=TEXT_BLOCK)
        if self._text is None and self._is_vietnamese():
            mrz = groups.mrz_text(self._content(File.DG1), today=self.today)
            self._text = CardTextRead(groups.chip_text(self._content(File.DG13)), mrz)
            self._first_text_at = self._commands + plain.commands
            self._first_text_ms = self._elapsed_ms()
            tell(self._text)
        for file in PROOFS:
            self._fetch(secure, file, tell)
        self._prove_chip(secure, opened.proof)
        try:
            self._fetch(secure, PHOTO, tell)
            for file in self._rare():
                self._fetch(secure, file, tell)
            self._confirm(secure)
        except SessionLost:
            if not secure.is_proven:
                self._copies += 1  # the session it agreed on is not one it can keep
            raise
        return self._result(plain, opened.access)

    def _prove_chip(self, channel: SecureChannel, proof: MappingProof | None) -> None:
        """Let the chip prove itself, as far as it can; what comes of it stands in ``_chip``.

        One way that it refuses, or that cannot be computed, leaves the other.
        """
        named = {14, 15} & signed_numbers(self._find(File.SOD))
        self._chip = Chip.NOT_CHECKED if named else Chip.NOT_SUPPORTED
        for prove in (self._prove_by_agreeing, self._prove_by_signing):
            try:
                self._chip = prove(channel, proof) or self._chip
            except SessionLost:
                if not channel.is_proven:
                    self._copies += 1
                raise
            except ProofFailed as error:
                logger.info("chip proof failed: %s", error)
                self._chip = Chip.CLONE
                return
            except CardUnreadable as error:
                logger.info("chip proof refused: %s", error)

    def _prove_by_agreeing(self, channel: SecureChannel, proof: MappingProof | None) -> Chip | None:
        dg14 = self._find(File.DG14)
        offered = chip_keys(dg14) if dg14 else ()
        if not offered:
            return None
        if proof:
            prove_by_mapping(proof, offered)
        elif self._copies >= COPIES:
            return Chip.CLONE  # unless it can sign
        else:
            authenticate_chip(channel, offered[0])
        return Chip.GENUINE

    def _prove_by_signing(self, channel: SecureChannel, _: MappingProof | None) -> Chip | None:
        dg14, dg15 = self._find(File.DG14), self._find(File.DG15)
        if not dg15:
            return None
        long_answers = self.habits.most > SHORT_LE
        digest = active_hash(dg14)
        authenticate_actively(channel, dg15, digest=digest, long_answers=long_answers)
        return Chip.GENUINE

    def _confirm(self, channel: SecureChannel) -> None:
        """Make sure that an answer came in the session the chip agreed on last."""
        if not channel.is_proven:
            read_file(channel, File.DG1, self.habits)

    def _open(self, plain: PlainChannel) -> OpenChip:
        """Open the chip; when something was read before, make sure that it is the same one."""
        before = self._files.get(File.DG1)
        known = before is not None and before.is_whole
        try:
            opened = open_chip(plain, self.secrets, self.habits)
        except (WrongCan, WrongMrz) as error:
            if known:
                raise CardSwapped from error
            raise
        self._channel = opened.channel
        if known:
            again = read_file(opened.channel, File.DG1, self.habits, block=TEXT_BLOCK)
            if again != self._content(File.DG1):
                raise CardSwapped
        else:
            # Too little to recognise the card by: all of it is read again.
            self.wipe()
            self._absent &= self._denied
        return opened

    def _fetch(self, channel: Channel, file: File, tell: Tell, *, block: int | None = None) -> None:
        if file in self._absent:
            return
        kept = self._files.setdefault(file, PartialFile())

        def progress(_: PartialFile) -> None:
            tell(CardOpening(self._part()))

        block = block or self.habits.most
        try:
            read_file(channel, file, self.habits, into=kept, block=block, progress=progress)
        except FileAbsent as error:
            if file is File.DG1:
                raise
            logger.info("no %s: %s", file.name, error)
            self._absent.add(file)
        except SessionLost as error:
            # Some chips say so in the clear and end the session; a word that anybody could have
            # put in is believed when it comes again in a new one.
            if error.status in HIDDEN and file is not File.DG1:
                (self._absent if file in self._denied else self._denied).add(file)
            raise

    def _content(self, file: File) -> bytes:
        return bytes(self._files[file].content)

    def _find(self, file: File) -> bytes | None:
        return None if file in self._absent else self._content(file)

    def _is_vietnamese(self) -> bool:
        """Say whether data group 13 is the one this program knows; every state has its own."""
        state = groups.issuing_state(self._content(File.DG1))
        return state == VIETNAM and File.DG13 not in self._absent

    def _rare(self) -> list[File]:
        named = signed_numbers(self._find(File.SOD))
        return [file for file in RARE if file.group in named]

    def _part(self) -> float:
        files = [f for f in EVERYTHING if f not in self._absent]
        kept = {file: self._files.get(file, PartialFile()) for file in files}
        expected = sum(kept[file].length or USUAL_SIZE[file] for file in files)
        return min(1.0, sum(len(one.content) for one in kept.values()) / expected)

    def _elapsed_ms(self) -> int:
        return round((self.clock() - (self._began or 0.0)) * 1000)

    def _result(self, plain: PlainChannel, access: Access) -> CardReading:
        read = [f for f in (*EVERYTHING, *self._rare()) if f not in self._absent]
        sod = self._content(File.SOD) if File.SOD in read else None
        numbered = {file.group: self._content(file) for file in read if file is not File.SOD}
        content = {number: data for number, data in numbered.items() if number is not None}
        if withheld := signed_numbers(sod) & SHOWN_TO_ALL - content.keys():
            raise CardUnreadable(f"the chip withholds groups {sorted(withheld)}")
        authenticity = judge(sod, content, self.anchors, self._chip)
        if access is Access.BAC and find_offer(also_offered(content.get(14))):
            # Somebody between may have hidden the better way; what was read is no less signed.
            reasons = (*authenticity.reasons, "access.older")
            authenticity = replace(authenticity, reasons=reasons)
        text = self._text.text if self._text else None
        mrz = groups.mrz_text(self._content(File.DG1), today=self.today)
        timing = ReadTiming(
            apdus=self._commands + plain.commands,
            apdus_to_first_text=self._first_text_at,
            bytes_read=sum(len(self._content(file)) for file in read),
            first_text_ms=self._first_text_ms,
            total_ms=self._elapsed_ms(),
        )
        return CardReading(
            text=text,
            mrz=mrz,
            portrait=_portrait(content.get(2)),
            access=access,
            authenticity=authenticity,
            conflicts=cross_check(text, mrz, self.secrets.told) if text else (),
            timing=timing,
            details=_details(content.get(11), content.get(12)),
            notify=content.get(16),
            chip_key=_chip_key(content.get(14), content.get(15)),
        )


def _chip_key(dg14: bytes | None, dg15: bytes | None) -> str:
    if dg14 is None and dg15 is None:
        return ""
    return hashlib.sha256(b"".join(tlv.write(0x04, one or b"") for one in (dg14, dg15))).hexdigest()


def signed_numbers(sod: bytes | None) -> set[int]:
    """Return the groups that the issuer's list names; none where it cannot be read."""
    try:
        return set(parse_sod(sod).hashes) if sod else set()
    except CardUnreadable:
        return set()


def _details(dg11: bytes | None, dg12: bytes | None) -> HolderDetails | None:
    """Return the details; such that cannot be read do not take the name away."""
    try:
        return holder_details(dg11, dg12)
    except CardUnreadable as error:
        logger.info("no details: %s", error)
        return None


def _portrait(dg2: bytes | None) -> Portrait | None:
    """Return the face; a picture that cannot be opened does not take the name away."""
    if dg2 is None:
        return None
    try:
        return face.portrait(dg2)
    except CardUnreadable as error:
        logger.info("no portrait: %s", error)
        return None
