"""Whether two contents mean the same, as the contract compares them.

``null`` is the same as absent, moments are compared as moments, the order of keys says nothing.
"""

from __future__ import annotations

import re
from datetime import datetime

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")


def canonical(content: object) -> object:
    """Return *content* (parsed JSON) in the one form that equal contents share."""
    match content:
        case dict():
            return {key: canonical(value) for key, value in content.items() if value is not None}
        case list():
            return [canonical(value) for value in content]
        case str() if _MOMENT.fullmatch(content):
            return datetime.fromisoformat(content)
        case _:
            return content


def is_same(one: object, other: object) -> bool:
    """Say whether two contents mean the same."""
    return canonical(one) == canonical(other)
