"""What the index of QĐ 766/QĐ-TTg counts, as far as a desk knows it by itself.

The index asks about more than a desk sees (publishing, petitions, satisfaction); those metrics are
left to the portal. What the desk has and what the portal was told are both counted, so that a
dossier that never arrived there costs points here too and nobody is tempted to look away.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_CENT = Decimal("0.01")


class Metric(StrEnum):
    """One metric, by the code that the national index gives it."""

    SYNCED = "DOSSIER_SYNC"
    ON_TIME = "ON_TIME"
    DIGITAL_RESULT = "ORIGINAL_RESULT_AVAILABLE"
    DIGITISED = "SO_HOA_GIAY_TO_GIAI_QUYET"
    ONLINE = "FULL_ONLINE_DOSSIER"
    PAID_ONLINE = "PAYMENT_C"


MOST = {
    Metric.SYNCED: 6,
    Metric.ON_TIME: 20,
    Metric.DIGITAL_RESULT: 6,
    Metric.DIGITISED: 4,
    Metric.ONLINE: 12,
    Metric.PAID_ONLINE: 6,
}
"""Points of each metric; all groups together make 100."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the dossiers of some days come to; those that another system owns are not counted.

    Attributes:
        received: All that were received; ``synced`` of them the portal has acknowledged.
        done: Their result came; ``on_time`` by the due date as it stands, ``on_time_at_first`` by
            the first one, before any apology (form 04) moved it.
        overdue: No result yet and the time is over; ``overdue_at_first`` by the first due date.
        digital_results: Done, and the result lies here as a file.
        digitised: A paper of theirs lies here as a file.
        online: They were sent online.
        paid: Money was taken for them; ``paid_online`` of them not in cash.
    """

    received: int = 0
    synced: int = 0
    done: int = 0
    on_time: int = 0
    on_time_at_first: int = 0
    overdue: int = 0
    overdue_at_first: int = 0
    digital_results: int = 0
    digitised: int = 0
    online: int = 0
    paid: int = 0
    paid_online: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """One metric as it stands."""

    metric: Metric
    numerator: int
    denominator: int

    @property
    def most(self) -> int:
        """The points there are."""
        return MOST[self.metric]

    @property
    def points(self) -> Decimal | None:
        """Points to the hundredth, half up; None where nothing was counted: not zero, not full."""
        if self.denominator == 0:
            return None
        exact = Decimal(self.most) * self.numerator / self.denominator
        return exact.quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Scores:
    """The metrics of some days.

    Attributes:
        on_time_at_first: Punctuality by the first due dates; the law of some fields allows no
            extension, so both are shown.
    """

    lines: tuple[Score, ...]
    on_time_at_first: Score


def scores_of(counts: Counts) -> Scores:
    """Return what *counts* come to."""
    c = counts
    return Scores(
        (
            Score(Metric.SYNCED, c.synced, c.received),
            Score(Metric.ON_TIME, c.on_time, c.done + c.overdue),
            Score(Metric.DIGITAL_RESULT, c.digital_results, c.done),
            Score(Metric.DIGITISED, c.digitised, c.received),
            Score(Metric.ONLINE, c.online, c.received),
            Score(Metric.PAID_ONLINE, c.paid_online, c.paid),
        ),
        Score(Metric.ON_TIME, c.on_time_at_first, c.done + c.overdue_at_first),
    )
