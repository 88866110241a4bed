"""The sandbox portal as a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from counter.errors import PortalSilent
from sync.sandbox.control import SandboxControl

HOUSE = Path(__file__).parents[2]
SECRET = "secret-of-the-sandbox"  # noqa: S105 - of a portal on this machine, for invented data
FROZEN_WORD = "--run-sandbox-portal"
"""First argument with which a frozen program becomes the sandbox; main.py hands the rest on."""
END_S = 5.0


class SandboxProcess(SandboxControl):
    """A small portal in a process of its own, and its switches.

    It ends with this object, and with this program however that ends. It is a control and not
    only has one, so that a test reads "the sandbox switches off".

    Attributes:
        url: Base address of the contract.
        port: Of that address.
        panel_url: A page for people.
        national_url: Base address of the national interface's sandbox; a desk signs in there with
            its id and secret.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        agency: str = "H55.242",
        desks: Mapping[str, str] | None = None,
        certificate: Path | None = None,
    ) -> None:
        """Start it and wait until it answers.

        Args:
            folder: Where it keeps its books; a later one goes on with them.
            port: 0 takes a free one.
            desks: Client secret of each enrolled desk. A desk belongs to the agency its id begins
                with, before the last hyphen.
            certificate: PEM file with certificate and key; the portal then speaks HTTPS.

        Raises:
            PortalSilent: It did not start.
        """
        enrolled = desks or {f"{agency}-Q01": SECRET}
        command = [*_program(), str(folder.resolve()), "--port", str(port)]
        for desk, secret in enrolled.items():
            command += ["--desk", f"{desk}:{secret}"]
        if certificate is not None:
            command += ["--certificate", str(certificate.resolve())]
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
            self._end()
            raise PortalSilent("the sandbox did not start")
        ports = json.loads(line)
        self.port: int = ports["port"]
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self.port}/motcua/v1"
        self.panel_url = f"http://127.0.0.1:{ports['panel']}/"
        self.national_url = f"http://127.0.0.1:{ports['national']}"
        super().__init__(self.panel_url)

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
        self.close()
        self._end()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self.stop()

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _program() -> list[str]:
    """Return the command that runs the sandbox, also from a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_WORD]
    return [sys.executable, "-m", "sync.sandbox"]
