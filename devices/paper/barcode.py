"""The two codes on paper: Code 128 for pistol readers, QR for cameras."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

QUIET_MODULES = 10
"""Blank modules that Code 128 needs on each side (ISO/IEC 15417, 4.6)."""

QR_QUIET_MODULES = 4
"""Blank modules that a QR needs on each side (ISO/IEC 18004, 9.1)."""

Bar = tuple[int, int]
"""First module and width of one dark bar, in modules from the left edge of the code."""


@lru_cache(maxsize=16)  # each code stands on every copy of its paper
def code128(text: str) -> tuple[tuple[Bar, ...], int]:
    """Encode *text*, printable ASCII, as Code 128.

    Returns:
        The dark bars from left to right, and the width of the whole code without quiet zones,
        both in modules.
    """
    from barcode.codex import Code128

    modules: str = Code128(text).build()[0]
    return _runs(modules), len(modules)


@lru_cache(maxsize=16)
def qr(text: str) -> tuple[tuple[Bar, ...], ...]:
    """Encode *text* as a QR of error correction level M.

    Returns:
        For each row from the top its dark runs; the code is as many modules wide as it has rows,
        without quiet zone.
    """
    import segno

    code = segno.make_qr(text, error="m", boost_error=False)
    return tuple(_runs("".join("1" if dark else "0" for dark in row)) for row in code.matrix)


def _runs(modules: str) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    at = 0
    for value, run in groupby(modules):
        width = len(list(run))
        if value == "1":
            bars.append((at, width))
        at += width
    return tuple(bars)
