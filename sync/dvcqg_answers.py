"""What the national interface answers, and what its error codes mean, in one place.

No public text lists the codes. Known from programs in use: "0" and "00" are good, "3" and "-3"
with "đã tồn tại" ask for an update. The rest is told by its message; what nobody foresaw goes to
an officer with that message, and never around for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from counter.errors import PortalSilent
from counter.values import fold


class Kind(Enum):
    """What an answer asks the desk to do."""

    DONE = auto()
    THERE = auto()
    NOT_THERE = auto()
    SESSION_ENDED = auto()
    BUSY = auto()
    WRONG = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, read.

    Attributes:
        session: Of a sign-in; empty otherwise.
    """

    error_code: str
    message: str
    result: tuple[dict[str, JsonValue], ...]
    session: str
    kind: Kind


_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.SESSION_ENDED, ("phien lam viec", "phien dang nhap", "het phien", "session")),
    (Kind.NOT_THERE, ("khong ton tai", "chua ton tai", "khong tim thay", "not found")),
    (Kind.THERE, ("da ton tai",)),
    (Kind.BUSY, ("loi he thong", "qua tai", "timeout", "qua thoi gian", "thu lai sau")),
)
"""Words of a message without accents, the surer kind first."""


class _Shape(BaseModel):
    # Values stay out of error texts: an answer may hold citizens' data, a log may not.
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    error_code: Annotated[str, Field(max_length=20)]
    message: Annotated[str, Field(max_length=4000)] | None = None
    result: JsonValue = None
    session: Annotated[str | None, Field(max_length=4000, repr=False)] = None


def read_reply(body: bytes) -> Reply:
    """Read the JSON *body*.

    Raises:
        PortalSilent: It is none, or has another shape, so nothing is known of what was sent.
    """
    try:
        found = _Shape.model_validate_json(body)
    except ValidationError as error:
        raise PortalSilent(f"no answer of the interface: {error.error_count()} faults") from None
    lines = found.result if isinstance(found.result, list) else []
    message = found.message or ""
    return Reply(
        error_code=found.error_code,
        message=message,
        result=tuple(line for line in lines if isinstance(line, dict)),
        session=found.session or "",
        kind=kind_of(found.error_code, message),
    )


def kind_of(error_code: str, message: str) -> Kind:
    """Return what an error code with its message means."""
    if error_code in {"0", "00"}:
        return Kind.DONE
    said = fold(message)
    for kind, words in _WORDS:
        if any(word in said for word in words):
            return kind
    return Kind.WRONG
