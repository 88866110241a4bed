"""Tells the province each hour how this desk is, where the settings name a shared folder for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from counter.errors import DeskError, HealthNotTold
from counter.folder import DataFolder
from counter.values import now
from program import VERSION, trial
from program.rooms import Ears, Rooms

if TYPE_CHECKING:
    from pathlib import Path

    from counter.desk.context import Context
    from counter.desk.hourly import HourlyBackups
    from counter.health import DeskHealth
    from counter.pause import Pause
    from counter.ports import CardEvent, PaperEvent, SyncEvent
    from counter.work import Check, CheckState

EVERY = timedelta(hours=1)
PATIENCE_S = 5.0
"""How long the shared folder may take; the desk waits meanwhile, once an hour at most."""

T = TypeVar("T")


class HealthTeller:
    """Keeps what the rooms last told of themselves, and writes it with the rest once an hour.

    Each room's thread notes its own part; the rest runs on the ``counter`` thread.
    """

    def __init__(
        self,
        home: DataFolder,
        clock: Callable[[], datetime] = now,
        machine: str | None = None,
    ) -> None:
        self._home = home
        self._clock = clock
        self._machine = machine
        self._started_at = clock()
        self._told_at: datetime | None = None
        self._checked_at: datetime | None = None
        self._states: dict[str, CheckState] = {}
        self._papers: Pause | None = None
        self._backups: HourlyBackups | None = None

    def beside(self, ears: Ears) -> Ears:
        """Return *ears* that note how each room is before they hand on what it tells."""

        def both(note: Callable[[T], None], hear: Callable[[T], None]) -> Callable[[T], None]:
            def heard(event: T) -> None:
                note(event)
                hear(event)

            return heard

        return replace(
            ears,
            card=both(self._of_card, ears.card),
            paper=both(self._of_paper, ears.paper),
            sync=both(self._of_sync, ears.sync),
        )

    def noted(self, checks: Sequence[Check]) -> tuple[Check, ...]:
        """Keep what *checks* found and hand them on."""
        self._states |= {one.name: one.state for one in checks}
        self._checked_at = self._clock()
        return tuple(checks)

    def tidy(self, rooms: Rooms | None) -> DeskError | None:
        """Let the desk do what it does by itself, then tell how it is when an hour has passed.

        Of a desk just opened nothing is told before it is known how its backups stand, and a desk
        that cannot do its turn tells how it is all the same.

        Returns:
            What could not be written of a backup or of the desk's health, or not be removed, None
            when nothing.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
        """
        from counter.desk import housekeeping
        from counter.desk.hourly import HourlyBackups
        from counter.pause import Pause

        if rooms is None:
            return None
        self._papers = self._papers or Pause()
        self._backups = self._backups or HourlyBackups()
        try:
            trouble = housekeeping.tidy(rooms.context, self._papers, self._backups)
        except DeskError:
            self.tell_if_due(rooms)
            raise
        if not (self._backups.has_looked or rooms.context.store.is_reading_only):
            return trouble
        untold = self.tell_if_due(rooms)
        return trouble or untold

    def tell_if_due(self, rooms: Rooms) -> DeskError | None:
        """Write how the desk is when the last try is an hour past; return why it could not be."""
        moment = self._clock()
        if self._told_at is not None and self._told_at <= moment < self._told_at + EVERY:
            return None
        self._told_at = moment
        return self.tell(rooms)

    def close(self, rooms: Rooms | None) -> None:
        """Break off the backup under way, and write that the desk is being closed.

        What cannot be written then is told to nobody.
        """
        self._told_at = None
        if rooms is None:
            return
        if self._backups is not None:
            self._backups.stop(rooms.context)
        self.tell(rooms, is_open=False)

    def tell(self, rooms: Rooms, *, is_open: bool = True) -> DeskError | None:
        """Write how the desk is; return why it could not be, None when it could or nobody asks."""
        from counter.desk.health import Running, health_of
        from counter.health import find_machine
        from counter.machine import machine_id

        context = rooms.context
        folder = context.settings.beside(context.settings.settings.health.folder)
        if folder is None:
            return None
        try:
            serial, turn = self._package(context)
            instead_of = trial.find_went_back()
            machine = machine_id() if self._machine is None else self._machine
            running = Running(
                home=self._home,
                version=VERSION,
                serial=serial,
                turn=turn,
                machine=find_machine(self._home, machine, self._clock()),
                started_at=self._started_at,
                is_open=is_open,
                backup_failed=self._backups is not None and self._backups.has_failed,
                reading_only=rooms.trouble is not None,
                states=dict(self._states),
                checked_at=self._checked_at,
                went_back_from=None if instead_of is None else instead_of.serial,
            )
            self._write(folder, health_of(context, running))
        except DeskError as error:
            return error
        return None

    def _write(self, folder: Path, health: DeskHealth) -> None:
        """Write into a folder of another computer, and leave it alone when it does not answer.

        Raises:
            HealthNotTold: It cannot be written, or not in time.
        """
        from counter.errands import FolderSilent, carry_out
        from counter.health import write_health

        try:
            carry_out(
                folder,
                lambda _step: write_health(folder, health),
                name="health",
                patience_s=PATIENCE_S,
            )
        except FolderSilent as error:
            raise HealthNotTold("the folder does not answer") from error

    def _of_card(self, event: CardEvent) -> None:
        from counter.ports import ReadersChanged

        if isinstance(event, ReadersChanged):
            self._note("reader", is_fine=bool(event.names) and event.error is None)

    def _of_paper(self, event: PaperEvent) -> None:
        from counter.ports import PrinterState

        if isinstance(event, PrinterState):
            self._note(f"printer.{event.role}", is_fine=event.error is None)

    def _of_sync(self, event: SyncEvent) -> None:
        from counter.ports import SyncState

        if isinstance(event, SyncState) and event.reachable is not None:
            self._note("portal", is_fine=event.reachable and event.error is None)

    def _note(self, part: str, *, is_fine: bool) -> None:
        from counter.work import CheckState

        self._states[part] = CheckState.OK if is_fine else CheckState.FAILED

    def _package(self, context: Context) -> tuple[int | None, int | None]:
        """Return the serial of the last package of the province, and this desk's turn for it.

        Both are None where the serial cannot be read: the desk tells the rest all the same.
        """
        from counter.errands import FolderSilent, carry_out
        from counter.errors import UpdateSerialUnread
        from program.taken import programs_folder
        from program.updates import taken_serial, turn_of

        told = context.settings
        named = told.beside(told.settings.updates.folder)
        programs = programs_folder(named, self._home.root)
        try:
            serial = carry_out(
                programs,
                lambda _step: taken_serial(self._home.root, programs),
                name="health",
                patience_s=PATIENCE_S,
            )
        except (UpdateSerialUnread, FolderSilent):
            return None, None
        return serial, turn_of(told.settings.desk.id, serial)
