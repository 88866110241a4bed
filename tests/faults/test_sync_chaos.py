"""The desk and the portal killed at random over a network that fails as networks do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from counter.secrets import DEMO_PASSPHRASE
from counter.store.key import open_key
from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.faults.invariants import Outcome, violations

HOUSE = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("office_at_work.py")
SLOW = {Fault.SILENT, Fault.TOOK_IT_THEN_SILENT, Fault.SLOW, Fault.GZIP_BOMB}
"""Each costs a time-out; one is kept, so that a run stays short."""
SAYS_SO = {Fault.TOO_LARGE}
"""An answer of the portal's own, which parks what was sent."""
NETWORK = [fault for fault in Fault if fault not in SLOW | SAYS_SO] + [Fault.TOOK_IT_THEN_SILENT]
START_S = 60.0
DRAIN_S = 90.0
GRACE_S = 60.0

pytestmark = pytest.mark.slow


@dataclass(slots=True)
class Run:
    """One run: a desk's folder, its portal, and what is known from outside.

    Attributes:
        bug: A mistake of ``tests/faults/mistakes.py`` built into the desk.
        printed: Id by code of every dossier whose receipt came out.
    """

    folder: Path
    chance: Random
    bug: str = "none"
    printed: dict[str, str] = field(default_factory=dict)
    poisoned: set[str] = field(default_factory=set)

    def play(self, kills: int, *, drain_s: float = DRAIN_S) -> list[str]:
        """Let the desk work and be killed *kills* times, drain it in peace, check everything."""
        sandbox = SandboxProcess(self.folder / "sandbox")
        try:
            for life in range(kills):
                self._live(life, sandbox)
                if self.chance.random() < 0.4:
                    sandbox.kill()
                    sandbox = SandboxProcess(self.folder / "sandbox", port=sandbox.port)
                    sandbox.poison(sorted(self.poisoned))
            sandbox.clear_faults()
            self._start(sandbox.url, 0, str(drain_s)).wait(drain_s + GRACE_S)
            return violations(self._outcome(sandbox))
        finally:
            sandbox.stop()

    def _live(self, life: int, sandbox: SandboxProcess) -> None:
        """Let one process work for a while, strike the network meanwhile, and kill it."""
        desk = self._start(sandbox.url, life, "work")
        assert desk.stdout is not None
        end = threading.Timer(START_S, desk.kill)
        end.start()
        try:
            for number in range(self.chance.randint(20, 80)):
                line = desk.stdout.readline().split()
                assert len(line) == 2, "the desk ended by itself"
                self.printed[line[0]] = line[1]
                if number > 10 and self.chance.random() < 0.4:
                    sandbox.strike(self.chance.choices(NETWORK, k=self.chance.randint(1, 3)))
                if self.chance.random() < 0.05:
                    self.poisoned.add(line[1])
                    sandbox.poison(sorted(self.poisoned))
            threading.Event().wait(self.chance.random() * 0.4)  # any moment of its work will do
        finally:
            end.cancel()
            end.join()
            desk.kill()
            for code, dossier in (left.split() for left in desk.stdout if len(left.split()) == 2):
                self.printed[code] = dossier
            desk.stdout.close()
            desk.wait()

    def _start(self, url: str, life: int, task: str) -> subprocess.Popen[str]:
        seed = self.chance.randint(1, 10**6) + life
        return subprocess.Popen(
            [sys.executable, SCRIPT, self.folder / "desk", url, str(seed), task, self.bug],
            cwd=HOUSE,
            env={**os.environ, "PYTHONPATH": str(HOUSE)},
            stdout=subprocess.PIPE if task == "work" else None,
            text=True,
        )

    def _outcome(self, sandbox: SandboxProcess) -> Outcome:
        desk = self.folder / "desk"
        return Outcome(
            database=desk / "desk.db",
            key=open_key(desk / "desk.key", DEMO_PASSPHRASE),
            printed=self.printed,
            poisoned=frozenset(self.poisoned),
            dossiers=sandbox.dossiers(),
            events=sandbox.events(),
            leases=sandbox.leases(),
        )


def test_nothing_is_lost_doubled_or_reordered_whatever_breaks(tmp_path: Path) -> None:
    run = Run(tmp_path, Random(20261125))

    assert run.play(kills=4) == []
    assert len(run.printed) > 20


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_runs_of_it_lose_nothing(tmp_path: Path, seed: int) -> None:
    assert Run(tmp_path, Random(seed)).play(kills=5) == []


def test_the_harness_finds_a_desk_that_believes_any_answer(tmp_path: Path) -> None:
    found = Run(tmp_path, Random(7), bug="believes_any_answer").play(kills=2, drain_s=10)

    assert [line for line in found if line.startswith("I2")], found


@pytest.mark.prove
@pytest.mark.parametrize(
    ("bug", "sign"),
    [
        ("new_identity_with_every_try", "I5"),
        ("newest_first", "I6"),
        ("refused_for_ever", "I6"),
        ("fact_and_message_apart", "I2"),
        ("number_and_dossier_apart", "I7"),
    ],
)
def test_the_harness_finds_every_mistake_built_in_on_purpose(
    tmp_path: Path, bug: str, sign: str
) -> None:
    found = Run(tmp_path, Random(7), bug=bug).play(kills=5, drain_s=10)

    assert [line for line in found if line.startswith(sign)], found
