"""What the portal's answer means for what was sent: the contract's retry classes, in one place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from counter.errors import (
    ClientTooOld,
    DeskError,
    PortalConflict,
    PortalRefusedDesk,
    PortalRefusedMessage,
    PortalSilent,
)
from sync.contract import Dossier, DossierResult, EventResult, Problem, current_in, find
from sync.wire import Answer

REFUSED: Final = frozenset({400, 404, 405, 413, 415, 422})
LONGEST_REQUESTED_WAIT_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Taken:
    """The portal has the message.

    Attributes:
        version: Of the dossier after it.
        code: The official code, where the portal gives it.
        missing_blobs: SHA-256 of files the dossier names and the portal lacks.
    """

    version: int | None
    code: str | None = None
    missing_blobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """The portal could not take it now; the same message goes again."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The portal calls the message wrong; an officer must look at it."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Contested:
    """The portal holds something else; an officer decides.

    Attributes:
        current: What it holds, where it says so.
    """

    trouble: str
    current: Dossier | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """The portal no longer has the dossier, though it took it once: everything goes again."""

    trouble: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The portal lost earlier events of the dossier: they go again from ``expected_seq``."""

    expected_seq: int
    trouble: str


Verdict = Taken | Later | Wrong | Contested | Lost | Gap


def on_dossier(result: DossierResult) -> Verdict:
    """Return what became of one dossier of a batch.

    Raises:
        PortalRefusedDesk: It was turned away for a reason that is the whole desk's.
    """
    if result.status in {200, 201}:
        if result.version is None:
            return Later(json.dumps({"type": "no-version"}))
        return Taken(result.version, result.code, result.missing_blobs)
    return _on_problem(result.status, result.problem)


def on_event(result: EventResult) -> Verdict:
    """Return what became of one event of a batch.

    Raises:
        PortalRefusedDesk: It was turned away for a reason that is the whole desk's.
    """
    problem = result.problem
    if result.outcome in {"stored", "duplicate"}:
        return Taken(result.version)
    if result.outcome != "rejected" or problem is None:
        return Later(json.dumps({"type": result.outcome}))
    if problem.status == 404:
        return Lost(trouble_of(problem))
    if problem.name == "sequence-gap" and problem.expected_seq is not None:
        return Gap(problem.expected_seq, trouble_of(problem))
    return _on_problem(problem.status, problem)


def _on_problem(status: int, problem: Problem | None) -> Verdict:
    if problem is None:
        return Later(json.dumps({"status": status}))
    trouble = trouble_of(problem)
    if status == 409:
        lost = problem.name == "version-conflict" and "current" in problem.model_fields_set
        if lost and problem.current is None:
            return Lost(trouble)
        return Contested(trouble, current_in(problem))
    if status == 403 and problem.name != "agency-scope":
        raise PortalRefusedDesk(problem.name)
    return Wrong(trouble) if status in REFUSED or status == 403 else Later(trouble)


def on_answer(answer: Answer) -> DeskError:
    """Return what an answer that was not hoped for means, as the error to raise."""
    problem = find(Problem, answer.body)
    status = answer.status
    if problem is None:
        # A proxy, a login page, a half-broken gateway: whoever spoke, it was not the portal.
        told = f"status {status} without a problem"
        return PortalSilent(told, status=status, **_requested_wait(answer))
    told = f"{problem.name}, status {status}, trace {problem.trace_id}"
    if status in {401, 403} and problem.name != "agency-scope":
        too_old = problem.name == "client-too-old"
        return ClientTooOld(told) if too_old else PortalRefusedDesk(told)
    if status in REFUSED or status == 403:
        return PortalRefusedMessage(told, status=status, trouble=trouble_of(problem))
    if status == 409:
        return PortalConflict(told, status=status, trouble=trouble_of(problem))
    return PortalSilent(told, status=status, **_requested_wait(answer))


def trouble_of(problem: Problem) -> str:
    """Return the portal's reason for the officer as JSON, pointers counted from the message."""
    return json.dumps(
        {
            "type": problem.name,
            "status": problem.status,
            "trace_id": problem.trace_id,
            "errors": [
                {"pointer": own_pointer(e.pointer), "code": e.code, "message": e.message}
                for e in problem.errors
            ],
            "changed_fields": list(problem.changed_fields),
            "expected_seq": problem.expected_seq,
            "current_status": problem.current_status,
        },
        ensure_ascii=False,
    )


def own_pointer(pointer: str) -> str:
    """Strip the place in the batch: ``/items/1/dossier/owner`` becomes ``/owner``."""
    parts = pointer.split("/")
    if parts[1:2] == ["items"] and parts[3:4] == ["dossier"]:
        return "".join(f"/{part}" for part in parts[4:])
    if parts[1:2] == ["events"] and len(parts) > 2:
        return "".join(f"/{part}" for part in parts[3:])
    return pointer


def _requested_wait(answer: Answer) -> dict[str, int]:
    """Return the ``Retry-After`` of *answer* as whole seconds, empty when there is none."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:9])
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return {}
        seconds = int((until - (answer.date or datetime.now(UTC))).total_seconds())
    return {"retry_after_s": max(0, min(seconds, LONGEST_REQUESTED_WAIT_S))}
