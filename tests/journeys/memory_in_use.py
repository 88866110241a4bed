"""How many bytes the program holds, as its two allocators count them.

What the operating system gives a program (USS) goes up and down by tens of megabytes with what the
allocators keep for later; a few kilobytes for each dossier would drown in that.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import close, dup, dup2, lseek, read
from tempfile import TemporaryFile
from typing import IO

MEGABYTE = 1 << 20


def bytes_in_use() -> int:
    """Return the bytes in use: blocks of the C library (all its arenas) and of Python's allocator.

    Raises:
        OSError: This C library is not glibc; nothing else tells this.
    """
    return _of_the_c_library() + _of_python()


def _of_the_c_library() -> int:
    libc = ctypes.CDLL("libc.so.6")
    libc.fdopen.restype = ctypes.c_void_p
    with TemporaryFile() as told:
        stream = ctypes.c_void_p(libc.fdopen(dup(told.fileno()), b"w"))
        libc.malloc_info(0, stream)
        libc.fclose(stream)
        whole = _all_of(told).rpartition("</heap>")[2]
    free = sum(int(size) for size in re.findall(r'"(?:fast|rest)" count="\d+" size="(\d+)"', whole))
    (system,) = re.findall(r'<system type="current" size="(\d+)"', whole)
    (mapped,) = re.findall(r'"mmap" count="\d+" size="(\d+)"', whole)
    return int(system) - free + int(mapped)


def _of_python() -> int:
    with TemporaryFile() as told:
        with _errors_into(told):
            sys._debugmallocstats()
        (held,) = re.findall(r"# bytes in allocated blocks\s*=\s*([\d,]+)", _all_of(told))
    return int(held.replace(",", ""))


@contextmanager
def _errors_into(file: IO[bytes]) -> Iterator[None]:
    kept = dup(2)
    dup2(file.fileno(), 2)
    try:
        yield
    finally:
        dup2(kept, 2)
        close(kept)


def _all_of(file: IO[bytes]) -> str:
    lseek(file.fileno(), 0, 0)
    return read(file.fileno(), MEGABYTE).decode()
