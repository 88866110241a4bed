"""How long a backlog of ten thousand dossiers takes, beside one plain request for each.

Run by name: ``python3 run.py bench sync``. Both speak TLS over a line with a round trip of 30 ms
to a portal in another process. The plain loop is timed on 300 and scaled. Meanwhile a heartbeat
of 10 ms, as a window has, measures how long the sync keeps the others from running.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import psutil  # type: ignore[import-untyped]  # it carries no types
import requests

from counter.store import outbox
from counter.store.store import Store
from counter.values import now, uuid7
from program.settled import leave_out_what_stays
from sync.courier import Courier
from sync.portal import Access, Portal
from sync.trust import Trust
from tests.sync.authority import Authority
from tests.sync.small_portal import AGENCY, DESK, SECRET, Hasty, SmallPortal

WAITING = 10_000
PLAIN = 300
ROUND_TRIP_S = 0.03
MOST_OF_PLAIN = 1 / 60
MOST_STALL_MS = 50.0
MOST_GROWTH_MB = 40.0
MORNING = datetime(2026, 11, 25, 1, tzinfo=UTC)


def main() -> int:
    """Print both sides; fail when a measure of the desk does not hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        authority = Authority.make(folder / "authority")
        authority.sign()
        with _portal(folder / "authority" / "server.pem") as url:
            with _heartbeat() as noise:
                plain_s = _plain(url, authority.file) / PLAIN * WAITING
            store = Store(folder / "desk.db", bytes(32))
            _fill(store)
            leave_out_what_stays()  # as a desk does once it is open
            sync_s, stall_ms, growth_mb = _sync(store, url, authority.file)
            store.close()
    part = sync_s / plain_s
    print(f"one request for each, scaled: {plain_s:8.1f} s")
    print(f"the courier:                  {sync_s:8.1f} s  (1/{1 / part:.0f})")
    print(f"longest stall meanwhile:      {stall_ms:8.1f} ms")
    print(f"  of the machine by itself:   {max(noise) * 1000:8.1f} ms")
    print(f"memory grown by:              {growth_mb:8.1f} MB")
    stall_holds = stall_ms <= max(MOST_STALL_MS, 2000 * max(noise))
    holds = part <= MOST_OF_PLAIN and stall_holds and growth_mb <= MOST_GROWTH_MB
    return 0 if holds else 1


def _fill(store: Store) -> None:
    words = {"note": "x" * 1500, "owner": {"full_name": "Người Thử"}, "code": None}
    with store.writing() as session:
        for _ in range(WAITING):
            dossier_id = uuid7()
            outbox.put(
                session,
                key=uuid7(),
                dossier_id=dossier_id,
                kind=outbox.DOSSIER,
                facts={"id": str(dossier_id), **words},
                moment=MORNING,
            )


def _plain(url: str, ca_file: Path) -> float:
    begun = perf_counter()
    for _ in range(PLAIN):
        item = {"dossier": {"id": str(uuid7()), "note": "x" * 1500, "code": None}}
        answer = requests.post(
            f"{url}/dossiers/bulk", json={"items": [item]}, verify=str(ca_file), timeout=20
        )
        assert answer.status_code == 200
    return perf_counter() - begun


def _sync(store: Store, url: str, ca_file: Path) -> tuple[float, float, float]:
    """Return seconds, the longest stall in milliseconds, and growth of memory in MB."""
    access = Access(
        url=url, desk_id=DESK, secret=SECRET, version="0.1.0", trust=Trust(ca_file=ca_file)
    )
    courier = Courier(
        store,
        lambda: Portal(access, clock=now),
        agency=AGENCY,
        version="0.1.0",
        clock=now,
        chance=Hasty(),
    )
    process = psutil.Process()
    before = process.memory_info().rss
    with _heartbeat() as stalls:
        begun = perf_counter()
        report = courier.run_until_idle(timeout_s=600)
        seconds = perf_counter() - begun
    assert report.sent == WAITING, report
    courier.close()
    growth = (process.memory_info().rss - before) / 2**20
    return seconds, max(stalls) * 1000, growth


@contextmanager
def _heartbeat() -> Iterator[list[float]]:
    """Collect by how much each beat of 10 ms came late."""
    late = [0.0]
    ended = threading.Event()

    def beat() -> None:
        due = perf_counter() + 0.01
        while not ended.wait(max(0.0, due - perf_counter())):
            late.append(perf_counter() - due)
            due = perf_counter() + 0.01

    heart = threading.Thread(target=beat, name="heartbeat")
    heart.start()
    try:
        yield late
    finally:
        ended.set()
        heart.join()


@contextmanager
def _portal(certificate: Path) -> Iterator[str]:
    """Run the portal and its long line in a process of their own; give its address."""
    child = subprocess.Popen(
        [sys.executable, __file__, str(certificate)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        yield f"https://127.0.0.1:{json.loads(child.stdout.readline())}/motcua/v1"
    finally:
        child.kill()
        child.communicate()


def _serve(certificate: Path) -> None:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    portal = SmallPortal()
    portal.keeps_requests = False
    portal.socket = context.wrap_socket(
        portal.socket, server_side=True, do_handshake_on_connect=False
    )
    portal.thread.start()
    asyncio.run(_long_line(portal.server_address[1]))


async def _long_line(port: int) -> None:
    """Carry bytes to *port*, each way half a round trip late; a connection costs a whole one."""

    async def carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):  # a side that goes away ends the connection, no more
            while data := await source.read(65536):
                loop.call_later(ROUND_TRIP_S / 2, target.write, data)
        loop.call_later(ROUND_TRIP_S / 2, target.close)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived = asyncio.Event()
        asyncio.get_running_loop().call_later(ROUND_TRIP_S, arrived.set)
        await arrived.wait()
        upstream, downstream = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, downstream), carry(upstream, writer))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _serve(Path(sys.argv[1]))
    else:
        sys.exit(main())
