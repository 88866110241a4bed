"""How a few letters typed without accents find a name, and how well each name fits.

A typed part fits a word it begins ("sinh", "si"), or several words of which it holds the
beginnings one after the other ("ks" and "khaisinh" for "khai sinh", "dkks" for "đăng ký khai
sinh").
"""

from __future__ import annotations

import re

from counter.values import fold

EXACT, AT_START, IN_ORDER, SHORTENED, ANY_ORDER, LOOSE = range(6)

LONGEST = 80
"""Letters of a typed text that are looked at."""

_REST_OF_WORD = "[^ ]* "


def plain(text: str) -> str:
    """Return the words of *text* in small letters without accents, a blank before each."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return "".join(f" {word}" for word in words)


class Typed:
    """What somebody typed, ready to be held against many names.

    ``closeness`` is lower the better a name fits. ``EXACT``: it is the name. ``AT_START`` and
    ``IN_ORDER``: the parts begin successive words, from the first or from a later one.
    ``SHORTENED``: successive words, some run together or cut to their first letters.
    ``ANY_ORDER``: each part begins some word. ``LOOSE``: each is found somewhere, shortened.
    """

    def __init__(self, text: str) -> None:
        self.text = plain(text[:LONGEST])
        parts = self.text.split()
        letters = [f"(?:{_REST_OF_WORD})?".join(part) for part in parts]
        self._beginnings = [f" {part}" for part in parts]
        self._in_order = re.compile(" " + _REST_OF_WORD.join(parts))
        self._shortened = re.compile(" " + _REST_OF_WORD.join(letters))
        self._loose = [re.compile(f" {part}") for part in letters]

    def closeness(self, name: str) -> int | None:
        """Return how closely it fits a ``plain`` *name*, None when it does not."""
        if self._in_order.match(name):
            return EXACT if name == self.text else AT_START
        if self._in_order.search(name):
            return IN_ORDER
        if self._shortened.search(name):
            return SHORTENED
        if all(beginning in name for beginning in self._beginnings):
            return ANY_ORDER
        if all(part.search(name) for part in self._loose):
            return LOOSE
        return None
