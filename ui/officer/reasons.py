"""Why the portal has not taken a message, in words."""

from __future__ import annotations

import json

from ui import states, texts
from ui.said import said


def reason_of_trouble(trouble: str | None) -> str:
    """Return the portal's *trouble* (JSON text, or a code of ours) in words; empty for none."""
    if trouble is None:
        return ""
    if trouble in texts.ERRORS:
        return said(texts.ERRORS[trouble].what)
    try:
        told = json.loads(trouble)
    except ValueError:
        return trouble
    if not isinstance(told, dict):
        return trouble
    kind = str(told.get("title") or told.get("type") or told.get("status") or "")
    title = said(states.TROUBLES[kind]) if kind in states.TROUBLES else kind
    errors = [error for error in told.get("errors") or [] if isinstance(error, dict)]
    places = [
        said(states.MESSAGE_FIELDS[pointer]) if pointer in states.MESSAGE_FIELDS else pointer
        for pointer in (str(error.get("pointer", "")) for error in errors)
    ]
    return f"{title}: {', '.join(places)}" if places else title
