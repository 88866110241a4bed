"""What the sandbox portal answers, and the problems of the contract."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

RETRIES = {
    400: "fix",
    401: "login",
    403: "stop",
    404: "fix",
    405: "fix",
    409: "decide",
    410: "resync",
    412: "fix",
    413: "fix",
    415: "fix",
    416: "fix",
    422: "fix",
    460: "rehash",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: HTTP status, body, and headers beyond the usual ones.

    Attributes:
        body: What becomes JSON, bytes sent as they are, or None when there is no body.
        kind: Content type, where it is not JSON, or a problem of the contract.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the request was done."""
        return self.status < 400


class Refusal(Exception):
    """The request is refused and nothing of it is kept.

    Attributes:
        reply: What is answered.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def problem(status: int, name: str, title: str, **more: object) -> Reply:
    """Return a problem of the contract (RFC 9457)."""
    return Reply(status, problem_body(status, name, title, **more))


def problem_body(status: int, name: str, title: str, **more: object) -> dict[str, object]:
    """Return the body of a problem."""
    return {
        "type": f"urn:motcua:problem:{name}",
        "title": title,
        "status": status,
        "retry": RETRIES.get(status, "retry"),
        "trace_id": secrets.token_hex(8),
        **more,
    }


def invalid(errors: Sequence[Mapping[str, str]], **more: object) -> Reply:
    """Return the problem for content that is wrong at the places *errors* name."""
    detail = f"Có {len(errors)} chỗ cần sửa"
    return problem(
        422, "validation", "Nội dung không hợp lệ", detail=detail, errors=list(errors), **more
    )


def not_found() -> Reply:
    """Return the problem for what is not there, or not for this desk to see."""
    return problem(404, "not-found", "Không tìm thấy")


def bad_request(detail: str) -> Reply:
    """Return the problem for a request that cannot be read."""
    return problem(400, "bad-request", "Yêu cầu sai cú pháp", detail=detail)


def out_of_scope(retry: str = "stop") -> Reply:
    """Return the problem for an agency this desk does not receive for."""
    return problem(403, "agency-scope", "Quầy không được nhận cho cơ quan này", retry=retry)
