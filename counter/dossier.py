"""The ten states of a dossier, and the one table of which step leads where.

The states are those the national portal knows. Which steps are allowed is chosen from the law's
workflow (NĐ 118/2025/NĐ-CP), for no public text lists them. Words for people stand in ``ui/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, auto

from counter.errors import WrongActor, WrongStep


class Status(IntEnum):
    """The state of a dossier, numbered as the national portal does."""

    FILED = 1
    ACCEPTED = 2
    REFUSED = 3
    IN_PROCESS = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10

    @property
    def is_final(self) -> bool:
        """Whether the dossier is at its end."""
        return self in _FINAL

    @property
    def stops_clock(self) -> bool:
        """Whether the time for the result stands still."""
        return self in {Status.SUPPLEMENT, Status.PAYMENT}


_FINAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})


class Actor(Enum):
    """Who takes a step.

    ``UNIT`` is the unit that resolves the dossier, through the portal or recorded by an officer;
    ``CITIZEN`` acts at the kiosk or on the portal, ``PROGRAM`` by itself.
    """

    CITIZEN = auto()
    OFFICER = auto()
    SUPERVISOR = auto()
    UNIT = auto()
    PORTAL = auto()
    PROGRAM = auto()


class Need(Enum):
    """What must be given with a step."""

    ALL_PAPERS = auto()
    DUE_DATE = auto()
    REASON = auto()
    MISSING_PAPERS = auto()
    SUM_DUE = auto()
    CONFIRMATION = auto()
    HAND_OVER = auto()
    WITHDRAWAL_REQUEST = auto()
    RESULT = auto()
    NEW_DUE_DATE = auto()
    PAPERS_BROUGHT = auto()
    SUPPLEMENT_OVERDUE = auto()
    PAID = auto()
    RECEIVER_CHECKED = auto()
    SIGNATURE = auto()
    FEES_COLLECTED = auto()
    RECORD = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One step that is allowed.

    Attributes:
        start: None when the dossier begins with it.
        actors: Who may take it.
        needs: What must be given with it.
        form: Number of the statutory form of TT 03/2025/TT-VPCP it makes, None for none.
        left: Which state must have been left for ``start``: a supplement or payment returns to
            where the dossier was. Empty when that does not matter.
        confirmed: A supervisor confirms what the officer does.
    """

    start: Status | None
    end: Status
    actors: frozenset[Actor]
    needs: tuple[Need, ...] = ()
    form: str | None = None
    left: frozenset[Status] = frozenset()
    confirmed: bool = False


_DESK = frozenset({Actor.OFFICER, Actor.SUPERVISOR})
_HEAD = frozenset({Actor.SUPERVISOR})
_UNIT = frozenset({Actor.UNIT, Actor.OFFICER})
_CITIZEN = frozenset({Actor.CITIZEN, Actor.PORTAL})
_PROGRAM = frozenset({Actor.PROGRAM})
_ASKED = (Need.MISSING_PAPERS, Need.REASON)
_TAKEN_BACK = (Need.WITHDRAWAL_REQUEST,)
_BEFORE = frozenset({Status.FILED, Status.ACCEPTED})
_AFTER = frozenset({Status.IN_PROCESS})

STEPS = (
    Step(None, Status.FILED, frozenset({Actor.PORTAL})),
    Step(None, Status.ACCEPTED, _DESK, (Need.ALL_PAPERS, Need.DUE_DATE), "01"),
    Step(None, Status.REFUSED, _DESK, (Need.REASON,), "03"),
    Step(Status.FILED, Status.ACCEPTED, _DESK, (Need.ALL_PAPERS, Need.DUE_DATE), "01"),
    Step(Status.FILED, Status.SUPPLEMENT, _DESK, _ASKED, "02"),
    Step(Status.FILED, Status.REFUSED, _DESK, (Need.REASON,), "03"),
    Step(Status.FILED, Status.PAYMENT, _PROGRAM, (Need.SUM_DUE,)),
    Step(Status.FILED, Status.WITHDRAWN, _CITIZEN, (Need.CONFIRMATION,)),
    Step(Status.ACCEPTED, Status.IN_PROCESS, _DESK, (Need.HAND_OVER,), "06"),
    Step(Status.ACCEPTED, Status.SUPPLEMENT, _DESK, _ASKED, "02"),
    Step(Status.ACCEPTED, Status.PAYMENT, _DESK, (Need.SUM_DUE,)),
    Step(Status.ACCEPTED, Status.WITHDRAWN, _CITIZEN, _TAKEN_BACK),
    Step(Status.ACCEPTED, Status.STOPPED, _HEAD, (Need.REASON,), "05"),
    Step(Status.ACCEPTED, Status.DONE, _DESK, (Need.RESULT,)),
    Step(Status.IN_PROCESS, Status.SUPPLEMENT, _UNIT, _ASKED, "02"),
    Step(Status.IN_PROCESS, Status.PAYMENT, _UNIT, (Need.SUM_DUE,)),
    Step(Status.IN_PROCESS, Status.WITHDRAWN, _CITIZEN, _TAKEN_BACK),
    Step(Status.IN_PROCESS, Status.STOPPED, _HEAD, (Need.REASON,), "05"),
    Step(Status.IN_PROCESS, Status.DONE, _UNIT, (Need.RESULT,)),
    Step(Status.IN_PROCESS, Status.IN_PROCESS, _UNIT, (Need.NEW_DUE_DATE,), "04"),
    Step(Status.SUPPLEMENT, Status.IN_PROCESS, _DESK, (Need.PAPERS_BROUGHT,), "01", _AFTER),
    Step(Status.SUPPLEMENT, Status.ACCEPTED, _DESK, (Need.PAPERS_BROUGHT,), "01", _BEFORE),
    Step(Status.SUPPLEMENT, Status.WITHDRAWN, _CITIZEN, _TAKEN_BACK),
    Step(
        Status.SUPPLEMENT,
        Status.STOPPED,
        frozenset({Actor.PROGRAM, Actor.SUPERVISOR}),
        (Need.SUPPLEMENT_OVERDUE,),
        "05",
    ),
    Step(
        Status.SUPPLEMENT,
        Status.REFUSED,
        _DESK,
        (Need.REASON,),
        "03",
        frozenset({Status.FILED}),
    ),
    Step(Status.PAYMENT, Status.IN_PROCESS, _PROGRAM, (Need.PAID,), None, _AFTER),
    Step(Status.PAYMENT, Status.ACCEPTED, _PROGRAM, (Need.PAID,), "01", _BEFORE),
    Step(Status.PAYMENT, Status.DONE, _PROGRAM, (Need.PAID,), None, _AFTER | {Status.ACCEPTED}),
    Step(Status.PAYMENT, Status.WITHDRAWN, _CITIZEN, _TAKEN_BACK),
    Step(Status.PAYMENT, Status.STOPPED, _HEAD, (Need.REASON,), "05"),
    Step(
        Status.DONE,
        Status.RETURNED,
        _DESK,
        (Need.RECEIVER_CHECKED, Need.SIGNATURE, Need.FEES_COLLECTED),
        "07",
    ),
    Step(Status.DONE, Status.IN_PROCESS, _HEAD, (Need.REASON, Need.RECORD)),
    Step(Status.RETURNED, Status.DONE, _DESK, (Need.REASON,), confirmed=True),
)
"""Every step there is; what is not here is not allowed."""

_BY_ENDS = {(step.start, step.end): step for step in STEPS}


def check_step(start: Status | None, end: Status, actor: Actor, left: Status | None = None) -> Step:
    """Return the step from *start* to *end*, with what it needs.

    Args:
        start: The state now; None when the dossier begins.
        left: The state it had before a supplement or payment was asked.

    Raises:
        WrongStep: No such step is allowed from there.
        WrongActor: It is not *actor*'s to take.
    """
    step = _BY_ENDS.get((start, end))
    if step is None or (step.left and left not in step.left):
        raise WrongStep(start=0 if start is None else start.value, end=end.value)
    if actor not in step.actors:
        raise WrongActor(start=0 if start is None else start.value, end=end.value)
    return step


def steps_from(start: Status | None, actor: Actor, left: Status | None = None) -> tuple[Step, ...]:
    """Return every step *actor* may take from there, in the table's order."""
    return tuple(
        step
        for step in STEPS
        if step.start is start and actor in step.actors and (not step.left or left in step.left)
    )
