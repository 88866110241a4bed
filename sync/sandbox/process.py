"""The sandbox portal as a child process, and its switches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests

from counter.errors import PortalSilent
from sync.sandbox.faults import Fault

HOUSE = Path(__file__).parents[2]
SECRET = "secret-of-the-sandbox"  # noqa: S105 - of a portal on this machine, for invented data


class SandboxProcess:
    """A small portal in a process of its own; it ends with this object and with this program.

    Attributes:
        url: Base address of the contract.
        panel_url: A page for people.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        agency: str = "H55.242",
        desks: Mapping[str, str] | None = None,
    ) -> None:
        """Start it and wait until it answers.

        Args:
            folder: Where it keeps its books; a later one goes on with them.
            port: 0 takes a free one.
            desks: Client secret of each enrolled desk.

        Raises:
            PortalSilent: It did not start.
        """
        enrolled = desks or {f"{agency}-Q01": SECRET}
        command = [sys.executable, "-m", "sync.sandbox", str(folder)]
        command += ["--port", str(port), "--agency", agency]
        for desk, secret in enrolled.items():
            command += ["--desk", f"{desk}:{secret}"]
        self._process = subprocess.Popen(
            command,
            cwd=HOUSE,
            env={**os.environ, "PYTHONPATH": str(HOUSE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None  # noqa: S101 - a pipe was asked for
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise PortalSilent("the sandbox did not start")
        ports = json.loads(line)
        self.port: int = ports["port"]
        self.url = f"http://127.0.0.1:{self.port}/motcua/v1"
        self.panel_url = f"http://127.0.0.1:{ports['panel']}/"
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it; returns when it has ended."""
        if hasattr(self, "_session"):
            self._session.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self.stop()

    def switch_off(self) -> None:
        """Refuse connections and cut those that are open."""
        self._do("off")

    def switch_on(self) -> None:
        """Take requests again."""
        self._do("on")

    def strike(self, faults: Sequence[Fault]) -> None:
        """Let *faults* strike the next requests, one each."""
        self._do("faults", [fault.value for fault in faults])

    def clear_faults(self) -> None:
        """Let nothing strike any more."""
        self._do("no-faults")

    def poison(self, dossier_ids: Sequence[str]) -> None:
        """Call these dossiers wrong whenever they come."""
        self._do("poison", list(dossier_ids))

    def cure(self) -> None:
        """Call no dossier wrong any more."""
        self._do("no-poison")

    def forget_tokens(self) -> None:
        """Let every token end now."""
        self._do("forget-tokens")

    def reset(self) -> None:
        """Forget everything, as a newly installed portal."""
        self._do("reset")

    def dossiers(self) -> list[dict[str, Any]]:
        """Return every dossier the portal has, in the order they first came."""
        return self._ask("dossiers")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def events(self) -> list[dict[str, Any]]:
        """Return every event the portal has, in the order they came."""
        return self._ask("events")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def leases(self) -> list[dict[str, Any]]:
        """Return every block of numbers the portal lent."""
        return self._ask("leases")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def requests(self) -> dict[str, int]:
        """Return how often each operation was asked for."""
        return self._ask("requests")  # type: ignore[no-any-return]  # the sandbox's own JSON

    def _do(self, switch: str, body: object = None) -> None:
        self._session.post(self.panel_url + switch, json=body, timeout=10).raise_for_status()

    def _ask(self, question: str) -> Any:
        answer = self._session.get(self.panel_url + question, timeout=10)
        answer.raise_for_status()
        return answer.json()
