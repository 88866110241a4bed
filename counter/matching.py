"""How a few letters typed without accents find a name, and how well each name fits.

A typed part fits a word it begins ("sinh", "si"), or several words of which it holds the
beginnings one after the other ("ks" and "khaisinh" for "khai sinh", "dkks" for "đăng ký khai
sinh").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from counter.values import fold

EXACT, AT_START, IN_ORDER, SHORTENED, ANY_ORDER, LOOSE = range(6)

LONGEST = 80
"""Letters of a typed text that are looked at."""

_ON_TO_NEXT_WORD = "[^ \n]* "
_REST = "[^\n]*"


def plain(text: str) -> str:
    """Return the words of *text* in small letters without accents, a blank before each."""
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    return "".join(f" {word}" for word in words)


class Names:
    """Many ``plain`` names, ready to be searched at once.

    They lie in one text, a line for each, so that one pass of a pattern searches them all; three
    thousand names take a few milliseconds.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._text = "\n".join(self._names)
        lengths = (len(name) + 1 for name in self._names)
        self._starts = list(accumulate(lengths, initial=0))

    def find(self, text: str, enough: int | None = None) -> dict[int, int]:
        """Return how closely each name fits what was typed, lower the better, by its place.

        ``EXACT``: it is the name. ``AT_START`` and ``IN_ORDER``: the parts begin successive words,
        from the first or from a later one. ``SHORTENED``: successive words, some run together or
        cut to their first letters. ``ANY_ORDER``: each part begins some word. ``LOOSE``: each is
        found somewhere, shortened.

        Args:
            enough: Looser fits are not looked for once so many names are found.
        """
        typed = plain(text[:LONGEST])
        parts = typed.split()
        if not parts:
            return {}
        shortened = [f"(?:{_ON_TO_NEXT_WORD})?".join(part) for part in parts]
        found: dict[int, int] = {}
        for place, at_start in self._lines_with(_ON_TO_NEXT_WORD.join(parts)):
            found[place] = AT_START if at_start else IN_ORDER
            if self._names[place] == typed:
                found[place] = EXACT
        for closeness, patterns in (
            (SHORTENED, [_ON_TO_NEXT_WORD.join(shortened)]),
            (ANY_ORDER, parts),
            (LOOSE, shortened),
        ):
            if enough is not None and len(found) >= enough:
                break
            if closeness > SHORTENED and len(parts) == 1:
                break  # one part has no order: it was found already
            for place in self._lines_with_all(patterns):
                found.setdefault(place, closeness)
        return found

    def _lines_with_all(self, patterns: list[str]) -> Iterator[int]:
        """Yield the place of each name with every pattern; the longest leaves the fewest over."""
        longest, *others = sorted(patterns, key=len, reverse=True)
        rest = [re.compile(f" {pattern}") for pattern in others]
        for place, _at_start in self._lines_with(longest):
            if all(pattern.search(self._names[place]) for pattern in rest):
                yield place

    def _lines_with(self, pattern: str) -> Iterator[tuple[int, bool]]:
        """Yield the place of each name with *pattern* after a blank, and whether it begins it."""
        for match in re.finditer(f" {pattern}{_REST}", self._text):
            place = bisect_right(self._starts, match.start()) - 1
            yield place, self._starts[place] == match.start()
