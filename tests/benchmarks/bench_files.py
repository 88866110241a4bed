"""How many bytes a file costs over a line that breaks every third of the file's time.

Run by name: ``python3 run.py bench files``. A line of 2.5 MB/s carries a file of 5 MB, which needs
two seconds, and is cut every two thirds of a second. Beside it the same file goes as one plain
request that begins anew after every break, for at most twenty seconds.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

import requests
from sqlalchemy import select

from counter.store import files
from counter.store.tables import DossierRow
from counter.values import now
from sync.courier import Courier
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.small_portal import Hasty
from tests.sync.test_desk_and_portal import Office

SIZE = 5_000_000
RATE = 2_500_000
BREAK_S = SIZE / RATE / 3
MOST = 1.3
PLAIN_S = 20.0
BLOCK = 8192


@dataclass(slots=True)
class Line:
    """A thin line to *port* that breaks; ``carried`` counts the bytes it took from the desk."""

    port: int
    carried: int = 0

    async def serve(self, started: asyncio.Future[int]) -> None:
        """Carry, and cut everything again and again."""
        connections: set[asyncio.StreamWriter] = set()

        async def up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            begun, own = perf_counter(), 0
            while data := await reader.read(BLOCK):
                own += len(data)
                self.carried += len(data)
                writer.write(data)
                await pause(max(0.0, begun + own / RATE - perf_counter()))

        async def down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while data := await reader.read(65536):
                writer.write(data)

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there_reader, there = await asyncio.open_connection("127.0.0.1", self.port)
            connections.update((writer, there))
            try:
                tasks = [asyncio.create_task(up(reader, there))]
                tasks.append(asyncio.create_task(down(there_reader, writer)))
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            finally:
                connections.difference_update((writer, there))
                writer.transport.abort()
                there.transport.abort()

        def break_off() -> None:
            for connection in tuple(connections):
                connection.transport.abort()

        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * BLOCK)
        door.bind(("127.0.0.1", 0))
        server = await asyncio.start_server(connect, sock=door, limit=2 * BLOCK)
        started.set_result(door.getsockname()[1])
        async with server:
            try:
                while True:
                    await pause(BREAK_S)
                    break_off()
            finally:
                break_off()


async def pause(seconds: float) -> None:
    """Let this much of the line's time pass."""
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, passed.set)
    await passed.wait()


async def _end_of(left: set[asyncio.Task[object]]) -> None:
    """Wait for connections that broke off when the line ended."""
    await asyncio.gather(*left, return_exceptions=True)


@contextmanager
def _line(port: int) -> Iterator[tuple[Line, int]]:
    """Run a line to *port* in a thread of its own; give it and where it begins."""
    line, loop = Line(port), asyncio.new_event_loop()
    started: asyncio.Future[int] = loop.create_future()
    known = threading.Event()
    started.add_done_callback(lambda _: known.set())
    task = loop.create_task(line.serve(started))

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(_end_of(asyncio.all_tasks(loop)))
            loop.close()

    thread = threading.Thread(target=run, name="line")
    thread.start()
    known.wait()
    try:
        yield line, started.result()
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


def main() -> int:
    """Print both sides; fail when the desk's measure does not hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SandboxProcess(folder / "sandbox", desks={"H55.242-Q01": SECRET}) as sandbox:
            office = Office(folder / "one", sandbox)
            content = (b"%PDF-1.4\n" + Random(1).randbytes(SIZE))[:SIZE]
            _leave(office, content)
            with _line(sandbox.port) as (line, port):
                begun = perf_counter()
                uploaded = _sync(office, port)
                seconds, part = perf_counter() - begun, line.carried / SIZE
            there = [blob["size"] for blob in sandbox.ask("blobs")]
            office.close()
            with _line(sandbox.port) as (line, port):
                came = _plain(content, port)
                plain = line.carried / SIZE
    print(f"piece by piece: {seconds:5.1f} s, {part:.2f} times the file's bytes")
    print(f"one request:    {'came' if came else 'never came'}, {plain:.2f} times the bytes")
    return 0 if uploaded == 1 and there == [SIZE] and part <= MOST else 1


def _leave(office: Office, content: bytes) -> None:
    office.receive(1)
    office.sync()
    with office.context.store.writing() as session:
        files.attach(
            session,
            office.context.store.files,
            session.scalars(select(DossierRow)).one(),
            content,
            filename="large.pdf",
            mime="application/pdf",
            paper_code=None,
            moment=now(),
        )


def _sync(office: Office, port: int) -> int:
    url = f"http://127.0.0.1:{port}/motcua/v1"
    access = Access(url=url, desk_id="H55.242-Q01", secret=SECRET, version="0.1.0")
    courier = Courier(
        office.context.store,
        lambda: Portal(access, clock=now),
        agency="H55.242",
        version="0.1.0",
        clock=now,
        chance=Hasty(),
    )
    report = courier.run_until_idle(timeout_s=120)
    courier.close()
    return report.uploaded_files


def _plain(content: bytes, port: int) -> bool:
    """Send all of it in one request, from the start after each break; say whether it came."""
    end = perf_counter() + PLAIN_S
    while perf_counter() < end:
        try:
            requests.post(f"http://127.0.0.1:{port}/", data=content, timeout=20)
        except requests.RequestException:
            continue
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
