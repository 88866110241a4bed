"""The desk and the portal killed at random over a network that fails as networks do."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from counter.secrets import DEMO_PASSPHRASE
from counter.store.key import open_key
from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.faults import office_at_work
from tests.faults.invariants import Outcome, violations
from tests.faults.ready import Life, begin

SLOW = {Fault.SILENT, Fault.TOOK_IT_THEN_SILENT, Fault.SLOW, Fault.DRIPPING, Fault.GZIP_BOMB}
"""Each costs a time-out; one is kept, so that a run stays short."""
SAYS_SO = {Fault.TOO_LARGE}
"""An answer of the portal's own, which parks what was sent."""
NETWORK = [fault for fault in Fault if fault not in SLOW | SAYS_SO] + [Fault.TOOK_IT_THEN_SILENT]
LIFE_S = 600.0
DRAIN_S = 600.0
GRACE_S = 60.0
ASKED_S = 30.0
"""No run needs them; a machine with much else to do must not be taken for a mistake."""

pytestmark = pytest.mark.slow


@dataclass(slots=True)
class Run:
    """One run: a desk's folder, its portal, and what is known from outside.

    Attributes:
        bug: A mistake of ``tests/faults/mistakes.py`` built into the desk.
        printed: Id by code of every dossier whose receipt came out.
        poisoned: Dossiers the portal was told to call wrong.
        payments: How many codes were paid.
        portals_killed: How often the portal was killed while a desk spoke to it.
    """

    folder: Path
    chance: Random
    bug: str = "none"
    printed: dict[str, str] = field(default_factory=dict)
    poisoned: set[str] = field(default_factory=set)
    portals_killed: int = 0
    payments: int = 0

    def play(self, kills: int, *, drain_s: float = DRAIN_S) -> list[str]:
        """Let the desk work and be killed *kills* times, drain it in peace, check everything."""
        sandbox = SandboxProcess(self.folder / "sandbox")
        try:
            for life in range(kills):
                sandbox = self._live(life, sandbox)
            sandbox.clear_faults()
            self._let_money_come(sandbox)
            draining = self._start(sandbox.url, kills, str(drain_s))
            draining.process.join(drain_s + GRACE_S)
            draining.printed.close()
            assert draining.process.exitcode == 0, "the desk did not end in peace"
            return violations(self._outcome(sandbox))
        finally:
            sandbox.stop()

    def _live(self, life: int, sandbox: SandboxProcess) -> SandboxProcess:
        """Let one desk work for a while, strike network and portal meanwhile, and kill it.

        Returns:
            The portal, which may be another process than before.
        """
        desk = self._start(sandbox.url, life, "work")
        end = threading.Timer(LIFE_S, desk.process.kill)
        end.start()
        receipts = self.chance.randint(8, 30)
        portal_dies_at = self.chance.randint(1, receipts) if self.chance.random() < 0.4 else None
        try:
            for number in range(receipts):
                receipt = desk.printed.readline().split()
                assert len(receipt) == 2, "the desk ended by itself"
                code, dossier = receipt
                self.printed[code] = dossier
                if number == portal_dies_at:
                    sandbox = self._revive(sandbox)
                if number > 5 and self.chance.random() < 0.5:
                    sandbox.strike(self.chance.choices(NETWORK, k=self.chance.randint(1, 3)))
                if self.chance.random() < 0.05:
                    self.poisoned.add(dossier)
                    sandbox.poison(sorted(self.poisoned))
            self._let_money_come(sandbox)
            threading.Event().wait(self.chance.random() * 0.4)  # any moment of its work will do
        finally:
            end.cancel()
            end.join()
            for line in desk.kill():
                code, dossier = line.split()
                self.printed[code] = dossier
        return sandbox

    def _let_money_come(self, sandbox: SandboxProcess) -> None:
        """Let some citizens pay: most what was asked, some another sum, some never."""
        patient_until = monotonic() + ASKED_S
        while not sandbox.payments() and monotonic() < patient_until:
            threading.Event().wait(0.1)  # on a busy machine the first code takes its time
        for payment in sandbox.payments():
            if payment["state"] == "pending" and self.chance.random() < 0.5:
                wrong = self.chance.random() < 0.2
                sandbox.pay(payment["payment_id"], payment["amount"] * 2 if wrong else None)
                self.payments += 1

    def _revive(self, sandbox: SandboxProcess) -> SandboxProcess:
        """Kill the portal under the desk's hands and start it again in the same place."""
        sandbox.kill()
        self.portals_killed += 1
        again = SandboxProcess(self.folder / "sandbox", port=sandbox.port)
        again.poison(sorted(self.poisoned))
        return again

    def _start(self, url: str, life: int, task: str) -> Life:
        seed = self.chance.randint(1, 10**6) + life
        words = (str(self.folder / "desk"), url, str(seed), task, self.bug)
        return begin(office_at_work.main, *words)

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
            files=desk / "files",
            blobs=sandbox.ask("blobs"),
            payments=sandbox.payments(),
        )


def test_nothing_is_lost_doubled_or_reordered_whatever_breaks(tmp_path: Path) -> None:
    run = Run(tmp_path, Random(20261125))

    assert run.play(kills=4) == []
    assert len(run.printed) > 20
    assert run.payments > 0


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_runs_of_it_lose_nothing(tmp_path: Path, seed: int) -> None:
    assert Run(tmp_path, Random(seed)).play(kills=5) == []


def test_the_harness_finds_a_desk_that_believes_any_answer(tmp_path: Path) -> None:
    """A lost answer is often healed by what follows it, so up to twelve runs look for one."""
    runs = (
        Run(tmp_path / str(seed), Random(seed), bug="believes_any_answer").play(kills=3, drain_s=10)
        for seed in range(12)
    )

    assert any(line.startswith("I2") for found in runs for line in found)


@pytest.mark.prove
@pytest.mark.parametrize(
    ("bug", "sign"),
    [
        ("new_identity_with_every_try", "I5"),
        ("newest_first", "I6"),
        ("refused_for_ever", "I6"),
        ("fact_and_message_apart", "I2"),
        ("number_and_dossier_apart", "I7"),
        ("fact_before_its_file", "I11"),
        ("a_code_is_money", "I14"),
    ],
)
def test_the_harness_finds_every_mistake_built_in_on_purpose(
    tmp_path: Path, bug: str, sign: str
) -> None:
    found = Run(tmp_path, Random(7), bug=bug).play(kills=5, drain_s=10)

    assert [line for line in found if line.startswith(sign)], found
