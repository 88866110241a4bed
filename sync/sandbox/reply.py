"""What the sandbox portal answers, and the problems of the contract."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RETRIES = {400: "fix", 404: "fix", 405: "fix", 409: "decide", 422: "fix", 401: "login"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: HTTP status, JSON body, and headers beyond the usual ones."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


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
