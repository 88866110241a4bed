"""Ports for servers that choose none themselves, and start some time after they are told one."""

from __future__ import annotations

import socket
from pathlib import Path
from random import SystemRandom

LENT = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST, LENT_FROM = 10_000, 32_768
"""Where we choose, and where the system begins to lend ports to every connection by itself."""


def free_port(side_by_side: int = 1) -> int:
    """Return a free port, the first of so many, that no connection is given meanwhile.

    A port that the system lent and took back may be lent to anybody before the server starts.
    """
    lent_from = int(LENT.read_text(encoding="ascii").split()[0]) if LENT.exists() else LENT_FROM
    chance, last = SystemRandom(), max(lent_from, FIRST + 1000) - side_by_side
    while True:
        port = chance.randrange(FIRST, last)
        if all(_is_free(port + place) for place in range(side_by_side)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
