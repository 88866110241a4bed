"""What the program keeps from everybody else on the same machine, from its first line on.

Its files are its user's alone, its memory is never written to a file by the system, no other
program of the same user looks into it, and no variable makes it write down a connection's keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

KEYS_OF_CONNECTIONS = "SSLKEYLOGFILE"
"""Python and OpenSSL write what decrypts every TLS connection into the file that this names."""

_PR_SET_DUMPABLE = 4  # linux/prctl.h


@contextmanager
def for_all_users() -> Iterator[None]:
    """Write what every user of the machine starts: a program, never data."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def keep_to_oneself() -> None:
    """Begin to write for this user only, and leave neither memory nor keys to others.

    What is started by the program inherits all but the guard of memory. Windows has other means:
    folders inherit the user's rights, and reports of faults with memory are off by policy.
    """
    os.environ.pop(KEYS_OF_CONNECTIONS, None)
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _guard_memory()


def _guard_memory() -> None:
    """Let no debugger of the same user attach and no ``/proc/PID/mem`` be read (prctl(2))."""
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
