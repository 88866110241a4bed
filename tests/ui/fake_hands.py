"""Hands beside the window that only note what they were asked for."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from counter.cards import CardSecrets, IssuerEntry, RejectedEntry
from counter.errors import DeskError
from counter.ports import CodeEvent, CodeScanned, PrintJob
from counter.scans import Judged
from counter.work import Check, CheckState
from devices.paper.barcode import qr
from tests.ui.fake_desk import MORNING
from ui.officer.hands import Hands


@dataclass
class FakeIssuers:
    """Keeps entries in a list; what it promises is what ``Issuers`` promises.

    Attributes:
        brought: What the next file that is taken in brings.
        rejected: What of it is not taken.
        failing: Raised once by the next change.
        files: Paths that were taken in.
    """

    entries: list[IssuerEntry] = field(default_factory=list)
    brought: tuple[IssuerEntry, ...] = ()
    rejected: tuple[RejectedEntry, ...] = ()
    failing: DeskError | None = None
    files: list[Path] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)

    def list(self) -> tuple[IssuerEntry, ...]:
        self.threads.add(threading.current_thread().name)
        return tuple(self.entries)

    def import_file(self, path: Path) -> tuple[int, tuple[RejectedEntry, ...]]:
        self._fail()
        self.files.append(path)
        new = [entry for entry in self.brought if entry not in self.entries]
        self.entries += new
        return len(new), self.rejected

    def remove(self, sha256: str) -> None:
        self._fail()
        self.entries = [entry for entry in self.entries if entry.sha256 != sha256]

    def _fail(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing


@dataclass
class FakeHands:
    """Notes what the window asks of the other rooms."""

    secrets: list[CardSecrets | None] = field(default_factory=list)
    jobs: list[PrintJob] = field(default_factory=list)
    saved: list[tuple[PrintJob, Path]] = field(default_factory=list)
    woken: int = 0
    sent: int = 0
    looked_for: list[str] = field(default_factory=list)
    codes: dict[str, CodeEvent] = field(default_factory=dict)
    found: tuple[Check, ...] = (Check("reader", CheckState.OK, "ACS ACR1252"),)
    trusted: FakeIssuers = field(default_factory=FakeIssuers)

    def read_code(self, text: str) -> CodeEvent:
        """Answer with a QR that was put in ``codes``, else with a plain code."""
        return self.codes.get(text, CodeScanned(text))

    def wake(self) -> None:
        self.woken += 1

    def send_now(self) -> None:
        self.sent += 1

    def checks(self) -> tuple[Check, ...]:
        return self.found

    def judge(self, path: Path) -> Judged:
        return Judged(path.read_bytes(), "application/pdf", 1)

    def issuers(self) -> FakeIssuers:
        return self.trusted

    def as_hands(self) -> Hands:
        """Return them as the window takes them."""
        return Hands(
            expect=self.secrets.append,
            read_code=self.read_code,
            put=self.jobs.append,
            save=lambda job, path: self.saved.append((job, path)),
            wake=self.wake,
            send_now=self.send_now,
            checks=self.checks,
            issuers=self.issuers,
            judge=self.judge,
            look_up=self.looked_for.append,
            encode=qr,
            clock=lambda: MORNING,
        )
