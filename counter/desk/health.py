"""Looks at an open desk and says how it is, from what is known already: no device is asked."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter import crashes
from counter.audit import newest_seal_at
from counter.desk import hourly
from counter.desk.context import Context
from counter.errors import HealthNotTold
from counter.folder import DataFolder
from counter.health import FORMAT, DeskHealth, Machine
from counter.store import leases, outbox, trail
from counter.values import VIETNAM, local_day
from counter.work import CheckState

LOOKED_AT = 20
"""Of the newest seals, for the last good one among them."""


@dataclass(frozen=True, slots=True)
class Running:
    """What the program knows of itself and of the rooms around the desk.

    Attributes:
        home: Where the desk's data lies, also while a copy of it is read.
        turn: From what share of the desks on this one takes packages, 1 to 100.
        states: How each part was when it last told; by the name of its check.
        checked_at: When every part was last asked; None when never.
        went_back_from: The serial of a program that does not come up; None when none.
    """

    home: DataFolder
    version: str
    serial: int | None
    turn: int | None
    machine: Machine
    started_at: datetime
    is_open: bool
    backup_failed: bool
    reading_only: bool
    states: Mapping[str, CheckState]
    checked_at: datetime | None
    went_back_from: int | None = None


def health_of(context: Context, running: Running) -> DeskHealth:
    """Return how the open desk is.

    Raises:
        HealthNotTold: The data folder cannot be looked at.
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be read now.
    """
    moment, settings = context.clock(), context.settings.settings
    root, desk_id = running.home.root, settings.desk.id
    agency, today = settings.office.agency_code, local_day(moment)
    clocks = context.store.clocks.read()

    def age(since: datetime | None) -> int | None:
        return None if since is None else max(0, (moment - since) // timedelta(seconds=1))

    with context.store.reading() as session:
        waiting = outbox.count(session)
        left = leases.left(session, agency, [today], moment)[today]
        sealed = trail.newest_seals(session, LOOKED_AT)
        install = trail.install_of(session)
        backup_age = hourly.find_age(session, moment, clocks)
    skew_ms = clocks.skew_ms
    try:
        held = trail.read_last_seals(trail.portal_seals(root, install))
        free_mb = shutil.disk_usage(root).free // 1_000_000
    except OSError as error:
        raise HealthNotTold from error
    return DeskHealth(
        format=FORMAT,
        office=agency,
        desk=desk_id,
        machine=running.machine.mark,
        version=running.version,
        serial=running.serial,
        turn=running.turn,
        at=moment.astimezone(VIETNAM),
        since=running.machine.since.astimezone(VIETNAM),
        is_open=running.is_open,
        uptime_s=age(running.started_at) or 0,
        unsent=waiting.waiting,
        parked=waiting.parked + waiting.conflict,
        oldest_unsent_s=age(waiting.oldest_waiting_at),
        numbers_left=left,
        backup_age_s=None if backup_age is None else backup_age // timedelta(seconds=1),
        backup_failed=running.backup_failed,
        seal_age_s=age(newest_seal_at(sealed)),
        portal_seal_age_s=age(newest_seal_at(held)),
        disk_free_mb=free_mb,
        clock_skew_s=None if skew_ms is None else round(skew_ms / 1000),
        crash_reports=len(crashes.find_fresh(running.home.log)),
        reading_only=running.reading_only,
        checked_at=running.checked_at and running.checked_at.astimezone(VIETNAM),
        reader=running.states.get("reader"),
        receipts=running.states.get("printer.receipts"),
        tickets=running.states.get("printer.tickets"),
        scanner=running.states.get("scanner"),
        database=running.states.get("database"),
        portal=running.states.get("portal"),
        trust=running.states.get("trust"),
        went_back_from=running.went_back_from,
    )
