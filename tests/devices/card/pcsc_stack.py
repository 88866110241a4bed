"""A PC/SC service of the test's own: pcscd with two virtual readers, seen by nobody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.card.simulator.faults import Answering
from devices.card.simulator.vpcd import VpcdCard
from tests.ports import free_port

DRIVER = "serial/libifdvpcd.so"
DRIVER_FOLDERS = ("/usr/lib/pcsc/drivers", "/usr/lib/x86_64-linux-gnu/pcsc/drivers")
NAME = "Motcua Test"
SOCKET = "pcscd.comm"
SYSTEM_RUN = Path("/run/pcscd")
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
START_S = 60.0


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for *condition* and fail the test when it does not come."""
    pause = threading.Event()
    for _ in range(int(START_S / 0.02)):
        if condition():
            return
        pause.wait(0.02)
    pytest.fail(f"waited in vain for {what}")


def driver() -> Path:
    """Return the virtual reader's driver; the test is skipped where a part is missing."""
    if sys.platform != "linux":
        pytest.skip("pcscd with virtual readers runs on Linux only")
    for program in ("pcscd", "unshare"):
        if not shutil.which(program, path=PATH):
            pytest.skip(f"{program} is not installed")
    for folder in DRIVER_FOLDERS:
        if (Path(folder) / DRIVER).exists():
            return Path(folder) / DRIVER
    pytest.skip("vsmartcard-vpcd is not installed")


def private_run(folder: Path) -> list[str]:
    """Return the words before a command for which *folder* alone is ``/run/pcscd``.

    pcscd knows no other place for its socket. Root without the right to mount runs it as it is,
    where no other runs; elsewhere the test is skipped.
    """
    rights = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
    script = (
        "mount -t tmpfs none /run && mkdir /run/pcscd && "
        'mount --bind "$1" /run/pcscd && shift && exec "$@"'
    )
    around = ["unshare", *rights, "sh", "-c", script, "sh", str(folder)]
    tried = subprocess.run([*around, "true"], capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return around
    if os.geteuid() == 0 and not (SYSTEM_RUN / SOCKET).exists():
        SYSTEM_RUN.mkdir(exist_ok=True)
        return []
    pytest.skip(f"no place of its own for pcscd: {tried.stderr.strip()}")


class PcscStack:
    """One private service; ``start`` and ``stop`` as often as a test likes.

    Attributes:
        socket: Where clients find it, by ``PCSCLITE_CSOCK_NAME``.
        port: Where cards are laid on its first reader.
    """

    def __init__(self, folder: Path) -> None:
        self._driver = driver()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port(2)
        self.reader = f"{NAME} 00 00"
        (folder / "run").mkdir()
        self._around = private_run(folder / "run")
        self.socket = (folder / "run" if self._around else SYSTEM_RUN) / SOCKET
        (folder / "conf").mkdir()
        self.plug()

    def plug(self) -> None:
        """Write the reader into the configuration, which is read at the start."""
        (self._folder / "conf" / "reader").write_text(
            f'FRIENDLYNAME "{NAME}"\n'
            f"DEVICENAME /dev/null:{self.port:#x}\n"
            f"LIBPATH {self._driver}\n"
            f"CHANNELID {self.port:#x}\n",
            encoding="ascii",
        )

    def unplug(self) -> None:
        """Take the reader out of the configuration."""
        (self._folder / "conf" / "reader").unlink()

    def start(self) -> None:
        """Start the service and wait until it listens."""
        for left in self.socket.parent.glob("pcscd.*"):
            left.unlink()
        self._process = subprocess.Popen(
            [*self._around, "pcscd", "--foreground", "--config", str(self._folder / "conf")],
            env=os.environ | {"PATH": PATH},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        wait_until(lambda: self._process_ended() or self.socket.exists(), "pcscd")
        if self._process_ended():
            pytest.fail(f"pcscd did not start: {self._process.communicate()[0]!r}")

    def stop(self) -> None:
        """End the service."""
        if self._process:
            self._process.terminate()
            self._process.communicate()
            self._process = None

    def _process_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @contextmanager
    def card(self, chip: Answering) -> Iterator[VpcdCard]:
        """Lay a card down for the length of a block; it may be taken away earlier."""
        there = threading.Event()
        card = VpcdCard(chip, self.port, laid_down=there.set)
        hand = threading.Thread(target=card.serve, name="card")
        hand.start()
        try:
            assert there.wait(START_S)
            yield card
        finally:
            card.remove()
            hand.join()
