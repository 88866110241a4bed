"""Where a result is to go once it is there: over the desk, by the public post, or as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ReturnWay(StrEnum):
    """How a citizen wants to get the result (form 01, point 6)."""

    DESK = "desk"
    POST = "post"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """How and where a citizen wants to get the result.

    Attributes:
        receiver: Who is to get it by post; empty for the applicant.
        phone: Where the post calls; empty for the applicant's.
        address: Where the post brings it; empty for the applicant's. The file goes to the
            applicant's account at the portal and needs none.
    """

    way: ReturnWay = ReturnWay.DESK
    receiver: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


AT_THE_DESK = ReturnTo()
