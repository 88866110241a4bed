"""What came of an act on a dossier, and what can be done with the dossier now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter.returning import AT_THE_DESK, ReturnTo

if TYPE_CHECKING:
    from datetime import datetime

    from counter.acts import ActKind, Confirmer, PaperWanted, Reason, ReturnResult
    from counter.ports import PrintJob
    from counter.values import Dong, DossierId
    from counter.work import Change, PaperReceived


@dataclass(frozen=True, slots=True)
class Acted:
    """An act that is on disk.

    Attributes:
        form: Number of the statutory form that goes with it, None for none.
        number: Its number: of the cash receipt, or of the request for papers.
        jobs: The papers to print now.
    """

    dossier_id: DossierId
    code: str
    status: int
    due_at: datetime | None
    form: str | None
    number: str | None
    changed: Change
    jobs: tuple[PrintJob, ...] = ()


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be done with a dossier now, and what is known for it.

    Attributes:
        checklist: What its procedure demands, as it was when the dossier was received.
        returned: How the result was given out, None while it was not, or not here.
        return_to: Where the citizen wants the result, and where the post would bring it.
        received: The papers as they stand in the dossier now.
        wanted: What a supplement asked for and has not been brought.
        owed: What is still to be paid.
        repayable: What is left of the last receipt's money, which would be given back.
        results: What the procedure gives, by name.
        letter: The draft that waits for the leader, None when none does.
        reasons: What the library offers for the acts that need a reason.
        units: Units that papers went to before, the latest first.
        applicant: Who may fetch the result without an authorisation.
        confirmers: Who may confirm what needs a leader, by signing in; empty where the desk has
            no accounts and the leader is named.
    """

    dossier_id: DossierId
    code: str
    acts: tuple[ActKind, ...]
    checklist: tuple[PaperWanted, ...]
    wanted: tuple[PaperWanted, ...]
    owed: Dong
    repayable: Dong
    results: tuple[str, ...]
    unit: str
    shelf: str
    letter: ActKind | None
    reasons: tuple[Reason, ...]
    units: tuple[str, ...]
    applicant: str = field(repr=False)
    confirmers: tuple[Confirmer, ...] = ()
    received: tuple[PaperReceived, ...] = ()
    returned: ReturnResult | None = None
    return_to: ReturnTo = AT_THE_DESK
