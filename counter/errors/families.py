"""The four families of what can go wrong, and what all of it has in common."""

from __future__ import annotations

from typing import ClassVar


class DeskError(Exception):
    """Something could not be done, for a reason the desk knows.

    Attributes:
        code: Stable name of the case, such as ``card.wrong_can``.
        fields: Facts for the sentence shown to people; never personal data.
    """

    code: ClassVar[str]

    def __init__(self, detail: str = "", **fields: str | int) -> None:
        super().__init__(detail or self.code)
        self.fields = fields


class Refused(DeskError):
    """A rule says no; nothing was changed."""


class Unavailable(DeskError):
    """A device or the network does not answer now; the same work can be tried again."""


class Conflict(DeskError):
    """The portal disagrees about one dossier; a person decides."""


class Damaged(DeskError):
    """Local data cannot be trusted; stop and call support."""
