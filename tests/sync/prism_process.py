"""Prism beside the tests: the contract spoken by software nobody here wrote.

It is installed by npm from ``tests/sync/prism/package-lock.json`` into ``build/prism``; where it is
not, the tests that need it are skipped and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

import pytest

from counter.values import now
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET
from sync.wire import Answer, Wire
from tests.ports import free_port
from tests.sync.sandbox.caller import CONTRACT, DESK, operation_of

HOUSE = Path(__file__).resolve().parents[2]
PROGRAM = (
    HOUSE / "build" / "prism" / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
)
INSTALL = (
    "mkdir -p build/prism && cp tests/sync/prism/*.json build/prism && npm ci --prefix build/prism"
)
OWN_PROBLEM = b"stoplight.io/prism/errors"
START_S = 120.0
END_S = 60.0


def node() -> str:
    """Return the program that runs Prism; skip the test that asked where there is none."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        pytest.skip("this machine has no npm to bring Prism")
    if not PROGRAM.exists():
        pytest.skip(f"Prism is not installed: {INSTALL}")
    return found


class Prism:
    """Prism in a process of its own: a mock of the contract, or a judge before a portal.

    Attributes:
        url: Where it is asked; the contract's paths stand right below.
    """

    def __init__(self, log: Path, *, before: str | None = None) -> None:
        """Start it and wait until it listens.

        Args:
            log: What it says of itself.
            before: Address of the portal that gets what passed; None answers by itself.
        """
        port = free_port()
        self._log = log.open("wb")
        task = ["mock"] if before is None else ["proxy"]
        target = [str(CONTRACT)] if before is None else [str(CONTRACT), before]
        self._process = subprocess.Popen(
            [node(), str(PROGRAM), *task, "--errors", "-h", "127.0.0.1", "-p", str(port), *target],
            stdin=subprocess.DEVNULL,
            stdout=self._log,  # no pipe: it would stand still once that is full
            stderr=subprocess.STDOUT,
        )
        self.url = f"http://127.0.0.1:{port}"
        end = monotonic() + START_S
        while b"Prism is listening" not in log.read_bytes():
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.1)
            if self._process.poll() is not None or monotonic() > end:
                self.close()
                pytest.fail(f"Prism did not start: {log.read_text(encoding='utf-8')}")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(END_S)
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass
class Judgement:
    """What Prism said of each exchange.

    Attributes:
        asked: ``operationId`` of each request that reached it, in order.
        mistakes: Everything, of a request or of an answer, that the contract does not allow.
    """

    asked: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def note(self, method: str, path: str, answer: Answer) -> None:
        operation = operation_of(method, path.partition("?")[0])
        self.asked.append(operation["operationId"] if operation else f"{method} {path}")
        told = answer.headers.get("sl-violations")
        if told:
            self.mistakes += [f"{self.asked[-1]}: {each['message']}" for each in json.loads(told)]
        elif OWN_PROBLEM in answer.body:
            self.mistakes.append(f"{self.asked[-1]}: {answer.body.decode()}")


class JudgedWire(Wire):
    """The desk's own line, with somebody who listens to what Prism says."""

    def __init__(self, access: Access, judgement: Judgement) -> None:
        super().__init__(
            url=access.url,
            agent=f"motcua-quay/{access.version}",
            timeout_s=access.timeout_s,
            trust=access.trust,
            proxy=access.proxy,
        )
        self._judgement = judgement

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        wait_s: float = 0.0,
        most_bytes: int = 16 * 1024 * 1024,
    ) -> Answer:
        answer = super().ask(
            method, path, headers=headers, body=body, wait_s=wait_s, most_bytes=most_bytes
        )
        self._judgement.note(method, path, answer)
        return answer

    def ask_patiently(
        self,
        path: str,
        *,
        headers: Mapping[str, str],
        wait_s: float,
        unless: Callable[[], bool],
    ) -> Answer:
        before = len(self._judgement.asked)
        answer = super().ask_patiently(path, headers=headers, wait_s=wait_s, unless=unless)
        if len(self._judgement.asked) == before:
            self._judgement.note("GET", path, answer)
        return answer


def judged_portal(url: str, judgement: Judgement, desk_id: str = DESK) -> Portal:
    """Return the desk's client of the portal at *url*, with Prism's word on all it does."""
    access = Access(url=url, desk_id=desk_id, secret=SECRET, version="1.4.0", timeout_s=60.0)
    portal = Portal(access, clock=now)
    portal._wire.close()
    portal._wire = JudgedWire(access, judgement)
    return portal
