"""How many commands a citizen card takes, and how long they would be on the air.

Run by name: ``python3 run.py bench card``. The counts are exact. The seconds on the air are
reckoned from the bytes that went both ways, not waited for; our own computing is measured.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median
from time import thread_time

from cryptography.hazmat.primitives.asymmetric import rsa

from counter.cards import CardSecrets, ReadTiming
from devices.card.demo import DemoCard, demo_cards
from devices.card.files import Habits, habits_of
from devices.card.reading import Reading
from devices.card.simulator.chip import Limits, SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.proofs import ChipSecrets, secrets_from
from devices.card.simulator.slot import Latency, VirtualSlot
from devices.card.transport import Transport
from devices.card.trust import NoAnchors

CARDS = Path(__file__).resolve().parents[2] / "resources" / "demo" / "cards"
TODAY = date(2026, 11, 25)
ROUNDS = 15
PHOTO_BYTES = 15_800
HEAD_BYTES = 84
"""What stands before the picture in data group 2."""
KINDS = {
    "everything at once": Limits(),
    "4096 bytes": Limits(4096),
    "2048 bytes": Limits(2048),
    "2048, refuses more": Limits(2048, refuses=True),
    "1024 bytes": Limits(1024),
    "short answers": Limits(256),
    "no short identifiers": Limits(sfi=False),
}
AIR = {"106 kbit/s": Latency(106_000, 0.012), "424 kbit/s": Latency(424_000, 0.008)}


@dataclass
class Meter:
    """A transport that notes sizes and the time the chip took for itself."""

    below: Transport
    sizes: list[tuple[int, int]] = field(default_factory=list)
    chip_s: float = 0.0

    @property
    def reader(self) -> str:
        return self.below.reader

    @property
    def atr(self) -> bytes:
        return self.below.atr

    @property
    def carries_long(self) -> bool:
        return self.below.carries_long

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        began = thread_time()
        answer, status = self.below.transmit(command)
        self.chip_s += thread_time() - began
        self.sizes.append((len(command), len(answer) + 2))
        return answer, status

    def reset(self) -> None:
        self.below.reset()

    def disconnect(self) -> None:
        self.below.disconnect()


@dataclass(frozen=True)
class Measured:
    """One reading: its counts, its bytes, and the seconds our own side computed."""

    timing: ReadTiming
    sizes: list[tuple[int, int]]
    own_s: float

    def seconds(self, air: Latency, commands: int | None = None) -> float:
        return sum(air.seconds(sent, got) for sent, got in self.sizes[:commands])


def read(card: DemoCard, limits: Limits, secrets: ChipSecrets) -> tuple[Measured, Measured]:
    """Read a card on a reader that knows nothing of it, and another of its kind after it."""
    photo = card.portrait[: PHOTO_BYTES - HEAD_BYTES]
    data = make_chip(replace(card.citizen, portrait=photo), limits=limits, secrets=secrets)
    slot = VirtualSlot()
    slot.insert(SimulatedChip(data))
    habits = habits_of(slot.connect(slot.name))
    first = _read_once(slot, card, habits)
    slot.insert(SimulatedChip(data))
    return first, _read_once(slot, card, habits)


def _read_once(slot: VirtualSlot, card: DemoCard, habits: Habits) -> Measured:
    meter = Meter(slot.connect(slot.name))
    reading = Reading(CardSecrets(can=card.can), NoAnchors(), habits, TODAY)
    began = thread_time()
    result = reading.run(meter, lambda _: None)
    own = thread_time() - began - meter.chip_s
    return Measured(result.timing, meter.sizes, own)


def main() -> int:
    """Print one line for each kind of chip."""
    card = demo_cards(CARDS)[0]
    signing = rsa.generate_private_key(65537, 2048)
    both = secrets_from("bench")
    keys = {"ECDSA": both, "RSA": replace(both, signing=signing)}
    head = f"{'chip':22}{'signs':7}{'text':>9}{'all':>9}{'bytes':>7}{'own ms':>8}"
    sys.stdout.write(head + "".join(f"{name:>20}" for name in AIR) + "\n")
    for kind, limits in KINDS.items():
        for signs, secrets in keys.items():
            runs = [read(card, limits, secrets) for _ in range(ROUNDS)]
            one, later = runs[0]
            first = one.timing.apdus_to_first_text
            own = median(run.own_s for run, _ in runs) * 1000
            counts = f"{first:6}/{later.timing.apdus_to_first_text:2}"
            counts += f"{one.timing.apdus:6}/{later.timing.apdus:2}"
            line = f"{kind:22}{signs:7}{counts}{one.timing.bytes_read:7}{own:8.1f}"
            for air in AIR.values():
                line += f"{one.seconds(air, first):10.2f} s{one.seconds(air):6.2f} s"
            sys.stdout.write(line + "\n")
    sys.stdout.write("text and all: commands for the first card on a reader / for the next ones\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
