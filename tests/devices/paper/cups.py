"""A CUPS of our own on a private socket, and a printer for it that keeps what arrives."""

from __future__ import annotations

import os
import select
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from queue import Queue
from time import monotonic

from PIL import Image

PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
"""Describes a printer that takes PostScript; from the package printer-driver-cups-pdf."""

START_S = 120.0

_CUPSD = """
Listen {folder}/socket
Browsing No
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""


def cupsd() -> str | None:
    """Return where the scheduler is, None when it or a part the tests need is missing."""
    found = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
    complete = PPD.exists() and all(shutil.which(tool) for tool in ("lp", "lpadmin", "gs"))
    return found if complete else None


@dataclass
class Cups:
    """A running scheduler.

    Attributes:
        server: Value of ``CUPS_SERVER`` that leads to it.
        arrived: What the printer received, one entry for each job.
        printer: Address of that printer.
    """

    folder: Path
    printer: str
    arrived: Queue[bytes] = field(default_factory=Queue)

    @property
    def server(self) -> str:
        return str(self.folder / "socket")

    def tell(self, *command: str) -> None:
        """Run one of CUPS' own commands."""
        environment = os.environ | {"CUPS_SERVER": self.server, "LC_ALL": "C"}
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def add(self, queue: str, printer: str) -> None:
        """Add a queue for the printer at *printer*."""
        self.tell("lpadmin", "-p", queue, "-v", printer, "-E", "-P", str(PPD))

    def is_running(self) -> bool:
        environment = os.environ | {"CUPS_SERVER": self.server, "LC_ALL": "C"}
        done = subprocess.run(["lpstat", "-r"], env=environment, capture_output=True, check=False)
        return b"is running" in done.stdout


@contextmanager
def running(scheduler: str) -> Iterator[Cups]:
    """Start a scheduler with the queue ``A5`` for a printer on this computer."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-cups-"))
    folder.chmod(0o755)  # filters run as another user
    for name in ("root", "spool", "cache", "state", "tmp"):
        (folder / name).mkdir()
    (folder / "tmp").chmod(0o1777)
    for name, text in (("cupsd.conf", _CUPSD), ("cups-files.conf", _FILES)):
        (folder / "root" / name).write_text(text.format(folder=folder), encoding="utf-8")
    root = str(folder / "root")
    configuration = ["-c", f"{root}/cupsd.conf", "-s", f"{root}/cups-files.conf"]
    with _keeping() as (printer, arrived):
        process = subprocess.Popen([scheduler, "-f", *configuration], stderr=subprocess.DEVNULL)
        try:
            cups = Cups(folder, printer, arrived)
            end = monotonic() + START_S
            while not cups.is_running():
                assert process.poll() is None
                assert monotonic() < end
            cups.add("A5", printer)
            yield cups
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _keeping() -> Iterator[tuple[str, Queue[bytes]]]:
    """Run a printer on the network that takes everything and keeps it."""
    listener = socket.create_server(("127.0.0.1", 0))
    bell, rope = socket.socketpair()
    arrived: Queue[bytes] = Queue()

    def serve() -> None:
        while bell not in select.select([listener, bell], [], [])[0]:
            connection, _ = listener.accept()
            with connection:
                arrived.put(connection.makefile("rb").read())

    thread = threading.Thread(target=serve, name="printer on the network")
    thread.start()
    port = listener.getsockname()[1]
    try:
        yield f"socket://127.0.0.1:{port}/?waiteof=false&snmp=false", arrived
    finally:
        rope.close()
        thread.join()
        listener.close()
        bell.close()


def pictures(postscript: bytes, folder: Path, dpi: int = 203) -> list[Image.Image]:
    """Return each page of *postscript* as a printer of *dpi* sees it."""
    order = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pnggray", f"-r{dpi}"]
    target = folder / "page-%02d.png"
    subprocess.run([*order, f"-sOutputFile={target}", "-"], input=postscript, check=True)
    pages = sorted(folder.glob("page-*.png"))
    return [Image.open(BytesIO(page.read_bytes())) for page in pages]
